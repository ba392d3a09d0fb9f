"""``reveal``: the only view of a case that pages, papers for the screen and the API ever get (design, The rooms).

Deny by default: values of fields declared secret, and the numbers of identity papers and telephones within a party, are
replaced unless the eyes may see them: in documents, facts, corrections and the entries themselves.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any, cast

from liuhen.casefile.entries import Entry as CaseEntry
from liuhen.casefile.settle import settle
from liuhen.casefile.state import CaseFile, Document, blank
from liuhen.compliance.answers import Judgement
from liuhen.compliance.judge import context, judge
from liuhen.measures.facts import RECORDING_MOMENT
from liuhen.measures.vocabulary import Field
from liuhen.office.policy import Actor, NotPermitted, visible
from liuhen.records import clock, delegated, read
from liuhen.records.append import New, append_anyway
from liuhen.records.models import CaseRow, Draft

MASKED = "〔保密〕"
LEADERS = frozenset({"bureau_leader", "principal_leader"})
# Within a party or a person (domain/01).
PERSONAL = frozenset({"id_number", "phone"})


@dataclass(frozen=True)
class View:
    """A case as one pair of eyes sees it at a moment: state with secrets masked, judgement, entries, what is protected, and
    whose eyes: with the posts in which they act for somebody else here."""

    case: CaseFile
    entries: Sequence[CaseEntry]
    now: datetime
    known_at: datetime | None
    masked: bool
    eyes: Actor
    _judge: Callable[[], Judgement] = field(repr=False)

    @cached_property
    def judgement(self) -> Judgement:
        """What follows from the whole record, of which these eyes may see a part; made when a page asks for it."""
        return self._judge()

    @property
    def past(self) -> bool:
        """Whether this is the case as it stood at an earlier moment (回溯)."""
        return self.known_at is not None


def sees_secrets(actor: Actor, case: CaseFile, document: Document) -> bool:
    """Who sees a document's secret fields (domain §10): its author, the section's head, the main officer."""
    return _trusted(actor, case, {revision.actor for revision in document.revisions})


def _trusted(actor: Actor, case: CaseFile, authors: Collection[str]) -> bool:
    if actor.person in authors:
        return True
    if "section_head" in actor.roles and actor.section == case.section:
        return True
    return actor.person in case.holders("lead_officer")


def sees_personal(actor: Actor, case: CaseFile) -> bool:
    """Who sees numbers of identity papers and telephones (domain §10, 案件人员): who has or had a part, the section's
    head, who made a document or gave an opinion, and the leaders, whom every case may be put before."""
    if actor.roles & LEADERS or ("section_head" in actor.roles and actor.section == case.section):
        return True
    revisions = [r for d in case.documents.values() for r in d.revisions]
    made = {r.actor for r in revisions} | {o.actor for r in revisions for o in r.opinions}
    return actor.person in {a.person for a in case.assignments if a.taken} | made


def opens_draft(draft: Draft, case: CaseFile, eyes: Actor) -> bool:
    """Whether these eyes may have a draft open: it shows what stands in it, secret fields too."""
    kind, document = case.release.documents[draft.kind], case.documents.get(draft.document)
    authors = {draft.author} | ({r.actor for r in document.revisions} if document else set[str]())
    if not _trusted(eyes, case, authors) and any(
        not blank(draft.values.get(n)) for n in _secret(kind.fields)
    ):
        return False
    return sees_personal(eyes, case) or eyes.person == draft.author or not _personal(draft.values)


def _secret(fields: Iterable[Field]) -> set[str]:
    return {field.name for field in fields if field.secret}


def _personal(values: Mapping[str, Any]) -> bool:
    return any(_pruned(value, None) != value for value in values.values())


def _pruned(value: Any, stand_in: str | None) -> Any:
    """A value with the personal numbers within it replaced, or left out when there is no stand-in."""
    if isinstance(value, Mapping):
        table = cast("Mapping[str, Any]", value)
        hidden = {k for k, v in table.items() if k in PERSONAL and not blank(v)}
        kept = {k: _pruned(v, stand_in) for k, v in table.items() if k not in hidden}
        return kept | (dict.fromkeys(hidden, stand_in) if stand_in else {})
    if isinstance(value, (list, tuple)):
        return [_pruned(each, stand_in) for each in cast("Sequence[Any]", value)]
    return value


@dataclass(frozen=True)
class Mask:
    """What one pair of eyes does not see of a case, and what stands in its place; without a stand-in it is left out."""

    case: CaseFile
    eyes: Actor
    stand_in: str | None = MASKED

    def of_document(self, document: Document, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values of a text of a document as these eyes see them."""
        trusted = sees_secrets(self.eyes, self.case, document)
        return self._values(values, set() if trusted else _secret(document.declared.fields))

    def of_fact(self, code: str, actor: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values of a fact as these eyes see them; who stated it sees them."""
        seen = actor == self.eyes.person or sees_personal(self.eyes, self.case)
        secret = set[str]() if seen else _secret(self.case.release.facts[code].fields)
        return self._values(values, secret | self._of_film(code, values))

    def _of_film(self, code: str, values: Mapping[str, Any]) -> set[str]:
        """What is said of a film is as secret as the paper that it was made for."""
        film = self.case.recordings.get(str(values.get("recording"))) if code == RECORDING_MOMENT else None
        document = self.case.documents.get(film.document) if film else None
        if document is None or sees_secrets(self.eyes, self.case, document):
            return set()
        named = _secret(document.declared.fields)
        return {"text"} if any(not blank(document.values.get(name)) for name in named) else set()

    def _values(self, values: Mapping[str, Any], secret: set[str]) -> dict[str, Any]:
        personal = not sees_personal(self.eyes, self.case)
        shown = {
            n: _pruned(v, self.stand_in) if personal else v for n, v in values.items() if n not in secret
        }
        hidden = {n: self.stand_in for n in values if n in secret and self.stand_in}
        return {n: {**shown, **hidden}[n] for n in values if n in shown or n in hidden}

    def of_path(self, target: str, path: str, value: Any) -> Any:
        """A value that a correction names, as the field that it belongs to is seen."""
        steps = path.split("/")[1:]
        if len(steps) < 2 or steps[0] != "values":
            return value
        whole = {steps[1]: {steps[-1]: value} if len(steps) > 2 else value}
        for document in self.case.documents.values():
            if any(r.filed == target for r in document.revisions):
                return _leaf(self.of_document(document, whole), steps, self.stand_in)
        for fact in self.case.facts:
            if fact.entry == target:
                return _leaf(self.of_fact(fact.code, fact.actor, whole), steps, self.stand_in)
        return value

    def of_entry(self, entry: CaseEntry) -> CaseEntry:
        """An entry with its body as these eyes see it."""
        body = entry.body
        if body is None:
            return entry
        if entry.kind == "Filed" and body["document"] in self.case.documents:
            document = self.case.documents[body["document"]]
            return replace(entry, body={**body, "values": self.of_document(document, body["values"])})
        if entry.kind == "Happened":
            return replace(
                entry, body={**body, "values": self.of_fact(body["fact"], entry.actor, body["values"])}
            )
        if entry.kind == "Corrected":
            named = {
                n: self.of_path(body["entry"], body["path"], body[n]) for n in ("old", "value") if n in body
            }
            return replace(entry, body={**body, **named})
        return entry


def _leaf(shown: Mapping[str, Any], steps: Sequence[str], stand_in: str | None) -> Any:
    if steps[1] not in shown or shown[steps[1]] == stand_in:
        return stand_in
    inner = shown[steps[1]]
    return inner.get(steps[-1], stand_in) if len(steps) > 2 else inner


def reveal(case: CaseFile, eyes: Actor, stand_in: str | None = MASKED) -> tuple[CaseFile, bool]:
    """The case with what these eyes may not see replaced; whether anything was. The case given is not changed.

    Without a ``stand_in`` it is left out: what a form is filled in from.
    """
    mask = Mask(case, eyes, stand_in)
    shown = replace(
        case,
        documents={id_: _shown(document, mask) for id_, document in case.documents.items()},
        facts=[replace(f, values=mask.of_fact(f.code, f.actor, f.values)) for f in case.facts],
        corrections=[
            replace(
                c, old=mask.of_path(c.target, c.path, c.old), value=mask.of_path(c.target, c.path, c.value)
            )
            for c in case.corrections
        ],
    )
    masked = (shown.documents, shown.facts, shown.corrections) != (
        case.documents, case.facts, case.corrections,
    )  # fmt: skip
    return (shown, True) if masked else (case, False)


def _shown(document: Document, mask: Mask) -> Document:
    seen = [mask.of_document(document, revision.values) for revision in document.revisions]
    if seen == [revision.values for revision in document.revisions]:
        return document
    masked = copy.copy(document)
    masked.revisions = [copy.copy(revision) for revision in document.revisions]
    for revision, values in zip(masked.revisions, seen, strict=True):
        revision.values = values
    return masked


def look(case: str, eyes: Actor, known_at: datetime | None = None) -> View:
    """The case as these eyes see it now, or as it was known at ``known_at``. Raises NoSuchCase, NotPermitted.

    Who acts for another sees the cases in which that opinion is waited for, as the other would, while the delegation lasts.
    The judgement is made on the whole record; a finding names facts of the case, never a protected value.
    """
    row = CaseRow.objects.filter(case=case).first()
    if row is None:
        raise read.NoSuchCase("没有这个案件")
    if known_at is None:
        eyes = delegated.standing(eyes, row)
    if not visible(eyes, row.section, row.parts):
        raise NotPermitted("你没有查看这个案件的权限")
    entries = read.case_entries(case)
    now = known_at or clock.now()
    office = read.office_at(known_at) if known_at else read.office()
    whole = settle(entries, office, known_at, earlier=read.earlier(entries, office, known_at))
    shown, masked = reveal(whole, eyes)
    mask = Mask(whole, eyes)
    known = [mask.of_entry(e) for e in entries if known_at is None or e.recorded_at <= known_at]
    return View(shown, known, now, known_at, masked, eyes, lambda: judge(whole, context(now, office)))


def consulted(eyes: Actor, subject: str, what: str, reason: str = "") -> None:
    """Record in the access stream that protected content was read, printed, played or copied out (R33.1)."""
    body = {"subject": subject, "what": what}
    append_anyway("access", eyes.person, [New("Consulted", {**body, "reason": reason} if reason else body)])
