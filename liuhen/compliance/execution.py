"""Carrying out a penalty: what is due when, the extra fine 加处罚款, until when the court may be asked (罚 66–73; 强 53)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from liuhen.casefile.moments import Moment, day
from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.answers import Context, setting
from liuhen.compliance.reading import moment, rows
from liuhen.measures.counting import Span, add

DAY = timedelta(days=1)
PERMILLE = 1000
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
    base = sum(part.amount for part in parts)
    if not parts or base <= 0:
        return 0
    resting = list(pauses)
    accrued, on, cap = 0, min(part.on for part in parts) + DAY, base * PERMILLE
    while on <= until and accrued < cap:
        if not any(first <= on <= last for first, last in resting):
            due = sum(part.amount for part in parts if part.on < on)
            accrued += max(0, due - sum(p.amount for p in paid if p.on < on)) * rate
        on += DAY
    return min(accrued, cap) // PERMILLE


def fine_of(decision: Document) -> int:
    """The fine of a decision in 分; confiscation bears no extra fine."""
    found = rows(decision.values.get("penalties"))
    return sum(r["amount"] for r in found if r.get("kind") == "罚款" and isinstance(r.get("amount"), int))


def parts_due(case: CaseFile, decision: Document, ctx: Context) -> list[Part]:
    """What of the fine is due when: as the last instalment decision has it, else all fifteen days after service."""
    plans = [d for d in case.of("instalment_decision") if d.issued and rows(d.values.get("schedule"))]
    if plans:
        schedule = rows(plans[-1].values["schedule"])
        return [Part(day(at), int(r.get("amount", 0))) for r in schedule if (at := moment(r, "due_on"))]
    fine = fine_of(decision)
    if decision.served_at is None or not fine:
        return []
    return [Part(add(case.release.limits["TL-21"].span, day(decision.served_at), ctx.calendar).day, fine)]


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
    for contest in case.happened("contested"):
        first = day(moment(contest.values, "on") or contest.at)
        route = contest.values.get("route")
        last = [day(moment(e.values, "on") or e.at) for e in ends if e.values.get("route") == route]
        found.append((first, min((on for on in last if on >= first), default=until)))
    return found


def extra_fine(case: CaseFile, decision: Document, ctx: Context, until: date) -> int:
    """The extra fine of a decision that has accrued by a day, in 分."""
    rate = int(setting(case, "additional_fine_rate", decision.made_at))
    return additional_fine(parts_due(case, decision, ctx), payments(case), until, pauses(case, until), rate)


def annulled(case: CaseFile) -> Moment | None:
    """When the decision was annulled or changed by reconsideration or suit; None when it stands."""
    found = [f for f in case.happened("contest_ended") if f.values.get("result") in ANNULLED]
    return (moment(found[-1].values, "on") or found[-1].at) if found else None


def suable_until(case: CaseFile, decision: Document, ctx: Context) -> date | None:
    """The last day of suing: six months from service, fifteen days from the end of a reconsideration; None unserved.

    A decision made on the spot cannot be sued without reconsideration: its sixty days stand in place (复 23; TL-26).
    """
    if decision.served_at is None:
        return None
    ended = [f for f in case.happened("contest_ended") if f.values.get("route") == "行政复议"]
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
    if case.of("instalment_decision"):
        over = max([over, *(part.on for part in parts_due(case, decision, ctx))])
    return add(APPLYING, over, ctx.calendar).day


@dataclass(frozen=True)
class Item:
    """A penalty of the decision, and how far it is carried out."""

    kind: str
    amount: int
    state: str


def items(case: CaseFile, decision: Document, ctx: Context) -> list[Item]:
    """The state of each penalty of a decision (domain §3.4), in Chinese words."""
    found = rows(decision.values.get("penalties"))
    return [
        Item(
            str(r.get("kind", "")), int(r.get("amount") or 0), _state(case, decision, str(r.get("kind")), ctx)
        )
        for r in found
    ]


def _state(case: CaseFile, decision: Document, kind: str, ctx: Context) -> str:
    if kind in ("警告", "通报批评"):
        return "已履行" if decision.served_at else "待送达"
    done = [f for f in case.happened("penalty_performed") if f.values.get("kind") in (kind, "全部")]
    done += [d for d in case.of("performance_record") if d.values.get("kind") in (kind, "全部")]
    paid = kind == "罚款" and 0 < fine_of(decision) <= sum(p.amount for p in payments(case))
    if done or paid:
        return "已履行"
    for words, reached in _stations(case, decision, ctx):
        if reached:
            return words
    return "待履行" if decision.served_at else "待送达"


def _stations(case: CaseFile, decision: Document, ctx: Context) -> list[tuple[str, bool]]:
    """Where a penalty that is not carried out stands, the furthest first."""
    ruled = {d.values.get("result") for d in case.of("court_ruling")}
    parts, over = parts_due(case, decision, ctx), suable_until(case, decision, ctx)
    contests = case.happened("contested")
    return [
        ("已被撤销或者变更", annulled(case) is not None),
        ("终结执行", any(d.issued for d in case.of("execution_termination_decision"))),
        ("中止执行", any(d.issued for d in case.of("execution_suspension_decision"))),
        ("法院准予执行", "准予执行" in ruled),
        ("法院不准予执行", "不准予执行" in ruled),
        ("已申请法院执行", any(d.issued for d in case.of("court_execution_application"))),
        ("已催告", any(d.served_at for d in case.of("performance_demand"))),
        ("复议或者诉讼中", len(contests) > len(case.happened("contest_ended"))),
        ("可以催告", over is not None and ctx.today > over),
        ("逾期", bool(parts) and ctx.today > min(part.on for part in parts)),
        ("分期缴纳", any(d.issued for d in case.of("instalment_decision"))),
    ]
