"""What happens while a licence is reviewed: interested persons, hearing, special procedures, extension (许 36, 42–48)."""

from __future__ import annotations

from liuhen.measures.documents.groups import applies, case_no, reasons, received, span_and_place, under
from liuhen.measures.documents.licensing_groups import REVIEWERS, applicant, matter
from liuhen.measures.vocabulary import A, Document, Field, L, Signature

SPECIAL_PROCEDURES = (
    "听证", "招标", "拍卖", "检验", "检测", "检疫", "鉴定", "专家评审", "委托评估",
)  # fmt: skip
_PRESENT = (Field(name="name", label="姓名或者名称", required=True), Field(name="as", label="身份"))

INTERESTED_PARTY_NOTICE = Document(
    code="interested_party_notice",
    title="利害关系人权利告知书",
    cites=(L("许", 36), L("许", 47)),
    requirement="L36.1",
    facing="P",
    stage="调查取证",
    layout="letter",
    number="许利告",
    sealed=True,
    served=True,
    addressed="interested_party",
    order=30,
    approvals=("S",),
    approved_by="own",
    authors=REVIEWERS,
    summary="许可直接关系他人重大利益的，告知其陈述、申辩和要求听证的权利。",
    lead="下列行政许可申请直接关系你（单位）的重大利益，现告知你（单位）有关情况和依法享有的权利。",
    fields=(
        case_no(),
        applicant(),
        matter(),
        *under(
            "告知",
            Field(name="interested_party", label="利害关系人", type="party", required=True),
            Field(name="effect", label="对其利益的影响", type="longtext", required=True),
            Field(
                name="due_on", label="陈述申辩和要求听证的期限", type="date", required=True, ahead=True,
                source="case.asking_until", hint="自送达之日起不少于五个工作日。",
            ),
            Field(
                name="rights_told", label="权利告知", type="longtext", required=True,
                source="text.rights_interested",
            ),
        ),
    ),
)  # fmt: skip

LICENSE_HEARING_ANNOUNCEMENT = Document(
    code="license_hearing_announcement",
    title="行政许可听证公告",
    cites=(L("许", 46),),
    requirement="L46.1",
    facing="P",
    stage="调查取证",
    layout="letter",
    number="许听公",
    sealed=True,
    order=70,
    authors=REVIEWERS,
    summary="依法应当听证或者涉及公共利益的重大许可事项，向社会公告。",
    lead="本局决定就下列行政许可事项举行听证，现予公告。",
    fields=(
        case_no(),
        matter(),
        *under(
            "公告",
            Field(name="at", label="听证时间", type="datetime", required=True, ahead=True),
            Field(name="place", label="听证地点", required=True, source="bureau.hearing_room"),
            Field(name="content", label="公告内容", type="longtext", required=True),
        ),
    ),
)

LICENSE_HEARING_RIGHT_NOTICE = Document(
    code="license_hearing_right_notice",
    title="行政许可听证告知书",
    cites=(L("许", 47),),
    requirement="L46.1",
    facing="P",
    stage="调查取证",
    layout="letter",
    number="许听告",
    sealed=True,
    served=True,
    addressed="told",
    order=70,
    approvals=("S",),
    approved_by="own",
    authors=REVIEWERS,
    summary="许可直接涉及申请人与他人之间重大利益关系的，决定之前告知要求听证的权利。",
    lead="下列行政许可直接涉及重大利益关系，依照《中华人民共和国行政许可法》第四十七条，现告知你（单位）有要求听证的权利。",
    fields=(
        case_no(),
        applicant(),
        matter(),
        *under(
            "告知",
            Field(name="told", label="被告知人", required=True, source="case.party.name"),
            Field(name="effect", label="涉及的重大利益", type="longtext", required=True),
            Field(
                name="rights_told", label="权利告知", type="longtext", required=True,
                source="text.rights_license_hearing",
            ),
        ),
    ),
)  # fmt: skip

LICENSE_HEARING_NOTICE = Document(
    code="license_hearing_notice",
    title="行政许可听证通知书",
    cites=(L("许", 48, 0, 1),),
    requirement="L48.1",
    facing="P",
    stage="调查取证",
    layout="letter",
    number="许听通",
    sealed=True,
    served=True,
    served_besides="interested",
    order=70,
    approvals=("S", "B"),
    approved_by="own",
    authors=REVIEWERS,
    summary="举行听证的七个工作日前，把时间、地点和主持人通知申请人和利害关系人。",
    lead="依照《中华人民共和国行政许可法》第四十八条，本局决定举行听证，请按时参加。",
    fields=(
        case_no(),
        applicant(),
        matter(),
        *under(
            "听证",
            Field(name="at", label="听证时间", type="datetime", required=True, ahead=True),
            Field(name="place", label="听证地点", required=True, source="bureau.hearing_room"),
            Field(
                name="presider", label="听证主持人", type="person", required=True,
                hint="不得是审查本申请的工作人员。",
            ),
            Field(
                name="interested", label="利害关系人", type="list", source="case.interested",
                columns=(Field(name="name", label="姓名或者名称", required=True),),
                hint="听证也要通知利害关系人；逐一送达。",
            ),
            Field(name="recorder", label="记录员", type="person"),
            Field(
                name="rights_told", label="权利告知", type="longtext", required=True,
                source="text.rights_license_hearing_held",
            ),
        ),
    ),
)  # fmt: skip

LICENSE_HEARING_RECORD = Document(
    code="license_hearing_record",
    title="行政许可听证笔录",
    cites=(A(4), L("许", 48, 0, 5)),
    requirement="L48.1",
    facing="P",
    stage="调查取证",
    layout="record",
    recording="M",
    order=70,
    authors=("recorder", "presider", "officer"),
    summary="写明各方的证据、申辩和质证，由参加人确认签字；决定以笔录为根据。",
    fields=(
        case_no(),
        applicant(),
        matter(),
        *span_and_place("听证", "license_hearing_notice.place", started="license_hearing_notice.at"),
        *under(
            "听证",
            Field(
                name="presider", label="听证主持人", type="person", required=True,
                source="license_hearing_notice.presider",
            ),
            Field(
                name="recorder", label="记录员", type="person", required=True,
                source="license_hearing_notice.recorder",
            ),
            Field(name="interpreter", label="翻译人员", type="person"),
            Field(name="reviewers", label="审查人员", type="people", required=True, source="case.officers"),
            Field(
                name="present", label="申请人、利害关系人及其他参加人", type="list", required=True, minimum=1,
                columns=_PRESENT, source="case.hearing_people",
            ),
            Field(name="opening", label="开始", type="longtext", required=True, source="text.hearing_opening"),
            Field(
                name="rights_told", label="权利告知", type="longtext", required=True,
                source="text.rights_license_hearing_held",
            ),
            Field(name="case_put", label="审查意见及其证据、理由", type="longtext", required=True),
            Field(name="statements", label="申辩和质证", type="longtext", required=True),
            Field(
                name="exhibits", label="出示的证据", type="list",
                columns=(
                    Field(name="name", label="证据", required=True),
                    Field(name="opinion", label="质证意见", type="longtext"),
                ),
            ),
            Field(name="debate", label="辩论", type="longtext"),
            Field(name="final", label="最后陈述", type="longtext"),
            Field(
                name="breaks", label="中止、休庭", type="list",
                columns=(
                    Field(name="from", label="起", type="datetime", required=True),
                    Field(name="to", label="止", type="datetime", required=True),
                    Field(name="reason", label="原因", required=True),
                ),
            ),
        ),
    ),
    signatures=(
        Signature(role="presider", label="听证主持人", every_page=True, post="presider"),
        Signature(role="recorder", label="记录员", post="recorder"),
        Signature(role="officer", label="审查人员", count=0, every_page=True),
        Signature(role="party", label="申请人", every_page=True),
        Signature(role="agent", label="代理人或者利害关系人", every_page=True, required=False),
    ),
)  # fmt: skip

SPECIAL_PROCEDURE_NOTICE = Document(
    code="special_procedure_notice",
    title="特别程序告知书",
    cites=(A(8), L("许", 45)),
    requirement="L45.1",
    facing="P",
    stage="调查取证",
    layout="letter",
    number="许特",
    sealed=True,
    served=True,
    order=30,
    approvals=("S",),
    approved_by="own",
    authors=REVIEWERS,
    summary="听证、检验、专家评审等所需时间书面告知申请人，才不计入期限。",
    lead="你（单位）申请的事项需要经过下列程序，现将所需时间告知你（单位）。",
    fields=(
        case_no(),
        applicant(),
        matter(),
        *under(
            "特别程序",
            Field(
                name="procedure_kind", label="程序种类", type="enum", options=SPECIAL_PROCEDURES, required=True,
            ),
            Field(name="days_needed", label="所需时间（工作日）", type="number", required=True),
            Field(name="from_on", label="开始日期", type="date", required=True, source="today"),
            Field(name="to_on", label="结束日期", type="date"),
            Field(
                name="note", label="不计入期限的说明", type="longtext", required=True,
                source="text.special_procedure",
            ),
        ),
    ),
)  # fmt: skip

EXPERT_REVIEW_REPORT = Document(
    code="expert_review_report",
    title="专家评审（论证）报告",
    cites=(A(3), L("许", 45)),
    requirement="L45.1",
    facing="X",
    stage="调查取证",
    layout="received",
    recording="S",
    order=65,
    authors=REVIEWERS,
    summary="评审组写明意见和结论，全体专家签名。",
    fields=(
        case_no(),
        *under(
            "评审",
            Field(
                name="experts", label="评审组", type="list", required=True, minimum=1,
                columns=(
                    Field(name="name", label="姓名", required=True),
                    Field(name="unit", label="单位"),
                    Field(name="title", label="职称"),
                ),
            ),
            Field(name="started_at", label="评审开始", type="datetime"),
            Field(name="ended_at", label="评审结束", type="datetime"),
            Field(name="place", label="评审地点"),
            Field(name="opinion", label="评审意见", type="longtext", required=True),
            Field(
                name="conclusion", label="结论", type="enum", required=True,
                options=("通过", "修改后通过", "不通过"),
            ),
        ),
        *received(),
    ),
    signatures=(Signature(role="expert", label="专家", count=0),),
)  # fmt: skip

_EXTENSION = (
    Field(name="due_on", label="原期限", type="date", required=True, source="case.license_due"),
    Field(name="extra_days", label="延长日数（工作日）", type="number", required=True,
          source="license_extension_approval.extra_days",
          hint="一般不超过十个工作日；事项另有规定的，依照其规定。"),
)  # fmt: skip

LICENSE_EXTENSION_APPROVAL = Document(
    code="license_extension_approval",
    title="延长行政许可期限审批表",
    cites=(A(8), L("许", 42)),
    requirement="L42.1",
    facing="I",
    stage="调查取证",
    layout="form",
    order=30,
    approvals=("S", "B"),
    approved_by="own",
    authors=REVIEWERS,
    summary="期限内不能作出决定的，写明理由，届满之前报批。",
    fields=(
        case_no(),
        applicant(),
        matter(),
        *under("延长", _EXTENSION[0], Field(name="extra_days", label="延长日数（工作日）", type="number",
                                          required=True, hint=_EXTENSION[1].hint)),
        reasons("延长的理由"),
    ),
    signatures=(Signature(role="officer", label="审查人"),),
)  # fmt: skip

LICENSE_EXTENSION_NOTICE = Document(
    code="license_extension_notice",
    title="延长行政许可期限告知书",
    cites=(A(8), L("许", 42)),
    requirement="L42.1",
    facing="P",
    stage="调查取证",
    layout="letter",
    number="许延",
    sealed=True,
    served=True,
    order=30,
    approved_by="license_extension_approval",
    equal=("extra_days", "reasons"),
    authors=REVIEWERS,
    summary="延长期限的理由告知申请人。",
    lead="你（单位）的申请在法定期限内不能作出决定，经批准延长办理期限，现告知你（单位）。",
    fields=(
        case_no(),
        applicant(),
        matter(),
        *under("延长", *_EXTENSION),
        reasons("延长的理由", source="license_extension_approval.reasons"),
    ),
)

INTERESTED_PARTY_STATEMENT = Document(
    code="interested_party_statement",
    title="利害关系人陈述申辩材料",
    cites=(L("许", 36),),
    requirement="L36.1",
    facing="X",
    stage="调查取证",
    layout="received",
    order=32,
    authors=REVIEWERS,
    summary="利害关系人提出的意见，登记收到时间。",
    fields=(
        case_no(),
        applies("interested_party_notice", "利害关系人权利告知书", name="notice", required=False),
        *under("意见", Field(name="statement", label="陈述申辩的内容", type="longtext", required=True)),
        *received(),
    ),
)

DOCUMENTS = (
    INTERESTED_PARTY_NOTICE,
    INTERESTED_PARTY_STATEMENT,
    LICENSE_HEARING_ANNOUNCEMENT,
    LICENSE_HEARING_RIGHT_NOTICE,
    LICENSE_HEARING_NOTICE,
    LICENSE_HEARING_RECORD,
    SPECIAL_PROCEDURE_NOTICE,
    EXPERT_REVIEW_REPORT,
    LICENSE_EXTENSION_APPROVAL,
    LICENSE_EXTENSION_NOTICE,
)
