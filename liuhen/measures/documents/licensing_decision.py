"""The licence decision, its certificate and what becomes of a licence later (A8; 许 38–44, 49, 50, 69, 70)."""

from __future__ import annotations

from liuhen.measures.documents.groups import case_no, reasons, received, remedies, under
from liuhen.measures.documents.licensing_groups import (
    APPLICANT,
    AUTHORS,
    REVIEWERS,
    WINDOW,
    applicant,
    basis,
    matter,
)
from liuhen.measures.vocabulary import A, Cite, Document, Field, L, Signature

AUTHORITY = Field(name="authority", label="机关名称", required=True, source="bureau.name", group="决定")

LICENSE_APPROVAL_FORM = Document(
    code="license_approval_form",
    title="行政许可审批表",
    cites=(A(8),),
    requirement="R8.2",
    facing="I",
    stage="审查决定",
    layout="form",
    order=20,
    approvals=("S", "B"),
    approved_by="own",
    authors=REVIEWERS,
    summary="写明审查情况和拟办意见，由科室负责人和局领导签署。",
    fields=(
        case_no(),
        applicant(),
        matter(),
        *under(
            "审批",
            Field(
                name="accepted_on", label="受理日期", type="date", required=True,
                source="license_acceptance_notice.accepted_on|case.acceptable_on",
            ),
            Field(
                name="review_summary", label="审查情况", type="longtext", required=True,
                source="license_review_record.opinion",
            ),
            Field(
                name="proposal", label="拟办意见", type="enum", options=("准予", "不予"), required=True
            ),
            Field(
                name="reasons", label="不予许可的理由", type="longtext", required_if=("proposal", "不予"),
            ),
            Field(
                name="despite", label="有不符合而仍准予的理由", type="longtext",
                hint="审查记录有不符合、不齐全、无效的，仍拟准予的，写明理由。",
            ),
        ),
    ),
    signatures=(Signature(role="officer", label="经办人"),),
)  # fmt: skip

_CONTENT = (
    Field(
        name="content", label="决定内容", type="longtext", required=True, source="text.license_granted",
    ),
    Field(name="valid_from", label="有效期自", type="date"),
    Field(name="valid_to", label="有效期至", type="date"),
    Field(
        name="conditions", label="附加条件", type="list",
        columns=(Field(name="condition", label="条件", required=True),),
    ),
    Field(name="license_no", label="许可证号"),
    Field(name="project_code", label="项目代码", source="license_application.project_code"),
)  # fmt: skip

LICENSE_GRANT_DECISION = Document(
    code="license_grant_decision",
    title="准予行政许可决定书",
    alias="批复",
    cites=(A(8), L("许", 38)),
    requirement="R8.2",
    facing="P",
    stage="审查决定",
    layout="letter",
    number="许准",
    sealed=True,
    served=True,
    order=10,
    approved_by="license_approval_form",
    equal=("party", "matter"),
    authors=REVIEWERS,
    summary="写明准予的内容、有效期和条件，十个工作日内送达，依法公开。",
    lead="你（单位）的申请符合法定条件、标准，依照《中华人民共和国行政许可法》第三十八条，决定准予行政许可。",
    fields=(case_no(), applicant(), matter(), *under("决定", *_CONTENT), basis(), AUTHORITY),
)

LICENSE_DENIAL_DECISION = Document(
    code="license_denial_decision",
    title="不予行政许可决定书",
    cites=(A(8), L("许", 38)),
    requirement="R8.2",
    facing="P",
    stage="审查决定",
    layout="letter",
    number="许不",
    sealed=True,
    served=True,
    order=10,
    approved_by="license_approval_form",
    equal=("party", "matter"),
    authors=REVIEWERS,
    summary="写明不予许可的理由和依据，告知申请复议和起诉的权利。",
    fields=(
        case_no(),
        applicant(),
        matter(),
        *under(
            "决定",
            Field(
                name="content", label="决定内容", type="longtext", required=True, source="text.license_denied"
            ),
        ),
        reasons("不予许可的理由", source="license_approval_form.reasons"),
        basis(),
        AUTHORITY,
        remedies(),
    ),
)

LICENSE_CERTIFICATE = Document(
    code="license_certificate",
    title="行政许可证件",
    cites=(L("许", 39),),
    requirement="R8.2",
    facing="P",
    stage="送达执行",
    layout="letter",
    number="许证",
    sealed=True,
    served=True,
    order=12,
    authors=AUTHORS,
    summary="需要颁发许可证件的，加盖本局印章后颁发。",
    fields=(
        case_no(),
        applicant(),
        matter(),
        *under(
            "证件",
            Field(
                name="content", label="许可内容", type="longtext", required=True,
                source="license_application.request",
            ),
            Field(
                name="license_no", label="许可证号", required=True,
                source="license_grant_decision.license_no",
            ),
            Field(
                name="valid_from", label="有效期自", type="date", source="license_grant_decision.valid_from"
            ),
            Field(name="valid_to", label="有效期至", type="date", source="license_grant_decision.valid_to"),
        ),
    ),
)  # fmt: skip

_LICENCE = Field(name="license", label="原许可决定书文号", required=True, group="原许可")


_VALID_TO = Field(
    name="valid_to", label="原许可有效期至", type="date", group="原许可", hint="没有有效期的不填。",
)  # fmt: skip


def _application(code: str, title: str, what: str, *cites: Cite) -> Document:
    """An application about a licence that exists: in the linked case that it opens."""
    return Document(
        code=code, title=title, cites=(A(6), *cites), requirement="R6.1", facing="X", stage="启动",
        layout="received", order=40, authors=WINDOW, summary=f"被许可人{what}，写明原许可和申请的内容。",
        fields=(
            case_no(), applicant(), _LICENCE, _VALID_TO,
            *under("申请", Field(name="request", label="申请内容", type="longtext", required=True),
                   Field(name="reasons", label="申请理由", type="longtext")),
            *received(),
        ),
        signatures=(APPLICANT,),
    )  # fmt: skip


def _later(code: str, title: str, number: str, summary: str, lead: str, *cites: Cite) -> Document:
    """A decision about a licence that exists; it may go against its holder, so it tells the remedies."""
    return Document(
        code=code, title=title, cites=(A(8), *cites), requirement="R8.2", facing="P", stage="审查决定",
        layout="letter", number=number, sealed=True, served=True, order=10, approvals=("S", "B"),
        approved_by="own", authors=REVIEWERS, summary=summary, lead=lead,
        fields=(
            case_no(), applicant(), _LICENCE,
            *under("决定", Field(name="content", label="决定内容", type="longtext", required=True)),
            reasons(), basis(), AUTHORITY, remedies(),
        ),
    )  # fmt: skip


LATER = (
    _application("license_change_application", "变更行政许可申请书", "要求变更许可事项", L("许", 49)),
    _later(
        "license_change_decision", "变更行政许可决定书", "许变", "符合法定条件的，办理变更。",
        "对你（单位）变更行政许可的申请，依照《中华人民共和国行政许可法》第四十九条，决定如下。", L("许", 49),
    ),
    _application("license_renewal_application", "延续行政许可申请书", "需要延续有效期", L("许", 50)),
    _later(
        "license_renewal_decision", "延续行政许可决定书", "许续",
        "有效期届满前决定是否准予延续，逾期未决定的视为准予。",
        "对你（单位）延续行政许可有效期的申请，依照《中华人民共和国行政许可法》第五十条，决定如下。", L("许", 50),
    ),
    _later(
        "license_revocation_decision", "撤销行政许可决定书", "许撤",
        "违法作出的许可，或者以欺骗、贿赂取得的许可，依法撤销。",
        "依照《中华人民共和国行政许可法》第六十九条，本局决定撤销下列行政许可。", L("许", 69),
    ),
    _later(
        "license_cancellation", "注销行政许可决定书", "许销", "许可届满未延续、被撤销等情形，办理注销。",
        "依照《中华人民共和国行政许可法》第七十条，本局决定注销下列行政许可。", L("许", 70),
    ),
)  # fmt: skip

DOCUMENTS = (
    LICENSE_APPROVAL_FORM,
    LICENSE_GRANT_DECISION,
    LICENSE_DENIAL_DECISION,
    LICENSE_CERTIFICATE,
    *LATER,
)
