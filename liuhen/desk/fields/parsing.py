"""What a page sends → values. One parser a field type; ``None`` is nothing filled in.

Names: ``place``; a row's cell ``qa.0.q``; a party's part ``party.name``; 不适用 ``place.na`` with ``place.na.reason``;
纸上未载 ``place.nop``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.http import QueryDict

from liuhen.casefile import quantities, sketch
from liuhen.desk.fields.offers import NOTHING, Offers
from liuhen.measures.vocabulary import Field

PARTY_PARTS = (
    "party_kind", "name", "sex", "birth_date", "id_kind", "id_number", "uscc", "legal_rep", "legal_rep_post",
    "address", "phone", "service_address",
)  # fmt: skip
# Fields that name people of the bureau: a name typed there is looked up in the register.
STAFF_FIELDS = frozenset({
    "presider", "recorder", "notifier", "received_by", "officer", "chair", "reporter", "by", "person", "decided_by",
    "members", "participants", "attendees", "recused", "servers", "executors", "task_officers", "officers",
    "hander", "receiver", "collector",
})  # fmt: skip
PEOPLE_COLUMNS = (Field(name="name", label="姓名", required=True), Field(name="post", label="职务或者单位"))
FILE_SEPARATOR = "|"
_YUAN = re.compile(r"^(\d+)(?:\.(\d{1,2}))?元?$")
_WAN = re.compile(r"^(\d+)(?:\.(\d{1,4}))?万元?$")
_FEN_OF_WAN = 1_000_000

Values = Mapping[str, Any]


def parse(
    fields: Iterable[Field], data: QueryDict, offers: Offers = NOTHING, previous: Values | None = None
) -> dict[str, Any]:
    """The values of a form, absent ones without a key. ``previous`` = the values it was filled with before: what a form
    does not send (the table of remedies, the rest of a person) is taken from there."""
    before = previous or {}
    found = {
        field.name: parse_value(field, data, field.name, offers, before.get(field.name)) for field in fields
    }
    return {name: value for name, value in found.items() if value is not None}


def parse_value(
    field: Field, data: QueryDict, name: str, offers: Offers = NOTHING, before: Any = None
) -> Any:
    """The value of one field, None when nothing is filled in."""
    if data.get(f"{name}.na"):
        return {"not_applicable": _text(data, f"{name}.na.reason") or ""}
    if data.get(f"{name}.nop"):
        return {"not_on_paper": True}
    return _PARSERS[field.type](field, data, name, offers, before)


def _text(data: QueryDict, name: str) -> str | None:
    text = (data.get(name) or "").replace("\r\n", "\n").replace("\r", "\n")
    return text if text.strip() else None


def _plain(field: Field, data: QueryDict, name: str, offers: Offers, before: Any) -> str | None:
    return _text(data, name)


def _number(field: Field, data: QueryDict, name: str, offers: Offers, before: Any) -> int | str | None:
    text = _text(data, name)
    if text is None:
        return None
    digits = text.strip().replace(",", "").replace("，", "")
    return int(digits) if digits.isdecimal() else text


def _quantity(field: Field, data: QueryDict, name: str, offers: Offers, before: Any) -> int | str | None:
    text = _text(data, name)
    if text is None:
        return None
    amount = quantities.read(text)
    return text if amount is None else amount


def fen(text: str) -> int | None:
    """Money typed in yuan (30,000.00, 3万) as integer 分; None when it is no amount."""
    plain = re.sub(r"[\s,，¥￥]", "", text)
    if found := _YUAN.match(plain):
        return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    if found := _WAN.match(plain):
        return int(found[1]) * _FEN_OF_WAN + int((found[2] or "").ljust(4, "0")) * 100
    return None


def _money(field: Field, data: QueryDict, name: str, offers: Offers, before: Any) -> int | str | None:
    text = _text(data, name)
    if text is None:
        return None
    amount = fen(text)
    return text if amount is None else amount


def _bool(field: Field, data: QueryDict, name: str, offers: Offers, before: Any) -> bool | None:
    return {"true": True, "false": False}.get(data.get(name, ""))


def _person(field: Field, data: QueryDict, name: str, offers: Offers, before: Any) -> dict[str, Any] | None:
    text = _text(data, name)
    if text is None:
        return None
    return person_named(field.name, text, offers, before)


def person_named(field: str, name: str, offers: Offers, before: Any) -> dict[str, Any]:
    """A person by the name typed: the same as before with all that was known, else one of the bureau, else a name."""
    if isinstance(before, Mapping) and before.get("name") == name:
        return dict(before)
    staff = offers.by_name(name) if field in STAFF_FIELDS else None
    return {"person": staff.person, "name": staff.name} if staff else {"name": name}


def _party(field: Field, data: QueryDict, name: str, offers: Offers, before: Any) -> dict[str, Any] | None:
    kept = dict(before) if isinstance(before, Mapping) and "not_applicable" not in before else {}
    rest = {key: value for key, value in kept.items() if key not in PARTY_PARTS and key != "not_on_paper"}
    found = {part: text for part in PARTY_PARTS if (text := _text(data, f"{name}.{part}")) is not None}
    return {**found, **rest} if found else None


def columns_of(field: Field) -> tuple[Field, ...]:
    """The columns of a field's rows as a form shows them: the ids of people stand behind their names."""
    declared = field.columns or (PEOPLE_COLUMNS if field.type == "people" else ())
    return tuple(column for column in declared if column.name != "person")


def indexes(data: QueryDict, name: str) -> list[int]:
    """The numbers of the rows that a form sends for a field, in order."""
    pattern = re.compile(rf"^{re.escape(name)}\.(\d+)\.")
    return sorted({int(found[1]) for key in data if (found := pattern.match(key))})


def _rows(field: Field, data: QueryDict, name: str, offers: Offers, before: Any) -> list[Any] | None:
    columns = columns_of(field)
    given = {column.name for column in columns if column.system}
    rows: list[dict[str, Any]] = []
    for n in indexes(data, name):
        row = {c.name: parse_value(c, data, f"{name}.{n}.{c.name}", offers) for c in columns}
        row = {key: value for key, value in row.items() if value is not None}
        if any(key not in given for key in row):
            rows.append(row)
    return rows or None


def _people(field: Field, data: QueryDict, name: str, offers: Offers, before: Any) -> list[Any] | None:
    """Rows of people: each as known before, or as the register knows them; an officer with the certificate."""
    known = [row for row in before if isinstance(row, Mapping)] if isinstance(before, list) else []
    rows = _rows(field, data, name, offers, before)
    return (
        [_someone(field, row, offers, _first(known[n:] + known, row)) for n, row in enumerate(rows)]
        if rows
        else None
    )


def _first(known: list[Any], row: Mapping[str, Any]) -> Any:
    """The person of that name as known before: in the same place, else anywhere."""
    return next((old for old in known if old.get("name") == row.get("name")), None)


def _someone(field: Field, row: dict[str, Any], offers: Offers, same: Any) -> dict[str, Any]:
    name = str(row.get("name", ""))
    person = person_named(field.name, name, offers, same) if name else {}
    shown = {column.name for column in columns_of(field)}
    made = {**{key: value for key, value in person.items() if key not in shown or key == "name"}, **row}
    staff = offers.by_name(name) if field.type == "officers" else None
    if staff and staff.certificate and not made.get("certificate_no"):
        made["certificate_no"] = staff.certificate
    return made


def _files(field: Field, data: QueryDict, name: str, offers: Offers, before: Any) -> list[Any] | None:
    """The chosen files; a page can only choose what the case holds, or what stood there before."""
    found = [text.partition(FILE_SEPARATOR) for text in data.getlist(name)]
    kept = (
        {row.get("digest") for row in before if isinstance(row, Mapping)}
        if isinstance(before, list)
        else set()
    )
    known = {file.digest for file in offers.files} | kept
    return [
        {"digest": digest, "name": title}
        for digest, _, title in found
        if title and (digest in known or not offers.case)
    ] or None


def _sketch(field: Field, data: QueryDict, name: str, offers: Offers, before: Any) -> list[Any] | None:
    """What was drawn, in our own writing, and the pictures chosen; what is no sketch of ours stays for the rules to refuse."""
    text, rows = _text(data, f"{name}.drawn"), []
    if text is not None:
        try:
            text = sketch.tidy(text)
        except sketch.BadSketch:
            text = text[: sketch.MOST_BYTES]
        rows = [{"drawn": text, "name": sketch.NAME}] if text else []
    return [*rows, *(_files(field, data, name, offers, before) or [])] or None


def _remedies(field: Field, data: QueryDict, name: str, offers: Offers, before: Any) -> Any:
    return before


Parser = Callable[[Field, QueryDict, str, Offers, Any], Any]
_PARSERS: dict[str, Parser] = {
    "text": _plain,
    "longtext": _plain,
    "date": _plain,
    "datetime": _plain,
    "enum": _plain,
    "document": _plain,
    "money": _money,
    "number": _number,
    "quantity": _quantity,
    "bool": _bool,
    "person": _person,
    "people": _people,
    "officers": _people,
    "party": _party,
    "list": _rows,
    "basis": _rows,
    "penalties": _rows,
    "files": _files,
    "sketch": _sketch,
    "remedies": _remedies,
}
