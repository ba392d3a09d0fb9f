"""Carrying out penalties: instalments, extra fine, demand and court, publication (罚 48, 66, 72, 73; 强 53, 54)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from liuhen.casefile.moments import Moment, day
from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.answers import (
    PENALTIES,
    Answer,
    Context,
    Way,
    met,
    open_until,
    rule,
    unknown,
    violated,
    words,
)
from liuhen.compliance.comparing import money
from liuhen.compliance.deadlines import end_of
from liuhen.compliance.execution import ANNULLED, apply_by, contested_on, extra_fine, suable_until, suit_over
from liuhen.compliance.owing import concerns, fine_of
from liuhen.compliance.reading import moment, rows, whole_in
from liuhen.compliance.rounds import WITHDRAWAL
from liuhen.measures.counting import Due, add

_RATE_WORDS = ("百分之三", "3%", "3％", "加处罚款")


def _decision(case: CaseFile, paper: Document) -> Document | None:
    """The decision that a paper of its execution names, else the standing one."""
    return case.documents.get(str(paper.values.get("decision", ""))) or case.decision


@rule("P66.1", procedures=PENALTIES)
def instalments_add_up(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """延期、分期缴纳，各期金额之和等于罚款数额。"""
    for plan in case.of("instalment_approval", "instalment_decision"):
        if plan.issued is None and ctx.outside:
            continue
        decision = _decision(case, plan)
        told = [whole_in(row, "amount") for row in rows(plan.values.get("schedule"))]
        amounts = [amount for amount in told if amount is not None]
        fine = fine_of(case, decision) if decision else 0
        if len(amounts) < len(told):
            yield unknown(f"《{plan.title}》没有写明每一期的金额", subject=plan.id)
        elif amounts and fine and sum(amounts) != fine:
            yield violated(
                f"《{plan.title}》各期共{money(sum(amounts))}，罚款是{money(fine)}",
                subject=plan.id, at=plan.made_at, ways=(Way("核对各期金额", does="edit"),),
            )  # fmt: skip
        else:
            yield met("延期、分期的金额相符", subject=plan.id)


@rule("P72.1", procedures=PENALTIES)
def extra_fine_and_court(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """加处罚款不多于应计的数额，不超过本数；申请法院强制执行不超过三个月，逾期的写明正当理由。"""
    for notice in case.of("additional_fine_notice"):
        decision, amount = _decision(case, notice), notice.values.get("amount")
        if notice.issued and decision is not None and isinstance(amount, int):
            yield _claimed(case, ctx, notice, decision, amount)
            yield from _rate_told(notice, decision)
    for application in case.of("court_execution_application"):
        decision = _decision(case, application)
        last = apply_by(case, decision, ctx) if application.issued and decision else None
        if last is not None and decision is not None:
            yield _asked(application, Due(on=last), suit_over(case, decision))
            yield _not_too_early(case, ctx, application, decision)


def _claimed(case: CaseFile, ctx: Context, notice: Document, decision: Document, amount: int) -> Answer:
    until = day(moment(notice.values, "to_on") or notice.made_at)
    accrued = extra_fine(case, decision, ctx, until)
    if decision.served_at is None and not case.closed_world:
        return unknown("材料没有说处罚决定何时送达，加处罚款无从计算", subject=notice.id)
    if accrued is None:
        return unknown("分期缴纳的决定没有写明每一期的金额，加处罚款无从计算", subject=notice.id)
    if amount <= accrued:
        return met(f"加处罚款{money(amount)}，不多于应计的{money(accrued)}", subject=notice.id)
    return violated(
        f"《{notice.title}》加处罚款{money(amount)}，至{words(until)}应计{money(accrued)}",
        subject=notice.id, at=notice.made_at, ways=(Way("按应计数额加处", does="edit"),),
    )  # fmt: skip


def _rate_told(notice: Document, decision: Document) -> Iterator[Answer]:
    """The extra fine may be claimed only when its standard was told to the party (强 45)."""
    said = str(decision.values.get("performance") or "")
    subject = f"{notice.id}.told"
    if said and not any(word in said for word in _RATE_WORDS):
        yield violated(
            f"《{decision.title}》没有写明加处罚款的标准，{words(notice.made_at)}就加处罚款",
            subject=subject, at=notice.made_at, ways=(Way("没有告知过标准的，不加处罚款"),),
        )  # fmt: skip
    elif said:
        yield met("加处罚款的标准已经告知", subject=subject)


def _asked(application: Document, due: Due, sued: date | None) -> Answer:
    if day(application.made_at) <= due.day or str(application.values.get("late_reason") or "").strip():
        return met("在期限内申请，或者写明正当理由", subject=application.id)
    if sued is not None:
        # After a suit the court may be asked to enforce its judgment as well, within a time of its own (诉 95).
        return unknown(f"诉讼{words(sued)}终结，材料没有说依据判决还是处罚决定申请", subject=application.id)
    return violated(
        f"申请强制执行的期限至{words(due.day)}，{words(application.made_at)}才申请，没有写明正当理由",
        subject=application.id, at=end_of(due), severity="stop",
        ways=(Way("有正当理由的，在申请书中写明", does="edit"),),
    )  # fmt: skip


def _not_too_early(case: CaseFile, ctx: Context, application: Document, decision: Document) -> Answer:
    """The court is asked only once the party has let the time for suing pass (强 53)."""
    subject, made = f"{application.id}.early", day(application.made_at)
    over = suit_over(case, decision) or suable_until(case, decision, ctx)
    pending = contested_on(case, decision, made)
    if over is not None and made > over and not pending:
        return met("当事人在法定期限内没有申请复议、提起诉讼", subject=subject)
    why = "复议或者诉讼还没有终结" if pending else f"起诉期限至{words(over)}届满" if over else "起诉期限不明"
    return violated(
        f"{why}，{words(made)}就申请法院强制执行", subject=subject, at=application.made_at, severity="stop",
        ways=(Way("期限届满、复议和诉讼终结之后再申请", until=over),),
    )  # fmt: skip


@rule("F54.1", procedures=PENALTIES)
def demanded_before_the_court(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """申请法院强制执行之前，催告书已经送达，并满十个工作日。"""
    for application in case.of("court_execution_application"):
        if application.issued:
            yield _demanded(case, ctx, application)


def _demanded(case: CaseFile, ctx: Context, application: Document) -> Answer:
    way = Way("送达催告书，满十个工作日后申请", does="file:performance_demand")
    decision, made = _decision(case, application), application.made_at
    demands = [d for d in case.of("performance_demand") if decision is None or concerns(case, d, decision)]
    served = [at for d in demands if (at := d.served_at) is not None]
    if not served:
        if not case.closed_world and (demands or not case.tells("performance_demand")):
            return unknown("材料没有说是否催告", subject=application.id)
        return violated(
            f"没有送达催告书，{words(made)}就申请法院强制执行", subject=application.id, at=made, ways=(way,)
        )
    last = min(add(case.release.limits["TL-25"].span, day(at), ctx.calendar).day for at in served)
    if day(made) > last:
        return met("催告已满十个工作日", subject=application.id)
    return violated(
        f"催告书送达后的十个工作日至{words(last)}届满，{words(made)}就申请法院强制执行",
        subject=application.id, at=made, ways=(way,),
    )  # fmt: skip


@rule("P48.1", procedures=PENALTIES)
def publication_withdrawn(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """公开的处罚决定被撤销、变更、确认违法的，三个工作日内撤回。"""
    published = [day(moment(f.values, "on") or f.at) for f in case.happened("published")]
    for since, how, subject in _fallen(case):
        if not any(on <= day(since) for on in published):
            continue
        due = add(case.release.limits["TL-42"].span, day(since), ctx.calendar)
        gone = [day(moment(f.values, "on") or f.at) for f in case.happened("publication_withdrawn")]
        gone = [on for on in gone if on >= day(since)]
        if gone and min(gone) <= due.day:
            yield met("公开的处罚信息已按期撤回", subject=subject)
        elif not gone and not case.tells("publication_withdrawn"):
            yield unknown("材料没有说公开的处罚信息是否撤回", subject=subject)
        elif not gone and ctx.now < end_of(due):
            yield open_until(end_of(due), "公开的处罚信息还没有撤回", subject=subject)
        else:
            late = f"{words(min(gone))}才撤回" if gone else "没有撤回"
            yield violated(
                f"处罚决定{words(since)}被{how}，公开的处罚信息应在{words(due.day)}前撤回，{late}",
                subject=subject, at=end_of(due),
                ways=(Way("撤回公开的处罚信息，说明理由", does="state:publication_withdrawn"),),
            )  # fmt: skip


def _fallen(case: CaseFile) -> Iterator[tuple[Moment, str, str]]:
    """When a decision was annulled, changed or found unlawful by others, or withdrawn by ourselves; how; what shows it."""
    for ended in case.happened("contest_ended"):
        if ended.values.get("result") in ANNULLED:
            yield moment(ended.values, "on") or ended.at, str(ended.values["result"]), ended.entry
    for paper in case.of(WITHDRAWAL):
        if paper.issued:
            yield paper.made_at, "本局撤销", paper.id
