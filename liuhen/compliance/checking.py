"""对照检查: every requirement that applies to a case with its outcome and the answers that show it (R3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from liuhen.casefile.moments import Moment
from liuhen.casefile.state import CaseFile
from liuhen.compliance.answers import (
    ANY_PROCEDURE,
    RULES,
    Deadline,
    Finding,
    Judgement,
    Outcome,
    apt,
    words,
)
from liuhen.compliance.judge import stage_of
from liuhen.measures import ARTICLES
from liuhen.measures.releases import CURRENT, Release
from liuhen.measures.vocabulary import LAWS, STAGES, Cite, Limit, Requirement, numeral

# Up to which article of the Measures a stage goes (chapters 2 and 3; from 31 on, keeping).
_UNTIL = (
    (6, STAGES[0]),
    (7, STAGES[1]),
    (8, STAGES[2]),
    (12, STAGES[0]),
    (14, STAGES[1]),
    (24, STAGES[2]),
    (30, STAGES[3]),
    (36, STAGES[4]),
)
GENERAL_ARTICLES = 5
OURS = "办法"
# Files and records: the Measures, and the statute on archives, which goes for every act.
_ABOUT_FILES = (OURS, "档")
_GENERAL_CHAPTERS = tuple(
    dict.fromkeys(a.chapter for a in ARTICLES.values() if a.number < 6 or a.number > 30)
)
_NAMED = re.compile(r":(\w+)")
_NOT_TOLD = "没有规则判断这一项，由人核对"
_NOT_YET = "还没有办到这一步"
_NOT_SO_FAR = "到目前为止没有这种情形"
_NOT_HERE = "本案没有这种情形"
# The worst answer is the requirement's: what is violated once is not met, what is not told is not met either.
_ORDER: tuple[Outcome, ...] = ("violated", "open", "unknown", "met")
# Asked only of an act that has papers of its own under it.
_OF_PAPERS = "R2.1"


def _binding(under: Release) -> dict[str, str]:
    """The limits of a release that bind us, each with the requirement under which a miss is found."""
    return {code: limit.finding or code for code, limit in under.limits.items() if limit.severity is not None}


@dataclass(frozen=True)
class Line:
    """One requirement of a case: its outcome, the answers that show it, the worst first; ``note`` where there are none."""

    requirement: Requirement
    outcome: Outcome
    stage: str
    findings: tuple[Finding, ...] = ()
    note: str = ""


def told(case: CaseFile, judgement: Judgement) -> list[Finding]:
    """Every answer on a case: of the rules, and of the limits of its release that are kept or still run."""
    kept = [f for d in judgement.deadlines if (f := _of_limit(d, case.release.limits[d.code])) is not None]
    return [*judgement.findings, *judgement.met, *kept]


def _of_limit(deadline: Deadline, limit: Limit) -> Finding | None:
    """The answer of a limit that binds us and runs or was kept: a missed one is a finding already."""
    if limit.severity is None or deadline.state not in ("open", "met"):
        return None
    last: Moment = deadline.due.at or deadline.due.day
    marked = limit.per in ("document", "decision") and deadline.subject_title
    about = f"《{deadline.subject_title}》" if marked else ""
    if deadline.ended is None:
        message = f"{about}{deadline.title}的期限到{words(last)}为止"
    else:
        message = f"{about}{words(deadline.ended)}{deadline.title}，期限为{words(last)}"
    return Finding(
        code=limit.finding or limit.code,
        severity=limit.severity,
        title=deadline.title,
        cites=deadline.cites,
        outcome="open" if deadline.state == "open" else "met",
        message=message,
        subject=deadline.subject,
        subject_title=deadline.subject_title,
        at=deadline.ended,
        until=last if deadline.state == "open" else None,
    )


def lines(case: CaseFile, judgement: Judgement) -> list[Line]:
    """Every requirement that applies to the case's procedure, in the order of the law: met, open, violated, not
    applicable or unknown. A case whose bodies were destroyed has none."""
    if case.disposed:
        return []
    answers: dict[str, list[Finding]] = {}
    for finding in told(case, judgement):
        answers.setdefault(finding.code, []).append(finding)
    binding = _binding(case.release)
    # Limits that are answered under another requirement are not asked a second time.
    elsewhere = {_OF_PAPERS, *(code for code, finding in binding.items() if code != finding)}
    applying = [
        r
        for r in case.release.requirements.values()
        if r.code in answers or (r.code not in elsewhere and applies(r, case.procedure, case.release))
    ]
    answered = {rule.code for rule in RULES} | set(binding.values())
    fitted = [replace(r, cites=apt(r.cites, case.procedure)) for r in applying]
    found = [_line(case, r, answers.get(r.code, []), ruled=r.code in answered) for r in fitted]
    return sorted(found, key=_in_law)


def _line(case: CaseFile, requirement: Requirement, found: list[Finding], *, ruled: bool) -> Line:
    stage = stage_of_cites(requirement.cites)
    if found:
        found.sort(key=lambda f: (_ORDER.index(f.outcome), f.severity != "stop"))
        return Line(requirement, found[0].outcome, stage, tuple(found))
    if not ruled:
        return Line(requirement, "unknown", stage, note=_NOT_TOLD)
    if _may_come(case, stage):
        return Line(requirement, "open", stage, note=_NOT_YET if stage else _NOT_SO_FAR)
    return Line(requirement, "na", stage, note=_NOT_HERE)


def _may_come(case: CaseFile, stage: str) -> bool:
    """Whether what a requirement asks may still come up: not after the case is closed, not in a stage that is over."""
    if case.closed_at is not None or case.archived_at is not None:
        return stage == STAGES[-1] and case.archived_at is None
    return not stage or STAGES.index(stage) >= STAGES.index(stage_of(case))


def applies(requirement: Requirement, procedure: str, under: Release = CURRENT) -> bool:
    """Whether a requirement applies to a procedure: one of its rules is asked of it, or, where every rule is asked of
    every act, it stands in a general article, in the procedure's own chapter of the Measures or in its own statute."""
    declared = under.procedures.get(procedure)
    if declared is None:
        return False
    own = [rule for rule in RULES if rule.code == requirement.code and rule.procedures != ANY_PROCEDURE]
    if own:
        return any(rule.asked_of(procedure, under) for rule in own)
    limit = under.limits.get(requirement.code)
    if limit is not None and not _may_begin(limit.starts, procedure, under):
        return False
    return requirement.code in declared.rules or _near(requirement.cites[0], declared.cites)


def _may_begin(event: str, procedure: str, under: Release) -> bool:
    """Whether an event can happen in a procedure: it names none of the papers, or one that is made there."""
    named = {kind for kind in _NAMED.findall(event) if kind in under.documents}
    return not named or bool(named & {kind.code for kind in under.offered(procedure)})


def _near(cite: Cite, own: tuple[Cite, ...]) -> bool:
    if cite.law not in _ABOUT_FILES:
        return cite.law in {one.law for one in own}
    chapters = {ARTICLES[one.article].chapter for one in own if one.law == OURS}
    return cite.law != OURS or ARTICLES[cite.article].chapter in (*_GENERAL_CHAPTERS, *chapters)


def stage_of_cites(cites: tuple[Cite, ...]) -> str:
    """The stage of the first article of the Measures beyond the general ones; empty for what goes through all."""
    ours = [cite.article for cite in cites if cite.law == OURS and cite.article > GENERAL_ARTICLES]
    return next((stage for last, stage in _UNTIL if ours and ours[0] <= last), "")


def _in_law(line: Line) -> tuple[bool, int, str, int, str]:
    """By the article of the Measures that a requirement names, then by statute and article."""
    ours = [cite.article for cite in line.requirement.cites if cite.law == OURS]
    first = line.requirement.cites[0]
    return (not ours, ours[0] if ours else 0, "" if ours else first.law, first.article, line.requirement.code)


def tally(found: Iterable[Line]) -> dict[Outcome, int]:
    """How many requirements have each outcome."""
    outcomes = [line.outcome for line in found]
    return {outcome: outcomes.count(outcome) for outcome in (*_ORDER, "na")}


def group_of(line: Line) -> str:
    """The head under which a requirement stands: the article of the Measures with its title, else the statute."""
    ours = [cite.article for cite in line.requirement.cites if cite.law == OURS]
    if ours:
        return f"办法第{numeral(ours[0])}条　{ARTICLES[ours[0]].title}"
    return f"《{LAWS[line.requirement.cites[0].law]}》"
