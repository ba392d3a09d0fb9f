"""Declared facts of the ways out of a penalty case and of its contest (A3, A25; 罚 25, 27, 75; 移 9, 10; 复 32, 48; 诉 67; 强 39)."""

from __future__ import annotations

from liuhen.measures.vocabulary import A, Fact, Field, L

_ON = Field(name="on", label="日期", type="date", required=True, source="today")
_NOTE = Field(name="text", label="说明", type="longtext")
_REASON = Field(name="reason", label="理由", type="longtext", required=True)
ROUTES = ("行政复议", "行政诉讼")

EXITS = (
    Fact(
        code="case_returned",
        label="案件退回本局",
        cites=(L("罚", 25), L("罚", 27), L("移", 10)),
        summary="受移送机关退回，或者司法机关认为应当给予行政处罚而移送回来的，登记后继续办理。",
        fields=(_ON, Field(name="by", label="退回机关", required=True), _REASON),
        proof=True,
        after="issued:case_transfer_letter|issued:crime_transfer_letter",
    ),
    Fact(
        code="investigation_resumed",
        label="恢复调查",
        cites=(A(3), L("罚", 60)),
        summary="中止的原因消除后恢复调查；办案期限照算，规定另有排除的除外。",
        fields=(_ON, _REASON),
        stated_by=("officer", "section_head"),
        after="approved:case_suspension_approval",
    ),
    Fact(
        code="police_refusal_contested",
        label="已提请复议或者建议立案监督",
        cites=(L("移", 9),),
        summary="认为公安机关应当立案的，三日内提请复议，也可以建议人民检察院立案监督。",
        fields=(
            _ON,
            Field(name="way", label="方式", type="enum", options=("提请复议", "建议立案监督"), required=True),
            Field(name="to_body", label="收文机关", required=True),
        ),
        proof=True,
        after="date:police_reply.received_at",
    ),
    Fact(
        code="money_refunded",
        label="已退还罚没款",
        cites=(L("罚", 75),),
        summary="处罚决定被撤销的，已经缴纳的罚没款退还当事人。",
        fields=(
            _ON, Field(name="amount", label="金额", type="money", required=True),
            Field(name="receipt_no", label="凭证号", required=True),
        ),
        proof=True,
        after="struck",
    ),
)  # fmt: skip

CONTEST = (
    Fact(
        code="contest_answered",
        label="已提交复议答复或者诉讼答辩",
        cites=(L("复", 48), L("复", 54), L("诉", 67)),
        summary="答复（答辩）连同全部证据、依据一并提交；逾期提交的证据视为没有。",
        fields=(
            _ON,
            Field(name="route", label="途径", type="enum", options=ROUTES, required=True),
            Field(name="with_evidence", label="已随同提交全部证据和依据", type="bool", required=True),
            Field(name="evidence", label="证据和依据目录", type="longtext", required=True),
        ),
        proof=True,
        after="fact:contested|filed:reconsideration_or_suit_notice",
    ),
    Fact(
        code="reconsideration_received",
        label="收到经本局提交的复议申请",
        cites=(L("复", 32),),
        summary="对当场处罚等不服的，可以通过本局提交复议申请；认为应当维持的，五个工作日内转送。",
        fields=(_ON, Field(name="applicant", label="申请人", required=True, source="case.party.name")),
        proof=True,
    ),
    Fact(
        code="reconsideration_forwarded",
        label="已转送复议申请",
        cites=(L("复", 32),),
        summary="转送复议机关，登记日期和收文机关。",
        fields=(
            _ON,
            Field(name="to_body", label="复议机关", required=True, source="bureau.reconsideration_body"),
        ),
        proof=True,
        after="fact:reconsideration_received",
    ),
    Fact(
        code="execution_resumed",
        label="恢复执行",
        cites=(L("强", 39), L("强", 42)),
        summary="中止执行的情形消失，或者当事人不履行执行协议的，恢复执行。",
        fields=(_ON, _REASON),
        after="issued:execution_suspension_decision",
    ),
    Fact(
        code="ruling_contested",
        label="已对法院裁定申请复议",
        cites=(L("强", 56), L("强", 58)),
        summary="对不予受理、不准予执行的裁定有异议的，十五日内向上一级法院申请复议。",
        fields=(_ON, Field(name="court", label="上一级法院", required=True)),
        proof=True,
        after="date:court_ruling.received_at",
    ),
)  # fmt: skip
