"""Checking what was ordered to be corrected, disposing of confiscated things (A28, A29; 罚 28, 74)."""

from __future__ import annotations

from collections.abc import Iterator

from liuhen.casefile.moments import instant
from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.answers import PENALTIES, Answer, Context, Way, met, rule, unknown, violated, words
from liuhen.compliance.approving import in_order
from liuhen.compliance.reading import moment, signers
from liuhen.compliance.rules.recordings import recorded
from liuhen.compliance.things import too_many
from liuhen.measures.lists import FLOWS

TOPIC = "罚没物品处理"
TWO = 2


@rule("R28.1", procedures=PENALTIES)
def correction_checked_on_film(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """责令改正的复查在期满之后进行，制作现场笔录，同时音像记录。"""
    for check in case.of("cure_check_record"):
        yield recorded(case, ctx, check)


@rule("R29.1")
def disposal_approved_first(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """处理罚没物品之前，处理事项已经科室负责人和局领导批准。"""
    sheets = [s for s in case.of("case_matter_approval") if s.values.get("topic") == TOPIC]
    for record in case.of("goods_disposal_record"):
        yield _approved(case, record, sheets)


def _approved(case: CaseFile, record: Document, sheets: list[Document]) -> Answer:
    at = moment(record.values, "at") or record.current.at
    approved = [time for s in sheets if (time := s.approved_at()) is not None]
    if not approved:
        if not case.closed_world and (sheets or not case.tells("case_matter_approval")):
            return unknown("材料没有说处理物品由谁批准", subject=record.id)
        return violated(
            f"{words(at)}处理罚没物品，没有经科室负责人和局领导批准", subject=record.id, at=at,
            ways=(Way("填写有关事项审批表，报批物品处理", does="file:case_matter_approval"),),
        )  # fmt: skip
    orders = [in_order(case, time, at) for time in approved]
    if any(orders):
        return met("物品处理已经批准", subject=record.id)
    first = min(approved, key=instant)
    if None in orders:
        return unknown(f"批准与处理物品同为{words(first)}，先后不明", subject=record.id)
    return violated(f"{words(at)}处理罚没物品，{words(first)}才批准", subject=record.id, at=at)


@rule("R29.2")
def disposal_signed_and_filmed(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """物品处理记录由执行人和见证人逐页签名，同时音像记录；处理的物品不多于登记的。"""
    for record in case.of("goods_disposal_record"):
        yield recorded(case, ctx, record)
        yield _signed(case, record)
    yield from _conserved(case)


def _signed(case: CaseFile, record: Document) -> Answer:
    subject = f"{record.id}.signed"
    lacking = [] if len(signers(record, "executor")) >= TWO else ["没有两名执行人签名"]
    lacking += [] if signers(record, "witness") else ["没有见证人签名"]
    last = [
        s.name for s in record.current.signatures if s.role in ("executor", "witness") and s.pages == "last"
    ]
    lacking += [f"{'、'.join(last)}只在末页签名"] if last else []
    if not lacking:
        return met("物品处理记录已经逐页签名", subject=subject)
    message = f"《{record.title}》{'，'.join(lacking)}"
    if not case.closed_world and not record.current.signatures:
        return unknown(f"材料没有说《{record.title}》由谁签名", subject=subject)
    if case.closed_world and not case.of("closing_report"):
        return Answer("open", message, subject=subject)
    way = Way("执行人和见证人逐页签名", does=f"sign:{record.id}")
    return violated(message, subject=subject, at=record.current.at, ways=(way,))


def _conserved(case: CaseFile) -> Iterator[Answer]:
    """Nothing goes out that was not taken: told of the last list that puts things out."""
    told: set[str] = set()
    for flow in FLOWS:
        surplus = too_many(case, flow)
        last = case.latest(*flow.out)
        if not surplus or last is None or last.id in told:
            continue
        told.add(last.id)
        said = "、".join(thing.words for thing in surplus)
        yield violated(
            f"《{last.title}》等清单处理的物品多于登记的：{said}", subject=f"{last.id}.items", at=last.made_at,
            ways=(Way("核对清单，写错的更正", does="correct"),),
        )  # fmt: skip
