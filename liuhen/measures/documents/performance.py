"""What the party asks, answers and agrees while a penalty is carried out (罚 66, 73; 强 35, 36, 42; domain §1.7)."""

from __future__ import annotations

from liuhen.measures.documents.groups import (
    PARTY_EACH_PAGE,
    PENALTY_DECISIONS,
    TWO_OFFICERS,
    TWO_OFFICERS_EACH_PAGE,
    applies,
    case_no,
    officers,
    party,
    reasons,
    received,
    span_and_place,
    under,
)
from liuhen.measures.vocabulary import A, Document, Field, L, Signature

# What may be taken to reconsideration or to court (复 11; 诉 12).
CONTESTED = (
    f"{PENALTY_DECISIONS}|no_penalty_decision|cure_order|license_denial_decision|license_grant_decision"
    "|license_refusal_to_accept|license_change_decision|license_renewal_decision|license_revocation_decision"
)
_DECISION = applies(PENALTY_DECISIONS, "处罚决定书", name="decision")


def schedule(source: str = "") -> Field:
    """缴纳期次: when how much of the fine is due."""
    return Field(
        name="schedule", label="缴纳期次", type="list", required=True, minimum=1, group="缴纳", source=source,
        columns=(
            Field(name="due_on", label="缴纳期限", type="date", required=True, ahead=True),
            Field(name="amount", label="金额", type="money", required=True),
        ),
        hint="各期金额之和等于罚款数额。",
    )  # fmt: skip


INSTALMENT_APPROVAL = Document(
    code="instalment_approval", title="延期（分期）缴纳罚款审批表", cites=(L("罚", 66),), requirement="P66.1",
    facing="I", stage="送达执行", layout="form", part="internal", order=120, approvals=("S", "B"),
    approved_by="own", summary="当事人申请延期、分期的，核实经济困难的情况，写明各期，报批。",
    fields=(
        case_no(), party(), _DECISION,
        applies("instalment_application", "申请书", name="application", required=False),
        Field(
            name="hardship", label="经济困难的核实情况", type="longtext", required=True, group="申请",
            source="instalment_application.reasons",
        ),
        schedule(),
        reasons("拟办意见和理由"),
        officers(),
    ),
    signatures=(TWO_OFFICERS,),
)  # fmt: skip

DEMAND_DEFENCE_RECORD = Document(
    code="demand_defence_record", title="催告陈述申辩记录", cites=(A(4), L("强", 36)), requirement="F54.1",
    facing="I", stage="送达执行", layout="record", order=80,
    summary="收到催告后，当事人陈述、申辩的，记录并复核；成立的采纳。",
    fields=(
        case_no(), party(), officers(),
        applies("performance_demand", "催告书", name="demand"),
        *span_and_place("记录", "bureau.address"),
        *under(
            "陈述申辩",
            Field(name="statement", label="陈述、申辩的内容", type="longtext", required=True),
            Field(name="attachments", label="提交的材料", type="files"),
            Field(name="finding", label="复核意见", type="longtext", required=True),
            Field(name="accepted", label="是否采纳", type="bool", required=True),
        ),
    ),
    signatures=(PARTY_EACH_PAGE, TWO_OFFICERS_EACH_PAGE),
)  # fmt: skip

EXECUTION_AGREEMENT = Document(
    code="execution_agreement", title="行政处罚执行协议", cites=(L("强", 42),), requirement="P72.1", facing="P",
    stage="送达执行", layout="letter", number="执协", sealed=True, order=40, approvals=("S", "B"),
    approved_by="own",
    summary="不损害公共利益和他人权益的，可以与当事人约定分阶段履行；采取补救措施的，可以减免加处的罚款。",
    lead="在不损害公共利益和他人合法权益的情况下，依照《中华人民共和国行政强制法》第四十二条，本局与当事人达成下列执行协议。",
    fields=(
        case_no(), party(), _DECISION,
        schedule("instalment_approval.schedule"),
        *under(
            "约定",
            Field(name="remedial", label="当事人的补救措施", type="longtext"),
            Field(name="waived", label="减免的加处罚款", type="money"),
            Field(
                name="breach", label="不履行协议的后果", type="longtext", required=True,
                phrases=("不按协议履行的，恢复强制执行。",),
            ),
        ),
    ),
    signatures=(Signature(role="party", label="当事人"),),
)  # fmt: skip

RECONSIDERATION_OR_SUIT_NOTICE = Document(
    code="reconsideration_or_suit_notice", title="行政复议答复（应诉）通知书",
    cites=(L("罚", 73), L("复", 48), L("诉", 67)), requirement="P72.1", facing="X", stage="送达执行",
    layout="received", order=81,
    summary="收到复议机关、法院的通知后登记：起算答复期限，复议、诉讼期间不计算加处罚款。",
    fields=(
        case_no(),
        applies(CONTESTED, "被申请的决定", name="decision", required=False),
        *under(
            "通知",
            Field(name="kind", label="种类", type="enum", required=True, options=("行政复议", "行政诉讼")),
            Field(
                name="track", label="适用的程序", type="enum", options=("普通程序", "简易程序"),
                default="普通程序",
            ),
            Field(name="body", label="复议机关或者法院", required=True),
            Field(name="their_number", label="案号或者文号"),
            Field(name="claims", label="请求", type="longtext"),
            Field(name="execution_stayed", label="停止执行", type="bool"),
        ),
        *received(),
    ),
)  # fmt: skip

DOCUMENTS = (
    INSTALMENT_APPROVAL,
    DEMAND_DEFENCE_RECORD,
    EXECUTION_AGREEMENT,
    RECONSIDERATION_OR_SUIT_NOTICE,
)
