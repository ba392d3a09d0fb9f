"""Source, docket and telling the result (A9, A10, A25; domain §1.2)."""

from __future__ import annotations

from dataclasses import dataclass

from liuhen.measures.documents.groups import (
    TWO_OFFICERS,
    basis,
    case_no,
    officers,
    party,
    reasons,
    under,
)
from liuhen.measures.vocabulary import A, Cite, Document, Field, L, Signature

SOURCE_KINDS = ("监督检查", "投诉", "申诉", "举报", "其他机关移送", "上级机关交办", "其他")

CASE_SOURCE_FORM = Document(
    code="case_source_form",
    title="案件来源登记表",
    cites=(A(9),),
    requirement="R9.1",
    facing="I",
    stage="启动",
    layout="form",
    number="案源",
    part="internal",
    order=100,
    approvals=("S",),
    approved_by="own",
    choices=("核查", "立案", "不予立案", "移送", "其他"),
    secret=True,
    summary="发现案源后，登记时间、来源分类、提供人和内容，由科室负责人提出处理意见。",
    fields=(
        case_no(),
        *under(
            "来源",
            Field(name="registered_at", label="登记时间", type="datetime", required=True, source="now"),
            Field(name="source_kind", label="来源分类", type="enum", options=SOURCE_KINDS, required=True, source="case.spot_source"),
            Field(
                name="source_other", label="其他来源说明", required_if=("source_kind", "其他"),
                hint="如媒体报道、主动报告、数据比对。",
            ),
            Field(
                name="discovered_at", label="案源发现时间", type="datetime", required=True,
                source="summary_inspection_record.started_at",
                hint="发现线索的时间，可以早于登记时间。",
            ),
        ),
        *under(
            "提供人",
            Field(
                name="is_named", label="具名", type="bool", required=True, source="case.spot_named",
                hint="具名的，处理结果要告知本人。",
            ),
            Field(name="provider", label="案源提供人", secret=True, required_if=("is_named", "true")),
            Field(name="provider_contact", label="联系方式", secret=True),
            Field(name="keep_secret", label="要求保密", type="bool"),
        ),
        *under(
            "内容",
            Field(
                name="content", label="案源登记内容", type="longtext", required=True, source="summary_inspection_record.facts|case.title",
                hint="何时、何地、何人、何事，线索从何而来。",
                phrases=("监督检查中发现，", "接举报称，", "收到移送材料，反映", "上级机关交办，要求核查"),
            ),
            Field(name="attachments", label="线索附件", type="files"),
        ),
    ),
    signatures=(Signature(role="registrar", label="登记人"),),
)  # fmt: skip

VERIFICATION_REPORT = Document(
    code="verification_report",
    title="核查情况报告",
    cites=(A(10),),
    requirement="R10.1",
    facing="I",
    stage="启动",
    layout="form",
    part="internal",
    order=101,
    approvals=("S",),
    approved_by="own",
    summary="立案前对线索进行核查，写明经过、结果和是否立案的建议。",
    fields=(
        case_no(),
        Field(
            name="source", label="案件来源", required=True, source="case_source_form.source_kind",
            group="案件",
        ),
        officers(),
        *under(
            "核查",
            Field(
                name="course", label="核查经过", type="longtext", required=True,
                phrases=(
                    "执法人员到现场进行了核查，", "执法人员调阅了相关资料，",
                    "执法人员向有关人员了解了情况，",
                ),
            ),
            Field(
                name="result", label="核查结果", type="longtext", required=True,
                phrases=(
                    "线索反映的情况基本属实。", "线索反映的情况部分属实。", "未发现线索反映的违法事实。",
                ),
            ),
            Field(
                name="advice", label="建议", type="enum", required=True,
                options=("立案", "不予立案", "移送其他机关", "移送公安机关", "继续核查"),
            ),
        ),
    ),
    signatures=(TWO_OFFICERS,),
)  # fmt: skip

DOCKET_APPROVAL = Document(
    code="docket_approval",
    title="立案审批表",
    cites=(A(10), L("罚", 54)),
    requirement="R10.1",
    facing="I",
    stage="启动",
    layout="form",
    number="立",
    order=30,
    approvals=("S", "B"),
    approved_by="own",
    summary="符合立案条件的，写明当事人、案发地、来源、核查情况和理由，报批。批准之日起算办案期限。",
    fields=(
        case_no(),
        party(),
        *under(
            "案件",
            Field(
                name="cause", label="案由", required=True, source="case.cause", hint="从违法行为目录选取。",
            ),
            Field(name="violation", label="违法行为编号", source="case.violation", printed=False),
            Field(name="place", label="案发地", required=True, source="case.place"),
        ),
        *under(
            "来源",
            Field(name="source_kind", label="案件来源", required=True, source="case_source_form.source_kind"),
            Field(
                name="registered_at", label="案源登记时间", type="datetime", required=True,
                source="case_source_form.registered_at",
            ),
            Field(
                name="verification", label="核查情况", type="longtext", required=True,
                source="verification_report.result|summary_inspection_record.facts",
            ),
        ),
        reasons("立案理由", source="text.docket_reasons"),
        basis(source="violation.basis"),
        *under(
            "管辖与时效",
            Field(
                name="jurisdiction_basis", label="管辖依据", required=True, source="text.jurisdiction",
                phrases=("违法行为发生地在本行政区域，属本局职权范围。",),
            ),
            Field(
                name="act_on", label="违法行为发生（终了）之日", type="date", required=True,
                hint="连续或者继续状态的，填行为终了之日；尚未终了的，填立案当日。",
            ),
            Field(
                name="limitation_five_years", label="适用五年时效", type="bool",
                hint="涉及公民生命健康安全、金融安全且有危害后果的。",
            ),
            Field(
                name="limitation_ok", label="追究时效", type="enum", required=True,
                options=("未超过", "已超过"), default="未超过",
            ),
            Field(
                name="limitation_note", label="时效说明", type="longtext",
                required_if=("limitation_ok", "已超过"),
            ),
        ),
        officers(),
    ),
    signatures=(TWO_OFFICERS,),
)  # fmt: skip

DOCKET_REFUSAL_APPROVAL = Document(
    code="docket_refusal_approval",
    title="不予立案审批表",
    cites=(A(10),),
    requirement="R10.2",
    facing="I",
    stage="启动",
    layout="form",
    number="不立",
    order=30,
    approvals=("S", "B"),
    approved_by="own",
    summary="不予立案的，写明来源、登记时间、核查情况和理由，报批后告知具名的投诉人、申诉人、举报人。",
    fields=(
        case_no(),
        *under(
            "来源",
            Field(name="source_kind", label="来源", required=True, source="case_source_form.source_kind"),
            Field(
                name="registered_at", label="案源登记时间", type="datetime", required=True,
                source="case_source_form.registered_at",
            ),
            Field(
                name="verification", label="核查情况", type="longtext", required=True,
                source="verification_report.result",
            ),
        ),
        *under(
            "不予立案理由",
            Field(
                name="ground", label="不予立案情形", type="enum", required=True,
                options=("无违法事实", "超过追究时效", "不属管辖", "轻微已改正", "其他"),
            ),
            Field(
                name="reasons", label="不予立案理由", type="longtext", required=True,
                phrases=("经核查，未发现违法事实。", "违法行为轻微并已及时改正，没有造成危害后果。"),
            ),
        ),
        officers(),
    ),
    signatures=(TWO_OFFICERS,),
)  # fmt: skip

RESULT_NOTIFICATION_RECORD = Document(
    code="result_notification_record",
    title="行政处理告知记录",
    cites=(A(10), A(25)),
    requirement="R10.3",
    facing="I",
    stage="送达执行",
    layout="form",
    number="处告",
    part="internal",
    order=125,
    recording="S",
    secret=True,
    summary="把处理结果告知被调查人和具名的投诉人、申诉人、举报人，每人一份。",
    fields=(
        case_no(),
        *under(
            "告知",
            Field(
                name="occasion", label="告知事由", type="enum", required=True, source="case.outcome",
                options=("不予立案", "处罚", "不予处罚", "销案", "移送", "其他"),
            ),
            Field(name="told_at", label="告知时间", type="datetime", required=True, source="case.told_at|now"),
            Field(
                name="method", label="告知方式", type="enum", required=True, source="case.told_by",
                options=("当面", "电话", "书面", "短信", "电子邮件", "邮寄"),
            ),
            Field(
                name="content", label="告知内容", type="longtext", required=True, source="text.result_told",
                phrases=("您反映的问题，我局经核查，处理结果如下：",),
            ),
            Field(
                name="notifier", label="告知（记录）人", type="person", required=True, source="actor.person",
            ),
        ),
        *under(
            "被告知人",
            Field(
                name="told", label="被告知人", type="person", required=True, secret=True,
                source="case.untold",
            ),
            Field(
                name="told_as", label="身份", type="enum", required=True, source="case.untold_as",
                options=("被调查人", "投诉人", "申诉人", "举报人"),
            ),
        ),
    ),
    signatures=(
        Signature(role="notifier", label="告知（记录）人"),
        Signature(role="told", label="被告知人", required=False),
    ),
)  # fmt: skip

PRESIDER = "指定听证主持人"
MATTER_TOPICS = (
    "案件移送", PRESIDER, "罚没物品处理", "先行登记保存", "回避", "延期办案", "查封扣押", "中止",
    "终结", "销案",
    "分期延期缴纳", "加处罚款减免", "其他",
)  # fmt: skip


@dataclass(frozen=True)
class Matter:
    """What the law says of a matter, and the reason for it where there is but one."""

    cites: tuple[Cite, ...]
    reason: str = ""


MATTERS = {
    "案件移送": Matter((L("罚", 22),)),
    PRESIDER: Matter((L("罚", 64),), "当事人按期要求听证。"),
    "罚没物品处理": Matter((L("罚", 74),)),
    "先行登记保存": Matter((L("罚", 56),)),
    "回避": Matter((L("罚", 43),)),
    "延期办案": Matter((L("罚", 60),)),
    "分期延期缴纳": Matter((L("罚", 66),)),
}

CASE_MATTER_APPROVAL = Document(
    code="case_matter_approval",
    title="行政处罚案件有关事项审批表",
    alias="行政处罚案件有关事项申请表",
    cites=(A(11), A(19), A(29)),
    requirement="R11.1",
    facing="I",
    stage="审查决定",
    layout="form",
    number="事批",
    part="internal",
    order=120,
    approvals=("S", "B"),
    approved_by="own",
    summary="移送、指定听证主持人、处理罚没物品等事项，由科室负责人签署意见，报局领导批准。",
    fields=(
        case_no(),
        party(),
        *under("事项", Field(name="topic", label="事项", type="enum", required=True, options=MATTER_TOPICS)),
        reasons("申请事由", source="case.matter_reasons"),
        basis(source="case.matter_basis"),
        *under(
            "拟办意见",
            Field(
                name="proposal", label="拟办意见", type="longtext", required=True,
                phrases=(
                    "拟移送有管辖权的机关处理。", "拟由下列人员担任听证主持人。",
                    "拟按下列方式处理罚没物品。",
                ),
            ),
            Field(
                name="presider", label="听证主持人", type="person", required_if=("topic", PRESIDER),
                source="case.presider",
                hint="不得是本案调查人员。",
            ),
        ),
        officers(),
    ),
    signatures=(TWO_OFFICERS,),
)  # fmt: skip

DOCUMENTS = (
    CASE_SOURCE_FORM,
    VERIFICATION_REPORT,
    DOCKET_APPROVAL,
    DOCKET_REFUSAL_APPROVAL,
    RESULT_NOTIFICATION_RECORD,
    CASE_MATTER_APPROVAL,
)
