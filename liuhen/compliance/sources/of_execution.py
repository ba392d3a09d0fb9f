"""What is owed by a decision on a day, as the papers of its execution state it (罚 72, 73)."""

from __future__ import annotations

from datetime import timedelta

from liuhen.casefile.moments import day
from liuhen.compliance.answers import words
from liuhen.compliance.comparing import money, penalty_words
from liuhen.compliance.contest import contests
from liuhen.compliance.execution import accrues_from, days_due, extra_fine, pauses, suable_until
from liuhen.compliance.owing import fine_of, owed, paid
from liuhen.compliance.reading import moment
from liuhen.compliance.sources.ask import Ask, Found, Source, from_document, given
from liuhen.measures.counting import add

_COUNTED = "按送达、缴款和复议诉讼的记载计算"


def fine_imposed(ask: Ask) -> Found | None:
    """The fine of the standing decision in 分, on which the extra fine is counted."""
    decision = ask.case.decision
    amount = fine_of(ask.case, decision) if decision else 0
    return given(amount, from_document(decision, ask)) if decision and amount else None


def extra_from(ask: Ask) -> Found | None:
    """The first day of the extra fine: that after the last day to pay what was not paid."""
    decision = ask.case.decision
    due = days_due(ask.case, decision, ask.ctx) if decision else []
    if decision is None or not due:
        return None
    first = accrues_from(ask.case, decision, ask.ctx) or min(due) + timedelta(days=1)
    return given(first.isoformat(), _COUNTED)


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


def unperformed(ask: Ask) -> Found | None:
    """What the court is told: what was decided and served, whether it was contested while that was possible, what is left."""
    case, decision = ask.case, ask.case.decision
    if decision is None or decision.issued is None or decision.served_at is None or owed(case, decision) <= 0:
        return None
    over = suable_until(case, decision, ask.ctx)
    said = [
        f"{words(day(decision.made_at))}，我局作出{decision.issued.number}行政处罚决定："
        f"{penalty_words(decision.values.get('penalties'))}，{words(day(decision.served_at))}送达当事人"
    ]
    if over is not None and over < ask.ctx.today and not contests(case):
        said.append("当事人在法定期限内没有申请行政复议，也没有提起行政诉讼")
    got = sum(payment.amount for payment in paid(case, decision))
    said.append(
        f"当事人已缴{money(got)}，还有{money(owed(case, decision))}没有缴纳" if got else "当事人至今没有履行"
    )
    return given("。".join(said) + "。", _COUNTED)


def demanded(ask: Ask) -> Found | None:
    """When the party was demanded to perform, by which paper, and that its ten working days are over."""
    named = ask.case.documents.get(str(ask.of_form("demand") or "")) or ask.case.latest("performance_demand")
    if named is None or named.issued is None or named.served_at is None:
        return None
    on = f"{words(day(named.served_at))}送达《{named.title}》（{named.issued.number}）"
    last = add(ask.case.release.limits["TL-25"].span, day(named.served_at), ask.ctx.calendar).day
    waited = "，满十个工作日，当事人仍未履行" if last < ask.ctx.today else ""
    return given(f"{on}{waited}。", _COUNTED)


EXECUTION: dict[str, Source] = {
    "fine_imposed": fine_imposed,
    "extra_from": extra_from,
    "extra_paused": extra_paused,
    "extra_accrued": extra_accrued,
    "unperformed": unperformed,
    "demanded": demanded,
}
