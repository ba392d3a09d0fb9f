"""Bringing a value into the shape of the field that takes it over: a name into a person, an instant into wall time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from liuhen.casefile.moments import ZONE, day, parse
from liuhen.casefile.quantities import quantity, recorded
from liuhen.compliance.reading import rows, text_in
from liuhen.compliance.sources.wording import in_words
from liuhen.measures.vocabulary import Field

_PERSON = ("person", "name", "post", "is_head", "unit")


def fit(field: Field, value: Any) -> Any:
    """The value in the field's shape (entries' shapes of values); None when it does not go into the field."""
    return _SHAPES[field.type](field, value)


def _text(field: Field, value: Any) -> str | None:
    return in_words(value) or None


def _moment(value: Any) -> date | datetime | None:
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    try:
        return parse(value)
    except ValueError:
        return None


def _date(field: Field, value: Any) -> str | None:
    moment = _moment(value)
    return day(moment).isoformat() if moment else None


def _datetime(field: Field, value: Any) -> str | None:
    moment = _moment(value)
    if not isinstance(moment, datetime):
        return None
    return moment.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M")


def _count(field: Field, value: Any) -> int | None:
    if isinstance(value, str) and value.isdigit():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _quantity(field: Field, value: Any) -> int | str | None:
    amount = quantity(value)
    return None if amount is None else recorded(amount)


def _bool(field: Field, value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _enum(field: Field, value: Any) -> str | None:
    return value if value in field.options else None


def _person(field: Field, value: Any) -> dict[str, Any] | None:
    found = rows(value) or rows([value])
    if found:
        row = {key: found[0][key] for key in _PERSON if key in found[0]}
        return row if text_in(row, "name") else None
    return {"name": value.strip()} if isinstance(value, str) and value.strip() else None


def _people(field: Field, value: Any) -> list[Any] | None:
    several = rows(value) or [value]
    return [p for one in several if (p := _person(field, one)) is not None] or None


def _officers(field: Field, value: Any) -> list[Any] | None:
    keys = ("person", "name", "certificate_no")
    return [{key: row[key] for key in keys if row.get(key)} for row in rows(value) if row.get("name")] or None


def _files(field: Field, value: Any) -> list[Any] | None:
    keys = ("digest", "name")
    return [{key: row[key] for key in keys} for row in rows(value) if all(row.get(k) for k in keys)] or None


def _as_is(field: Field, value: Any) -> list[Any] | None:
    return [dict(row) for row in rows(value)] or None


def _list(field: Field, value: Any) -> list[Any] | None:
    return [made for row in rows(value) if (made := _row(field, row))] or None


def _row(field: Field, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with the columns that the field has; a column that the row lacks takes its usual value."""
    made: dict[str, Any] = {}
    for column in field.columns:
        value = row.get(column.name, column.default)
        fitted = fit(column, value) if value not in ("", None) else None
        if fitted is not None:
            made[column.name] = fitted
    carried = any(column.name in row for column in field.columns)
    return made if carried else {}


def _mapping(field: Field, value: Any) -> dict[str, Any] | None:
    found = rows([value])
    return dict(found[0]) if found and found[0] else None


def _party(field: Field, value: Any) -> dict[str, Any] | None:
    made = _mapping(field, value)
    return made if made and text_in(made, "name") else None


_SHAPES: dict[str, Callable[[Field, Any], Any]] = {
    "text": _text,
    "longtext": _text,
    "document": lambda field, value: value if isinstance(value, str) else None,
    "date": _date,
    "datetime": _datetime,
    "money": _count,
    "number": _count,
    "quantity": _quantity,
    "bool": _bool,
    "enum": _enum,
    "person": _person,
    "people": _people,
    "officers": _officers,
    "files": _files,
    "sketch": _files,
    "basis": _as_is,
    "penalties": _as_is,
    "list": _list,
    "remedies": _mapping,
    "party": _party,
}
