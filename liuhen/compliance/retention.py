"""How long the file of a case is kept, and why (measures.retention; domain §8.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from liuhen.casefile.moments import day
from liuhen.casefile.state import CaseFile
from liuhen.compliance.events import Occurrence, event, has
from liuhen.compliance.reading import moment, rows, whole_in
from liuhen.measures.archive_facts import KEEP
from liuhen.measures.retention import RETAINED, Retained, Term, term_of

REVOKED = "吊销许可证件"


@dataclass(frozen=True)
class Retention:
    """The term of a case's file as the case stands, why, and the last day of it once the file is archived."""

    term: Term
    why: str
    until: date | None


@event("licence_revoked")
def _revoked(case: CaseFile) -> list[Occurrence]:
    """A penalty decision takes a licence away."""
    found = [
        d for d in case.of("penalty_decision")
        if any(row.get("kind") == REVOKED for row in rows(d.values.get("penalties")))
    ]  # fmt: skip
    return [Occurrence(d.made_at, d.id, d.title, d.current.filed) for d in found]


def retention(case: CaseFile) -> Retention:
    """The first row of the table that is true of the case, with the years that the bureau set for what is usual: never fewer
    than the table's least, but in a demonstration."""
    row = next(one for one in RETAINED if _holds(case, one))
    if row.term.years is None:
        return Retention(row.term, row.why, None)
    years = row.term.years
    if not row.events:
        on = day(case.archived_at or case.closed_at or case.opened_at or date.max)
        years = max(
            int(case.office.setting("retention_years", on, years)), 0 if case.office.demo else row.least
        )
    return Retention(term_of(years), row.why, _until(case, years, row.beyond))


def _holds(case: CaseFile, row: Retained) -> bool:
    ours = not row.procedures or case.procedure in row.procedures
    return ours and (not row.events or any(has(case, name) for name in row.events))


def _until(case: CaseFile, years: int, beyond: int) -> date | None:
    """The end of the last year, counted from the one after archiving; later where a licence is valid beyond it or an
    appraisal kept the file on."""
    if case.archived_at is None:
        return None
    ends = [day(case.archived_at).year + years]
    decision = case.decision
    valid = moment(decision.values, "valid_to") if decision and beyond else None
    if valid is not None:
        ends.append(day(valid).year + beyond)
    for fact in case.happened("appraised"):
        if fact.values.get("conclusion") == KEEP:
            ends.append(day(fact.at).year + (whole_in(fact.values, "years") or 0))
    return date(max(ends), 12, 31)
