"""体检: whether this installation is fit for daily use, looked at from inside; what is not, and what to do.

It looks and never mends. What only a reading of everything can show is the audit's and the fixity's.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.db import DatabaseError, connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from liuhen.acts import keeping
from liuhen.acts.credential import credential
from liuhen.casefile.moments import day, instant, parse
from liuhen.measures.thresholds import THRESHOLDS
from liuhen.papers import PaperError, judging, pades, typesetter
from liuhen.records import checkpoints, clock, read
from liuhen.records.models import Entry, Leaf

Level = Literal["ok", "remark", "wrong"]
# A preview that has waited so long has no worker; a witness that has not been asked for so long has been forgotten.
IDLE = timedelta(hours=1)
UNSEEN = timedelta(days=30)
EXPIRING = timedelta(days=30)
# From this month on the notice of next year's holidays is out.
NOTICE_MONTH = 11


@dataclass(frozen=True)
class Said:
    """One thing found: how bad, what, and what to do about it."""

    level: Level
    words: str
    way: str = ""


def _ok(words: str) -> Said:
    return Said("ok", words)


def _instant(text: str) -> datetime:
    """The instant of a header's moment."""
    return instant(parse(text))


def _settings() -> Iterator[Said]:
    if settings.DEBUG:
        yield Said("wrong", "开着调试方式，出错的页面会泄露内容", "不设 LIUHEN_DEBUG，重新启动")
    local = set(settings.ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]"}
    if local:
        yield Said("remark", "只有本机能访问", "在 LIUHEN_HOSTS 里写明主机名")
    elif not settings.LIUHEN_HTTPS:
        yield Said(
            "wrong", "没有要求 HTTPS，密码在网上明文传送", "由前面的服务器提供 HTTPS，设 LIUHEN_HTTPS=1"
        )
    else:
        yield _ok("只接受 HTTPS：" + "、".join(settings.ALLOWED_HOSTS))


def _database() -> Iterator[Said]:
    if read.unapplied():
        yield Said("wrong", "表比程序旧", "运行 liuhen serve，或者 liuhen manage migrate")
    if connection.vendor == "sqlite":
        yield Said(
            "remark", "SQLite 只适合一台机器、几个人使用", "多人使用的，用 PostgreSQL（LIUHEN_DATABASE_URL）"
        )
    else:
        yield _ok(f"PostgreSQL {connection.cursor().connection.info.server_version // 10000}")


def _record() -> Iterator[Said]:
    newest = Entry.objects.order_by("-id").first()
    if newest is not None and _instant(newest.recorded_at) > clock.now():
        yield Said("wrong", "系统时钟比最后一条记录还早，这时不能记入", "校准时钟，与时间服务器同步")
    if read.office().demo:
        yield Said("remark", "这是演示单位，不能办真实的案件", "另设数据文件夹，不用 --demo")
    elif newest is not None:
        yield _ok(f"共 {read.last_id():,} 条记录")


def _secrets() -> Iterator[Said]:
    kept = [settings.LIUHEN_DATA / "secret_key", *sorted((settings.LIUHEN_DATA / "keys").glob("*.pem"))]
    kept += [Path(p) for p in (settings.LIUHEN_SEAL, settings.LIUHEN_SEAL_PASSWORD) if p]
    open_to_others = [p for p in kept if p.exists() and stat.S_IMODE(p.stat().st_mode) & 0o077]
    for path in open_to_others:
        yield Said("wrong", f"{path.name} 别的用户也能读", f"chmod 600 {path}")
    if not open_to_others:
        yield _ok("密钥只有本程序的用户能读")


def _papers() -> Iterator[Said]:
    try:
        typesetter.ready()
    except PaperError as error:
        yield Said("wrong", str(error), "make fonts，或者把字体放进字体文件夹")
    else:
        yield _ok("排版字体齐全")
    if judging.program() is None:
        yield Said("remark", "没有独立的 PDF/A 检验程序，归档时不作独立检验", "安装 veraPDF，见部署说明")


def _seal() -> Iterator[Said]:
    found = credential()
    if found is None:
        yield Said("remark", "没有配置机关数字证书，成文的文书不加数字签名", "配置 LIUHEN_SEAL，见部署说明")
        return
    try:
        ends = pades.valid_until(found)
    except PaperError as error:
        yield Said("wrong", str(error), "更换证书或者改正 LIUHEN_SEAL")
        return
    if ends - clock.now() < EXPIRING:
        yield Said("wrong", f"机关数字证书 {day(ends).isoformat()} 到期", "更换证书")
    else:
        yield _ok(f"机关数字证书有效，到 {day(ends).isoformat()}")


def _originals() -> Iterator[Said]:
    found = keeping.standing()
    for remark in found.remarks:
        yield Said("wrong" if remark.wrong else "remark", remark.words, "liuhen vault state")
    if not found.remarks:
        yield _ok("原件完好，空间充足")


def _witness() -> Iterator[Said]:
    if not checkpoints.registered("witness"):
        yield Said(
            "remark", "没有见证方：管理员改写全部记录，只有见证方看得出来", "请另一机关设见证方，见部署说明"
        )
        return
    best = next(iter(checkpoints.cosigned()), None)
    leaf = Leaf.objects.filter(index__gte=best.size if best else 0).order_by("index").first()
    unseen = Entry.objects.filter(hash=leaf.hash).first() if leaf else None
    if unseen is not None and clock.now() - _instant(unseen.recorded_at) > UNSEEN:
        yield Said(
            "remark",
            f"见证方有 {(clock.now() - _instant(unseen.recorded_at)).days} 天没有见证了",
            "liuhen checkpoint submit",
        )
    else:
        yield _ok("见证方在见证")


def _work() -> Iterator[Said]:
    waiting = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, enqueued_at__lt=clock.now() - IDLE
    ).count()
    if waiting:
        yield Said(
            "wrong",
            f"{waiting} 项后台工作等了一小时以上",
            "运行 liuhen worker，或者 liuhen serve 不加 --no-worker",
        )
    else:
        yield _ok("没有积压的后台工作")


def _office() -> Iterator[Said]:
    office, today = read.office(), day(clock.now())
    assumed = {t.name: t for t in THRESHOLDS if t.example}
    left = [t for name, t in assumed.items() if office.setting(name, today, None) is None]
    if left:
        yield Said("remark", f"{len(left)} 项标准还是示例，例如“{left[0].label}”", "在“机关设置”里确认")
    if today.month >= NOTICE_MONTH and today.year + 1 not in office.calendar().years:
        yield Said(
            "remark",
            f"{today.year + 1} 年的放假安排还没有记入，跨年的期限是暂定的",
            "在“机关设置”的“工作日历”里记入",
        )
    if not left and today.year in office.calendar().years:
        yield _ok("标准已经确认，工作日历有今年的")


CHECKS: tuple[tuple[str, Callable[[], Iterator[Said]]], ...] = (
    ("设置", _settings),
    ("数据库", _database),
    ("记录", _record),
    ("密钥", _secrets),
    ("文书", _papers),
    ("印章", _seal),
    ("原件", _originals),
    ("见证", _witness),
    ("后台", _work),
    ("机关", _office),
)


def examine() -> list[tuple[str, Said]]:
    """What every check says, by its title. One that a broken database keeps from looking says that."""
    found: list[tuple[str, Said]] = []
    for title, check in CHECKS:
        try:
            found += [(title, said) for said in check()]
        except DatabaseError as error:
            found.append(
                (
                    title,
                    Said("wrong", f"数据库用不了：{str(error).splitlines()[0]}", "查看 LIUHEN_DATABASE_URL"),
                )
            )
    return found


def alive() -> bool:
    """Whether requests can be answered: the database and the first place of the originals are there."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return keeping.room() is not None
