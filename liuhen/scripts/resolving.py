"""From the values of a script to those of a record: what it calls by name becomes ids, digests, written moments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from liuhen.measures.vocabulary import Field


@dataclass(frozen=True)
class How:
    """What becomes of a moment, a person's key, a document's local name, a file's name."""

    moment: Callable[[str], str]
    person: Callable[[str], str]
    document: Callable[[str], str]
    file: Callable[[str], str]


def resolved(fields: Iterable[Field], values: Mapping[str, Any], how: How) -> dict[str, Any]:
    """All values of a document or fact, resolved."""
    declared = {field.name: field for field in fields}
    return {name: resolve(declared[name], value, how) for name, value in values.items()}


def resolve(field: Field, value: Any, how: How) -> Any:
    """One value, resolved; 不适用 and 纸上未载 stay as they are."""
    if isinstance(value, str) and field.type in ("datetime", "document"):
        return how.moment(value) if field.type == "datetime" else how.document(value)
    if isinstance(value, dict) and field.type == "person":
        return _person(value, how)
    if not isinstance(value, list):
        return value
    if field.type in ("people", "officers"):
        return [_person(row, how) for row in value]
    if field.type in ("files", "sketch"):
        return [{"digest": how.file(row["name"]), **row} for row in value]
    return [resolved(field.columns, row, how) for row in value] if field.type == "list" else value


def _person(value: Mapping[str, Any], how: How) -> dict[str, Any]:
    return {**value, "person": how.person(value["person"])} if "person" in value else dict(value)
