"""What was taken, what went out, what is left: the lists of a case added up, thing by thing (domain §2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.comparing import squeezed
from liuhen.compliance.reading import rows
from liuhen.measures.lists import Flow

Key = tuple[str, str, str]


@dataclass(frozen=True)
class Thing:
    """A thing of a list: what it is called, and how much of it there is."""

    key: Key
    quantity: int

    @property
    def words(self) -> str:
        name, spec, unit = self.key
        return f"{name}{f'（{spec}）' if spec else ''}{self.quantity}{unit}"


def things(document: Document) -> list[Thing]:
    """The things on a document's list, those without a quantity left out."""
    return [
        Thing(_key(row), row["quantity"])
        for row in rows(document.values.get("items"))
        if row.get("name") and isinstance(row.get("quantity"), int)
    ]


def _key(row: Mapping[str, Any]) -> Key:
    return squeezed(row.get("name")), squeezed(row.get("spec")), squeezed(row.get("unit"))


def total(documents: Iterable[Document]) -> dict[Key, int]:
    """The quantity of each thing over the lists of some documents."""
    found: dict[Key, int] = {}
    for document in documents:
        for thing in things(document):
            found[thing.key] = found.get(thing.key, 0) + thing.quantity
    return found


def too_many(case: CaseFile, flow: Flow) -> list[Thing]:
    """What went out beyond what was taken; of a flow that is not strict only things that were taken at all."""
    taken, gone = total(case.of(*flow.into)), total(case.of(*flow.out))
    if not taken:
        return []
    found = {
        key: quantity - taken.get(key, 0) for key, quantity in gone.items() if flow.strict or key in taken
    }
    return [Thing(key, surplus) for key, surplus in found.items() if surplus > 0]


def left(case: CaseFile, flow: Flow, document: Document) -> list[Thing]:
    """What of a document's list has not gone out, as far as the later lists say what went."""
    gone = total(case.of(*flow.out))
    taken = total(case.of(*flow.into))
    found = [Thing(t.key, min(t.quantity, taken[t.key] - gone.get(t.key, 0))) for t in things(document)]
    return [thing for thing in found if thing.quantity > 0]
