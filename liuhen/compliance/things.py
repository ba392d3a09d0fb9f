"""What was taken, what went out, what is left: the lists of a case added up, thing by thing (domain §2).

A row with an ``item_id`` is that thing wherever it stands. A row without one (old papers, outside sources) is known by its
name, model and unit; it stands for every thing called so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from liuhen.casefile.moments import Moment, instant
from liuhen.casefile.quantities import in_digits, quantity
from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.comparing import squeezed
from liuhen.compliance.reading import act_moment, moment, rows, text_in
from liuhen.measures.lists import GONE, ITEM_LISTS, TAKEN, Flow, ItemList, ItemState

Key = tuple[str, str, str]
Row = Mapping[str, Any]
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Thing:
    """A thing of a list: which one it is, what it is called, and how much of it there is."""

    identity: str
    key: Key
    quantity: Decimal

    @property
    def words(self) -> str:
        return called(self.key, self.quantity)


def called(key: Key, amount: Decimal) -> str:
    """A thing in words: 大米（25kg装）10袋."""
    name, spec, unit = key
    return f"{name}{f'（{spec}）' if spec else ''}{in_digits(amount)}{unit}"


def key_of(row: Row) -> Key:
    """What a row calls its thing: name, model, unit."""
    return squeezed(row.get("name")), squeezed(row.get("spec")), squeezed(row.get("unit"))


def listed(document: Document) -> list[Row]:
    """The rows of a document's list of things, those without a name left out."""
    return [row for row in rows(document.values.get("items")) if row.get("name")]


def _mark(key: Key) -> str:
    return "\0".join(key)


def identities(case: CaseFile) -> dict[str, str]:
    """For every item id and every name of a row without one, the identity of the thing: one for all that mean the same."""
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    every = [row for document in case.of(*ITEM_LISTS) for row in listed(document)]
    loose = {key_of(row) for row in every if not row.get("item_id")}
    for row in every:
        mark, given = _mark(key_of(row)), text_in(row, "item_id")
        if given and key_of(row) in loose:
            parent[root(mark)] = root(given)
        else:
            root(given or mark)
    return {node: root(node) for node in list(parent)}


def _identity(row: Row, known: Mapping[str, str]) -> str:
    given = text_in(row, "item_id") or _mark(key_of(row))
    return known.get(given, given)


def things(document: Document, known: Mapping[str, str]) -> list[Thing]:
    """The things on a document's list, those without a quantity left out; ``known`` = :func:`identities` of the case."""
    return [
        Thing(_identity(row, known), key_of(row), amount)
        for row in listed(document)
        if (amount := quantity(row.get("quantity"))) is not None
    ]


def _total(found: Iterable[Thing]) -> dict[str, Decimal]:
    added: dict[str, Decimal] = {}
    for thing in found:
        added[thing.identity] = added.get(thing.identity, NOTHING) + thing.quantity
    return added


def _sum(documents: Iterable[Document], known: Mapping[str, str]) -> dict[str, Decimal]:
    return _total(thing for document in documents for thing in things(document, known))


def too_many(case: CaseFile, flow: Flow) -> list[Thing]:
    """What went out beyond what was taken; of a flow that is not strict only things that were taken at all."""
    known = identities(case)
    taken, out = _sum(case.of(*flow.into), known), case.of(*flow.out)
    if not taken:
        return []
    names = {thing.identity: thing.key for document in out for thing in things(document, known)}
    # What went out for good adds up over the papers; what is only sent on may stand on a later paper again.
    gone = _total(thing for document in out for thing in _gone(document, known))
    for document in out:
        for identity, amount in _sum([document], known).items():
            gone[identity] = max(gone.get(identity, NOTHING), amount)
    surplus = {
        identity: amount - taken.get(identity, NOTHING)
        for identity, amount in gone.items()
        if flow.strict or identity in taken
    }
    return [Thing(identity, names[identity], more) for identity, more in surplus.items() if more > 0]


def _gone(document: Document, known: Mapping[str, str]) -> list[Thing]:
    rows_gone = [row for row in listed(document) if state_of(document, row) in GONE]
    return [
        Thing(_identity(row, known), key_of(row), amount)
        for row in rows_gone
        if (amount := quantity(row.get("quantity"))) is not None
    ]


def left(case: CaseFile, flow: Flow, document: Document) -> list[Thing]:
    """What of a document's list has not gone out, as far as the later lists say what went."""
    known = identities(case)
    gone, taken = _sum(case.of(*flow.out), known), _sum(case.of(*flow.into), known)
    found = [
        Thing(t.identity, t.key, min(t.quantity, taken[t.identity] - gone.get(t.identity, NOTHING)))
        for t in things(document, known)
    ]
    return [thing for thing in found if thing.quantity > 0]


def state_of(document: Document, row: Row) -> ItemState:
    """The state into which a paper puts a thing of its list."""
    declared = ITEM_LISTS[document.kind]
    return dict(declared.states).get(_said(document, row, declared.by), declared.state)


def _said(document: Document, row: Row, *names: str) -> str:
    """The first of these fields that the row, else the paper, answers."""
    for name in names:
        for values in (row, document.values):
            value = values.get(name)
            if isinstance(value, str) and value.strip():
                return value.strip()
    return ""


@dataclass(frozen=True)
class Move:
    """One station of a thing: the paper, the state it put it into, how much of it, when, where it is since."""

    document: Document
    state: ItemState
    quantity: Decimal | None
    at: Moment
    where: str


@dataclass(frozen=True)
class Item:
    """A thing and its whole way from taking to disposal, in order of happening."""

    identity: str
    key: Key
    moves: tuple[Move, ...]
    row: Row

    @property
    def name(self) -> str:
        return text_in(self.row, "name")

    @property
    def state(self) -> ItemState:
        return self.moves[-1].state

    @property
    def where(self) -> str:
        """Where it is now, as far as its papers say: the last place told since it was taken."""
        told = [move.where for move in self.moves if move.where]
        return told[-1] if told else ""

    @property
    def taken(self) -> Move | None:
        """The first paper by which the office got hold of it; None when it was only named."""
        return next((move for move in self.moves if move.state in TAKEN), None)

    @property
    def held(self) -> Decimal:
        """How much of it the office still answers for."""
        held = NOTHING
        for move in self.moves:
            amount, declared = move.quantity or NOTHING, ITEM_LISTS[move.document.kind]
            if move.state in GONE:
                held -= amount
            elif move.state in TAKEN and declared.fresh:
                held = max(held, NOTHING) + amount
            elif move.state in TAKEN and not declared.by:
                held = max(held, amount)
        return held

    @property
    def words(self) -> str:
        return called(self.key, self.held)


def items(case: CaseFile) -> list[Item]:
    """Every thing on the lists of the case with its way, in the order in which it was first named."""
    known, received = identities(case), case.happened("handed_to_receiver")
    moves: dict[str, list[Move]] = {}
    first: dict[str, Row] = {}
    for document in sorted(case.of(*ITEM_LISTS), key=lambda d: (instant(_when(d)), _place(d), d.id)):
        for row in listed(document):
            identity = _identity(row, known)
            first.setdefault(identity, row)
            moves.setdefault(identity, []).append(_move(document, row))
    if received:
        _hand_over(moves, received[-1].at)
    return [
        Item(identity, key_of(first[identity]), tuple(way), first[identity])
        for identity, way in moves.items()
    ]


def all_gone(case: CaseFile, document: Document) -> bool:
    """Whether nothing of what a document lists is still in the office's hands, on whatever papers it went."""
    known = identities(case)
    named = {_identity(row, known) for row in listed(document)}
    return bool(named) and all(item.held <= 0 for item in items(case) if item.identity in named)


def _when(document: Document) -> Moment:
    return moment(document.values, "at", "disposed_on") or act_moment(document)


def _place(document: Document) -> int:
    """Papers of one day stand in the order in which things flow."""
    return list(ITEM_LISTS).index(document.kind)


def _hand_over(moves: dict[str, list[Move]], at: Moment) -> None:
    """What stands on the list of the transfer letter is gone once the receiving body took it over."""
    for way in moves.values():
        last = way[-1]
        if last.state == "handing":
            way.append(
                replace(last, state="transferred", at=at, where=text_in(last.document.values, "to_body"))
            )


def _move(document: Document, row: Row) -> Move:
    declared = ITEM_LISTS[document.kind]
    return Move(
        document, state_of(document, row), quantity(row.get("quantity")), _when(document),
        _said(document, row, *declared.where),
    )  # fmt: skip


def identified(case: CaseFile, kind: str, document: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a paper about to be recorded, each row of its list of things with its lasting ``item_id``.

    A row keeps the id under which an earlier paper knows the thing; a row that names exactly one thing of the case takes
    that thing's id; one that may be any of several stays without, and is matched by name; any other gets a new id, made
    of the paper's. Deterministic, so that asking twice gives the same.
    """
    declared = ITEM_LISTS.get(kind)
    if declared is None or not rows(values.get("items")):
        return dict(values)
    earlier = [row for other in case.of(*ITEM_LISTS) if other.id != document for row in listed(other)]
    own = case.documents.get(document)
    before = [row for r in own.revisions for row in rows(r.values.get("items"))] if own else []
    found = _numbered(document, declared, rows(values["items"]), earlier, before)
    return {**values, "items": found}


def _numbered(
    document: str, declared: ItemList, wanted: list[Row], earlier: list[Row], before: list[Row]
) -> list[dict[str, Any]]:
    """The rows with their ids; ``before`` are the rows of this paper's earlier texts, whose ids are never given again."""
    known = {str(row["item_id"]): key_of(row)[0] for row in earlier if row.get("item_id")}
    ours = {str(row["item_id"]) for row in before if row.get("item_id")} - set(known)
    used: set[str] = set()
    made: list[dict[str, Any]] = []
    for row in wanted:
        given = text_in(row, "item_id")
        carried = known.get(given) == key_of(row)[0] and not declared.fresh
        if not carried and (given not in ours or given in used):
            candidates: set[str] = set() if declared.fresh else _same(row, earlier)
            fresh = next(
                n for i in range(1, len(ours | used) + 2) if (n := f"{document}.{i}") not in ours | used
            )
            given = candidates.pop() if len(candidates) == 1 else "" if candidates else fresh
        used.add(given)
        made.append(
            {
                **{key: value for key, value in row.items() if key != "item_id"},
                **({"item_id": given} if given else {}),
            }
        )
    return made


def _same(row: Row, earlier: list[Row]) -> set[str]:
    """The ids of the things that earlier papers call the same."""
    return {
        str(other["item_id"]) for other in earlier if other.get("item_id") and key_of(other) == key_of(row)
    }
