"""Carrying out a penalty: payment, instalments, extra fine, demand, the court (罚 66–73; 强 35–58; domain §1.7)."""

from __future__ import annotations

from dataclasses import replace

from liuhen.measures.documents.groups import (
    TWO_OFFICERS,
    applies,
    case_no,
    officers,
    party,
    reasons,
    received,
    remedies,
    under,
)
from liuhen.measures.documents.performance import schedule
from liuhen.measures.vocabulary import Document, Field, L, Signature

_DECISION = applies("penalty_decision|summary_decision", "行政处罚决定书", name="decision")
PAYMENT_SLIP = Document(
    code="payment_slip", title="罚没款缴款书", cites=(L("罚", 67),), requirement="P66.1", facing="P",
    stage="送达执行", layout="letter", order=40,
    summary="写明缴款的银行、账户和金额，随决定书交给当事人。",
    lead="请自收到行政处罚决定书之日起十五日内，到代收银行缴纳下列罚没款；准予延期、分期缴纳的，按批准的期限缴纳。",
    fields=(
        case_no(), party(), _DECISION,
        *under(
            "缴款",
            Field(name="bank", label="代收银行", required=True, source="bureau.payee_bank"),
            Field(name="account", label="账户或者缴款码", required=True, source="bureau.payee_account"),
            Field(name="amount", label="金额", type="money", required=True, source="penalty_decision.fine"),
        ),
    ),
)  # fmt: skip

INSTALMENT_APPLICATION = Document(
    code="instalment_application", title="延期（分期）缴纳罚款申请书", cites=(L("罚", 66),),
    requirement="P66.1", facing="X", stage="送达执行", layout="received", order=80,
    summary="当事人确有经济困难，申请延期或者分期缴纳罚款。",
    fields=(
        case_no(), party(), _DECISION,
        Field(name="wanted", label="申请内容", type="longtext", required=True, group="申请"),
        reasons("申请理由"),
        *received(),
    ),
)  # fmt: skip

INSTALMENT_DECISION = Document(
    code="instalment_decision", title="延期（分期）缴纳罚款通知书", cites=(L("罚", 66),),
    requirement="P66.1", facing="P", stage="送达执行", layout="letter", number="延缴", sealed=True,
    served=True, order=40, approved_by="instalment_approval", equal=("schedule",),
    summary="经批准延期或者分期的，写明每一期的金额和期限，送达当事人。",
    lead="根据你（单位）的申请，依照《中华人民共和国行政处罚法》第六十六条，准予按下列期次缴纳罚款。",
    close="到期不缴纳的，每日按罚款数额的百分之三加处罚款，并依法申请人民法院强制执行。",
    fields=(
        case_no(), party(), _DECISION, reasons("准予理由", source="instalment_approval.reasons"),
        schedule("instalment_approval.schedule"),
    ),
)  # fmt: skip

ADDITIONAL_FINE_NOTICE = Document(
    code="additional_fine_notice", title="加处罚款决定书", cites=(L("罚", 72), L("强", 45)),
    requirement="P72.1", facing="P", stage="送达执行", layout="letter", number="加罚", sealed=True,
    served=True, order=40, approvals=("S", "B"), approved_by="own",
    summary="逾期不缴纳罚款的，每日按百分之三加处，不超过罚款数额；复议、诉讼期间不计算。",
    lead="你（单位）逾期没有缴纳罚款，依照《中华人民共和国行政处罚法》第七十二条，决定加处罚款。",
    fields=(
        case_no(), party(), _DECISION,
        *under(
            "加处罚款",
            Field(name="base", label="罚款数额", type="money", required=True, source="case.fine_imposed"),
            Field(
                name="rate", label="加处标准", required=True, default="每日百分之三，总额不超过罚款数额",
            ),
            Field(name="from_on", label="起算日期", type="date", required=True, source="case.extra_from"),
            Field(name="to_on", label="计算至", type="date", required=True, source="today"),
            Field(name="paused", label="不计算的期间", hint="复议、诉讼期间。", source="case.extra_paused"),
            Field(
                name="amount", label="加处罚款数额", type="money", required=True, source="case.extra_accrued",
            ),
        ),
        remedies(),
    ),
)  # fmt: skip

PERFORMANCE_DEMAND = Document(
    code="performance_demand", title="履行行政处罚决定催告书", cites=(L("强", 35), L("强", 54)),
    requirement="F54.1", facing="P", stage="送达执行", layout="letter", number="催", sealed=True,
    served=True, order=40, approvals=("S", "B"), approved_by="own",
    summary="申请法院强制执行之前，书面催告，写明期限、方式、金额和陈述申辩权。",
    lead="你（单位）在法定期限内没有履行下列行政处罚决定，依照《中华人民共和国行政强制法》第五十四条，现予催告，请按期履行。",
    close="逾期仍不履行的，本局将依法申请人民法院强制执行。",
    fields=(
        case_no(), party(), _DECISION,
        *under(
            "催告",
            Field(name="days", label="履行期限（自送达之日起，工作日）", type="number", required=True, default="10"),
            Field(
                name="how", label="履行方式", type="longtext", required=True, source="text.demand_payment",
            ),
            Field(name="amount", label="应缴金额", type="money", source="penalty_decision.fine"),
            Field(
                name="rights_told", label="陈述申辩权", type="longtext", required=True,
                source="text.demand_rights",
            ),
        ),
    ),
)  # fmt: skip

COURT_EXECUTION_APPLICATION = Document(
    code="court_execution_application", title="行政处罚强制执行申请书",
    cites=(L("强", 53), L("强", 54), L("强", 55)), requirement="P72.1", facing="T", stage="送达执行",
    layout="letter", number="强申", sealed=True, served=True, order=40, approvals=("S", "L", "P"),
    approved_by="own",
    summary="当事人不复议、不起诉又不履行，催告满十个工作日的，三个月内申请法院强制执行。",
    addressed="court",
    lead="当事人在法定期限内不申请行政复议、不提起行政诉讼，又不履行下列行政处罚决定，经催告仍不履行。依照《中华人民共和国行政强制法》第五十三条，申请强制执行。",
    fields=(
        case_no(),
        *under(
            "申请人",
            Field(name="applicant", label="申请人", source="bureau.name"),
            Field(name="applicant_address", label="申请人地址", source="bureau.address"),
        ),
        replace(party(), label="被执行人"), _DECISION,
        *under(
            "申请",
            Field(name="court", label="受理法院", required=True, source="bureau.court"),
            Field(
                name="request", label="请求事项", type="longtext", required=True, source="text.court_request",
            ),
            Field(
                name="facts", label="事实和依据", type="longtext", required=True, source="case.unperformed",
            ),
            Field(name="demanded", label="催告情况", type="longtext", required=True, source="case.demanded"),
            Field(name="amount", label="申请执行的金额", type="money", source="penalty_decision.fine"),
            Field(name="late_reason", label="逾期申请的正当理由", hint="期限届满之后申请的才填。"),
        ),
        applies("performance_demand", "催告书", name="demand"),
        Field(
            name="attachments", label="附送的材料", type="list", required=True, minimum=1, group="清单",
            source="text.court_attachments",
            columns=(
                Field(name="name", label="材料名称", required=True),
                Field(name="pages", label="页数", type="number"),
            ),
        ),
    ),
    signatures=(Signature(role="principal_leader", label="行政机关负责人", post="principal_leader"),),
)  # fmt: skip

COURT_RULING = Document(
    code="court_ruling", title="人民法院行政裁定书", cites=(L("强", 56), L("强", 57), L("强", 58)),
    requirement="P72.1", facing="X", stage="送达执行", layout="received", order=81,
    summary="法院受理或者裁定的结果，收到后登记。",
    fields=(
        case_no(),
        *under(
            "裁定",
            Field(
                name="result", label="结果", type="enum", required=True,
                options=("受理", "不予受理", "准予执行", "不准予执行"),
            ),
            Field(name="ruled_on", label="裁定日期", type="date", required=True),
            Field(name="ruling_number", label="文号"),
        ),
        *received(),
    ),
)  # fmt: skip


def _course(code: str, title: str, number: str, article: int, lead: str, summary: str) -> Document:
    """The decision that interrupts or ends the execution."""
    return Document(
        code=code, title=title, cites=(L("强", article),), requirement="P72.1", facing="P",
        stage="送达执行", layout="letter", number=number, sealed=True, served=True, order=40,
        approvals=("S", "B"), approved_by="own", summary=summary, lead=lead,
        fields=(case_no(), party(), _DECISION, reasons()),
    )  # fmt: skip


EXECUTION_SUSPENSION_DECISION = _course(
    "execution_suspension_decision", "中止执行决定书", "执中", 39,
    "依照《中华人民共和国行政强制法》第三十九条，本局决定中止执行下列行政处罚决定。",
    "当事人暂无履行能力等情形，中止执行；原因消失后恢复。",
)  # fmt: skip
EXECUTION_TERMINATION_DECISION = _course(
    "execution_termination_decision", "终结执行决定书", "执终", 40,
    "依照《中华人民共和国行政强制法》第四十条，本局决定终结执行下列行政处罚决定。",
    "当事人死亡、终止而无财产可供执行等情形，终结执行。",
)  # fmt: skip

PERFORMANCE_RECORD = Document(
    code="performance_record", title="行政处罚履行情况记录", cites=(L("罚", 66),), requirement="P66.1",
    facing="I", stage="送达执行", layout="form", part="internal", order=150,
    summary="记明每一项处罚何时、以何方式履行。",
    fields=(
        case_no(), _DECISION,
        *under(
            "履行",
            Field(name="kind", label="处罚种类", required=True),
            Field(name="performed_on", label="履行日期", type="date", required=True, source="today"),
            Field(name="how", label="履行情况", type="longtext", required=True),
        ),
        officers(),
    ),
    signatures=(TWO_OFFICERS,),
)  # fmt: skip

DOCUMENTS = (
    PAYMENT_SLIP,
    INSTALMENT_APPLICATION,
    INSTALMENT_DECISION,
    ADDITIONAL_FINE_NOTICE,
    PERFORMANCE_DEMAND,
    COURT_EXECUTION_APPLICATION,
    COURT_RULING,
    EXECUTION_SUSPENSION_DECISION,
    EXECUTION_TERMINATION_DECISION,
    PERFORMANCE_RECORD,
)
