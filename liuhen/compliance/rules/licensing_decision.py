"""Interested persons, hearing, excluded and extended time, the licence decision (A8; 许 36–48)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from liuhen.casefile.moments import day
from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.answers import Answer, Context, Way, met, open_until, rule, unknown, violated, words
from liuhen.compliance.approving import TITLES, Sheet, giver, in_order, sheets, wanted
from liuhen.compliance.comparing import unequal
from liuhen.compliance.licensing import (
    approved_extension,
    due_by,
    license_decisions,
    matter,
    most_extra_days,
    stated_acceptance,
    told_at,
)
from liuhen.compliance.parties import reached_addressee
from liuhen.compliance.reading import (
    moment,
    rows,
    text_in,
)
from liuhen.compliance.rules.licensing import ONLY
from liuhen.measures.counting import Span, add

PROPOSALS = {"license_grant_decision": "准予", "license_denial_decision": "不予"}
ASKING = Span(5, "working_day")


@rule("R8.2", procedures=ONLY)
def decision_approved(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """许可决定在审批表依次批准之后作出，结果与批准的一致。"""
    for decision in license_decisions(case):
        yield _approved(case, decision)


def _approved(case: CaseFile, decision: Document) -> Answer:
    found = sheets(case.of("license_approval_form"))
    way = Way("填写行政许可审批表，依次报批", does="file:license_approval_form")
    if not found:
        if not case.tells("license_approval_form"):
            return unknown("材料没有说许可决定如何批准", subject=decision.id)
        return violated(
            f"没有《行政许可审批表》，就作出《{decision.title}》", subject=decision.id, at=decision.made_at,
            ways=(way,),
        )  # fmt: skip
    letters = wanted(case, ("S", "B"))
    complete = [s for s in found if not s.missing(letters)]
    if not complete:
        return _not_approved(case, decision, found[-1], letters)
    sheet = complete[-1]
    at = sheet.approved_at or sheet.revision.at
    fine = in_order(case, at, decision.made_at)
    if fine is None:
        return unknown(f"审批与《{decision.title}》同为{words(at)}，先后不明", subject=decision.id)
    faults = [] if fine else [f"《{sheet.document.title}》{words(at)}才批准，晚于决定"]
    faults += _differences(decision, sheet)
    if faults:
        return violated(
            f"《{decision.title}》与批准的不符：{'；'.join(faults)}", subject=decision.id, at=decision.made_at,
            ways=(Way("按批准的内容作出决定；改变的，重新报批", does="file:license_approval_form"),),
        )  # fmt: skip
    return met("许可决定已经批准，结果一致", subject=decision.id)


def _not_approved(case: CaseFile, decision: Document, sheet: Sheet, letters: tuple[str, ...]) -> Answer:
    title, missing = sheet.document.title, "、".join(TITLES[letter] for letter in sheet.missing(letters))
    if sheet.refused is not None:
        state = f"《{title}》被{giver(sheet.refused)}退回或者不同意"
    elif not case.closed_world:
        return unknown(f"材料没有说{missing}是否批准许可决定", subject=decision.id)
    else:
        state = f"《{title}》没有{missing}的批准意见"
    return violated(
        f"{state}，就作出《{decision.title}》", subject=decision.id, at=decision.made_at,
        ways=(Way(f"《{title}》依次报批", does=f"approve:{sheet.document.id}"),),
    )  # fmt: skip


def _differences(decision: Document, sheet: Sheet) -> list[str]:
    proposed, mine = sheet.revision.values.get("proposal"), PROPOSALS[decision.kind]
    other = (
        [f"批准的是{proposed}许可，决定是{mine}许可"]
        if proposed in ("准予", "不予") and proposed != mine
        else []
    )
    return other + unequal(decision, sheet.revision.values)


@rule("L38.1", procedures=ONLY)
def grant_conforms_with_review(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """审查结论有不符合、不齐全、无效的，不准予许可；仍准予的写明理由。"""
    record, form = case.latest("license_review_record"), case.latest("license_approval_form")
    if record is None:
        return
    failed = [
        text_in(r, "condition")
        for r in rows(record.values.get("condition_checks"))
        if r.get("met") == "不符合"
    ]
    failed += [
        text_in(r, "material") for r in rows(record.values.get("material_checks"))
        if "否" in (r.get("complete"), r.get("valid"))
    ]  # fmt: skip
    reason = (text_in(form.values, "despite") or text_in(form.values, "reasons")) if form else ""
    granting = [d for d in case.of("license_approval_form") if d.values.get("proposal") == "准予"][-1:]
    granted = [d for d in license_decisions(case) if d.kind == "license_grant_decision"]
    for grant in granted or granting:
        if failed and not reason:
            done = "作出" if granted else "拟准予，制作"
            yield violated(
                f"审查记录写明“{'”“'.join(failed)}”不符合，没有写明理由，就{done}《{grant.title}》",
                subject=grant.id, at=grant.made_at,
                ways=(Way("在审批表写明为何仍准予；不符合的，不予许可", does="file:license_approval_form"),),
            )  # fmt: skip
        else:
            yield met("准予许可与审查结论相符", subject=grant.id)


@rule("L36.1", procedures=ONLY)
def interested_persons_heard(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """许可直接关系他人重大利益的，决定之前告知利害关系人，等其陈述申辩或者期限届满。"""
    notices = case.of("interested_party_notice")
    yield from (answer for notice in notices if (answer := _too_short(ctx, notice)) is not None)
    for decision in license_decisions(case):
        if not notices and not _affects_others(case):
            continue
        if not notices:
            if case.tells("interested_party_notice"):
                yield violated(
                    f"审查记录写明直接关系他人重大利益，没有告知利害关系人，就作出《{decision.title}》",
                    subject=decision.id, at=decision.made_at,
                    ways=(Way("告知利害关系人，听取意见", does="file:interested_party_notice"),),
                )  # fmt: skip
            else:
                yield unknown("材料没有说是否告知利害关系人", subject=decision.id)
            continue
        for notice in notices:
            yield _heard(case, ctx, decision, notice)


def asking_ends(ctx: Context, notice: Document) -> date:
    """The last day of those whom a served notice told: five working days from being told, or longer when it says so (许 47)."""
    served = notice.served_at or notice.made_at
    return max(add(ASKING, day(served), ctx.calendar).day, day(moment(notice.values, "due_on") or served))


def _too_short(ctx: Context, notice: Document) -> Answer | None:
    """A notice that leaves less than the five working days from being told (许 47)."""
    told, said = notice.served_at or notice.made_at, moment(notice.values, "due_on")
    least = add(ASKING, day(told), ctx.calendar).day
    if said is None or day(said) >= least:
        return None
    when = "送达" if notice.served_at else "制作"
    return violated(
        f"《{notice.title}》写明{words(said)}前提出，{words(told)}{when}，五个工作日到{words(least)}才满",
        subject=f"{notice.id}.due", at=told, ways=(Way("期限写到五个工作日届满之后", does="edit"),),
        fields=(("due_on", f"不早于{words(least)}"),),
    )  # fmt: skip


def _affects_others(case: CaseFile) -> bool:
    return any(d.values.get("affects_others") is True for d in case.of("license_review_record"))


def _heard(case: CaseFile, ctx: Context, decision: Document, notice: Document) -> Answer:
    subject, served = f"{decision.id}.{notice.id}", reached_addressee(case, notice)
    if served is None:
        if not case.closed_world:
            return unknown(f"材料没有说《{notice.title}》是否送达", subject=subject)
        other = next((s.addressee for s in notice.service if s.effective is not None), "")
        how = f"送达的是{other}，不是利害关系人" if other else "没有送达"
        return violated(
            f"《{notice.title}》{how}，就作出《{decision.title}》", subject=subject, at=decision.made_at,
            ways=(Way(f"送达《{notice.title}》", does=f"serve:{notice.id}"),),
        )  # fmt: skip
    spoken = case.of("interested_party_statement") or case.happened("interested_party_waived")
    last = asking_ends(ctx, notice)
    if spoken or day(decision.made_at) > last:
        return met("利害关系人的意见已听取，或者期限届满", subject=subject)
    return violated(
        f"《{notice.title}》{words(served)}送达，到{words(last)}的期限没有届满，利害关系人也没有表示意见，"
        f"{words(decision.made_at)}就作出《{decision.title}》",
        subject=subject, at=decision.made_at,
        ways=(Way("等期限届满", until=last), Way("登记利害关系人没有意见", does="state:interested_party_waived")),
    )  # fmt: skip


@rule("L42.1", procedures=ONLY)
def extension_approved_and_told(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """延长期限在届满之前经批准并告知申请人，只延长一次，不超过规定的日数。"""
    for number, notice in enumerate(d for d in case.of("license_extension_notice") if d.issued):
        faults = _extension_faults(case, ctx, notice)
        faults += ["此前已经延长过"] if number else []
        if faults:
            yield violated(
                f"《{notice.title}》{'；'.join(faults)}", subject=notice.id, at=notice.made_at,
                ways=(Way("届满之前报批，按批准的日数告知", does="file:license_extension_approval"),),
            )  # fmt: skip
        else:
            yield met("延长期限已批准、未届满", subject=notice.id)


def _extension_faults(case: CaseFile, ctx: Context, notice: Document) -> list[str]:
    faults: list[str] = []
    form = approved_extension(case, notice)
    if form is None and case.tells("license_extension_approval"):
        faults.append("没有经批准的《延长行政许可期限审批表》")
    if form is not None:
        faults += _approver_faults(case, form)
    days, most = notice.values.get("extra_days"), most_extra_days(case)
    if isinstance(days, int) and days > most:
        faults.append(f"延长{days}个工作日，最多可以延长{most}个工作日")
    accepted = stated_acceptance(case)
    told = told_at(case, notice) or notice.made_at
    if accepted is not None:
        due = due_by(case, accepted.on, ctx, extended=False)
        if day(told) > due.day:
            faults.append(f"期限{words(due.day)}已经届满，{words(told)}才告知")
    return faults


def _approver_faults(case: CaseFile, form: Document) -> list[str]:
    """核例 10: the extension of a project approval is the principal leader's."""
    one = matter(case)
    if one is None or one.extended_by != "P" or not case.closed_world:
        return []
    given = form.opinion_of("principal_leader")
    return [] if given and given.opinion == "agree" else ["没有主要负责人批准延长"]


@rule("L45.1", procedures=ONLY)
def special_time_told(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """特别程序开始之前，所需时间书面告知申请人；没有告知的，时间照算。"""
    for notice in case.of("special_procedure_notice"):
        begins, served = moment(notice.values, "from_on"), notice.served_at
        if begins is None or day(begins) > ctx.today:
            continue
        if served is None and not case.closed_world:
            yield unknown(f"材料没有说《{notice.title}》是否送达", subject=notice.id)
        elif served is None and case.closed_world and day(begins) == ctx.today:
            yield open_until(
                ctx.today + timedelta(days=1), f"《{notice.title}》还没有送达", subject=notice.id
            )
        elif served is None or day(served) > day(begins):
            when = f"{words(served)}才送达" if served else "没有送达"
            yield violated(
                f"{text_in(notice.values, 'procedure_kind') or '特别程序'}{words(begins)}开始，《{notice.title}》{when}，此前的时间照常计算",
                subject=notice.id, at=begins, ways=(Way("送达告知书", does=f"serve:{notice.id}"),),
            )  # fmt: skip
        else:
            yield met("特别程序的时间已经告知", subject=notice.id)
    told = case.of("special_procedure_notice")
    for report in case.of("expert_review_report"):
        if not told and case.tells("special_procedure_notice"):
            yield violated(
                f"没有告知申请人专家评审所需时间，就收到《{report.title}》，评审的时间照常计算",
                subject=report.id, at=report.current.at,
            )  # fmt: skip
