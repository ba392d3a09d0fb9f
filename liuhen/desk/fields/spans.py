"""How much of a form's width a field takes, and a cell of the six columns of a row."""

from __future__ import annotations

from liuhen.measures.vocabulary import Field

WIDE = frozenset({
    "longtext", "party", "list", "basis", "penalties", "remedies", "files", "sketch", "people", "officers",
})  # fmt: skip
WIDE_NAMES = frozenset({"place", "cause", "address", "service_address", "reason", "relation", "violation"})
# Of the six columns of a row: how many a cell takes, "" all of them.
CELL_SPANS = {
    "law": "", "proves": "", "standard": "", "number": "f1", "quantity": "f1", "pages": "f1", "copies": "f1", "name": "f3",
    "condition": "", "met": "f3", "evidence": "f3", "material": "", "complete": "f3", "valid": "f3",
}  # fmt: skip
# Lists whose columns carry other things under these names: the checklist at the window, the review of each condition.
OF_LIST: dict[str, dict[str, str]] = {
    "materials": {"name": "", "form": "f3", "number": "f2", "state": ""},
    "condition_checks": {"met": "f4", "evidence": "f2", "note": ""},
    "material_checks": {"note": ""},
    "items": {"name": "f2", "condition": "f4"},
    "missing_items": {"material": "", "defect": "f3", "cure": "f3"},
}


def cell_span(owner: Field, column: Field, *, units: bool = False) -> str:
    """The class of a cell's width; ``units`` = it is a unit in which things are counted."""
    if owner.type in ("people", "officers"):
        return "f3"
    if units:
        return "f1"
    usual = CELL_SPANS.get(column.name, "" if column.type == "longtext" else "f2")
    return OF_LIST.get(owner.name, {}).get(column.name, usual)
