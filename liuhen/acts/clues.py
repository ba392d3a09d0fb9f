"""A clue that an inspection found (A9): the case that takes it up is opened from there, and the inspection says where it went."""

from __future__ import annotations

from typing import Any

from liuhen.acts.cases import open_case
from liuhen.acts.documents import local_values
from liuhen.acts.facts import state_fact
from liuhen.acts.situation import situation, subject_of
from liuhen.casefile.moments import day
from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.answers import PENALTIES, words
from liuhen.compliance.reading import moment, text_in
from liuhen.measures import DOCUMENTS
from liuhen.measures.documents.inspection import CLUE
from liuhen.office.policy import Actor, may

SOURCE = "case_source_form"
GONE = "clue_handed_on"


def clue(case: CaseFile) -> Document | None:
    """The record of an inspection that found a clue; None of any other case."""
    record = case.latest("inspection_form")
    return record if record is not None and record.values.get("handling") == CLUE else None


def take_up(actor: Actor, origin: str, *, title: str, procedure: str, section: str = "") -> str:
    """Open a case that comes from another and return its id. Where it takes up the clue of an inspection, that one says in
    which case, unless it has said so already or is none of the actor's. Raises NotPermitted, Invalid, NoSuchCase."""
    case = open_case(actor, title=title, procedure=procedure, section=section, origin=origin)
    here = situation(origin, actor)
    record = clue(here.case)
    if record is None or procedure not in PENALTIES or here.case.happened(GONE):
        return case
    if may(actor, "state_fact", subject_of(here.case)) and "officer" in actor.roles:
        number = situation(case, actor).case.case_no
        told = {"on": day(here.now).isoformat(), "to": number, "text": text_in(record.values, "problems")}
        state_fact(origin, actor, GONE, told)
    return case


def begins_with(actor: Actor, origin: str, kind: str) -> dict[str, Any]:
    """What the first paper of a case that takes up a clue knows of it, as its form holds it; nothing for any other paper."""
    case = situation(origin, actor).case
    record = clue(case) if kind == SOURCE else None
    if record is None:
        return {}
    found = moment(record.values, "ended_at", "started_at") or record.current.at
    party = text_in(case.party or {}, "name")
    said = f"{words(found)}检查{party}发现：{text_in(record.values, 'problems')}（{case.case_no}《{record.title}》）"
    at = local_values(DOCUMENTS[SOURCE], {"discovered_at": record.values.get("ended_at", "")})
    return {"source_kind": "监督检查", "is_named": False, "content": said, **at}
