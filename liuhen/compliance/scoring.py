"""案卷评查: a file scored by the standard of ``measures.evaluation`` from the same answers that judge it (domain §8.4).

A met answer counts one, a flag that was explained and a paper with gaps count half, a violated one nothing; an item gets
that share of its points, in halves of a point. A violated stop gives the item nothing. Items on which the case says
nothing, or nothing yet, drop out: score = 100 × got ÷ applicable. A veto gives 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from liuhen.casefile.state import CaseFile
from liuhen.compliance.answers import Context, Finding, Judgement, setting
from liuhen.compliance.checking import told
from liuhen.compliance.events import has, occurrences
from liuhen.measures.evaluation import FAILED, GRADES, Item, Sheet, Source, Veto, sheet_of

Got = Literal["full", "part", "zero", "na", "open", "unknown"]
_HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Mark:
    """What an item got: ``points`` of ``item.points`` where it applies, and the answers that decided it."""

    item: Item
    got: Got
    points: Fraction
    findings: tuple[Finding, ...] = ()
    note: str = ""

    @property
    def counted(self) -> bool:
        """Whether the item takes part in the score."""
        return self.got in ("full", "part", "zero")


@dataclass(frozen=True)
class Vetoed:
    """A veto and what speaks for it; ``note`` where no program can tell."""

    veto: Veto
    reasons: tuple[str, ...]
    note: str = ""

    @property
    def holds(self) -> bool:
        """Whether the file fails by it."""
        return bool(self.reasons)


@dataclass(frozen=True)
class Score:
    """The sheet of one file: ``score`` out of a hundred, None while no item applies; the grade in force."""

    sheet: Sheet
    marks: tuple[Mark, ...]
    vetoes: tuple[Vetoed, ...]
    got: Fraction
    applicable: int
    score: Fraction | None
    grade: str

    @property
    def failed(self) -> list[Vetoed]:
        """The vetoes that hold."""
        return [one for one in self.vetoes if one.holds]


def score(case: CaseFile, judgement: Judgement, ctx: Context, altered: Sequence[str] = ()) -> Score | None:
    """Score a file at ``ctx.now``; None for a procedure without a standard, or a file that was destroyed.

    ``altered``: what the proof of the record says was altered or lost (V10).
    """
    sheet = sheet_of(case.procedure)
    if sheet is None or case.disposed:
        return None
    answers = [*told(case, judgement), *_unbinding(judgement)]
    marks = tuple(_mark(case, item, answers) for item in sheet.items)
    vetoes = tuple(_vetoed(case, veto, answers, altered) for veto in sheet.vetoes)
    got = sum((mark.points for mark in marks), Fraction(0))
    applicable = sum(mark.item.points for mark in marks if mark.counted)
    of_hundred = Fraction(100) * got / applicable if applicable else None
    if any(one.holds for one in vetoes):
        of_hundred = Fraction(0)
    return Score(sheet, marks, vetoes, got, applicable, of_hundred, _grade(case, ctx, of_hundred))


def _grade(case: CaseFile, ctx: Context, of_hundred: Fraction | None) -> str:
    if of_hundred is None:
        return ""
    for name, grade in GRADES:
        if of_hundred >= int(setting(case, name, ctx.now)):
            return grade
    return FAILED


def _unbinding(judgement: Judgement) -> list[Finding]:
    """Limits that are no finding when they run out, for they bind us only on a condition; once ended, they were ours."""
    found: list[Finding] = []
    for deadline in judgement.deadlines:
        if deadline.severity is None and deadline.ended is not None:
            kept = deadline.state == "met"
            found.append(
                Finding(
                    code=deadline.code,
                    severity="flag",
                    title=deadline.title,
                    cites=deadline.cites,
                    outcome="met" if kept else "violated",
                    message=f"{deadline.title}{'在期限之内' if kept else '超过了期限'}",
                    subject=deadline.subject,
                    at=deadline.ended,
                )
            )
    return found


def _kind(case: CaseFile, finding: Finding) -> str:
    document = case.documents.get(finding.subject.split(".")[0])
    return document.kind if document else ""


def _speaks(case: CaseFile, source: Source, finding: Finding) -> bool:
    """Whether an answer is about what a source asks."""
    if finding.code != source.code:
        return False
    if source.fields and not finding.subject.rpartition(".")[2].isdigit():
        return False  # not an answer on what a paper holds, which names the number of its text
    if source.part and not finding.subject.endswith("." + source.part):
        return False
    kind = _kind(case, finding)
    return (not source.kinds or kind in source.kinds) and kind not in source.apart


def _elsewhere(source: Source, finding: Finding) -> bool:
    """Whether a paper is incomplete in other fields than those that are asked for: for the item it is complete."""
    named = {name.split(".")[0] for name, _ in finding.fields}
    return bool(named and source.fields) and not named & set(source.fields)


def _answers(case: CaseFile, source: Source, answers: Sequence[Finding]) -> list[tuple[Finding, bool]]:
    """The answers that speak to a source, each with whether it counts as met."""
    return [(f, f.outcome == "met" or _elsewhere(source, f)) for f in answers if _speaks(case, source, f)]


def _credit(finding: Finding) -> Fraction | None:
    """What a violated answer still counts; None for one that takes the whole item."""
    if finding.fields:
        return _HALF
    if finding.severity == "stop":
        return None
    return _HALF if finding.explained else Fraction(0)


def _mark(case: CaseFile, item: Item, answers: Sequence[Finding]) -> Mark:
    if item.when and not item.shown and not all(has(case, condition) for condition in item.when):
        return _uncounted(item, ())
    by_source = [_answers(case, source, answers) for source in item.sources]
    found = list({id(f): (f, fine) for one in by_source for f, fine in one}.values())
    credits: list[Fraction | None] = [Fraction(1) for _, fine in found if fine]
    credits += [_credit(f) for f, fine in found if not fine and f.outcome == "violated"]
    credits += [_HALF for _ in (occurrences(case, item.never) if item.never else [])]
    shown = _shown(case, item.when, item.shown)
    if shown is not None:
        credits.append(Fraction(1) if shown else Fraction(0))
    findings = tuple(f for f, fine in found if not fine) or tuple(f for f, _ in found)
    if None in credits:
        return Mark(item, "zero", Fraction(0), findings)
    if not credits or (all(credit == 1 for credit in credits) and any(map(_untold, by_source))):
        return _uncounted(item, findings)
    share = sum((c for c in credits if c is not None), Fraction(0)) / len(credits)
    points = Fraction(int(item.points * share * 2), 2)
    got: Got = "full" if points == item.points else "part" if points else "zero"
    return Mark(item, got, points, findings, "" if shown is not False else "案卷里没有")


def _untold(found: list[tuple[Finding, bool]]) -> bool:
    """Whether a source does not tell at all what it is asked."""
    return bool(found) and all(f.outcome == "unknown" and not fine for f, fine in found)


def _uncounted(item: Item, findings: tuple[Finding, ...]) -> Mark:
    """An item that takes no part: looked at by a person, not told by the source, not yet due, or not of this case."""
    outcomes = {f.outcome for f in findings}
    if item.human:
        return Mark(item, "unknown", Fraction(0), findings, item.human)
    if "unknown" in outcomes:
        return Mark(item, "unknown", Fraction(0), findings)
    return Mark(item, "open" if "open" in outcomes else "na", Fraction(0), findings)


def _shown(case: CaseFile, when: Sequence[str], event: str) -> bool | None:
    """Whether what must be in the file is; None where it is not asked yet, or an outside source does not tell."""
    if not event or not all(has(case, condition) for condition in when):
        return None
    if has(case, event):
        return True
    names = [name.partition(":")[2] for name in event.split("|")]
    return False if all(case.tells(name) for name in names) else None


def _vetoed(case: CaseFile, veto: Veto, answers: Sequence[Finding], altered: Sequence[str]) -> Vetoed:
    reasons = [
        finding.message
        for source in veto.sources
        for finding, fine in _answers(case, source, answers)
        if finding.outcome == "violated" and not fine
    ]
    if _shown(case, veto.when, veto.shown) is False:
        reasons.append("案卷里没有")
    if veto.altered:
        reasons += altered
    return Vetoed(veto, tuple(reasons), veto.human)
