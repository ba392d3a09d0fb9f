"""The agenda of a play: every single thing that a script tells, with the moment at which it is done, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time

from liuhen.casefile.moments import ZONE, Moment
from liuhen.measures import DOCUMENTS
from liuhen.scripts.shape import Approval, File, Issuing, Open, Record, Script, Serving, Signing, Step, Verb

MORNING = time(9)


@dataclass(frozen=True)
class Item:
    """One act: when, of which step, what."""

    at: datetime
    step: Step
    does: Verb | Signing | Approval | Issuing | Serving


def agenda(script: Script) -> list[Item]:
    """Everything in order of time; at one moment in the order of the script. The case is opened first."""
    items = sorted((item for step in script.steps for item in _items(step)), key=lambda item: item.at)
    opening = next((item for item in items if isinstance(item.does, Open)), None)
    first = items[0]
    if opening is None:
        return [Item(first.at, first.step, Open()), *items]
    return [opening, *(item for item in items if item is not opening)]


def clocked(moment: Moment, before: datetime | None = None) -> datetime:
    """The instant at which something is played of which perhaps only the day is told: not before what came before it
    on that day, else in the morning."""
    if isinstance(moment, datetime):
        return moment
    if before is not None and before.astimezone(ZONE).date() == moment:
        return before
    return datetime.combine(moment, MORNING, ZONE)


def _items(step: Step) -> Iterator[Item]:
    """The acts of a step. What is backfilled is recorded in one go, when it is recorded."""
    if step.backfilled is not None:
        yield Item(clocked(step.backfilled.recorded), step, step.does)
        return
    at = clocked(step.at)
    if isinstance(step.does, Record) and step.does.deposited is not None:
        at = clocked(step.does.deposited, at)
    yield Item(at, step, step.does)
    if isinstance(step.does, File):
        for part in _parts(step.does):
            at = at if part.on is None else clocked(part.on, at)
            yield Item(at, step, part)


def _parts(does: File) -> Iterable[Signing | Approval | Issuing | Serving]:
    """What happens to a document, in the order in which it can: a letter is signed once it has its number."""
    kind = DOCUMENTS[does.kind]
    issued = () if does.issued is None or kind.facing == "I" else (does.issued,)
    if kind.facing != "I" and (kind.number or kind.sealed):
        return (*does.approved, *issued, *does.signed, *does.served)
    return (*does.signed, *does.approved, *issued, *does.served)
