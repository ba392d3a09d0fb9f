"""What a source is asked, what it answers, and the words in which an answer says where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from liuhen.casefile.moments import Moment, day, instant
from liuhen.casefile.state import CaseFile, Document, blank
from liuhen.compliance.answers import Context
from liuhen.measures.vocabulary import Document as Kind
from liuhen.measures.vocabulary import Fact as FactKind
from liuhen.measures.vocabulary import Field

SYSTEM_TIME = "系统时间"
SETTINGS = "本局设置"


@dataclass(frozen=True)
class Ask:
    """One field of a document or fact about to be made: of which case, when, by whom, what the form holds already."""

    kind: Kind | FactKind
    field: Field
    case: CaseFile
    ctx: Context
    actor: str
    known: Mapping[str, Any]

    def of_form(self, name: str) -> Any:
        """What the form holds in another field; None when that is not filled in."""
        value = self.known.get(name)
        return None if blank(value) or inapplicable(value) else value


@dataclass(frozen=True)
class Found:
    """A value and the words that say where it comes from; ``source`` when another source than the one asked gave it."""

    value: Any
    where: str
    source: str = ""


Source = Callable[[Ask], Found | None]


def inapplicable(value: object) -> bool:
    """Whether a value is the answer 不适用."""
    return isinstance(value, dict) and "not_applicable" in value


def usable(value: object) -> bool:
    """Whether a value says something that another paper can take over."""
    return not blank(value) and not inapplicable(value)


def given(value: object, where: str) -> Found | None:
    """The value with its origin; None when there is nothing to take over."""
    return Found(value, where) if usable(value) else None


def on_day(moment: Moment, ctx: Context) -> str:
    """A day as the origin shows it: 11月16日, with the year when it is not the running one."""
    on = day(moment)
    year = "" if on.year == ctx.today.year else f"{on.year}年"
    return f"{year}{on.month}月{on.day}日"


def from_document(document: Document, ask: Ask) -> str:
    """The origin of what a document says: 立案审批表，11月16日."""
    return f"{document.title}，{on_day(document.made_at, ask.ctx)}"


def latest_with(ask: Ask, kind: str, field: str) -> Document | None:
    """The last document of a kind in which a field is filled in."""
    found = [d for d in ask.case.of(kind) if usable(d.values.get(field))]
    return found[-1] if found else None


def stated(ask: Ask, code: str, field: str) -> Found | None:
    """What the last fact of a kind says."""
    found = [f for f in ask.case.happened(code) if usable(f.values.get(field))]
    if not found:
        return None
    return Found(
        found[-1].values[field], f"{ask.case.release.facts[code].label}，{on_day(found[-1].at, ask.ctx)}"
    )


def first(*found: Found | None) -> Found | None:
    """The first answer there is."""
    return next((one for one in found if one is not None), None)


def earliest(moments: list[Moment]) -> Moment | None:
    """The earliest of moments; None of none."""
    return min(moments, key=instant) if moments else None
