"""Administrative inspection keeps to its plan: approved before, within its days, told beforehand when it says so (A3, A9; 罚 42)."""

from __future__ import annotations

from collections.abc import Iterator

from liuhen.casefile.moments import Moment, before, day
from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.answers import Answer, Context, Way, met, rule, unknown, violated, words
from liuhen.compliance.approving import approval_of
from liuhen.compliance.reading import moment


@rule("R2.1", procedures=("inspection",))
def inspected_by_plan(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """检查在经批准的计划之后、计划的期间以内进行；计划写明事先通知的，通知书先送达。"""
    for record in case.of("inspection_form"):
        yield _by_plan(case, record, moment(record.values, "started_at") or record.current.at)


def _by_plan(case: CaseFile, record: Document, began: Moment) -> Answer:
    subject, at = f"{record.id}.plan", began
    plans = [(plan, approved) for plan in case.of("inspection_plan") if (approved := approval_of(case, plan))]
    in_time = [plan for plan, approved in plans if before(began, approved) is not True]
    if not in_time:
        if not case.tells("inspection_plan"):
            return unknown("材料没有说检查是否经过批准", subject=subject)
        late = (
            f"《{plans[0][0].title}》{words(plans[0][1])}才批准，"
            if plans
            else "没有经批准的《行政检查计划》，"
        )
        way = Way("检查之前报批检查计划", does="file:inspection_plan")
        return violated(f"{late}{words(began)}就进行检查", subject=subject, at=at, ways=(way,))
    plan = in_time[-1]
    first, last = moment(plan.values, "from_on"), moment(plan.values, "to_on")
    if first and last and not day(first) <= day(began) <= day(last):
        return violated(
            f"{words(began)}检查，批准的检查期间是{words(first)}至{words(last)}", subject=subject, at=at,
            ways=(Way("期间有变的，重新报批", does="file:inspection_plan"),),
        )  # fmt: skip
    told = [
        d for d in case.of("inspection_notice") if d.service and before(began, d.service[0].at) is not True
    ]
    if plan.values.get("announced") == "事先通知" and not told and case.tells("inspection_notice"):
        return violated(
            f"计划写明事先通知，没有送达《行政检查通知书》，{words(began)}就进行检查", subject=subject, at=at,
            ways=(Way("先通知，后检查", does="file:inspection_notice"),),
        )  # fmt: skip
    return met("按经批准的计划检查", subject=subject)
