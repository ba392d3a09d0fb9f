"""Who may do what: one table of acts and roles, deny by default (domain §5). Rules of law (K1–K10) are in compliance."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """Someone who acts: id in the record, name, section, posts."""

    person: str
    name: str
    section: str
    roles: frozenset[str]


@dataclass(frozen=True)
class Subject:
    """What an act is done to: the case's section and who holds which part in it."""

    section: str = ""
    officers: Collection[str] = ()
    parts: Collection[str] = ()


class NotPermitted(PermissionError):
    """The actor may not do the act; the message says who may."""


OFFICERS = ("officer",)
AUTHORS = ("officer", "section_head", "legal_reviewer", "presider", "recorder", "window_clerk")
# Who carries papers on: officers, and at the window the clerk in the licensing cases that they received.
CARRIERS = ("officer", "window_clerk")
LEADERS = ("bureau_leader", "principal_leader")
ACTS: dict[str, tuple[str, ...]] = {
    "register_source": ("officer", "section_head", "window_clerk"),
    "assign": ("section_head",),
    "draft": AUTHORS,
    "finalise": AUTHORS,
    "approve": ("section_head", "legal_reviewer", *LEADERS),
    "confirm": ("section_head", *LEADERS),
    "sign": ("officer", "section_head", *LEADERS, "presider", "recorder", "legal_reviewer", "window_clerk"),
    "issue": CARRIERS,
    "void_number": ("section_head",),
    "draw_blanks": ("section_head",),
    "serve": CARRIERS,
    "deposit": CARRIERS,
    "keep_recording": CARRIERS,
    "mark_recording": (*CARRIERS, "section_head"),
    "check_clock": CARRIERS,
    "state_fact": (*CARRIERS, "section_head", "presider", *LEADERS),
    "backfill": OFFICERS,
    "correct": CARRIERS,
    "void": CARRIERS,
    "mark": ("section_head",),
    "explain": CARRIERS,
    "archive": ("archivist", "officer"),
    "print_file": ("archivist", "officer", "section_head", "legal_reviewer", "supervisor", *LEADERS),
    "print_internal": ("archivist", "officer", "section_head", "supervisor", *LEADERS),
    "hand_out": ("archivist", "section_head"),
    "hand_in": ("officer", "section_head", "legal_reviewer", "archivist"),
    "supervise": ("supervisor",),
    "see_supervision": ("supervisor", *LEADERS),
    "answer_rectification": ("section_head",),
    "report_list": ("section_head",),
    "see_archives": ("archivist", "section_head", "legal_reviewer", "supervisor", *LEADERS),
    "keep_file": ("archivist",),
    "transfer": ("archivist",),
    "hold_file": ("archivist", "section_head", "legal_reviewer", *LEADERS),
    "appraise": ("archivist",),
    "approve_disposal": LEADERS,
    "see_disposal": ("archivist", "section_head", "legal_reviewer", "supervisor", *LEADERS),
    "dispose": ("archivist",),
    "set_office": ("sysadmin",),
    "set_value": ("supervisor", "sysadmin"),
    "delegate": ("principal_leader", "sysadmin"),
    "see_keeping": ("archivist", "supervisor", "sysadmin"),
    "see_office": ("officer", "section_head", "legal_reviewer", *LEADERS, "supervisor", "archivist", "presider", "recorder", "window_clerk", "sysadmin"),
    "certify": ("supervisor", "sysadmin"),
    "set_calendar": ("supervisor", "sysadmin"),
    "adopt_release": ("supervisor",),
    "interpret": ("supervisor",),
    "keep_phrases": ("section_head", "supervisor"),
    "keep_bureau_phrases": ("supervisor",),
    "return_to_unit": OFFICERS,
    "read": ("officer", "section_head", "legal_reviewer", *LEADERS, "supervisor", "archivist", "presider", "recorder", "window_clerk"),
}  # fmt: skip
# What each act is called where people read of it.
LABELS: dict[str, str] = {
    "register_source": "登记案源、受理申请", "assign": "指派、更换办案人员", "draft": "起草文书", "finalise": "定稿", "approve": "审批、审核",
    "confirm": "确认补录和更正", "sign": "签名", "issue": "签发、编号、盖章", "void_number": "作废文号", "draw_blanks": "领用、作废空白决定书",
    "serve": "登记送达", "deposit": "存入音像和材料", "keep_recording": "存入还没有归案的音像", "mark_recording": "标注音像与办案无关", "check_clock": "校对设备时钟",
    "state_fact": "登记事实", "backfill": "补录纸质文书", "correct": "更正", "void": "封存附错的内容", "mark": "标注案件", "explain": "说明问题的原因",
    "archive": "归档", "print_file": "打印归档案卷", "print_internal": "打印副卷", "hand_out": "提供复制件", "hand_in": "提交举证材料",
    "supervise": "责令整改、抽查、登记失职情形", "see_supervision": "查看监督统计", "answer_rectification": "答复责令整改", "report_list": "报送年度清单",
    "see_archives": "查看归档案卷目录", "keep_file": "接收、借出、收回案卷", "transfer": "移交进馆", "hold_file": "法律保全", "appraise": "鉴定到期案卷",
    "approve_disposal": "批准销毁", "see_disposal": "查看鉴定销毁", "dispose": "销毁", "set_office": "设置机关和人员", "set_value": "修改标准",
    "delegate": "授权代行审批", "see_keeping": "查看原件保管", "see_office": "查看机关设置", "certify": "登记执法证", "set_calendar": "记入放假安排",
    "adopt_release": "登记办法版本的施行日期", "interpret": "解释办法", "keep_phrases": "维护本科室常用语", "keep_bureau_phrases": "维护全局常用语",
    "return_to_unit": "登记返岗", "read": "查看案件",
}  # fmt: skip
# In these acts an officer must be one of the case's own, or of its section before anyone is assigned.
_OWN = frozenset({"draft", "finalise", "issue", "serve", "deposit", "state_fact", "backfill", "correct", "void", "explain", "archive", "print_file", "print_internal", "hand_in"})  # fmt: skip
# Done to the bureau's own registers and not to a case.
_NO_CASE = frozenset({"register_source", "keep_recording", "check_clock", "see_supervision", "report_list", "set_office", "set_value", "delegate", "see_keeping", "see_office", "certify", "set_calendar", "adopt_release", "interpret", "keep_phrases", "keep_bureau_phrases", "return_to_unit"})  # fmt: skip
_EVERYWHERE = frozenset({"legal_reviewer", "supervisor", "archivist", *LEADERS})


def may(actor: Actor, act: str, subject: Subject) -> bool:
    """Whether the actor may do the act; KeyError for an act that is not in the table."""
    roles = set(ACTS[act]) & actor.roles
    if not roles:
        return False
    if roles & _EVERYWHERE or not subject.section:
        return True
    if actor.person in subject.parts:
        return True
    if actor.section != subject.section:
        return False
    if roles <= {"officer"} and act in _OWN and subject.officers:
        return actor.person in subject.officers
    return True


def reach(act: str, role: str) -> str:
    """How far a role may do an act: in 各科室, 本科室, 本案 (once officers are assigned); 能 where it is not done to a case; empty
    when not at all."""
    if role not in ACTS[act]:
        return ""
    if act in _NO_CASE:
        return "能"
    if role in _EVERYWHERE:
        return "各科室"
    return "本案" if role == "officer" and act in _OWN else "本科室"


def require(actor: Actor, act: str, subject: Subject) -> None:
    """Raise NotPermitted, saying who may, unless :func:`may`."""
    if not may(actor, act, subject):
        raise NotPermitted(f"{actor.name}没有办理这一步的权限")


def visible(actor: Actor, section: str, parts: Collection[str]) -> bool:
    """Whether the actor sees a case: own section, own part, or an office that sees every case. Never the administrator."""
    return may(actor, "read", Subject(section, (), parts))
