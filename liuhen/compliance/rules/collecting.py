"""Who collects a fine: the bank, and only in the cases of the law the officers, with the official receipt (罚 67–70)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from liuhen.casefile.moments import Moment
from liuhen.casefile.state import CaseFile, Document, Values
from liuhen.compliance.answers import (
    PENALTIES,
    Answer,
    Context,
    Way,
    met,
    rule,
    setting,
    unknown,
    violated,
    words,
)
from liuhen.compliance.comparing import money, totals
from liuhen.compliance.reading import moment, text_in
from liuhen.compliance.weight import FINE
from liuhen.measures.documents.summary import HARD, ON_THE_SPOT, REMOTE, SMALL


@rule("K7", procedures=PENALTIES)
def collected_by_the_bank(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """作出处罚决定的人不收缴罚款；法定情形当场收缴的，出具财政部门统一制发的专用票据。"""
    for decision in case.of("summary_decision"):
        if decision.values.get("pay") == ON_THE_SPOT:
            yield _collectable(case, f"{decision.id}.pay", decision.made_at, None, decision)
    for receipt in case.of("collection_receipt"):
        yield _collectable(
            case, receipt.id, moment(receipt.values, "collected_at") or receipt.made_at, receipt
        )
        if receipt.values.get("unified") is False:
            yield _no_receipt(
                f"{receipt.id}.receipt", moment(receipt.values, "collected_at") or receipt.made_at
            )
    for handed in case.of("cash_handover"):
        if not case.of("collection_receipt"):
            yield _unreceipted(case, handed.id, handed.made_at)
    for fact in case.happened("payment_made"):
        if fact.values.get("channel") == ON_THE_SPOT and not case.of("collection_receipt"):
            yield _collectable(case, fact.entry, moment(fact.values, "on") or fact.at, None)
            yield _unreceipted(case, f"{fact.entry}.receipt", fact.at)


def _no_receipt(subject: str, at: Moment) -> Answer:
    return violated(
        f"{words(at)}当场收缴罚款，没有出具财政部门统一制发的专用票据", subject=subject, at=at,
        ways=(Way("出具财政部门统一制发的专用票据；没有票据的，由当事人到银行缴纳", does="edit"),),
    )  # fmt: skip


def _unreceipted(case: CaseFile, subject: str, at: Moment) -> Answer:
    if not case.tells("collection_receipt"):
        return unknown("材料没有说当场收缴罚款有没有专用票据", subject=subject)
    return _no_receipt(subject, at)


def _collectable(
    case: CaseFile, subject: str, at: Moment, receipt: Document | None, planned: Document | None = None
) -> Answer:
    """Whether this fine may be taken on the spot: one of the cases of 罚 68, 69, and as far as its facts are told."""
    decision = planned or case.decision
    if decision is None:
        return unknown("没有处罚决定可以对照", subject=subject)
    told = [d.values for d in (receipt, decision) if d is not None]
    ground = next((str(v["pay_ground"]) for v in told if v.get("pay_ground")), "")
    fine = totals(decision.values.get("penalties")).get(FINE, 0)
    why = _why_not(case, decision, ground, fine, told)
    if why is None:
        return met(f"属于可以当场收缴的情形：{ground or SMALL}", subject=subject)
    if not why:
        return unknown("材料没有说为什么当场收缴罚款", subject=subject)
    return violated(
        f"{words(at)}当场收缴罚款{money(fine or 0)}，{why}", subject=subject, at=at,
        ways=(Way("由当事人到指定的银行或者通过电子支付缴纳", does="edit"),),
    )  # fmt: skip


def _why_not(
    case: CaseFile, decision: Document, ground: str, fine: int | None, told: Sequence[Values]
) -> str | None:
    """Why it may not be collected on the spot; None when it may, empty when the record does not tell."""
    on_the_spot = decision.kind == "summary_decision"
    small = int(setting(case, "on_the_spot_fine", decision.made_at))
    note = any(text_in(v, "pay_note") for v in told)
    asked = [v.get("pay_asked") for v in told if "pay_asked" in v]
    if on_the_spot and fine is not None and fine <= small:
        return None
    if ground == REMOTE:
        if True in asked:
            return None
        return "不是当事人提出的" if case.closed_world or False in asked else ""
    if not on_the_spot:
        return "不是当场作出的处罚决定，也不在边远、水上、交通不便地区" if ground or case.closed_world else ""
    if ground == HARD:
        return None if note or not case.closed_world else "没有写明为什么事后难以执行"
    if ground == SMALL and fine is not None:
        return f"超过{money(small)}，不属于可以当场收缴的小额罚款"
    return "没有法定的当场收缴情形" if case.closed_world else ""
