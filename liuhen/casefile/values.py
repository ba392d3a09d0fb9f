"""Whether the values of a document or fact fit its declaration: what is missing, what is malformed (R9.1 … R30.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

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


def problems(fields: Iterable[Field], values: Values) -> list[Problem]:
    """All problems at once, in the order of the fields; unknown field names are malformed too."""
    declared = list(fields)
    found = [p for field in declared for p in _of_field(field, values)]
    known = {field.name for field in declared}
    found += [Problem(name, name, f"没有“{name}”这一项", False) for name in values if name not in known]
    return found


def _of_field(field: Field, values: Values) -> list[Problem]:
    value = values.get(field.name)
    if blank(value):
        needs = wanted(field, values)
        return [Problem(field.name, field.label, _ask(field), True)] if needs else []
    if isinstance(value, dict) and "not_applicable" in value:
        if str(value["not_applicable"]).strip():
            return []
        return [Problem(field.name, field.label, f"写明“{field.label}”不适用的理由", True)]
    message = _malformed(field, value)
    if message:
        return [Problem(field.name, field.label, message, False)]
    message = _incomplete_rows(field, value)
    return [Problem(field.name, field.label, message, True)] if message else []


def _ask(field: Field) -> str:
    if field.type in ("enum", "bool"):
        return f"选择“{field.label}”" if field.type == "enum" else f"确认“{field.label}”"
    return f"填写“{field.label}”"


def _malformed(field: Field, value: Any) -> str:
    checks = {
        "date": _bad_date,
        "datetime": _bad_datetime,
        "money": _bad_count,
        "number": _bad_count,
        "bool": lambda f, v: "" if isinstance(v, bool) else f"“{f.label}”应为是或否",
        "enum": _bad_enum,
        "party": _bad_party,
        "person": _bad_person,
    }
    if field.type in checks:
        return checks[field.type](field, value)
    if field.type in _ROWS:
        return _bad_rows(field, value)
    if field.type == "remedies":
        return "" if isinstance(value, dict) else f"“{field.label}”应由救济途径表带出"
    return "" if isinstance(value, str) else f"“{field.label}”应为文字"


def _bad_date(field: Field, value: Any) -> str:
    try:
        date.fromisoformat(value)
    except (ValueError, TypeError):
        return f"“{field.label}”应为日期，如 2026-03-05"
    return ""


def _bad_datetime(field: Field, value: Any) -> str:
    try:
        datetime.fromisoformat(value)
    except (ValueError, TypeError):
        return f"“{field.label}”应为日期和时间，如 2026-03-05 09:30"
    return ""


def _bad_count(field: Field, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        return f"“{field.label}”应为不小于零的数"
    return ""


def _bad_enum(field: Field, value: Any) -> str:
    return "" if value in field.options else f"“{field.label}”应为：{'、'.join(field.options)}"


def _bad_party(field: Field, value: Any) -> str:
    if not isinstance(value, dict) or not str(value.get("name", "")).strip():
        return "填写当事人姓名或者名称"
    if value.get("party_kind") not in PARTY_KINDS:
        return f"选择当事人类别：{'、'.join(PARTY_KINDS)}"
    return ""


def _bad_person(field: Field, value: Any) -> str:
    return (
        "" if isinstance(value, dict) and str(value.get("name", "")).strip() else f"填写“{field.label}”的姓名"
    )


_ROWS = ("list", "officers", "people", "basis", "penalties", "files")


def _bad_rows(field: Field, value: Any) -> str:
    if not isinstance(value, (list, tuple)) or any(not isinstance(row, dict) for row in value):
        return f"“{field.label}”应为清单"
    for number, row in enumerate(value, 1):
        wrong = [p for column in field.columns for p in _of_field(column, row) if not p.missing]
        if wrong:
            return f"“{field.label}”第 {number} 项：{wrong[0].message}"
    return _bad_penalties(value) if field.type == "penalties" else ""


def _incomplete_rows(field: Field, value: Any) -> str:
    """What the rows of a list still lack: too few of them, or a required column."""
    if field.type not in _ROWS:
        return ""
    if len(value) < field.minimum:
        return f"“{field.label}”至少 {field.minimum} 项，现有 {len(value)} 项"
    for number, row in enumerate(value, 1):
        lacking = [p for column in field.columns for p in _of_field(column, row) if p.missing]
        if lacking:
            return f"“{field.label}”第 {number} 项：{lacking[0].message}"
    return ""


def _bad_penalties(rows: Iterable[Any]) -> str:
    for number, row in enumerate(rows, 1):
        if not row.get("kind"):
            return f"第 {number} 项处罚没有写明种类"
        if row["kind"] in ("罚款", "没收违法所得") and (
            not isinstance(row.get("amount"), int) or row["amount"] <= 0
        ):
            return f"第 {number} 项处罚（{row['kind']}）没有写明数额"
    return ""
