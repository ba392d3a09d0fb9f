"""What lengthens the time for handling a case: extensions and pauses, by a rule that the bureau set and no other (罚 60)."""

from __future__ import annotations

from liuhen.casefile.moments import Moment, day
from liuhen.casefile.state import CaseFile
from liuhen.compliance.answers import Context, setting
from liuhen.compliance.comparing import squeezed
from liuhen.compliance.reading import moment, whole_in

HANDLING = "办案期限"


def allowed(case: CaseFile, rule: object, on: Moment) -> bool:
    """Whether a rule is one of those by which the bureau lengthens the time for handling (``handling_rules``)."""
    said = squeezed(rule)
    known = [squeezed(one) for one in str(setting(case, "handling_rules", on)).split("、")]
    return bool(said) and any(one and (one in said or said in one) for one in known)


def added_days(case: CaseFile, ctx: Context) -> int:
    """By how many days extensions and pauses lengthen the ninety."""
    return _extended(case) + _paused(case, ctx)


def _extended(case: CaseFile) -> int:
    return sum(
        whole_in(sheet.values, "days") or 0
        for sheet in case.of("period_extension_approval")
        if sheet.approved_at() is not None and allowed(case, sheet.values.get("rule"), sheet.current.at)
    )


def _paused(case: CaseFile, ctx: Context) -> int:
    """Days from each pause to its resumption, as far as they have passed."""
    resumed = [day(moment(f.values, "on") or f.at) for f in case.happened("clock_resumed")]
    days = 0
    for pause in case.happened("clock_paused"):
        if not allowed(case, pause.values.get("rule"), pause.at):
            continue
        first = day(moment(pause.values, "on") or pause.at)
        last = min((on for on in resumed if on >= first), default=ctx.today)
        days += max(0, (last - first).days)
    return days
