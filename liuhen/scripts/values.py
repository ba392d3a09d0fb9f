"""From what a script says of a field to the value that the field holds (shapes: docs/case-scripts.md)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from liuhen.casefile import quantities
from liuhen.casefile.values import PARTY_KINDS
from liuhen.measures.documents.groups import PENALTY_KINDS
from liuhen.measures.vocabulary import Field
from liuhen.scripts.shape import Member
from liuhen.scripts.usual import KEYS, field_of, kind_of, renamed
from liuhen.scripts.yamltext import Lined, bad, mapping, near, only

PARTY_KEYS = (
    "party_kind", "name", "sex", "birth_date", "id_kind", "id_number", "uscc", "legal_rep", "legal_rep_post",
    "address", "phone", "service_address",
)  # fmt: skip
REMEDY_KEYS = ("text", "reconsideration_body", "reconsideration_days", "court", "sue_months", "kind")
_BASIS = re.compile(
    r"^《?(?P<law>[^《》]+?)》?(?P<article>第[^条款项]+条(?:之[一二三四五六七八九十]+)?)"
    r"(?P<paragraph>第[^条款项]+款)?(?P<item>第[^条款项]+项)?$"
)
_MOMENT = re.compile(
    r"^(?P<year>\d{4})[-年./](?P<month>\d{1,2})[-月./](?P<day>\d{1,2})日?"
    r"(?:[ T]?(?P<hour>\d{1,2})[:：时](?:(?P<minute>\d{1,2})分?)?)?$"
)
_PENALTY = re.compile(rf"^(?P<kind>{'|'.join(PENALTY_KINDS)})[:：]?(?P<rest>.*)$")
UNWRITTEN = ("未载明", "未写明", "没有写明", "没有载明", "纸上未载")
_YUAN = re.compile(r"^(?P<number>[0-9][0-9,]*(?:\.[0-9]{1,6})?)\s*(?P<wan>万)?元$")


class Told(NamedTuple):
    """A step as others refer to it: its verb, and the kind of document or fact."""

    verb: str
    kind: str = ""


@dataclass(frozen=True)
class Names:
    """What a step may refer to: people, party, and the steps of the script by local name."""

    people: Mapping[str, Member]
    party: Mapping[str, Any]
    steps: Mapping[str, Told]
    procedure: str = ""

    def documents(self) -> list[str]:
        """The local names of the documents."""
        return [name for name, told in self.steps.items() if told.verb == "file"]


def moment(raw: Any, line: int, what: str) -> str:
    """A day ``YYYY-MM-DD`` or a wall time ``YYYY-MM-DDTHH:MM`` (Asia/Shanghai), as written by people."""
    found = _MOMENT.match(raw.strip()) if isinstance(raw, str) else None
    try:
        if found is not None:
            year, month, on = (int(found[name]) for name in ("year", "month", "day"))
            if found["hour"] is None:
                return date(year, month, on).isoformat()
            at = datetime(year, month, on, int(found["hour"]), int(found["minute"] or 0))
            return at.isoformat(timespec="minutes")
    except ValueError:
        pass
    raise bad(line, f"{what}“{raw}”不是日期；写作 2026-03-05，或 2026-03-05 09:30")


def day(raw: Any, line: int, what: str) -> str:
    """A day, ``YYYY-MM-DD``."""
    found = moment(raw, line, what)
    if len(found) != 10:
        raise bad(line, f"{what}只写日期，如 {found[:10]}")
    return found


def money(raw: Any, line: int, what: str) -> int:
    """分: a whole number of 分 as it is, or a sum in words such as 4980元, 14,940.50元, 1.5万元."""
    if isinstance(raw, int) and not isinstance(raw, bool) and raw >= 0:
        return raw
    found = _YUAN.match(raw.strip()) if isinstance(raw, str) else None
    if found is None:
        raise bad(line, f"{what}“{raw}”不是金额；写作 4980元、14,940.50元、1.5万元，或以分为单位的整数")
    fen = Decimal(found["number"].replace(",", "")) * (1_000_000 if found["wan"] else 100)
    if fen != fen.to_integral_value():
        raise bad(line, f"{what}“{raw}”不足一分")
    return int(fen)


def party(raw: Any, line: int) -> dict[str, Any]:
    """A party with the keys told; nothing is made up."""
    if isinstance(raw, str) and raw.strip():
        return {"name": raw.strip()}
    node = renamed(mapping(raw, line, "当事人", "{party_kind: 法人, name: 某公司}"), "party")
    only(node, PARTY_KEYS, "当事人", KEYS["party"])
    kind = node.get("party_kind")
    if kind is not None and kind not in PARTY_KINDS:
        raise bad(node.lines["party_kind"], f"当事人类别 party_kind 应为：{'、'.join(PARTY_KINDS)}")
    if not str(node.get("name", "")).strip():
        raise bad(node.line, "当事人要写 name（姓名或者名称），匿名的写“某公司”“某人”")
    return {key: str(value) for key, value in node.items()}


def person(raw: Any, line: int, names: Names) -> dict[str, Any]:
    """A person: a local key of ``people``, a free name, or name with post and the like."""
    if isinstance(raw, str) and raw.strip():
        member = names.people.get(raw.strip())
        return {"name": member.name, "person": member.key} if member else {"name": raw.strip()}
    node = renamed(mapping(raw, line, "人员", "{name: 某人}，或 people 中的简称"), "person")
    only(node, ("name", "person", "post", "is_head", "unit"), "人员")
    found = person(node.get("person") or node.get("name") or "", node.line, names)
    found |= {key: node[key] for key in ("post", "unit") if key in node}
    return found | (
        {"is_head": yes(node["is_head"], node.lines["is_head"], "机关负责人")} if "is_head" in node else {}
    )


def free_name(word: str, known: Mapping[str, Any]) -> bool:
    """Whether a word is a person's name as a judgment tells it, not a short name of the script that is mistyped."""
    return len(word) > 1 and not near(word, known)


def _officer(raw: Any, line: int, names: Names) -> dict[str, Any]:
    if isinstance(raw, Lined):
        only(raw, ("person", "name", "certificate_no"), "执法人员")
        return {str(key): str(value) for key, value in raw.items()}
    member = names.people.get(raw) if isinstance(raw, str) else None
    if member is None and isinstance(raw, str) and free_name(raw.strip(), names.people):
        return {"name": raw.strip()}
    if member is None:
        known = "、".join(names.people) or "（没有）"
        close = near(raw, names.people) if isinstance(raw, str) else ""
        raise bad(line, f"执法人员“{raw}”不在 people 中{close}；写姓名或者 people 中的简称，现有：{known}")
    found = {"person": member.key, "name": member.name}
    return found | ({"certificate_no": member.certificate} if member.certificate else {})


def _basis(raw: Any, line: int, names: Names) -> dict[str, Any]:
    if isinstance(raw, Lined):
        only(raw, ("law", "article", "paragraph", "item"), "依据")
        return {str(key): str(value) for key, value in raw.items()}
    found = _BASIS.match(raw.strip()) if isinstance(raw, str) else None
    if found is None:
        raise bad(
            line, f"依据“{raw}”读不懂；写作 行政处罚法第四十四条，或 粮食流通管理条例第四十五条第一款第二项"
        )
    return {key: value for key, value in found.groupdict().items() if value}


def _penalty(raw: Any, line: int, names: Names) -> dict[str, Any]:
    if isinstance(raw, str):
        return _penalty_words(raw, line)
    node = renamed(mapping(raw, line, "处罚", "{kind: 罚款, amount: 4980元}"), "penalty")
    only(node, ("kind", "amount", "base", "term", "object"), "处罚", KEYS["penalty"])
    kind = node.get("kind")
    if kind not in PENALTY_KINDS:
        raise bad(node.line, f"处罚种类 kind“{kind}”应为：{'、'.join(PENALTY_KINDS)}")
    found: dict[str, Any] = {key: str(node[key]) for key in ("kind", "term", "object") if key in node}
    for key, what in (("amount", "处罚金额"), ("base", "计算基数")):
        if key in node:
            found[key] = money(node[key], node.lines[key], what)
    return found


def _penalty_words(raw: str, line: int) -> dict[str, Any]:
    """A penalty in words: 警告, 罚款3000元, 吊销许可证件（某证）."""
    found = _PENALTY.match("".join(raw.split()))
    if found is None:
        raise bad(line, f"处罚“{raw}”读不懂；写作 警告、罚款3000元，种类为：{'、'.join(PENALTY_KINDS)}")
    kind, rest = found["kind"], found["rest"].strip("（）()人民币")
    if not rest:
        return {"kind": kind}
    if _YUAN.match(rest):
        return {"kind": kind, "amount": money(rest, line, "处罚金额")}
    return {"kind": kind, "object": rest}


def _file(raw: Any, line: int, names: Names) -> dict[str, Any]:
    if not isinstance(raw, str) or not raw.strip():
        raise bad(line, "附件写文件名，如 [现场照片.png]；没有实物的也可以这样写，由系统生成")
    return {"name": raw.strip()}


_ROWS: dict[str, Callable[[Any, int, Names], dict[str, Any]]] = {
    "officers": _officer,
    "people": person,
    "basis": _basis,
    "penalties": _penalty,
    "files": _file,
    "sketch": _file,
}


def document(raw: Any, line: int, names: Names, what: str) -> str:
    """The local name of a document of this script."""
    known = names.documents()
    kind = kind_of(raw, names.procedure) if raw not in known else None
    same = [name for name in known if kind is not None and names.steps[name].kind == kind.code]
    if len(same) == 1:
        return same[0]
    if raw not in known:
        listed = "、".join(known) or "（没有）"
        raise bad(line, f"{what}“{raw}”不是本脚本的文书；写那一步的 as，没有 as 的写文书种类。现有：{listed}")
    return str(raw)


def _row(field: Field, raw: Any, line: int, names: Names) -> dict[str, Any]:
    columns = {c.name: c for c in field.columns}
    sample = "、".join(f"{c.name}（{c.label}）" for c in field.columns if not c.system)
    node = mapping(raw, line, f"“{field.label}”的一项", "{" + ", ".join(f"{n}: …" for n in columns) + "}")
    found: dict[str, Any] = {}
    for key, value in node.items():
        column = columns.get(key) or next((c for c in field.columns if c.label == key), None)
        if column is None:
            close = near(key, [*columns, *(c.label for c in field.columns)])
            raise bad(node.lines[key], f"“{field.label}”的一项没有“{key}”{close}；可以写：{sample}")
        found[column.name] = convert(column, value, node.lines[key], names)
    return found


def _rows(field: Field, raw: Any, line: int, names: Names) -> list[dict[str, Any]]:
    rows = raw if isinstance(raw, list) else [raw]
    if field.type == "list":
        return [_row(field, row, getattr(row, "line", line), names) for row in rows]
    return [_ROWS[field.type](row, getattr(row, "line", line), names) for row in rows]


def _text(field: Field, raw: Any, line: int, names: Names) -> str:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return str(raw)
    if not isinstance(raw, str) or not raw.strip():
        raise bad(line, f"“{field.label}”应是一段文字；材料没有说的，整项不写")
    return raw.strip()


def _enum(field: Field, raw: Any, line: int, names: Names) -> str:
    if raw not in field.options:
        raise bad(line, f"“{field.label}”“{raw}”不在可选之列；应为：{'、'.join(field.options)}")
    return raw


def _bool(field: Field, raw: Any, line: int, names: Names) -> bool:
    return yes(raw, line, field.label)


def yes(raw: Any, line: int, label: str) -> bool:
    """是 or 否, in either spelling."""
    if raw in ("是", "否"):
        return raw == "是"
    if not isinstance(raw, bool):
        raise bad(line, f"“{label}”应为 true（是）或 false（否）")
    return raw


def _number(field: Field, raw: Any, line: int, names: Names) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool) or raw < 0:
        raise bad(line, f"“{field.label}”“{raw}”应为不小于零的整数")
    return raw


def _quantity(field: Field, raw: Any, line: int, names: Names) -> int | str:
    amount = None if isinstance(raw, bool) else quantities.read(str(raw))
    if amount is None:
        raise bad(line, f"“{field.label}”“{raw}”应为不小于零的数，小数不超过 {quantities.PLACES} 位，如 12.5")
    return amount


def _document(field: Field, raw: Any, line: int, names: Names) -> str:
    return document(raw, line, names, f"“{field.label}”")


def _party(field: Field, raw: Any, line: int, names: Names) -> dict[str, Any]:
    if isinstance(raw, str) and names.party.get("name") == raw:
        return dict(names.party)
    return party(raw, line)


def _remedies(field: Field, raw: Any, line: int, names: Names) -> dict[str, Any]:
    node = mapping(
        raw,
        line,
        "救济途径",
        "{reconsideration_body: 某区人民政府, reconsideration_days: 60, court: 某法院, sue_months: 6}",
    )
    node = renamed(node, "remedies")
    only(node, REMEDY_KEYS, "救济途径", KEYS["remedies"])
    return dict(node)


_SINGLE: dict[str, Callable[[Field, Any, int, Names], Any]] = {
    "text": _text,
    "longtext": _text,
    "enum": _enum,
    "bool": _bool,
    "number": _number,
    "quantity": _quantity,
    "document": _document,
    "party": _party,
    "remedies": _remedies,
    "date": lambda f, raw, line, names: day(raw, line, f"“{f.label}”"),
    "datetime": lambda f, raw, line, names: moment(raw, line, f"“{f.label}”"),
    "money": lambda f, raw, line, names: money(raw, line, f"“{f.label}”"),
    "person": lambda f, raw, line, names: person(raw, line, names),
}


def convert(field: Field, raw: Any, line: int, names: Names) -> Any:
    """The value of a field. Raises BadScript saying what to write instead.

    不适用 is written ``{not_applicable: 理由}``, 纸上未载 ``{not_on_paper: true}``.
    """
    if isinstance(raw, str) and raw.strip() in UNWRITTEN:
        return {"not_on_paper": True}
    if isinstance(raw, Lined) and (set(raw) == {"not_applicable"} or set(raw) == {"not_on_paper"}):
        return dict(raw)
    if field.type in _SINGLE:
        return _SINGLE[field.type](field, raw, line, names)
    return _rows(field, raw, line, names)


def values(fields: tuple[Field, ...], node: Lined, names: Names, what: str) -> dict[str, Any]:
    """The values of a document or fact: keys are field names or Chinese labels. Unknown keys are refused."""
    found: dict[str, Any] = {}
    for key, raw in node.items():
        field = field_of(fields, key)
        if field is None:
            known = [word for f in fields for word in (f.name, f.label)]
            listed = "、".join(f"{f.name}（{f.label}）" for f in fields) or "（没有）"
            raise bad(node.lines[key], f"{what}没有“{key}”这一项{near(key, known)}；可以写：{listed}")
        found[field.name] = convert(field, raw, node.lines[key], names)
    return found
