"""One act after another through the stops, as the acts do it, without a database: what may be done is done, the rest is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from liuhen.casefile.entries import Entry
from liuhen.casefile.moments import ZONE, instant
from liuhen.casefile.office import Office
from liuhen.compliance.judge import stops
from liuhen.measures import DOCUMENTS
from liuhen.measures.vocabulary import Field
from liuhen.scripts.facts import entries_of
from liuhen.scripts.script import load

PARTY = {"party_kind": "法人", "name": "某粮食有限公司", "address": "某路1号"}
BASIS = [{"law": "粮食流通管理条例", "article": "第四十五条", "paragraph": "第一款"}]
FINE = [{"kind": "罚款", "amount": 2_000_000}]
CERTIFIED = {"甲": "示例-0001", "乙": "示例-0002", "丙": "示例-0003", "丁": ""}
OFFICERS = [{"person": p, "name": f"执法人员{p}", "certificate_no": CERTIFIED[p]} for p in "甲乙"]
FILE = {"digest": "sha256:" + "0" * 64, "name": "某.pdf"}
_USUAL: dict[str, Any] = {
    "text": "某内容", "longtext": "某内容", "date": "2026-03-02", "datetime": "2026-03-02T09:00:00+08:00",
    "money": 2_000_000, "number": 5, "quantity": "12.5", "bool": True, "person": {"name": "张某"}, "people": [{"name": "张某"}],
    "party": PARTY, "officers": OFFICERS, "basis": BASIS, "penalties": FINE, "files": [FILE], "sketch": [FILE], "document": "某文书",
    "remedies": {"reconsideration_body": "某区人民政府", "reconsideration_days": 60, "sue_months": 6},
}  # fmt: skip


def usual(field: Field) -> Any:
    """A value that a field of this type may have."""
    if field.options:
        return field.options[0]
    if field.type != "list":
        return _USUAL[field.type]
    return [{c.name: usual(c) for c in field.columns if c.required}] * max(1, field.minimum)


def completed(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    """The values of a paper with every required field filled in."""
    return {f.name: usual(f) for f in DOCUMENTS[kind].fields if f.required} | values


def whole_case() -> tuple[list[Entry], Office]:
    """The acts of a case from its source to the decision served, each made here at its time, and the office."""
    entries, office = entries_of(load(Path(__file__).with_name("whole_case.yaml")))
    made = [
        replace(
            e,
            origin="made",
            recorded_at=instant(e.at),
            body={**(e.body or {}), "values": completed(e.body["document_kind"], e.body["values"])}
            if e.kind == "Filed" and e.body
            else e.body,
        )
        for e in entries
    ]
    return made, office


@dataclass(frozen=True)
class Move:
    """A change to the usual course: which act comes when, who is written down as officers; ``skip``: it is left out."""

    place: int
    hours: int = 1
    officers: tuple[str, ...] = ()
    skip: bool = False


def needs(entry: Entry, others: Sequence[Entry]) -> set[str]:
    """The hashes of the acts that must stand before one: what it names, the text of the paper that it is about."""
    body = entry.body or {}
    named = {str(body.get(key)) for key in ("entry", "deposited")}
    if entry.kind in ("Signed", "Issued", "ServiceStep"):
        named |= {
            e.hash for e in others if e.kind == "Filed" and e.body and e.body["document"] == body["document"]
        }
    if entry.kind == "ServiceStep":
        named |= {
            e.hash for e in others if e.kind == "Issued" and e.body and e.body["document"] == body["document"]
        }
    return named & {e.hash for e in others}


def at_time(entry: Entry, moment: datetime, officers: tuple[str, ...]) -> Entry:
    """The act at another time, perhaps with other officers written down."""
    body = dict(entry.body or {})
    on = moment.astimezone(ZONE)
    if entry.kind == "Issued":
        body["date"] = on.date().isoformat()
    if entry.kind == "Filed":
        values = dict(body["values"])
        if "started_at" in values:
            values["started_at"] = (on - timedelta(minutes=50)).isoformat(timespec="minutes")
            values["ended_at"] = on.isoformat(timespec="minutes")
        if officers and DOCUMENTS[body["document_kind"]].evidence:
            values["officers"] = [
                {"person": p, "name": f"执法人员{p}"}
                | ({"certificate_no": CERTIFIED[p]} if CERTIFIED[p] else {})
                for p in officers
            ]
        body["values"] = values
    when = on.date() if entry.kind == "Issued" else moment
    return replace(entry, at=when, recorded_at=moment, body=body)


def carried_out(moves: Sequence[Move]) -> tuple[list[Entry], Office]:
    """The acts that the stops let happen, tried one after another in the order that the moves give."""
    acts, office = whole_case()
    wanted = {act.hash: needs(act, acts) for act in acts}
    opening, rest = acts[0], acts[1:]
    order = sorted(zip(moves, rest, strict=True), key=lambda pair: pair[0].place)
    now = instant(opening.at)
    done, known = [opening], {opening.hash}
    for move, act in order:
        now += timedelta(hours=move.hours)
        if move.skip or not wanted[act.hash] <= known:
            continue
        moved = replace(at_time(act, now, move.officers), position=len(done) + 1)
        if not stops(done, [moved], office, now):
            done.append(moved)
            known.add(moved.hash)
    return done, office
