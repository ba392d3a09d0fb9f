"""What an act sees of a case, and the errors it can meet."""

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
from liuhen.office.policy import Actor, Subject
from liuhen.records import clock, read
from liuhen.records.append import New, proposed


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

    def after(self, news: Sequence[New]) -> CaseFile:
        """The case as it would be with the new entries, which have stand-in hashes."""
        made = proposed(f"case/{self.case.id}", self.actor.person, news, self.case.head)
        return settle([*self.entries, *made], self.office, earlier=self.case.earlier)


Decide = Callable[[Situation], Sequence[New]]


def situation(case: str, actor: Actor) -> Situation:
    """The situation of a case now. Raises NoSuchCase."""
    entries = read.case_entries(case)
    office = read.office()
    state = settle(entries, office, earlier=read.earlier(entries, office))
    return Situation(state, entries, office, actor, clock.now())


def subject_of(case: CaseFile) -> Subject:
    """The case as policy sees it."""
    return Subject(case.section, case.officers, {a.person for a in case.assignments if a.taken})
