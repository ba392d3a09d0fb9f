"""Requests for a hearing and what became of them (A19; 罚 63, 64). A request ends by an act, never by a later paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from liuhen.casefile.moments import Moment, before, day, instant
from liuhen.casefile.state import CaseFile, Document, Values
from liuhen.compliance.answers import Context
from liuhen.compliance.approving import in_order
from liuhen.compliance.events import Occurrence, event, occurrences
from liuhen.compliance.parties import name_of, names_of, party_in, party_of
from liuhen.compliance.reading import moment, paper_in
from liuhen.compliance.rounds import this_round
from liuhen.compliance.telling import HEARING_NOTICE, periods
from liuhen.compliance.weight import held_at


@dataclass(frozen=True)
class Request:
    """A request for a hearing: when it was made, the day that counts for the period, who made it, the paper if any. ``doubtful``: in time only in one reading of the law of its day."""

    at: Moment
    counts: Moment
    party: str
    document: str = ""
    doubtful: bool = False


def _all(case: CaseFile) -> Iterator[Request]:
    for fact in case.happened("hearing_requested"):
        at = moment(fact.values, "at") or fact.at
        name = name_of(party_in(fact.values))
        yield Request(at, moment(fact.values, "posted_on") or at, name, fact.document)
    for paper in case.of("hearing_request"):
        at = moment(paper.values, "received_at") or paper.revisions[0].at
        yield Request(at, moment(paper.values, "posted_on") or at, "", paper.id)


def requests(case: CaseFile, decision: Document, ctx: Context) -> list[Request]:
    """The requests of the party of a decision that were made in time, in order.

    In time is what was made, or posted, before the period of any notice of the hearing right had run out. A request
    made where no such notice was served is never late.
    """
    notices = [n for n in case.of(HEARING_NOTICE) if n.served_at is not None]
    given = [p for n in notices for p in periods(case, n, ctx) if p.right == "hearing"]
    found = [r for r in _all(case) if _ours(case, decision, r)]
    if given:
        sure = max(p.sure for p in given)
        found = [
            replace(r, doubtful=day(r.counts) > sure)
            for r in found
            if any(day(r.counts) <= p.last for p in given)
        ]
    return sorted(found, key=lambda r: instant(r.at))


def _ours(case: CaseFile, decision: Document, request: Request) -> bool:
    """Whether a request is one of the party of the decision; told apart only where a party joined the case."""
    if not request.party or not case.happened("party_joined"):
        return True
    return request.party in names_of(case, name_of(party_of(decision)))


def pending(case: CaseFile, decision: Document, asked: list[Request]) -> list[Request]:
    """The requests that nothing had ended when the decision was made."""
    return [request for request in asked if not _ended(case, request, decision.made_at)]


@event("heard")
def _heard(case: CaseFile) -> list[Occurrence]:
    """No request for a hearing waits: each was refused, withdrawn or given up, or was heard and reported on (A21)."""
    now = this_round(case)
    waiting = any(not _ended(now, request) for request in _all(now))
    unreported = bool(now.of("hearing_record")) and not now.of("hearing_report")
    return [] if waiting or unreported else occurrences(now, "opened")[:1]


def _ended(case: CaseFile, request: Request, by: Moment | None = None) -> bool:
    """Whether something ended a request, by a moment or at all."""
    ends = [held_at(d) for d in case.of("hearing_record")]
    ends += [
        d.made_at
        for d in case.of("hearing_refusal_notice")
        if (d.served_at is not None or not case.closed_world) and _answers(case, d.values, request)
    ]
    ends += [fact.at for fact in case.happened("hearing_absent")]
    # A withdrawal is a paper that the party signed: the officer's word for it ends nothing.
    ends += [
        fact.at for fact in case.happened("hearing_request_withdrawn") if fact.proofs or not case.closed_world
    ]
    return any(
        before(at, request.at) is not True and (by is None or in_order(case, at, by) is not False)
        for at in ends
    )


def _answers(case: CaseFile, refusal: Values, request: Request) -> bool:
    """Whether a refusal is about a request: it names its paper, or none that the case has."""
    named = paper_in(case, refusal, "request")
    return named is None or not request.document or named.id == request.document
