"""Source, docket, telling those who gave the source (A9, A10; 罚 36, 54)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from liuhen.casefile.moments import Moment, before, day, instant
from liuhen.casefile.state import CaseFile, Document, blank
from liuhen.compliance.answers import (
    Answer,
    Context,
    Way,
    met,
    open_until,
    rule,
    setting,
    unknown,
    violated,
    words,
)
from liuhen.compliance.approving import approval_of, in_order
from liuhen.compliance.deadlines import end_of
from liuhen.compliance.events import has, occurrences
from liuhen.compliance.reading import act_moment, moment, text_in
from liuhen.compliance.results import named_sources, told
from liuhen.measures.counting import Span, add
from liuhen.measures.vocabulary import Severity

LIMITATION_YEARS, LONG_LIMITATION_YEARS = 2, 5
_GOING_ON: dict[str, Severity] = {
    "verification_report": "flag",
    "docket_approval": "stop",
    "docket_refusal_approval": "stop",
}


@rule("R9.2")
def head_has_opined(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """科室负责人对案源提出处理意见之后，才核查、立案或者不予立案。"""
    for document in case.of(*_GOING_ON):
        yield _opined_before(case, document)


def _opined_before(case: CaseFile, document: Document) -> Answer:
    sources = case.of("case_source_form")
    severity = _GOING_ON[document.kind]
    if not sources:
        if not case.tells("case_source_form"):
            return unknown("材料没有说案源如何登记、科室负责人有何处理意见", subject=document.id)
        return violated(
            f"没有《案件来源登记表》和科室负责人的处理意见，就制作《{document.title}》",
            subject=document.id, severity=severity, at=document.current.at,
            ways=(Way("登记案件来源，由科室负责人提出处理意见", does="file:case_source_form"),),
        )  # fmt: skip
    given = [o for s in sources if (o := s.opinion_of("section_head")) and o.opinion == "agree"]
    if not given:
        if not case.closed_world:
            return unknown("材料没有说科室负责人对案源有何处理意见", subject=document.id)
        return violated(
            f"《案件来源登记表》没有科室负责人的处理意见，就制作《{document.title}》",
            subject=document.id, severity=severity, at=document.current.at,
            ways=(Way("请科室负责人签署处理意见", does=f"approve:{sources[0].id}"),),
        )  # fmt: skip
    opinion = min(given, key=lambda o: instant(o.at))
    fine = in_order(case, opinion.at, document.revisions[0].at)
    if fine is None:
        return unknown(
            f"处理意见与《{document.title}》同为{words(opinion.at)}，先后不明", subject=document.id
        )
    if not fine:
        return violated(
            f"科室负责人{words(opinion.at)}才对案源提出处理意见，晚于{words(document.revisions[0].at)}的《{document.title}》",
            subject=document.id, severity=severity, at=document.revisions[0].at,
        )  # fmt: skip
    return met(f"科室负责人{words(opinion.at)}提出处理意见", subject=document.id, entry=opinion.entry)


@rule("R10.1")
def docketed_before_measures(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """先行登记保存和行政强制措施在立案之后采取，紧急的在规定时间内补办立案；没有立案的，不作决定。"""
    dockets = occurrences(case, "docketed")
    docketed = dockets[0].at if dockets else None
    for measure in case.of("hold_notice", "seizure_decision"):
        yield _measure(case, ctx, measure, docketed)
    for decision in case.of("penalty_decision", "no_penalty_decision"):
        if decision.issued:
            yield _decided_on_docket(case, decision, docketed)


def _measure(case: CaseFile, ctx: Context, measure: Document, docketed: Moment | None) -> Answer:
    taken = act_moment(measure)
    hours = int(setting(case, "late_docket_hours", taken))
    passed = end_of(add(Span(hours, "hour"), taken, ctx.calendar))
    what = f"{words(taken)}采取《{measure.title}》所列措施"
    if docketed is None:
        if not case.tells("docket_approval"):
            return unknown("材料没有说何时立案", subject=measure.id)
        if ctx.now < passed:
            return open_until(passed, f"{what}时尚未立案，应当补办立案", subject=measure.id)
        return violated(f"{what}，至今没有立案", subject=measure.id, at=taken, severity="flag")
    fine = in_order(case, docketed, taken)
    if fine is None:
        return unknown(f"立案与《{measure.title}》同为{words(taken)}，先后不明", subject=measure.id)
    if fine:
        return met(f"{words(docketed)}立案", subject=measure.id)
    if instant(docketed) <= passed:
        return met(f"紧急措施之后{hours}小时内补办立案", subject=measure.id)
    return violated(f"{what}，{words(docketed)}才立案", subject=measure.id, at=taken, severity="flag")


def _decided_on_docket(case: CaseFile, decision: Document, docketed: Moment | None) -> Answer:
    made = decision.made_at
    if docketed is None:
        if not case.tells("docket_approval"):
            return unknown("材料没有说何时立案", subject=decision.id)
        return violated(
            f"没有经批准的《立案审批表》，就作出《{decision.title}》", subject=decision.id, at=made,
            ways=(Way("填写立案审批表，报局领导批准", does="file:docket_approval"),),
        )  # fmt: skip
    if day(made) < day(docketed):
        return violated(f"{words(docketed)}才立案，晚于《{decision.title}》", subject=decision.id, at=made)
    return met(f"{words(docketed)}立案", subject=decision.id)


@rule("R10.2")
def refusal_approved_before_told(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """不予立案经批准之后，才把结果告知来源提供人。"""
    refusals = case.of("docket_refusal_approval")
    told = [d for d in case.of("result_notification_record") if d.values.get("occasion") == "不予立案"]
    for record in told if refusals else []:
        approved = approval_of(case, refusals[-1])
        at = moment(record.values, "told_at") or record.current.at
        if approved is None and not case.closed_world:
            yield unknown("材料没有说不予立案何时批准", subject=record.id)
        elif approved is None or before(at, approved):
            when = f"{words(approved)}才批准" if approved else "没有批准"
            yield violated(
                f"不予立案{when}，{words(at)}就告知了结果", subject=record.id, at=at,
                ways=(Way("先报批《不予立案审批表》", does=f"approve:{refusals[-1].id}"),),
            )  # fmt: skip
        else:
            yield met(f"不予立案{words(approved)}批准", subject=record.id)


def telling(case: CaseFile, ctx: Context, source: Document, since: Moment, what: str) -> Answer:
    """Whether the one who gave ``source`` was told ``what``: open until the term (TL-45), missed after it or at closing."""
    record = told(case, source, since)
    if record is not None:
        return met("已告知具名的来源提供人", subject=source.id, entry=record.current.filed)
    who = f"具名的{text_in(source.values, 'source_kind') or '举报'}人"
    return untold(case, ctx, source.id, since, f"{who}还没有被告知{what}")


def untold(case: CaseFile, ctx: Context, subject: str, since: Moment, message: str) -> Answer:
    """The answer on someone who has no 行政处理告知记录: unknown, open or violated."""
    if not case.tells("result_notification_record"):
        return unknown("材料没有说结果是否告知", subject=subject)
    passed = telling_ends(case, ctx, since)
    if ctx.now < passed and case.closed_at is None:
        return open_until(passed, message, subject=subject)
    way = Way("告知结果，制作行政处理告知记录", does="file:result_notification_record")
    return violated(message, subject=subject, at=min(passed, ctx.now), ways=(way,))


def telling_ends(case: CaseFile, ctx: Context, since: Moment) -> datetime:
    """When the term for telling a result has passed (TL-45, a setting of the bureau)."""
    days = int(setting(case, "result_told_days", since))
    return end_of(add(Span(days, "working_day"), day(since), ctx.calendar))


@rule("R10.3")
def refusal_told(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """不予立案的结果告知每一个具名的投诉人、申诉人、举报人，匿名的除外。"""
    refused = occurrences(case, "approved:docket_refusal_approval")
    if refused and not has(case, "docketed"):
        for source in named_sources(case):
            yield telling(case, ctx, source, refused[0].at, "不予立案的结果")


@rule("P36.1")
def within_limitation(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """立案时查明追究时效没有超过；超过的，写明理由。"""
    for docket in case.of("docket_approval"):
        yield _limitation(case, ctx, docket)


def _limitation(case: CaseFile, ctx: Context, docket: Document) -> Answer:
    values, act_on = docket.values, moment(docket.values, "act_on")
    if act_on is None and blank(values.get("limitation_ok")):
        return unknown("没有写明违法行为发生（终了）之日", subject=docket.id)
    years = LONG_LIMITATION_YEARS if values.get("limitation_five_years") is True else LIMITATION_YEARS
    found = _discovered(case, docket)
    over = act_on is not None and day(found) > add(Span(years, "year"), act_on, ctx.calendar).day
    if not over and values.get("limitation_ok") != "已超过":
        return met(f"违法行为{words(found)}发现，未超过{years}年", subject=docket.id)
    note = text_in(values, "limitation_note")
    if note and values.get("limitation_ok") == "已超过":
        return met(f"追究时效已超过，已说明：{note}", subject=docket.id)
    since = f"违法行为{words(act_on)}终了，{words(found)}才发现，" if over and act_on else ""
    return violated(
        f"{since}超过{years}年追究时效，《{docket.title}》没有如实写明并说明理由", subject=docket.id, at=docket.current.at,
        fields=(("limitation_ok", "选择“已超过”并写明“时效说明”"),),
        ways=(Way("不再给予处罚，改作不予立案", does="file:docket_refusal_approval"),
              Way("依法仍应追究的，写明时效说明", does="edit")),
    )  # fmt: skip


def _discovered(case: CaseFile, docket: Document) -> Moment:
    """The day that stops the limitation: discovery, else registration of the source, else the docket itself."""
    stated = [
        at
        for form in case.of("case_source_form")
        if (at := moment(form.values, "discovered_at", "registered_at")) is not None
    ]
    if stated:
        return min(stated, key=instant)
    return moment(docket.values, "registered_at") or docket.current.at
