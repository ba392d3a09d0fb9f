"""Report, proposal, telling the party, defence (A15, A17, A18; 罚 44, 45; domain §1.3, §1.4)."""

from __future__ import annotations

from liuhen.measures.documents.groups import (
    AGENT_IF_ANY,
    PARTY,
    PARTY_EACH_PAGE,
    TWO_OFFICERS,
    applies,
    basis,
    case_no,
    contact,
    evidence,
    facts,
    officers,
    party,
    penalties,
    reasons,
    received,
    span_and_place,
    under,
)
from liuhen.measures.vocabulary import A, Document, Field, L

PUNISH = "给予行政处罚"
OTHERWISE = ("不予行政处罚", "销案", "移送其他机关", "移送公安机关")
DISCRETION_KINDS = ("从轻", "减轻", "一般", "从重", "不予处罚")


def discretion(source: str = "", *, required: bool = True) -> Field:
    """裁量情节: rows of the circumstance, its direction and the published standard's item."""
    return Field(
        name="discretion", label="裁量情节", type="list", required=required, minimum=1 if required else 0,
        source=source, group="处罚内容",
        columns=(
            Field(name="kind", label="裁量", type="enum", options=DISCRETION_KINDS, required=True),
            Field(name="circumstance", label="情节", type="longtext", required=True),
            Field(name="standard", label="裁量基准条目", hint="引用已公布的裁量基准。"),
        ),
    )  # fmt: skip


def nature(source: str) -> Field:
    """定性（案件性质）: what the conduct is in law."""
    return Field(
        name="nature", label="案件性质", type="longtext", required=True, source=source, group="事实与依据"
    )


INVESTIGATION_REPORT = Document(
    code="investigation_report",
    title="案件调查终结报告",
    cites=(A(17), L("罚", 54)),
    requirement="R17.1",
    facing="I",
    stage="调查取证",
    layout="form",
    part="internal",
    order=110,
    approvals=("S",),
    approved_by="own",
    summary="调查终结后，写明经过、事实、证据、定性、裁量和处理建议。",
    fields=(
        case_no(),
        party(),
        *under(
            "来源与立案",
            Field(name="source_kind", label="案件来源", required=True, source="docket_approval.source_kind"),
            Field(
                name="docketed_on", label="立案时间", type="date", required=True, source="case.docketed_on",
            ),
            Field(name="cause", label="案由", required=True, source="docket_approval.cause"),
        ),
        *under(
            "调查",
            Field(
                name="course", label="调查经过", type="longtext", required=True,
                source="text.course_of_investigation",
                hint="按时间列出检查、询问、取证和告知。",
            ),
        ),
        facts("site_inspection_record.situation"),
        evidence(),
        nature("violation.title|docket_approval.cause"),
        basis(),
        discretion(),
        *under(
            "处理建议",
            Field(
                name="proposal", label="处理建议", type="enum", required=True,
                options=(PUNISH, *OTHERWISE), default=PUNISH,
            ),
            Field(
                name="needs_hearing", label="须告知听证权利", type="bool", source="rule.needs_hearing",
                hint="由系统按处罚种类和数额判断，可改，须有理由。",
            ),
            Field(name="is_major", label="重大、复杂案件", type="bool", source="rule.is_major"),
        ),
        penalties("violation.penalties", "建议给予的处罚", required=False, only_if=("proposal", PUNISH)),
        officers(),
    ),
    signatures=(TWO_OFFICERS,),
)  # fmt: skip

PROPOSAL_APPROVAL = Document(
    code="proposal_approval",
    title="拟处罚意见审批表",
    cites=(A(18),),
    requirement="R18.1",
    facing="I",
    stage="审查决定",
    layout="form",
    part="internal",
    order=120,
    approvals=("S", "B"),
    approved_by="own",
    summary="执法科室将处罚建议报局领导批准，批准后才制作告知书。",
    fields=(
        case_no(),
        party(),
        facts("investigation_report.facts"),
        nature("investigation_report.nature"),
        reasons("处罚理由", source="text.penalty_reasons"),
        basis(source="investigation_report.basis"),
        penalties("investigation_report.penalties", "拟给予的处罚"),
        discretion("investigation_report.discretion"),
        officers(),
    ),
    signatures=(TWO_OFFICERS,),
)  # fmt: skip

_EQUAL = ("party", "facts", "basis", "penalties")


def _told() -> tuple[Field, ...]:
    """What Article 44 of 罚 has the party told: content, facts, reasons, basis."""
    return (
        case_no(),
        party(),
        facts("proposal_approval.facts"),
        evidence("investigation_report.evidence"),
        reasons("处罚理由", source="proposal_approval.reasons"),
        basis(source="proposal_approval.basis"),
        penalties("proposal_approval.penalties", "拟给予的处罚"),
    )


def _defence_right() -> tuple[Field, ...]:
    return under(
        "权利",
        Field(
            name="defence_days", label="陈述申辩期限（工作日）", type="number", required=True,
            source="setting.defence_days",
        ),
        Field(
            name="defence_told", label="陈述申辩权", type="longtext", required=True,
            source="text.defence_right",
        ),
    )  # fmt: skip


PENALTY_NOTICE = Document(
    code="penalty_notice",
    title="行政处罚告知书",
    alias="行政处罚事先告知书",
    cites=(A(15), A(18), L("罚", 44)),
    requirement="R15.1",
    facing="P",
    stage="审查决定",
    layout="letter",
    number="罚告",
    sealed=True,
    served=True,
    recording="S",
    order=40,
    approved_by="proposal_approval",
    equal=_EQUAL,
    summary="作出决定之前，告知当事人拟处罚的内容、事实、理由、依据和陈述申辩权。",
    lead="对你（单位）的违法行为，本局拟作出行政处罚。依照《中华人民共和国行政处罚法》第四十四条，现将拟作出的处罚内容及事实、理由、依据和你（单位）依法享有的权利告知如下。",
    fields=(*_told(), *_defence_right(), *contact()),
)

HEARING_RIGHT_NOTICE = Document(
    code="hearing_right_notice",
    title="行政处罚听证告知书",
    cites=(A(16), A(18), L("罚", 44), L("罚", 63), L("罚", 64)),
    requirement="R16.1",
    facing="P",
    stage="审查决定",
    layout="letter",
    number="听告",
    sealed=True,
    served=True,
    recording="S",
    order=40,
    approved_by="proposal_approval",
    equal=_EQUAL,
    summary="符合听证条件的，用它代替行政处罚告知书，同时告知陈述申辩权和听证权。",
    lead="对你（单位）的违法行为，本局拟作出行政处罚。依照《中华人民共和国行政处罚法》第四十四条、第六十三条、第六十四条，现将拟作出的处罚内容及事实、理由、依据和你（单位）依法享有的权利告知如下。",
    fields=(
        *_told(),
        *_defence_right(),
        *under(
            "权利",
            Field(
                name="hearing_days", label="要求听证期限（工作日）", type="number", required=True,
                source="setting.hearing_days",
            ),
            Field(
                name="hearing_told", label="听证权", type="longtext", required=True,
                source="text.hearing_right",
            ),
        ),
        *contact(),
    ),
)  # fmt: skip

DEFENCE_RECORD = Document(
    code="defence_record",
    title="陈述、申辩笔录",
    cites=(A(15), L("罚", 45)),
    requirement="R15.2",
    facing="P",
    stage="审查决定",
    layout="record",
    recording="S",
    order=60,
    summary="当事人口头陈述和申辩的，当面记录，逐页签名。",
    fields=(
        case_no(),
        *span_and_place("陈述申辩", "bureau.address"),
        party(),
        Field(name="agent", label="代理人", source="power_of_attorney.agents", type="people", group="当事人"),
        *under(
            "陈述申辩",
            Field(
                name="statement", label="陈述申辩内容", type="longtext", required=True,
                hint="照当事人的原话记，逐点分段。",
            ),
            Field(name="attachments", label="提交的材料", type="files"),
            Field(
                name="confirm", label="核对意见", type="longtext", required=True, source="text.confirm_record"
            ),
        ),
        officers(),
    ),
    signatures=(PARTY_EACH_PAGE, TWO_OFFICERS, AGENT_IF_ANY),
)  # fmt: skip

DEFENCE_SUBMISSION = Document(
    code="defence_submission",
    title="陈述申辩书",
    cites=(A(15), L("罚", 45)),
    requirement="R15.2",
    facing="X",
    stage="审查决定",
    layout="received",
    order=60,
    summary="当事人书面提出的陈述和申辩。",
    fields=(
        case_no(),
        party(),
        Field(
            name="statement", label="要点", type="longtext", required=True, group="陈述申辩",
            hint="逐点分段，便于逐条复核。",
        ),
        Field(
            name="posted_on", label="交邮日期", type="date", group="陈述申辩",
            hint="邮寄的才填，在期限内交邮不算过期。",
        ),
        *received(),
    ),
    signatures=(PARTY,),
)  # fmt: skip

DEFENCE_REEXAMINATION_FORM = Document(
    code="defence_reexamination_form",
    title="陈述申辩复核意见书",
    cites=(A(22), L("罚", 45)),
    requirement="P45.1",
    facing="I",
    stage="审查决定",
    layout="form",
    part="internal",
    order=120,
    approvals=("S",),
    approved_by="own",
    summary="对当事人提出的事实、理由和证据逐条复核，成立的采纳，不得因申辩加重处罚。",
    fields=(
        case_no(),
        party(),
        applies("defence_record|defence_submission", "陈述申辩材料", name="defence"),
        *under(
            "复核",
            Field(
                name="points", label="逐条复核", type="list", required=True, minimum=1,
                source="points.defence_record|points.defence_submission",
                columns=(
                    Field(name="point", label="当事人意见", type="longtext", required=True),
                    Field(name="finding", label="复核情况", type="longtext", required=True),
                    Field(name="accepted", label="采纳", type="bool", required=True),
                    Field(
                        name="reason", label="理由", type="longtext", required=True,
                        phrases=(
                            "与查明的事实一致，予以采纳。", "没有证据支持，不予采纳。",
                            "不属于法定的从轻情节。",
                        ),
                    ),
                ),
            ),
            Field(
                name="conclusion", label="复核意见", type="longtext", required=True,
                phrases=("当事人的意见成立，建议变更处罚。", "当事人的意见不成立，维持原处罚建议。"),
            ),
        ),
        officers(),
    ),
    signatures=(TWO_OFFICERS,),
)  # fmt: skip

WAIVER_STATEMENT = Document(
    code="waiver_statement",
    title="放弃陈述申辩（听证）权利声明",
    cites=(A(15), A(16), L("罚", 62)),
    requirement="R15.2",
    facing="X",
    stage="审查决定",
    layout="received",
    order=60,
    summary="当事人明确放弃权利的书面声明，有签名和日期。",
    fields=(
        case_no(),
        party(),
        *under(
            "声明",
            Field(
                name="waived", label="放弃的权利", type="enum", required=True,
                options=("陈述申辩", "听证", "陈述申辩和听证"),
            ),
            Field(name="waived_on", label="声明日期", type="date", required=True),
            applies("penalty_notice|hearing_right_notice", "告知书", name="notice"),
        ),
        *received(),
    ),
    signatures=(PARTY,),
)  # fmt: skip

DOCUMENTS = (
    INVESTIGATION_REPORT,
    PROPOSAL_APPROVAL,
    PENALTY_NOTICE,
    HEARING_RIGHT_NOTICE,
    DEFENCE_RECORD,
    DEFENCE_SUBMISSION,
    DEFENCE_REEXAMINATION_FORM,
    WAIVER_STATEMENT,
)
