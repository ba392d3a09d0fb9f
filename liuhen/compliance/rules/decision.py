"""The decision: approvals, collective discussion, legal review, seal and authority, one party (A22–A24; 罚 17, 40, 57–59)."""

from __future__ import annotations

from collections.abc import Iterator

from liuhen.casefile.moments import before, day, instant
from liuhen.casefile.state import CaseFile, Document, blank
from liuhen.compliance.answers import (
    PENALTIES,
    Answer,
    Context,
    Way,
    met,
    rule,
    setting,
    unknown,
    violated,
    words,
)
from liuhen.compliance.approving import (
    TITLES,
    Sheet,
    came_about,
    giver,
    in_order,
    investigators,
    sheets,
    stood,
    wanted,
)
from liuhen.compliance.comparing import penalty_words, squeezed, unequal, weigh
from liuhen.compliance.parties import concerning, name_of, names_of, party_in, party_of
from liuhen.compliance.reading import Someone, among, moment, paper_in, people, rows, signers, text_in
from liuhen.compliance.rounds import of_round
from liuhen.compliance.telling import NOTICES, penalty_decisions
from liuhen.compliance.weight import MAJOR_MARK, hearing_held, held_at, major_reached

DECISIONS = ("penalty_decision", "no_penalty_decision")
ALL_DECISIONS = (*DECISIONS, "summary_decision")
REVIEW_MARKS = (MAJOR_MARK, "重大公共利益", "疑难复杂")
PASSED = ("同意", "修改")
TWO = 2


def approval_sheets(case: CaseFile, decision: Document) -> list[Sheet]:
    """The texts of the approval sheets for the party of a decision, of its round, in order."""
    return sheets(of_round(case, decision.made_at, concerning(case, decision, case.of("decision_approval"))))


@rule("R22.1")
def decision_approved(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """处罚决定在审批表依次批准之后作出，听证过的和重大的由主要负责人批准，内容与批准的一致。"""
    for decision in penalty_decisions(case):
        yield _approved(case, decision)


def _letters(case: CaseFile, decision: Document) -> tuple[str, ...]:
    """Whose agreement the decision wants: S and B, after a hearing or in a major case P as well."""
    heavy = hearing_held(case, decision.made_at) or major_reached(case, decision).reasons
    return ("S", "B", "P") if heavy else ("S", "B")


def _approved(case: CaseFile, decision: Document) -> Answer:
    found = approval_sheets(case, decision)
    if not found:
        if not case.tells("decision_approval"):
            return unknown("材料没有说处罚决定如何批准", subject=decision.id)
        return violated(
            f"没有《行政处罚决定审批表》，{words(decision.made_at)}就作出处罚决定",
            subject=decision.id, at=decision.made_at,
            ways=(Way("填写行政处罚决定审批表，依次报批", does="file:decision_approval"),),
        )  # fmt: skip
    letters = wanted(case, _letters(case, decision))
    then = stood(case, found, letters, decision)
    if then.sheet is not None and then.approved:
        return _conforms(decision, then.sheet)
    if then.approved is None:
        return unknown(f"审批与处罚决定同在{words(day(decision.made_at))}，先后不明", subject=decision.id)
    later = [s for s in found if s.approved(letters) and _after(case, s, decision)]
    if later:
        return _approved_late(decision, later[-1])
    return _not_approved(case, decision, then.sheet or found[-1], letters)


def _after(case: CaseFile, sheet: Sheet, decision: Document) -> bool:
    """Whether a sheet was approved after the decision."""
    return in_order(case, sheet.approved_at or sheet.revision.at, came_about(decision)) is False


def _not_approved(case: CaseFile, decision: Document, sheet: Sheet, letters: tuple[str, ...]) -> Answer:
    title, missing = sheet.document.title, "、".join(TITLES[letter] for letter in sheet.missing(letters))
    if sheet.opposed is not None:
        state = f"《{title}》被{giver(sheet.opposed)}退回或者不同意"
    elif not case.tells_of(sheet.document, "approved"):
        return unknown(f"材料没有说{missing}是否批准处罚决定", subject=decision.id)
    else:
        state = f"《{title}》没有{missing}的批准意见"
    return violated(
        f"{state}，{words(decision.made_at)}就作出处罚决定", subject=decision.id, at=decision.made_at,
        ways=(Way(f"《{title}》依次报批", does=f"approve:{sheet.document.id}"),),
    )  # fmt: skip


def _approved_late(decision: Document, sheet: Sheet) -> Answer:
    at = sheet.approved_at or sheet.revision.at
    return violated(
        f"《{sheet.document.title}》{words(at)}才批准，晚于{words(decision.made_at)}的处罚决定",
        subject=decision.id, at=decision.made_at,
    )  # fmt: skip


def _conforms(decision: Document, sheet: Sheet) -> Answer:
    faults = [text for text in (sheet.disorder(),) if text]
    faults += unequal(decision, sheet.revision.values)
    if not faults:
        return met("处罚决定已经批准，内容一致", subject=decision.id)
    return violated(
        f"处罚决定与《{sheet.document.title}》不符：{'；'.join(faults)}", subject=decision.id, at=decision.made_at,
        ways=(
            Way("按批准的内容作出决定", does="edit"),
            Way("改变内容的，重新报批", does="file:decision_approval"),
        ),
    )  # fmt: skip


@rule("R23.1")
def discussed_collectively(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """重大、复杂案件在决定之前由机关负责人集体讨论，会议记要写明过程和结果，全体参加人员签名，办案人员不表决。"""
    for decision in penalty_decisions(case):
        reached = major_reached(case, decision)
        if reached.reasons:
            yield _discussed(case, decision, "、".join(reached.reasons))
        elif reached.unclear:
            yield unknown(f"看不出是否属于重大案件：{'；'.join(reached.unclear)}", subject=decision.id)


def _discussed(case: CaseFile, decision: Document, why: str) -> Answer:
    sheet_ids = {decision.id, *(s.document.id for s in approval_sheets(case, decision))}
    held = of_round(case, decision.made_at, case.of("collective_discussion_minutes"))
    minutes = [m for m in held if _about(case, m, sheet_ids)]
    ways = (Way("提交集体讨论，制作会议记要，全体参加人员签名", does="file:collective_discussion_minutes"),)
    if not minutes:
        if not case.tells("collective_discussion_minutes"):
            return unknown(f"材料没有说重大案件是否集体讨论：{why}", subject=decision.id)
        return violated(
            f"属于重大、复杂案件（{why}），没有集体讨论就作出处罚决定",
            subject=decision.id, at=decision.made_at, ways=ways,
        )  # fmt: skip
    faults = {m.id: _minutes_faults(case, decision, m) for m in minutes}
    best = min(minutes, key=lambda m: len(faults[m.id]))
    if faults[best.id]:
        return violated(
            f"属于重大、复杂案件（{why}），《{best.title}》{'；'.join(faults[best.id])}",
            subject=decision.id, at=decision.made_at, ways=ways,
        )  # fmt: skip
    return met("已集体讨论", subject=decision.id, entry=best.current.filed)


def _about(case: CaseFile, minutes: Document, papers: set[str]) -> bool:
    """Whether minutes name the decision or its approval sheet; those that name no paper on file are of the case."""
    named = paper_in(case, minutes.values, "subject")
    return named is None or named.id in papers


def _minutes_faults(case: CaseFile, decision: Document, minutes: Document) -> list[str]:
    """What the minutes lack: time, persons, voters, substance, signatures. What an outside source leaves out is no fault."""
    faults: list[str] = []
    held = moment(minutes.values, "ended_at", "started_at") or minutes.current.at
    if in_order(case, held, decision.made_at) is False:
        faults.append(f"{words(held)}才讨论，晚于{words(decision.made_at)}的处罚决定")
    hearing = hearing_held(case, decision.made_at)
    if hearing is not None and before(held, held_at(hearing)):
        faults.append(f"{words(held)}讨论，{words(held_at(hearing))}才听证，听证之后没有再讨论")
    named = people(minutes.values.get("participants"))
    voting = [one.name for one in named if among(one, investigators(case))]
    if voting:
        faults.append(f"参加表决的{'、'.join(voting)}是本案调查人员")
    others = [
        text_in(row, "name")
        for row in rows(minutes.values.get("participants"))
        if row.get("is_head") is False
    ]
    if others and len(named) - len(others) < TWO:
        faults.append(f"参加讨论的机关负责人不足两人，{'、'.join(others)}不是机关负责人")
    if minutes.values.get("agreed") is False:
        faults.append("讨论结果不同意所列处罚")
    discussed, decided = minutes.values.get("penalties"), decision.values.get("penalties")
    if rows(discussed) and weigh(decided, discussed).heavier:
        faults.append(f"讨论决定的是{penalty_words(discussed)}，处罚决定是{penalty_words(decided)}")
    if case.closed_world:
        faults += _minutes_lacking(minutes, named)
    elif case.tells_of(minutes, "signed"):
        faults.append("没有参加人员签名")
    return faults


def _minutes_lacking(minutes: Document, named: list[Someone]) -> list[str]:
    faults: list[str] = []
    if len(named) < TWO:
        faults.append("参加讨论的不足两人")
    empty = [
        label for name, label in (("discussion", "讨论过程"), ("result", "讨论结果")) if _empty(minutes, name)
    ]
    if empty:
        faults.append(f"没有{'、'.join(empty)}")
    unsigned = [one.name for one in named if not among(one, signers(minutes, "participant"))]
    if unsigned:
        faults.append(f"参加人员{'、'.join(unsigned)}没有签名")
    return faults


def _empty(minutes: Document, name: str) -> bool:
    value = minutes.values.get(name)
    said = [text_in(row, "said") for row in rows(value)]
    return blank(value) or (isinstance(value, (list, tuple)) and not any(said))


@rule("R24.1")
def decision_sealed(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """签发的处罚决定书加盖机关印章。"""
    for decision in case.of(*DECISIONS):
        if decision.issued and not decision.issued.sealed:
            yield violated(
                f"{words(decision.made_at)}签发的《{decision.title}》没有加盖机关印章",
                subject=decision.id, at=decision.made_at, entry=decision.issued.entry,
                ways=(Way("加盖本局印章后签发", does="seal"),),
            )  # fmt: skip


@rule("P57.1")
def decided_by_the_head(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """处罚决定由机关负责人作出，调查本案的人不批准处罚决定。"""
    for decision in penalty_decisions(case):
        found = [s for s in approval_sheets(case, decision) if s.opinions]
        if found:
            yield _decided(case, decision, found)


def _decided(case: CaseFile, decision: Document, found: list[Sheet]) -> Answer:
    led = [s.leader for s in found if s.leader is not None]
    if not led:
        if not case.closed_world:
            return unknown("材料没有说哪位负责人批准处罚决定", subject=decision.id)
        return violated(
            "处罚决定没有机关负责人的批准意见", subject=decision.id, at=decision.made_at,
            ways=(Way("报局领导批准", does=f"approve:{found[-1].document.id}"),),
        )  # fmt: skip
    leader = led[-1]
    if among(Someone(leader.actor, leader.name), investigators(case)):
        return violated(
            f"批准处罚决定的{leader.name}是本案调查人员", subject=decision.id, at=leader.at,
            ways=(Way("由没有参加本案调查的负责人批准", does=f"approve:{found[-1].document.id}"),),
        )  # fmt: skip
    return met(f"{leader.name}批准", subject=decision.id, entry=leader.entry)


@rule("P58.1")
def legally_reviewed(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """经过听证、重大公共利益、疑难复杂和规定的其他案件，负责人决定之前由没有参加调查的审核人员审核通过。"""
    for decision in penalty_decisions(case):
        why = _review_reasons(case, decision)
        if why:
            yield _reviewed(case, decision, "、".join(why))


def _review_reasons(case: CaseFile, decision: Document) -> list[str]:
    """Which of the cases of 罚 58, or of the bureau's own rule, is there."""
    reasons = [f"已标注{mark}" for mark in REVIEW_MARKS if mark in case.marks]
    if hearing_held(case, decision.made_at):
        reasons.append("经过听证")
    if setting(case, "legal_review_always", decision.made_at):
        reasons.append("本局规定所有处罚决定都经法制审核")
    return reasons


def _reviewed(case: CaseFile, decision: Document, why: str) -> Answer:
    opinions = of_round(case, decision.made_at, concerning(case, decision, case.of("legal_review_opinion")))
    way = Way("送法制审核，审核通过后再报负责人决定", does="file:legal_review_opinion")
    if not opinions:
        if not case.tells("legal_review_opinion"):
            return unknown(f"材料没有说是否法制审核（{why}）", subject=decision.id)
        return violated(
            f"应当法制审核（{why}），没有审核就作出处罚决定",
            subject=decision.id,
            at=decision.made_at,
            ways=(way,),
        )
    review = max(opinions, key=lambda d: instant(d.current.at))
    faults = _review_faults(case, decision, review)
    if faults:
        return violated(
            f"应当法制审核（{why}），《{review.title}》{'；'.join(faults)}",
            subject=decision.id, at=decision.made_at, ways=(way,),
        )  # fmt: skip
    return met("法制审核通过", subject=decision.id, entry=review.current.filed)


def _review_faults(case: CaseFile, decision: Document, review: Document) -> list[str]:
    """What is wrong with a review: after the decision of the head, not passed, or by someone who may not review."""
    faults: list[str] = []
    led = [o for s in approval_sheets(case, decision) if (o := s.leader) is not None]
    decided = led[-1].at if led else decision.made_at
    at = review.current.at
    if before(decided, at):
        faults.append(f"{words(at)}才作出，晚于负责人{words(decided)}的决定")
    result = review.values.get("result")
    if result and result not in PASSED:
        faults.append(f"的审核意见是“{result}”")
    reviewers = signers(review, "legal_reviewer")
    if not reviewers and case.closed_world:
        faults.append("没有审核人签名")
    if involved := [one.name for one in reviewers if among(one, investigators(case))]:
        faults.append(f"的审核人{'、'.join(involved)}参加过本案调查")
    unfit = [
        one.name
        for one in reviewers
        if one.id and case.office.known and "legal_reviewer" not in case.office.roles(one.id, at)
    ]
    if unfit:
        faults.append(f"的审核人{'、'.join(unfit)}当日不是法制审核人员")
    return faults


@rule("P37.1", procedures=PENALTIES)
def one_party_throughout(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """证据、告知书和决定书上的当事人是同一人，有变更的登记承继并附证明。"""
    decisions = [d for d in case.of(*ALL_DECISIONS) if d.issued]
    anchors = decisions or [d for d in case.of(*NOTICES) if d.issued][-1:]
    joined = {name_of(party_in(f.values)) for f in case.happened("party_joined")}
    for document in _naming(case):
        others = [
            a for a in anchors if a.id != document.id and instant(document.made_at) <= instant(a.made_at)
        ]
        differ = [text for a in others if (text := _other_party(case, document, a, joined))]
        if others and len(differ) == len(others):
            yield violated(
                f"《{document.title}》的当事人{differ[-1]}", subject=document.id, at=document.made_at,
                ways=(Way("写错的，更正；当事人变更的，登记承继并附证明", does="state:party_succeeded"),),
            )  # fmt: skip


def _naming(case: CaseFile) -> list[Document]:
    """The papers on which the decision rests that name a party: evidence, report, proposal, notices, approval."""
    wanted_kinds = {"investigation_report", "proposal_approval", "decision_approval", *NOTICES}
    wanted_kinds |= {d.kind for d in case.documents.values() if d.declared.evidence}
    return [d for d in case.of(*wanted_kinds) if name_of(party_of(d))]


def _other_party(case: CaseFile, document: Document, anchor: Document, joined: set[str]) -> str:
    """How the party of a paper differs from that of the decision; empty when it is the same, or recorded as another."""
    mine, theirs = party_of(document), party_of(anchor)
    name, wanted_name = name_of(mine), name_of(theirs)
    if not wanted_name or (name in joined and wanted_name not in names_of(case, name)):
        return ""
    if name not in names_of(case, wanted_name):
        return f"是“{mine.get('name')}”，《{anchor.title}》是“{theirs.get('name')}”"
    if name != wanted_name:
        return ""
    for key, label in (("uscc", "统一社会信用代码"), ("id_number", "证件号码")):
        one, other = squeezed(mine.get(key)), squeezed(theirs.get(key))
        if one and other and one != other:
            return f"的{label}与《{anchor.title}》不一致"
    return ""
