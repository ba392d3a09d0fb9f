"""物品: every thing that the office took hold of, its way from paper to paper, where it is, what is still to be done."""

from __future__ import annotations

from dataclasses import dataclass

from liuhen.casefile.moments import Moment, instant
from liuhen.compliance.rules.closing import Obligation, obligations
from liuhen.compliance.things import Item, called, items
from liuhen.desk import links
from liuhen.measures.lists import GONE, ITEM_LISTS, STATES
from liuhen.records.reveal import View


@dataclass(frozen=True)
class Station:
    """One paper on the way of a thing."""

    state: str
    quantity: str
    at: Moment
    title: str
    href: str
    gone: bool


@dataclass(frozen=True)
class Line:
    """A thing as a row: what it is, how much came in, how much the office still answers for, where, what is open."""

    name: str
    spec: str
    taken: str
    held: str
    state: str
    where: str
    way: tuple[Station, ...]
    open: str
    href: str


def lines(view: View) -> list[Line]:
    """Every thing on the lists of the case, what is still held before what is gone."""
    now = view.known_at or max((entry.recorded_at for entry in view.entries), key=instant)
    todo = {
        o.subject.partition(".")[0]: o
        for o in obligations(view.case, now)
        if (named := view.case.documents.get(o.subject.partition(".")[0])) and named.kind in ITEM_LISTS
        and o.kind != "service"
    }  # fmt: skip
    found = items(view.case)
    return [_line(view, item, todo) for item in sorted(found, key=lambda one: one.held <= 0)]


def _line(view: View, item: Item, todo: dict[str, Obligation]) -> Line:
    taken = item.taken
    name, spec, unit = item.key
    held = called(("", "", unit), item.held) if item.held > 0 else ""
    waiting = next((todo[m.document.id] for m in item.moves if m.document.id in todo), None) if held else None
    return Line(
        name=item.name or name,
        spec=str(item.row.get("spec", spec)),
        taken=called(("", "", unit), taken.quantity) if taken and taken.quantity is not None else "",
        held=held,
        state=STATES[item.state],
        where="" if item.state in GONE else item.where,
        way=tuple(_station(view, item, n) for n in range(len(item.moves))),
        open=waiting.way.text if waiting else "",
        href=links.act_path(view.case.id, waiting.way.does, waiting.subject) if waiting else "",
    )


def _station(view: View, item: Item, place: int) -> Station:
    move = item.moves[place]
    quantity = called(("", "", item.key[2]), move.quantity) if move.quantity is not None else ""
    return Station(
        state=STATES[move.state],
        quantity=quantity,
        at=move.at,
        title=move.document.title,
        href=links.path("read_document", view.case.id, move.document.id),
        gone=move.state in GONE,
    )
