"""Reads a case script: ``load`` returns it, or refuses what it does not understand, all problems at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from liuhen.measures import PROCEDURES
from liuhen.measures.vocabulary import ROLE_NAMES
from liuhen.scripts.shape import Expected, Member, Script, Setting, Step
from liuhen.scripts.steps import Raw, raw_of, step_of
from liuhen.scripts.usual import KEYS, fact_of, kind_of, names_of_facts, names_of_kinds, renamed
from liuhen.scripts.values import Names, Told, day, party
from liuhen.scripts.yamltext import BadScript, Lined, bad, flag, mapping, near, only, read, text, words

HEAD = (
    "id", "title", "procedure", "section", "case_no", "bureau", "from", "source", "moved", "ours", "today",
    "closed",
    "people", "party", "absent", "settings", "steps", "expect",
)  # fmt: skip
__all__ = ["BadScript", "Script", "Step", "load", "read_script"]

T = TypeVar("T")


def load(path: str | Path) -> Script:
    """Read a script file, and the one of the case that it comes from when it lies beside. Raises BadScript with every problem; OSError when it cannot be opened."""
    where = Path(path)
    try:
        written = where.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise bad(1, "文件不是 UTF-8 编码，请另存为 UTF-8 纯文本") from error
    script = read_script(written, str(where))
    before = where.parent / f"{script.origin}.yaml"
    if not script.origin or not before.is_file() or before == where:
        return script
    return replace(script, earlier=load(before))


def read_script(written: str, path: str = "") -> Script:
    """The script that a text is. Raises BadScript with every problem found."""
    node = renamed(read(written), "head")
    only(node, HEAD, "脚本", KEYS["head"])
    problems: list[str] = []
    people = _collect(problems, lambda: _people(problems, node)) or {}
    told = _collect(problems, lambda: _party(node)) or {}
    head = _collect(problems, lambda: _head(node, path))
    procedure = head.procedure if head else ""
    raws = _raws(problems, _collect(problems, lambda: _items(node)) or [], procedure)
    names = Names(people, told, {raw.name: Told(raw.verb, raw.kind) for raw in raws}, procedure)
    steps = [_collect(problems, lambda r=raw: step_of(r, names)) for raw in raws]
    if problems or head is None:
        raise BadScript(problems)
    return replace(head, people=people, party=told, steps=tuple(steps))


def _collect(problems: list[str], make: Callable[[], T]) -> T | None:
    """What ``make`` returns; None and its problems kept when it refuses."""
    try:
        return make()
    except BadScript as refused:
        problems += refused.problems
        return None


def _head(node: Lined, path: str) -> Script:
    procedure = text(node, "procedure", "脚本", "penalty_ordinary")
    by_name = {one.name: code for code, one in PROCEDURES.items()}
    procedure = by_name.get(procedure, procedure)
    if procedure not in PROCEDURES:
        listed = "、".join(f"{code}（{one.name}）" for code, one in PROCEDURES.items())
        raise bad(node.lines["procedure"], f"没有程序“{procedure}”；procedure 写：{listed}")
    return Script(
        path=path,
        id=text(node, "id", "脚本"),
        title=text(node, "title", "脚本"),
        procedure=procedure,
        section=text(node, "section", "脚本", "承办科室"),
        case_no=text(node, "case_no", "脚本", ""),
        origin=text(node, "from", "脚本", ""),
        bureau=text(node, "bureau", "脚本", ""),
        source=text(node, "source", "脚本", ""),
        moved=text(node, "moved", "脚本", ""),
        ours=tuple(words(node, "ours", "脚本")),
        today=date.fromisoformat(day(node["today"], node.lines["today"], "today"))
        if "today" in node
        else None,
        closed=flag(node, "closed", "脚本", False),
        absent=_absent(node, procedure),
        settings=tuple(_settings(node)),
        expect=tuple(_expect(node)),
    )


def _people(problems: list[str], node: Lined) -> dict[str, Member]:
    if "people" not in node:
        return {}
    sample = "甲: {name: 执法人员甲, roles: [officer]}"
    people = mapping(node["people"], node.lines["people"], "people", sample)
    found: dict[str, Member] = {}
    for key, raw in people.items():
        line = people.lines[key]
        if isinstance(raw, str) and raw.strip():
            found |= {key: Member(key, raw.strip())}
            continue
        member = _collect(
            problems,
            lambda k=key, r=raw, n=line: _member(
                k, renamed(mapping(r, n, f"people 的“{k}”", sample), "person")
            ),
        )
        found |= {key: member or Member(key, key)}
    return found


def _member(key: str, node: Lined) -> Member:
    where = f"people 的“{key}”"
    only(node, ("name", "roles", "certificate", "valid", "section"), where)
    codes = {name: code for code, name in ROLE_NAMES.items()}
    roles = [codes.get(role, role) for role in words(node, "roles", where)]
    for role in roles:
        if role not in ROLE_NAMES:
            listed = "、".join(f"{code}（{name}）" for code, name in ROLE_NAMES.items())
            raise bad(
                node.lines["roles"], f"{where}没有岗位“{role}”{near(role, ROLE_NAMES)}；可以写：{listed}"
            )
    valid = words(node, "valid", where)
    if valid and len(valid) != 2:
        raise bad(node.lines["valid"], f"{where}的 valid 写起止两天，如 [2024-01-01, 2028-12-31]")
    span = [date.fromisoformat(day(v, node.lines["valid"], "执法证有效期")) for v in valid]
    return Member(
        key=key,
        name=text(node, "name", where),
        roles=tuple(roles),
        certificate=text(node, "certificate", where, ""),
        valid=(span[0], span[1]) if span else None,
        section=text(node, "section", where, ""),
    )


def _party(node: Lined) -> dict[str, Any]:
    return party(node["party"], node.lines["party"]) if "party" in node else {}


def _absent(node: Lined, procedure: str) -> frozenset[str]:
    found: set[str] = set()
    for word in words(node, "absent", "脚本"):
        kind = kind_of(word, procedure) or fact_of(word)
        if kind is None:
            close = near(word, [*names_of_kinds(), *names_of_facts()])
            raise bad(node.lines["absent"], f"absent 写文书种类或者事实种类，没有“{word}”{close}")
        found.add(kind.code)
    return frozenset(found)


def _settings(node: Lined) -> Iterable[Setting]:
    for item in _list(node, "settings"):
        part = mapping(
            item, node.lines["settings"], "settings 的一项", "{name: …, value: …, from: 2020-01-01, basis: …}"
        )
        only(part, ("name", "value", "from", "basis"), "settings 的一项")
        since = day(part.get("from"), part.line, "施行日期 from")
        if "value" not in part:
            raise bad(part.line, "settings 的一项缺少“value”")
        yield Setting(
            text(part, "name", "settings 的一项"),
            part["value"],
            date.fromisoformat(since),
            text(part, "basis", "settings 的一项", ""),
        )


def _expect(node: Lined) -> Iterable[Expected]:
    for item in _list(node, "expect"):
        if isinstance(item, str):
            yield Expected(item)
            continue
        part = renamed(
            mapping(item, node.lines["expect"], "expect 的一项", "{code: R15.1, severity: stop}"), "expect"
        )
        only(part, ("code", "severity"), "expect 的一项")
        severity = text(part, "severity", "expect 的一项", "")
        if severity not in ("", "stop", "flag"):
            raise bad(part.lines["severity"], "severity 写 stop（阻止）或 flag（提示）")
        yield Expected(text(part, "code", "expect 的一项"), severity)


def _list(node: Lined, key: str) -> list[Any]:
    found = node.get(key, [])
    if not isinstance(found, list):
        raise bad(node.lines[key], f"“{key}”应是清单，每项以“- ”开头")
    return found


def _items(node: Lined) -> list[Lined]:
    if "steps" not in node:
        raise bad(1, "脚本缺少“steps”：至少写一步，如 - {at: 2026-03-05, file: case_source_form}")
    items = _list(node, "steps")
    if not items:
        raise bad(node.lines["steps"], "steps 里至少写一步")
    return [
        mapping(i, node.lines["steps"], "steps 的一步", "{at: 2026-03-05, file: case_source_form}")
        for i in items
    ]


def _raws(problems: list[str], items: list[Lined], procedure: str) -> list[Raw]:
    """The steps with their verb and local name; two documents of one name are a problem."""
    found: list[Raw] = []
    for number, item in enumerate(items, 1):
        raw = _collect(problems, lambda i=item, n=number: raw_of(i, n, procedure))
        if raw is None:
            continue
        same = next((f for f in found if f.name == raw.name and "file" in (f.verb, raw.verb)), None)
        if same is not None:
            problems.append(
                f"第 {item.line} 行（第 {number} 步）：名称“{raw.name}”与第 {same.number} 步相同；"
                f"给这一步另起名称，如 as: {raw.name}二"
            )
        found.append(raw)
    return found
