"""Answering in reconsideration and suit, lengthening the time to decide (复 48, 54; 诉 67; 罚 60)."""

from __future__ import annotations

from collections.abc import Iterator

from liuhen.casefile.moments import Moment, day, instant
from liuhen.casefile.state import CaseFile, Fact
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
from liuhen.compliance.contest import RECONSIDERATION, SUIT, Contest, answer_due, answers_to, contests
from liuhen.compliance.course import allowed
from liuhen.compliance.deadlines import end_of, set_by_law
from liuhen.compliance.events import occurrences
from liuhen.compliance.reading import moment
from liuhen.measures.counting import Due

# Whatever a bureau decides or orders may be contested.
CONTESTED = (*PENALTIES, "licensing", "inspection")


@rule("A48.1", procedures=CONTESTED)
def reconsideration_answered(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """收到复议申请书副本之日起十个工作日内（简易程序五个工作日）提出书面答复，并提交全部证据、依据。"""
    yield from _answered(case, ctx, RECONSIDERATION, "书面答复")


@rule("S67.1", procedures=CONTESTED)
def suit_answered(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """收到起诉状副本之日起十五日内提交答辩状、全部证据和所依据的规范性文件。"""
    yield from _answered(case, ctx, SUIT, "答辩状")


def _answered(case: CaseFile, ctx: Context, route: str, paper: str) -> Iterator[Answer]:
    for contest in contests(case):
        due = answer_due(case, contest, ctx) if contest.route == route else None
        if due is not None:
            yield _judged(case, ctx, contest, due, paper)


def _judged(case: CaseFile, ctx: Context, contest: Contest, due: Due, paper: str) -> Answer:
    given, subject = answers_to(case, contest), contest.subject
    in_time = [f for f in given if day(moment(f.values, "on") or f.at) <= due.day]
    whole = [f for f in in_time if f.values.get("with_evidence") is True]
    if whole:
        return met(f"{paper}和全部证据已按期提交", subject=subject, entry=whole[0].entry)
    if not given and ctx.now < end_of(due):
        return open_until(end_of(due), f"{contest.route}的{paper}和证据还没有提交", subject=subject)
    if not given and not case.tells("contest_answered"):
        return unknown(f"材料没有说{contest.route}的{paper}和证据何时提交", subject=subject)
    return violated(
        f"{words(contest.received or contest.since)}收到{contest.route}通知，{paper}和全部证据应在{words(due.day)}前提交，"
        + _how(given, in_time, paper),
        subject=subject, at=end_of(due), ways=(Way(f"提交{paper}和证据，登记日期", does="state:contest_answered"),),
    )  # fmt: skip


def _how(given: list[Fact], in_time: list[Fact], paper: str) -> str:
    """What was wrong with the answer."""
    if not given:
        return "没有提交；逾期提交的证据视为没有"
    if not in_time:
        return f"{words(moment(given[0].values, 'on') or given[0].at)}才提交"
    return f"只提交了{paper}，没有随同提交全部证据"


@rule("P60.1")
def lengthened_by_a_rule(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """延长办案期限、不计入办案期限，都要有本局设置的规定作依据，并经批准。"""
    limit = case.release.limits["TL-19"]
    docketed = [o.at for o in occurrences(case, limit.starts)]
    for sheet in case.of("period_extension_approval"):
        if sheet.approved_at() is not None and set_by_law(
            limit, min([*docketed, sheet.current.at], key=instant)
        ):
            yield _with_basis(case, sheet.id, sheet.values.get("rule"), sheet.current.at, "延长办案期限")
    for pause in case.happened("clock_paused"):
        if set_by_law(limit, min([*docketed, pause.at], key=instant)):
            yield _with_basis(case, pause.entry, pause.values.get("rule"), pause.at, "中止计算办案期限")


def _with_basis(case: CaseFile, subject: str, named: object, at: Moment, what: str) -> Answer:
    said = str(named or "").strip()
    if allowed(case, said, at):
        return met(f"{what}的依据是{said}", subject=subject)
    if said and not case.closed_world:
        return unknown(f"看不出{said}是否允许{what}", subject=subject)
    why = f"依据“{said}”不是本局设置的允许延长的规定" if said else "没有写明依据"
    return violated(
        f"{words(at)}{what}，{why}，九十日的期限照算", subject=subject, at=at,
        ways=(Way("确有规定的，由政策法规科写入设置；没有规定的，在九十日内作出决定"),),
    )  # fmt: skip
