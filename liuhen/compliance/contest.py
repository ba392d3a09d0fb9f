"""Reconsideration and suit: what was received, until when we answer, with what (复 48, 54; 诉 67; 罚 73)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from liuhen.casefile.moments import Moment, day, instant
from liuhen.casefile.state import CaseFile, Fact
from liuhen.compliance.answers import Context
from liuhen.compliance.events import Occurrence, event
from liuhen.compliance.reading import moment, text_in
from liuhen.compliance.rounds import PENALTY_DECISIONS, about, struck
from liuhen.measures.counting import Due, Span, add

RECONSIDERATION, SUIT = "行政复议", "行政诉讼"
NOTICE = "reconsideration_or_suit_notice"
SUMMARY = Span(5, "working_day")
CODES = {RECONSIDERATION: "TL-50", SUIT: "TL-51"}


@dataclass(frozen=True)
class Contest:
    """A decision is contested: which way, since when, when we received the copy; shown by which entry."""

    route: str
    since: Moment
    received: Moment | None
    summary: bool
    subject: str
    entry: str


def contests(case: CaseFile) -> list[Contest]:
    """Every contest of the case: the facts stated, and notices received of a route that no fact tells of."""
    found = [
        Contest(
            text_in(f.values, "route"), moment(f.values, "on") or f.at, moment(f.values, "notice_on"),
            f.values.get("summary") is True, f.entry, f.entry,
        )
        for f in case.happened("contested")
    ]  # fmt: skip
    routes = {one.route for one in found}
    for paper in case.of(NOTICE):
        route, received = text_in(paper.values, "kind"), moment(paper.values, "received_at")
        if route not in routes:
            since = received or paper.current.at
            summary = paper.values.get("track") == "简易程序"
            found.append(Contest(route, since, received, summary, paper.id, paper.current.filed))
    return found


def answer_due(case: CaseFile, contest: Contest, ctx: Context) -> Due | None:
    """When our answer is due, counted from the receipt of the copy; None when that is not told."""
    code = CODES.get(contest.route)
    if contest.received is None or code is None or code not in case.release.limits:
        return None
    short = contest.summary and contest.route == RECONSIDERATION
    return add(SUMMARY if short else case.release.limits[code].span, day(contest.received), ctx.calendar)


def answers_to(case: CaseFile, contest: Contest) -> list[Fact]:
    """Our answers to a contest: those of its route that were given since we received the copy."""
    received = contest.received or contest.since
    return [
        fact
        for fact in case.happened("contest_answered")
        if fact.values.get("route") == contest.route
        and day(moment(fact.values, "on") or fact.at) >= day(received)
    ]


def ended(case: CaseFile, contest: Contest) -> bool:
    """Whether the end of a contest was recorded."""
    ends = [f for f in case.happened("contest_ended") if f.values.get("route") == contest.route]
    return any(day(moment(f.values, "on") or f.at) >= day(contest.since) for f in ends)


@event("contest_pending")
def _pending(case: CaseFile) -> list[Occurrence]:
    """A reconsideration or suit whose end was not recorded."""
    return [Occurrence(c.since, c.subject, "", c.entry) for c in contests(case) if not ended(case, c)]


@event("evidence_handed_in")
def _handed_in(case: CaseFile) -> list[Occurrence]:
    """Evidence was handed in since the last contest began."""
    since = max((c.since for c in contests(case)), key=instant, default=None)
    copies = [h for h in case.handed if str(h["purpose"]).endswith("举证")]
    return [Occurrence(since, "", "")] if since is not None and copies else []


@event("contests_ended")
def _all_ended(case: CaseFile) -> list[Occurrence]:
    """The decision was contested, and every contest has come to its end."""
    return [] if _pending(case) else [Occurrence(c.since, c.subject, "", c.entry) for c in contests(case)]


@event("suit_over")
def _suit_over(case: CaseFile) -> list[Occurrence]:
    """A suit about every decision that stands has ended: nothing more can be contested."""
    suits = [f for f in case.happened("contest_ended") if f.values.get("route") == SUIT]
    over = {found.id: f for f in suits if (found := about(case, f)) is not None}
    standing = [d for d in case.of(*PENALTY_DECISIONS) if d.issued and struck(case, d) is None]
    if not standing or any(d.id not in over for d in standing):
        return []
    return [Occurrence(over[d.id].at, d.id, d.title, over[d.id].entry) for d in standing]


def _answered(route: str) -> Callable[[CaseFile], list[Occurrence]]:
    def told_of(case: CaseFile) -> list[Occurrence]:
        """Every contest of a route was answered, or has ended."""
        own = [c for c in contests(case) if c.route == route]
        waiting = any(not ended(case, c) and not answers_to(case, c) for c in own)
        return [] if waiting else [Occurrence(c.since, c.subject, "", c.entry) for c in own]

    return told_of


event("reconsideration_answered")(_answered(RECONSIDERATION))
event("suit_answered")(_answered(SUIT))
