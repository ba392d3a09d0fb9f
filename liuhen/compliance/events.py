"""Named events of a case, the one grammar that limits and procedure steps are written in.

``opened``, ``assigned`` (an officer), ``paired`` (two of them), ``docketed``, ``decided``, ``materials_wanting`` (of an application), ``accepted``, ``closed``, ``archived``, ``recorded``, ``deposited``; what the exits of a
case know (``ended``, ``gone``, ``suspended``, ``struck``: :mod:`liuhen.compliance.exits`) and its contests (``contest_pending``,
``suit_over``: :mod:`liuhen.compliance.contest`); and with a name after a colon:
``filed:``, ``approved:``, ``issued:``, ``served:``, ``sent:``, ``signed:`` a document kind, ``fact:`` a fact code, ``date:`` a
date field of a document kind or fact (``date:cure_order.due_on``). Behind a kind or fact ``[result=立案]`` counts those only
of which a field says so, ``[result=撤销/变更]`` one of the two; ``approved:…[choice=立案]`` what the approver chose. ``a|b`` is whichever of the two happened, ``a+b`` both.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from liuhen.casefile.moments import Moment, instant
from liuhen.casefile.state import CaseFile, Document, Recording, Values, once
from liuhen.compliance.approving import approval_of
from liuhen.compliance.licensing import stated_acceptance, wanting
from liuhen.compliance.reading import moment
from liuhen.measures.releases import CURRENT
from liuhen.measures.vocabulary import Ending

_OFFICERS = {"assigned": 1, "paired": 2}
_ONLY = re.compile(r"^(?P<name>[^\[]+)\[(?P<field>\w+)=(?P<values>[^\]]+)\]$")


@dataclass(frozen=True)
class Occurrence:
    """One happening of an event: when, of which document or recording, shown by which entry."""

    at: Moment
    subject: str = ""
    title: str = ""
    entry: str = ""


def _approved(case: CaseFile, document: Document) -> Moment | None:
    """The last approval; a kind that needs none counts as approved when filed."""
    return approval_of(case, document) if document.declared.approvals else document.current.at


def _issued(document: Document) -> Moment | None:
    return document.issued.on if document.issued else None


def _sent(document: Document) -> Moment | None:
    return document.service[0].at if document.service else None


def _signed(document: Document) -> Moment | None:
    """When the last of the required signatures was given; None while one is missing."""
    moments: list[Moment] = []
    for wanted in document.declared.signatures:
        signs = document.signed_by(wanted.role)
        if wanted.required and len(signs) < max(1, wanted.count):
            return None
        moments += [sign.at for sign in signs]
    return max(moments, key=instant) if moments else document.current.at


_OF_DOCUMENT: dict[str, Callable[[Document], Moment | None]] = {
    "filed": lambda document: document.current.at,
    "issued": _issued,
    "served": lambda document: document.served_at,
    "sent": _sent,
    "signed": _signed,
}


def recordings(case: CaseFile) -> list[Recording]:
    """The audio-visual recordings that are not sealed away, in order of their end."""
    found = [r for r in case.recordings.values() if r.recorded and not r.voided]
    return sorted(found, key=lambda r: (instant(r.ends or r.deposited_at), r.digest))


def _case_events(case: CaseFile, name: str) -> list[Occurrence]:
    if name == "opened" and case.opened_at:
        return [Occurrence(case.opened_at)]
    if name == "docketed":
        return occurrences(case, "approved:docket_approval")
    if name == "decided":
        found = [
            *occurrences(case, "issued:penalty_decision"),
            *occurrences(case, "issued:no_penalty_decision"),
        ]
        return sorted(found, key=lambda o: instant(o.at))
    if name == "accepted":
        stated = stated_acceptance(case)
        return [Occurrence(stated.on, stated.document)] if stated else []
    if name in ("assigned", "paired"):
        took = [Occurrence(a.at) for a in case.assignments if a.taken and a.person in case.officers]
        return took if len(case.officers) >= _OFFICERS[name] else []
    if name == "materials_wanting":
        return [Occurrence(d.current.at, d.id) for d in case.of("material_receipt")[-1:] if wanting(case)]
    if name == "closed" and case.closed_at:
        return [Occurrence(case.closed_at)]
    if name == "archived" and case.archived_at:
        return [Occurrence(case.archived_at)]
    if name == "recorded":
        return [Occurrence(r.ends, r.entry, r.name, r.entry) for r in recordings(case) if r.ends]
    if name == "deposited":
        return [Occurrence(r.deposited_at, r.entry, r.name, r.entry) for r in recordings(case)]
    head, mark, tail = name.partition(":")
    if f"{head}{mark}" in EVENTS and mark:
        return EVENTS[f"{head}{mark}"](case, tail)
    return EVENTS[name](case) if name in EVENTS else []


Tell = Callable[..., list[Occurrence]]
EVENTS: dict[str, Tell] = {}


def of_the_case(name: str) -> bool:
    """Whether an event is one of those that other modules tell of a case as a whole (:func:`event`)."""
    head, mark, _ = name.partition(":")
    return name in EVENTS or (bool(mark) and f"{head}{mark}" in EVENTS)


def event(name: str) -> Callable[[Tell], Tell]:
    """Declare a function as what tells the happenings of the case event ``name``; of a name that ends in a colon it is asked
    with what stands behind."""

    def register(tell: Tell) -> Tell:
        EVENTS[name] = tell
        return tell

    return register


def ending(case: CaseFile) -> tuple[Ending, Occurrence] | None:
    """The first of the endings of the case's procedure that has happened, and when."""
    procedure = case.release.procedures.get(case.procedure)
    endings = procedure.endings if procedure else ()
    found = [(one, o) for one in endings for o in occurrences(case, one.event)[:1]]
    return min(found, key=lambda pair: instant(pair[1].at)) if found else None


def _together(case: CaseFile, name: str) -> list[Occurrence]:
    """When the last of several events had happened; none while one is missing."""
    found = [occurrences(case, part) for part in name.split("+")]
    return [max((o[-1] for o in found), key=lambda o: instant(o.at))] if all(found) else []


@dataclass(frozen=True)
class _Only:
    """What a name in brackets lets through: those of which ``field`` holds one of ``values``; everything without brackets."""

    field: str = ""
    values: tuple[str, ...] = ()

    def lets(self, values: Values) -> bool:
        if not self.field:
            return True
        held = values.get(self.field)
        written = "是" if held is True else "否" if held is False else str(held or "")
        return written in self.values


@cache
def plain(name: str) -> tuple[str, _Only]:
    """An event's name without its brackets, and what they let through."""
    found = _ONLY.match(name)
    if found is None:
        return name, _Only()
    return found["name"], _Only(found["field"], tuple(found["values"].split("/")))


def _declared(case: CaseFile, table: Literal["facts", "documents"], name: str) -> bool:
    """Whether the release of the case declares a fact or kind of document. One that came later never happens in it. Raises
    KeyError for one that no release knows."""
    if name in getattr(case.release, table):
        return True
    _ = getattr(CURRENT, table)[name]
    return False


def _dated(case: CaseFile, source: str, only: _Only) -> list[Occurrence]:
    """The days written in a date field of the documents of a kind, or of the facts of a code."""
    declared, field = source.split(".")
    if declared in case.release.facts:
        return [
            Occurrence(on, f.document or f.entry, case.release.facts[declared].label, f.entry)
            for f in case.happened(declared)
            if only.lets(f.values) and (on := moment(f.values, field)) is not None
        ]
    if not _declared(case, "documents", declared):
        return []
    _ = case.release.documents[declared].field(field)
    return [
        Occurrence(on, document.id, document.title, document.current.filed)
        for document in case.of(declared)
        if only.lets(document.values) and (on := moment(document.values, field)) is not None
    ]


def _chosen(document: Document, head: str) -> Values:
    """What an approver chose besides the opinion, as ``[choice=立案]`` asks of an approved source."""
    chosen = [o.choice for o in document.current.opinions if o.choice]
    return {"choice": chosen[-1]} if chosen and head == "approved" else {}


@once
def occurrences(case: CaseFile, name: str) -> list[Occurrence]:
    """All happenings of an event in order. Raises KeyError for a name outside the grammar."""
    if "|" in name:
        either = [o for part in name.split("|") for o in occurrences(case, part)]
        return sorted(either, key=lambda o: instant(o.at))
    if "+" in name:
        return _together(case, name)
    bare, only = plain(name)
    head, _, tail = bare.partition(":")
    if head == "date":
        return _dated(case, tail, only)
    if head == "fact":
        if not _declared(case, "facts", tail):
            return []
        return [
            Occurrence(f.at, f.document or f.entry, case.release.facts[tail].label, f.entry)
            for f in case.happened(tail)
            if only.lets(f.values)
        ]
    if not tail or of_the_case(name):
        return _case_events(case, name)
    if not _declared(case, "documents", tail):
        return []
    found: list[Occurrence] = []
    for document in case.of(tail):
        at = _approved(case, document) if head == "approved" else _OF_DOCUMENT[head](document)
        if at is not None and only.lets({**document.values, **_chosen(document, head)}):
            found.append(Occurrence(at, document.id, document.title, document.current.filed))
    return sorted(found, key=lambda o: instant(o.at))


def has(case: CaseFile, name: str) -> bool:
    """Whether an event has happened."""
    return bool(occurrences(case, name))
