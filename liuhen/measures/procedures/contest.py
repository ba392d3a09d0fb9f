"""When a decision is contested or proves wrong: steps that several procedures share (复 32, 48; 诉 67; 罚 48, 73, 75; 强 39, 58)."""

from __future__ import annotations

from liuhen.measures.procedures.steps import CARRY_OUT, files
from liuhen.measures.vocabulary import A, L, Step

_FINED = "决定不停止执行，加处罚款在此期间不计算；收到副本之日起算答复期限。"


def contested(decided: str, why: str = _FINED) -> tuple[Step, ...]:
    """The steps of reconsideration and suit, from the event ``decided``, in which the decisions are issued."""
    return (
        Step(
            code="contested", title="登记复议、应诉通知", cites=(L("复", 48), L("诉", 67)), stage=CARRY_OUT,
            does="state:contested", needs=(decided,),
            done=("contest_pending", "suit_over"), unless=("archived",), optional=True,
            why=why,
        ),
        Step(
            code="reconsideration_answered", title="提交复议答复和证据", cites=(L("复", 48),), stage=CARRY_OUT,
            does="state:contest_answered", needs=(), only=("fact:contested[route=行政复议]", "filed:reconsideration_or_suit_notice[kind=行政复议]"),
            done=("reconsideration_answered",), limit="TL-50",
            why="书面答复连同全部证据一次提交，逾期视为没有证据。",
        ),
        Step(
            code="suit_answered", title="提交答辩状和证据", cites=(L("诉", 67),), stage=CARRY_OUT,
            does="state:contest_answered", needs=(), only=("fact:contested[route=行政诉讼]", "filed:reconsideration_or_suit_notice[kind=行政诉讼]"),
            done=("suit_answered",), limit="TL-51",
            why="答辩状连同全部证据和规范性文件一次提交，逾期视为没有证据。",
        ),
        Step(
            code="evidence_handed_in", title="生成举证材料", cites=(L("复", 48), L("诉", 67)), stage=CARRY_OUT,
            does="hand_in", needs=(), only=("contest_pending",), done=("evidence_handed_in",), optional=True,
            why="证据编号、清单、时间线、核验单一次生成，法院不经本局就能核验。",
        ),
        Step(
            code="contest_ended", title="登记复议、诉讼结果", cites=(L("罚", 48), L("罚", 73)), stage=CARRY_OUT,
            does="state:contest_ended", needs=(), only=("fact:contested", "filed:reconsideration_or_suit_notice"), done=("contests_ended",),
            optional=True, why="撤销的按结果重新作出决定或者结案，变更的按变更后的内容执行。",
        ),
        Step(
            code="reconsideration_received", title="登记经本局提交的复议申请", cites=(L("复", 32),), stage=CARRY_OUT,
            does="state:reconsideration_received", needs=(decided.replace("issued:", "served:"),),
            done=("fact:reconsideration_received",), unless=("archived",), optional=True,
            why="当事人通过本局提交的，登记收到日期。",
        ),
        Step(
            code="reconsideration_forwarded", title="转送复议申请", cites=(L("复", 32),), stage=CARRY_OUT,
            does="state:reconsideration_forwarded", needs=(), only=("fact:reconsideration_received",),
            done=("fact:reconsideration_forwarded",), unless=("issued:penalty_withdrawal_decision",), limit="TL-52",
            why="认为应当维持的，五个工作日内转送复议机关。",
        ),
    )  # fmt: skip


def undone(decided: str) -> tuple[Step, ...]:
    """What mends a penalty from its issue on, the event ``decided``: withdrawn, corrected, refunded, its execution taken up again."""
    return (
        files(
            "penalty_withdrawal_decision", "撤销处罚决定", CARRY_OUT, L("罚", 75),
            needs=(decided,), unless=("archived",), optional=True,
            why="发现决定有错误的，主动撤销；重新作出的，从告知重新开始。",
        ),
        files(
            "document_correction_notice", "更正文书笔误", CARRY_OUT, A(4), needs=(decided,),
            unless=("closed",), optional=True, why="只更正笔误，实体内容不得以更正变更。",
        ),
        Step(
            code="publication_withdrawn", title="撤回公开的处罚信息", cites=(L("罚", 48),), stage=CARRY_OUT,
            does="state:publication_withdrawn", needs=("fact:published",),
            only=("struck", "fact:contest_ended[result=变更/确认违法]"), done=("fact:publication_withdrawn",),
            limit="TL-42", why="三个工作日内撤回，公开说明理由。",
        ),
        Step(
            code="money_refunded", title="退还罚没款", cites=(L("罚", 75),), stage=CARRY_OUT,
            does="state:money_refunded", needs=(), only=("struck",), done=("fact:money_refunded",), optional=True,
            why="决定被撤销的，已经缴纳的退还当事人。",
        ),
        Step(
            code="execution_resumed", title="恢复执行", cites=(L("强", 39),), stage=CARRY_OUT,
            does="state:execution_resumed", needs=(), only=("issued:execution_suspension_decision",),
            done=("fact:execution_resumed",), unless=("issued:execution_termination_decision", "closed"),
            limit="TL-48", optional=True, why="中止的情形消失后恢复；满三年未恢复的，不再执行。",
        ),
        Step(
            code="ruling_contested", title="对裁定申请复议", cites=(L("强", 56), L("强", 58)), stage=CARRY_OUT,
            does="state:ruling_contested", needs=(), only=("filed:court_ruling[result=不予受理/不准予执行]",),
            done=("fact:ruling_contested",), optional=True, why="有异议的，十五日内向上一级法院申请复议。",
        ),
    )  # fmt: skip
