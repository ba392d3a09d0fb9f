"""How every act runs: permission → rules (stop) → render and vault → short transaction → after commit: seal.

The order is fixed here once. An act is a function that looks at the situation and returns the entries it would append;
``perform`` asks the rules about them, appends them, and starts over when another writer was faster.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from liuhen.casefile.entries import Entry as CaseEntry
from liuhen.casefile.office import Office
from liuhen.casefile.settle import settle
from liuhen.casefile.state import CaseFile, Document
from liuhen.casefile.values import Problem
from liuhen.compliance.answers import Finding
from liuhen.compliance.judge import stops
from liuhen.office.policy import Actor, NotPermitted, Subject, require
from liuhen.records import clock, read
from liuhen.records.append import RETRIES, Conflict, New, Receipt, append, append_anyway, proposed
from liuhen.records.project import project
from liuhen.records.seal import seal


class Stopped(RuntimeError):
    """Rules stop the act: ``findings`` say which, why, and what would satisfy them."""

    def __init__(self, act: str, findings: Sequence[Finding]) -> None:
        super().__init__("；".join(finding.line for finding in findings))
        self.act = act
        self.findings = list(findings)


class Invalid(ValueError):
    """What was given does not fit: one problem a field, in Chinese."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("；".join(problem.message for problem in problems))
        self.problems = list(problems)


def invalid(field: str, message: str) -> Invalid:
    """One problem with one field."""
    return Invalid([Problem(field, field, message, False)])


@dataclass(frozen=True)
class Situation:
    """What an act sees: the case as it stands, the office, the moment, who acts."""

    case: CaseFile
    entries: Sequence[CaseEntry]
    office: Office
    actor: Actor
    now: datetime

    def document(self, document: str) -> Document:
        """A document of the case that is not sealed away; Invalid when there is none."""
        found = self.case.documents.get(document)
        if found is None or found.voided:
            raise invalid("document", "案卷里没有这份文书")
        return found

    def entry(self, hash_: str) -> CaseEntry:
        """An entry of the case by its hash; Invalid when there is none."""
        for entry in self.entries:
            if entry.hash == hash_:
                return entry
        raise invalid("entry", "案卷里没有这一条")


Decide = Callable[[Situation], Sequence[New]]


def situation(case: str, actor: Actor) -> Situation:
    """The situation of a case now. Raises NoSuchCase."""
    entries = read.case_entries(case)
    office = read.office()
    return Situation(settle(entries, office), entries, office, actor, clock.now())


def subject_of(case: CaseFile) -> Subject:
    """The case as policy sees it."""
    return Subject(case.section, case.officers, {a.person for a in case.assignments if a.taken})


def preflight(act: str, case: str, actor: Actor, decide: Decide) -> list[Finding]:
    """Everything that stands in the way of an act, at once; nothing is written. Raises NotPermitted, Invalid."""
    here = situation(case, actor)
    require(actor, act, subject_of(here.case))
    return _stops(here, decide(here))


def _stops(here: Situation, news: Sequence[New]) -> list[Finding]:
    stream = f"case/{here.case.id}"
    made = proposed(stream, here.actor.person, news, here.case.head)
    return stops(here.entries, made, here.office, here.now)


def perform(
    act: str, case: str, actor: Actor, decide: Decide, *, stoppable: bool = True
) -> list[Receipt]:
    """Do an act on a case and return the receipts of its entries.

    ``stoppable`` is false for backfilling, which is never refused for what it shows. Raises NotPermitted, Invalid,
    Stopped (recorded in the access stream), Conflict after many lost races.
    """
    stream = f"case/{case}"
    for _ in range(RETRIES):
        here = situation(case, actor)
        _permit(here, act)
        news = list(decide(here))
        if stoppable:
            _stop(here, act, news)
        try:
            receipts = append(
                stream, actor.person, news, expect=here.case.head,
                within=lambda new, known=here.entries: project(case, [*known, *new]),
            )  # fmt: skip
        except Conflict:
            continue
        seal()
        return receipts
    raise Conflict(stream)


def _permit(here: Situation, act: str) -> None:
    try:
        require(here.actor, act, subject_of(here.case))
    except NotPermitted:
        _refused(here, act, ["permission"], "")
        raise


def _stop(here: Situation, act: str, news: Sequence[New]) -> None:
    found = _stops(here, news)
    if found:
        _refused(here, act, [f.code for f in found], found[0].subject)
        raise Stopped(act, found)


def _refused(here: Situation, act: str, codes: list[str], subject: str) -> None:
    """An act that was stopped leaves a trace, so that a later backfill of the same step can say so."""
    body = {"case": here.case.id, "act": act, "subject": subject, "codes": sorted(set(codes))}
    append_anyway("access", here.actor.person, [New("Refused", body)])


def record_office(register: str, actor: Actor, act: str, news: Sequence[New]) -> list[Receipt]:
    """Append to an office register after asking policy."""
    require(actor, act, Subject())
    receipts = append_anyway(f"office/{register}", actor.person, news)
    seal()
    return receipts
