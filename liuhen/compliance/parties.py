"""Whose case it is: one party under one name or after succession, several parties in one case (罚 54; 民 153)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from liuhen.casefile.state import CaseFile, Document, Values
from liuhen.compliance.comparing import squeezed


def party_in(values: Values, name: str = "party") -> Mapping[str, Any]:
    """The party that a field of a document or fact names; empty when it names none."""
    value = values.get(name)
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}


def party_of(document: Document) -> Mapping[str, Any]:
    """The party that a document names; empty when it names none."""
    return party_in(document.values)


def name_of(party: Mapping[str, Any]) -> str:
    """The name of a party in the spelling in which names are compared."""
    return squeezed(party.get("name"))


def names_of(case: CaseFile, name: str) -> set[str]:
    """A name with the names before and after it by recorded succession 承继."""
    pairs = [
        (name_of(party_in(fact.values, "from_party")), name_of(party_in(fact.values)))
        for fact in case.happened("party_succeeded")
    ]
    known = {name}
    grown = True
    while grown:
        more = {other for pair in pairs if known & set(pair) for other in pair} - known
        known |= more
        grown = bool(more)
    return known


def same_party(case: CaseFile, one: Document, other: Document) -> bool | None:
    """Whether two documents name one party, succession counted; None when one names nobody."""
    mine, theirs = name_of(party_of(one)), name_of(party_of(other))
    if not mine or not theirs:
        return None
    return theirs in names_of(case, mine)


def concerning(case: CaseFile, document: Document, others: Iterable[Document]) -> list[Document]:
    """Those of the others that may be addressed to the party of ``document``.

    Only where a party joined the case are papers told apart by name: elsewhere another spelling is a slip, no one else.
    """
    if not case.happened("party_joined"):
        return list(others)
    return [other for other in others if same_party(case, document, other) is not False]
