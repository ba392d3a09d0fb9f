"""``judge``: what follows from a case at a moment; ``stops``: what an act would newly violate (design, no. 3 and 4);
``flags``: what would newly be found of it without stopping it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from liuhen.casefile.entries import Entry
from liuhen.casefile.moments import day, instant
from liuhen.casefile.office import Office
from liuhen.casefile.settle import settle, waiting
from liuhen.casefile.state import CaseFile
from liuhen.compliance import rules  # noqa: F401  # pyright: ignore[reportUnusedImport]
from liuhen.compliance.answers import RULES, Answer, Context, Deadline, Finding, Judgement, Rule, Way, apt
from liuhen.compliance.custody import custody_changes
from liuhen.compliance.deadlines import deadlines, end_of, finding_of, warnings
from liuhen.compliance.events import has
from liuhen.compliance.rounds import this_round
from liuhen.compliance.steps import holds, next_steps
from liuhen.measures.vocabulary import STAGES


def context(now: datetime, office: Office, *, outside: bool = False) -> Context:
    """The context of judging at ``now`` with the office's calendar."""
    return Context(now, office.calendar(), outside)


def _finding(rule: Rule, answer: Answer, case: CaseFile) -> Finding:
    requirement = case.release.requirements[rule.code]
    document = case.documents.get(answer.subject.split(".")[0])
    return Finding(
        code=rule.code,
        severity=answer.severity or requirement.severity,
        title=requirement.title,
        cites=apt(requirement.cites, case.procedure),
        outcome=answer.outcome,
        message=answer.message,
        subject=answer.subject,
        subject_title=document.title if document else "",
        at=answer.at,
        until=answer.until,
        ways=answer.ways,
        entry=answer.entry,
        fields=answer.fields,
        explained=case.explained.get((rule.code, answer.subject), ""),
    )


def answers(case: CaseFile, ctx: Context) -> Iterator[Finding]:
    """Every answer of every rule that applies to the case's procedure."""
    for rule, answer in _answered(case, ctx):
        yield _finding(rule, answer, case)


def _answered(case: CaseFile, ctx: Context) -> Iterator[tuple[Rule, Answer]]:
    for rule in RULES:
        if rule.asked_of(case.procedure, case.release):
            for answer in rule.predicate(case, ctx):
                yield rule, answer


def judge(case: CaseFile, ctx: Context) -> Judgement:
    """Stage, findings, deadlines and next steps of a case at ``ctx.now``.

    A case whose bodies were destroyed after retention is not judged: rules are silent on what is gone.
    """
    if case.disposed:
        return Judgement(stage="归档", state="已销毁（证明仍在）")
    running = deadlines(case, ctx)
    found = list(answers(case, ctx))
    findings = [f for f in found if f.outcome in ("violated", "open", "unknown")]
    findings += _missed(case, ctx, running, found)
    findings.sort(key=lambda f: (f.outcome != "violated", _ORDER[f.severity], f.code, f.subject))
    return Judgement(
        stage=stage_of(case),
        state=state_of(case),
        findings=tuple(findings),
        met=tuple(f for f in found if f.outcome == "met"),
        deadlines=tuple(running),
        steps=tuple(next_steps(case, ctx, running)),
        changes_at=_changes_at(case, running, found, ctx.now),
    )


_ORDER = {"stop": 0, "flag": 1}


def _missed(
    case: CaseFile, ctx: Context, running: Sequence[Deadline], found: Iterable[Finding]
) -> list[Finding]:
    """The findings of missed limits that no rule has said already."""
    said = {f.key for f in found if f.outcome == "violated"}
    return [f for d in running if (f := finding_of(d, case, ctx)) is not None and f.key not in said]


def _broken(case: CaseFile, ctx: Context) -> list[Finding]:
    """What rules say is violated as the case stands."""
    return [
        _finding(rule, answer, case) for rule, answer in _answered(case, ctx) if answer.outcome == "violated"
    ]


def _violations(case: CaseFile, ctx: Context) -> list[Finding]:
    """What is violated as the case stands, by rules and by limits."""
    found = _broken(case, ctx)
    return found + _missed(case, ctx, deadlines(case, ctx), found)


def _changes_at(
    case: CaseFile, running: Sequence[Deadline], found: Iterable[Finding], now: datetime
) -> datetime | None:
    """The next moment at which the answer changes by itself: a limit ends or warns, an open answer's time comes."""
    moments = [end_of(d.due) for d in running if d.state == "open"]
    moments += [moment for d in running for moment in warnings(case, d)]
    moments += [instant(f.until) for f in found if f.outcome == "open" and f.until is not None]
    moments += custody_changes(case, day(now))
    later = [m for m in moments if m > now]
    return min(later) if later else None


def stage_of(case: CaseFile) -> str:
    """The stage group the case is in: the last one of which a beginning event has happened."""
    stage = STAGES[0]
    procedure = case.release.procedures.get(case.procedure)
    if procedure is None:
        return stage
    now = this_round(case)
    for name, events in procedure.stage_begins:
        if any(holds(case, now, event) for event in events):
            stage = name
    return stage


def state_of(case: CaseFile) -> str:
    """The state in one word for lists."""
    if case.archived_at:
        return "已归档"
    if case.closed_at:
        return "已办结"
    procedure = case.release.procedures.get(case.procedure)
    states = procedure.states if procedure else ()
    return next((word for word, event in states if has(case, event)), "")


def both(
    entries: Sequence[Entry],
    office: Office,
    now: datetime,
    *,
    closed_world: bool = True,
    absent: frozenset[str] = frozenset(),
) -> tuple[CaseFile, CaseFile]:
    """The case as recorded, and as far as it is confirmed."""
    full = settle(entries, office, closed_world=closed_world, absent=absent)
    sure = (
        settle(entries, office, confirmed_only=True, closed_world=closed_world, absent=absent)
        if full.unconfirmed
        else full
    )
    return full, sure


def stops(
    entries: Sequence[Entry],
    proposed: Sequence[Entry],
    office: Office,
    now: datetime,
    earlier: tuple[CaseFile, ...] = (),
) -> list[Finding]:
    """What the proposed entries would newly violate, of severity stop: all at once. ``earlier``: the cases that it came from.

    The same predicates that judge the case judge it with the act done; a violation that was not there before stops the
    act. It must hold in neither view: an unconfirmed backfill satisfies no stop, and hides none.
    """
    ctx = context(now, office)
    found: dict[tuple[str, str], Finding] = {}
    views = (False, True) if waiting(entries, office) else (False,)
    for confirmed_only in views:
        new = settle([*entries, *proposed], office, confirmed_only=confirmed_only, earlier=earlier)
        broken = [f for f in _broken(new, ctx) if f.severity == "stop"]
        if not broken:
            continue
        old = settle(entries, office, confirmed_only=confirmed_only, earlier=earlier)
        known = {f.key for f in _broken(old, ctx)}
        for finding in broken:
            if finding.key not in known:
                found.setdefault(finding.key, _explain(finding, confirmed_only))
    return sorted(found.values(), key=lambda f: (f.code, f.subject))


def flags(
    entries: Sequence[Entry],
    proposed: Sequence[Entry],
    office: Office,
    now: datetime,
    earlier: tuple[CaseFile, ...] = (),
) -> list[Finding]:
    """What would newly be found of the case with the proposed entries, besides what stops them: told before the act, in the
    words of the finding, and in nobody's way. Missed limits are among it."""
    ctx = context(now, office)
    old = settle(entries, office, earlier=earlier)
    new = settle([*entries, *proposed], office, earlier=earlier)
    known = {f.key for f in _violations(old, ctx)}
    found = [f for f in _violations(new, ctx) if f.severity == "flag" and f.key not in known]
    return sorted(found, key=lambda f: (f.code, f.subject))


def _explain(finding: Finding, confirmed_only: bool) -> Finding:
    """Tell that a confirmation may be what is missing."""
    if not confirmed_only:
        return finding
    way = Way("有补录或更正未经科室负责人确认；确认后再办", does="confirm")
    return replace(finding, ways=(*finding.ways, way))
