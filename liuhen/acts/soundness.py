"""What a form says that cannot be: a time that has not come yet, one set for somebody that is past, an end before its
beginning, what another answer leaves no room for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from liuhen.casefile.moments import day, instant, parse
from liuhen.casefile.state import blank
from liuhen.casefile.values import Problem, out_of_place
from liuhen.measures.vocabulary import Document, Fact, Field

# What has happened by the time it is written down. A hold 先行登记保存 has not: its notice is approved first (罚 56).
_HAPPENED = frozenset({
    "registered_at", "discovered_at", "started_at", "ended_at", "told_at", "received_at", "taken_at", "collected_at",
    "handed_at", "sent_at", "reached_at", "ashore_at", "act_on", "paid_on", "performed_on", "posted_on", "delivered_on",
    "replied_on", "ruled_on", "waived_on", "opinion_on", "answered_on", "checked_on", "transferred_on",
})  # fmt: skip
# Kinds of which the time called ``at`` is that of what was done; elsewhere it is an appointment.
_DONE_AT = ("summary_decision", "goods_disposal_record", "inspection_log")
# What comes second in time, by the names of the fields.
_AFTER = {
    "ended_at": ("started_at",), "to": ("from",), "to_on": ("from_on",), "valid_to": ("valid_from",), "reached_at": ("sent_at",),
    "delivered_on": ("posted_on",), "handed_at": ("collected_at",), "until": ("old_until",), "notice_on": ("on",),
    "received_at": ("replied_on", "ruled_on"),
}  # fmt: skip
_TIMES = ("date", "datetime")


def unsound(kind: Document | Fact, values: Mapping[str, Any], now: datetime) -> list[Problem]:
    """What of well-formed values in recorded form cannot be, in the order of the fields, one problem a field."""
    found = list(_times(kind, values, now))
    order = [field.name for field in kind.fields]
    return sorted({p.field: p for p in reversed(found)}.values(), key=lambda p: order.index(p.field))


def _times(kind: Document | Fact, values: Mapping[str, Any], now: datetime) -> Iterator[Problem]:
    for field in kind.fields:
        if _says_something(values.get(field.name)) and out_of_place(field, values):
            yield Problem(field.name, field.label, _contradicts(kind, field, values), False)
        if message := _impossible(kind, field, values, now):
            yield Problem(field.name, field.label, message, False)
        for number, row in enumerate(_rows(values.get(field.name)), 1):
            wrong = next(
                (m for column in field.columns if (m := _wrong_cell(field.columns, column, row, now))), ""
            )
            if wrong:
                yield Problem(field.name, field.label, f"“{field.label}”第 {number} 项：{wrong}", False)
                break


def _says_something(value: Any) -> bool:
    return not blank(value) and not (isinstance(value, Mapping) and "not_applicable" in value)


def _contradicts(kind: Document | Fact, field: Field, values: Mapping[str, Any]) -> str:
    assert field.only_if is not None
    name, wanted = field.only_if
    other = next(one.label for one in kind.fields if one.name == name)
    return f"“{other}”是“{values[name]}”，不填“{field.label}”：删去各项，或者把“{other}”改为“{wanted}”"


def _impossible(kind: Document | Fact, field: Field, values: Mapping[str, Any], now: datetime) -> str:
    at = _moment(field, values)
    if at is not None and field.ahead and day(at) < day(now):
        return f"“{field.label}”已经过去"
    if at is not None and _is_past(kind, field) and at > now:
        return f"“{field.label}”不能晚于现在"
    return _before_its_start(kind.fields, field, values)


def _wrong_cell(columns: Iterable[Field], column: Field, row: Mapping[str, Any], now: datetime) -> str:
    at = _moment(column, row)
    if at is not None and column.ahead and day(at) < day(now):
        return f"“{column.label}”已经过去"
    return _before_its_start(columns, column, row)


def _is_past(kind: Document | Fact, field: Field) -> bool:
    """Whether the field tells of what has happened; a stated fact tells of nothing else."""
    return isinstance(kind, Fact) or field.name in _HAPPENED or (field.name == "at" and kind.code in _DONE_AT)


def _before_its_start(fields: Iterable[Field], field: Field, values: Mapping[str, Any]) -> str:
    first = next((one for one in fields if one.name in _AFTER.get(field.name, ())), None)
    starts, ends = _moment(first, values) if first else None, _moment(field, values)
    if first is None or starts is None or ends is None or ends >= starts:
        return ""
    return f"“{field.label}”不能早于“{first.label}”"


def _moment(field: Field, values: Mapping[str, Any]) -> datetime | None:
    """The beginning of the moment that a field holds; None when it holds none."""
    value = values.get(field.name)
    if field.type not in _TIMES or not isinstance(value, str):
        return None
    try:
        return instant(parse(value))
    except ValueError:
        return None


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
