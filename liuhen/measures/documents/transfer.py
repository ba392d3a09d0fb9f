"""Transfer to another body, suspected crime (A11, A12; 移; domain §1.2)."""

from __future__ import annotations

from liuhen.measures.documents.groups import (
    TWO_OFFICERS,
    applies,
    basis,
    case_no,
    evidence,
    facts,
    items,
    officers,
    party,
    reasons,
    received,
    under,
)
from liuhen.measures.vocabulary import A, Document, Field, L

_ATTACHMENT_COLUMNS = (
    Field(name="name", label="材料名称", required=True),
    Field(name="copies", label="份数", type="number", default="1"),
    Field(name="pages", label="页数", type="number"),
    Field(name="form", label="原件或复制件", type="enum", options=("原件", "复制件")),
)


def _attachments(source: str, hint: str = "") -> Field:
    return Field(
        name="attachments", label="材料清单", type="list", required=True, minimum=1, source=source,
        group="清单",
        columns=_ATTACHMENT_COLUMNS, hint=hint,
    )  # fmt: skip


CASE_TRANSFER_LETTER = Document(
    code="case_transfer_letter",
    title="案件移送函",
    cites=(A(11), L("罚", 22)),
    requirement="R11.1",
    facing="T",
    stage="送达执行",
    layout="letter",
    number="移",
    sealed=True,
    served=True,
    order=20,
    approved_by="case_matter_approval",
    equal=("party", "basis"),
    summary="不属于本局管辖的案件，经批准后移送有管辖权的行政机关，并填写送达回证。",
    addressed="to_body",
    lead="下列案件经审查不属于本局管辖，现移送你单位依法处理。",
    close="请在收到后出具回执，并将处理结果函告本局。",
    fields=(
        case_no(),
        *under("受移送机关", Field(name="to_body", label="受移送机关", required=True)),
        party(),
        facts("verification_report.result", "案情"),
        reasons("移送理由", source="case_matter_approval.reasons"),
        basis(source="case_matter_approval.basis"),
        _attachments("case.documents"),
    ),
)

CRIME_TRANSFER_REPORT = Document(
    code="crime_transfer_report",
    title="涉嫌犯罪案件移送报告",
    cites=(A(12), L("移", 5)),
    requirement="R12.1",
    facing="I",
    stage="审查决定",
    layout="form",
    part="internal",
    order=121,
    approvals=("S", "L", "P"),
    approved_by="own",
    summary="发现涉嫌犯罪的，办案人员书面报告，由主要负责人在三日内决定是否移送。",
    fields=(
        case_no(),
        party(),
        facts("investigation_report.facts|docket_approval.verification", "案情"),
        *under(
            "移送",
            Field(name="suspected_crime", label="涉嫌罪名", required=True),
            Field(
                name="advice", label="建议", type="longtext", required=True,
                phrases=("建议移送公安机关处理。",),
            ),
            Field(
                name="task_officers", label="专案组人员", type="people", required=True, minimum=2,
                source="case.officers", hint="不少于两名。",
            ),
        ),
        evidence(),
        officers(),
    ),
    signatures=(TWO_OFFICERS,),
)  # fmt: skip

CRIME_INVESTIGATION_REPORT = Document(
    code="crime_investigation_report",
    title="涉嫌犯罪案件情况的调查报告",
    cites=(A(12), L("移", 6)),
    requirement="R12.1",
    facing="T",
    stage="审查决定",
    layout="form",
    part="internal",
    order=122,
    summary="随移送书一并移送，写明案件来源、调查经过、事实和证据。",
    fields=(
        case_no(),
        party(),
        *under(
            "调查",
            Field(name="source_kind", label="案件来源", required=True, source="case_source_form.source_kind"),
            Field(
                name="course", label="调查经过", type="longtext", required=True,
                source="investigation_report.course|text.course_of_investigation",
            ),
        ),
        facts("crime_transfer_report.facts", "涉嫌犯罪事实"),
        evidence("crime_transfer_report.evidence"),
        officers(),
    ),
    signatures=(TWO_OFFICERS,),
)  # fmt: skip

CRIME_TRANSFER_LETTER = Document(
    code="crime_transfer_letter",
    title="涉嫌犯罪案件移送书",
    cites=(A(12), L("移", 6)),
    requirement="R12.1",
    facing="T",
    stage="送达执行",
    layout="letter",
    number="涉罪移",
    sealed=True,
    served=True,
    recording="S",
    order=20,
    approved_by="crime_transfer_report",
    equal=("party", "facts", "suspected_crime"),
    summary="批准之后二十四小时内，连同调查报告、涉案物品清单、检验报告或鉴定意见移送公安机关。",
    addressed="to_body",
    lead="本局查办的下列案件涉嫌犯罪，依照《行政执法机关移送涉嫌犯罪案件的规定》移送你单位审查。",
    close="请依法审查，并将立案或者不予立案的决定书面通知本局。",
    fields=(
        case_no(),
        *under(
            "受移送机关",
            Field(name="to_body", label="受移送的公安机关", required=True, source="bureau.police"),
        ),
        party(),
        *under(
            "移送",
            Field(
                name="suspected_crime", label="涉嫌罪名", required=True,
                source="crime_transfer_report.suspected_crime",
            ),
            Field(
                name="prosecutor_copied", label="已抄送人民检察院", type="bool", required=True,
                hint="移送书应当抄送检察机关备查。",
            ),
        ),
        facts("crime_transfer_report.facts", "案情摘要"),
        _attachments("text.crime_attachments", "五类材料缺一类的，写明没有及原因。"),
        items(
            "涉案物品清单", "case.items", Field(name="from_list", label="来源清单"),
            Field(name="kept_at", label="现存地"), required=False,
        ),
    ),
)  # fmt: skip

POLICE_REPLY = Document(
    code="police_reply",
    title="公安机关立案（不予立案）通知书",
    cites=(L("移", 8), L("移", 9), L("移", 12)),
    requirement="C12.1",
    facing="X",
    stage="送达执行",
    layout="received",
    order=81,
    summary="收到后，起算移交物品、提请复议或者建议立案监督的期限。",
    fields=(
        case_no(),
        *under(
            "通知",
            Field(
                name="result", label="结果", type="enum", required=True,
                options=("立案", "不予立案", "转送其他机关"),
            ),
            Field(name="reply_number", label="通知书文号"),
            Field(name="replied_on", label="通知日期", type="date", required=True),
        ),
        *received(),
    ),
)  # fmt: skip

SEIZED_PROPERTY_TRANSFER_NOTICE = Document(
    code="seized_property_transfer_notice",
    title="（查封、扣押）财物移送通知书",
    cites=(A(12), L("强", 21)),
    requirement="R12.2",
    facing="P",
    stage="送达执行",
    layout="letter",
    number="财移",
    sealed=True,
    served=True,
    order=40,
    summary="查封、扣押的物品移交公安机关后，附清单送达被采取强制措施的当事人。",
    lead="你（单位）被查封（扣押）的下列财物，因案件涉嫌犯罪，依照《中华人民共和国行政强制法》第二十一条，已经随案移送公安机关，现通知你（单位）。",
    fields=(
        case_no(),
        party(),
        applies("seizure_decision", "原查封（扣押）决定书", name="measure"),
        *under(
            "移送",
            Field(
                name="to_body", label="受移送机关", required=True, source="crime_transfer_letter.to_body",
            ),
            Field(name="transferred_on", label="移送日期", type="date", required=True, source="handed_to_receiver.at|today"),
        ),
        items("（场所、设施、财物）清单", "seizure_decision.items"),
    ),
)  # fmt: skip

DOCUMENTS = (
    CASE_TRANSFER_LETTER,
    CRIME_TRANSFER_REPORT,
    CRIME_INVESTIGATION_REPORT,
    CRIME_TRANSFER_LETTER,
    POLICE_REPLY,
    SEIZED_PROPERTY_TRANSFER_NOTICE,
)
