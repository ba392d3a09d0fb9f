"""What turns a case off its course: withdrawal, suspension, end, extension, correction (A3, A25; 罚 60)."""

from __future__ import annotations

from liuhen.measures.documents.groups import (
    PENALTY_DECISIONS,
    TWO_OFFICERS,
    applies,
    basis,
    case_no,
    facts,
    officers,
    party,
    reasons,
    remedies,
    under,
)
from liuhen.measures.vocabulary import A, Document, Field, L

_KNOWN = "investigation_report.facts|docket_approval.verification"


def _course_approval(
    code: str,
    title: str,
    summary: str,
    *grounds: str,
    requirement: str = "R25.1",
    known: str = _KNOWN,
    law: str = "",
) -> Document:
    """The sheet by which a case is withdrawn, suspended or ended: ground, reasons, approval by S and B. What was found out is
    ``known`` from these; the ``law`` is not that by which the party would be punished."""
    return Document(
        code=code,
        title=title,
        cites=(A(25),) if requirement == "R25.1" else (A(3), L("罚", 60)),
        requirement=requirement,
        facing="I",
        stage="审查决定",
        layout="form",
        part="internal",
        order=120,
        approvals=("S", "B"),
        approved_by="own",
        summary=summary,
        fields=(
            case_no(),
            party(),
            Field(name="ground", label="情形", type="enum", required=True, options=grounds, group="事项"),
            facts(known, "查明的事实"),
            reasons(),
            basis(required=False, source=law),
            officers(),
        ),
        signatures=(TWO_OFFICERS,),
    )


CASE_WITHDRAWAL_APPROVAL = _course_approval(
    "case_withdrawal_approval", "销案审批表", "立案后查明不应继续办理的，报批销案，并告知结果。",
    "违法事实不能成立", "当事人死亡或者终止", "超过追究时效", "其他",
    # Why it was docketed is not why it is withdrawn.
    known="investigation_report.facts", law="text.basis_withdrawal",
)  # fmt: skip
CASE_SUSPENSION_APPROVAL = _course_approval(
    "case_suspension_approval", "中止调查审批表",
    "调查无法继续的，报批中止；恢复时另行登记。办案期限不因此停止。",
    "等待其他案件结果", "当事人无法查找", "不可抗力", "其他", requirement="R3.1",
)  # fmt: skip
CASE_TERMINATION_APPROVAL = _course_approval(
    "case_termination_approval", "终结调查审批表", "中止的原因不能消除，或者调查已无意义的，报批终结。",
    "当事人死亡或者终止且无承继者", "证据无法取得", "其他", requirement="R3.1",
)  # fmt: skip

PERIOD_EXTENSION_APPROVAL = Document(
    code="period_extension_approval",
    title="延长办案期限审批表",
    cites=(L("罚", 60),),
    requirement="P60.1",
    facing="I",
    stage="审查决定",
    layout="form",
    part="internal",
    order=120,
    approvals=("S", "B"),
    approved_by="own",
    summary="只有法律、法规、规章另有规定的，才能延长办案期限。",
    fields=(
        case_no(),
        party(),
        *under(
            "延长",
            Field(
                name="docketed_on", label="立案时间", type="date", required=True, source="case.docketed_on",
            ),
            Field(name="old_due_on", label="原期限至", type="date", required=True, source="limit.TL-19"),
            Field(name="days", label="延长日数", type="number", required=True),
            Field(name="rule", label="允许延长的规定", required=True, hint="写明规定的名称和条款。"),
        ),
        reasons("延长理由"),
        officers(),
    ),
    signatures=(TWO_OFFICERS,),
)  # fmt: skip

DOCUMENT_CORRECTION_NOTICE = Document(
    code="document_correction_notice",
    title="文书补正（更正）决定书",
    cites=(A(3), A(4)),
    requirement="R3.1",
    facing="P",
    stage="送达执行",
    layout="letter",
    number="更",
    sealed=True,
    served=True,
    order=40,
    approvals=("S", "B"),
    approved_by="own",
    summary="已经送达的文书有笔误的，书面更正并送达；实体内容不得以更正变更。",
    lead="本局作出的下列文书有误，现予更正。",
    close="原文书的其他内容不变。",
    fields=(
        case_no(),
        party(),
        applies("corrected", "所更正的文书", name="corrected"),
        *under(
            "更正",
            Field(
                name="changes", label="更正内容", type="list", required=True, minimum=1,
                source="case.corrections",
                columns=(
                    Field(name="place", label="更正处", required=True),
                    Field(name="old", label="原文", type="longtext", required=True),
                    Field(name="new", label="更正为", type="longtext", required=True),
                ),
            ),
        ),
        reasons("更正理由"),
    ),
)  # fmt: skip

PENALTY_WITHDRAWAL_DECISION = Document(
    code="penalty_withdrawal_decision",
    title="撤销行政处罚决定书",
    cites=(L("罚", 75),),
    requirement="P44.1",
    facing="P",
    stage="送达执行",
    layout="letter",
    number="撤罚",
    sealed=True,
    served=True,
    order=21,
    approvals=("S", "B", "P"),
    approved_by="own",
    summary="发现处罚决定有错误的，主动撤销，送达当事人；重新作出决定的，从告知重新开始。",
    lead="本局作出的下列行政处罚决定有错误，依照《中华人民共和国行政处罚法》第七十五条，决定予以撤销。",
    fields=(
        case_no(),
        party(),
        applies(f"{PENALTY_DECISIONS}|no_penalty_decision", "所撤销的决定书", name="decision"),
        reasons("撤销理由"),
        Field(
            name="anew", label="重新作出决定", type="bool", required=True, group="撤销",
            hint="选“否”的，本案按决定已撤销结案。",
        ),
        remedies(),
    ),
)  # fmt: skip

DOCUMENTS = (
    CASE_WITHDRAWAL_APPROVAL,
    CASE_SUSPENSION_APPROVAL,
    CASE_TERMINATION_APPROVAL,
    PERIOD_EXTENSION_APPROVAL,
    DOCUMENT_CORRECTION_NOTICE,
    PENALTY_WITHDRAWAL_DECISION,
)
