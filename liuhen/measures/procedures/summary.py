"""The summary penalty from the spot to the archive (A26, A30, A31; 罚 51–53, 68–71; domain §3.3)."""

from __future__ import annotations

from liuhen.measures.documents.summary import ON_THE_SPOT as AT_ONCE
from liuhen.measures.exits import SUMMARY
from liuhen.measures.procedures.contest import contested, undone
from liuhen.measures.procedures.steps import (
    ARCHIVE,
    CARRY_OUT,
    DECIDE,
    INVESTIGATE,
    OF_PENALTIES,
    START,
    Gate,
    files,
)
from liuhen.measures.vocabulary import A, L, Procedure, Step

DECIDED = "issued:summary_decision"
SERVED = "served:summary_decision"
RECORDED = "filed:summary_inspection_record|filed:summary_interview_record"

_BEFORE: Gate = {"unless": ("filed:summary_decision",), "optional": True}
_OWED: Gate = {"needs": (SERVED,), "unless": ("closed",), "optional": True}
# A fine that the decision has collected on the spot; any other is paid at a bank or electronically (罚 67, 68).
_COLLECTED = f"{SERVED}[pay={AT_ONCE}]"

ON_THE_SPOT = (
    files(
        "summary_inspection_record", "制作现场检查（询问）笔录", START, A(26), L("罚", 52), L("罚", 55),
        done=tuple(RECORDED.split("|")), why="出示证件，查清事实，告知事实、理由、依据，申辩记入笔录。",
    ),
    files(
        "summary_interview_record", "另行询问", INVESTIGATE, A(26), **_BEFORE,
        why="需要单独询问的，一人一份笔录。",
    ),
    files(
        "evidence_copy_sheet", "提取或者复制证据", INVESTIGATE, A(26), L("罚", 46), **_BEFORE,
        why="收集必要的证据，复制件注明来源。", code="summary_evidence",
    ),
    files(
        "refusal_record", "记录拒绝情况", INVESTIGATE, A(14), **_BEFORE, code="summary_refusal",
        why="拒绝检查、询问或者签字的，当时记录。",
    ),
    Step(
        code="converted_to_ordinary", title="转为普通程序", cites=(L("罚", 51), L("罚", 54)), stage=INVESTIGATE,
        does="state:converted_to_ordinary", needs=(), done=("fact:converted_to_ordinary",), unless=(DECIDED,),
        optional=True, why="事实需要查清、超过限额或者当事人对事实有异议的，转为普通程序，记录保留。",
    ),
    files(
        "case_withdrawal_approval", "报批销案", DECIDE, L("罚", 45), L("罚", 57), needs=(RECORDED,),
        unless=(DECIDED, "gone"), optional=True, why="事实不能成立、申辩理由成立的，不予处罚，报批销案。",
    ),
    files(
        "summary_decision", "当场作出处罚决定", DECIDE, A(26), L("罚", 51), L("罚", 52), needs=(RECORDED,),
        unless=("gone",), why="只能警告或者小额罚款；编有号码、盖有印章，当场交付。",
    ),
)  # fmt: skip

AFTERWARDS = (
    files(
        "collection_receipt", "当场收缴罚款，存票据", CARRY_OUT, L("罚", 68), L("罚", 69), L("罚", 70),
        only=(_COLLECTED,), unless=("closed",), why="必须出具财政部门统一制发的专用票据，当场交给当事人。",
        code="collected",
    ),
    files(
        "collection_receipt", "当场收缴罚款，存票据", CARRY_OUT, L("罚", 68), L("罚", 69), L("罚", 70), needs=(SERVED,),
        unless=(_COLLECTED, "paid", "closed"), optional=True,
        why="只在法定情形当场收缴，必须出具财政部门统一制发的专用票据。",
    ),
    files(
        "cash_handover", "把收缴的罚款交至本局", CARRY_OUT, L("罚", 71), only=("filed:collection_receipt",),
        limit="TL-29", why="二个工作日内交至本局，双方签名。",
    ),
    Step(
        code="cash_banked", title="登记罚款缴付银行", cites=(L("罚", 71),), stage=CARRY_OUT, does="state:cash_banked",
        needs=("signed:cash_handover",), only=("filed:cash_handover",), done=("fact:cash_banked",), limit="TL-29.1",
        why="本局收到之后二个工作日内缴付银行。",
    ),
    files(
        "summary_filing_form", "报局备案", CARRY_OUT, A(26), L("罚", 52), needs=(DECIDED,), limit="TL-30",
        why="当场作出的处罚决定，按期报局备案。",
    ),
    files(
        "payment_record", "登记缴款", CARRY_OUT, L("罚", 53), L("罚", 67), needs=(SERVED,),
        done=("paid", "fact:obligation_explained"), unless=(_COLLECTED, "closed"), limit="TL-21",
        why="到银行或者电子支付缴纳的，核对凭证入卷。",
    ),
    files(
        "additional_fine_notice", "加处罚款", CARRY_OUT, L("罚", 72), **_OWED,
        why="逾期不缴纳的，每日按百分之三加处，不超过罚款数额。",
    ),
    files(
        "performance_demand", "催告履行", CARRY_OUT, L("强", 54), **_OWED, limit="TL-26",
        why="申请法院强制执行之前，先书面催告。",
    ),
    files(
        "court_execution_application", "申请法院强制执行", CARRY_OUT, L("强", 53), optional=True,
        only=("served:performance_demand",), limit="TL-26", why="催告满十个工作日，在期限内申请。",
    ),
)  # fmt: skip

CLOSING = (
    files(
        "closing_report", "报批结案", ARCHIVE, A(30), needs=(SERVED, "approved:summary_filing_form", "carried_out"),
        why="备案、缴款都办完之后结案；内容大多已由系统填好。",
    ),
    files(
        "closing_report", "报批结案，说明未了事项", ARCHIVE, A(30), needs=(SERVED, "approved:summary_filing_form"),
        unless=("carried_out",), optional=True, code="closing_report_open",
        why="处罚还没有履行完毕的，逐项说明原因和后续安排。",
    ),
    Step(
        code="archive", title="归档", cites=(A(31), L("档", 14)), stage=ARCHIVE, does="archive",
        needs=("ended",), done=("archived",), limit="TL-38", role="archivist",
        why="行为终结之日起三十日内收集齐全、整理归档。",
    ),
)  # fmt: skip

PENALTY_SUMMARY = Procedure(
    code="penalty_summary",
    title="行政处罚简易程序",
    letter="S",
    cites=(A(26), L("罚", 51), L("罚", 52)),
    steps=(*ON_THE_SPOT, *AFTERWARDS, *contested(DECIDED), *undone(DECIDED), *CLOSING),
    stage_begins=(
        (START, ("opened",)),
        (INVESTIGATE, tuple(RECORDED.split("|"))),
        (DECIDE, ("filed:summary_decision",)),
        (CARRY_OUT, (DECIDED,)),
        (ARCHIVE, ("ended",)),
    ),
    when="事实清楚、数额很小，当场就能处罚",
    states=(("已销案", "exit:withdrawn"), ("已决定", "exit:penalty"), ("决定已撤销", "exit:annulled"), ("当场办理", "opened")),
    exits=SUMMARY,
    also=(
        "identity_evidence", "recusal_application", "recusal_decision", "payment_slip", "instalment_application",
        "instalment_approval", "instalment_decision", "court_ruling", "execution_suspension_decision", "execution_termination_decision",
        "performance_record", "reconsideration_or_suit_notice",
    ),
    facts=OF_PENALTIES,
)  # fmt: skip
