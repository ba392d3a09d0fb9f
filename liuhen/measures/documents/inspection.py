"""Administrative inspection: plan, notice, record of the check, result told (A3, A9, A14; 罚 42, 55)."""

from __future__ import annotations

from dataclasses import replace

from liuhen.measures.documents.groups import (
    PARTY_EACH_PAGE,
    TWO_OFFICERS,
    TWO_OFFICERS_EACH_PAGE,
    WITNESS_IF_ANY,
    applies,
    basis,
    case_no,
    contact,
    officers,
    party,
    rights,
    span_and_place,
    under,
)
from liuhen.measures.vocabulary import A, Document, Field, L

NOTHING_FOUND, TO_CURE, CLUE, ELSEWHERE = "未发现问题", "责令改正", "登记为案件来源", "移送"
HANDLING = (NOTHING_FOUND, TO_CURE, CLUE, ELSEWHERE)

_INSPECTED = replace(party(), label="被检查人", group="被检查人")

INSPECTION_PLAN = Document(
    code="inspection_plan",
    title="行政检查计划",
    cites=(A(3), A(9), L("罚", 42)),
    requirement="R2.1",
    facing="I",
    stage="启动",
    layout="form",
    number="检计",
    part="internal",
    order=100,
    approvals=("S", "B"),
    approved_by="own",
    summary="检查之前报批：检查谁、依据什么、查哪些事项、何时去、由谁去、是否事先通知。",
    fields=(
        case_no(),
        _INSPECTED,
        *under(
            "检查安排",
            Field(
                name="kind", label="检查方式", type="enum", required=True,
                options=("日常检查", "随机抽查", "专项检查", "根据线索检查"),
            ),
            Field(
                name="times", label="本年度对该对象第几次检查", type="number", required=True,
                hint="查本年度的检查案件；能合并的合并，不重复上门。",
            ),
            Field(
                name="scope", label="检查内容", type="longtext", required=True, source="case.title",
                phrases=("粮食收购资格和备案情况。", "粮食质量安全检验制度执行情况。", "用能设备和能源利用状况报告。"),
            ),
            Field(name="from_on", label="检查期间自", type="date", required=True),
            Field(name="to_on", label="检查期间至", type="date", required=True),
            Field(name="place", label="检查地点", required=True, source="case.party.address"),
            Field(
                name="announced", label="是否事先通知", type="enum", required=True,
                options=("事先通知", "不事先通知"),
            ),
            Field(
                name="unannounced_reason", label="不事先通知的理由", type="longtext",
                required_if=("announced", "不事先通知"),
                phrases=("事先通知可能影响检查效果。", "根据投诉举报线索检查。"),
            ),
        ),
        basis(source=""),
        officers(),
    ),
    signatures=(TWO_OFFICERS,),
)  # fmt: skip

INSPECTION_NOTICE = Document(
    code="inspection_notice",
    title="行政检查通知书",
    cites=(A(3), L("罚", 55)),
    requirement="R2.1",
    facing="P",
    stage="启动",
    layout="letter",
    number="检通",
    sealed=True,
    served=True,
    order=40,
    approved_by="inspection_plan",
    summary="事先通知检查的，告知时间、地点、内容、依据和需要准备的材料。",
    lead="本局决定对你（单位）进行行政检查，请予配合。",
    fields=(
        case_no(),
        _INSPECTED,
        applies("inspection_plan", "检查计划", name="plan"),
        *under(
            "检查",
            Field(name="at", label="检查时间", type="datetime", required=True, ahead=True),
            Field(name="place", label="检查地点", required=True, source="inspection_plan.place"),
            Field(
                name="scope", label="检查内容", type="longtext", required=True,
                source="inspection_plan.scope",
            ),
            Field(name="bring", label="请准备的材料", type="longtext", source="text.bring_papers"),
        ),
        basis(source="inspection_plan.basis"),
        officers(),
        *contact(),
    ),
)  # fmt: skip

INSPECTION_FORM = Document(
    code="inspection_form",
    title="行政检查记录表",
    cites=(A(9), A(14), L("罚", 55)),
    requirement="R2.1",
    facing="P",
    stage="调查取证",
    layout="record",
    evidence=True,
    recording="M",
    order=51,
    summary="两名以上执法人员到场，逐项检查、当场记录，同时音像记录；发现的问题写明怎么处理。",
    fields=(
        case_no(),
        _INSPECTED,
        applies("inspection_plan", "检查计划", name="plan"),
        *span_and_place("检查", "inspection_plan.place", started="inspection_notice.at"),
        *under(
            "在场人",
            Field(name="on_site", label="现场负责人", source="case.party.legal_rep"),
            Field(name="witness", label="见证人", hint="当事人不在场或者拒绝到场的，邀请见证人。"),
        ),
        officers(),
        *rights("rights_inspection"),
        *under(
            "检查情况",
            Field(
                name="checks", label="检查事项", type="list", required=True, minimum=1,
                columns=(
                    Field(name="item", label="事项", required=True),
                    Field(
                        name="result", label="结果", type="enum", required=True,
                        options=("符合", "不符合", "未检查"),
                    ),
                    Field(name="note", label="情况"),
                ),
            ),
            Field(
                name="problems", label="发现的问题", type="longtext", required=True,
                phrases=("检查未发现问题。", "经查，"),
            ),
            Field(name="photos", label="现场照片", type="files", media="image", source="case.last_photos"),
            Field(
                name="unsuitable_reason", label="不适宜音像记录的原因", type="longtext",
                hint="没有同时进行音像记录的，写明原因。",
            ),
            Field(name="handling", label="处理", type="enum", required=True, options=HANDLING),
        ),
        Field(
            name="confirm", label="核对意见", type="longtext", required=True, source="text.confirm_site",
            group="核对",
        ),
    ),
    signatures=(PARTY_EACH_PAGE, TWO_OFFICERS_EACH_PAGE, WITNESS_IF_ANY),
)  # fmt: skip

INSPECTION_RESULT_NOTICE = Document(
    code="inspection_result_notice",
    title="行政检查结果告知书",
    cites=(A(3),),
    requirement="R2.1",
    facing="P",
    stage="审查决定",
    layout="letter",
    number="检告",
    sealed=True,
    served=True,
    order=60,
    approvals=("S",),
    approved_by="own",
    summary="把检查结果和后续处理告知被检查人。",
    lead="本局对你（单位）的行政检查已经结束，现将结果告知如下。",
    fields=(
        case_no(),
        _INSPECTED,
        applies("inspection_form", "检查记录", name="record"),
        *under(
            "结果",
            Field(
                name="problems", label="检查情况", type="longtext", required=True,
                source="inspection_form.problems", phrases=("检查未发现问题。",),
            ),
            Field(
                name="handling", label="处理", type="enum", required=True, options=HANDLING,
                source="inspection_form.handling",
            ),
            Field(name="note", label="说明", type="longtext"),
        ),
        *contact(),
    ),
)  # fmt: skip

DOCUMENTS = (INSPECTION_PLAN, INSPECTION_NOTICE, INSPECTION_FORM, INSPECTION_RESULT_NOTICE)
