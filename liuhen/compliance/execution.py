"""Carrying out a penalty: what is due when, the extra fine 加处罚款, until when the court may be asked (罚 66–73; 强 53)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from liuhen.casefile.moments import day
from liuhen.casefile.state import CaseFile, Document, Fact
from liuhen.compliance.answers import Context, setting
from liuhen.compliance.contest import RECONSIDERATION, SUIT, contests
from liuhen.compliance.owing import MONEY, concerns, due, fine_of, owed, paid_on_fine, penalties_of, performed
from liuhen.compliance.reading import moment, rows, text_in, whole_in
from liuhen.compliance.rounds import about, struck
from liuhen.measures.counting import Span, add

DAY = timedelta(days=1)
PERMILLE = 1000
LONGEST = 3660  # days after which nobody asks any more when an extra fine reaches its cap
SUING = Span(6, "month", rolls=True)
RECONSIDERING = Span(60, "day", rolls=True)
AFTER_RECONSIDERATION = Span(15, "day", rolls=True)
APPLYING = Span(3, "month", rolls=True)
# Given up: the person who contested it withdrew.
GIVEN_UP = "撤回申请或者起诉"
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


def _plans(case: CaseFile, decision: Document) -> list[Document]:
    """The decisions on instalments of a fine that were made, in order."""
    plans = [d for d in case.of("instalment_decision") if d.issued and rows(d.values.get("schedule"))]
    return [d for d in plans if concerns(case, d, decision)]


def days_due(case: CaseFile, decision: Document, ctx: Context) -> list[date]:
    """The days on which parts of the fine are due: as the last instalment decision has it, else fifteen days after service."""
    return [on for on, _ in _schedule(case, decision, ctx)]


def parts_due(case: CaseFile, decision: Document, ctx: Context) -> list[Part] | None:
    """What of the fine is due when; None where an instalment decision does not tell the amount of each part."""
    found = _schedule(case, decision, ctx)
    parts = [Part(on, amount) for on, amount in found if amount is not None]
    return parts if len(parts) == len(found) else None


def _schedule(case: CaseFile, decision: Document, ctx: Context) -> list[tuple[date, int | None]]:
    if plans := _plans(case, decision):
        told = [(moment(r, "due_on"), whole_in(r, "amount")) for r in rows(plans[-1].values["schedule"])]
        return [(day(at), amount) for at, amount in told if at]
    fine = fine_of(case, decision)
    if decision.served_at is None or not fine:
        return []
    return [(add(case.release.limits["TL-21"].span, day(decision.served_at), ctx.calendar).day, fine)]


def payable(case: CaseFile, decision: Document, ctx: Context) -> int:
    """What is to be paid now in 分: what is owed, without the instalments that come after the next one."""
    got, so_far, later = sum(p.amount for p in paid_on_fine(case, decision)), 0, 0
    for part in sorted(parts_due(case, decision, ctx) or [], key=lambda part: part.on):
        later += part.amount if so_far > got and part.on > ctx.today else 0
        so_far += part.amount
    return owed(case, decision) - later


def accrues_from(case: CaseFile, decision: Document, ctx: Context) -> date | None:
    """The first day on which an extra fine accrued; None while none did, or the parts of the fine are not told."""
    parts = parts_due(case, decision, ctx)
    rate = int(setting(case, "additional_fine_rate", decision.made_at))
    resting = pauses(case, decision, ctx.today)
    days = islice(_accruing(parts, _paid(case, decision), resting, rate), LONGEST) if parts else ()
    return next((on for on, accrued in days if accrued and on <= ctx.today), None)


def _paid(case: CaseFile, decision: Document) -> list[Part]:
    return [Part(day(p.at), p.amount) for p in paid_on_fine(case, decision)]


def _contested(case: CaseFile, decision: Document) -> Iterator[tuple[date, date | None]]:
    """From when to when each reconsideration and suit about a decision lasted; the end None while none was recorded."""
    ends = [e for e in case.happened("contest_ended") if _is_about(case, e, decision)]
    facts = {f.entry: f for f in case.happened("contested")}
    for contest in contests(case):
        fact, first = facts.get(contest.entry), day(contest.since)
        if fact is not None and not _is_about(case, fact, decision):
            continue
        last = [day(moment(e.values, "on") or e.at) for e in ends if e.values.get("route") == contest.route]
        yield first, min((on for on in last if on >= first), default=None)


def _is_about(case: CaseFile, fact: Fact, decision: Document) -> bool:
    subject = about(case, fact)
    return subject is None or subject.id == decision.id


def pauses(case: CaseFile, decision: Document, until: date) -> list[tuple[date, date]]:
    """The times of reconsideration and suit about a decision, in which no extra fine accrues (罚 73)."""
    return [(first, last or until) for first, last in _contested(case, decision)]


def execution_suspended(case: CaseFile, decision: Document) -> bool:
    """Whether the execution of a decision rests (强 39): suspended by a decision and not taken up again."""
    suspended = [d for d in case.of("execution_suspension_decision") if d.issued]
    begun = [d.made_at for d in suspended if concerns(case, d, decision)]
    resumed = [day(moment(f.values, "on") or f.at) for f in case.happened("execution_resumed")]
    return bool(begun) and not any(on >= day(begun[-1]) for on in resumed)


def extra_fine(case: CaseFile, decision: Document, ctx: Context, until: date) -> int | None:
    """The extra fine of a decision that has accrued by a day, in 分; None where the parts of the fine are not told."""
    rate = int(setting(case, "additional_fine_rate", decision.made_at))
    parts, resting = parts_due(case, decision, ctx), pauses(case, decision, until)
    return None if parts is None else additional_fine(parts, _paid(case, decision), until, resting, rate)


def capped_on(case: CaseFile, decision: Document, ctx: Context) -> date | None:
    """The day on which the extra fine reaches the fine itself; None while nothing of it is overdue, or it is paid.

    While the decision is contested the days stand still (罚 73): counted as if that ended today.
    """
    parts, paid = parts_due(case, decision, ctx), _paid(case, decision)
    base = sum(part.amount for part in parts or ())
    if not parts or ctx.today <= min(part.on for part in parts) or sum(p.amount for p in paid) >= base:
        return None
    rate = int(setting(case, "additional_fine_rate", decision.made_at))
    days = islice(_accruing(parts, paid, pauses(case, decision, ctx.today), rate), LONGEST)
    return next((on for on, accrued in days if accrued >= base * PERMILLE), None)


def _ends(case: CaseFile, decision: Document, route: str) -> list[date]:
    """The days on which contests of a decision ended by a route, in order; one that was given up decides nothing."""
    ends = [f for f in case.happened("contest_ended") if f.values.get("route") == route]
    decided = [f for f in ends if route == SUIT or f.values.get("result") != GIVEN_UP]
    return sorted(day(moment(f.values, "on") or f.at) for f in decided if _is_about(case, f, decision))


def suable_until(case: CaseFile, decision: Document, ctx: Context) -> date | None:
    """The last day of suing: six months from service, fifteen days from a reconsideration decision; None unserved (诉 45, 46).

    A decision made on the spot cannot be sued without reconsideration: its sixty days stand in place (复 23; TL-26).
    """
    if decision.served_at is None:
        return None
    if ended := _ends(case, decision, RECONSIDERATION):
        return add(AFTER_RECONSIDERATION, ended[-1], ctx.calendar).day
    span = RECONSIDERING if decision.kind == "summary_decision" else SUING
    return add(span, day(decision.served_at), ctx.calendar).day


def suit_over(case: CaseFile, decision: Document) -> date | None:
    """The day on which a suit about a decision ended, the last one; None when there was none."""
    ended = _ends(case, decision, SUIT)
    return ended[-1] if ended else None


def contested_on(case: CaseFile, decision: Document, on: date) -> bool:
    """Whether on a day a reconsideration or suit about a decision was begun and not ended, so far as was recorded (强 53)."""
    return any(first <= on and (last is None or on < last) for first, last in _contested(case, decision))


def apply_by(case: CaseFile, decision: Document, ctx: Context) -> date | None:
    """The last day for asking the court: three months after suing is over, or after the suit, or the last instalment (罚 72)."""
    over = suit_over(case, decision) or suable_until(case, decision, ctx)
    if over is None:
        return None
    if _plans(case, decision):
        over = max([over, *days_due(case, decision, ctx)])
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
    if performed(case, decision, kind) or (kind in MONEY and _settled(case, decision)):
        return "已履行"
    for words, reached in _stations(case, decision, ctx):
        if reached:
            return words
    return "待履行" if decision.served_at else "待送达"


_EXECUTION = (
    "performance_demand", "court_execution_application", "court_ruling", "instalment_decision",
    "execution_termination_decision",
)  # fmt: skip


def _papers_of(case: CaseFile, decision: Document) -> list[Document]:
    return [d for d in case.of(*_EXECUTION) if concerns(case, d, decision)]


def _settled(case: CaseFile, decision: Document) -> bool:
    """Whether all the money of a decision whose amounts are told was paid."""
    return due(case, decision) > 0 and owed(case, decision) <= 0


def _stations(case: CaseFile, decision: Document, ctx: Context) -> list[tuple[str, bool]]:
    """Where a penalty that is not carried out stands, the furthest first."""
    ours = _papers_of(case, decision)
    ruled = {text_in(d.values, "result") for d in ours if d.kind == "court_ruling"}
    made = {d.kind for d in ours if d.issued}
    days, over = days_due(case, decision, ctx), suable_until(case, decision, ctx)
    return [
        ("已被撤销", struck(case, decision) is not None),
        ("终结执行", "execution_termination_decision" in made),
        ("中止执行", execution_suspended(case, decision)),
        ("法院准予执行", "准予执行" in ruled),
        ("法院不准予执行", "不准予执行" in ruled),
        ("已申请法院执行", "court_execution_application" in made),
        ("已催告", any(d.served_at for d in ours if d.kind == "performance_demand")),
        ("复议或者诉讼中", contested_on(case, decision, ctx.today)),
        ("可以催告", over is not None and ctx.today > over),
        ("逾期", bool(days) and ctx.today > min(days)),
        ("分期缴纳", "instalment_decision" in made),
    ]
