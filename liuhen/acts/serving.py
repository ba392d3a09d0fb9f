"""Service 送达: each step as it happened; when it takes effect is computed (A27; 民 87–95; 罚 61)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from liuhen.acts.dating import check_after_issue, check_lately
from liuhen.acts.engine import nothing, perform
from liuhen.acts.fitness import check_drawable
from liuhen.acts.signatures import check_strokes
from liuhen.acts.situation import Situation, invalid
from liuhen.casefile.moments import Moment
from liuhen.casefile.state import Document
from liuhen.compliance import parties
from liuhen.office.policy import Actor
from liuhen.records.append import New, Receipt

WHAT = {
    "直接": ("attempted", "delivered", "refused"),
    "留置": ("left",),
    "邮寄": ("posted", "delivered", "returned"),
    "委托": ("attempted", "delivered"),
    "转交": ("attempted", "delivered"),
    "电子": ("attempted", "reached"),
    "公告": ("published",),
}
WHAT_WORDS = {
    "attempted": "没有送到",
    "delivered": "已经收到",
    "refused": "拒绝接收",
    "left": "留置",
    "posted": "已经交寄",
    "returned": "被退回",
    "reached": "到达对方系统",
    "published": "已经公告",
}


def serve(
    case: str,
    actor: Actor,
    document: str,
    *,
    method: str,
    what: str,
    addressee: str = "",
    at: Moment | None = None,
    place: str = "",
    servers: Sequence[str] = (),
    proofs: Sequence[str] = (),
    strokes: Sequence[Sequence[int]] = (),
    own: Sequence[Sequence[int]] = (),
    **more: str,
) -> list[Receipt]:
    """Record one step in serving an issued document: ``method`` and ``what`` of :data:`WHAT`.

    ``strokes``: the recipient signs the receipt on the spot; ``own``: so does whoever records it and served. ``more``: recipient, relation, carrier, tracking, reason,
    witness. ``proofs`` are digests of deposited files. ``at`` lies after the issue and at most ``record_lag_days`` back;
    what is older is backfilled. Raises Invalid, Stopped, NotPermitted.
    """

    def decide(here: Situation) -> list[New]:
        found = here.document(document)
        if method not in WHAT or what not in WHAT[method]:
            raise invalid("what", "选择送达方式和经过")
        check_drawable(addressee=addressee, place=place, **more)
        if found.issued is None:
            raise invalid("document", f"《{found.title}》还没有签发，不能送达")
        if at is not None:
            check_lately(here, at, "送达")
            check_after_issue(here, found, at, "送达")
        body: dict[str, Any] = {
            "document": document,
            "addressee": addressee.strip() or parties.addressee(here.case, found.declared, found.values),
            "method": method,
            "what": what,
        }
        if not body["addressee"]:
            raise invalid("addressee", "填写受送达人")
        body |= {
            key: value.strip() for key, value in {"place": place, **more}.items() if value and value.strip()
        }
        if servers:
            body["servers"] = list(servers)
        if proofs:
            body["proofs"] = list(proofs)
        _needs(body)
        news = [New("ServiceStep", body, at=at)]
        if strokes:
            news.append(_receipt(found, {"role": "recipient", "name": body["recipient"]}, strokes, at))
        if own:
            if actor.person not in servers:
                raise invalid("own", "你不是这一次的送达人，不能在送达人处签名")
            signer = {"role": "server", "name": actor.name, "person": actor.person}
            if not any(sign.person == actor.person for sign in found.signed_by("server")):
                news.append(_receipt(found, signer, own, at))
        return news

    return perform("serve", case, actor, decide, heeds=nothing)


def _receipt(
    document: Document, signer: dict[str, str], strokes: Sequence[Sequence[int]], at: Moment | None
) -> New:
    """A signature on the proof of service (A27): role, name and, of people of the bureau, id of who signed."""
    check_strokes(strokes)
    signed = {
        "document": document.id, "revision": document.current.number, **signer,
        "means": "drawn", "pages": "last", "strokes": [list(stroke) for stroke in strokes],
    }  # fmt: skip
    return New("Signed", signed, at=at)


def _needs(body: dict[str, Any]) -> None:
    """What each way needs to be told (A27)."""
    wanted = {
        ("直接", "delivered"): {"recipient": "填写收件人"},
        ("直接", "refused"): {"reason": "填写拒收事由"},
        ("直接", "attempted"): {"reason": "填写没有送到的原因"},
        ("留置", "left"): {"reason": "填写拒收事由"},
        ("邮寄", "posted"): {"tracking": "填写挂号或者快递单号"},
        ("邮寄", "returned"): {"reason": "填写退回原因"},
        ("公告", "published"): {"carrier": "填写公告载体（报纸、公告栏、门户网站）"},
    }.get((body["method"], body["what"]), {})
    for name, message in wanted.items():
        if not body.get(name):
            raise invalid(name, message)
