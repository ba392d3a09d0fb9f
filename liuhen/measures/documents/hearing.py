"""The hearing, from request to report (A16, A19–A21; 罚 63–65; domain §1.4)."""

from __future__ import annotations

from liuhen.measures.documents.groups import (
    applies,
    case_no,
    contact,
    facts,
    officers,
    party,
    reasons,
    received,
    span_and_place,
    under,
)
from liuhen.measures.vocabulary import A, Document, Field, L, Signature

HEARING_REQUEST = Document(
    code="hearing_request",
    title="听证申请书",
    cites=(A(19), L("罚", 64, 0, 1)),
    requirement="R19.3",
    facing="X",
    stage="审查决定",
    layout="received",
    order=69,
    summary="当事人在告知后五个工作日内可以要求听证；口头提出的，记录后由其签名。",
    fields=(
        case_no(),
        *under(
            "申请",
            Field(name="applicant", label="申请人", required=True, source="case.party.name"),
            Field(
                name="form", label="方式", type="enum", required=True, options=("书面", "口头"),
                default="书面",
            ),
            Field(name="posted_on", label="交邮日期", type="date", hint="邮寄的才填，在期限内交邮不算过期。"),
            Field(name="reasons", label="申请理由", type="longtext"),
        ),
        *received(),
    ),
    signatures=(Signature(role="party", label="申请人"),),
)  # fmt: skip

HEARING_REFUSAL_NOTICE = Document(
    code="hearing_refusal_notice",
    title="不予受理听证通知书",
    cites=(L("罚", 63), L("罚", 64)),
    requirement="R19.3",
    facing="P",
    stage="审查决定",
    layout="letter",
    number="听不受",
    sealed=True,
    served=True,
    order=40,
    approvals=("S", "B"),
    approved_by="own",
    summary="逾期申请或者不属于听证范围的，书面说明理由。",
    lead="对你（单位）的听证申请，经审查不予受理。",
    fields=(
        case_no(),
        party(),
        applies("hearing_request", "听证申请", name="request"),
        *under(
            "不予受理",
            Field(
                name="ground", label="情形", type="enum", required=True,
                options=("逾期申请", "不属于听证范围", "申请人不是当事人", "其他"),
            ),
        ),
        reasons(),
    ),
)  # fmt: skip

_RECORDERS = (
    Field(name="recorder", label="记录员", type="person", required=True, source="case.recorder"),
    Field(name="interpreter", label="翻译人员", type="person"),
)

HEARING_NOTICE = Document(
    code="hearing_notice",
    title="行政处罚听证通知书",
    cites=(A(19), L("罚", 64, 0, 2)),
    requirement="R19.2",
    facing="P",
    stage="审查决定",
    layout="letter",
    number="听通",
    sealed=True,
    served=True,
    recording="S",
    order=40,
    approved_by="case_matter_approval",
    equal=("presider",),
    summary="举行听证的七个工作日前，送达当事人，写明时间、地点、主持人和权利。",
    lead="根据你（单位）的申请，依照《中华人民共和国行政处罚法》第六十四条，本局决定举行听证，请按时参加。",
    fields=(
        case_no(),
        party(),
        *under(
            "听证",
            Field(name="case_title", label="案件名称", required=True, source="case.title"),
            Field(name="at", label="听证时间", type="datetime", required=True, ahead=True),
            Field(name="place", label="听证地点", required=True, source="bureau.hearing_room"),
            Field(name="open", label="公开举行", type="bool", required=True, source="rule.open_hearing"),
            Field(
                name="closed_reason", label="不公开的理由", required_if=("open", "false"),
                phrases=("涉及国家秘密", "涉及商业秘密", "涉及个人隐私"),
            ),
        ),
        *under(
            "听证人员",
            Field(
                name="presider", label="听证主持人", type="person", required=True,
                source="case_matter_approval.presider", hint="不得是本案调查人员。",
            ),
            Field(name="members", label="听证员", type="people"),
            *_RECORDERS,
        ),
        *under(
            "权利",
            Field(
                name="rights_told", label="权利告知", type="longtext", required=True,
                source="text.rights_hearing",
            ),
            Field(
                name="absence_effect", label="缺席后果", type="longtext", required=True,
                source="text.hearing_absence",
            ),
        ),
        *contact(),
    ),
)  # fmt: skip

HEARING_ANNOUNCEMENT = Document(
    code="hearing_announcement",
    title="听证公告",
    cites=(L("罚", 64, 0, 3),),
    requirement="R19.2",
    facing="P",
    stage="审查决定",
    layout="letter",
    number="听公",
    sealed=True,
    order=40,
    summary="公开听证的，公告案由、时间和地点。",
    lead="本局决定公开举行下列行政处罚案件的听证，现予公告。",
    fields=(
        case_no(),
        *under(
            "听证",
            Field(name="case_title", label="案件名称", required=True, source="hearing_notice.case_title"),
            Field(name="at", label="听证时间", type="datetime", required=True, source="hearing_notice.at"),
            Field(name="place", label="听证地点", required=True, source="hearing_notice.place"),
        ),
    ),
)  # fmt: skip

HEARING_POSTPONEMENT_NOTICE = Document(
    code="hearing_postponement_notice",
    title="听证延期（中止、终止）通知书",
    cites=(A(19), L("罚", 64, 0, 6)),
    requirement="R19.2",
    facing="P",
    stage="审查决定",
    layout="letter",
    number="听延",
    sealed=True,
    served=True,
    order=40,
    approvals=("S",),
    approved_by="own",
    summary="已经通知的听证延期、中止或者终止的，说明理由，通知当事人。",
    lead="已经通知的听证有下列变动，现通知你（单位）。",
    fields=(
        case_no(),
        party(),
        applies("hearing_notice", "听证通知书", name="notice"),
        *under(
            "听证",
            Field(
                name="kind", label="事项", type="enum", required=True, options=("延期", "中止", "终止"),
            ),
            Field(name="at", label="改定的时间", type="datetime", required_if=("kind", "延期")),
            Field(name="place", label="改定的地点", source="hearing_notice.place"),
        ),
        reasons(),
        *contact(),
    ),
)  # fmt: skip

_PRESENT = (
    Field(name="name", label="姓名", required=True),
    Field(
        name="as", label="身份", type="enum", required=True,
        options=("当事人", "法定代表人", "代理人", "第三人", "证人", "鉴定人"),
    ),
    Field(name="identity", label="身份核对", phrases=("身份证明已核对", "授权委托书已核对")),
)  # fmt: skip

HEARING_RECORD = Document(
    code="hearing_record",
    authors=("recorder", "presider", "officer"),
    title="听证笔录",
    cites=(A(20), L("罚", 64, 0, 8)),
    requirement="R20.1",
    facing="P",
    stage="审查决定",
    layout="record",
    recording="M",
    order=70,
    summary="写明参加人和全过程，由主持人、调查人、当事人和代理人逐页签名；听证全程音像记录。",
    fields=(
        case_no(),
        Field(
            name="case_title", label="案件名称", required=True, source="hearing_notice.case_title",
            group="案件",
        ),
        *span_and_place("听证", "hearing_notice.place", started="hearing_notice.at"),
        *under(
            "听证人员",
            Field(
                name="presider", label="听证主持人", type="person", required=True,
                source="hearing_notice.presider",
            ),
            Field(name="members", label="听证员", type="people", source="hearing_notice.members"),
            Field(
                name="recorder", label="记录员", type="person", required=True,
                source="hearing_notice.recorder",
            ),
            Field(name="interpreter", label="翻译人员", type="person", source="hearing_notice.interpreter"),
        ),
        officers(),
        Field(
            name="unit", label="调查人所属办案机构", required=True, source="case.section",
            group="执法人员与告知",
        ),
        *under(
            "参加人",
            Field(
                name="present", label="当事人、代理人及其他参加人", type="list", required=True, minimum=1,
                columns=_PRESENT, source="case.party_people",
            ),
        ),
        *under(
            "听证过程",
            Field(
                name="opening", label="核对身份、宣布纪律", type="longtext", required=True,
                source="text.hearing_opening",
            ),
            Field(
                name="rights_told", label="权利告知", type="longtext", required=True,
                source="text.rights_hearing",
            ),
            Field(
                name="recusal_answer", label="是否申请回避", type="enum", required=True,
                options=("不申请", "申请"),
            ),
            Field(
                name="case_put", label="调查人提出的事实、证据和建议", type="longtext", required=True,
                source="text.case_put",
            ),
            Field(name="defence", label="当事人的申辩", type="longtext", required=True),
            Field(
                name="exhibits", label="质证", type="list", required=True, minimum=1, source="case.exhibits",
                columns=(
                    Field(name="name", label="证据", required=True),
                    Field(
                        name="opinion", label="质证意见", type="longtext", required=True,
                        phrases=("对真实性无异议。", "对证明内容有异议，理由是"),
                    ),
                ),
            ),
            Field(name="debate", label="辩论", type="longtext"),
            Field(name="final", label="最后陈述", type="longtext", required=True),
            Field(
                name="breaks", label="中止、休庭", type="list",
                columns=(
                    Field(name="from", label="起", type="datetime", required=True),
                    Field(name="to", label="止", type="datetime", required=True),
                    Field(name="reason", label="原因", required=True, phrases=("休庭", "当事人要求核对材料")),
                ),
            ),
        ),
    ),
    signatures=(
        Signature(role="presider", label="听证主持人", every_page=True, post="presider"),
        Signature(role="officer", label="案件调查人", count=2, every_page=True),
        Signature(role="party", label="当事人", every_page=True),
        Signature(role="agent", label="代理人", every_page=True, required=False),
        Signature(role="recorder", label="记录员", post="recorder"),
    ),
)  # fmt: skip

HEARING_REPORT = Document(
    code="hearing_report",
    authors=("presider",),
    title="听证报告",
    cites=(A(21), L("罚", 65)),
    requirement="R21.2",
    facing="I",
    stage="审查决定",
    layout="form",
    part="internal",
    order=140,
    approvals=("P",),
    approved_by="own",
    summary="听证结束后五个工作日内，主持人写出报告，连同笔录报主要负责人。",
    fields=(
        case_no(),
        *under(
            "听证",
            Field(name="cause", label="听证案由", required=True, source="case.cause"),
            Field(
                name="participants", label="听证主持人和听证参加人", type="longtext", required=True,
                source="text.hearing_participants",
            ),
            Field(
                name="time_and_place", label="听证的时间、地点", required=True,
                source="text.hearing_time_and_place",
            ),
            Field(
                name="course", label="听证的简单经过", type="longtext", required=True,
                source="text.hearing_course",
            ),
        ),
        facts("investigation_report.facts", "案件事实"),
        Field(
            name="opinion", label="处理意见和建议", type="longtext", required=True, group="意见",
            phrases=("事实清楚，证据充分，建议维持原处罚建议。", "建议从轻处罚。", "建议补充调查。"),
        ),
    ),
    signatures=(Signature(role="presider", label="听证主持人", post="presider"),),
)  # fmt: skip

DOCUMENTS = (
    HEARING_REQUEST,
    HEARING_REFUSAL_NOTICE,
    HEARING_NOTICE,
    HEARING_ANNOUNCEMENT,
    HEARING_POSTPONEMENT_NOTICE,
    HEARING_RECORD,
    HEARING_REPORT,
)
