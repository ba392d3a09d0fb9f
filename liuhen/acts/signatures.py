"""Signatures: drawn, scanned, sealed, fingerprinted, or refused with reason (A13, A14, A20; R13.2, R14.2, R14.4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from liuhen.acts.engine import perform
from liuhen.acts.situation import Situation, invalid
from liuhen.acts.storage import vault
from liuhen.casefile.moments import Moment
from liuhen.casefile.state import Document
from liuhen.office.policy import Actor
from liuhen.records.append import New, Receipt

# Nobody signs in these roles for somebody else, not even in their presence.
STRICTLY_OWN = ("officer", "registrar", "presider", "legal_reviewer", "hander", "receiver")
# Signed on the proof of service 送达回证, which is printed from the service steps.
RECEIPT_ROLES = ("recipient", "server")
MEANS = ("drawn", "scan", "seal", "fingerprint", "refused")
OWN_ROLES = (
    "officer",
    "registrar",
    "notifier",
    "presider",
    "recorder",
    "legal_reviewer",
    "server",
    "participant",
    "executor",
    "hander",
    "receiver",
)
MOST_POINTS = 20_000


def sign(
    case: str,
    actor: Actor,
    document: str,
    *,
    role: str,
    name: str = "",
    means: str = "drawn",
    strokes: Sequence[Sequence[int]] = (),
    scan: bytes = b"",
    reason: str = "",
    witness: str = "",
    recording: str = "",
    at: Moment | None = None,
) -> list[Receipt]:
    """Sign a document's current text, or record the refusal to.

    In the roles of :data:`OWN_ROLES` people of the bureau sign for themselves; others sign in the presence of the
    acting officer. ``strokes`` are flat lists x, y, x, y … of integers 0..1000. After the last required signature the
    final rendition is made. Raises Invalid, Stopped, NotPermitted.
    """

    def decide(here: Situation) -> list[New]:
        found = here.document(document)
        own = role in OWN_ROLES and (not name or name == actor.name)
        if role in STRICTLY_OWN and not own:
            raise invalid("name", "执法人员和本局人员只能由本人签名")
        body: dict[str, Any] = {
            "document": document,
            "revision": found.current.number,
            "role": role,
            "name": actor.name if own else name.strip(),
            "means": means,
            "pages": _pages(found, role),
        }
        if own:
            body["person"] = actor.person
        rendition = found.rendition("for_signature")
        if rendition is not None:
            body["rendition"] = rendition.digest
        _check(found, role, body, strokes, scan, reason)
        body |= _means(means, strokes, scan, reason, witness, recording)
        return [New("Signed", body, at=at)]

    return perform("sign", case, actor, decide)


def _pages(document: Document, role: str) -> str:
    declared = {s.role: s for s in document.declared.signatures}
    if role in RECEIPT_ROLES and document.declared.served and document.issued is not None:
        return "last"
    if role not in declared:
        raise invalid("role", "这份文书没有这个签名位置")
    return "all" if declared[role].every_page else "last"


def check_strokes(strokes: Sequence[Sequence[int]]) -> None:
    """Refuse a drawing that is empty, too long, or out of the pad. Raises Invalid."""
    if not any(len(stroke) >= 4 for stroke in strokes):
        raise invalid("strokes", "请在签名框内书写姓名")
    if sum(len(stroke) for stroke in strokes) > MOST_POINTS * 2:
        raise invalid("strokes", "笔迹过长，请重写")
    if any(not isinstance(v, int) or not 0 <= v <= 1000 for stroke in strokes for v in stroke):
        raise invalid("strokes", "笔迹数据不对，请重写")


def _check(
    document: Document,
    role: str,
    body: dict[str, Any],
    strokes: Sequence[Sequence[int]],
    scan: bytes,
    reason: str,
) -> None:
    if body["means"] not in MEANS:
        raise invalid("means", "选择签名方式")
    if not body["name"]:
        raise invalid("name", "填写签名人姓名")
    ours = document.current.origin == "made" and document.declared.layout != "received"
    if ours and document.rendition("for_signature") is None:
        raise invalid("document", "文书还没有成文，不能签名")
    who = body.get("person") or body["name"]
    if any((sign.person or sign.name) == who for sign in document.signed_by(role)):
        raise invalid("name", f"{body['name']}已经签过")
    if body["means"] == "drawn":
        check_strokes(strokes)
    if body["means"] == "scan" and not scan:
        raise invalid("scan", "选择签名页的扫描件")
    if body["means"] == "refused" and not reason.strip():
        raise invalid("reason", "写明拒绝签名的理由")


def _means(
    means: str, strokes: Sequence[Sequence[int]], scan: bytes, reason: str, witness: str, recording: str
) -> dict[str, Any]:
    if means == "drawn":
        return {"strokes": [list(stroke) for stroke in strokes]}
    if means == "scan":
        return {"scan": vault().put(scan).digest, "page": 1}
    if means == "refused":
        refusal = {"reason": reason.strip(), "witness": witness.strip(), "recording": recording}
        return {key: value for key, value in refusal.items() if value}
    return {}
