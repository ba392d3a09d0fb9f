"""Service: receipts, the order of direct, post and public notice, consent to electronic service (A11, A27; 罚 61; 民 87–95)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from liuhen.casefile.moments import Moment, before, day
from liuhen.casefile.state import CaseFile, Document, ServiceStep
from liuhen.compliance.answers import ANY_PROCEDURE, Answer, Context, Way, met, rule, unknown, violated, words
from liuhen.compliance.comparing import squeezed
from liuhen.compliance.parties import TRANSFERS
from liuhen.compliance.reading import Someone, distinct, paper_in, rows, someone, text_in

DIRECT = ("直接", "留置")
# Handed over by someone: in person, left, by another authority, or through the unit where the party is.
BY_HAND = (*DIRECT, "委托", "转交")
FAILED = ("attempted", "refused", "returned")
SIGNERS = ("recipient", "party", "agent", "receiver")
TWO = 2


def served_documents(case: CaseFile, *, transfers: bool = False) -> list[Document]:
    """The documents in whose service something happened: those to the party, or those to the body a case goes to."""
    kinds = {d.kind for d in case.documents.values() if d.service and (d.kind in TRANSFERS) is transfers}
    return [d for d in case.of(*kinds) if d.service]


def _said(step: ServiceStep, name: str) -> str:
    return text_in(step.body, name)


def _servers(step: ServiceStep) -> list[Someone]:
    """Who served: each person once, whether named by id, by name or as a row."""
    value = step.body.get("servers")
    named = cast("Iterable[object]", value) if isinstance(value, (list, tuple)) else ()
    return distinct(one for item in named if (one := someone(item)) is not None)


def _receipts(case: CaseFile, document: Document) -> list[Document]:
    """The receipts 送达回证 on which a document is listed, by number or title."""
    number = document.issued.number if document.issued else ""
    known = {squeezed(number), squeezed(document.title), squeezed(document.declared.title)} - {""}
    return [
        receipt
        for receipt in case.of("service_receipt")
        if any(
            squeezed(row.get(name)) in known
            for row in rows(receipt.values.get("documents"))
            for name in ("number", "title")
        )
    ]


def _signed(case: CaseFile, document: Document, step: ServiceStep, roles: tuple[str, ...]) -> bool:
    """Whether the receipt is signed in one of these roles: on the paper itself, on its receipt, or by the scan kept."""
    papers = [document, *_receipts(case, document)]
    return bool(step.body.get("proofs")) or any(paper.signed_by(role) for paper in papers for role in roles)


def _filmed(case: CaseFile, *documents: str) -> bool:
    """Whether an audio-visual record belongs to one of these documents, or why none was made is recorded."""
    filmed = any(r.recorded and not r.voided and r.document in documents for r in case.recordings.values())
    reasons = case.happened("recording_unsuitable")
    return filmed or any((f.document or f.values.get("document")) in documents for f in reasons)


def _receipt_faults(case: CaseFile, document: Document, step: ServiceStep) -> list[str]:
    """What the receipt of a paper handed over lacks (A11, A27; 民 87)."""
    lacking = [
        label for name, label in (("recipient", "收件人"), ("place", "送达地点")) if not _said(step, name)
    ]
    if step.what == "left":
        lacking = ["送达地点"] if not _said(step, "place") else []
    faults = [f"没有写明{'、'.join(lacking)}"] if lacking else []
    if len(_servers(step)) < _least(case):
        faults.append(_too_few(step))
    if step.what == "delivered" and not _signed(case, document, step, SIGNERS):
        faults.append("没有收件人签名或者盖章的送达回证")
    return faults


def _least(case: CaseFile) -> int:
    """How many serve: two of those who enforce (罚 42); at the window and for a licence one, as 许 and 民 87 ask no more."""
    return 1 if case.procedure == "licensing" else TWO


def _too_few(step: ServiceStep) -> str:
    named = _servers(step)
    return "送达人只有一名" if named else "没有写明送达人"


def _left_faults(case: CaseFile, document: Document, step: ServiceStep) -> list[str]:
    """Leaving a paper wants the reason for the refusal, and a witness or a recording (民 89)."""
    refused = any(s.what == "refused" and _said(s, "reason") for s in document.service)
    faults = [] if _said(step, "reason") or refused else ["没有写明拒收事由"]
    if not _said(step, "witness") and not _filmed(case, document.id):
        faults.append("没有见证人，也没有录像")
    return faults


def _receipt(case: CaseFile, document: Document, steps: list[ServiceStep]) -> Answer:
    """One answer on the receipts of a document: in an outside source only what it does tell can be a fault."""
    faults: list[str] = []
    for step in steps:
        found = _receipt_faults(case, document, step)
        found += _left_faults(case, document, step) if step.what == "left" else []
        if not case.closed_world:
            found = [_too_few(step)] if len(_servers(step)) == 1 else []
        faults += [f"{words(step.at)}{step.method}送达，{text}" for text in found]
    if faults:
        return violated(
            f"《{document.title}》{'；'.join(faults)}", subject=document.id, at=steps[0].at, entry=steps[0].entry,
            ways=(Way("补记所缺内容，附上签名的送达回证", does=f"serve:{document.id}"),),
        )  # fmt: skip
    if not case.closed_world and any(_receipt_faults(case, document, step) for step in steps):
        return unknown(f"材料没有说《{document.title}》的送达回证如何填写", subject=document.id)
    return met(f"《{document.title}》的送达回证齐全", subject=document.id)


@rule("R27.1", procedures=ANY_PROCEDURE)
def direct_service_receipted(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """直接送达的，送达回证写明收件人、地点和日期，由收件人签名、两名送达人送达；留置的有见证人或者录像。"""
    for document in served_documents(case):
        steps = [s for s in document.service if s.method in BY_HAND and s.what in ("delivered", "left")]
        if steps:
            yield _receipt(case, document, steps)


@rule("R11.2", procedures=ANY_PROCEDURE)
def transfer_receipted(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """移送的送达回证写明地点和方式，由收件人和送达人签名并注明时间。"""
    for document in served_documents(case, transfers=True):
        steps = [s for s in document.service if s.what in ("delivered", "left")]
        if steps:
            yield _handed_over(case, document, steps)


def _handed_over(case: CaseFile, document: Document, steps: list[ServiceStep]) -> Answer:
    answer = _receipt(case, document, steps)
    by_server = any(_signed(case, document, step, ("server",)) for step in steps)
    confirmed = any(f.document == document.id and f.proofs for f in case.happened("handed_to_receiver"))
    if answer.outcome != "met" or by_server or confirmed or not case.closed_world:
        return answer
    return violated(
        f"《{document.title}》{words(steps[0].at)}送达，送达回证没有送达人签名",
        subject=document.id, at=steps[0].at, entry=steps[0].entry,
        ways=(Way("附上收件人和送达人签名的送达回证", does=f"serve:{document.id}"),),
    )  # fmt: skip


def _names(case: CaseFile, kind: str, document: Document) -> list[Document]:
    """The papers of a kind that are about a served document, or about none that the case has."""
    papers = case.of(kind)
    return [one for one in papers if paper_in(case, one.values) in (document, None)]


def _direct_tried(case: CaseFile, document: Document) -> list[Moment]:
    """When direct service of the document is recorded to have failed."""
    tried = [s.at for s in document.service if s.method in DIRECT and s.what in FAILED]
    return tried + [
        f.at
        for f in case.happened("direct_service_failed")
        if (f.document or f.values.get("document")) == document.id
    ]


def _direct_failed(case: CaseFile, document: Document, step: ServiceStep) -> bool:
    """Whether it was recorded, not after a step, that direct service of the document had failed."""
    return any(before(step.at, at) is not True for at in _direct_tried(case, document))


def _post_failed(case: CaseFile, document: Document, step: ServiceStep) -> bool:
    """Whether a letter with the document had come back, not after a step."""
    back = [s.at for s in document.service if s.method == "邮寄" and s.what in FAILED]
    proofs = [p for p in _names(case, "postal_proof", document) if p.values.get("returned") is True]
    return any(before(step.at, at) is not True for at in (*back, *(p.current.at for p in proofs)))


def _missing(case: CaseFile, document: Document) -> bool:
    """Whether it is recorded, with its ground, that the party cannot be found."""
    notes = _names(case, "service_course_note", document)
    return any(n.values.get("missing") is True and n.values.get("missing_ground") for n in notes)


@rule("R27.2", procedures=ANY_PROCEDURE)
def post_after_direct_failed(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """直接送达不成并有记载的，才邮寄送达；挂号或者特快专递的单号和回执存卷。"""
    for document in served_documents(case):
        steps = [s for s in document.service if s.method == "邮寄" and s.what in ("posted", "delivered")]
        if steps:
            yield _posted(case, document, steps)


def _posted(case: CaseFile, document: Document, steps: list[ServiceStep]) -> Answer:
    faults: list[str] = []
    open_: list[str] = []
    ways: list[Way] = []
    if not _direct_failed(case, document, steps[0]):
        later = bool(_direct_tried(case, document))
        known = later or case.tells("direct_service_failed")
        told = "直接送达未成记载在交寄以后" if later else "没有直接送达未成的记载"
        (faults if known else open_).append(told)
        ways += [] if later else [Way("登记直接送达何时、为何未成", does="state:direct_service_failed")]
    proved = any(s.body.get("proofs") for s in steps) or _names(case, "postal_proof", document)
    if any(s.what == "delivered" for s in steps) and not proved:
        known = case.tells("postal_proof")
        (faults if known else open_).append("没有挂号或者特快专递回执")
        ways.append(Way("存入邮件回执", does="file:postal_proof"))
    if faults:
        return violated(
            f"《{document.title}》{words(steps[0].at)}邮寄送达，{'，'.join(faults)}",
            subject=document.id, at=steps[0].at, entry=steps[0].entry,
            ways=tuple(ways),
        )  # fmt: skip
    if open_:
        return unknown(f"材料没有说《{document.title}》邮寄之前是否直接送达、有无回执", subject=document.id)
    return met(f"《{document.title}》邮寄送达有记载和回执", subject=document.id)


@rule("R27.3", procedures=ANY_PROCEDURE)
def public_notice_last(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """直接和邮寄都不成或者当事人下落不明的，才公告送达；写明载体和经过，留存凭证并音像记录。"""
    for document in served_documents(case):
        steps = [s for s in document.service if s.method == "公告" and s.what == "published"]
        if steps:
            yield _published(case, document, steps[0])


_PROVE = Way("写明载体和经过，存入报纸、照片、截图等凭证和音像记录", does="deposit")


def _published(case: CaseFile, document: Document, step: ServiceStep) -> Answer:
    faults = _published_too_soon(case, document, step)
    ways = [Way("写明已用方式及未成原因，或者下落不明的根据", does="file:service_course_note")]
    if case.closed_world:
        unproved = _notice_unproved(case, document, step)
        ways = (ways if faults else []) + ([_PROVE] if unproved else [])
        faults += unproved
    elif faults and not (case.tells("direct_service_failed") or case.tells("service_course_note")):
        return unknown(f"材料没有说《{document.title}》公告之前还用过哪些送达方式", subject=document.id)
    if faults:
        return violated(
            f"《{document.title}》{words(step.at)}公告送达，{'，'.join(faults)}",
            subject=document.id, at=step.at, entry=step.entry,
            ways=tuple(ways),
        )  # fmt: skip
    return met(f"《{document.title}》公告送达有根据和凭证", subject=document.id)


def _published_too_soon(case: CaseFile, document: Document, step: ServiceStep) -> list[str]:
    """Why it was not yet the time for public notice."""
    if _missing(case, document):
        return []
    ways = (("直接", _direct_failed(case, document, step)), ("邮寄", _post_failed(case, document, step)))
    untried = [name for name, failed in ways if not failed]
    return [f"没有{'、'.join(untried)}送达未成的记载，也没有下落不明的根据"] if untried else []


def _notice_unproved(case: CaseFile, document: Document, step: ServiceStep) -> list[str]:
    """What is not kept of a public notice: carrier, course, copies, recording."""
    notices = _names(case, "public_notice", document)
    faults: list[str] = []
    if not _said(step, "carrier") and not any(n.values.get("carrier") for n in notices):
        faults.append("没有写明载体")
    if not _said(step, "reason") and not _names(case, "service_course_note", document):
        faults.append("没有记明原因和经过")
    ids = (document.id, *(n.id for n in notices))
    tied = any(not r.voided and r.document in ids for r in case.recordings.values())
    if not step.body.get("proofs") and not tied:
        faults.append("没有留存报纸、照片或者截图")
    if not _filmed(case, *ids):
        faults.append("没有音像记录")
    return faults


@rule("P61.1", procedures=ANY_PROCEDURE)
def electronic_service_consented(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """当事人签名确认同意的，才用电子方式送达。"""
    for document in served_documents(case):
        steps = [s for s in document.service if s.method == "电子"]
        if steps:
            yield _consented(case, document, steps[0])


def _consented(case: CaseFile, document: Document, step: ServiceStep) -> Answer:
    given = [d for d in case.of("service_address_confirmation") if d.values.get("e_consent") is True]
    given = [d for d in given if before(step.at, d.current.at) is not True]
    signed = [d for d in given if any(not s.refused for s in (*d.signed_by("party"), *d.signed_by("agent")))]
    if signed or (given and not case.closed_world):
        return met("当事人同意电子送达", subject=document.id)
    if not given and not case.tells("service_address_confirmation"):
        return unknown("材料没有说当事人是否同意电子送达", subject=document.id)
    lacking = (
        "当事人没有在《送达地址确认书》上签名" if given else "没有当事人同意电子送达的《送达地址确认书》"
    )
    return violated(
        f"《{document.title}》{words(day(step.at))}电子送达，{lacking}", subject=document.id, at=step.at,
        entry=step.entry,
        ways=(Way("由当事人签名确认同意电子送达；不同意的，另用其他方式", does="file:service_address_confirmation"),),
    )  # fmt: skip
