"""Cure orders and their check, seizure (A28; 罚 28; 强 18–28; domain §1.3)."""

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
    items,
    officers,
    party,
    reasons,
    remedies,
    under,
)
from liuhen.measures.documents.investigation import site_fields
from liuhen.measures.vocabulary import A, Document, Field, L

CURE_ORDER = Document(
    code="cure_order",
    title="责令（限期）改正通知书",
    cites=(A(28), L("罚", 28)),
    requirement="R28.1",
    facing="P",
    stage="调查取证",
    layout="letter",
    number="责改",
    sealed=True,
    served=True,
    order=40,
    approvals=("S", "B"),
    approved_by="own",
    summary="实施处罚时，责令当事人改正违法行为，写明内容和期限，到期复查。",
    lead="经查，你（单位）有下列违法行为，现责令改正。",
    fields=(
        case_no(),
        party(),
        facts("investigation_report.facts|site_inspection_record.situation|verification_report.result"
            "|inspection_form.problems"),
        basis(source="docket_approval.basis|inspection_plan.basis"),
        *under(
            "改正",
            Field(
                name="what", label="改正内容", type="longtext", required=True, source="violation.cure",
                phrases=("立即停止违法行为。", "按照规定补办手续。", "恢复原状。"),
            ),
            Field(name="due_on", label="改正期限", type="date", required=True, ahead=True),
        ),
        remedies(),
    ),
)  # fmt: skip

CURE_CHECK_RECORD = Document(
    code="cure_check_record",
    title="责令改正复查现场笔录",
    cites=(A(28),),
    requirement="R28.1",
    facing="P",
    stage="送达执行",
    layout="record",
    evidence=True,
    recording="M",
    order=82,
    summary="改正期满后到现场核查，制作笔录，同时进行音像记录。",
    fields=(
        *site_fields("复查"),
        applies("cure_order", "责令改正通知书", name="cure"),
        *under(
            "改正情况",
            Field(
                name="wanted", label="责令改正的内容", type="longtext", required=True,
                source="cure_order.what",
            ),
            Field(
                name="result", label="改正情况", type="enum", required=True,
                options=("已改正", "部分改正", "未改正"),
            ),
            Field(
                name="result_note", label="说明", type="longtext",
                phrases=("已按要求改正完毕。", "尚有下列事项未改正："),
            ),
        ),
        Field(
            name="confirm", label="核对意见", type="longtext", required=True, source="text.confirm_site",
            group="核对",
        ),
    ),
    signatures=(PARTY_EACH_PAGE, TWO_OFFICERS_EACH_PAGE, WITNESS_IF_ANY),
)  # fmt: skip

_PROPERTY = (
    Field(name="owner", label="所有人"),
    Field(name="value", label="估价", type="money"),
    Field(name="kept_at", label="存放地"),
)

SEIZURE_APPROVAL = Document(
    code="seizure_approval",
    title="查封（扣押）审批表",
    cites=(L("强", 18), L("强", 22)),
    requirement="F18.1",
    facing="I",
    stage="调查取证",
    layout="form",
    part="internal",
    order=120,
    approvals=("S", "B"),
    approved_by="own",
    summary="法律、法规明确授权的，经负责人批准才可以查封、扣押；情况紧急的，二十四小时内补办。",
    fields=(
        case_no(),
        party(),
        reasons("查封（扣押）理由"),
        basis(source="violation.seizure_basis"),
        *under(
            "措施",
            Field(name="measure", label="措施", type="enum", required=True, options=("查封", "扣押")),
            Field(name="days", label="期限（日）", type="number", required=True, default="30"),
            Field(name="urgent", label="情况紧急、当场实施", type="bool"),
            Field(
                name="taken_at", label="当场实施时间", type="datetime", required_if=("urgent", "true"),
                hint="自此二十四小时内补办批准。",
            ),
        ),
        items("拟查封（扣押）的场所、设施、财物", "hold_notice.items", *_PROPERTY),
        officers(),
    ),
    signatures=(TWO_OFFICERS,),
)  # fmt: skip

SEIZURE_DECISION = Document(
    code="seizure_decision",
    title="查封（扣押）决定书",
    cites=(L("强", 18), L("强", 24)),
    requirement="F24.1",
    facing="P",
    stage="调查取证",
    layout="letter",
    number="查扣",
    sealed=True,
    served=True,
    evidence=True,
    recording="M",
    order=40,
    approved_by="seizure_approval",
    equal=("party", "basis", "reasons", "items"),
    summary="当场交付决定书和清单；只有法律、法规授权的违法行为才能使用。",
    lead="依照下列规定，本局决定对清单所列场所、设施、财物实施查封（扣押）。",
    close="查封（扣押）期间，不得动用、调换、转移、损毁上列场所、设施、财物。",
    fields=(
        case_no(),
        party(),
        reasons("查封（扣押）理由", source="seizure_approval.reasons"),
        basis(source="seizure_approval.basis"),
        *under(
            "措施",
            Field(
                name="measure", label="措施", type="enum", required=True, options=("查封", "扣押"),
                source="seizure_approval.measure",
            ),
            Field(name="until", label="期限至", type="date", required=True, source="limit.TL-13"),
            Field(name="keep_at", label="存放地点", required=True, source="case.place"),
            Field(name="list_no", label="清单编号", required=True, source="case.next_list_no"),
        ),
        items("（场所、设施、财物）清单", "seizure_approval.items", *_PROPERTY),
        officers(),
        remedies(),
    ),
    signatures=(PARTY, TWO_OFFICERS, WITNESS_IF_ANY),
)  # fmt: skip

SEIZURE_SITE_RECORD = Document(
    code="seizure_site_record",
    title="查封（扣押）现场笔录",
    cites=(L("强", 18), L("强", 24)),
    requirement="F24.1",
    facing="P",
    stage="调查取证",
    layout="record",
    evidence=True,
    order=51,
    summary="实施查封、扣押时制作；当事人不到场的，邀请见证人到场。",
    fields=(
        *site_fields("查封（扣押）", "rights_seizure_site"),
        applies("seizure_decision", "查封（扣押）决定书", name="decision"),
        *under(
            "经过",
            Field(
                name="told", label="当场告知理由、依据和权利", type="longtext", required=True,
                source="text.rights_seizure",
            ),
            Field(
                name="statement", label="当事人的陈述和申辩", type="longtext", required=True,
                phrases=("当事人没有陈述和申辩。",),
            ),
        ),
        Field(
            name="confirm", label="核对意见", type="longtext", required=True, source="text.confirm_site",
            group="核对",
        ),
    ),
    signatures=(PARTY_EACH_PAGE, TWO_OFFICERS_EACH_PAGE, WITNESS_IF_ANY),
)  # fmt: skip

SEIZURE_EXTENSION_DECISION = Document(
    code="seizure_extension_decision",
    title="延长查封（扣押）期限决定书",
    cites=(L("强", 25),),
    requirement="F25.1",
    facing="P",
    stage="调查取证",
    layout="letter",
    number="查扣延",
    sealed=True,
    served=True,
    order=40,
    approvals=("S", "B"),
    approved_by="own",
    summary="情况复杂的，经负责人批准可以延长，最多三十日，书面告知当事人并说明理由。",
    lead="因情况复杂，依照《中华人民共和国行政强制法》第二十五条，经本局负责人批准，决定延长查封（扣押）期限。",
    fields=(
        case_no(),
        party(),
        applies("seizure_decision", "查封（扣押）决定书", name="decision"),
        *under(
            "延长",
            Field(
                name="old_until", label="原期限至", type="date", required=True,
                source="seizure_decision.until",
            ),
            Field(name="until", label="延长至", type="date", required=True),
        ),
        reasons("延长理由"),
        remedies(),
    ),
)  # fmt: skip

SEIZURE_RELEASE_DECISION = Document(
    code="seizure_release_decision",
    title="解除查封（扣押）决定书",
    cites=(L("强", 28),),
    requirement="F25.1",
    facing="P",
    stage="调查取证",
    layout="letter",
    number="查扣解",
    sealed=True,
    served=True,
    evidence=True,
    recording="M",
    order=40,
    approvals=("S", "B"),
    approved_by="own",
    summary="不再需要或者期限届满的，及时解除，退还财物并由当事人签收。",
    lead="依照《中华人民共和国行政强制法》第二十八条，本局决定解除查封（扣押），退还清单所列财物。",
    fields=(
        case_no(),
        party(),
        applies("seizure_decision", "查封（扣押）决定书", name="decision"),
        reasons("解除理由"),
        *under(
            "解除", Field(name="released_at", label="解除时间", type="datetime", required=True, source="now"),
        ),
        items("退还清单", "seizure_decision.items"),
        officers(),
    ),
    signatures=(PARTY, TWO_OFFICERS),
)  # fmt: skip

SEIZURE_PERIOD_NOTICE = Document(
    code="seizure_period_notice",
    title="查封（扣押）期间检测时间告知书",
    cites=(L("强", 25),),
    requirement="F25.1",
    facing="P",
    stage="调查取证",
    layout="letter",
    number="查扣期",
    sealed=True,
    served=True,
    order=40,
    approvals=("S",),
    approved_by="own",
    summary="检测、检验所需时间书面告知当事人，才不计入查封、扣押期限。",
    lead="查封（扣押）的物品需要检测，依照《中华人民共和国行政强制法》第二十五条，所需时间不计入查封（扣押）期限，现告知你（单位）。",
    fields=(
        case_no(),
        party(),
        applies("seizure_decision", "查封（扣押）决定书", name="decision"),
        *under(
            "检测",
            Field(name="agency", label="检测机构", required=True, source="appraisal_commission.agency"),
            Field(name="from_on", label="检测开始日期", type="date", required=True, source="today"),
            Field(
                name="to_on", label="检测结束日期", type="date", required=True, source="appraisal_commission.due_on",
            ),
        ),
    ),
)  # fmt: skip

DOCUMENTS = (
    CURE_ORDER,
    CURE_CHECK_RECORD,
    SEIZURE_APPROVAL,
    SEIZURE_DECISION,
    SEIZURE_SITE_RECORD,
    SEIZURE_EXTENSION_DECISION,
    SEIZURE_RELEASE_DECISION,
    SEIZURE_PERIOD_NOTICE,
)
