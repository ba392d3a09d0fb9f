"""The summary procedure 简易程序: records made on the spot, the decision handed over, filing, money (A26; 罚 51–53, 68–71)."""

from __future__ import annotations

from liuhen.measures.documents.groups import (
    PARTY,
    PARTY_EACH_PAGE,
    TWO_OFFICERS,
    TWO_OFFICERS_EACH_PAGE,
    WITNESS_IF_ANY,
    applies,
    basis,
    case_no,
    facts,
    officers,
    party,
    penalties,
    received,
    remedies,
    rights,
    span_and_place,
    under,
)
from liuhen.measures.vocabulary import A, Document, Field, L, Signature

ON_THE_SPOT = "当场收缴"
PAY = ("银行", "电子支付", ON_THE_SPOT)
SMALL, HARD, REMOTE = "罚款一百元以下", "不当场收缴事后难以执行", "边远、水上、交通不便地区"
GROUNDS = (SMALL, HARD, REMOTE)
DEFENDED = "提出"


def ground(*, source: str = "", required: bool = False) -> tuple[Field, ...]:
    """Why a fine is collected on the spot (罚 68, 69), and what shows it."""
    return (
        Field(
            name="pay_ground", label="当场收缴的情形", type="enum", options=GROUNDS, required=required,
            required_if=None if required else ("pay", ON_THE_SPOT), source=source,
        ),
        Field(
            name="pay_note", label="情形说明", type="longtext",
            hint="事后难以执行的，写明事实；边远、水上、交通不便地区的，写明当事人到银行缴纳的困难。",
        ),
        Field(
            name="pay_asked", label="当事人要求当场缴纳", type="bool",
            hint="边远、水上、交通不便地区的，由当事人提出才可以当场收缴。",
        ),
    )  # fmt: skip


def telling() -> tuple[Field, ...]:
    """What the party was told before the decision, what it said, and what came of that (A26; 罚 44, 45)."""
    return (
        *under(
            "告知与申辩",
            Field(name="told", label="已告知处罚的事实、理由、依据和陈述申辩权", type="bool", required=True),
            Field(
                name="told_content", label="告知内容", type="longtext", required_if=("told", "true"),
                source="text.summary_told",
            ),
            Field(
                name="defended", label="当事人陈述申辩", type="enum", options=("未提出", DEFENDED),
                required_if=("told", "true"),
            ),
            Field(
                name="defence", label="陈述申辩（原话）", type="longtext", required_if=("defended", DEFENDED),
            ),
            Field(
                name="accepted", label="是否采纳", type="enum", options=("采纳", "部分采纳", "不采纳"),
                required_if=("defended", DEFENDED),
            ),
            Field(
                name="accepted_reason", label="采纳与否的理由", type="longtext",
                required_if=("defended", DEFENDED),
            ),
        ),
        Field(
            name="confirm", label="核对意见", type="longtext", required=True, source="text.confirm_summary",
            group="核对",
        ),
    )  # fmt: skip


def _qa(*, required: bool) -> Field:
    return Field(
        name="qa", label="问答", type="list", required=required, minimum=1 if required else 0, group="询问",
        columns=(
            Field(name="q", label="问", type="longtext", required=True),
            Field(name="a", label="答", type="longtext", required=True),
        ),
    )  # fmt: skip


def _what(*sources: str) -> tuple[Field, ...]:
    """The violation, its provisions, and the penalty that is meant."""
    told = "".join(f"{source}.penalties|" for source in sources)
    return (
        *under(
            "事实与依据",
            Field(
                name="cause", label="违法行为", required=True, source="case.cause",
                hint="从违法行为目录选取。",
            ),
            Field(name="violation", label="违法行为编号", source="case.violation", printed=False),
        ),
        basis(source="".join(f"{source}.basis|" for source in sources) + "violation.basis"),
        penalties(told + "violation.penalties", "处罚内容"),
    )  # fmt: skip


SUMMARY_INSPECTION_RECORD = Document(
    code="summary_inspection_record",
    title="现场检查（询问）笔录",
    cites=(A(26), L("罚", 52), L("罚", 55)),
    requirement="R26.1",
    facing="P",
    stage="启动",
    layout="record",
    evidence=True,
    recording="S",
    order=51,
    summary="当场调查违法事实，告知事实、理由、依据和陈述申辩权，申辩记入笔录；检查和询问可以记在一份笔录上。",
    fields=(
        case_no(),
        *span_and_place("检查"),
        party(),
        *under(
            "在场人",
            Field(name="on_site", label="现场负责人", source="case.party.legal_rep"),
            Field(name="witness", label="见证人", hint="当事人拒绝签名的，可以邀请见证人。"),
        ),
        officers(),
        *rights("rights_summary"),
        facts("", "现场情况和违法事实"),
        Field(name="photos", label="现场照片", type="files", source="case.last_photos", group="事实与依据"),
        *_what(),
        _qa(required=False),
        *telling(),
    ),
    signatures=(PARTY_EACH_PAGE, TWO_OFFICERS_EACH_PAGE, WITNESS_IF_ANY),
)  # fmt: skip

SUMMARY_INTERVIEW_RECORD = Document(
    code="summary_interview_record",
    title="当场询问笔录",
    cites=(A(26), L("罚", 55)),
    requirement="R26.1",
    facing="P",
    stage="启动",
    layout="record",
    evidence=True,
    recording="S",
    order=52,
    summary="现场检查笔录之外另行询问的，一人一份；告知和申辩也可以记在这里。",
    fields=(
        case_no(),
        *span_and_place("询问"),
        *under(
            "被询问人",
            Field(
                name="interviewee", label="被询问人", type="person", required=True, source="case.party.name",
            ),
            Field(
                name="interviewed_as", label="身份", type="enum", required=True,
                options=("当事人", "法定代表人", "证人", "其他"),
            ),
            Field(name="id_number", label="身份证件号码", secret=True, source="case.party.id_number"),
        ),
        officers(),
        *rights("rights_interview"),
        _qa(required=True),
        *telling(),
    ),
    signatures=(Signature(role="interviewee", label="被询问人", every_page=True), TWO_OFFICERS_EACH_PAGE),
)  # fmt: skip

SUMMARY_DECISION = Document(
    code="summary_decision",
    title="当场处罚决定书",
    cites=(A(26), L("罚", 51), L("罚", 52)),
    requirement="R26.2",
    facing="P",
    stage="审查决定",
    layout="letter",
    number="当罚",
    sealed=True,
    served=True,
    recording="S",
    order=20,
    blanks=True,
    summary="使用预定格式、编有号码、加盖印章的决定书，写明法定事项，签名后当场交付。",
    lead="经当场查明，当事人有下列违法行为，依照《中华人民共和国行政处罚法》第五十一条，当场作出如下行政处罚决定。",
    fields=(
        case_no(),
        party(),
        facts("summary_inspection_record.facts", "违法事实"),
        *_what("summary_inspection_record"),
        *under(
            "责令改正",
            Field(name="cure", label="责令改正", type="longtext", source="violation.cure"),
        ),
        *under(
            "作出决定",
            Field(name="at", label="作出决定的时间", type="datetime", required=True, source="now"),
            Field(
                name="place", label="作出决定的地点", required=True, source="summary_inspection_record.place",
            ),
            Field(name="authority", label="作出决定的机关", required=True, source="bureau.name"),
        ),
        *under(
            "履行",
            Field(
                name="pay", label="罚款缴纳方式", type="enum", options=PAY,
                hint="只给予警告的不填；一般到指定的银行或者用电子支付缴纳。",
            ),
            *ground(),
            Field(name="performance", label="履行方式和期限", type="longtext", source="text.summary_payment"),
        ),
        remedies("text.remedies_summary"),
        officers(),
    ),
    signatures=(PARTY, TWO_OFFICERS),
)  # fmt: skip

_DECISION = applies("summary_decision", "当场处罚决定书", name="decision")

SUMMARY_FILING_FORM = Document(
    code="summary_filing_form",
    title="当场处罚备案表",
    cites=(A(26), L("罚", 52)),
    requirement="P52.1",
    facing="I",
    stage="送达执行",
    layout="form",
    part="internal",
    order=105,
    approvals=("S",),
    approved_by="own",
    summary="当场作出的处罚决定按期报局备案，由科室负责人审阅。",
    fields=(
        case_no(),
        _DECISION,
        party(),
        *under(
            "处罚",
            Field(name="number", label="决定书文号", required=True, source="case.decision_number"),
            Field(name="decided_at", label="处罚时间", type="datetime", required=True, source="summary_decision.at"),
            Field(name="place", label="处罚地点", required=True, source="summary_decision.place"),
            Field(name="cause", label="违法行为", required=True, source="summary_decision.cause"),
        ),
        basis(source="summary_decision.basis"),
        penalties("summary_decision.penalties", "处罚内容"),
        *under(
            "申辩与缴纳",
            Field(
                name="defence", label="当事人陈述申辩", type="longtext",
                source="summary_inspection_record.defence|summary_interview_record.defence",
            ),
            Field(name="pay", label="罚款缴纳方式", type="enum", options=PAY, source="summary_decision.pay"),
        ),
        officers(),
    ),
    signatures=(Signature(role="officer", label="执法人员"),),
)  # fmt: skip

COLLECTION_RECEIPT = Document(
    code="collection_receipt",
    title="罚款专用票据",
    cites=(L("罚", 68), L("罚", 69), L("罚", 70)),
    requirement="K7",
    facing="X",
    stage="送达执行",
    layout="received",
    order=80,
    summary="当场收缴罚款的，向当事人出具财政部门统一制发的专用票据，存根存卷。",
    fields=(
        case_no(),
        applies("summary_decision|penalty_decision", "处罚决定书", name="decision"),
        *under(
            "收缴",
            Field(
                name="unified", label="财政部门统一制发的专用票据", type="bool", required=True,
                hint="没有专用票据的，当事人有权拒绝缴纳，不得收缴。",
            ),
            Field(name="receipt_no", label="票据号", required=True),
            Field(name="amount", label="金额", type="money", required=True, source="penalty_decision.fine"),
            Field(name="collected_at", label="收缴时间", type="datetime", required=True, source="now"),
            Field(name="payer", label="缴款人", required=True, source="case.party.name"),
            Field(
                name="collector", label="收缴人", type="person", required=True, source="actor.person",
            ),
            Field(
                name="ashore_at", label="抵岸时间", type="datetime", hint="在水上收缴的，期限自抵岸起算。",
            ),
            *ground(source="summary_decision.pay_ground", required=True),
        ),
        *received(),
    ),
)  # fmt: skip

CASH_HANDOVER = Document(
    code="cash_handover",
    title="当场收缴罚款交付单",
    cites=(L("罚", 71),),
    requirement="K7",
    facing="I",
    stage="送达执行",
    layout="form",
    part="internal",
    order=107,
    summary="当场收缴的罚款二日内交至本局，双方签名；本局二日内缴付银行。",
    fields=(
        case_no(),
        applies("collection_receipt", "罚款专用票据", name="receipt"),
        *under(
            "交付",
            Field(name="receipt_no", label="票据号", required=True, source="collection_receipt.receipt_no"),
            Field(
                name="amount", label="金额", type="money", required=True, source="collection_receipt.amount",
            ),
            Field(
                name="collected_at", label="收缴时间", type="datetime", required=True,
                source="collection_receipt.collected_at",
            ),
            Field(name="handed_at", label="交至本局的时间", type="datetime", required=True, source="now"),
            Field(name="hander", label="交付人", type="person", required=True, source="collection_receipt.collector"),
            Field(name="receiver", label="接收人", type="person", required=True),
        ),
    ),
    signatures=(
        Signature(role="hander", label="交付人"),
        Signature(role="receiver", label="接收人"),
    ),
)  # fmt: skip

DOCUMENTS = (
    SUMMARY_INSPECTION_RECORD,
    SUMMARY_INTERVIEW_RECORD,
    SUMMARY_DECISION,
    SUMMARY_FILING_FORM,
    COLLECTION_RECEIPT,
    CASH_HANDOVER,
)
