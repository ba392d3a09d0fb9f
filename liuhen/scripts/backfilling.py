"""Backfilling 补录 what a script tells to have been recorded afterwards, with its true moment and the scan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypedDict

from liuhen.acts import backfill
from liuhen.acts.storage import vault
from liuhen.casefile.moments import Moment, write
from liuhen.casefile.state import APPROVER_ROLES
from liuhen.measures import DOCUMENTS, FACTS
from liuhen.scripts.shape import Approval, File, Serve, Serving, Signing, State, Step
from liuhen.scripts.stage import Receipts, Stage, values_told


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
        values_told(stage, DOCUMENTS[does.kind], does.values, actor),
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
    row = {"role": signing.role, "name": signing.name, "person": person, "pages": signing.pages}
    row |= {"refused": signing.reason, "witness": signing.witness}
    return row | ({"at": write(signing.on)} if signing.on else {})


def _late_opinion(approval: Approval) -> dict[str, Any]:
    row = {"role": APPROVER_ROLES[approval.letter], "opinion": approval.opinion, "text": approval.text}
    return row | {"choice": approval.choice} | ({"at": write(approval.on)} if approval.on else {})


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
    body: dict[str, Any] = {
        "fact": does.fact,
        "values": values_told(stage, FACTS[does.fact], does.values, actor),
    }
    if does.document:
        body["document"] = stage.register.document(does.document)
    if does.proofs:
        body["proofs"] = [stage.digest(actor, name) for name in does.proofs]
    return backfill.backfill_entry(stage.case, actor, "Happened", body, **_late(stage, step))


BACKFILLED: Mapping[type, Callable[[Stage, Step, Any], Receipts]] = {
    File: _backfill_file,
    Serve: _backfill_serve,
    State: _backfill_state,
}
