"""Rounds of a case: a decision that is annulled, withdrawn or sent back to be made anew opens a further one (罚 75; 复 64; 诉 70).

What was told, heard and approved for the decision that fell is no ground for the next one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from liuhen.casefile.moments import Moment, before, day, instant
from liuhen.casefile.state import CaseFile, Document, Fact, once
from liuhen.compliance.answers import words
from liuhen.compliance.parties import apart, name_of, names_of, party_of
from liuhen.compliance.reading import moment, text_in

PENALTY_DECISIONS = ("penalty_decision", "summary_decision", "no_penalty_decision")
WITHDRAWAL = "penalty_withdrawal_decision"
# After these nothing is left of a decision; 变更 leaves it as changed, 确认违法 leaves it standing (诉 74).
FALLEN = ("撤销", "重作")
ANEW = "重作"
CHANGED = ("变更", "确认违法")
# What is done again for a new decision; what was found out before stays found out.
_DONE_AGAIN = ("审查决定", "送达执行")
_STAYS = frozenset({
    "published", "correction_not_ordered", "correction_done", "earlier_penalties_checked", "interview_attempted",
    "recording_made", "recording_unsuitable", "recording_unsuitable_reviewed", "recording_gap", "recording_moment",
    "returned_to_unit",
    "party_joined", "party_succeeded", "party_left", "service_address_changed", "recusal_asked", "recusal_decided",
})  # fmt: skip


@dataclass(frozen=True)
class Strike:
    """A decision fell: when, which one, how (撤销, 重作, 自行撤销), shown by which entry, for what reason where told; ``ours``:
    by the bureau's own withdrawal."""

    at: Moment
    decision: Document
    how: str
    entry: str
    ground: str = ""
    ours: bool = False


def about(case: CaseFile, fact: Fact) -> Document | None:
    """The decision that a contest is about: the one the fact names, else the last one made by then."""
    named = case.documents.get(fact.document)
    if named is not None and named.kind in PENALTY_DECISIONS:
        return named
    on = day(moment(fact.values, "on") or fact.at)
    made = [d for d in case.of(*PENALTY_DECISIONS) if d.issued and day(d.made_at) <= on]
    return made[-1] if made else None


@once
def strikes(case: CaseFile) -> list[Strike]:
    """Every fall of a decision of the case, in order."""
    found: list[Strike] = []
    for fact in case.happened("contest_ended"):
        decision, result = about(case, fact), str(fact.values.get("result", ""))
        if decision is not None and result in FALLEN:
            ground = text_in(fact.values, "ground")
            found.append(Strike(moment(fact.values, "on") or fact.at, decision, result, fact.entry, ground))
    for paper in case.of(WITHDRAWAL):
        decision = case.documents.get(str(paper.values.get("decision", "")))
        if paper.issued and decision is not None:
            how = ANEW if paper.values.get("anew") is True else "自行撤销"
            found.append(Strike(paper.made_at, decision, how, paper.current.filed, ours=True))
    return sorted(found, key=lambda strike: instant(strike.at))


def struck(case: CaseFile, decision: Document) -> Strike | None:
    """How a decision fell; None while it stands."""
    return next((s for s in strikes(case) if s.decision.id == decision.id), None)


def fate(case: CaseFile, decision: Document) -> str:
    """What became of a decision after it was made, in words for a list of papers; empty while it stands as made."""
    fell = struck(case, decision)
    if fell is not None:
        how = "本局自行撤销" if fell.ours else "被撤销"
        return f"{words(day(fell.at))}{how}{'，重新作出' if fell.how == ANEW else ''}"
    for fact in case.happened("contest_ended"):
        result = text_in(fact.values, "result")
        if result in CHANGED and about(case, fact) == decision:
            return f"{words(day(moment(fact.values, 'on') or fact.at))}被{result}"
    return ""


def made_anew(case: CaseFile, decision: Document) -> bool:
    """Whether a decision on the same party fell before this one was made."""
    return any(
        before(decision.made_at, s.at) is not True and not apart(case, decision, s.decision)
        for s in strikes(case)
    )


def awaited(case: CaseFile) -> list[Strike]:
    """The falls after which the law wants a new decision, while none was made."""
    made = [d for d in case.of(*PENALTY_DECISIONS) if d.issued]
    return [s for s in strikes(case) if s.how == ANEW and not any(_replaces(case, d, s) for d in made)]


def _replaces(case: CaseFile, made: Document, strike: Strike) -> bool:
    later = made.id != strike.decision.id and before(made.made_at, strike.at) is not True
    return later and not apart(case, made, strike.decision)


def of_party(case: CaseFile, decision: Document) -> CaseFile:
    """The case as it concerns the party of a decision: without what was decided and carried out on other parties."""
    documents = {i: d for i, d in case.documents.items() if not _of_another(case, d, decision)}
    facts = [f for f in case.facts if f.document in ("", *documents)]
    return replace(case, documents=documents, facts=facts)


def _of_another(case: CaseFile, document: Document, decision: Document) -> bool:
    named = case.documents.get(str(document.values.get("decision", "")))
    about_ = named if named is not None and named.kind in PENALTY_DECISIONS else document
    return _again(document) and bool(party_of(about_)) and apart(case, about_, decision)


def predecessors(case: CaseFile, decision: Document) -> list[tuple[CaseFile, Strike]]:
    """The decisions on the same party that fell before this one was made, here and in the cases that this one came from, each
    with the case in which it was made."""
    found = [(one, strike) for one in (case, *case.earlier) for strike in strikes(one)]
    return [
        (one, strike)
        for one, strike in found
        if before(decision.made_at, strike.at) is not True
        and _on_the_same(case, one, decision, strike.decision)
    ]


def _on_the_same(case: CaseFile, earlier: CaseFile, decision: Document, fallen: Document) -> bool:
    if earlier is case:
        return decision.id != fallen.id and not apart(case, decision, fallen)
    mine, theirs = name_of(party_of(decision)), name_of(party_of(fallen))
    return not mine or not theirs or theirs in names_of(case, mine) | names_of(earlier, mine)


def of_round(case: CaseFile, at: Moment, documents: Iterable[Document]) -> list[Document]:
    """Those of the documents that are not of an earlier round than that of a moment."""
    fallen = [s for s in strikes(case) if before(at, s.at) is not True]
    return [
        d for d in documents if not any(before(d.current.at, s.at) and _falls(case, d, s) for s in fallen)
    ]


@once
def this_round(case: CaseFile) -> CaseFile:
    """The case without what was decided and carried out in earlier rounds: what the next step goes on from."""
    fallen = strikes(case)
    if not fallen:
        return case
    documents = {i: d for i, d in case.documents.items() if not _over(case, d, fallen)}
    facts = [f for f in case.facts if f.code in _STAYS or not _fact_over(case, f, fallen)]
    return replace(case, documents=documents, facts=facts)


def _again(document: Document) -> bool:
    """Whether a paper is one that is made again for a new decision."""
    return document.declared.stage in _DONE_AGAIN and not document.declared.evidence


def _over(case: CaseFile, document: Document, fallen: Iterable[Strike]) -> bool:
    if not _again(document) or document.kind == WITHDRAWAL:
        return False
    return any(before(document.current.at, s.at) is not False and _falls(case, document, s) for s in fallen)


def _fact_over(case: CaseFile, fact: Fact, fallen: Iterable[Strike]) -> bool:
    named = case.documents.get(fact.document)
    return any(
        before(fact.at, s.at) is not False
        and (_falls(case, named, s) if named is not None else not _others_stand(case, s))
        for s in fallen
    )


def _falls(case: CaseFile, document: Document, strike: Strike) -> bool:
    """Whether a paper fell with a decision: not one about another decision, or addressed to another party that has one."""
    if document.kind in PENALTY_DECISIONS and document.issued:
        return document.id == strike.decision.id
    named = case.documents.get(str(document.values.get("decision", "")))
    if named is not None and named.kind in PENALTY_DECISIONS:
        return named.id == strike.decision.id
    if party_of(document):
        return not apart(case, document, strike.decision)
    return not _others_stand(case, strike)


def _others_stand(case: CaseFile, strike: Strike) -> bool:
    """Whether a decision on another party stood when one fell: what names nobody may be about that one."""
    return any(
        d.issued
        and before(d.made_at, strike.at) is not False
        and apart(case, d, strike.decision)
        and struck(case, d) is None
        for d in case.of(*PENALTY_DECISIONS)
    )
