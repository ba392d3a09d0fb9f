"""Questioning and inspecting, who the party is, refusal, recusal (A13, A14; 罚 43, 55; domain §1.3)."""

from __future__ import annotations

from liuhen.measures.documents.groups import (
    PARTY,
    PARTY_EACH_PAGE,
    TWO_OFFICERS,
    TWO_OFFICERS_EACH_PAGE,
    WITNESS_IF_ANY,
    applies,
    case_no,
    contact,
    officers,
    party,
    received,
    rights,
    span_and_place,
    under,
)
from liuhen.measures.vocabulary import A, Document, Field, L, Signature

RELATIONS = ("当事人本人", "法定代表人（负责人）", "当事人员工", "证人", "其他")

INTERVIEW_NOTICE = Document(
    code="interview_notice",
    title="询问通知书",
    cites=(L("罚", 55), A(14)),
    requirement="R14.1",
    facing="P",
    stage="调查取证",
    layout="letter",
    number="询通",
    sealed=True,
    served=True,
    order=40,
    approvals=("S",),
    approved_by="own",
    summary="通知被询问人接受询问的时间、地点和应携带的材料。",
    addressed="interviewee",
    lead="为查明案件事实，依照《中华人民共和国行政处罚法》第五十五条，请你（单位）按下列时间、地点接受询问，如实回答，协助调查。",
    fields=(
        case_no(),
        *under(
            "询问",
            Field(name="interviewee", label="被询问人", required=True, source="case.party.name"),
            Field(name="at", label="询问时间", type="datetime", required=True, ahead=True),
            Field(name="place", label="询问地点", required=True, source="bureau.address"),
            Field(name="subject", label="询问事项", required=True, source="case.cause"),
            Field(
                name="bring", label="携带材料", type="longtext", source="text.bring_papers",
                phrases=("身份证明", "营业执照", "授权委托书", "与本案有关的账册、合同、票据"),
            ),
        ),
        *contact(),
    ),
)  # fmt: skip

INTERVIEW_RECORD = Document(
    code="interview_record",
    title="询问笔录",
    cites=(A(14, 0, 1), L("罚", 55)),
    requirement="R14.1",
    facing="P",
    stage="调查取证",
    layout="record",
    evidence=True,
    recording="S",
    order=52,
    summary="询问当事人或者证人，一人一份，逐页签名。",
    fields=(
        case_no(),
        *span_and_place("询问", "bureau.address"),
        Field(name="nth", label="第几次询问", type="number", default="1", group="时间与地点"),
        *under(
            "被询问人",
            Field(
                name="interviewee", label="被询问人", type="person", required=True,
                source="interview_notice.interviewee|case.party.name",
            ),
            Field(
                name="interviewed_as", label="身份", type="enum", required=True,
                options=("当事人", "法定代表人", "证人", "其他"),
            ),
            Field(name="relation", label="与案件的关系", required=True, phrases=RELATIONS),
            Field(name="id_number", label="身份证件号码", secret=True, source="case.party.id_number"),
            Field(name="phone", label="联系电话", secret=True, source="case.party.phone"),
            Field(name="work_unit", label="工作单位和职务", source="case.party.name"),
            Field(name="interpreter", label="翻译人员", type="person", hint="没有翻译的不填；有翻译的，应当音像记录。"),
        ),
        officers(),
        *rights("rights_interview"),
        *under(
            "问答",
            Field(
                name="qa", label="问答", type="list", required=True, minimum=1,
                columns=(
                    Field(
                        name="q", label="问", type="longtext", required=True,
                        phrases=(
                            "请介绍你的基本情况。", "请说明事情的经过。", "你有什么要补充的？",
                            "以上所说是否属实？",
                        ),
                    ),
                    Field(name="a", label="答", type="longtext", required=True),
                ),
            ),
        ),
        *under(
            "核对",
            Field(
                name="read_how", label="阅读方式", type="enum", required=True, options=("自阅", "宣读"),
                default="自阅",
            ),
            Field(
                name="confirm", label="核对意见", type="longtext", required=True,
                source="text.confirm_record",
                hint="由被询问人在纸上亲笔写明的，照录。",
            ),
            Field(
                name="corrections", label="更正之处", type="list",
                columns=(
                    Field(name="place", label="更正处", required=True),
                    Field(name="text", label="更正为", required=True),
                ),
                hint="更正处由被询问人签名或者按指印。",
            ),
        ),
    ),
    signatures=(
        Signature(role="interviewee", label="被询问人", every_page=True),
        TWO_OFFICERS_EACH_PAGE,
    ),
)  # fmt: skip


def site_fields(what: str, told: str = "rights_inspection") -> tuple[Field, ...]:
    """Fields of every record of a site: times, party, who was there, officers, rights as ``told``, what was found."""
    return (
        case_no(),
        *span_and_place(what),
        party(),
        *under(
            "在场人",
            Field(name="on_site", label="现场负责人", source="case.party.legal_rep"),
            Field(name="on_site_post", label="职务", source="case.party.legal_rep_post"),
            Field(name="witness", label="见证人", hint="当事人不在场或者拒绝到场的，邀请见证人。"),
        ),
        officers(),
        *rights(told),
        *under(
            "现场情况",
            Field(
                name="situation", label="现场情况", type="longtext", required=True,
                hint="按查看的顺序写所见，不写推断。",
                phrases=(
                    "执法人员向现场负责人出示执法证件，说明来意后开始检查。", "经查，现场", "现场存放",
                    "检查过程中，现场负责人全程在场。", "检查未发现异常。",
                ),
            ),
            Field(name="sketch", label="简图", type="sketch", hint="在页面上画，或者上传图片。"),
            Field(name="photos", label="现场照片", type="files", media="image", source="case.last_photos"),
        ),
    )  # fmt: skip


_SITE_SIGNATURES = (PARTY_EACH_PAGE, TWO_OFFICERS_EACH_PAGE, WITNESS_IF_ANY)

SITE_INSPECTION_RECORD = Document(
    code="site_inspection_record",
    title="现场检查（勘验）笔录",
    cites=(A(14, 0, 3), L("罚", 55)),
    requirement="R14.1",
    facing="P",
    stage="调查取证",
    layout="record",
    evidence=True,
    recording="M",
    order=51,
    summary="现场检查（勘验）当场制作，同时进行音像记录；不适宜的，写明原因。",
    fields=(
        *site_fields("检查"),
        Field(
            name="confirm", label="核对意见", type="longtext", required=True, source="text.confirm_site",
            group="核对",
        ),
        Field(
            name="unsuitable_reason", label="不适宜音像记录的原因", group="现场情况",
            hint="没有音像记录的才填，须科室负责人确认。",
        ),
    ),
    signatures=_SITE_SIGNATURES,
)  # fmt: skip

REFUSAL_RECORD = Document(
    code="refusal_record",
    title="拒绝（阻碍）调查、取证、签字情况记录",
    cites=(A(14),),
    requirement="R14.4",
    facing="I",
    stage="调查取证",
    layout="record",
    evidence=True,
    order=51,
    summary="当事人或者有关人员拒绝调查、提供证据或者签字的，用文字或者音像记录当时情况。",
    fields=(
        case_no(),
        *span_and_place("事情"),
        *under(
            "拒绝情况",
            Field(name="who", label="拒绝人", required=True, source="case.party.name"),
            Field(
                name="what", label="拒绝事项", type="enum", required=True,
                options=("询问", "提供证据", "签字", "接收", "检查"),
            ),
            Field(
                name="course", label="经过", type="longtext", required=True,
                phrases=("执法人员已告知拒绝的法律后果，其仍拒绝。", "其称", "其离开现场，未说明理由。"),
            ),
            Field(name="document", label="所涉文书", type="document"),
            Field(name="witness", label="见证人"),
        ),
        officers(),
    ),
    signatures=(TWO_OFFICERS, WITNESS_IF_ANY),
)  # fmt: skip

IDENTITY_EVIDENCE = Document(
    code="identity_evidence",
    title="当事人主体资格证明",
    cites=(A(14), L("罚", 46)),
    requirement="P37.1",
    facing="X",
    stage="调查取证",
    layout="received",
    order=50,
    summary="营业执照、身份证等，证明当事人是谁。",
    fields=(
        case_no(),
        party(),
        *under(
            "证明",
            Field(
                name="kind", label="证件种类", type="enum", required=True, source="case.party_proof",
                options=("营业执照", "居民身份证", "事业单位法人证书", "社会团体登记证书", "其他"),
            ),
            Field(name="provider", label="提供人", required=True, source="case.party.name"),
        ),
        *received(),
    ),
)  # fmt: skip

POWER_OF_ATTORNEY = Document(
    code="power_of_attorney",
    title="授权委托书",
    cites=(A(20), L("罚", 64, 0, 5)),
    requirement="P37.1",
    facing="X",
    stage="调查取证",
    layout="received",
    order=50,
    summary="当事人委托一至二人代理，写明权限和期限。",
    fields=(
        case_no(),
        *under(
            "委托",
            Field(name="principal", label="委托人", required=True, source="case.party.name"),
            Field(
                name="agents", label="代理人", type="people", required=True, minimum=1,
                hint="一至二人，附身份证明。",
            ),
            Field(
                name="scope", label="代理权限", type="longtext", required=True,
                phrases=("代为接受询问、陈述和申辩。", "代为签收文书。", "代为参加听证。"),
            ),
            Field(
                name="until", label="期限", required=True, phrases=("至本案办结之日止",),
                default="至本案办结之日止",
            ),
        ),
        *received(),
    ),
    signatures=(Signature(role="party", label="委托人"),),
)  # fmt: skip

SERVICE_ADDRESS_CONFIRMATION = Document(
    code="service_address_confirmation",
    title="送达地址确认书",
    cites=(L("罚", 61), L("民", 90)),
    requirement="P61.1",
    facing="P",
    stage="调查取证",
    layout="form",
    order=50,
    summary="当事人确认送达地址，签名同意后可以电子送达。",
    fields=(
        case_no(),
        party(),
        *under(
            "送达地址",
            Field(name="address", label="送达地址", required=True, source="case.party.address"),
            Field(name="phone", label="联系电话", required=True, secret=True, source="case.party.phone"),
            Field(name="receiver", label="代收人"),
            Field(name="e_consent", label="同意电子送达", type="bool", required=True),
            Field(
                name="channel", label="电子送达方式", type="enum", required_if=("e_consent", "true"),
                options=("传真", "电子邮件", "短信", "政务服务平台"),
            ),
            Field(name="account", label="电子送达账号", required_if=("e_consent", "true"), secret=True),
        ),
        Field(
            name="effect_told", label="后果告知", type="longtext", required=True,
            source="text.service_address",
            group="告知",
        ),
    ),
    signatures=(PARTY,),
)  # fmt: skip

RECUSAL_APPLICATION = Document(
    code="recusal_application",
    title="回避申请",
    cites=(L("罚", 43),),
    requirement="P43.1",
    facing="X",
    stage="调查取证",
    layout="received",
    order=41,
    summary="当事人认为执法人员与本案有利害关系的，可以申请回避。",
    fields=(
        case_no(),
        *under(
            "申请",
            Field(name="applicant", label="申请人", required=True, source="case.party.name"),
            Field(name="officer", label="被申请回避人员", type="person", required=True),
            Field(name="reasons", label="理由", type="longtext", required=True),
        ),
        *received(),
    ),
    signatures=(Signature(role="party", label="申请人"),),
)  # fmt: skip

RECUSAL_DECISION = Document(
    code="recusal_decision",
    title="回避决定书",
    cites=(L("罚", 43),),
    requirement="P43.1",
    facing="P",
    stage="调查取证",
    layout="letter",
    number="避",
    sealed=True,
    served=True,
    order=41,
    approvals=("B",),
    approved_by="own",
    summary="由行政机关负责人决定；决定作出之前，不停止调查。",
    lead="对下列回避申请，依照《中华人民共和国行政处罚法》第四十三条，决定如下。",
    fields=(
        case_no(),
        applies("recusal_application", "回避申请", name="application", required=False),
        *under(
            "决定",
            Field(name="applicant", label="申请人", required=True, source="recusal_application.applicant"),
            Field(
                name="officer", label="被申请回避人员", type="person", required=True,
                source="recusal_application.officer",
            ),
            Field(name="decision", label="决定", type="enum", required=True, options=("回避", "不予回避")),
            Field(
                name="reasons", label="理由", type="longtext", required=True,
                phrases=("与本案有直接利害关系。", "所述情形不影响公正执法。"),
            ),
        ),
    ),
)  # fmt: skip

DOCUMENTS = (
    INTERVIEW_NOTICE,
    INTERVIEW_RECORD,
    SITE_INSPECTION_RECORD,
    REFUSAL_RECORD,
    IDENTITY_EVIDENCE,
    POWER_OF_ATTORNEY,
    SERVICE_ADDRESS_CONFIRMATION,
    RECUSAL_APPLICATION,
    RECUSAL_DECISION,
)
