"""Carrying out a penalty: what is due when, the extra fine 加处罚款, until when the court may be asked (罚 66–73; 强 53)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from liuhen.casefile.moments import day
from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.answers import Context, setting
from liuhen.compliance.contest import contests
from liuhen.compliance.reading import moment, rows, text_in, whole_in
from liuhen.compliance.rounds import about, struck
from liuhen.measures.counting import Span, add

DAY = timedelta(days=1)
PERMILLE = 1000
MONEY = ("罚款", "没收违法所得")
LONGEST = 3660  # days after which nobody asks any more when an extra fine reaches its cap
SUING = Span(6, "month", rolls=True)
RECONSIDERING = Span(60, "day", rolls=True)
AFTER_RECONSIDERATION = Span(15, "day", rolls=True)
APPLYING = Span(3, "month", rolls=True)
ANNULLED = ("撤销", "确认违法", "变更", "重作")


@dataclass(frozen=True)
class Part:
    """An amount in 分 with its day."""

    on: date
    amount: int


def additional_fine(
    parts: Sequence[Part],
    paid: Sequence[Part],
    until: date,
    pauses: Iterable[tuple[date, date]] = (),
    rate: int = 30,
) -> int:
    """The extra fine in 分 that has accrued by the end of ``until`` (罚 72, 73).

    Every day after the due day of a part, ``rate`` ‰ of what of the parts due is not paid; a payment counts from the day
    after it. Days within ``pauses`` (both ends included) do not count. Never more than the fine itself. Fractions of a 分
    are dropped at the end.
    """
    cap = sum(part.amount for part in parts) * PERMILLE
    if not parts or cap <= 0:
        return 0
    accrued = 0
    for on, so_far in _accruing(parts, paid, list(pauses), rate):
        if on > until or accrued >= cap:
            break
        accrued = so_far
    return min(accrued, cap) // PERMILLE


def _accruing(
    parts: Sequence[Part], paid: Sequence[Part], pauses: Sequence[tuple[date, date]], rate: int
) -> Iterator[tuple[date, int]]:
    """Day after day from the first late one: what has accrued by its end, in thousandths of a 分."""
    accrued, on = 0, min(part.on for part in parts) + DAY
    while True:
        if not any(first <= on <= last for first, last in pauses):
            due = sum(part.amount for part in parts if part.on < on)
            accrued += max(0, due - sum(p.amount for p in paid if p.on < on)) * rate
        yield on, accrued
        on += DAY


def penalties_of(case: CaseFile, decision: Document) -> list[Mapping[str, Any]]:
    """The penalties of a decision, as reconsideration or suit changed them (变更)."""
    found = rows(decision.values.get("penalties"))
    for ended in case.happened("contest_ended"):
        changed = rows(ended.values.get("penalties"))
        subject = about(case, ended)
        if ended.values.get("result") == "变更" and changed and subject and subject.id == decision.id:
            found = changed
    return found


def fine_of(case: CaseFile, decision: Document) -> int:
    """The fine of a decision in 分; confiscation bears no extra fine."""
    found = penalties_of(case, decision)
    return sum(r["amount"] for r in found if r.get("kind") == "罚款" and isinstance(r.get("amount"), int))


def parts_due(case: CaseFile, decision: Document, ctx: Context) -> list[Part]:
    """What of the fine is due when: as the last instalment decision has it, else all fifteen days after service."""
    plans = [
        d
        for d in case.of("instalment_decision")
        if d.issued and rows(d.values.get("schedule")) and _of(case, d, decision)
    ]
    if plans:
        schedule = rows(plans[-1].values["schedule"])
        return [Part(day(at), whole_in(r, "amount") or 0) for r in schedule if (at := moment(r, "due_on"))]
    fine = fine_of(case, decision)
    if decision.served_at is None or not fine:
        return []
    return [Part(add(case.release.limits["TL-21"].span, day(decision.served_at), ctx.calendar).day, fine)]


def _of(case: CaseFile, paper: Document, decision: Document) -> bool:
    """Whether a paper of the execution is about a decision: the one it names, else any."""
    named = str(paper.values.get("decision", ""))
    return named == decision.id or named not in case.documents


def payments(case: CaseFile) -> list[Part]:
    """Every payment of the case, one voucher counted once."""
    found: dict[str, Part] = {}
    told = [(f.values, moment(f.values, "on") or f.at) for f in case.happened("payment_made")]
    told += [
        (d.values, moment(d.values, "paid_on", "collected_at") or d.current.at)
        for d in case.of("payment_record", "collection_receipt")
    ]
    for place, (values, at) in enumerate(told):
        if isinstance(values.get("amount"), int):
            found[str(values.get("receipt_no") or place)] = Part(day(at), values["amount"])
    return list(found.values())


def pauses(case: CaseFile, until: date) -> list[tuple[date, date]]:
    """The times of reconsideration and suit, in which no extra fine accrues (罚 73)."""
    found: list[tuple[date, date]] = []
    ends = case.happened("contest_ended")
    for contest in contests(case):
        first = day(contest.since)
        last = [day(moment(e.values, "on") or e.at) for e in ends if e.values.get("route") == contest.route]
        found.append((first, min((on for on in last if on >= first), default=until)))
    return found


def execution_suspended(case: CaseFile) -> bool:
    """Whether the execution rests (强 39): suspended by a decision and not taken up again."""
    begun = [d.made_at for d in case.of("execution_suspension_decision") if d.issued]
    resumed = [day(moment(f.values, "on") or f.at) for f in case.happened("execution_resumed")]
    return bool(begun) and not any(on >= day(begun[-1]) for on in resumed)


def extra_fine(case: CaseFile, decision: Document, ctx: Context, until: date) -> int:
    """The extra fine of a decision that has accrued by a day, in 分."""
    rate = int(setting(case, "additional_fine_rate", decision.made_at))
    return additional_fine(parts_due(case, decision, ctx), payments(case), until, pauses(case, until), rate)


def extra_owed(case: CaseFile, decision: Document) -> int:
    """The extra fine that was imposed on a decision in 分, what an execution agreement remits left out (强 42)."""
    notices = [d for d in case.of("additional_fine_notice") if d.issued and _of(case, d, decision)]
    imposed = notices[-1].values.get("amount") if notices else 0
    remitted = [
        d.values["waived"]
        for d in case.of("execution_agreement")
        if d.issued and _of(case, d, decision) and isinstance(d.values.get("waived"), int)
    ]
    return max(0, (imposed if isinstance(imposed, int) else 0) - sum(remitted))


def owed(case: CaseFile, decision: Document) -> int:
    """What of the money of a decision (fine, confiscated gains, extra fine) is not paid, in 分."""
    found = [r for r in penalties_of(case, decision) if r.get("kind") in MONEY]
    due = sum(r["amount"] for r in found if isinstance(r.get("amount"), int)) + extra_owed(case, decision)
    return due - sum(p.amount for p in payments(case))


def capped_on(case: CaseFile, decision: Document, ctx: Context) -> date | None:
    """The day on which the extra fine reaches the fine itself; None while nothing of it is overdue, or it is paid.

    While the decision is contested the days stand still (罚 73): counted as if that ended today.
    """
    parts, paid = parts_due(case, decision, ctx), payments(case)
    base = sum(part.amount for part in parts)
    if not parts or ctx.today <= min(part.on for part in parts) or sum(p.amount for p in paid) >= base:
        return None
    rate = int(setting(case, "additional_fine_rate", decision.made_at))
    days = islice(_accruing(parts, paid, pauses(case, ctx.today), rate), LONGEST)
    return next((on for on, accrued in days if accrued >= base * PERMILLE), None)


def suable_until(case: CaseFile, decision: Document, ctx: Context) -> date | None:
    """The last day of suing: six months from service, fifteen days from the end of a reconsideration; None unserved.

    A decision made on the spot cannot be sued without reconsideration: its sixty days stand in place (复 23; TL-26).
    """
    if decision.served_at is None:
        return None
    ended = [
        f
        for f in case.happened("contest_ended")
        if f.values.get("route") == "行政复议" and (found := about(case, f)) and found.id == decision.id
    ]
    if decision.kind == "summary_decision" and not ended:
        return add(RECONSIDERING, day(decision.served_at), ctx.calendar).day
    if ended:
        return add(
            AFTER_RECONSIDERATION, day(moment(ended[-1].values, "on") or ended[-1].at), ctx.calendar
        ).day
    return add(SUING, day(decision.served_at), ctx.calendar).day


def apply_by(case: CaseFile, decision: Document, ctx: Context) -> date | None:
    """The last day for asking the court: three months after suing is over, or after the last instalment (罚 72)."""
    over = suable_until(case, decision, ctx)
    if over is None:
        return None
    if any(_of(case, plan, decision) for plan in case.of("instalment_decision")):
        over = max([over, *(part.on for part in parts_due(case, decision, ctx))])
    return add(APPLYING, over, ctx.calendar).day


# The states of a penalty of which nothing more is to be done.
ENDED = ("已履行", "已被撤销", "终结执行", "法院准予执行")


@dataclass(frozen=True)
class Item:
    """A penalty of the decision, and how far it is carried out."""

    kind: str
    amount: int
    state: str


def items(case: CaseFile, decision: Document, ctx: Context) -> list[Item]:
    """The state of each penalty of a decision (domain §3.4), in Chinese words."""
    found = penalties_of(case, decision)
    return [
        Item(
            str(r.get("kind", "")),
            whole_in(r, "amount") or 0,
            _state(case, decision, str(r.get("kind")), ctx),
        )
        for r in found
    ]


def _state(case: CaseFile, decision: Document, kind: str, ctx: Context) -> str:
    if kind in ("警告", "通报批评"):
        return "已履行" if decision.served_at else "待送达"
    done = [f for f in case.happened("penalty_performed") if f.values.get("kind") in (kind, "全部")]
    done += [d for d in case.of("performance_record") if d.values.get("kind") in (kind, "全部")]
    paid = kind == "罚款" and 0 < fine_of(case, decision) <= sum(p.amount for p in payments(case))
    if done or paid:
        return "已履行"
    for words, reached in _stations(case, decision, ctx):
        if reached:
            return words
    return "待履行" if decision.served_at else "待送达"


def _stations(case: CaseFile, decision: Document, ctx: Context) -> list[tuple[str, bool]]:
    """Where a penalty that is not carried out stands, the furthest first."""
    ruled = {text_in(d.values, "result") for d in case.of("court_ruling")}
    parts, over = parts_due(case, decision, ctx), suable_until(case, decision, ctx)
    return [
        ("已被撤销", struck(case, decision) is not None),
        ("终结执行", any(d.issued for d in case.of("execution_termination_decision"))),
        ("中止执行", execution_suspended(case)),
        ("法院准予执行", "准予执行" in ruled),
        ("法院不准予执行", "不准予执行" in ruled),
        ("已申请法院执行", any(d.issued for d in case.of("court_execution_application"))),
        ("已催告", any(d.served_at for d in case.of("performance_demand"))),
        ("复议或者诉讼中", len(contests(case)) > len(case.happened("contest_ended"))),
        ("可以催告", over is not None and ctx.today > over),
        ("逾期", bool(parts) and ctx.today > min(part.on for part in parts)),
        ("分期缴纳", any(d.issued for d in case.of("instalment_decision"))),
    ]
