"""Nothing typed twice: what a new document or fact already knows, and where from (desk principle 3).

``Field.source`` names the sources in order, ``a|b|c``; the first that answers in a shape that the field can hold wins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, cast

from liuhen.casefile.moments import instant, parse
from liuhen.casefile.state import CaseFile, Revision, blank
from liuhen.casefile.values import out_of_place
from liuhen.compliance.answers import Context
from liuhen.compliance.comparing import normal
from liuhen.compliance.sources import (
    of_case,
    of_documents,
    of_matter,
    of_office,
    of_service,
    of_texts,
    of_violation,
)
from liuhen.compliance.sources.ask import Ask, Found, Source, given, inapplicable
from liuhen.compliance.sources.closing import closing
from liuhen.compliance.sources.fit import fit
from liuhen.compliance.sources.interviewing import INTERVIEWING
from liuhen.compliance.sources.wanted import wanted
from liuhen.measures.sources import parts
from liuhen.measures.vocabulary import Document, Fact, Field

USUAL = "通常填法"
DEFAULT = "default"
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Prefilled:
    """A value for a field, the words shown under it (``立案审批表，11月16日``), and the source that gave it: a name of
    :mod:`liuhen.measures.sources`, or ``default`` for the usual value of the declaration."""

    value: Any
    where: str
    from_: str


_HEADS: dict[str, Callable[[Ask, str], Found | None]] = {
    "now": lambda ask, _: of_office.now(ask),
    "today": lambda ask, _: of_office.today(ask),
    "actor": of_office.actor,
    "bureau": of_office.bureau,
    "setting": of_office.of_setting,
    "rule": of_office.rule,
    "limit": of_office.of_limit,
    "case": of_case.of_case,
    "violation": of_violation.violation,
    "matter": of_matter.of_matter,
    "text": of_texts.text,
    "service": of_service.service,
    "document": of_documents.reference,
    "points": of_documents.points,
    "files": of_documents.digest,
}


def prefill(
    kind: Document | Fact, case: CaseFile, ctx: Context, actor: str, *, known: Mapping[str, Any] = _NOTHING
) -> dict[str, Prefilled]:
    """The fields of a new paper of ``kind`` that need no typing, in form shape (times as Shanghai wall time).

    ``known`` is what the form holds: its fields are left alone, and what they say (the document served, the violation
    chosen, the penalties proposed) steers the rest. A field that nothing answers is absent.
    """
    typed = {name: value for name, value in known.items() if not blank(value)}
    found: dict[str, Prefilled] = {}
    for field in kind.fields:
        if field.name in typed:
            continue
        held = {**{name: one.value for name, one in found.items()}, **typed}
        answer = _field(Ask(kind, field, case, ctx, actor, held))
        if answer is not None:
            found[field.name] = answer
    return found


def standing(
    kind: Document | Fact, case: CaseFile, ctx: Context, actor: str, told: Mapping[str, Any]
) -> dict[str, Prefilled]:
    """Which of the values ``told`` nobody has to type: going down the form, what stands there by what is above it. What
    rules judge is looked at when the whole form is filled in. The values are as they were told."""
    known = {name: value for name, value in told.items() if not blank(value)}
    above: dict[str, Any] = {}
    found: dict[str, Prefilled] = {}
    for field in kind.fields:
        judged = field.source.startswith("rule.")
        stands = _field(Ask(kind, field, case, ctx, actor, {**known, **above} if judged else above))
        if field.name in known:
            above[field.name] = known[field.name]
            if stands is not None and _same(field, known[field.name], stands.value):
                found[field.name] = replace(stands, value=known[field.name])
        elif stands is not None:
            above[field.name] = stands.value
    return found


def _same(field: Field, told: Any, stands: Any) -> bool:
    """Whether a form that shows ``stands`` says what was told: a provision in any spelling, a moment in any zone, a person
    with no less than was told."""
    if field.type == "basis":
        return normal(field, told) == normal(field, stands)
    if isinstance(told, str) and isinstance(stands, str):
        if field.type == "datetime":
            return _instant(told) == _instant(stands)
        return told.strip() == stands.strip()
    if field.type == "person" and isinstance(told, Mapping) and isinstance(stands, Mapping):
        return cast("Mapping[str, Any]", told).items() <= cast("Mapping[str, Any]", stands).items()
    return told == stands


def _instant(written: str) -> object:
    try:
        return instant(parse(written))
    except ValueError:
        return written


def _field(ask: Ask) -> Prefilled | None:
    """The first answer that fits: what the kind has of its own, the approved paper, what the next step wants, the declared
    sources, an earlier paper, the usual value; none where another field says that there is nothing to fill in."""
    if out_of_place(ask.field, ask.known):
        return None
    own = INTERVIEWING.get((ask.kind.code, ask.field.name))
    if own is not None:
        return _fitted(ask.field, own(ask), "")
    tries: list[tuple[str, Source]] = [("", closing), ("", of_documents.approved), ("", wanted)]
    tries += [(part, _asking(part)) for part in parts(ask.field.source)]
    tries += [("", of_documents.nth), ("", of_documents.carried), (DEFAULT, _usual)]
    return next((made for name, source in tries if (made := _fitted(ask.field, source(ask), name))), None)


def _asking(part: str) -> Source:
    return lambda ask: answer(ask, part)


def _usual(ask: Ask) -> Found | None:
    """The value that the declaration calls usual."""
    field = ask.field
    value = {"true": True, "false": False}.get(field.default) if field.type == "bool" else field.default
    return given(value, USUAL)


def answer(ask: Ask, part: str) -> Found | None:
    """What one source (``docket_approval.cause``) answers. Raises KeyError for a source outside the grammar."""
    head, _, tail = part.partition(".")
    if head in _HEADS:
        return _HEADS[head](ask, tail)
    if head not in ask.case.release.documents and head not in ask.case.release.facts:
        raise KeyError(part)
    return of_documents.of_field(ask, head, tail)


def _fitted(field: Field, found: Found | None, name: str) -> Prefilled | None:
    if found is None:
        return None
    value = found.value if inapplicable(found.value) else fit(field, found.value)
    return None if blank(value) else Prefilled(value, found.where, found.source or name)


def share(case: CaseFile) -> tuple[int, int]:
    """How many filled-in fields of the case's finished documents nobody typed, and how many somebody did.

    Counted over the current text of every document made here; papers entered afterwards from paper do not count.
    """
    shares = [
        share_of(d.current) for d in case.documents.values() if not d.voided and d.current.origin == "made"
    ]
    return sum(prefilled for prefilled, _ in shares), sum(typed for _, typed in shares)


def share_of(revision: Revision) -> tuple[int, int]:
    """The same of one text."""
    filled = [name for name, value in revision.values.items() if not blank(value)]
    prefilled = [name for name in filled if revision.sources.get(name)]
    return len(prefilled), len(filled) - len(prefilled)
