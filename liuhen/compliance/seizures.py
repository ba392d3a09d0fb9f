"""Seizures 查封、扣押: until when one may last, and when it ended: released, handed over, confiscated or disposed of (强 25, 27, 28)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from liuhen.casefile.moments import Moment, before, day, instant
from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.answers import Context
from liuhen.compliance.events import Occurrence, event
from liuhen.compliance.owing import penalties_of
from liuhen.compliance.reading import moment, text_in
from liuhen.compliance.rounds import struck
from liuhen.compliance.things import Thing, left
from liuhen.compliance.weight import GOODS
from liuhen.measures.counting import add
from liuhen.measures.lists import Flow

LONGEST_EXTENSION = timedelta(days=30)
_GIVEN_UP = ("seizure_release_decision", "seized_property_transfer_notice")
_DISPOSED, _LISTED = "goods_disposal_record", "confiscation_list"
# What was confiscated and then disposed of went out once and not twice: each way is reckoned by itself.
_WAYS = tuple(Flow(into=("seizure_decision",), out=(*_GIVEN_UP, last)) for last in (_DISPOSED, _LISTED))


def last_day(case: CaseFile, decision: Document, ctx: Context) -> date:
    """The last day of a seizure: thirty days, what a decision added (thirty more at most), and the time of tests told."""
    last = add(case.release.limits["TL-13"].span, day(decision.made_at), ctx.calendar).day
    extended = [
        day(until)
        for e in _of(case, decision, "seizure_extension_decision")
        if e.issued and (until := moment(e.values, "until")) is not None
    ]
    if extended:
        last = max(last, min(max(extended), last + LONGEST_EXTENSION))
    for notice in _of(case, decision, "seizure_period_notice"):
        starts, ends = moment(notice.values, "from_on"), moment(notice.values, "to_on")
        if notice.served_at is not None and starts is not None and ends is not None:
            last += max(timedelta(), day(ends) - day(starts))
    return last


def _of(case: CaseFile, decision: Document, *kinds: str) -> list[Document]:
    """The papers about a seizure: those that name it, or none."""
    return [d for d in case.of(*kinds) if text_in(d.values, "decision") in ("", decision.id)]


def seizure_ended(case: CaseFile, decision: Document) -> Moment | None:
    """When the last of what was seized was released, handed over, confiscated or disposed of; None while some of it is held.

    A penalty that confiscates things is what the law wants within the term (强 27); their disposal comes after it.
    """
    ends = sorted((at for _, at in _ends(case, decision)), key=instant)
    return next((at for at in ends if not _left(case, decision, at)), None)


def still_held(case: CaseFile, decision: Document) -> list[Thing]:
    """What of a seizure has gone nowhere yet, where something of it has."""
    ends = [at for _, at in _ends(case, decision)]
    return _left(case, decision, max(ends, key=instant)) if ends else []


def _ends(case: CaseFile, decision: Document) -> Iterator[tuple[Document, Moment]]:
    """Each paper by which things of a seizure left it, and when."""
    for paper in _of(case, decision, *_GIVEN_UP):
        if paper.issued or paper.kind != "seizure_release_decision":
            yield paper, moment(paper.values, "released_at", "transferred_on") or paper.made_at
    for paper in case.of(_DISPOSED):
        yield paper, moment(paper.values, "at") or paper.current.at
    for paper in _confiscating(case):
        yield paper, paper.made_at


def _confiscating(case: CaseFile) -> list[Document]:
    """The standing decisions that confiscate things."""
    made = [d for d in case.of("penalty_decision") if d.issued and struck(case, d) is None]
    return [d for d in made if any(row.get("kind") == GOODS for row in penalties_of(case, d))]


def _left(case: CaseFile, decision: Document, by: Moment) -> list[Thing]:
    """What of a seizure was still held at the end of a moment."""
    out = {d.id for d, at in _ends(case, decision) if before(by, at) is not True}
    confiscating = [d for d in _confiscating(case) if d.id in out]
    lists = {d.id for d in case.of(_LISTED)} if confiscating else set[str]()
    kinds = (*_GIVEN_UP, _DISPOSED, _LISTED)
    kept = {i: d for i, d in case.documents.items() if d.kind not in kinds or i in out | lists}
    then = replace(case, documents=kept)
    disposed, confiscated = (left(then, way, decision) for way in _WAYS)
    if confiscating and not lists:
        confiscated = _not_named(case, confiscating, confiscated)
    return [min(pair, key=lambda t: t.quantity) for pair in _both(disposed, confiscated)]


def _not_named(case: CaseFile, confiscating: list[Document], held: list[Thing]) -> list[Thing]:
    """Before there is a list of what was confiscated: what the decisions do not name, if they name any of it."""
    said = "；".join(text_in(row, "object") for d in confiscating for row in penalties_of(case, d))
    named = [thing for thing in held if thing.key[0] in said]
    return [thing for thing in held if thing not in named] if named else []


def _both(first: list[Thing], second: list[Thing]) -> Iterator[tuple[Thing, Thing]]:
    others = {thing.identity: thing for thing in second}
    yield from ((thing, others[thing.identity]) for thing in first if thing.identity in others)


@event("seizures_over")
def _over(case: CaseFile) -> list[Occurrence]:
    """Nothing that was seized is held any more."""
    seized = [d for d in case.of("seizure_decision") if d.issued]
    ends = [at for d in seized if (at := seizure_ended(case, d)) is not None]
    return [Occurrence(max(ends, key=instant))] if ends and len(ends) == len(seized) else []
