"""The head of a case's page: its stages as a line of steps, its running clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from liuhen.casefile.moments import Moment, day, instant
from liuhen.casefile.state import CaseFile
from liuhen.compliance.answers import Deadline
from liuhen.compliance.events import occurrences
from liuhen.compliance.steps import event_words
from liuhen.desk import words
from liuhen.measures.counting import Due, count_working_days
from liuhen.measures.vocabulary import STAGES, Cite, Limit
from liuhen.records.reveal import View

# The limits that say by when a stage is to be reached, of a penalty and of a licence.
STAGE_LIMITS = {
    "审查决定": {"TL-19", "TL-02", "TL-04", "TL-05"},
    "送达执行": {"TL-20", "TL-07"},
    "归档": {"TL-38"},
}
BEGINNINGS = {"opened": "登记"}


@dataclass(frozen=True)
class Stage:
    """One of the five groups: ``done``, ``now`` or ``todo``, and what stands under it."""

    name: str
    state: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Clock:
    """A running limit: its words, how much of it is gone out of how much, and what is to be known about it."""

    title: str
    due: Due
    gone: int
    whole: int
    told: str
    note: str
    cites: tuple[Cite, ...]


def stages(view: View) -> list[Stage]:
    """The line of stages with the dates under them."""
    procedure = view.case.release.procedures.get(view.case.procedure)
    begins = dict(procedure.stage_begins) if procedure else {}
    current = STAGES.index(view.judgement.stage)
    return [_stage(view, n, name, current, begins.get(name, ())) for n, name in enumerate(STAGES)]


def _stage(view: View, n: int, name: str, current: int, events: tuple[str, ...]) -> Stage:
    if n > current:
        due = next((d.due for d in view.judgement.deadlines if _awaited(d, name)), None)
        return Stage(name, "todo", (f"{words.on(due.day)}前",) if due else ())
    begun = _begun(view.case, events)
    lines = [f"{words.on(begun[0])}{begun[1]}"] if begun else []
    finished = name == STAGES[-1] and view.case.archived_at is not None
    if n == current and not finished:
        lines.append(_running(view, begun))
    return Stage(name, "done" if n < current or finished else "now", tuple(lines))


def _awaited(deadline: Deadline, stage: str) -> bool:
    return deadline.code in STAGE_LIMITS.get(stage, ()) and deadline.state == "open"


def _begun(case: CaseFile, events: tuple[str, ...]) -> tuple[Moment, str] | None:
    """When a stage began, and by what."""
    found = [
        (o.at, BEGINNINGS.get(e) or event_words(e, case.release))
        for e in events
        for o in occurrences(case, e)
    ]
    return min(found, key=lambda pair: instant(pair[0])) if found else None


def _running(view: View, begun: tuple[Moment, str] | None) -> str:
    papers = sum(1 for d in view.case.documents.values() if not d.voided)
    films = sum(1 for r in view.case.recordings.values() if r.recorded and not r.voided)
    parts = [f"第 {(day(view.now) - day(begun[0])).days + 1} 日"] if begun else []
    parts += [f"文书 {papers} 份"] if papers else []
    parts += [f"音像 {films} 段"] if films else []
    return "，".join(parts)


def clocks(view: View) -> list[Clock]:
    """The limits that run or have run out, the nearest first; those of the other side after our own, and only while they
    run: that one of theirs has ended is no delay of ours."""
    running = [
        d for d in view.judgement.deadlines if d.state == "open" or (d.state == "overdue" and d.severity)
    ]
    running.sort(key=lambda d: d.severity is None)
    return [_clock(d, view.case.release.limits[d.code], view.now) for d in running]


def title_of(deadline: Deadline, limit: Limit) -> str:
    """The act that is due, with the document or recording when each has a limit of its own."""
    if limit.per == "case" or not deadline.subject_title:
        return deadline.title
    marked = (
        f"《{deadline.subject_title}》" if limit.per in ("document", "decision") else deadline.subject_title
    )
    return f"{deadline.title}：{marked}"


def _clock(deadline: Deadline, limit: Limit, now: datetime) -> Clock:
    gone, whole, unit = _measured(deadline, now)
    told = f"已过 {gone} {unit}，共 {whole} {unit}"
    note = "，".join(text for text in (deadline.note, deadline.due.note) if text)
    return Clock(title_of(deadline, limit), deadline.due, gone, whole, told, note, deadline.cites)


def _measured(deadline: Deadline, now: datetime) -> tuple[int, int, str]:
    """How much of a limit is gone, out of how much, in what."""
    starts, today, last = day(deadline.starts), day(now), deadline.due.day
    if deadline.due.at is not None:
        hours = int((deadline.due.at - instant(deadline.starts)).total_seconds() // 3600)
        gone = int((now - instant(deadline.starts)).total_seconds() // 3600)
        return min(max(gone, 0), hours), hours, "小时"
    if deadline.due.unit == "working_day":
        calendar = words.calendar()
        whole = count_working_days(starts, last, calendar).days
        return min(count_working_days(starts, today, calendar).days, whole), whole, "个工作日"
    whole = (last - starts).days
    return min(max((today - starts).days, 0), whole), whole, "日"
