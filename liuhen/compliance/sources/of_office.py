"""Who acts and when, what the bureau set, and what the rules say of the case: actor, bureau, setting, rule, limit."""

from __future__ import annotations

from datetime import date
from typing import Any

from liuhen.casefile.moments import Moment, day
from liuhen.casefile.state import Document, Revision
from liuhen.compliance.answers import setting
from liuhen.compliance.deadlines import due_of, end_of, running
from liuhen.compliance.reading import moment
from liuhen.compliance.sources.ask import SETTINGS, SYSTEM_TIME, Ask, Found, Source, given, on_day, usable
from liuhen.compliance.weight import hearing_held, hearing_reached, major_reached
from liuhen.measures.counting import Due
from liuhen.measures.vocabulary import Limit

LEADERS = {"principal_leader": "主要负责人", "bureau_leader": "局领导"}
DECISION_LIMIT = "TL-19"


def now(ask: Ask) -> Found:
    """The moment of filling in."""
    return Found(ask.ctx.now, SYSTEM_TIME)


def today(ask: Ask) -> Found:
    """The day of filling in."""
    return Found(ask.ctx.today, SYSTEM_TIME)


def actor(ask: Ask, name: str) -> Found | None:
    """``actor.person``: who fills the form in."""
    found = {"name": ask.case.office.name(ask.actor), "person": ask.actor}
    return Found(found, "当前登录人员") if ask.actor else None


def _leaders(ask: Ask) -> list[dict[str, Any]]:
    """The leaders of the bureau today, the principal one first."""
    office = ask.case.office
    found: list[dict[str, Any]] = []
    for role, post in LEADERS.items():
        for person in office.people.values():
            known = any(row["person"] == person.id for row in found)
            if role in person.roles(ask.ctx.now) and not known:
                found.append({"person": person.id, "name": person.name, "post": post, "is_head": True})
    return found


def bureau(ask: Ask, name: str) -> Found | None:
    """``bureau.<x>``: the bureau's setting ``bureau_<x>``, or its leaders."""
    if name == "leaders":
        return given(_leaders(ask), "本局任职登记")
    if name == "principal_leader":
        heads = [row for row in _leaders(ask) if row["post"] == LEADERS[name]]
        return Found(heads[0], "本局任职登记") if heads else None
    return given(_set(ask, f"bureau_{name}"), SETTINGS)


def _set(ask: Ask, name: str) -> Any:
    try:
        return setting(ask.case, name, ask.ctx.today)
    except KeyError:
        return ask.case.office.setting(name, ask.ctx.today, None)


def of_setting(ask: Ask, name: str) -> Found | None:
    """``setting.<name>``: what the bureau set, else what is declared."""
    return given(_set(ask, name), SETTINGS)


def _begun_here(ask: Ask, limit: Limit) -> Moment | None:
    """When a limit begins that the paper in the making itself begins; None when another paper does."""
    own = {part.partition(":")[2].partition(".")[0] for part in limit.starts.split("|")}
    if ask.kind.code not in own:
        return None
    prefilled = [f.name for f in ask.kind.fields if f.source in ("now", "today")]
    return moment(ask.known, *prefilled) or ask.ctx.now


def _due(ask: Ask, code: str) -> tuple[Due, Moment] | None:
    limit = ask.case.release.limits[code]
    start = _begun_here(ask, limit)
    if start is not None:
        return due_of(ask.case, limit, start, ask.ctx), start
    found = running(ask.case, code, ask.ctx)
    return (found.due, found.starts) if found else None


def of_limit(ask: Ask, name: str) -> Found | None:
    """``limit.<code>``, ``limit.decision``, ``limit.paused``: the last day, or in a text the limit by name and day."""
    code = DECISION_LIMIT if name in ("decision", "paused") else name
    if name == "paused":
        paused = [
            f.values["limit"] for f in ask.case.happened("clock_paused") if usable(f.values.get("limit"))
        ]
        return Found(paused[-1], "期限中止登记") if paused else None
    found = _due(ask, code)
    if found is None:
        return None
    due, start = found
    last = due.on or day(end_of(due))
    title = ask.case.release.limits[code].title
    where = f"期限：{title}，自{on_day(start, ask.ctx)}起算" + ("（暂定）" if due.provisional else "")
    return Found(last if ask.field.type == "date" else f"{title}，至{_words(last)}", where)


def _words(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def _proposed(ask: Ask) -> Document | None:
    """The paper whose penalties count: this one as far as it is filled in, else the last that proposes any."""
    if usable(ask.known.get("penalties")):
        values = {**({"party": ask.case.party} if ask.case.party else {}), **ask.known}
        text = Revision(1, "", values, ask.ctx.now, ask.ctx.now, ask.actor, "made", True, "")
        return Document("", ask.kind.code, ask.case.measures, [text])
    kinds = (
        "investigation_report",
        "proposal_approval",
        *("penalty_notice", "hearing_right_notice"),
        "decision_approval",
    )
    found = [d for d in ask.case.of(*kinds) if usable(d.values.get("penalties"))]
    return found[-1] if found else None


def needs_hearing(ask: Ask) -> Found | None:
    """Whether the penalties give a right to a hearing (罚 63)."""
    paper = _proposed(ask)
    if paper is None:
        return None
    reached = hearing_reached(ask.case, paper.values, ask.ctx.today)
    if reached.reasons:
        return Found(True, "按处罚种类和数额判断：" + "；".join(reached.reasons))
    return None if reached.unclear else Found(False, "按处罚种类和数额判断：没有达到听证标准")


def is_major(ask: Ask) -> Found | None:
    """Whether the case is major or complex (A23; 罚 57)."""
    paper = _proposed(ask)
    if paper is None:
        return None
    reached = major_reached(ask.case, paper)
    if reached.reasons:
        return Found(True, "按本局标准判断：" + "；".join(reached.reasons))
    return None if reached.unclear else Found(False, "按本局标准判断：没有达到标准")


def legal_review_trigger(ask: Ask) -> Found | None:
    """Which case of legal review it is (罚 58): after a hearing, complex, or because the bureau reviews every decision."""
    if hearing_held(ask.case, ask.ctx.now) is not None:
        return Found("直接关系当事人或者第三人重大权益，经过听证程序", "听证笔录")
    major = is_major(ask)
    if major is not None and major.value is True:
        return Found("案件情况疑难复杂、涉及多个法律关系", major.where)
    always = setting(ask.case, "legal_review_always", ask.ctx.today)
    return Found("本局规定应当审核", SETTINGS) if always else None


def open_hearing(ask: Ask) -> Found:
    """Hearings are public; the exceptions are for the officer to state (罚 64(3))."""
    return Found(True, "听证公开举行；涉密、涉及隐私的除外")


RULE: dict[str, Source] = {
    "needs_hearing": needs_hearing,
    "is_major": is_major,
    "legal_review_trigger": legal_review_trigger,
    "open_hearing": open_hearing,
}


def rule(ask: Ask, name: str) -> Found | None:
    """``rule.<x>``: what the rules say of the case as it would be with this paper."""
    return RULE[name](ask)
