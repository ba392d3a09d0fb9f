"""Reading one step of a script: its moment, who recorded it, and the one thing that was done."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from liuhen.casefile.moments import Moment, parse
from liuhen.measures import DOCUMENTS, DUTIES, FACTS
from liuhen.measures.vocabulary import Document, Fact, Field
from liuhen.scripts.papers import ASPECTS, DETAILS, approvals, issuing, services, signings
from liuhen.scripts.shape import (
    Archive,
    Assign,
    Backfilled,
    Confirm,
    Correct,
    Explain,
    File,
    Mark,
    Open,
    Record,
    Serve,
    State,
    Step,
    Verb,
    Void,
)
from liuhen.scripts.usual import KEYS, fact_of, kind_of, names_of_facts, names_of_kinds, renamed
from liuhen.scripts.values import Names, convert, document, moment, values
from liuhen.scripts.yamltext import BadScript, Lined, bad, denied, flag, mapping, near, only, text, words

VERBS = (
    "open", "assign", "leave", "file", "serve", "state", "record", "correct", "void", "confirm", "mark",
    "explain", "archive", "backfill",
)  # fmt: skip
COMMON = ("at", "by", "as", "note")
PARTS = {
    "lead_officer": "主办",
    "assist_officer": "协办",
    "presider": "听证主持人",
    "hearing_member": "听证员",
    "recorder": "记录员",
    "reviewer": "法制审核人员",
    "interpreter": "翻译",
}
TO_FIELD = 2  # slashes in /values/<field>
_NAME = re.compile(r"^[^\s.\[\]/]+$")
_TARGET = re.compile(
    r"^(?P<name>[^\s.\[\]/]+)(?:\.(?P<part>filed|issued|served|signed|approved)(?:\[(?P<n>\d+)\])?)?$"
)


@dataclass(frozen=True)
class Raw:
    """A step as it stands in the file: number, verb, local name; ``node`` is what a backfill wraps."""

    number: int
    outer: Lined
    node: Lined
    verb: str
    name: str
    kind: str = ""


def raw_of(written: Lined, number: int, procedure: str = "") -> Raw:
    """The verb and local name of a step. Raises BadScript unless it has exactly one verb."""
    where = f"第 {number} 步"
    item = _coded(written)
    verb = _verb(item, where)
    node = item
    if verb == "backfill":
        node = _coded(
            mapping(
                item["backfill"],
                item.lines["backfill"],
                where + "的 backfill",
                "{at: 2026-03-05, file: …, reason: …}",
            )
        )
        verb = _verb(node, where + "的 backfill")
        if verb == "backfill":
            raise bad(node.line, f"（{where}）补录里不能再套补录")
    declared = _declared(node, verb, procedure)
    name = text(node, "as", where, "") or text(item, "as", where, "") or (declared.code if declared else verb)
    if not _NAME.match(name):
        raise bad(item.line, f"（{where}）名称“{name}”不能含空格、点、斜杠和方括号；用 as 另起名称")
    return Raw(number, item, node, verb, name, declared.code if declared else "")


def _coded(node: Lined) -> Lined:
    """A step with its Chinese keys as codes: 送达 beside 文书 tells how that paper was served."""
    paper = "file" in node or "文书" in node
    return renamed(node, "step", {"送达": "served"} if paper else None)


def _verb(node: Lined, where: str) -> str:
    found = [verb for verb in VERBS if verb in node]
    if len(found) == 1:
        return found[0]
    close = [near(key, VERBS) for key in node if key not in COMMON and near(key, VERBS)]
    wrong = "没有写做了什么" + "".join(close[:1]) if not found else f"同时写了 {'、'.join(found)}"
    raise bad(node.line, f"（{where}）{wrong}；每一步写且只写其中一项：{'、'.join(VERBS)}")


def _declared(node: Lined, verb: str, procedure: str) -> Document | Fact | None:
    """The kind of document or fact that a step is about, if it is and there is one."""
    if verb == "file":
        return kind_of(node["file"], procedure)
    return fact_of(node["state"]) if verb == "state" else None


def step_of(raw: Raw, names: Names) -> Step:
    """The step. Raises BadScript naming the step and what to write instead."""
    try:
        return _step(raw, names)
    except BadScript as refused:
        where = f"（第 {raw.number} 步 {raw.verb}）"
        raise BadScript([p.replace("行：", f"行{where}：", 1) for p in refused.problems]) from refused


def _step(raw: Raw, names: Names) -> Step:
    node, outer = raw.node, raw.outer
    known, read = READ[raw.verb]
    late = node is not outer
    only(node, (raw.verb, *COMMON, *known, *(("reason", "scan") if late else ())), "这一步", KEYS["step"])
    at = _at(node)
    backfilled = None
    if late:
        only(outer, ("backfill", *COMMON), "补录这一步")
        backfilled = Backfilled(
            _at(outer), text(node, "reason", "补录", "据纸质材料补录"), text(node, "scan", "补录", "")
        )
    by = text(outer, "by", "这一步", "") or text(node, "by", "这一步", "")
    return Step(
        outer.line,
        at,
        _member(by, outer.lines.get("by", outer.line), names),
        raw.name,
        read(node, names),
        backfilled,
    )


def _at(node: Lined) -> Moment:
    if "at" not in node:
        raise bad(node.line, "缺少“at”：写发生的日期或时间，如 at: 2026-03-05 或 at: 2026-03-05 09:30")
    return parse(moment(node["at"], node.lines["at"], "at"))


def _member(key: str, line: int, names: Names) -> str:
    if key and key not in names.people:
        known = "、".join(names.people) or "（没有）"
        raise bad(line, f"“{key}”不在 people 中{near(key, names.people)}；现有：{known}")
    return key


def _open(node: Lined, names: Names) -> Open:
    given = node["open"]
    if given is True:
        return Open()
    inner = mapping(given, node.lines["open"], "open", "true")
    only(inner, ("case_no",), "open")
    return Open(text(inner, "case_no", "open", ""))


def _parts(node: Lined, verb: str, names: Names) -> dict[str, tuple[str, ...]]:
    inner = mapping(node[verb], node.lines[verb], verb, "{lead_officer: 甲, assist_officer: 乙}")
    only(inner, tuple(PARTS), verb)
    return {
        part: tuple(_member(key, inner.lines[part], names) for key in words(inner, part, verb))
        for part in inner
    }


def _assign(node: Lined, names: Names) -> Assign:
    return Assign(_parts(node, "assign", names), reason=text(node, "reason", "assign", ""))


def _leave(node: Lined, names: Names) -> Assign:
    return Assign(_parts(node, "leave", names), "leave", text(node, "reason", "leave"))


def _file(node: Lined, names: Names) -> File:
    kind = kind_of(node["file"], names.procedure)
    if kind is None:
        close = near(str(node["file"]), names_of_kinds())
        raise bad(node.lines["file"], f"没有文书种类“{node['file']}”{close}；种类见 docs/fields.md")
    given = mapping(
        node.get("values", Lined()), node.lines.get("values", node.line), "values", "{place: 某地}"
    )
    return File(
        kind=kind.code,
        values=values(kind.fields, given, names, f"《{kind.title}》"),
        title=text(node, "title", "这一步", ""),
        replaces=document(node["replaces"], node.lines["replaces"], names, "replaces")
        if "replaces" in node
        else "",
        signed=signings(node, kind, names),
        approved=approvals(node, kind, names),
        issued=issuing(node),
        served=services(node, "served", names),
        lacks=frozenset(aspect for aspect in ASPECTS if denied(node, aspect)),
    )


def _serve(node: Lined, names: Names) -> Serve:
    target = document(node["serve"], node.lines["serve"], names, "serve")
    return Serve(target, services(node, "", names)[0])


def _state(node: Lined, names: Names) -> State:
    fact = fact_of(node["state"])
    if fact is None:
        close = near(str(node["state"]), names_of_facts())
        raise bad(node.lines["state"], f"没有事实种类“{node['state']}”{close}；种类见 docs/fields.md")
    given = mapping(
        node.get("values", Lined()), node.lines.get("values", node.line), "values", "{on: 2026-03-05}"
    )
    about = (
        document(node["document"], node.lines["document"], names, "document") if "document" in node else ""
    )
    return State(
        fact.code,
        values(fact.fields, given, names, f"“{fact.label}”"),
        about,
        tuple(words(node, "proofs", "这一步")),
    )


def _record(node: Lined, names: Names) -> Record:
    inner = mapping(node["record"], node.lines["record"], "record", "{what: 现场检查录像, from: …, to: …}")
    known = ("what", "from", "to", "device", "document", "duty", "place", "file", "deposited", "late_reason")
    only(inner, known, "record")
    place = text(inner, "place", "record", "vault")
    if place not in ("vault", "device"):
        raise bad(inner.lines["place"], "place 写 vault（存入系统）或 device（存在本单位专用设备）")
    about = (
        document(inner["document"], inner.lines["document"], names, "document") if "document" in inner else ""
    )

    def when(key: str) -> Moment | None:
        return parse(moment(inner[key], inner.lines[key], key)) if key in inner else None

    return Record(
        what=text(inner, "what", "record"),
        starts=when("from"),
        ends=when("to"),
        device=text(inner, "device", "record", ""),
        document=about,
        duty=_duty(inner, about, names),
        place=place,
        file=text(inner, "file", "record", "generated"),
        deposited=when("deposited"),
        late_reason=text(inner, "late_reason", "record", ""),
    )


def _duty(node: Lined, about: str, names: Names) -> str:
    """The recording duty named, or the one that making the document begins."""
    if "duty" not in node:
        kind = names.steps[about].kind if about else ""
        return next((duty.code for duty in DUTIES.values() if kind and duty.document == kind), "")
    word = text(node, "duty", "record")
    found = next((duty.code for duty in DUTIES.values() if word in (duty.code, duty.step)), None)
    if found is None:
        listed = "、".join(duty.step for duty in DUTIES.values())
        raise bad(node.lines["duty"], f"没有记录要求“{word}”；可以写：{listed}")
    return found


def target(raw: Any, line: int, names: Names) -> str:
    """A reference to an earlier entry: a local name, perhaps with ``.issued``, ``.served[0]`` …"""
    found = _TARGET.match(raw) if isinstance(raw, str) else None
    if found is None or found["name"] not in names.steps:
        listed = "、".join(names.steps)
        raise bad(
            line,
            f"“{raw}”不是本脚本的步骤；写步骤名称，后面可加 .issued、.served[0]、.signed[0]、.approved[0]。"
            f"现有：{listed}",
        )
    return str(raw)


def _correct(node: Lined, names: Names) -> Correct:
    path = text(node, "path", "correct")
    if not path.startswith("/"):
        raise bad(
            node.lines["path"],
            f"path“{path}”以斜杠开头：改时间写 /at，改文书内容写 /values/字段名，如 /values/place",
        )
    if "value" not in node:
        raise bad(node.line, "缺少“value”：写改正后的内容")
    where = target(node["correct"], node.lines["correct"], names)
    value, line, reason = node["value"], node.lines["value"], text(node, "reason", "correct")
    if path == "/at":
        return Correct(where, path, moment(value, line, "value"), reason)
    if not path.startswith("/values/"):
        return Correct(where, path, value, reason)
    field = _field(where, path, names)
    if field is None:
        raise bad(node.lines["path"], f"“{where}”没有 {path} 这一项；写 /values/ 加字段代号")
    whole = path.count("/") == TO_FIELD
    return Correct(
        where, path, convert(field, value, line, names) if whole else value, reason, field if whole else None
    )


def _field(where: str, path: str, names: Names) -> Field | None:
    """The field of a document or fact that a path ``/values/<field>`` leads to."""
    told = names.steps[where.partition(".")[0]]
    declared: Document | Fact | None = DOCUMENTS.get(told.kind) or FACTS.get(told.kind)
    name = path.split("/")[TO_FIELD]
    return next((f for f in declared.fields if f.name == name), None) if declared else None


def _void(node: Lined, names: Names) -> Void:
    return Void(target(node["void"], node.lines["void"], names), text(node, "reason", "void"))


def _confirm(node: Lined, names: Names) -> Confirm:
    return Confirm(target(node["confirm"], node.lines["confirm"], names))


def _mark(node: Lined, names: Names) -> Mark:
    return Mark(
        text(node, "mark", "mark"),
        flag(node, "set", "mark", True),
        text(node, "reason", "mark"),
        text(node, "subject", "mark", ""),
    )


def _explain(node: Lined, names: Names) -> Explain:
    return Explain(
        text(node, "explain", "explain"), text(node, "text", "explain"), text(node, "subject", "explain", "")
    )


def _archive(node: Lined, names: Names) -> Archive:
    if node["archive"] is not True:
        raise bad(node.lines["archive"], "archive 只写 true")
    return Archive()


_SERVICE = ("method", "what", "to", *DETAILS)
READ: dict[str, tuple[tuple[str, ...], Callable[[Lined, Names], Verb]]] = {
    "open": ((), _open),
    "assign": (("reason",), _assign),
    "leave": (("reason",), _leave),
    "file": (("values", "title", "replaces", "signed", "approved", "issued", "served"), _file),
    "serve": (_SERVICE, _serve),
    "state": (("values", "document", "proofs"), _state),
    "record": ((), _record),
    "correct": (("path", "value", "reason"), _correct),
    "void": (("reason",), _void),
    "confirm": ((), _confirm),
    "mark": (("set", "reason", "subject"), _mark),
    "explain": (("text", "subject"), _explain),
    "archive": ((), _archive),
}
