"""Payment received, disposal of confiscated goods, closing (A29, A30; 罚 67, 74; domain §1.7, §1.8)."""

from __future__ import annotations

from liuhen.measures.documents.groups import (
    PARTY,
    PENALTY_DECISIONS,
    TWO_OFFICERS,
    applies,
    basis,
    case_no,
    items,
    officers,
    party,
    penalties,
    received,
    under,
)
from liuhen.measures.vocabulary import A, Document, Field, L, Signature

PAYMENT_RECORD = Document(
    code="payment_record",
    title="罚没款缴款凭证",
    cites=(L("罚", 67), L("罚", 70)),
    requirement="P67.1",
    facing="X",
    stage="送达执行",
    layout="received",
    order=80,
    summary="当事人缴款的凭证，文号、当事人和金额应与决定书一致。",
    fields=(
        case_no(),
        applies(PENALTY_DECISIONS, "处罚决定书", name="decision"),
        *under(
            "缴款",
            Field(name="payer", label="缴款人", required=True, source="case.party.name"),
            Field(name="decision_number", label="决定书文号", required=True, source="case.decision_number"),
            Field(name="paid_on", label="缴款日期", type="date", required=True),
            Field(name="amount", label="金额", type="money", required=True, source="penalty_decision.fine"),
            Field(name="receipt_no", label="票据号", required=True),
            Field(
                name="channel", label="渠道", type="enum", required=True,
                options=("银行", "电子支付", "当场收缴"),
                default="银行",
            ),
        ),
        *received(),
    ),
)  # fmt: skip

CONFISCATION_LIST = Document(
    code="confiscation_list",
    title="没收物品清单",
    cites=(A(29), L("罚", 74)),
    requirement="R29.2",
    facing="P",
    stage="送达执行",
    layout="form",
    order=80,
    summary="处罚决定没收物品的，逐件列清单，由当事人和两名执法人员签名，处理物品以它为准。",
    fields=(
        case_no(),
        party(),
        applies("penalty_decision", "行政处罚决定书", name="decision"),
        items(
            "没收物品清单", "case.confiscated_items",
            Field(name="receipt_no", label="罚没票据号"),
            Field(name="kept_at", label="存放地"),
        ),
        Field(
            name="taken_at", label="清点时间", type="datetime", required=True, source="now", group="清单",
        ),
        officers(),
    ),
    signatures=(PARTY, TWO_OFFICERS),
)  # fmt: skip

GOODS_DISPOSAL_RECORD = Document(
    code="goods_disposal_record",
    title="物品处理记录",
    cites=(A(29), L("罚", 74)),
    requirement="R29.2",
    facing="I",
    stage="送达执行",
    layout="record",
    number="物处",
    recording="M",
    order=81,
    approved_by="case_matter_approval",
    summary="处理罚没物品经批准后进行，由执行人和见证人逐页签名，同时进行音像记录。",
    fields=(
        case_no(),
        *under(
            "物品",
            Field(
                name="list_no", label="（场所、设施、财物）清单编号", required=True,
                source="seizure_decision.list_no|case.next_list_no",
            ),
            Field(
                name="source", label="物品来源", required=True, source="text.goods_source",
                phrases=("依照行政处罚决定没收。",),
            ),
        ),
        items("物品清单", "confiscation_list.items|case.confiscated_items"),
        basis(source="case_matter_approval.basis"),
        *under(
            "处理",
            Field(name="at", label="处理时间", type="datetime", required=True),
            Field(name="place", label="处理地点", required=True, source="bureau.address"),
            Field(
                name="how", label="处理方式", type="enum", required=True,
                options=("拍卖", "变卖", "销毁", "上缴", "退还", "移交"),
            ),
            Field(
                name="executors", label="执行人", type="people", required=True, minimum=2,
                source="case.officers",
            ),
            Field(name="recorder", label="记录人", type="person", required=True, source="actor.person"),
            Field(name="witness", label="见证人", type="person", required=True),
            Field(
                name="course", label="处理情况", type="longtext", required=True,
                phrases=("经清点，物品与清单一致。", "处理过程全程录像。"),
            ),
            Field(name="proceeds", label="价款", type="money", hint="拍卖、变卖的，全部上缴国库。"),
        ),
    ),
    signatures=(
        Signature(role="executor", label="执行人", count=2, every_page=True),
        Signature(role="witness", label="见证人", every_page=True),
        Signature(role="recorder", label="记录人"),
    ),
)  # fmt: skip

CLOSING_REPORT = Document(
    code="closing_report",
    title="行政处罚案件结案报告",
    cites=(A(30),),
    requirement="R30.1",
    facing="I",
    stage="归档",
    layout="form",
    number="结",
    part="internal",
    order=160,
    approvals=("S", "B"),
    approved_by="own",
    summary="办结后填写十三项内容，由科室负责人签署，报局领导批准结案。",
    fields=(
        case_no(),
        *under(
            "案件",
            Field(name="cause", label="案由", required=True, source="case.cause"),
            Field(name="source_kind", label="案件来源", required=True, source="case_source_form.source_kind"),
            Field(
                name="discovered_at", label="案源发现时间", type="datetime", required=True,
                source="case_source_form.discovered_at",
            ),
            Field(name="place", label="案发地", required=True, source="docket_approval.place|case.place"),
            Field(
                name="docketed_on", label="立案时间", type="date", required=True, source="case.docketed_on",
            ),
        ),
        *under(
            "当事人",
            Field(name="party_name", label="当事人姓名（名称）", required=True, source="case.party.name"),
            Field(
                name="legal_rep", label="法定代表人（负责人）", required=True, source="case.party.legal_rep",
                hint="当事人是自然人的，选“不适用”。",
            ),
            Field(name="address", label="住所或者住址", required=True, source="case.party.address"),
        ),
        *under(
            "办理",
            Field(
                name="decision_number", label="行政处罚决定书文号", required=True,
                source="case.decision_number",
            ),
            Field(
                name="course", label="简要案情及查处经过", type="longtext", required=True,
                source="text.course_of_case",
            ),
            Field(
                name="execution", label="处罚执行方式及罚没财物处置情况", type="longtext", required=True,
                source="text.execution", phrases=("罚款已全部缴纳。", "当事人已改正。", "没有罚没财物。"),
            ),
        ),
        penalties("penalty_decision.penalties|summary_decision.penalties", "行政处罚内容"),
        officers(),
    ),
    signatures=(TWO_OFFICERS,),
)  # fmt: skip

DOCUMENTS = (PAYMENT_RECORD, CONFISCATION_LIST, GOODS_DISPOSAL_RECORD, CLOSING_REPORT)
