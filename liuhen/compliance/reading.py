"""Reading what a document says: moments and spans, the people it names, what it answers to. Shared by the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from liuhen.casefile.moments import Moment, before, day, parse
from liuhen.casefile.office import Office
from liuhen.casefile.state import CaseFile, Document, Values, standing

# The field that says when the act of an evidence document took place, whatever day its paper bears.
_ACT_FIELDS = ("started_at", "held_at", "taken_at", "released_at")


@dataclass(frozen=True)
class Someone:
    """A person as a paper names them: an id of the bureau where known, and a name."""

    id: str
    name: str
    certificate: str = ""

    def same(self, other: Someone) -> bool:
        """Whether both are one person: by id when both have one, else by name."""
        if self.id and other.id:
            return self.id == other.id
        return bool(self.name) and self.name == other.name


def moment(values: Values, *names: str) -> Moment | None:
    """The first of these fields that holds a date or a time; None when none does."""
    for name in names:
        written = values.get(name)
        if isinstance(written, str) and written[:4].isdigit():
            try:
                return parse(written)
            except ValueError:
                continue
    return None


def text_in(values: Values, name: str) -> str:
    """What a field says, white space around it left out; empty where it says nothing, was not told or does not apply."""
    written = values.get(name)
    if isinstance(written, int) and not isinstance(written, bool):
        return str(written)
    return written.strip() if isinstance(written, str) else ""


def whole_in(values: Values, name: str) -> int | None:
    """The number or amount in a field; None where none is told."""
    written = values.get(name)
    return written if isinstance(written, int) and not isinstance(written, bool) else None


def paper_in(case: CaseFile, values: Values, name: str = "document") -> Document | None:
    """The document of the case that a field names; None where it names none, or one that the case has not."""
    return case.documents.get(text_in(values, name))


def act_moment(document: Document) -> Moment:
    """When the act took place that the document records: the time it states, else when it was made."""
    return moment(document.values, *_ACT_FIELDS) or document.made_at


def span(document: Document) -> tuple[datetime, datetime] | None:
    """From when to when the recorded act lasted; None unless both times are stated."""
    starts, ends = moment(document.values, "started_at"), moment(document.values, "ended_at")
    if isinstance(starts, datetime) and isinstance(ends, datetime):
        return starts, ends
    return None


def rows(value: object) -> list[Mapping[str, Any]]:
    """The rows of a list value; empty for anything else."""
    if not isinstance(value, (list, tuple)):
        return []
    return [cast("Mapping[str, Any]", row) for row in cast("list[object]", value) if isinstance(row, Mapping)]


def someone(value: object) -> Someone | None:
    """A person value, or a plain name; None when it names nobody."""
    if isinstance(value, str):
        return Someone("", value.strip()) if value.strip() else None
    if not isinstance(value, Mapping):
        return None
    row = cast("Mapping[str, Any]", value)
    found = Someone(text_in(row, "person"), text_in(row, "name"), text_in(row, "certificate_no"))
    return found if found.id or found.name else None


def people(value: object) -> list[Someone]:
    """The persons that rows name, each one once."""
    return distinct(found for row in rows(value) if (found := someone(row)) is not None)


def distinct(named: Iterable[Someone]) -> list[Someone]:
    """Each person once, in order."""
    kept: list[Someone] = []
    for one in named:
        if not any(one.same(other) for other in kept):
            kept.append(one)
    return kept


def among(one: Someone, others: Iterable[Someone]) -> bool:
    """Whether a person is one of others."""
    return any(one.same(other) for other in others)


def signers(document: Document, role: str) -> list[Someone]:
    """The distinct persons that signed the current text in a role, refusals apart."""
    return distinct(Someone(s.person, s.name) for s in document.signed_by(role) if not s.refused)


def staff(office: Office, person: str) -> Someone:
    """A person of the bureau by id."""
    return Someone(person, office.name(person))


def documents(case: CaseFile) -> list[Document]:
    """All documents of the case that are not voided, in order of happening."""
    return list(standing(case))


def evidence_documents(case: CaseFile) -> list[Document]:
    """The documents to which Articles 13 and 14 apply, in order of happening."""
    return [d for d in documents(case) if d.declared.evidence]


def concluded(case: CaseFile, document: Document) -> bool:
    """Whether the work went on past a paper of the investigation: a report or decision of that day or later, or closing."""
    later = case.of("investigation_report", "penalty_decision", "no_penalty_decision", "summary_decision")
    passed = any(day(paper.made_at) >= day(document.current.at) for paper in later)
    return passed or case.closed_at is not None


def left_behind(case: CaseFile, document: Document) -> bool:
    """Whether a decision on the spot was drafted but never made, because the case was turned into an ordinary one."""
    return document.declared.blanks and document.issued is None and case.procedure != "penalty_summary"


def answering(case: CaseFile, document: Document, kind: str) -> Document | None:
    """The paper of ``kind`` that follows ``document``: the one that names it, else the one in the same place in line."""
    later = case.of(kind)
    for other in later:
        if document.id in other.values.values():
            return other
    ids = set(case.documents)
    free = [d for d in later if not any(isinstance(v, str) and v in ids for v in d.values.values())]
    place = case.of(document.kind).index(document)
    return free[place] if place < len(free) else None


def done_by(happened: Moment | None, limit: Moment) -> bool:
    """Whether something happened, and not after ``limit`` as far as can be told."""
    return happened is not None and before(limit, happened) is not True
