"""Interested persons, hearing, excluded and extended time, the licence decision (A8; 许 36–48)."""

from __future__ import annotations

from collections.abc import Iterator

from liuhen.casefile.moments import Moment, before, day
from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.answers import Answer, Context, Way, met, rule, unknown, violated, words
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
from liuhen.compliance.reading import (
    Someone,
    among,
    done_by,
    moment,
    people,
    rows,
    signers,
    someone,
    staff,
    text_in,
)
from liuhen.compliance.rules.licensing import ONLY
from liuhen.measures.counting import Span, add, count_working_days

PROPOSALS = {"license_grant_decision": "准予", "license_denial_decision": "不予"}
ASKING = Span(5, "working_day")
ENOUGH_DAYS = 7
REVIEWING = ("lead_officer", "assist_officer")


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
    reason = text_in(form.values, "reasons") if form else ""
    for grant in [d for d in license_decisions(case) if d.kind == "license_grant_decision"]:
        if failed and not reason:
            yield violated(
                f"审查记录写明“{'”“'.join(failed)}”不符合，没有写明理由，就作出《{grant.title}》",
                subject=grant.id, at=grant.made_at,
                ways=(Way("在审批表写明为何仍准予；不符合的，不予许可", does="file:license_approval_form"),),
            )  # fmt: skip
        else:
            yield met("准予许可与审查结论相符", subject=grant.id)


@rule("L36.1", procedures=ONLY)
def interested_persons_heard(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """许可直接关系他人重大利益的，决定之前告知利害关系人，等其陈述申辩或者期限届满。"""
    notices = case.of("interested_party_notice")
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


def _affects_others(case: CaseFile) -> bool:
    return any(d.values.get("affects_others") is True for d in case.of("license_review_record"))


def _heard(case: CaseFile, ctx: Context, decision: Document, notice: Document) -> Answer:
    subject, served = f"{decision.id}.{notice.id}", notice.served_at
    if served is None:
        if not case.closed_world:
            return unknown(f"材料没有说《{notice.title}》是否送达", subject=subject)
        return violated(
            f"《{notice.title}》没有送达，就作出《{decision.title}》", subject=subject, at=decision.made_at,
            ways=(Way(f"送达《{notice.title}》", does=f"serve:{notice.id}"),),
        )  # fmt: skip
    spoken = case.of("interested_party_statement") or case.happened("interested_party_waived")
    last = max(add(ASKING, day(served), ctx.calendar).day, day(moment(notice.values, "due_on") or served))
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


@rule("L46.1", procedures=ONLY)
def hearing_held_before_decision(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """公告了听证的，或者有人按期申请听证的，举行听证或者书面撤回之后，才作决定。"""
    asked = case.happened("license_hearing_requested")
    announced = case.of("license_hearing_announcement")
    for decision in license_decisions(case):
        if asked and _in_time(case, ctx, asked[0].at):
            yield _hearing(case, decision, f"{words(asked[0].at)}有人申请听证")
        elif announced:
            yield _hearing(case, decision, "已经公告听证")


def _in_time(case: CaseFile, ctx: Context, asked: Moment) -> bool:
    """Whether a hearing was asked for within five working days of being told; when the telling is not known, it was."""
    told = [
        d.served_at for d in case.of("license_hearing_right_notice", "interested_party_notice") if d.served_at
    ]
    if not told:
        return True
    return any(day(asked) <= add(ASKING, day(served), ctx.calendar).day for served in told)


def _hearing(case: CaseFile, decision: Document, why: str) -> Answer:
    held = [d for d in case.of("license_hearing_record") if done_by(d.current.at, decision.made_at)]
    if held or case.happened("license_hearing_withdrawn"):
        return met("听证已举行或者撤回", subject=decision.id)
    if not case.tells("license_hearing_record"):
        return unknown(f"{why}，材料没有说是否举行听证", subject=decision.id)
    return violated(
        f"{why}，没有举行听证，也没有书面撤回，就作出《{decision.title}》", subject=decision.id, at=decision.made_at,
        ways=(
            Way("通知并举行听证", does="file:license_hearing_notice"),
            Way("登记书面撤回", does="state:license_hearing_withdrawn"),
        ),
    )  # fmt: skip


@rule("L48.1", procedures=ONLY)
def hearing_noticed_and_impartial(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """听证七个工作日前送达通知书；主持人不是审查人员。"""
    for record in case.of("license_hearing_record"):
        yield from _noticed(case, ctx, record)
    for paper in case.of("license_hearing_notice", "license_hearing_record"):
        presider = someone(paper.values.get("presider"))
        reviewers = [*people(paper.values.get("reviewers")), *_reviewers(case)]
        if presider is None:
            continue
        if among(presider, reviewers):
            yield violated(
                f"{presider.name}审查本申请，又担任《{paper.title}》的听证主持人", subject=f"{paper.id}.presider",
                at=paper.current.at, ways=(Way("由审查人员以外的人主持", does="edit"),),
            )  # fmt: skip
        else:
            yield met("主持人不是审查人员", subject=f"{paper.id}.presider")


def _reviewers(case: CaseFile) -> list[Someone]:
    """Everyone who was ever assigned to review the application, or signed its review record."""
    assigned = [staff(case.office, person) for person in sorted(case.ever(*REVIEWING))]
    return [*assigned, *(one for d in case.of("license_review_record") for one in signers(d, "officer"))]


def _noticed(case: CaseFile, ctx: Context, record: Document) -> Iterator[Answer]:
    held = moment(record.values, "started_at") or record.current.at
    notices = [d for d in case.of("license_hearing_notice") if before(held, d.made_at) is not True]
    served = [d.served_at for d in notices if d.served_at is not None]
    if not served:
        if not case.tells("license_hearing_notice"):
            yield unknown("材料没有说听证通知何时送达", subject=record.id)
        else:
            way = Way("送达听证通知书，七个工作日之后举行", does="file:license_hearing_notice")
            yield violated(
                f"《行政许可听证通知书》没有送达，{words(held)}就举行听证",
                subject=record.id,
                at=held,
                ways=(way,),
            )
        return
    last = max(day(at) for at in served)
    days = count_working_days(last, day(held), ctx.calendar).days
    if days > ENOUGH_DAYS:
        yield met("七个工作日前已通知", subject=record.id)
        return
    few = "不足七个工作日" if days < ENOUGH_DAYS else "恰好七个工作日，八日以上为宜"
    yield violated(
        f"听证通知{words(last)}送达，{words(held)}举行听证，{few}", subject=record.id, at=held,
        severity="stop" if days < ENOUGH_DAYS else "flag", ways=(Way("改期举行，重新通知", does="edit"),),
    )  # fmt: skip
