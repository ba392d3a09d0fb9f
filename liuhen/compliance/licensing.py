"""A licensing case as the rules and limits read it: its matter, receipt, acceptance, excluded and added time (许 32, 42, 45)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from liuhen.casefile.moments import Moment, day, instant
from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.answers import Context
from liuhen.compliance.reading import moment, rows, text_in
from liuhen.measures.calendar import Calendar, is_weekend
from liuhen.measures.counting import Due, Span, add
from liuhen.measures.matters import DECISION_LIMITS, GENERAL, Matter, matter_of
from liuhen.measures.vocabulary import Limit

LICENSE_DECISIONS = ("license_grant_decision", "license_denial_decision")
OUTCOMES = ("license_supplement_notice", "license_acceptance_notice", "license_refusal_to_accept")
FAULTY = ("缺少", "有错")
TELLING = Span(5, "working_day")
USUAL_EXTENSION = 10


@dataclass(frozen=True)
class Acceptance:
    """When the application was accepted: on the day stated, or deemed so from the day of receipt (许 32(4))."""

    on: date
    deemed: bool
    document: str = ""


def matter(case: CaseFile) -> Matter | None:
    """The matter of the catalogue that the case is about; None when its papers name none of it."""
    for kind in ("license_application", "material_receipt", *OUTCOMES, *LICENSE_DECISIONS):
        for document in case.of(kind):
            found = matter_of(document.values.get("matter"))
            if found is not None:
                return found
    return None


def decision_limit(case: CaseFile) -> str:
    """The code of the limit within which the case is decided: that of its matter, else the general one."""
    found = matter(case)
    return found.limit if found else GENERAL


def applies(case: CaseFile, limit: Limit) -> bool:
    """Whether a limit is of the case's matter; limits other than those to decide always are."""
    return limit.code not in DECISION_LIMITS or limit.code == decision_limit(case)


def license_decisions(case: CaseFile) -> list[Document]:
    """The decisions to grant or deny that were issued, in order."""
    return [d for d in case.of(*LICENSE_DECISIONS) if d.issued]


def received_at(case: CaseFile) -> Moment | None:
    """When the application materials were first received."""
    for kind in ("material_receipt", "license_application"):
        found = [at for d in case.of(kind) if (at := moment(d.values, "received_at")) is not None]
        if found:
            return min(found, key=instant)
    return None


def told_at(case: CaseFile, document: Document) -> Moment | None:
    """When the applicant was told by a paper: the first step of its service; of an outside source, its issue."""
    if document.service:
        return min((step.at for step in document.service), key=instant)
    return document.made_at if not case.closed_world else None


def completed_at(case: CaseFile) -> Moment | None:
    """When all supplementary materials were handed in."""
    found = [moment(f.values, "at") or f.at for f in case.happened("materials_completed")]
    return max(found, key=instant) if found else None


def wanting(case: CaseFile) -> list[str]:
    """The materials that were missing or wrong at the last receipt and were not made good since."""
    receipt = case.latest("material_receipt")
    if receipt is None or case.happened("materials_completed", "corrected_on_spot"):
        return []
    return [
        text_in(row, "name") for row in rows(receipt.values.get("materials")) if row.get("state") in FAULTY
    ]


def stated_acceptance(case: CaseFile) -> Acceptance | None:
    """The acceptance by notice: the day that it states, or the earlier day on which the materials were complete."""
    notices = [d for d in case.of("license_acceptance_notice") if d.issued or not case.closed_world]
    if not notices:
        return None
    notice, complete = notices[0], completed_at(case)
    on = day(moment(notice.values, "accepted_on") or notice.made_at)
    return Acceptance(min(on, day(complete)) if complete else on, deemed=False, document=notice.id)


def acceptance(case: CaseFile, ctx: Context) -> Acceptance | None:
    """The acceptance that counts: deemed from the day of receipt when nothing was told in five working days, else as stated.

    Of an outside source nothing is deemed unless it shows that a notice came late.
    """
    received = received_at(case)
    if received is None or not (case.closed_world or case.of("material_receipt")):
        return stated_acceptance(case)
    last = add(TELLING, day(received), ctx.calendar).day
    told = [at for d in case.of(*OUTCOMES) if (at := told_at(case, d)) is not None]
    told += [f.at for f in case.happened("application_withdrawn")]
    told += [d.made_at for d in case.of("license_withdrawal_by_applicant") if d.issued]
    if any(day(at) <= last for at in told):
        return stated_acceptance(case)
    late = bool(told) or (all(case.tells(kind) for kind in OUTCOMES) and ctx.today > last)
    if not late or case.of("license_refusal_to_accept"):
        return stated_acceptance(case)
    return Acceptance(day(received), deemed=True)


def excluded(case: CaseFile, ctx: Context) -> set[date]:
    """The days of special procedures that do not count (许 45): only from the day on which a notice was served that tells
    of them, for no longer than it tells, to the end of the procedure, and none in the future. A day counts once."""
    days: set[date] = set()
    for notice in case.of("special_procedure_notice"):
        stretch = special_time(case, notice, ctx)
        if stretch is not None:
            first, last = stretch
            days |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    return days


def special_time(case: CaseFile, notice: Document, ctx: Context) -> tuple[date, date] | None:
    """From which day to which the time of one special procedure does not count; None when it was not told in time."""
    begins, served = moment(notice.values, "from_on"), notice.served_at
    if begins is None or served is None:
        return None
    first = max(day(begins), day(served))
    last = min(ctx.today, *_ends(case, notice, day(begins), ctx.calendar))
    return (first, last) if first <= last else None


def _ends(case: CaseFile, notice: Document, begins: date, cal: Calendar) -> list[date]:
    """The days on which a special procedure ends at the latest: as stated, as told, as it really ended."""
    ends = [date.max]
    stated = moment(notice.values, "to_on")
    if stated is not None:
        ends.append(day(stated))
    needed = notice.values.get("days_needed")
    if isinstance(needed, int) and not isinstance(needed, bool) and needed > 0:
        ends.append(add(Span(needed, "working_day"), begins - timedelta(days=1), cal).day)
    for fact in case.happened("special_procedure_ended"):
        if notice.id in (fact.document, fact.values.get("document")):
            ends.append(day(moment(fact.values, "on") or fact.at))
    return ends


def most_extra_days(case: CaseFile) -> int:
    """By how many working days the limit of the case may be extended (许 42; 核例 10)."""
    found = matter(case)
    return found.extension if found else USUAL_EXTENSION


def approved_extension(case: CaseFile, notice: Document) -> Document | None:
    """The approval form of an extension that was approved not after its notice was issued."""
    for form in reversed(case.of("license_extension_approval")):
        approved = form.approved_at()
        if approved is not None and day(approved) <= day(notice.made_at):
            return form
    return None


def extra_days(case: CaseFile, until: date) -> int:
    """The working days by which the limit was extended: approved, and told to the applicant by ``until``; once only."""
    for notice in case.of("license_extension_notice"):
        told, days = told_at(case, notice), notice.values.get("extra_days")
        approved = approved_extension(case, notice) is not None or not case.closed_world
        if approved and told is not None and day(told) <= until and isinstance(days, int):
            return min(days, most_extra_days(case))
    return 0


def due_by(case: CaseFile, start: date, ctx: Context, *, extended: bool = True) -> Due:
    """When a case accepted on ``start`` must be decided, with excluded time left out and a lawful extension added."""
    span, left_out = case.release.limits[decision_limit(case)].span, excluded(case, ctx)
    due = _without(span, start, left_out, ctx.calendar)
    added = extra_days(case, due.day) if extended else 0
    if added:
        due = _without(replace(span, length=span.length + added), start, left_out, ctx.calendar)
    gone = _count(left_out, start, due.day, ctx.calendar)
    notes = [f"不计入的{gone}个工作日已扣除"] if gone else []
    notes += [f"已延长{added}个工作日"] if added else []
    return replace(due, note="；".join([*([due.note] if due.note else []), *notes])) if notes else due


def _without(span: Span, start: date, left_out: set[date], cal: Calendar) -> Due:
    """The end of a span of working days that leaves some days out."""
    gone = 0
    while True:
        due = add(replace(span, length=span.length + gone), start, cal)
        found = _count(left_out, start, due.day, cal)
        if found == gone:
            return due
        gone = found


def _count(days: set[date], start: date, last: date, cal: Calendar) -> int:
    return sum(1 for d in days if start < d <= last and _works(d, cal))


def _works(on: date, cal: Calendar) -> bool:
    return cal.is_working_day(on) if cal.knows(on) else not is_weekend(on)
