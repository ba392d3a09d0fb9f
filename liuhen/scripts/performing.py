"""Doing what a script tells, through the acts: one function a verb. The clock stands at the moment that is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from liuhen.acts import (
    approvals,
    archiving,
    cases,
    documents,
    facts,
    issuing,
    media,
    serving,
    signatures,
)
from liuhen.acts.engine import situation
from liuhen.casefile.state import APPROVER_ROLES
from liuhen.compliance.judge import context
from liuhen.compliance.prefill import prefill
from liuhen.measures import DOCUMENTS, FACTS
from liuhen.office.policy import Actor
from liuhen.records.append import Receipt
from liuhen.scripts import generated
from liuhen.scripts.backfilling import BACKFILLED
from liuhen.scripts.resolving import resolve, resolved
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
    Serve,
    Serving,
    Signing,
    State,
    Step,
    Void,
)
from liuhen.scripts.stage import Receipts, Stage, Unplayable, values_told


def perform(stage: Stage, step: Step, does: Any) -> None:
    """Do one thing that a step tells and remember what it wrote. Raises Stopped, Invalid, NotPermitted, Unplayable."""
    acts = BACKFILLED if step.backfilled is not None else _ACTS
    act = acts.get(type(does))
    if act is None:
        raise Unplayable("这一项不能补录" if step.backfilled else "这一项不能演练")
    for receipt in act(stage, step, does):
        stage.register.add(step.name, receipt.kind, receipt.hash)


def _open(stage: Stage, step: Step, does: Open) -> Receipts:
    script = stage.script
    if script.origin and script.origin not in stage.opened:
        raise Unplayable(f"来自案件“{script.origin}”，要同它一起演练，并且在它开案之后")
    stage.case = cases.open_case(
        stage.actor(step.by), title=script.title, procedure=script.procedure, section=script.section,
        origin=stage.opened.get(script.origin, ""),
    )  # fmt: skip
    stage.opened[script.id] = stage.case
    return ()


def _assign(stage: Stage, step: Step, does: Assign) -> Receipts:
    made: list[Receipt] = []
    actor = stage.actor(step.by)
    for part, people in does.parts.items():
        for key in people:
            person = stage.actor(key).person
            if does.action == "take":
                made += cases.assign(stage.case, actor, {person: part}, reason=does.reason)
            else:
                made += cases.relieve(stage.case, actor, person, part, reason=does.reason)
    return made


def _file(stage: Stage, step: Step, does: File) -> Receipts:
    actor = stage.actor(step.by)
    values = values_told(stage, DOCUMENTS[does.kind], does.values, actor)
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
        scan=stage.bytes(_scan(step, does)) if means == "scan" else b"",
        reason=does.reason,
        witness=does.witness,
    )


def _means(step: Step, does: Signing) -> str:
    """What was signed on paper is drawn here; a paper received from outside bears its signature already."""
    if does.means != "paper":
        return does.means
    received = isinstance(step.does, File) and DOCUMENTS[step.does.kind].layout == "received"
    return "scan" if received else "drawn"


def _scan(step: Step, does: Signing) -> str:
    """The scan of a signature: the one named, else the paper itself as it was received."""
    files = step.does.values.get("files") if isinstance(step.does, File) else None
    return does.scan or (files[0]["name"] if files else f"{does.name}签名.png")


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
    told = values_told(stage, fact, does.values, actor)
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
    waiting = {one.entry: one.paper for one in situation(stage.case, actor).case.unconfirmed}
    whole = [entry for entry in stage.register.whole(does.target) if entry in waiting]
    found = [entry for entry in whole if waiting[entry] not in whole]
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
