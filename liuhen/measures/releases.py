"""The releases of the Measures: the one that this program declares, and the earlier ones as they were frozen (R36.1).

An earlier release is read from the JSON that :mod:`liuhen.measures.release` wrote when it was current, kept in
``data/releases/<name>.json``. A case is judged by the release that its ``Opened`` names.
"""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from liuhen.measures import DOCUMENTS, DUTIES, FACTS, LIMITS, PROCEDURES, REQUIREMENTS
from liuhen.measures.procedures import ANYWHERE, SERVING
from liuhen.measures.release import RELEASE, digest, digest_of
from liuhen.measures.vocabulary import Document, Duty, Fact, Limit, Procedure, Requirement

FOLDER = Path(__file__).with_name("data") / "releases"
T = TypeVar("T")


class UnknownRelease(LookupError):
    """A release that this program neither declares nor keeps: nothing is judged by a guess."""


@dataclass(frozen=True)
class Release:
    """What one release of the Measures declares."""

    name: str
    documents: Mapping[str, Document]
    facts: Mapping[str, Fact]
    requirements: Mapping[str, Requirement]
    limits: Mapping[str, Limit]
    procedures: Mapping[str, Procedure]
    duties: Mapping[str, Duty]

    def offered(self, procedure: str) -> list[Document]:
        """The kinds of document that may be made in a case of a procedure: what its steps make, what it names besides, and
        what serves any case. In a procedure that nobody declared, whatever is filled in within a case."""
        declared = self.procedures.get(procedure)
        kinds = [kind for kind in self.documents.values() if kind.filled]
        if declared is None:
            return kinds
        return [kind for kind in kinds if kind.code in {*_led_to(declared, "file"), *declared.also, *SERVING}]

    def stated(self, procedure: str) -> list[Fact]:
        """The facts that may be stated in a case of a procedure: what its steps and it name, what may happen in any
        (ANYWHERE), and what no procedure names."""
        if procedure not in self.procedures:
            return list(self.facts.values())
        named = {code: {*_led_to(one, "state"), *one.facts} for code, one in self.procedures.items()}
        elsewhere = set[str]().union(*named.values()) - named[procedure] - {*ANYWHERE}
        return [fact for fact in self.facts.values() if fact.code not in elsewhere]


def _led_to(procedure: Procedure, verb: str) -> set[str]:
    """What the steps of a procedure make (``file``) or have stated (``state``)."""
    return {what for step in procedure.steps for does, _, what in [step.does.partition(":")] if does == verb}


CURRENT = Release(RELEASE, DOCUMENTS, FACTS, REQUIREMENTS, LIMITS, PROCEDURES, DUTIES)


def release(name: str) -> Release:
    """The release of a name, the current one for an empty name (an outside source). Raises UnknownRelease."""
    return CURRENT if name in ("", RELEASE) else _kept(FOLDER / f"{name}.json", name)


def names() -> list[str]:
    """The releases that this program can judge by, the current one first, then the kept ones, newest first."""
    kept = sorted((path.stem for path in FOLDER.glob("*.json")), reverse=True)
    return [RELEASE, *(name for name in kept if name != RELEASE)]


def digest_named(name: str) -> str:
    """The digest of a release, as a ``Released`` entry names it. Raises UnknownRelease."""
    if name == RELEASE:
        return digest()
    return digest_of(_stored(FOLDER / f"{name}.json", name))


def _stored(path: Path, name: str) -> dict[str, Any]:
    if path.parent != FOLDER or not path.is_file():
        raise UnknownRelease(f"没有办法版本“{name}”的内容，不能据以对照")
    return json.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=8)
def _kept(path: Path, name: str) -> Release:
    stored = _stored(path, name)
    return Release(
        name,
        _table(Document, stored["documents"]),
        _table(Fact, stored["facts"]),
        _table(Requirement, stored["requirements"]),
        _table(Limit, stored["limits"]),
        _table(Procedure, stored["procedures"]),
        _table(Duty, stored["duties"]),
    )


def _table(kind: type[T], stored: Mapping[str, Any]) -> dict[str, T]:
    return {code: declared(kind, value) for code, value in stored.items()}


def declared(kind: type[T], value: Any) -> T:
    """A declaration out of its JSON, the inverse of ``release.plain``: what is left out has its default. Raises KeyError or
    TypeError for JSON that is none."""
    return cast("T", _read(kind, value))


def _read(kind: Any, value: Any) -> Any:
    """A value of a declared type, out of JSON."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return None if value is None else _read(next(i for i in inner if i is not type(None)), value)
    if origin is tuple:
        each = inner[:1] * len(value) if inner[-1] is Ellipsis else inner
        return tuple(_read(one, part) for one, part in zip(each, value, strict=True))
    if origin is Literal or kind in (str, int, bool):
        return value
    if kind is date:
        return date.fromisoformat(value)
    hints = get_type_hints(kind)
    known = {field.name for field in fields(kind)}
    return kind(**{name: _read(hints[name], part) for name, part in value.items() if name in known})
