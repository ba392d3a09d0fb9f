"""What the party was told before a decision, and when: notices, their rounds, their periods (A15, A16; 罚 44, 62–64)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from liuhen.casefile.moments import Moment, before, day, instant
from liuhen.casefile.state import CaseFile, Document, Revision
from liuhen.compliance.answers import Context, setting
from liuhen.compliance.approving import in_order
from liuhen.compliance.parties import concerning
from liuhen.compliance.rounds import of_round
from liuhen.measures.counting import Due, Span, add
from liuhen.measures.vocabulary import Former

NOTICES = ("penalty_notice", "hearing_right_notice")
HEARING_NOTICE = "hearing_right_notice"
# What makes another telling necessary and lawful: facts or evidence found anew, or the case seen under another law.
NEW_FACTS = ("facts", "evidence")
NEW_GROUNDS = (*NEW_FACTS, "basis", "nature")


def penalty_decisions(case: CaseFile) -> list[Document]:
    """The penalty decisions made (issued), in order."""
    return [d for d in case.of("penalty_decision") if d.issued]


def notices_before(case: CaseFile, decision: Document) -> list[Document]:
    """The notices to the party of a decision that were made in its round and not after it, served or not, in order."""
    found = of_round(case, decision.made_at, concerning(case, decision, case.of(*NOTICES)))
    return [n for n in found if day(n.made_at) <= day(decision.made_at)]


def served_before(case: CaseFile, decision: Document) -> list[Document]:
    """The notices that had been served when the decision was made, as far as can be told, in order of service."""
    found = [
        n
        for n in notices_before(case, decision)
        if n.served_at is not None and in_order(case, n.served_at, decision.made_at) is not False
    ]
    return sorted(found, key=lambda n: (instant(n.served_at or n.made_at), n.id))


def binding(case: CaseFile, notices: Sequence[Document], grounds: tuple[str, ...]) -> list[Document]:
    """The notices that bind the decision: all of them, back to the last one told on new grounds.

    A second notice alone releases from nothing, or a penalty could be raised step by step; one that follows an
    investigation with new facts or grounds begins anew.
    """
    kept: list[Document] = []
    for notice in reversed(notices):
        if kept and _investigated_anew(case, notice, kept[-1], grounds):
            break
        kept.append(notice)
    return kept[::-1]


def _investigated_anew(case: CaseFile, first: Document, then: Document, grounds: tuple[str, ...]) -> bool:
    """Whether a report made between two notices differs in its grounds from the one before the first."""
    texts = [r for d in case.of("investigation_report") for r in d.revisions]
    earlier = [r for r in texts if before(r.at, first.made_at) is not False]
    between = [r for r in texts if before(first.made_at, r.at) and before(then.made_at, r.at) is not True]
    if not earlier or not between:
        return False
    base = max(earlier, key=lambda r: instant(r.at))
    return any(differs(base, r, grounds) for r in between)


def differs(base: Revision, later: Revision, grounds: tuple[str, ...]) -> bool:
    """Whether a later report tells other grounds than the one before."""
    return any(later.values.get(name) and later.values.get(name) != base.values.get(name) for name in grounds)


@dataclass(frozen=True)
class Period:
    """A period that a notice gives the party: for what (``defence``, ``hearing``), how many days, to what day in any reading
    of the law of its time (``due``), to what day for certain (``sure``), by which former law."""

    notice: Document
    right: str
    served: Moment
    length: int
    due: Due
    sure: date
    basis: str = ""

    @property
    def last(self) -> date:
        return self.due.day

    @property
    def title(self) -> str:
        return "要求听证期限" if self.right == "hearing" else "陈述申辩期限"


def periods(case: CaseFile, notice: Document, ctx: Context) -> list[Period]:
    """The periods that run from the service of a notice (TL-18; TL-15 when it tells of the hearing); none unserved.

    The longer counts of the period in force and the one that the notice promised.
    """
    if notice.served_at is None:
        return []
    rights = ("defence", "hearing") if notice.kind == HEARING_NOTICE else ("defence",)
    return [_period(case, notice, right, notice.served_at, ctx) for right in rights]


def _period(case: CaseFile, notice: Document, right: str, served: Moment, ctx: Context) -> Period:
    limit = case.release.limits["TL-15" if right == "hearing" else "TL-18"]
    promised = notice.values.get(f"{right}_days")
    told = promised if isinstance(promised, int) and not isinstance(promised, bool) else 0
    former, on = limit.former_on(day(served)), day(served)
    if former is not None and case.office.setting(limit.setting, on, None) is None:
        return _former_period(notice, right, served, told, former, ctx)
    length = max(int(setting(case, limit.setting, served)) if limit.setting else limit.span.length, told)
    due = add(replace(limit.span, length=length), on, ctx.calendar)
    return Period(notice, right, served, length, due, due.day)


def _former_period(
    notice: Document, right: str, served: Moment, told: int, former: Former, ctx: Context
) -> Period:
    """By the law of that time the day of the notice itself always counts; beyond it what the law or the notice said."""
    on = day(served)
    sure = [on, *(add(span, on, ctx.calendar).day for span in (former.span,) if span)]
    sure += [add(Span(told, "day"), on, ctx.calendar).day] if told > 0 else []
    spans = [
        span
        for span in (former.longest or former.span, Span(told, "working_day") if told > 0 else None)
        if span
    ]
    dues = [add(span, on, ctx.calendar) for span in spans]
    due = max(dues, key=lambda one: one.day, default=Due(on=max(sure)))
    return Period(
        notice, right, served, max((s.length for s in spans), default=0), due, max(sure), former.basis
    )
