"""A script as the backfilled entries of a case. Hashes are made up, but each entry has its own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from liuhen.casefile.entries import KINDS, Entry, Origin, check_body
from liuhen.casefile.moments import Moment, day, instant, parse, write
from liuhen.casefile.state import APPROVER_ROLES
from liuhen.measures import DOCUMENTS, FACTS
from liuhen.measures.vocabulary import Field
from liuhen.scripts.register import Register
from liuhen.scripts.resolving import How, resolve, resolved
from liuhen.scripts.shape import (
    Approval,
    Archive,
    Assign,
    Confirm,
    Correct,
    Explain,
    File,
    Issuing,
    Mark,
    Open,
    Record,
    Script,
    Serve,
    Serving,
    Signing,
    State,
    Step,
    Void,
)

UNTOLD = "（未载）"


def digest_of(words: str) -> str:
    """A made-up digest for something that is only told of."""
    return "sha256:" + hashlib.sha256(words.encode()).hexdigest()


@dataclass
class _Pen:
    """Writes entries one after another, and remembers what each step wrote."""

    script: Script
    number: str = ""
    entries: list[Entry] = field(default_factory=list[Entry])
    revisions: dict[str, int] = field(default_factory=dict[str, int])
    register: Register = field(default_factory=Register)

    @property
    def how(self) -> How:
        """How names become ids: people and documents keep their local names."""
        return How(lambda told: write(parse(told)), str, self.register.document, self.digest)

    def digest(self, name: str) -> str:
        """The made-up digest of a file of this script."""
        return digest_of(f"{self.script.id} {name}")

    def write(
        self,
        step: Step | None,
        kind: str,
        at: Moment,
        actor: str,
        body: Mapping[str, Any],
        origin: Origin = "backfilled",
    ) -> str:
        """Append an entry; returns its hash."""
        told, recorded = dict(body), instant(at)
        if step is not None and step.backfilled is not None:
            recorded = instant(step.backfilled.recorded)
            told |= {"backfill": _late(step)} if any(v.name == "backfill" for v in KINDS[kind].fields) else {}
        check_body(kind, told)
        stream, position = f"case/{self.script.id}", len(self.entries) + 1
        mark = hashlib.sha256(f"{stream} {position}".encode()).hexdigest()
        self.entries.append(Entry(stream, position, kind, 1, at, recorded, actor, origin, "", mark, told))
        if step is not None:
            self.register.add(step.name, kind, mark)
        return mark


def written(script: Script) -> list[Entry]:
    """The script as backfilled entries, positions 1…n, in the order in which the steps stand in it."""
    pen = _Pen(script)
    _open(pen)
    for step in script.steps:
        _WRITE[type(step.does)](pen, step, step.does)
    _close(pen)
    return pen.entries


def _late(step: Step) -> dict[str, Any]:
    assert step.backfilled is not None
    scan = step.backfilled.scan
    return {"reason": step.backfilled.reason} | ({"scan": digest_of(scan)} if scan else {})


def _open(pen: _Pen) -> None:
    script = pen.script
    first = min(script.steps, key=lambda step: instant(step.at))
    opening = next((step for step in script.steps if isinstance(step.does, Open)), first)
    given = opening.does.case_no if isinstance(opening.does, Open) else ""
    pen.number = given or script.case_no or script.id
    body = {
        "case_no": pen.number,
        "procedure": script.procedure,
        "section": script.section,
        "title": script.title,
    }
    pen.write(None, "Opened", opening.at, opening.by, body)


def _nothing(pen: _Pen, step: Step, does: Any) -> None:
    """What is written elsewhere, or is no entry of an outside source."""


def _assign(pen: _Pen, step: Step, does: Assign) -> None:
    reason = {"reason": does.reason} if does.reason else {}
    for part, people in does.parts.items():
        for person in people:
            body = {"person": person, "part": part, "action": does.action, **reason}
            pen.write(step, "Assigned", step.at, step.by, body)


def _file(pen: _Pen, step: Step, does: File) -> None:
    kind = DOCUMENTS[does.kind]
    document = pen.register.documents[step.name] = (
        pen.register.document(does.replaces) if does.replaces else step.name
    )
    revision = pen.revisions[document] = pen.revisions.get(document, 0) + 1
    body: dict[str, Any] = {
        "document": document,
        "revision": revision,
        "document_kind": does.kind,
        "title": does.title or kind.title,
        "values": resolved(kind.fields, _with_own(pen, kind.fields, does.values), pen.how),
    }
    body |= {"replaces": revision - 1} if revision > 1 else {}
    body |= {"number": does.issued.number} if does.issued and does.issued.number else {}
    filed = pen.write(step, "Filed", step.at, step.by, body)
    for signing in does.signed:
        _sign(pen, step, document, revision, signing)
    for approval in does.approved:
        _decide(pen, step, filed, approval)
    issuing = does.issued or _taken_as_issued(pen.script, does)
    if issuing is not None:
        _issue(pen, step, document, revision, issuing)
    for serving in does.served:
        _serve_one(pen, step, document, serving)


def _taken_as_issued(script: Script, does: File) -> Issuing | None:
    """A source that tells of a paper to the outside tells of one that was issued, unless it says otherwise."""
    kind = DOCUMENTS[does.kind]
    outward = kind.facing in ("P", "T") and bool(kind.number or kind.sealed)
    return Issuing() if outward and not script.closed and "issued" not in does.lacks else None


def _issue(pen: _Pen, step: Step, document: str, revision: int, issuing: Issuing) -> None:
    on = issuing.on or step.at
    body: dict[str, Any] = {
        "document": document,
        "revision": revision,
        "number": issuing.number or UNTOLD,
        "date": day(on).isoformat(),
        "sealed": True if issuing.sealed is None else issuing.sealed,
        "authority": issuing.authority or UNTOLD,
    }
    pen.write(step, "Issued", on, step.by, body)


def _with_own(pen: _Pen, fields: tuple[Field, ...], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values told, and those that the head of the script tells for every document: case number and party."""
    sources = {f.name: f.source for f in fields}
    told: dict[str, Any] = {"case_no": pen.number, "party": dict(pen.script.party)}
    own = {name: value for name, value in told.items() if value and sources.get(name) == f"case.{name}"}
    return own | dict(values)


def _sign(pen: _Pen, step: Step, document: str, revision: int, signing: Signing) -> None:
    body: dict[str, Any] = {
        "document": document,
        "revision": revision,
        "role": signing.role,
        "name": signing.name,
        "means": signing.means,
        "pages": signing.pages,
    }
    told = {"person": signing.person, "reason": signing.reason, "witness": signing.witness}
    body |= {key: value for key, value in told.items() if value}
    body |= {"scan": digest_of(signing.scan)} if signing.scan else {}
    pen.write(step, "Signed", signing.on or step.at, step.by, body)


def _decide(pen: _Pen, step: Step, filed: str, approval: Approval) -> None:
    body: dict[str, Any] = {
        "entry": filed,
        "role": APPROVER_ROLES[approval.letter],
        "opinion": approval.opinion,
        "text": approval.text,
    }
    body |= {"choice": approval.choice} if approval.choice else {}
    body |= {"acting_for": {"name": approval.acting_for}} if approval.acting_for else {}
    pen.write(step, "Decided", approval.on or step.at, approval.by, body)


def _serve_one(pen: _Pen, step: Step, document: str, serving: Serving) -> None:
    details = dict(serving.details)
    if "proofs" in details:
        details["proofs"] = [pen.digest(name) for name in details["proofs"]]
    body: dict[str, Any] = {
        "document": document,
        "addressee": serving.to or pen.script.party.get("name", UNTOLD),
        "method": serving.method,
        "what": serving.what,
        **details,
    }
    pen.write(step, "ServiceStep", serving.on or step.at, step.by, body)


def _serve(pen: _Pen, step: Step, does: Serve) -> None:
    _serve_one(pen, step, pen.register.document(does.document), does.serving)


def _state(pen: _Pen, step: Step, does: State) -> None:
    body: dict[str, Any] = {
        "fact": does.fact,
        "values": resolved(FACTS[does.fact].fields, does.values, pen.how),
    }
    body |= {"document": pen.register.document(does.document)} if does.document else {}
    body |= {"proofs": [pen.digest(name) for name in does.proofs]} if does.proofs else {}
    pen.write(step, "Happened", step.at, step.by, body)


def _record(pen: _Pen, step: Step, does: Record) -> None:
    span = {key: write(m) for key, m in (("from", does.starts), ("to", does.ends)) if m is not None}
    body: dict[str, Any] = {
        "digest": pen.digest(f"{step.name} {len(pen.entries)}"),
        "size": 1,
        "name": does.what if does.file == "generated" else does.file,
        "media_type": "video/mp4",
        "place": does.place,
        "what": does.what,
        "recorded": True,
        **span,
    }
    told = {"device": does.device, "by": step.by, "late_reason": does.late_reason}
    body |= {key: value for key, value in told.items() if value}
    deposited = pen.write(step, "Deposited", does.deposited or step.at, step.by, body)
    tied: dict[str, Any] = {"deposited": deposited, "digest": body["digest"], **span}
    tied |= {"document": pen.register.document(does.document)} if does.document else {}
    tied |= {"duty": does.duty} if does.duty else {}
    pen.write(step, "Tied", does.deposited or step.at, step.by, tied)


def _correct(pen: _Pen, step: Step, does: Correct) -> None:
    value = pen.how.moment(does.value) if does.path == "/at" else does.value
    if does.field is not None:
        value = resolve(does.field, value, pen.how)
    for entry in pen.register.refer(does.target):
        body = {"entry": entry, "path": does.path, "value": value, "reason": does.reason}
        pen.write(step, "Corrected", step.at, step.by, body)


def _void(pen: _Pen, step: Step, does: Void) -> None:
    for entry in pen.register.refer(does.target):
        pen.write(step, "Voided", step.at, step.by, {"entry": entry, "reason": does.reason})


def _confirm(pen: _Pen, step: Step, does: Confirm) -> None:
    for entry in pen.register.whole(does.target):
        body = {"entry": entry, "role": "section_head", "opinion": "confirm", "text": "情况属实。"}
        pen.write(step, "Decided", step.at, step.by, body, "made")


def _mark(pen: _Pen, step: Step, does: Mark) -> None:
    body: dict[str, Any] = {"mark": does.mark, "set": does.set, "reason": does.reason}
    body |= {"subject": does.subject} if does.subject else {}
    pen.write(step, "Marked", step.at, step.by, body)


def _explain(pen: _Pen, step: Step, does: Explain) -> None:
    body: dict[str, Any] = {"finding": does.code, "action": "explained", "text": does.text}
    body |= {"subject": pen.register.document(does.subject)} if does.subject else {}
    pen.write(step, "Supervised", step.at, step.by, body)


def _archive(pen: _Pen, step: Step, does: Archive) -> None:
    last = pen.entries[-1]
    body = {
        "cut_at": last.position,
        "head": last.hash,
        "manifest": digest_of("manifest"),
        "files": 0,
        "bytes": 0,
    }
    pen.write(step, "Archived", step.at, step.by, body)


_WRITE: dict[type, Callable[[_Pen, Step, Any], None]] = {
    Open: _nothing,
    Assign: _assign,
    File: _file,
    Serve: _serve,
    State: _state,
    Record: _record,
    Correct: _correct,
    Void: _void,
    Confirm: _confirm,
    Mark: _mark,
    Explain: _explain,
    Archive: _archive,
}


def _close(pen: _Pen) -> None:
    """``Closed`` follows from the approved closing report, as it does in a case of ours."""
    for step in pen.script.steps:
        does = step.does
        if not isinstance(does, File) or does.kind != "closing_report":
            continue
        agreed = {a.letter: a.on or step.at for a in does.approved if a.opinion == "agree"}
        if all(letter in agreed for letter in DOCUMENTS["closing_report"].approvals):
            at = max(agreed.values(), key=instant)
            body = {"outcome": "结案", "document": pen.register.document(step.name)}
            pen.write(step, "Closed", at, step.by, body)
