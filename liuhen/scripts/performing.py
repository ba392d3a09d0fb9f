"""Doing what a script tells, through the acts: one function a verb. The clock stands at the moment that is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypedDict

from liuhen.acts import (
    approvals,
    archiving,
    backfill,
    cases,
    documents,
    facts,
    issuing,
    media,
    serving,
    signatures,
)
from liuhen.acts.engine import situation
from liuhen.acts.storage import vault
from liuhen.casefile.moments import Moment, parse, write
from liuhen.casefile.state import APPROVER_ROLES
from liuhen.compliance.judge import context
from liuhen.compliance.prefill import prefill
from liuhen.measures import DOCUMENTS, FACTS
from liuhen.measures.vocabulary import Document, Fact
from liuhen.office.policy import Actor
from liuhen.records.append import Receipt
from liuhen.scripts import generated
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

Receipts = Sequence[Receipt]


class Unplayable(ValueError):
    """A script that can be checked but not played; the message says what it would need."""


@dataclass
class Stage:
    """A case being played: its people, its id once it is open, what was written, the files deposited so far."""

    script: Script
    cast: Mapping[str, Actor]
    case: str = ""
    register: Register = field(default_factory=Register)
    files: dict[str, str] = field(default_factory=dict[str, str])

    def actor(self, key: str) -> Actor:
        """Who does a step. Raises Unplayable when the script does not say."""
        if key not in self.cast:
            raise Unplayable("演练时每一步、每个审批都要写明由谁办（by）")
        return self.cast[key]

    def how(self, actor: Actor) -> How:
        """How names become what the record holds: people by id, documents by id, files by digest once deposited."""
        return How(
            moment=lambda told: write(parse(told)),
            person=lambda key: self.cast[key].person if key in self.cast else key,
            document=self.register.document,
            file=lambda name: self.digest(actor, name),
        )

    def digest(self, actor: Actor, name: str) -> str:
        """The digest of a file, deposited into the case when it is first named."""
        if name not in self.files:
            receipts = media.deposit(
                self.case, actor, self.bytes(name), Path(name).name, what=Path(name).stem
            )
            body = situation(self.case, actor).entry(receipts[0].hash).body
            self.files[name] = str(body["digest"]) if body else ""
        return self.files[name]

    def bytes(self, name: str) -> bytes:
        """A file beside the script, else one made up."""
        beside = Path(self.script.path).parent / name
        return beside.read_bytes() if beside.is_file() else generated.content(name, self.script.id)


def perform(stage: Stage, step: Step, does: Any) -> None:
    """Do one thing that a step tells and remember what it wrote. Raises Stopped, Invalid, NotPermitted, Unplayable."""
    acts = _BACKFILLED if step.backfilled is not None else _ACTS
    act = acts.get(type(does))
    if act is None:
        raise Unplayable("这一项不能补录" if step.backfilled else "这一项不能演练")
    for receipt in act(stage, step, does):
        stage.register.add(step.name, receipt.kind, receipt.hash)


def _open(stage: Stage, step: Step, does: Open) -> Receipts:
    script = stage.script
    stage.case = cases.open_case(
        stage.actor(step.by), title=script.title, procedure=script.procedure, section=script.section
    )
    return ()


def _assign(stage: Stage, step: Step, does: Assign) -> Receipts:
    if does.action != "take":
        raise Unplayable("退出分工由接手的人担任同一分工来办，演练里写 assign")
    made: list[Receipt] = []
    for part, people in does.parts.items():
        for key in people:
            taken = {stage.actor(key).person: part}
            made += cases.assign(stage.case, stage.actor(step.by), taken, reason=does.reason)
    return made


def _told(stage: Stage, declared: Document | Fact, values: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
    """The values told, with the party of the script where they leave it out, resolved."""
    wants_party = any(f.name == "party" and f.source == "case.party" for f in declared.fields)
    party = {"party": dict(stage.script.party)} if wants_party and stage.script.party else {}
    return resolved(declared.fields, {**party, **values}, stage.how(actor))


def _file(stage: Stage, step: Step, does: File) -> Receipts:
    actor = stage.actor(step.by)
    values = _told(stage, DOCUMENTS[does.kind], does.values, actor)
    if not does.replaces:
        document, receipts = documents.file_document(stage.case, actor, does.kind, values, title=does.title)
        stage.register.documents[step.name] = document
        return receipts
    document = stage.register.documents[step.name] = stage.register.document(does.replaces)
    draft = documents.revise(stage.case, actor, document)
    documents.save_draft(document, actor, {**draft.values, **values})
    return documents.finalise(document, actor)


def _sign(stage: Stage, step: Step, does: Signing) -> Receipts:
    actor = stage.cast.get(does.person) or stage.actor(step.by)
    means = _means(step, does)
    return signatures.sign(
        stage.case,
        actor,
        stage.register.document(step.name),
        role=does.role,
        name=does.name,
        means=means,
        strokes=generated.strokes(does.name) if means == "drawn" else (),
        scan=stage.bytes(does.scan or f"{does.name}签名.png") if means == "scan" else b"",
        reason=does.reason,
        witness=does.witness,
    )


def _means(step: Step, does: Signing) -> str:
    """What was signed on paper is drawn here; a paper received from outside bears its signature already."""
    if does.means != "paper":
        return does.means
    received = isinstance(step.does, File) and DOCUMENTS[step.does.kind].layout == "received"
    return "scan" if received else "drawn"


def _approve(stage: Stage, step: Step, does: Approval) -> Receipts:
    return approvals.approve(
        stage.case,
        stage.actor(does.by),
        stage.register.document(step.name),
        does.opinion,
        does.text,
        choice=does.choice,
        role=APPROVER_ROLES[does.letter],
    )


def _issue(stage: Stage, step: Step, does: Issuing) -> Receipts:
    return issuing.issue(stage.case, stage.actor(step.by), stage.register.document(step.name))


def _served(stage: Stage, step: Step, does: Serving) -> Receipts:
    return _deliver(stage, step, stage.register.document(step.name), does)


def _serve(stage: Stage, step: Step, does: Serve) -> Receipts:
    return _deliver(stage, step, stage.register.document(does.document), does.serving)


def _deliver(stage: Stage, step: Step, document: str, does: Serving) -> Receipts:
    actor = stage.actor(step.by)
    details = dict(does.details)
    by_hand = (does.method, does.what) == ("直接", "delivered")
    details["proofs"] = [stage.digest(actor, name) for name in details.get("proofs", [])]
    if by_hand:
        details["strokes"] = generated.strokes(str(details.get("recipient", "")))
    return serving.serve(
        stage.case, actor, document, method=does.method, what=does.what, addressee=does.to, **details
    )


def _state(stage: Stage, step: Step, does: State) -> Receipts:
    actor = stage.actor(step.by)
    proofs = [stage.digest(actor, name) for name in does.proofs]
    return facts.state_fact(
        stage.case,
        actor,
        does.fact,
        _stated(stage, does, actor),
        document=stage.register.document(does.document) if does.document else "",
        proofs=proofs,
    )


def _stated(stage: Stage, does: State, actor: Actor) -> dict[str, Any]:
    """The values of a fact: those told, and what the case already knows."""
    fact = FACTS[does.fact]
    told = _told(stage, fact, does.values, actor)
    here = situation(stage.case, actor)
    known = prefill(fact, here.case, context(here.now, here.office), actor.person, known=told)
    return resolved(
        fact.fields, {**{name: one.value for name, one in known.items()}, **told}, stage.how(actor)
    )


def _record(stage: Stage, step: Step, does: Record) -> Receipts:
    actor = stage.actor(step.by)
    name = f"{step.name}.mp4" if does.file == "generated" else does.file
    return media.deposit(
        stage.case,
        actor,
        stage.bytes(name),
        Path(name).name,
        what=does.what,
        recorded=True,
        document=stage.register.document(does.document) if does.document else "",
        duty=does.duty,
        starts=does.starts,
        ends=does.ends or step.at,
        device=does.device,
        by=actor.person,
        late_reason=does.late_reason,
    )


def _correct(stage: Stage, step: Step, does: Correct) -> Receipts:
    actor = stage.actor(step.by)
    how = stage.how(actor)
    value = how.moment(does.value) if does.path == "/at" else does.value
    if does.field is not None:
        value = resolve(does.field, value, how)
    (entry,) = stage.register.refer(does.target)
    return facts.correct(stage.case, actor, entry, does.path, value, does.reason)


def _void(stage: Stage, step: Step, does: Void) -> Receipts:
    (entry,) = stage.register.refer(does.target)
    return facts.void(stage.case, stage.actor(step.by), entry, does.reason)


def _confirm(stage: Stage, step: Step, does: Confirm) -> Receipts:
    actor = stage.actor(step.by)
    waiting = {one.entry for one in situation(stage.case, actor).case.unconfirmed}
    found = [entry for entry in stage.register.whole(does.target) if entry in waiting]
    return [receipt for entry in found for receipt in approvals.confirm(stage.case, actor, entry)]


def _mark(stage: Stage, step: Step, does: Mark) -> Receipts:
    return cases.mark(stage.case, stage.actor(step.by), does.mark, does.set, does.reason)


def _explain(stage: Stage, step: Step, does: Explain) -> Receipts:
    subject = stage.register.document(does.subject)
    return cases.explain(stage.case, stage.actor(step.by), does.code, subject, does.text)


def _archive(stage: Stage, step: Step, does: Archive) -> Receipts:
    return archiving.archive(stage.case, stage.actor(step.by))


_ACTS: Mapping[type, Callable[[Stage, Step, Any], Receipts]] = {
    Open: _open,
    Assign: _assign,
    File: _file,
    Signing: _sign,
    Approval: _approve,
    Issuing: _issue,
    Serving: _served,
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


class _Late(TypedDict):
    at: Moment
    reason: str
    scan: str


def _late(stage: Stage, step: Step, at: Moment | None = None) -> _Late:
    """When it happened, why it is recorded only now, the scan of the paper."""
    assert step.backfilled is not None
    scan = vault().put(stage.bytes(step.backfilled.scan or f"{step.name}扫描件.png"))
    return {"at": at or step.at, "reason": step.backfilled.reason, "scan": scan.digest}


def _backfill_file(stage: Stage, step: Step, does: File) -> Receipts:
    actor = stage.actor(step.by)
    late = _late(stage, step)
    document, receipts = backfill.backfill_document(
        stage.case,
        actor,
        does.kind,
        _told(stage, DOCUMENTS[does.kind], does.values, actor),
        number=does.issued.number if does.issued else "",
        issued_on=(does.issued.on or step.at) if does.issued else None,
        signed=[_late_signature(stage, one) for one in does.signed],
        decided=[_late_opinion(one) for one in does.approved],
        title=does.title,
        **late,
    )
    stage.register.documents[step.name] = document
    served = [_backfill_served(stage, step, document, one) for one in does.served]
    return [*receipts, *(receipt for made in served for receipt in made)]


def _late_signature(stage: Stage, signing: Signing) -> dict[str, Any]:
    person = stage.cast[signing.person].person if signing.person in stage.cast else ""
    told = {"role": signing.role, "name": signing.name, "person": person, "pages": signing.pages}
    told |= {"refused": signing.reason, "witness": signing.witness}
    return told | ({"at": write(signing.on)} if signing.on else {})


def _late_opinion(approval: Approval) -> dict[str, Any]:
    told = {"role": APPROVER_ROLES[approval.letter], "opinion": approval.opinion, "text": approval.text}
    return told | {"choice": approval.choice} | ({"at": write(approval.on)} if approval.on else {})


def _backfill_served(stage: Stage, step: Step, document: str, serving_: Serving) -> Receipts:
    actor = stage.actor(step.by)
    details = dict(serving_.details)
    if "proofs" in details:
        details["proofs"] = [stage.digest(actor, name) for name in details["proofs"]]
    party = str(stage.script.party.get("name", ""))
    body = {
        "document": document,
        "addressee": serving_.to or party,
        "method": serving_.method,
        "what": serving_.what,
    }
    late = _late(stage, step, serving_.on)
    return backfill.backfill_entry(stage.case, actor, "ServiceStep", {**body, **details}, **late)


def _backfill_serve(stage: Stage, step: Step, does: Serve) -> Receipts:
    return _backfill_served(stage, step, stage.register.document(does.document), does.serving)


def _backfill_state(stage: Stage, step: Step, does: State) -> Receipts:
    actor = stage.actor(step.by)
    body: dict[str, Any] = {"fact": does.fact, "values": _told(stage, FACTS[does.fact], does.values, actor)}
    if does.document:
        body["document"] = stage.register.document(does.document)
    if does.proofs:
        body["proofs"] = [stage.digest(actor, name) for name in does.proofs]
    return backfill.backfill_entry(stage.case, actor, "Happened", body, **_late(stage, step))


_BACKFILLED: Mapping[type, Callable[[Stage, Step, Any], Receipts]] = {
    File: _backfill_file,
    Serve: _backfill_serve,
    State: _backfill_state,
}
