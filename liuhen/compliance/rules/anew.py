"""A decision made anew after one fell: not the same once more (诉 71; 复 64)."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from liuhen.casefile.moments import before
from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.answers import PENALTIES, Answer, Context, Way, met, rule, unknown, violated, words
from liuhen.compliance.comparing import new_basis, squeezed, weigh
from liuhen.compliance.reading import moment, rows, text_in
from liuhen.compliance.rounds import FALLEN, PENALTY_DECISIONS, Strike, predecessors
from liuhen.measures.facts import BY_PROCEDURE

# From what likeness on two texts tell the same facts: a date or an article written otherwise makes no other facts.
_ALIKE = 0.9
REFUSAL = "license_denial_decision"
_OTHERWISE = (
    (
        Way("补充调查，依新的事实、理由重新决定；不成立的，不予处罚或者销案"),
        Way("只因违反法定程序被撤销的，登记撤销的理由", does="state:contest_ended"),
    ),
    (Way("按法定条件重新审查，依新的事实、理由决定"),),
)


@rule("S71.1", procedures=PENALTIES)
def not_the_same_again(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """处罚决定被复议机关、法院撤销之后，不以同一的事实和理由作出基本相同的决定；因违反法定程序被撤销的除外。"""
    for decision in case.of(*PENALTY_DECISIONS):
        fallen = [(one, s) for one, s in predecessors(case, decision) if not s.ours]
        if decision.issued and fallen:
            yield _compared(case, decision, *fallen[-1])


@rule("S71.1", procedures=("licensing",))
def not_refused_the_same_again(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """不予许可的决定被复议机关、法院撤销之后，不以同一的理由再次不予许可；因违反法定程序被撤销的除外。"""
    for one in (case, *case.earlier):
        for fact in one.happened("contest_ended"):
            on, result = moment(fact.values, "on") or fact.at, text_in(fact.values, "result")
            fell = [d for d in _refusals(one) if before(d.made_at, on) and fact.document in ("", d.id)]
            anew = [d for d in _refusals(case) if before(on, d.made_at)]
            if result in FALLEN and fell and anew:
                strike = Strike(on, fell[-1], result, fact.entry, text_in(fact.values, "ground"))
                yield _compared(case, anew[0], one, strike)


def _refusals(case: CaseFile) -> list[Document]:
    return [d for d in case.of(REFUSAL) if d.issued]


def _compared(case: CaseFile, decision: Document, earlier: CaseFile, strike: Strike) -> Answer:
    first, subject = strike.decision, decision.id
    if strike.ground == BY_PROCEDURE:
        return met("原决定因违反法定程序被撤销，重新作出不受限制", subject=subject)
    same = _same(decision, first)
    if same is None:
        return unknown(f"看不出与{words(strike.at)}被撤销的《{first.title}》是否同一事实", subject=subject)
    if not same:
        return met("事实、依据或者处罚与被撤销的决定不同", subject=subject)
    if not strike.ground and not case.closed_world:
        return unknown(f"与被撤销的《{first.title}》基本相同，材料没有说为何撤销", subject=subject)
    where = "" if earlier is case else f"（案件{earlier.case_no}）"
    why = f"因{strike.ground}" if strike.ground else ""
    return violated(
        f"{words(first.made_at)}的《{first.title}》{where}{words(strike.at)}{why}被撤销，"
        f"{words(decision.made_at)}又以同一的事实和依据作出基本相同的决定",
        subject=subject, at=decision.made_at, severity=None if strike.ground else "flag",
        ways=_OTHERWISE[decision.kind == REFUSAL],
    )  # fmt: skip


def _same(decision: Document, first: Document) -> bool | None:
    """Whether two decisions are the same in substance: the same facts under the same law, the later one not lighter; of
    two refusals the same reasons. None when one of them does not tell its facts."""
    told = "reasons" if decision.kind == REFUSAL else "facts"
    mine, theirs = squeezed(decision.values.get(told)), squeezed(first.values.get(told))
    wanted, struck = decision.values.get("penalties"), first.values.get("penalties")
    if decision.kind != first.kind or bool(rows(wanted)) != bool(rows(struck)):
        return False
    if weigh(struck, wanted).heavier or new_basis(decision.values.get("basis"), first.values.get("basis")):
        return False
    if not mine or not theirs:
        return None
    return SequenceMatcher(None, mine, theirs, autojunk=False).ratio() >= _ALIKE
