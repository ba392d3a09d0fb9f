"""What may be done once only, and what must come in time: no second fine, the docket before the end, the renewal before the
licence runs out (罚 29, 54; 许 50)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from liuhen.casefile.moments import before, day
from liuhen.casefile.state import CaseFile, Document
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
from liuhen.compliance.comparing import money, squeezed
from liuhen.compliance.deadlines import end_of
from liuhen.compliance.events import occurrences
from liuhen.compliance.execution import ANNULLED
from liuhen.compliance.owing import fine_of
from liuhen.compliance.parties import same_party
from liuhen.compliance.reading import moment, rows, text_in, whole_in
from liuhen.compliance.rounds import struck
from liuhen.measures.counting import Due

DECISIONS = ("penalty_decision", "summary_decision")
_CONCLUDING = ("investigation_report", "proposal_approval", "penalty_notice", "hearing_right_notice")
_RENEW_AHEAD = timedelta(days=30)


@rule("P29.1", procedures=PENALTIES)
def fined_once(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """同一个违法行为没有罚款两次：本案没有两个仍然有效的罚款决定，查到的以往罚款不是同一行为。"""
    decisions = [d for d in case.of(*DECISIONS) if d.issued and fine_of(case, d)]
    for n, decision in enumerate(decisions):
        twice = [d for d in decisions[:n] if same_fine(case, d, decision)]
        if twice:
            yield violated(
                f"{words(twice[-1].made_at)}已经作出罚款的《{twice[-1].title}》，没有撤销，{words(decision.made_at)}"
                "又以同样的事实罚款",
                subject=decision.id, at=decision.made_at,
                ways=(Way("撤销其中一个决定", does="file:penalty_withdrawal_decision"),),
            )  # fmt: skip
        else:
            yield from _elsewhere(case, decision)


def same_fine(case: CaseFile, earlier: Document, later: Document) -> bool:
    """Whether two decisions that stand fine one party on one text of facts."""
    mine, theirs = squeezed(later.values.get("facts")), squeezed(earlier.values.get("facts"))
    return (
        bool(mine)
        and mine == theirs
        and same_party(case, later, earlier) is not False
        and stands(case, earlier)
    )


def stands(case: CaseFile, decision: Document) -> bool:
    """Whether a decision was neither annulled, changed nor withdrawn."""
    fallen = [f for f in case.happened("contest_ended") if f.values.get("result") in ANNULLED]
    return struck(case, decision) is None and not any(
        before(decision.made_at, f.at) is not False for f in fallen
    )


def _elsewhere(case: CaseFile, decision: Document) -> Iterator[Answer]:
    """What was looked up before the decision: fines of this or another authority on the same act."""
    for check in case.happened("earlier_penalties_checked"):
        known = [row for row in rows(check.values.get("found")) if _same(row, decision)]
        if known:
            row = known[0]
            yield violated(
                f"{text_in(row, 'body')}已经就同一行为罚款{money(whole_in(row, 'fine') or 0)}，"
                f"{words(decision.made_at)}又在《{decision.title}》中罚款",
                subject=decision.id, at=decision.made_at,
                ways=(Way("不再罚款；不是同一行为的，更正查询的登记", does="correct"),),
            )  # fmt: skip
            return
    if case.happened("earlier_penalties_checked"):
        yield met("查询过以往处罚，没有就同一行为罚过款", subject=decision.id)


def _same(row: Mapping[str, Any], decision: Document) -> bool:
    on, fine = moment(row, "on"), row.get("fine")
    if row.get("same_act") != "是" or on is None or not isinstance(fine, int) or not fine:
        return False
    return before(decision.made_at, on) is not True


@rule("P54.1")
def docketed_before_the_end(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """符合立案标准的及时立案：立案不晚于调查终结和告知。"""
    dockets = occurrences(case, "docketed")
    if not dockets:
        return
    docketed = dockets[0].at
    for paper in case.of(*_CONCLUDING):
        if day(paper.made_at) < day(docketed):
            yield violated(
                f"{words(paper.made_at)}已有《{paper.title}》，{words(docketed)}才立案",
                subject=paper.id, at=paper.made_at,
            )  # fmt: skip
        else:
            yield met(f"{words(docketed)}立案，先于《{paper.title}》", subject=paper.id)


@rule("TL-09", procedures=("licensing",))
def renewed_in_time(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """三十日前申请延续的，在有效期届满前作出决定；逾期没有决定的视为准予延续。"""
    for application in case.of("license_renewal_application"):
        until, asked = moment(application.values, "valid_to"), moment(application.values, "received_at")
        if until is None or day(asked or application.made_at) > day(until) - _RENEW_AHEAD:
            continue
        decided = [d for d in case.of("license_renewal_decision") if d.issued]
        late = f"许可{words(until)}届满，之前申请延续"
        subject = application.id
        if any(day(d.made_at) <= day(until) for d in decided):
            yield met("有效期届满前作出了延续的决定", subject=subject)
        elif decided:
            yield violated(
                f"{late}，{words(decided[0].made_at)}才决定，视为准予延续", subject=subject, at=until
            )
        elif not case.tells("license_renewal_decision"):
            yield unknown("材料没有说延续如何决定", subject=subject)
        elif ctx.now < (passed := end_of(Due(on=day(until)))):
            yield open_until(passed, f"{late}，应当在届满前决定", subject=subject)
        else:
            yield violated(f"{late}，届满没有决定，视为准予延续", subject=subject, at=until)
