"""Appraisal: commission, time, opinion, telling the party (A14; 罚 44, 46; 强 25; domain §1.3)."""

from __future__ import annotations

from liuhen.measures.documents.groups import (
    TWO_OFFICERS,
    applies,
    case_no,
    items,
    officers,
    party,
    received,
    under,
)
from liuhen.measures.vocabulary import A, Document, Field, L, Signature

APPRAISAL_COMMISSION = Document(
    code="appraisal_commission",
    title="鉴定（检验、检测）委托书",
    cites=(A(14, 0, 6), L("罚", 46)),
    requirement="R14.1",
    facing="T",
    stage="调查取证",
    layout="letter",
    number="鉴",
    sealed=True,
    order=55,
    approvals=("S",),
    approved_by="own",
    summary="指定或者委托有资质的机构鉴定，写明事项、送检物和期限。",
    addressed="agency",
    lead="为查明案件事实，委托你单位对下列事项进行鉴定（检验、检测），请在完成期限内出具书面意见。",
    fields=(
        case_no(),
        *under(
            "委托",
            Field(name="agency", label="鉴定机构", required=True),
            Field(name="qualification", label="机构资质", required=True),
            Field(
                name="matter", label="鉴定事项", type="longtext", required=True,
                phrases=("是否符合国家标准。", "成分及含量。", "价值认定。"),
            ),
            Field(name="due_on", label="完成期限", type="date", required=True, ahead=True),
        ),
        items("送检物清单", "sampling_notice.items|hold_notice.items"),
        officers(),
    ),
    signatures=(TWO_OFFICERS,),
)  # fmt: skip

APPRAISAL_PERIOD_NOTICE = Document(
    code="appraisal_period_notice",
    title="鉴定期间告知书",
    cites=(A(14, 0, 6), L("强", 25)),
    requirement="F25.1",
    facing="P",
    stage="调查取证",
    layout="letter",
    number="鉴期",
    sealed=True,
    served=True,
    order=40,
    approvals=("S",),
    approved_by="own",
    summary="书面告知当事人鉴定所需时间，才不计入查封、扣押期限。",
    lead="本案有关事项需要鉴定，现将所需期间告知你（单位）。",
    fields=(
        case_no(),
        party(),
        applies("appraisal_commission", "鉴定委托书", name="commission"),
        *under(
            "鉴定期间",
            Field(name="agency", label="鉴定机构", required=True, source="appraisal_commission.agency"),
            Field(name="from_on", label="鉴定开始日期", type="date", required=True, source="today"),
            Field(
                name="to_on", label="鉴定结束日期", type="date", required=True, source="appraisal_commission.due_on",
            ),
        ),
    ),
)  # fmt: skip

APPRAISAL_OPINION = Document(
    code="appraisal_opinion",
    title="鉴定意见书",
    cites=(A(14, 0, 6), L("罚", 46)),
    requirement="R14.1",
    facing="X",
    stage="调查取证",
    layout="received",
    order=55,
    summary="由鉴定机构出具，有鉴定人签名。",
    fields=(
        case_no(),
        applies("appraisal_commission", "鉴定委托书", name="commission", required=False),
        *under(
            "意见",
            Field(name="agency", label="鉴定机构", required=True, source="appraisal_commission.agency"),
            Field(name="experts", label="鉴定人", type="people", required=True, minimum=1),
            Field(name="conclusion", label="鉴定结论", type="longtext", required=True),
            Field(name="opinion_on", label="出具日期", type="date", required=True),
        ),
        *received(),
    ),
    signatures=(Signature(role="appraiser", label="鉴定人"),),
)  # fmt: skip

APPRAISAL_RESULT_NOTICE = Document(
    code="appraisal_result_notice",
    title="鉴定意见告知书",
    cites=(A(14, 0, 6), L("罚", 44)),
    requirement="R14.1",
    facing="P",
    stage="调查取证",
    layout="letter",
    number="鉴告",
    sealed=True,
    served=True,
    order=40,
    approvals=("S",),
    approved_by="own",
    summary="把鉴定结论告知当事人，并告知可以申请重新鉴定。",
    lead="本案有关事项的鉴定意见已经作出，现告知你（单位）。",
    fields=(
        case_no(),
        party(),
        applies("appraisal_opinion", "鉴定意见书", name="opinion"),
        *under(
            "告知",
            Field(name="agency", label="鉴定机构", required=True, source="appraisal_opinion.agency"),
            Field(
                name="conclusion", label="鉴定结论", type="longtext", required=True,
                source="appraisal_opinion.conclusion",
            ),
            Field(
                name="rights_told", label="权利告知", type="longtext", required=True,
                source="text.rights_appraisal",
            ),
        ),
    ),
)  # fmt: skip

DOCUMENTS = (
    APPRAISAL_COMMISSION,
    APPRAISAL_PERIOD_NOTICE,
    APPRAISAL_OPINION,
    APPRAISAL_RESULT_NOTICE,
)
