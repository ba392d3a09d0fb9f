"""What is owed by a decision on a day, as the papers of its execution state it (罚 72, 73)."""

from __future__ import annotations

from datetime import timedelta

from liuhen.casefile.moments import day
from liuhen.compliance.answers import words
from liuhen.compliance.execution import days_due, extra_fine, pauses
from liuhen.compliance.owing import fine_of
from liuhen.compliance.reading import moment
from liuhen.compliance.sources.ask import Ask, Found, Source, from_document, given

_COUNTED = "按送达、缴款和复议诉讼的记载计算"


def fine_imposed(ask: Ask) -> Found | None:
    """The fine of the standing decision in 分, on which the extra fine is counted."""
    decision = ask.case.decision
    amount = fine_of(ask.case, decision) if decision else 0
    return given(amount, from_document(decision, ask)) if decision and amount else None


def extra_from(ask: Ask) -> Found | None:
    """The first day of the extra fine: that after the last day to pay."""
    decision = ask.case.decision
    due = days_due(ask.case, decision, ask.ctx) if decision else []
    return given((min(due) + timedelta(days=1)).isoformat(), _COUNTED) if due else None


def extra_paused(ask: Ask) -> Found | None:
    """From when to when nothing accrues: reconsideration and suit."""
    decision = ask.case.decision
    resting = pauses(ask.case, decision, ask.ctx.today) if decision else []
    return given("；".join(f"{words(first)}至{words(last)}" for first, last in resting), _COUNTED)


def extra_accrued(ask: Ask) -> Found | None:
    """What has accrued by the day that the form counts to, never more than the fine, in 分."""
    decision = ask.case.decision
    until = day(moment(ask.known, "to_on") or ask.ctx.now)
    amount = extra_fine(ask.case, decision, ask.ctx, until) if decision else 0
    return given(amount, _COUNTED) if amount else None


EXECUTION: dict[str, Source] = {
    "fine_imposed": fine_imposed,
    "extra_from": extra_from,
    "extra_paused": extra_paused,
    "extra_accrued": extra_accrued,
}
