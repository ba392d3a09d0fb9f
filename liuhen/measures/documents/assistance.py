"""Help from others and steps beside the evidence: assistance, jurisdiction, talks, the government (罚 20–26;
粮法 61; 节 71, 72; domain §1.8)."""

from __future__ import annotations

from liuhen.measures.documents.groups import (
    PARTY_EACH_PAGE,
    TWO_OFFICERS_EACH_PAGE,
    basis,
    case_no,
    facts,
    officers,
    party,
    reasons,
    span_and_place,
    under,
)
from liuhen.measures.vocabulary import A, Document, Field, L

ASSISTANCE_LETTER = Document(
    code="assistance_letter", title="协助调查函", cites=(A(14), L("罚", 26)), requirement="R14.1", facing="T",
    stage="调查取证", layout="letter", number="协", sealed=True, order=40, approvals=("S",), approved_by="own",
    summary="需要其他机关、单位协助调查的，发函写明案情、请求事项和答复期限。",
    addressed="to_body",
    lead="本局查办下列案件，依照《中华人民共和国行政处罚法》第二十六条，请予协助。",
    close="此函。",
    fields=(
        case_no(),
        *under("受函机关", Field(name="to_body", label="受函机关", required=True)),
        party(),
        facts("docket_approval.verification", "案情"),
        *under(
            "协助",
            Field(name="request", label="请求协助的事项", type="longtext", required=True),
            Field(name="due_on", label="请于此日前答复", type="date", ahead=True),
        ),
        basis(required=False),
        officers(),
    ),
)  # fmt: skip

JURISDICTION_DESIGNATION_REQUEST = Document(
    code="jurisdiction_designation_request", title="指定管辖请示", cites=(A(11), L("罚", 25)),
    requirement="R11.1", facing="T", stage="启动", layout="letter", number="管请", sealed=True,
    part="internal", order=121, approvals=("S", "B"), approved_by="own",
    summary="管辖发生争议、协商不成的，报请共同的上一级机关指定管辖。",
    addressed="to_body",
    lead="下列案件的管辖发生争议，协商不成，依照《中华人民共和国行政处罚法》第二十五条，报请指定管辖。",
    close="妥否，请批示。",
    fields=(
        case_no(),
        *under("上级机关", Field(name="to_body", label="共同的上一级机关", required=True)),
        party(),
        facts("verification_report.result|docket_approval.verification", "案情"),
        *under(
            "争议",
            Field(name="other_body", label="发生争议的机关", required=True),
            Field(name="dispute", label="争议和协商经过", type="longtext", required=True),
            Field(name="opinion", label="本局意见", type="longtext", required=True),
        ),
        basis(),
    ),
)  # fmt: skip

WARNING_TALK_RECORD = Document(
    code="warning_talk_record", title="约谈记录", cites=(A(4), L("粮法", 61)), requirement="R14.1", facing="P",
    stage="调查取证", layout="record", order=52,
    summary="约谈单位负责人，记明指出的问题、提出的要求和对方的答复。",
    fields=(
        case_no(), party(), officers(),
        *span_and_place("约谈", "bureau.address"),
        *under(
            "约谈",
            Field(name="talked_to", label="被约谈人", required=True, source="case.party.legal_rep"),
            Field(name="post", label="职务", source="case.party.legal_rep_post"),
            Field(name="matter", label="约谈事由", type="longtext", required=True, source="case.cause"),
            Field(name="problems", label="指出的问题", type="longtext", required=True),
            Field(name="demands", label="提出的要求", type="longtext", required=True),
            Field(name="answer", label="被约谈人的答复", type="longtext", required=True),
        ),
    ),
    signatures=(PARTY_EACH_PAGE, TWO_OFFICERS_EACH_PAGE),
)  # fmt: skip

PROPOSAL_TO_GOVERNMENT = Document(
    code="proposal_to_government", title="提请政府责令停业整顿（关闭）的报告",
    cites=(A(23), L("节", 71), L("节", 72), L("罚", 57)), requirement="P57.1", facing="T", stage="审查决定",
    layout="letter", number="提政", sealed=True, order=40, approvals=("S", "L", "P"), approved_by="own",
    summary="情节严重、需要由政府责令停业整顿或者关闭的，集体讨论后提出意见，报请本级政府。",
    addressed="to_body",
    lead="下列违法行为，依法由本级人民政府决定责令停业整顿（关闭），现报请决定。",
    close="以上报告，请审定。",
    fields=(
        case_no(),
        *under("受文机关", Field(name="to_body", label="本级人民政府", required=True)),
        party(),
        facts("investigation_report.facts"),
        basis(),
        *under(
            "建议",
            Field(
                name="proposed", label="提请事项", type="enum", required=True,
                options=("责令停业整顿", "责令关闭"),
            ),
        ),
        reasons("提请理由"),
        Field(
            name="discussion", label="集体讨论记录", type="document",
            source="document.collective_discussion_minutes", group="建议",
        ),
    ),
)  # fmt: skip

DOCUMENTS = (
    ASSISTANCE_LETTER,
    JURISDICTION_DESIGNATION_REQUEST,
    WARNING_TALK_RECORD,
    PROPOSAL_TO_GOVERNMENT,
)
