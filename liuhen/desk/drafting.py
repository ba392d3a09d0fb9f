"""A draft as its page shows it: the form, the paper beside it, what still stands in the way, who else is at it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.cache import cache
from django.http import QueryDict

from liuhen.acts import phrases
from liuhen.acts.documents import finalise_preflight, recorded_values
from liuhen.acts.finishing import bureau_name, printed_titles
from liuhen.acts.fitness import unfit
from liuhen.acts.situation import Invalid
from liuhen.acts.sketches import pictures
from liuhen.acts.soundness import unsound
from liuhen.casefile.moments import ZONE, day, instant, parse
from liuhen.casefile.state import CaseFile, blank
from liuhen.casefile.values import Problem, problems
from liuhen.compliance.answers import Finding
from liuhen.desk.fields import Group, Offers, Prefill, groups
from liuhen.desk.fields import parse as parse_fields
from liuhen.measures.vocabulary import Document as Kind
from liuhen.measures.vocabulary import Field
from liuhen.office.policy import Actor
from liuhen.papers import PaperContext, PaperError, preview, showing
from liuhen.records import clock
from liuhen.records.models import CaseRow, Draft
from liuhen.records.read import release_of

OWN_ELSEWHERE = "你在另一个窗口"
KEPT = 120  # seconds for which the pictures of a draft's pages are kept
# A choice in such a field says what other fields are about.
STEERING = frozenset({"document", "party", "enum", "bool", "penalties", "person", "date"})


@dataclass(frozen=True)
class Checks:
    """What stands in the way of making a draft final: fields to fill in, rules that say no; and what would be found of it."""

    problems: tuple[Problem, ...] = ()
    findings: tuple[Finding, ...] = ()
    flags: tuple[Finding, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.problems or self.findings)


@dataclass(frozen=True)
class Counts:
    """23 项中 14 项已由本案带入，7 项已填，2 项未填。"""

    all: int
    carried: int
    typed: int
    wanting: int


@dataclass(frozen=True)
class Clash:
    """A field that somebody else changed meanwhile: who, when, what stands there now."""

    name: str
    label: str
    by: str
    at: str
    theirs: str = ""


def kind_of(draft: Draft) -> Kind:
    """The declaration of a draft's kind, in the release under which its case began."""
    return release_of(draft.case).documents[draft.kind]


def title_of(draft: Draft) -> str:
    """The title under which it will be printed."""
    return draft.title or kind_of(draft).title


def form_of(
    draft: Draft,
    offers: Offers,
    values: Mapping[str, Any],
    messages: Mapping[str, str],
    more: str,
    quotes: Sequence[str] = (),
) -> list[Group]:
    """The fieldsets of a draft with these values; ``quotes`` are offered like phrases where text is written."""
    kind = quoting(phrases.offered(kind_of(draft), _section(draft)), quotes)
    sources = {name: Prefill(s.get("value"), s.get("where", "")) for name, s in draft.sources.items()}
    wanting = {p.field for p in problems(kind.fields, recorded_values(kind, values))}
    return groups(
        kind, values, offers=offers, sources=sources, messages=messages, wanting=wanting, more_rows=more
    )


def quoting(kind: Kind, quotes: Sequence[str]) -> Kind:
    """The kind with these wordings after those of each of its longer texts."""
    fields = (replace(f, phrases=(*f.phrases, *quotes)) if f.type == "longtext" else f for f in kind.fields)
    return replace(kind, fields=tuple(fields)) if quotes else kind


def _section(draft: Draft) -> str:
    return CaseRow.objects.filter(case=draft.case).values_list("section", flat=True).first() or ""


def values_sent(
    draft: Draft, data: QueryDict, offers: Offers, only: Iterable[str] | None = None
) -> dict[str, Any]:
    """The draft's values with those that a form sends; ``only`` these fields count, the others stay as saved."""
    kind = kind_of(draft)
    names = {f.name for f in kind.fields} if only is None else set(only)
    asked = [f for f in kind.fields if f.name in names]
    kept = {name: value for name, value in draft.values.items() if name not in names}
    return {**kept, **parse_fields(asked, data, offers, draft.values)}


def without_row(data: QueryDict, action: str) -> QueryDict:
    """What a form sends without the row that ``remove:<field>:<n>`` takes away."""
    verb, _, rest = action.partition(":")
    if verb != "remove":
        return data
    name, _, index = rest.partition(":")
    kept = data.copy()
    for key in [k for k in kept if k.startswith(f"{name}.{index}.")]:
        del kept[key]
    return kept


def counts(draft: Draft) -> Counts:
    """How much of a draft nobody had to type, how much somebody did, how much is wanting."""
    kind = kind_of(draft)
    filled = {f.name for f in kind.fields if not blank(draft.values.get(f.name))}
    carried = {n for n in filled if n in draft.sources and draft.sources[n].get("value") == draft.values[n]}
    wanting = {p.field for p in problems(kind.fields, recorded_values(kind, draft.values)) if p.missing}
    return Counts(len(kind.fields), len(carried), len(filled - carried), len(wanting))


def checks(draft: Draft, actor: Actor) -> Checks:
    """Everything that stands in the way of making the draft final, and would be found of it, at once (desk principle 6)."""
    kind = kind_of(draft)
    wrong = tuple(problems(kind.fields, recorded_values(kind, draft.values)))
    try:
        ahead = finalise_preflight(draft.document, actor)
    except Invalid as error:
        return Checks(tuple(dict.fromkeys((*wrong, *error.problems))))
    return Checks(wrong, tuple(f for f in ahead.stops if not f.fields), ahead.flags)


def wrong_now(draft: Draft) -> dict[str, str]:
    """What is filled in and cannot stand, by field: told where it is as soon as it is saved."""
    kind = kind_of(draft)
    values = recorded_values(kind, draft.values)
    malformed = [p for p in problems(kind.fields, values) if not p.missing]
    found = [*malformed, *unsound(kind, values, clock.now()), *unfit(kind, values)]
    return {p.field: p.message for p in reversed(found)}


def _elsewhere(edit: Mapping[str, Any], actor: Actor, window: str) -> str:
    """Who made an edit, when it was not this person in this window; empty when it was."""
    if edit["by"] != actor.name:
        return str(edit["by"])
    return "" if edit.get("window", "") == window else OWN_ELSEWHERE


def edited_since(draft: Draft, version: int, actor: Actor, window: str = "") -> list[Clash]:
    """The fields that were changed after ``version`` by somebody else, or by the same person in another window."""
    labels = {f.name: f.label for f in kind_of(draft).fields}
    return [
        Clash(str(name), labels.get(name) or str(name), by, local_clock(str(edit["at"])))
        for name, edit in draft.edits.items()
        if int(edit.get("version", 0)) > version and (by := _elsewhere(edit, actor, window))
    ]


def last_by_others(draft: Draft, actor: Actor) -> str:
    """乙 10:58 改过“结束时间”; empty when nobody else touched the draft."""
    others = [(e["at"], name, e["by"]) for name, e in draft.edits.items() if e["by"] != actor.name]
    if not others:
        return ""
    at, name, by = max(others)
    label = next((f.label for f in kind_of(draft).fields if f.name == name), name)
    return f"{by} {local_clock(at)} 改过“{label}”"


def local_clock(at: str) -> str:
    """10:58 of today's, 11月20日 10:58 of another day's moment."""
    local = instant(parse(at)).astimezone(ZONE)
    today = "" if local.date() == day(clock.now()) else f"{local.month}月{local.day}日 "
    return f"{today}{local:%H:%M}"


def steers(kind: Kind, names: Iterable[str]) -> bool:
    """Whether a change of these fields may answer others."""
    changed = set(names)
    return any(f.type in STEERING or f.name == "violation" for f in kind.fields if f.name in changed)


def printable(kind: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that can be drawn, in recorded form; a row or value that cannot is left out and shows as a gap."""
    recorded = recorded_values(kind, values)
    drawn = {f.name: _drawable(f, recorded[f.name]) for f in kind.fields if f.name in recorded}
    return {name: value for name, value in drawn.items() if not blank(value)}


def _drawable(field: Field, value: Any) -> Any:
    if _draws(field, value):
        return value
    if isinstance(value, list):
        return [row for row in value if _draws(field, [row])]
    return None


def _draws(field: Field, value: Any) -> bool:
    try:
        showing.cells(_single(field), {field.name: value}, PaperContext(bureau=""), draft=True)
    except (ValueError, TypeError, KeyError, AttributeError):
        return False
    return True


def _single(field: Field) -> Kind:
    return Kind(
        code="", title="", cites=(), requirement="", facing="I", stage="", layout="form", fields=(field,)
    )


def paper_of(draft: Draft, case: CaseFile) -> PaperContext:
    """What is printed on a draft besides its values."""
    on = day(clock.now())
    return PaperContext(
        bureau=bureau_name(case.office, on),
        authority_code=str(case.office.setting("bureau_code", on, "大金普发改")),
        document=draft.document,
        revision=draft.revision,
        documents=printed_titles(case),
        pictures=pictures(kind_of(draft), draft.values),
        title=draft.title,
    )


def pages(draft: Draft, case: CaseFile, mark: str = "") -> list[bytes]:
    """The draft's pages as they would print, PNG, gaps marked; ``mark`` shades a field. Raises PaperError."""
    key = f"draft:{draft.document}:{draft.version}:{mark}"
    found: list[bytes] | None = cache.get(key)
    if found is None:
        kind = kind_of(draft)
        found = preview(kind, printable(kind, draft.values), paper_of(draft, case), highlight=mark)
        cache.set(key, found, KEPT)
    return found


def page_count(draft: Draft, case: CaseFile, mark: str = "") -> tuple[int, str]:
    """How many pages the draft has, and why none when it cannot be drawn."""
    if kind_of(draft).layout == "received":
        return 0, "这是收到的材料，原件就是纸面，没有打印样式。"
    try:
        return len(pages(draft, case, mark)), ""
    except PaperError as error:
        return 0, str(error)
