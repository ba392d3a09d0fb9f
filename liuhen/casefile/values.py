"""Whether the values of a document or fact fit its declaration: what is missing, what is malformed (R9.1 … R30.1)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from liuhen.casefile import sketch
from liuhen.casefile.moments import parse
from liuhen.casefile.quantities import PLACES, quantity
from liuhen.casefile.state import blank
from liuhen.measures.vocabulary import Field

Values = Mapping[str, Any]
PARTY_KINDS = ("自然人", "个体工商户", "法人", "非法人组织")


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field: ``missing`` (not filled in) or malformed; the message says what to do."""

    field: str
    label: str
    message: str
    missing: bool


def wanted(field: Field, values: Values) -> bool:
    """Whether a field is required, given the other values."""
    if field.required_if is not None:
        other, value = field.required_if
        given = values.get(other)
        return (str(given).lower() if isinstance(given, bool) else given) == value
    return field.required


def out_of_place(field: Field, values: Values) -> bool:
    """Whether the answer of another field leaves nothing to fill in here."""
    if field.only_if is None:
        return False
    other, value = field.only_if
    return not blank(values.get(other)) and values[other] != value


def problems(fields: Iterable[Field], values: Values) -> list[Problem]:
    """All problems at once, in the order of the fields; unknown field names are malformed too."""
    declared = list(fields)
    found = [p for field in declared for p in _of_field(field, values)]
    known = {field.name for field in declared}
    found += [Problem(name, name, f"没有“{name}”这一项", False) for name in values if name not in known]
    return found


def _of_field(field: Field, values: Values) -> list[Problem]:
    value: Any = values.get(field.name)
    if blank(value):
        needs = wanted(field, values)
        return [Problem(field.name, field.label, _ask(field), True)] if needs else []
    table = _table(value)
    if table is not None and "not_applicable" in table:
        if field.always:
            return [Problem(field.name, field.label, f"“{field.label}”不能不适用，{_ask(field)}", True)]
        if str(table["not_applicable"]).strip():
            return []
        return [Problem(field.name, field.label, f"写明“{field.label}”不适用的理由", True)]
    message = _malformed(field, value)
    if message:
        return [Problem(field.name, field.label, message, False)]
    message = _incomplete_rows(field, value)
    return [Problem(field.name, field.label, message, True)] if message else []


def _table(value: object) -> Mapping[str, Any] | None:
    """An object value; None for any other."""
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else None


def _rows(value: object) -> list[Mapping[str, Any]] | None:
    """The rows of a list value; None when it is not a list of objects."""
    if not isinstance(value, (list, tuple)):
        return None
    rows = [_table(row) for row in cast("Sequence[object]", value)]
    return None if None in rows else cast("list[Mapping[str, Any]]", rows)


def _ask(field: Field) -> str:
    if field.type in ("enum", "bool"):
        return f"选择“{field.label}”" if field.type == "enum" else f"确认“{field.label}”"
    return f"填写“{field.label}”"


def _malformed(field: Field, value: Any) -> str:
    check = _CHECKS.get(field.type)
    if check is not None:
        return check(field, value)
    if field.type in _LISTS:
        return _bad_rows(field, value)
    return "" if isinstance(value, str) else f"“{field.label}”应为文字"


def _bad_bool(field: Field, value: Any) -> str:
    return "" if isinstance(value, bool) else f"“{field.label}”应为是或否"


def _bad_remedies(field: Field, value: Any) -> str:
    return "" if _table(value) is not None else f"“{field.label}”应由救济途径表带出"


def _bad_date(field: Field, value: Any) -> str:
    try:
        parse(value)
    except (ValueError, TypeError):
        return f"“{field.label}”应为日期，如 2026-03-05"
    return ""


def _bad_datetime(field: Field, value: Any) -> str:
    try:
        parse(value)
    except (ValueError, TypeError):
        return f"“{field.label}”应为日期和时间，如 2026-03-05 09:30"
    return ""


def _bad_count(field: Field, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        return f"“{field.label}”{_COUNTED[field.type]}"
    return ""


_COUNTED = {"number": "应为不小于零的整数，如 3", "money": "用数字写，如 2000、1,500.50 或者 3万"}


def _bad_quantity(field: Field, value: Any) -> str:
    right = f"应为不小于零的数，如 12 或者 12.5，小数不超过 {PLACES} 位"
    return f"“{field.label}”{right}" if quantity(value) is None else ""


def _bad_enum(field: Field, value: Any) -> str:
    return "" if value in field.options else f"“{field.label}”应为：{'、'.join(field.options)}"


def _bad_party(field: Field, value: Any) -> str:
    table = _table(value)
    if table is None or not str(table.get("name", "")).strip():
        return "填写当事人姓名或者名称"
    if table.get("party_kind") not in PARTY_KINDS:
        return f"选择当事人类别：{'、'.join(PARTY_KINDS)}"
    return ""


def _bad_person(field: Field, value: Any) -> str:
    table = _table(value)
    return "" if table is not None and str(table.get("name", "")).strip() else f"填写“{field.label}”的姓名"


def _bad_rows(field: Field, value: Any) -> str:
    rows = _rows(value)
    if rows is None:
        return f"“{field.label}”应为清单"
    for number, row in enumerate(rows, 1):
        wrong = [p for column in field.columns for p in _of_field(column, row) if not p.missing]
        if wrong:
            return f"“{field.label}”第 {number} 项：{wrong[0].message}"
    return _bad_penalties(rows) if field.type == "penalties" else _bad_drawing(rows)


def _bad_drawing(rows: Iterable[Mapping[str, Any]]) -> str:
    """What is wrong with the sketch that a draft still holds as it was drawn."""
    for row in rows:
        if isinstance(row.get("drawn"), str):
            try:
                sketch.read(row["drawn"])
            except sketch.BadSketch as error:
                return str(error)
    return ""


def _incomplete_rows(field: Field, value: Any) -> str:
    """What the rows of a list still lack: too few of them, or a required column."""
    rows = _rows(value) if field.type in _LISTS else None
    if rows is None:
        return ""
    if len(rows) < field.minimum:
        return f"“{field.label}”至少 {field.minimum} 项，现有 {len(rows)} 项"
    lacking: dict[str, list[str]] = {}
    for number, row in enumerate(rows, 1):
        wanting = [p for column in field.columns for p in _of_field(column, row) if p.missing]
        if wanting:
            lacking.setdefault(wanting[0].message, []).append(str(number))
    told = [f"第 {'、'.join(numbers)} 项：{message}" for message, numbers in lacking.items()]
    return f"“{field.label}”{'；'.join(told)}" if told else ""


def _bad_penalties(rows: Iterable[Mapping[str, Any]]) -> str:
    for number, row in enumerate(rows, 1):
        amount = row.get("amount")
        if not row.get("kind"):
            return f"第 {number} 项处罚没有写明种类"
        if row["kind"] in ("罚款", "没收违法所得") and (not isinstance(amount, int) or amount <= 0):
            return f"第 {number} 项处罚（{row['kind']}）没有写明数额"
    return ""


_LISTS = ("list", "officers", "people", "basis", "penalties", "files", "sketch")
_CHECKS: dict[str, Callable[[Field, Any], str]] = {
    "date": _bad_date,
    "datetime": _bad_datetime,
    "money": _bad_count,
    "number": _bad_count,
    "quantity": _bad_quantity,
    "bool": _bad_bool,
    "enum": _bad_enum,
    "party": _bad_party,
    "person": _bad_person,
    "remedies": _bad_remedies,
}


def clean(value: Any) -> Any:
    """Text without the control characters that no form means to send (NUL, direction marks); lists and objects within too."""
    if isinstance(value, str):
        return "".join(c for c in value if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    if isinstance(value, dict):
        return {name: clean(inner) for name, inner in cast("dict[str, Any]", value).items()}
    return [clean(inner) for inner in cast("list[Any]", value)] if isinstance(value, list) else value
