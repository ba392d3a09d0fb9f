"""The hearing before a licence is decided: held when asked for, called in time, by somebody who did not review (许 46–48)."""

from __future__ import annotations

from collections.abc import Iterator

from liuhen.casefile.moments import Moment, before, day, instant
from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.answers import Answer, Context, Way, met, rule, unknown, violated, words
from liuhen.compliance.licensing import license_decisions
from liuhen.compliance.parties import interested, reached
from liuhen.compliance.reading import Someone, among, done_by, moment, people, signers, someone, staff
from liuhen.compliance.rules.licensing import ONLY
from liuhen.compliance.rules.licensing_decision import asking_ends
from liuhen.measures.counting import count_working_days

ENOUGH_DAYS = 7
REVIEWING = ("lead_officer", "assist_officer")


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
    """Whether a hearing was asked for within the time that was told; when the telling is not known, it was."""
    told = [d for d in case.of("license_hearing_right_notice", "interested_party_notice") if d.served_at]
    return not told or any(day(asked) <= asking_ends(ctx, notice) for notice in told)


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
    if case.closed_world and not case.of("license_hearing_record"):
        yield from (_ahead(ctx, notice) for notice in case.of("license_hearing_notice"))
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


def _ahead(ctx: Context, notice: Document) -> Answer:
    """Whether a notice leaves the seven working days, reckoned from the day on which it is made until it is served."""
    event, since = moment(notice.values, "at"), notice.served_at or notice.made_at
    if event is None:
        return unknown(f"《{notice.title}》没有写明听证时间", subject=f"{notice.id}.at")
    how = f"《{notice.title}》{words(since)}{'送达' if notice.served_at else '制作，还没有送达'}"
    return _gap(ctx, f"{notice.id}.at", how, since, event)


def _gap(ctx: Context, subject: str, how: str, since: Moment, event: Moment) -> Answer:
    """Below seven working days stops, seven exactly leave six clear days and are flagged (D7)."""
    days = count_working_days(day(since), day(event), ctx.calendar).days
    if days > ENOUGH_DAYS:
        return met("七个工作日前已通知", subject=subject)
    few = "不足七个工作日" if days < ENOUGH_DAYS else "恰好七个工作日，八日以上为宜"
    return violated(
        f"{how}，{words(event)}举行听证，{few}", subject=subject, at=event,
        severity="stop" if days < ENOUGH_DAYS else "flag", ways=(Way("改期举行，重新通知", does="edit"),),
    )  # fmt: skip


def _noticed(case: CaseFile, ctx: Context, record: Document) -> Iterator[Answer]:
    """The applicant, and of a case of ours everybody who was told that their interest is touched or asked for the hearing."""
    held = moment(record.values, "started_at") or record.current.at
    notices = [d for d in case.of("license_hearing_notice") if before(held, d.made_at) is not True]
    yield _called(case, ctx, record, held, [at for d in notices if (at := d.served_at) is not None], "")
    for name in interested(case) if case.closed_world else ():
        times = [at for d in notices if (at := reached(d, name)) is not None]
        yield _called(case, ctx, record, held, times, name)


def _called(
    case: CaseFile, ctx: Context, record: Document, held: Moment, times: list[Moment], name: str
) -> Answer:
    subject, to = (f"{record.id}.{name}", f"利害关系人{name}") if name else (record.id, "申请人")
    if times:
        first = min(times, key=instant)
        return _gap(ctx, subject, f"听证通知{words(first)}送达{to}", first, held)
    if not case.tells("license_hearing_notice"):
        return unknown("材料没有说听证通知何时送达", subject=subject)
    return violated(
        f"《行政许可听证通知书》没有送达{to}，{words(held)}就举行听证", subject=subject, at=held,
        ways=(Way("送达听证通知书，七个工作日之后举行", does="file:license_hearing_notice"),),
    )  # fmt: skip
