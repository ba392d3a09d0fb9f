"""Telling the party before the decision: notice, hearing right, what the decision may rest on (A15, A16, A18; 罚 44, 63)."""

from __future__ import annotations

from collections.abc import Iterator

from liuhen.casefile.moments import before, day
from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.answers import Answer, Context, Way, met, rule, unknown, violated, words
from liuhen.compliance.approving import Sheet, came_about, giver, in_order, sheets, stood, wanted
from liuhen.compliance.comparing import Weighed, new_basis, unequal, weigh
from liuhen.compliance.parties import concerning, name_of, party_of, perhaps_received, reached_party
from liuhen.compliance.rounds import made_anew, of_round
from liuhen.compliance.telling import (
    HEARING_NOTICE,
    NEW_GROUNDS,
    NOTICES,
    binding,
    notices_before,
    penalty_decisions,
    served_before,
)
from liuhen.compliance.weight import Reached, hearing_reached


@rule("R15.1")
def notice_served_before_decision(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """作出处罚决定前，告知书已经送达当事人。"""
    for decision in penalty_decisions(case):
        yield _told(case, decision)


def _told(case: CaseFile, decision: Document) -> Answer:
    made = decision.made_at
    notices = of_round(case, made, concerning(case, decision, case.of(*NOTICES)))
    served = [(at, n) for n in notices if (at := reached_party(case, n)) is not None]
    if not notices:
        return _not_told(case, decision)
    if not served:
        return _not_served(case, decision, notices[-1])
    orders = [in_order(case, at, made) for at, _ in served]
    at, notice = served[orders.index(True) if True in orders else 0]
    if True not in orders and None in orders:
        return unknown(f"告知书的送达与处罚决定同为{words(made)}，先后不明", subject=decision.id)
    if True not in orders:
        return violated(
            f"《{notice.title}》{words(at)}才送达，晚于{words(made)}的处罚决定", subject=decision.id, at=made,
            ways=(Way("送达之后，待期限届满再作出决定", until=at),),
        )  # fmt: skip
    return met(f"《{notice.title}》{words(at)}送达", subject=decision.id, entry=notice.service[0].entry)


def _not_served(case: CaseFile, decision: Document, notice: Document) -> Answer:
    """The answer where a notice was made and never reached the party."""
    way = Way(f"送达《{notice.title}》", does=f"serve:{notice.id}")
    others = [s.addressee for s in notice.service if s.effective is not None]
    if not others and not case.tells_of(notice, "served"):
        return unknown("材料没有说告知书何时送达", subject=decision.id)
    whole = party_of(notice) or case.party or {}
    if not case.closed_world and perhaps_received(whole, _persons(notice)):
        return unknown(f"看不出{others[-1]}是否为当事人负责收件的人", subject=decision.id)
    party = name_of(whole)
    how = f"送达的是{others[-1]}，不是当事人{party}" if others else "没有送达"
    return violated(
        f"《{notice.title}》{how}，就作出处罚决定", subject=decision.id, at=decision.made_at, ways=(way,)
    )


def _persons(notice: Document) -> list[str]:
    """Those whom a notice reached, of whom the source does not say what they are to the party."""
    return [s.addressee for s in notice.service if s.effective is not None and not s.body.get("relation")]


def _not_told(case: CaseFile, decision: Document) -> Answer:
    """The answer where no notice is on file that was made for this decision."""
    if not case.tells("penalty_notice"):
        return unknown("材料没有说处罚决定作出前是否告知当事人", subject=decision.id)
    hearing = hearing_reached(case, decision.values, decision.made_at).reasons
    kind, title = (HEARING_NOTICE, "行政处罚听证告知书") if hearing else ("penalty_notice", "行政处罚告知书")
    again = "重新" if made_anew(case, decision) else ""
    return violated(
        f"{words(decision.made_at)}{again}作出处罚决定前，没有{again}制作和送达{title}",
        subject=decision.id, at=decision.made_at,
        ways=(Way(f"制作{title}，送达当事人", does=f"file:{kind}"),),
    )  # fmt: skip


@rule("R16.1")
def hearing_right_told(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """按处罚种类和数额达到听证标准的，作出处罚决定前已经送达听证告知书。"""
    decisions = penalty_decisions(case)
    for decision in decisions:
        yield from _hearing_right(case, decision)
    if not decisions:
        yield from _hearing_foreseen(case)


def _hearing_right(case: CaseFile, decision: Document) -> Iterator[Answer]:
    """The standards are those in force when the party was told, without a notice those of the day of the decision."""
    served = served_before(case, decision)
    on = served[-1].made_at if served else decision.made_at
    reached = hearing_reached(case, decision.values, on)
    told = [n for n in served if n.kind == HEARING_NOTICE]
    if not reached.reasons and reached.unclear:
        yield unknown(f"看不出是否达到听证标准：{'；'.join(reached.unclear)}", subject=decision.id)
    elif reached.reasons and told:
        yield met(f"《{told[0].title}》已送达", subject=decision.id, entry=told[0].service[0].entry)
    elif reached.reasons:
        yield _hearing_not_told(case, decision, reached)


def _hearing_not_told(case: CaseFile, decision: Document, reached: Reached) -> Answer:
    """The answer where the standard is reached and no notice of the hearing right had been served."""
    made = [n for n in notices_before(case, decision) if n.kind == HEARING_NOTICE]
    if not case.closed_world and not (HEARING_NOTICE in case.absent and not made):
        late = [n for n in made if n.served_at is not None and before(decision.made_at, n.served_at)]
        never = [n for n in made if n.served_at is None and case.tells_of(n, "served")]
        if not late and (not made or len(never) < len(made)):
            return unknown("材料没有说处罚决定作出前是否告知听证权利", subject=decision.id)
    way = Way(f"送达《{made[-1].title}》", does=f"serve:{made[-1].id}") if made else None
    return violated(
        f"{words(decision.made_at)}的处罚决定达到听证标准，作出前没有送达行政处罚听证告知书：{'；'.join(reached.reasons)}",
        subject=decision.id, at=decision.made_at,
        ways=(way or Way("制作行政处罚听证告知书，送达当事人", does=f"file:{HEARING_NOTICE}"),),
    )  # fmt: skip


def _hearing_foreseen(case: CaseFile) -> Iterator[Answer]:
    """Before a decision, a notice without the hearing right that proposes what gives the right is worth a word."""
    told = case.of(HEARING_NOTICE)
    for notice in case.of("penalty_notice"):
        reached = hearing_reached(case, notice.values, notice.made_at)
        if notice.issued and reached.reasons and not told:
            yield violated(
                f"《{notice.title}》拟处罚的内容达到听证标准，没有告知听证权利：{'；'.join(reached.reasons)}",
                subject=notice.id, severity="flag", at=notice.made_at,
                ways=(Way("改为制作行政处罚听证告知书，送达当事人", does=f"file:{HEARING_NOTICE}"),),
            )  # fmt: skip


@rule("R18.1")
def proposal_approved_before_notice(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """处罚建议经局领导批准后才制作告知书，告知的内容与批准的一致。"""
    for notice in case.of(*NOTICES):
        if notice.issued:
            yield _proposal(case, notice)


def _proposal(case: CaseFile, notice: Document) -> Answer:
    proposals = of_round(case, notice.made_at, concerning(case, notice, case.of("proposal_approval")))
    way = Way("处罚建议报局领导批准后，再签发告知书", does="file:proposal_approval")
    if not proposals:
        if not case.tells("proposal_approval"):
            return unknown("材料没有说处罚建议是否经局领导批准", subject=notice.id)
        return violated(
            f"处罚建议没有报局领导批准，{words(notice.made_at)}就签发《{notice.title}》",
            subject=notice.id, at=notice.made_at, ways=(way,),
        )  # fmt: skip
    letters = wanted(case, proposals[-1].declared.approvals)
    found = sheets(proposals)
    then = stood(case, found, letters, notice)
    if then.sheet is not None and then.approved:
        return _proposal_conforms(notice, then.sheet)
    if then.approved is None:
        return unknown(f"处罚建议的审批与告知书同在{words(day(notice.made_at))}，先后不明", subject=notice.id)
    return _proposal_open(case, notice, found, then.sheet, letters)


def _proposal_open(
    case: CaseFile, notice: Document, found: list[Sheet], sheet: Sheet | None, letters: tuple[str, ...]
) -> Answer:
    """The answer where the text of the proposal that stood had not all its approvals."""
    later = [s.approved_at for s in found if s.approved(letters) and s.approved_at]
    late = [at for at in later if in_order(case, at, came_about(notice)) is False]
    if late:
        return violated(
            f"处罚建议{words(late[0])}才批准，晚于{words(notice.made_at)}的《{notice.title}》",
            subject=notice.id, at=notice.made_at,
        )  # fmt: skip
    proposal, refused = (sheet or found[-1]).document, (sheet or found[-1]).opposed
    if refused is None and not case.tells_of(proposal, "approved"):
        return unknown("材料没有说处罚建议何时批准", subject=notice.id)
    state = f"被{giver(refused)}退回或者不同意" if refused else "没有批准"
    return violated(
        f"《{proposal.title}》{state}，{words(notice.made_at)}就签发《{notice.title}》",
        subject=notice.id, at=notice.made_at,
        ways=(Way(f"《{proposal.title}》报批", does=f"approve:{proposal.id}"),),
    )  # fmt: skip


def _proposal_conforms(notice: Document, sheet: Sheet) -> Answer:
    """Sameness of content between the notice and the proposal approved before it."""
    different = unequal(notice, sheet.revision.values)
    if different:
        return violated(
            f"《{notice.title}》与批准的处罚建议不一致：{'；'.join(different)}", subject=notice.id, at=notice.made_at,
            ways=(Way("按批准的内容告知", does="edit"), Way("改变内容的，重新报批", does="file:proposal_approval")),
        )  # fmt: skip
    at = sheet.approved_at
    return met(f"处罚建议{words(at)}批准" if at else "处罚建议已批准", subject=notice.id)


@rule("P44.1")
def decision_within_notices(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """处罚决定的依据、种类和数额不超出先前送达的每一份告知书；有新的事实、依据的，重新告知。

    事实的表述不逐字比较：更窄、更轻不需要重新告知。
    """
    for decision in penalty_decisions(case):
        served = served_before(case, decision)
        if served:
            yield _within(case, decision, binding(case, served, NEW_GROUNDS))


def _within(case: CaseFile, decision: Document, notices: list[Document]) -> Answer:
    beyond: list[str] = []
    unclear: list[str] = []
    for notice in notices:
        weighed: Weighed = weigh(decision.values.get("penalties"), notice.values.get("penalties"))
        basis = [
            f"依据{row}没有告知过"
            for row in new_basis(decision.values.get("basis"), notice.values.get("basis"))
        ]
        label = f"{words(notice.served_at or notice.made_at)}送达的《{notice.title}》"
        beyond += [f"{text}（{label}）" for text in (*weighed.heavier, *basis)]
        unclear += [f"{text}（{label}）" for text in weighed.unclear]
    if beyond:
        return violated(
            f"处罚决定超出告知的内容：{'；'.join(beyond)}", subject=decision.id, at=decision.made_at,
            ways=(
                Way("在告知的范围内作出决定", does="edit"),
                Way("有新的事实、证据或者依据的，补充调查、报批，送达新的告知书", does=f"file:{notices[-1].kind}"),
            ),
        )  # fmt: skip
    if unclear:
        return unknown(f"看不出是否重于告知的内容：{'；'.join(unclear)}", subject=decision.id)
    return met("没有超出告知的内容", subject=decision.id)
