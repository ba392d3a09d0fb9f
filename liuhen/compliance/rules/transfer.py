"""Passing a case on: another body, suspected crime, goods that go with it (A11, A12; 罚 27; 移 5, 6, 11, 12; 强 21)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from liuhen.casefile.moments import day, instant
from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.answers import Answer, Context, Way, met, open_until, rule, unknown, violated, words
from liuhen.compliance.approving import approval_of, in_order
from liuhen.compliance.deadlines import end_of
from liuhen.compliance.reading import answering, moment
from liuhen.measures.counting import add

TOPIC = "案件移送"


def approved_first(
    case: CaseFile, paper: Document, sheets: Sequence[Document], kind: str, way: Way
) -> Answer:
    """Whether one of the approval sheets (of ``kind``) was approved before a paper was issued."""
    title, made = case.called(kind), paper.made_at
    approved = [at for s in sheets if (at := approval_of(case, s)) is not None]
    if not approved:
        shown = [case.tells_of(s, "approved") for s in sheets] or [case.tells(kind)]
        if not all(shown):
            return unknown(f"材料没有说《{paper.title}》由谁批准", subject=paper.id)
        return violated(
            f"《{title}》没有批准，{words(made)}就签发《{paper.title}》",
            subject=paper.id,
            at=made,
            ways=(way,),
        )
    orders = [in_order(case, at, made) for at in approved]
    if any(orders):
        return met(f"《{title}》已经批准", subject=paper.id)
    if None in orders:
        return unknown(f"批准与签发《{paper.title}》同为{words(made)}，先后不明", subject=paper.id)
    return violated(
        f"《{title}》{words(min(approved, key=instant))}才批准，晚于{words(made)}的《{paper.title}》",
        subject=paper.id, at=made,
    )  # fmt: skip


@rule("R11.1")
def transfer_approved(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """案件移送函签发之前，移送已经科室负责人和局领导批准。"""
    sheets = [s for s in case.of("case_matter_approval") if s.values.get("topic") == TOPIC]
    way = Way("填写有关事项审批表，报批移送", does="file:case_matter_approval")
    for letter in case.of("case_transfer_letter"):
        if letter.issued:
            yield approved_first(case, letter, sheets, "case_matter_approval", way)


@rule("R12.1")
def crime_transfer_approved(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """涉嫌犯罪案件的移送先经主要负责人批准，附有调查报告；批准之后不以处罚代替移送。"""
    reports = case.of("crime_transfer_report")
    way = Way("写出移送报告，报主要负责人批准", does="file:crime_transfer_report")
    for letter in case.of("crime_transfer_letter"):
        if letter.issued:
            yield approved_first(case, letter, reports, "crime_transfer_report", way)
            yield _with_report(case, letter)
    yield from _penalty_instead(case, reports)


def _with_report(case: CaseFile, letter: Document) -> Answer:
    kind, subject = "crime_investigation_report", f"{letter.id}.report"
    found = case.of(kind)
    if found and in_order(case, found[0].revisions[0].at, letter.made_at) is not False:
        return met("附有调查报告", subject=subject)
    if not found and not case.tells(kind):
        return unknown("材料没有说移送时有没有附调查报告", subject=subject)
    return violated(
        f"没有《{case.called(kind)}》，{words(letter.made_at)}就签发《{letter.title}》",
        subject=subject, at=letter.made_at, ways=(Way("写出移送用的调查报告", does=f"file:{kind}"),),
    )  # fmt: skip


def _penalty_instead(case: CaseFile, reports: Sequence[Document]) -> Iterator[Answer]:
    """A penalty after the transfer was approved and before the case went to the police (移 11)."""
    approved = [at for r in reports if (at := approval_of(case, r)) is not None]
    sent = [d for d in case.of("crime_transfer_letter") if d.issued]
    for decision in case.of("penalty_decision") if approved else ():
        if decision.issued is None or day(decision.made_at) < day(min(approved, key=instant)):
            continue
        if not any(day(d.made_at) <= day(decision.made_at) for d in sent):
            yield violated(
                f"{words(min(approved, key=instant))}批准移送涉嫌犯罪案件，没有移送，{words(decision.made_at)}就作出处罚决定",
                subject=decision.id, at=decision.made_at,
                ways=(Way("先移送公安机关", does="file:crime_transfer_letter"),),
            )  # fmt: skip


@rule("R12.2")
def party_told_of_goods(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """查封、扣押的财物随案移交的，财物移送通知书和清单送达当事人。"""
    if not any(d.served_at or d.service for d in case.of("crime_transfer_letter")):
        return
    for seizure in case.of("seizure_decision"):
        if answering(case, seizure, "seizure_release_decision") is None:
            yield _told(case, seizure)


def _told(case: CaseFile, seizure: Document) -> Answer:
    notice = answering(case, seizure, "seized_property_transfer_notice")
    if notice is not None and notice.served_at is not None:
        return met("已通知当事人财物移送", subject=seizure.id)
    kind = "seized_property_transfer_notice"
    message = f"《{seizure.title}》所列财物随案移送，没有向当事人送达《{case.called(kind)}》"
    if notice is None and not case.tells(kind):
        return unknown("材料没有说财物移送是否通知当事人", subject=seizure.id)
    if case.closed_world and case.closed_at is None:
        return Answer("open", message, subject=seizure.id)
    does = f"serve:{notice.id}" if notice else f"file:{kind}"
    return violated(message, subject=seizure.id, at=case.closed_at, ways=(Way("通知当事人", does=does),))


@rule("C12.1")
def handed_to_the_police(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """公安机关决定立案的，三日内将涉案物品和案件材料移交公安机关。"""
    for reply in case.of("police_reply"):
        received = moment(reply.values, "received_at", "replied_on")
        if reply.values.get("result") != "立案" or received is None:
            continue
        due = add(case.release.limits["TL-35"].span, day(received), ctx.calendar)
        handed = [f.at for f in case.happened("handed_to_receiver") if day(f.at) >= day(received)]
        passed = end_of(due)
        if handed and instant(min(handed, key=instant)) < passed:
            yield met("已经移交公安机关", subject=reply.id)
        elif not handed and not case.tells("handed_to_receiver"):
            yield unknown("材料没有说物品和材料何时移交公安机关", subject=reply.id)
        elif not handed and ctx.now < passed:
            yield open_until(passed, "物品和材料还没有移交公安机关", subject=reply.id)
        else:
            how = f"{words(min(handed, key=instant))}才移交" if handed else "没有移交"
            yield violated(
                f"公安机关立案，{words(received)}收到通知，物品和材料应在{words(due.day)}前移交，{how}",
                subject=reply.id, at=passed, ways=(Way("登记移交", does="state:handed_to_receiver"),),
            )  # fmt: skip
