"""Rounds of a case: a decision that is annulled, withdrawn or sent back to be made anew opens a further one (罚 75; 复 64; 诉 70).

What was told, heard and approved for the decision that fell is no ground for the next one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from liuhen.casefile.moments import Moment, before, day, instant
from liuhen.casefile.state import CaseFile, Document, Fact
from liuhen.compliance.reading import moment

PENALTY_DECISIONS = ("penalty_decision", "summary_decision", "no_penalty_decision")
WITHDRAWAL = "penalty_withdrawal_decision"
# After these nothing is left of a decision; 变更 leaves it as changed, 确认违法 leaves it standing (诉 74).
FALLEN = ("撤销", "重作")
ANEW = "重作"
# What is done again for a new decision; what was found out before stays found out.
_DONE_AGAIN = ("审查决定", "送达执行")
_STAYS = ("published",)


@dataclass(frozen=True)
class Strike:
    """A decision fell: when, which one, how (撤销, 重作, 自行撤销), shown by which entry."""

    at: Moment
    decision: Document
    how: str
    entry: str


def about(case: CaseFile, fact: Fact) -> Document | None:
    """The decision that a contest is about: the one the fact names, else the last one made by then."""
    named = case.documents.get(fact.document)
    if named is not None and named.kind in PENALTY_DECISIONS:
        return named
    on = day(moment(fact.values, "on") or fact.at)
    made = [d for d in case.of(*PENALTY_DECISIONS) if d.issued and day(d.made_at) <= on]
    return made[-1] if made else None


def strikes(case: CaseFile) -> list[Strike]:
    """Every fall of a decision of the case, in order."""
    found: list[Strike] = []
    for fact in case.happened("contest_ended"):
        decision, result = about(case, fact), str(fact.values.get("result", ""))
        if decision is not None and result in FALLEN:
            found.append(Strike(moment(fact.values, "on") or fact.at, decision, result, fact.entry))
    for paper in case.of(WITHDRAWAL):
        decision = case.documents.get(str(paper.values.get("decision", "")))
        if paper.issued and decision is not None:
            how = ANEW if paper.values.get("anew") is True else "自行撤销"
            found.append(Strike(paper.made_at, decision, how, paper.current.filed))
    return sorted(found, key=lambda strike: instant(strike.at))


def struck(case: CaseFile, decision: Document) -> Strike | None:
    """How a decision fell; None while it stands."""
    return next((s for s in strikes(case) if s.decision.id == decision.id), None)


def begun(case: CaseFile, at: Moment) -> Moment | None:
    """When the round began in which something of a moment was done; None in the first one."""
    earlier = [s.at for s in strikes(case) if before(at, s.at) is not True]
    return earlier[-1] if earlier else None


def of_round(case: CaseFile, at: Moment, documents: Iterable[Document]) -> list[Document]:
    """Those of the documents that are not of an earlier round than that of a moment."""
    start = begun(case, at)
    if start is None:
        return list(documents)
    return [d for d in documents if before(d.current.at, start) is not True]


def this_round(case: CaseFile) -> CaseFile:
    """The case without what was decided and carried out in earlier rounds: what the next step goes on from."""
    fallen = strikes(case)
    if not fallen:
        return case
    start = fallen[-1].at
    documents = {i: d for i, d in case.documents.items() if not _over(d, start)}
    facts = [f for f in case.facts if f.code in _STAYS or before(f.at, start) is False]
    return replace(case, documents=documents, facts=facts)


def _over(document: Document, start: Moment) -> bool:
    again = document.declared.stage in _DONE_AGAIN and not document.declared.evidence
    return again and before(document.current.at, start) is not False and document.kind != WITHDRAWAL
