"""Deadlines of a case: every declared limit whose start has happened, with its due moment and its end (domain §4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from liuhen.casefile.moments import ZONE, Moment, day, instant
from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance import contest, course, exits, licensing
from liuhen.compliance.answers import Context, Deadline, Finding, setting
from liuhen.compliance.events import Occurrence, occurrences
from liuhen.compliance.execution import (
    ENDED,
    apply_by,
    capped_on,
    contested_on,
    days_due,
    items,
    suable_until,
)
from liuhen.compliance.owing import concerns, settled_at, wants_money
from liuhen.compliance.parties import party_of
from liuhen.compliance.reading import moment, text_in
from liuhen.compliance.rounds import PENALTY_DECISIONS, strikes, struck
from liuhen.compliance.seizures import last_day, seizure_ended
from liuhen.measures.counting import Due, add
from liuhen.measures.matters import DECISION_LIMITS
from liuhen.measures.vocabulary import Limit


def end_of(due: Due) -> datetime:
    """The instant at which a due moment has passed: the instant itself, or the end of the due day."""
    if due.at is not None:
        return due.at
    assert due.on is not None
    midnight = datetime(due.on.year, due.on.month, due.on.day, tzinfo=ZONE)
    return midnight + timedelta(days=1)


def due_of(case: CaseFile, limit: Limit, start: Moment, ctx: Context) -> Due:
    """When a limit that starts at ``start`` is due; a setting of the bureau may replace its length."""
    former = limit.former_on(day(start))
    own = case.office.setting(limit.setting, day(start), None) if limit.setting else None
    span = former.longest or former.span if former and own is None else None
    if span is None:
        span = limit.span
        if limit.setting:
            span = replace(span, length=int(setting(case, limit.setting, start)))
    begin = start if span.unit == "hour" else day(start)
    return add(span, begin, ctx.calendar)


def _returned(case: CaseFile, start: Occurrence, ctx: Context, due: Due) -> Due:
    """TL-37: after continuous or remote duty the 24 hours run from the return to the unit (A31)."""
    recording = case.recordings.get(start.subject)
    if recording is None or not isinstance(start.at, datetime):
        return due
    back = case.office.returned(recording.by, start.at)
    if back is None:
        return due
    moment, why = back
    later = add(case.release.limits["TL-37"].span, moment, ctx.calendar)
    return replace(later, note=f"{why}，自回到本单位起算")


def _applied(case: CaseFile, start: Occurrence, ctx: Context, due: Due) -> Due:
    """TL-26: three months after suing is over, which a reconsideration or instalments move."""
    last = apply_by(case, case.documents[start.subject], ctx)
    return due if last is None else replace(due, on=last)


def _decision_due(case: CaseFile, start: Occurrence, ctx: Context, due: Due) -> Due:
    """TL-02, TL-04, TL-05: told time of special procedures is left out, a lawful extension added (许 42, 45)."""
    return licensing.due_by(case, day(start.at), ctx)


def _ashore(case: CaseFile, start: Occurrence, ctx: Context, due: Due) -> Due:
    """TL-29: of money collected on the water the days run from coming ashore (罚 71)."""
    at = moment(case.documents[start.subject].values, "ashore_at")
    return (
        due
        if at is None
        else replace(add(case.release.limits["TL-29"].span, day(at), ctx.calendar), note="自抵岸之日起算")
    )


def _handled(case: CaseFile, start: Occurrence, ctx: Context, due: Due) -> Due:
    """TL-19: longer by what was approved and told out of it by a rule that the bureau set (罚 60)."""
    more = course.added_days(case, ctx)
    return due if not more else replace(due, on=due.day + timedelta(days=more))


def _parted(case: CaseFile, start: Occurrence, ctx: Context, due: Due) -> Due:
    """TL-21: the last of the instalments, where they were granted (罚 66)."""
    last = max(days_due(case, case.documents[start.subject], ctx), default=due.day)
    return due if last == due.day else replace(due, on=last, note="准予延期、分期，至最后一期")


def _seized(case: CaseFile, start: Occurrence, ctx: Context, due: Due) -> Due:
    """TL-13: longer by what was approved, and by the time of tests of which the party was told (强 25)."""
    return replace(due, on=last_day(case, case.documents[start.subject], ctx))


def _capped(case: CaseFile, start: Occurrence, ctx: Context, due: Due) -> Due:
    """TL-22: the day on which the extra fine reaches the fine, instalments, payments and pauses counted (罚 72, 73)."""
    last = capped_on(case, case.documents[start.subject], ctx)
    return due if last is None else replace(due, on=last)


def _sued(case: CaseFile, start: Occurrence, ctx: Context, due: Due) -> Due:
    """TL-24: fifteen days after a reconsideration instead of six months (诉 45)."""
    last = suable_until(case, case.documents[start.subject], ctx)
    return due if last is None else replace(due, on=last)


def _answered(case: CaseFile, start: Occurrence, ctx: Context, due: Due) -> Due:
    """TL-50: five working days where the reconsideration is a summary one (复 54)."""
    found = next((c for c in contest.contests(case) if c.entry == start.entry), None)
    return (contest.answer_due(case, found, ctx) if found else None) or due


_ADJUST = {
    "TL-13": _seized,
    "TL-19": _handled,
    "TL-21": _parted,
    "TL-22": _capped,
    "TL-24": _sued,
    "TL-26": _applied,
    "TL-29": _ashore,
    "TL-37": _returned,
    "TL-50": _answered,
    **dict.fromkeys(DECISION_LIMITS, _decision_due),
}


def set_by_law(limit: Limit, start: Moment) -> bool:
    """Whether there was such a limit at all when it would have begun (R36.2)."""
    former = limit.former_on(day(start))
    return former is None or (former.span or former.longest) is not None


def starts_of(case: CaseFile, limit: Limit, ctx: Context) -> list[Occurrence]:
    """What begins a limit: none when it is of another matter; acceptance may be deemed (许 32)."""
    if not licensing.applies(case, limit):
        return []
    if limit.starts == "accepted":
        found = licensing.acceptance(case, ctx)
        return [Occurrence(found.on, found.document)] if found else []
    found = [o for o in occurrences(case, limit.starts) if set_by_law(limit, o.at)]
    if limit.code in _WHILE_OWED:
        return [o for o in found if _WHILE_OWED[limit.code](case, case.documents[o.subject], ctx)]
    return found


def _overdue(case: CaseFile, decision: Document, ctx: Context) -> bool:
    return capped_on(case, decision, ctx) is not None


def _owed(case: CaseFile, decision: Document, ctx: Context) -> bool:
    """Whether anything of a decision is still to be carried out, and no reconsideration or suit about it keeps it from the
    court (强 53)."""
    return not contested_on(case, decision, ctx.today) and any(
        item.state not in ENDED for item in items(case, decision, ctx)
    )


def _wants_money(case: CaseFile, decision: Document, ctx: Context) -> bool:
    return wants_money(case, decision)


_WHILE_OWED: dict[str, Callable[[CaseFile, Document, Context], bool]] = {
    "TL-21": _wants_money,
    "TL-22": _overdue,
    "TL-26": _owed,
}


def _first_of_each_round(case: CaseFile, starts: list[Occurrence]) -> list[Occurrence]:
    """The first start, and the first one after each fall of a decision."""
    falls = [day(s.at) for s in strikes(case)]
    return [
        start
        for place, start in enumerate(starts)
        if place == 0 or any(day(starts[place - 1].at) < fell <= day(start.at) for fell in falls)
    ]


def _moot(case: CaseFile, found: Deadline) -> bool:
    """A limit that still runs from a decision which fell: nobody need keep it any more."""
    decision = case.documents.get(found.subject)
    ran = found.ended is None and decision is not None and decision.kind in PENALTY_DECISIONS
    return ran and decision is not None and struck(case, decision) is not None


def _ending(case: CaseFile, limit: Limit, start: Occurrence) -> Moment | None:
    """When a limit begun by ``start`` was ended."""
    if limit.code in _ENDS:
        return _ENDS[limit.code](case, case.documents[start.subject])
    ends = occurrences(case, limit.ends) if limit.ends else []
    if limit.per in ("document", "recording"):
        return next((e.at for e in ends if e.subject == start.subject), None)
    ours = [e for e in ends if day(e.at) >= day(start.at) and not _called_back(case, limit, e)]
    if limit.per == "decision":
        ours = [e for e in ours if _concerns(case, e, case.documents[start.subject])]
    return ours[0].at if ours else None


def _called_back(case: CaseFile, limit: Limit, end: Occurrence) -> bool:
    """TL-10, TL-19: whether a case was passed on and came back, so that it must be dealt with here after all."""
    if limit.code not in ("TL-10", "TL-19"):
        return False
    letter = case.documents.get(end.subject)
    return letter is not None and letter.kind in exits.LETTERS and exits.came_back(case, letter)


def _concerns(case: CaseFile, end: Occurrence, decision: Document) -> bool:
    """Whether what happened is about a decision: it names it, or none."""
    fact = next((f for f in case.facts if f.entry == end.entry), None)
    paper = fact or case.documents.get(end.subject)
    return paper is None or concerns(case, paper, decision)


def _all_told(case: CaseFile, decision: Document) -> Moment | None:
    """TL-45: when the last of those who must be told this result was told."""
    return next(
        (exits.told_last(case, one) for one in exits.outcomes(case) if one.document.id == decision.id), None
    )


def _discovered(case: CaseFile, docket: Document) -> Moment | None:
    """TL-11: when the breach was discovered, which may be before it ended (罚 36)."""
    found = occurrences(case, case.release.limits["TL-11"].ends)
    return found[0].at if found else None


_ENDS: dict[str, Callable[[CaseFile, Document], Moment | None]] = {
    "TL-11": _discovered,
    "TL-13": seizure_ended,
    "TL-21": settled_at,
    "TL-45": _all_told,
}


def _called(case: CaseFile, limit: Limit, start: Occurrence) -> str:
    """What a deadline is said to be about: of several decisions the one on this party."""
    if limit.per != "decision":
        return start.title
    decision = case.documents.get(start.subject)
    several = sum(d.issued is not None for d in case.of(*PENALTY_DECISIONS)) > 1
    party = text_in(party_of(decision), "name") if decision else ""
    return f"{start.title}（{party}）" if several and party else start.title if several else ""


def deadline(case: CaseFile, limit: Limit, start: Occurrence, ctx: Context) -> Deadline:
    """The deadline that one start of a limit begins."""
    due = due_of(case, limit, start.at, ctx)
    if limit.code in _ADJUST:
        due = _ADJUST[limit.code](case, start, ctx, due)
    ended = _ending(case, limit, start)
    passed = end_of(due)
    if ended is not None:
        in_time = instant(ended) < passed if isinstance(ended, datetime) else ended <= day(passed)
        if not isinstance(ended, datetime) and due.on is not None:
            in_time = ended <= due.on
        state = "met" if in_time else "late"
    else:
        state = "open" if ctx.now < passed else "overdue"
    return Deadline(
        code=limit.code,
        title=limit.title,
        cites=limit.cites,
        severity=limit.severity,
        starts=start.at,
        due=due,
        ended=ended,
        state=state,
        subject=start.subject,
        subject_title=_called(case, limit, start),
        note=limit.note,
        lost=limit.lost,
        warned=min((w for w in limit.warn if state == "open" and (due.day - ctx.today).days <= w), default=0),
    )


def warnings(case: CaseFile, found: Deadline) -> list[datetime]:
    """The moments at which an open limit that can be lost warns: the beginning of each of its days ahead."""
    limit = case.release.limits[found.code]
    if not found.lost or found.state != "open":
        return []
    return [instant(found.due.day - timedelta(days=ahead)) for ahead in limit.warn]


def deadlines(case: CaseFile, ctx: Context) -> list[Deadline]:
    """All deadlines of the case, the nearest first."""
    found: list[Deadline] = []
    for limit in case.release.limits.values():
        starts = starts_of(case, limit, ctx)
        for start in _first_of_each_round(case, starts) if limit.per == "case" else starts:
            one = deadline(case, limit, start, ctx)
            if not _moot(case, one):
                found.append(one)
    return sorted(found, key=lambda d: (end_of(d.due), d.code, d.subject))


def running(case: CaseFile, code: str, ctx: Context, document: str = "") -> Deadline | None:
    """The deadline of one limit, of one document when named; None while it has not begun."""
    limit = case.release.limits.get(code)
    for start in starts_of(case, limit, ctx) if limit else ():
        if limit and (not document or start.subject == document):
            return deadline(case, limit, start, ctx)
    return None


def finding_of(found: Deadline, case: CaseFile, ctx: Context) -> Finding | None:
    """The finding of a missed limit; None for limits that bind nobody of ours or were kept or still run.

    For an outside source a limit that merely never ended is not known to be missed, unless the source shows that what
    would have ended it was not done.
    """
    limit = case.release.limits[found.code]
    if limit.severity is None or found.state in ("met", "open"):
        return None
    if found.state == "overdue" and ctx.outside and not never(case, limit, found.subject):
        return None
    marked = limit.per in ("document", "decision") and found.subject_title
    about = f"《{found.subject_title}》" if marked else found.subject_title
    when = _on(found.due)
    if found.state == "late":
        assert found.ended is not None
        message = f"{about}{limit.title}应在{when}前完成，实际为{_moment(found.ended)}"
    else:
        message = f"{about}{limit.title}应在{when}前完成，至今没有完成"
    code = limit.finding or limit.code
    return Finding(
        code=code,
        severity=limit.severity,
        title=limit.title,
        cites=limit.cites,
        outcome="violated",
        message=message,
        subject=found.subject,
        subject_title=found.subject_title,
        at=end_of(found.due),
        explained=case.explained.get((code, found.subject), ""),
    )


def never(case: CaseFile, limit: Limit, subject: str) -> bool:
    """Whether the source shows that none of the events that end a limit happened (those of the subject's kind alone).

    That a result was not told is found by the rules on telling (R10.3, R25.1).
    """
    document = case.documents.get(subject)
    events = [event.partition(":")[::2] for event in limit.ends.split("|")]
    if limit.per == "document" and document is not None:
        events = [e for e in events if e[1] == document.kind] or events
    return limit.code != "TL-45" and all(_never(case, *event) for event in events)


_OUTCOMES = {"docketed": ("docket_approval",), "decided": ("penalty_decision", "no_penalty_decision")}


def _never(case: CaseFile, head: str, kind: str) -> bool:
    if not kind:
        return head in _OUTCOMES and all(case.tells(one) for one in _OUTCOMES[head])
    papers = case.of(kind)
    if papers:
        return head in ("sent", "served") and all(case.tells_of(p, "served") for p in papers)
    return case.tells(kind)


def _on(due: Due) -> str:
    if due.at is not None:
        return _moment(due.at)
    assert due.on is not None
    return _moment(due.on)


def _moment(moment: Moment) -> str:
    on = day(moment)
    text = f"{on.year}年{on.month}月{on.day}日"
    return text + (f"{moment.astimezone(ZONE):%H:%M}" if isinstance(moment, datetime) else "")
