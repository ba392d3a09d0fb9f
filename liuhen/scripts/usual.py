"""The names that judgments and old files use for papers, facts, fields and keys of a script (usual_names.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from liuhen.measures import DOCUMENTS, FACTS
from liuhen.measures.vocabulary import Document, Fact, Field
from liuhen.scripts.yamltext import Lined, bad

NAMES: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("usual_names.toml").read_text(encoding="utf-8")
)
KEYS: dict[str, dict[str, str]] = NAMES["keys"]
LICENSING = "licensing"


def plain(word: str) -> str:
    """A name without 《》 and white space, brackets in one width."""
    bare = "".join(word.split()).strip("《》")
    return bare.replace("(", "（").replace(")", "）")


def _turned(table: dict[str, list[str]]) -> dict[str, str]:
    return {plain(word): code for code, words in table.items() for word in words}


_KINDS, _IN_LICENSING, _FACTS = (_turned(NAMES[t]) for t in ("kinds", "kinds_in_licensing", "facts"))


def _fillable() -> dict[str, Document]:
    """The kinds that are filled in by someone: those printed from entries are not told as papers."""
    return {k.code: k for k in DOCUMENTS.values() if k.filled}


def kind_of(word: Any, procedure: str = "") -> Document | None:
    """The kind of document that a code, a title or a usual name means; in licensing its own papers come first."""
    if not isinstance(word, str) or not word.strip():
        return None
    name, kinds = plain(word), _fillable()
    titles = {plain(t): k.code for k in kinds.values() for t in (k.alias, k.title) if t}
    licensing = procedure == LICENSING
    own = _IN_LICENSING.get(name, "") if licensing else ""
    if not licensing and titles.get(name) in _IN_LICENSING.values():
        own = _KINDS.get(name, "")
    code = own or (name if name in kinds else "") or titles.get(name, "") or _KINDS.get(name, "")
    return kinds.get(code)


def fact_of(word: Any) -> Fact | None:
    """The kind of fact that a code, a label or a usual name means."""
    if not isinstance(word, str) or not word.strip():
        return None
    name = plain(word)
    labels = {plain(f.label): f for f in FACTS.values()}
    return FACTS.get(name) or labels.get(name) or (FACTS[_FACTS[name]] if name in _FACTS else None)


def names_of_kinds() -> list[str]:
    """Every name of a kind of document, for suggestions."""
    kinds = _fillable()
    return [*kinds, *(t for k in kinds.values() for t in (k.title, k.alias) if t), *_KINDS]


def names_of_facts() -> list[str]:
    """Every name of a kind of fact, for suggestions."""
    return [*FACTS, *(f.label for f in FACTS.values()), *_FACTS]


def usual_names(code: str) -> list[str]:
    """The usual names of a kind of document or fact, for the reference page."""
    own = {plain(t) for k in (DOCUMENTS.get(code),) if k for t in (k.title, k.alias)}
    tables = (NAMES["kinds"], NAMES["kinds_in_licensing"], NAMES["facts"])
    return [word for table in tables for word in table.get(code, []) if plain(word) not in own]


def field_of(fields: Iterable[Field], key: str) -> Field | None:
    """The field that a code, a label or a usual name means among the fields of a kind."""
    found = {f.name: f for f in fields}
    label = next((f for f in found.values() if f.label == key), None)
    usual = next((found[name] for name in NAMES["fields"].get(key, ()) if name in found), None)
    return found.get(key) or label or usual


def renamed(node: Lined, place: str, more: dict[str, str] | None = None) -> Lined:
    """The mapping with its Chinese keys as codes. Raises BadScript when one thing is told twice."""
    table = {**KEYS.get(place, {}), **(more or {})}
    found = Lined()
    found.line, found.lines = node.line, {}
    for key, value in node.items():
        code = table.get(key, key)
        if code in found:
            raise bad(node.lines[key], f"“{key}”就是“{code}”，写了两次，只留一个")
        found[code] = value
        found.lines[code] = node.lines[key]
    return found
