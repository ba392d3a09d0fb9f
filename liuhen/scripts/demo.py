"""The demonstration bureau 演示: people in every post, certificates, settings marked 示例, accounts with random passwords,
and cases at every stage."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

from django.conf import settings
from django.db import transaction

from liuhen.acts import bureau
from liuhen.acts.bureau import SYSTEM
from liuhen.acts.keys import register_log_key
from liuhen.casefile.moments import ZONE
from liuhen.office.models import User
from liuhen.records import clock, read
from liuhen.records.append import head
from liuhen.scripts import demo_cases

SECTION, OTHER, LEGAL, OFFICE = "粮食和物资储备科", "能源科", "政策法规科", "办公室"
BASIS = "示例，须由本局确认"
SINCE = date(2021, 7, 15)
PEOPLE: tuple[tuple[str, str, str, tuple[str, ...], str], ...] = (
    ("jia", "执法人员甲", SECTION, ("officer",), "示例-0001"),
    ("yi", "执法人员乙", SECTION, ("officer",), "示例-0002"),
    ("bing", "执法人员丙", OTHER, ("officer",), "示例-0003"),
    ("ding", "科长丁", SECTION, ("section_head", "officer"), "示例-0004"),
    ("wu", "科长戊", OTHER, ("section_head",), ""),
    ("ji", "法制审核员己", LEGAL, ("legal_reviewer", "presider"), ""),
    ("geng", "政策法规科庚", LEGAL, ("supervisor",), ""),
    ("xin", "副局长辛", "局领导", ("bureau_leader",), ""),
    ("ren", "局长壬", "局领导", ("principal_leader",), ""),
    ("gui", "档案员癸", OFFICE, ("archivist", "recorder"), ""),
    ("chuang", "窗口子", "审批窗口", ("window_clerk",), ""),
    ("admin", "系统管理员", OFFICE, ("sysadmin",), ""),
)
SETTINGS: dict[str, object] = {
    "demo": True,
    "bureau_name": "大连金普新区发展和改革局",
    "bureau_code": "大金普发改",
    "bureau_address": "示例：大连金普新区某路1号",
    "bureau_phone": "示例：0411-00000000",
    "bureau_reconsideration_body": "示例：大连金普新区管理委员会",
    "bureau_court": "示例：大连市金州区人民法院",
    "bureau_payee_bank": "示例银行大连金普支行",
    "bureau_payee_account": "示例账号0000",
    "matters": "project_approval_enterprise、energy_review、pipeline_works",
    "section_codes": {SECTION: "LC", OTHER: "NY", LEGAL: "FG"},
}


def ensure(say: Callable[[str], None] = print) -> None:
    """Make the demonstration bureau with its cases; what is there already is left alone, a real bureau altogether.

    ``say`` gets progress and, in Chinese, what could not be prepared.
    """
    # The clock is back at the present when the transaction commits: the day's checkpoint is kept under today's date.
    with transaction.atomic(), clock.at(datetime.combine(SINCE, time(9), ZONE)):
        people()
        if read.office().demo:
            register_log_key()
    if read.office().demo:
        demo_cases.ensure(say)


@transaction.atomic
def people() -> None:
    """Make the bureau, its people and their accounts, whole or not at all, when the record has no people yet."""
    if head("office/people"):
        return
    for name, value in SETTINGS.items():
        bureau.set_value(SYSTEM, name, value, basis=BASIS, since=SINCE)
    for person, name, section, roles, number in PEOPLE:
        bureau.appoint(SYSTEM, person, name, section, roles, since=SINCE)
        if number:
            bureau.certify(SYSTEM, person, number, date(2021, 7, 15), date(2030, 12, 31))
    accounts()


def accounts() -> Path:
    """Give every account a random password and write them to ``accounts.txt`` (mode 0600) in the data folder."""
    path = Path(settings.LIUHEN_DATA) / "accounts.txt"
    lines = ["演示账号（随机密码，每次新建时生成）", ""]
    for person, name, section, roles, _ in PEOPLE:
        password = secrets.token_urlsafe(9)
        user = User.objects.get(username=person)
        user.set_password(password)
        user.save()
        lines.append(f"{person}\t{password}\t{name}\t{section}\t{'、'.join(roles)}")
    path.touch(mode=0o600)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
