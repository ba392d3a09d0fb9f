"""What a rule answers, and what is made of the answers: findings, deadlines, next steps, one judgement."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from liuhen.casefile.moments import Moment, day
from liuhen.casefile.state import CaseFile
from liuhen.measures import REQUIREMENTS
from liuhen.measures.calendar import Calendar
from liuhen.measures.counting import Due
from liuhen.measures.releases import CURRENT, Release
from liuhen.measures.thresholds import default_setting
from liuhen.measures.vocabulary import A, Cite, Severity

Outcome = Literal["met", "open", "violated", "na", "unknown"]


@dataclass(frozen=True)
class Way:
    """A way out of a stop 怎样就能办: what to do, the act that does it, from when waiting alone suffices."""

    text: str
    does: str = ""
    until: Moment | None = None


@dataclass(frozen=True)
class Answer:
    """A rule's answer on one subject (a document, a recording, or the case itself when empty).

    ``message`` says the facts of this case so that the words are true of an act about to be done and of one done.
    """

    outcome: Outcome
    message: str = ""
    subject: str = ""
    at: Moment | None = None
    until: Moment | None = None
    ways: tuple[Way, ...] = ()
    entry: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    severity: Severity | None = None


@dataclass(frozen=True)
class Context:
    """The moment of judging and what the office set: ``outside`` = an outside source, where lag is no matter."""

    now: datetime
    calendar: Calendar
    outside: bool = False

    @property
    def today(self) -> date:
        return day(self.now)


@dataclass(frozen=True)
class Finding:
    """A rule's answer with the rule's code, severity and citation. ``key`` names it through time."""

    code: str
    severity: Severity
    title: str
    cites: tuple[Cite, ...]
    outcome: Outcome
    message: str
    subject: str = ""
    subject_title: str = ""
    at: Moment | None = None
    until: Moment | None = None
    ways: tuple[Way, ...] = ()
    entry: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    explained: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return (self.code, self.subject)

    @property
    def line(self) -> str:
        """The one sentence used everywhere: page, command line, finding."""
        return f"{self.message}（{'、'.join(cite.short() for cite in self.cites)}）"


@dataclass(frozen=True)
class Deadline:
    """A running or ended time limit of the case. ``lost``: what is late cannot be made good. ``warned``: the nearest of the
    days ahead on which the limit warns (30, then 10) that has come; 0 before the first."""

    code: str
    title: str
    cites: tuple[Cite, ...]
    severity: Severity | None
    starts: Moment
    due: Due
    ended: Moment | None
    state: Literal["open", "met", "late", "overdue"]
    subject: str = ""
    subject_title: str = ""
    note: str = ""
    lost: bool = False
    warned: int = 0


@dataclass(frozen=True)
class NextStep:
    """What the law or the file wants next, for whom, and why; ``locked`` says why it cannot be done yet."""

    code: str
    title: str
    why: str
    cites: tuple[Cite, ...]
    does: str
    role: str
    stage: str
    subject: str = ""
    locked: str = ""
    optional: bool = False
    due: Due | None = None
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judgement:
    """What follows from a case at a moment."""

    stage: str
    state: str
    findings: tuple[Finding, ...] = ()
    met: tuple[Finding, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    steps: tuple[NextStep, ...] = ()
    changes_at: datetime | None = None

    def violated(self, severity: Severity | None = None) -> list[Finding]:
        """The violations, of one severity or all."""
        return [f for f in self.findings if f.outcome == "violated" and severity in (None, f.severity)]


# Statutes of one family of act, which a case of the other is not measured by.
_FOREIGN = {"licensing": frozenset({"罚", "强"})}
_OF_LICENSING = frozenset({"许"})


def apt(cites: tuple[Cite, ...], procedure: str) -> tuple[Cite, ...]:
    """The citations that speak of such an act: no penalty law over a licence, nor the other way round. What nothing but the
    other family's statute says rests here on Article 4, lawful and impartial."""
    foreign = _FOREIGN.get(procedure, _OF_LICENSING)
    return tuple(cite for cite in cites if cite.law not in foreign) or (A(4),)


Predicate = Callable[[CaseFile, Context], Iterable[Answer]]


@dataclass(frozen=True)
class Rule:
    """A predicate and the requirement it answers."""

    code: str
    predicate: Predicate
    procedures: tuple[str, ...]

    def asked_of(self, procedure: str, under: Release = CURRENT) -> bool:
        """Whether the rule is asked of a procedure under a release: the release knows its requirement, and the rule is one of
        every procedure, or names this one, or is named by it."""
        if self.code not in under.requirements:
            return False
        if self.procedures == ANY_PROCEDURE or procedure in self.procedures:
            return True
        declared = under.procedures.get(procedure)
        return declared is not None and self.code in declared.rules


RULES: list[Rule] = []
ANY_PROCEDURE = ("*",)
PENALTIES = ("penalty_ordinary", "penalty_summary")


def rule(
    code: str, *, procedures: tuple[str, ...] = ("penalty_ordinary",)
) -> Callable[[Predicate], Predicate]:
    """Declare the predicate as the answer to requirement ``code``; KeyError when no such requirement is declared."""
    _ = REQUIREMENTS[code]

    def register(predicate: Predicate) -> Predicate:
        RULES.append(Rule(code, predicate, procedures))
        return predicate

    return register


def met(message: str = "", **more: Any) -> Answer:
    """The rule is met."""
    return Answer("met", message, **more)


def violated(message: str, **more: Any) -> Answer:
    """The rule is violated, or would be by the act that is asked about."""
    return Answer("violated", message, **more)


def unknown(message: str, **more: Any) -> Answer:
    """The record does not tell."""
    return Answer("unknown", message, **more)


def open_until(until: Moment, message: str, **more: Any) -> Answer:
    """Neither met nor violated before ``until``."""
    return Answer("open", message, until=until, **more)


def setting(case: CaseFile, name: str, on: Moment) -> Any:
    """The bureau's setting in force on a day, else the declared default (measures.thresholds)."""
    return case.office.setting(name, day(on), default_setting(name, day(on)))


def words(moment: Moment) -> str:
    """A day as a sentence says it: 2026年3月5日."""
    on = day(moment)
    return f"{on.year}年{on.month}月{on.day}日"
