"""Signatures: drawn, scanned, sealed, fingerprinted, or refused with reason (A13, A14, A20; R13.2, R14.2, R14.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from liuhen.acts.approvals import standing_of
from liuhen.acts.dating import check_after_issue, check_lately, check_not_before
from liuhen.acts.engine import perform
from liuhen.acts.fitness import COUNTERPARTS, check_drawable
from liuhen.acts.showing import check_shown
from liuhen.acts.situation import Situation, invalid
from liuhen.acts.storage import vault
from liuhen.casefile.moments import Moment
from liuhen.casefile.state import Document, Sign
from liuhen.measures.vocabulary import ROLE_NAMES
from liuhen.office.policy import Actor
from liuhen.records.append import New, Receipt

# Nobody signs in these roles for somebody else, not even in their presence.
STRICTLY_OWN = (
    "officer",
    "registrar",
    "presider",
    "legal_reviewer",
    "hander",
    "receiver",
    "principal_leader",
)
# Signed by whoever holds that post, and by nobody else of the bureau (强 55; 罚 58, 64).
POSTS = ("principal_leader", "legal_reviewer", "presider")
# Signed on the proof of service 送达回证, which is printed from the service steps.
RECEIPT_ROLES = ("recipient", "server")
MEANS = ("drawn", "scan", "seal", "fingerprint", "paper", "refused")
OWN_ROLES = (
    "officer",
    "registrar",
    "notifier",
    "presider",
    "recorder",
    "legal_reviewer",
    "principal_leader",
    "server",
    "participant",
    "executor",
    "hander",
    "receiver",
)
# Where the scan of the signed sheet proves that people of the bureau signed who cannot come to the desk.
SCANNED_FOR = ("participant",)
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
    original: str = "",
    page: int = 1,
    reason: str = "",
    witness: str = "",
    recording: str = "",
    at: Moment | None = None,
    seen: str = "",
) -> list[Receipt]:
    """Sign a document's current text, or record the refusal to.

    In the roles of :data:`OWN_ROLES` people of the bureau sign for themselves, in their own accounts; in those of
    :data:`SCANNED_FOR` a scan of the signed sheet does as well. Others sign in the presence of the acting officer.
    ``strokes`` are flat lists x, y, x, y … of integers 0..1000. ``original``: the digest of the signed original, deposited and
    tied to the document, on whose ``page`` a signature by ``means`` "paper" stands. ``at`` lies after the rendition and at most
    ``record_lag_days`` back. ``seen``: :func:`showing.shown` of what was shown. After the last required signature the final
    rendition is made. Raises Invalid, Stopped, NotPermitted.
    """

    def decide(here: Situation) -> list[New]:
        found = here.document(document)
        check_shown(found, seen)
        check_drawable(name=name, reason=reason, witness=witness)
        own = role in OWN_ROLES and (not name or _same(name, actor.name))
        if not own:
            _check_stranger(here, role, name, means)
        elif role in POSTS and standing_of(here.case, here.office, actor, role, here.now) is None:
            raise invalid("name", f"由{ROLE_NAMES[role]}本人签名，{actor.name}没有这个职务")
        if any(s.person == actor.person for s in found.signed_by(COUNTERPARTS.get(role, ""))):
            raise invalid("name", "交、收双方不能是同一个人，请另一方本人用自己的账号签名")
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
        if means == "paper":
            _check_original(here, document, original, page)
            body |= {"scan": original, "page": page}
        if at is not None:
            _check_when(here, found, role, at)
        body |= _means(means, strokes, scan, reason, witness, recording)
        return [New("Signed", body, at=at)]

    return perform("sign", case, actor, decide)


def _check_stranger(here: Situation, role: str, name: str, means: str) -> None:
    """Nobody draws for a person of the bureau: everyone who is in its register signs signed in as themselves."""
    if role in STRICTLY_OWN:
        raise invalid("name", "执法人员和本局人员只能由本人签名")
    if role not in OWN_ROLES or (means in ("scan", "paper") and role in SCANNED_FOR):
        return
    if any(_same(name, person.name) for person in here.office.people.values()):
        other = "，或者上传纸上签名的扫描件" if role in SCANNED_FOR else ""
        raise invalid("name", f"本局人员只能由本人签名：请{name.strip()}用自己的账号登录后签{other}")


def _same(name: str, other: str) -> bool:
    """Blanks make no other name."""
    return "".join(name.split()) == "".join(other.split())


def _check_when(here: Situation, document: Document, role: str, at: Moment) -> None:
    """Nothing is signed before it stands on paper; a receipt not before the paper is issued."""
    check_lately(here, at, "签名")
    rendition = document.rendition("for_signature")
    if rendition is not None:
        check_not_before(at, rendition.at, f"签名时间早于《{document.title}》成文的时间")
    if role in RECEIPT_ROLES and document.declared.served and document.issued is not None:
        check_after_issue(here, document, at, "签名")


def _pages(document: Document, role: str) -> str:
    declared = {s.role: s for s in document.declared.signatures}
    if role in RECEIPT_ROLES and document.declared.served and document.issued is not None:
        return "last"
    if role not in declared:
        raise invalid("role", "这份文书没有这个签名位置")
    return "all" if declared[role].every_page else "last"


def _check_original(here: Situation, document: str, original: str, page: int) -> None:
    """The sheet that was signed by hand lies in the vault, tied to the document it is of."""
    kept = (r for r in here.case.recordings.values() if r.digest == original and not r.voided)
    if not original or not any(r.document == document for r in kept):
        raise invalid("original", "先存入这份文书的签名扫描件")
    if page < 1:
        raise invalid("page", "填写签名在扫描件的第几页")


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
    ours = ours and role not in RECEIPT_ROLES
    if ours and document.rendition("for_signature") is None:
        raise invalid("document", "文书还没有成文，不能签名")
    if any(_signed_already(sign, body) for sign in document.signed_by(role)):
        raise invalid("name", f"{body['name']}已经签过")
    if body["means"] == "drawn":
        check_strokes(strokes)
    if body["means"] == "scan" and not scan:
        raise invalid("scan", "选择签名页的扫描件")
    if body["means"] == "refused" and not reason.strip():
        raise invalid("reason", "写明拒绝签名的理由")


def _signed_already(sign: Sign, body: Mapping[str, Any]) -> bool:
    """The same person; where one of the two is known by name only, the same name."""
    if sign.person and body.get("person"):
        return sign.person == body["person"]
    return _same(sign.name, body["name"])


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
