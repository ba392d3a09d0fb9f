"""Licensing from application to handover and review (A6, A7; 许 29–36; domain §1.1).

The applicant is the party of the case: one field ``party`` in every paper, so that service, masks and lists know them.
"""

from __future__ import annotations

from liuhen.measures.documents.groups import case_no, reasons, received, remedies, under
from liuhen.measures.documents.licensing_groups import (
    APPLICANT,
    AUTHORS,
    REVIEWERS,
    WINDOW,
    applicant,
    basis,
    material_columns,
    matter,
)
from liuhen.measures.vocabulary import A, Document, Field, L, Signature

LICENSE_APPLICATION = Document(
    code="license_application",
    title="行政许可申请书",
    cites=(A(6), L("许", 29)),
    requirement="R6.1",
    facing="X",
    stage="启动",
    layout="received",
    order=40,
    authors=WINDOW,
    summary="申请人写明申请事项和内容，承诺材料真实。",
    fields=(
        case_no(),
        applicant(),
        *under(
            "申请",
            matter(source=""),
            Field(name="request", label="申请内容", type="longtext", required=True, source="case.title"),
            Field(name="project_code", label="项目代码", hint="投资项目必填，由在线平台生成。"),
            Field(name="contact", label="联系人", type="person", source="case.party.name"),
            Field(name="truth_pledge", label="已承诺材料真实", type="bool", required=True, default="true"),
        ),
        *received(),
    ),
    signatures=(APPLICANT,),
)

MATERIAL_RECEIPT = Document(
    code="material_receipt",
    title="申请材料接收凭证",
    cites=(A(6), L("许", 32)),
    requirement="R6.1",
    facing="P",
    stage="启动",
    layout="letter",
    number="许收",
    sealed=True,
    recording="S",
    order=45,
    authors=WINDOW,
    summary="逐件列明收到的材料，写明收到的时间和接收人，当场交给申请人。",
    lead="收到你（单位）提交的下列申请材料。",
    fields=(
        case_no(),
        applicant(),
        matter(),
        *under(
            "材料",
            Field(
                name="materials", label="材料清单", type="list", required=True, minimum=1,
                source="matter.materials",
                columns=(
                    *material_columns(),
                    Field(name="state", label="状态", type="enum", options=("齐全", "缺少", "有错"),
                          required=True),
                ),
                hint="逐件清点，选定状态。本申请用不着的，删去这一行。",
            ),
            Field(
                name="received_at", label="接收时间", type="datetime", required=True,
                source="license_application.received_at",
            ),
            Field(name="receiver", label="接收人", type="person", required=True, source="actor.person"),
        ),
    ),
    signatures=(Signature(role="receiver", label="接收人"), APPLICANT),
)  # fmt: skip

LICENSE_SUPPLEMENT_NOTICE = Document(
    code="license_supplement_notice",
    title="申请材料补正一次性告知书",
    cites=(A(6), L("许", 32, 0, 4)),
    requirement="R6.2",
    facing="P",
    stage="启动",
    layout="letter",
    number="许补",
    sealed=True,
    served=True,
    recording="S",
    order=30,
    approvals=("S",),
    approved_by="own",
    authors=WINDOW,
    summary="五个工作日内一次告知需要补正的全部内容；逾期不告知的，自收到之日起即为受理。",
    lead="你（单位）的申请材料不齐全或者不符合法定形式，依照《中华人民共和国行政许可法》第三十二条，一次性告知需要补正的全部内容。",
    fields=(
        case_no(),
        applicant(),
        matter(),
        *under(
            "补正",
            Field(
                name="received_at", label="收到材料时间", type="datetime", required=True,
                source="material_receipt.received_at",
            ),
            Field(
                name="missing_items", label="需要补正的全部内容", type="list", required=True, minimum=1,
                source="case.material_defects",
                columns=(
                    Field(name="material", label="材料", required=True),
                    Field(name="defect", label="问题", required=True),
                    Field(name="cure", label="怎样补正", required=True),
                ),
            ),
            Field(name="due_on", label="提交期限", type="date", ahead=True),
            Field(name="late_effect", label="逾期后果", type="longtext", source="text.supplement_late"),
        ),
    ),
    signatures=(Signature(role="registrar", label="经办人"),),
)  # fmt: skip

LICENSE_ACCEPTANCE_NOTICE = Document(
    code="license_acceptance_notice",
    title="行政许可申请受理通知书",
    cites=(A(6), L("许", 32, 0, 5)),
    requirement="R6.2",
    facing="P",
    stage="启动",
    layout="letter",
    number="许受",
    sealed=True,
    served=True,
    recording="S",
    order=30,
    authors=WINDOW,
    summary="写明受理日期和应当作出决定的日期；视为受理的，补发通知书。",
    lead="你（单位）的申请属于本局职权范围，申请材料齐全、符合法定形式，依照《中华人民共和国行政许可法》第三十二条，决定受理。",
    fields=(
        case_no(),
        applicant(),
        matter(),
        *under(
            "受理",
            Field(
                name="accepted_on", label="受理日期", type="date", required=True, source="case.acceptable_on"
            ),
            Field(
                name="statutory_days", label="法定期限（工作日）", type="number", required=True,
                source="matter.days",
            ),
            Field(
                name="due_on", label="应当作出决定之日", type="date", required=True,
                source="case.license_due",
            ),
            Field(name="promised_days", label="承诺期限（工作日）", type="number"),
            Field(
                name="excluded_steps", label="不计入期限的事项", type="list",
                columns=(
                    Field(name="step", label="事项", required=True),
                    Field(name="days", label="所需时间（工作日）", type="number"),
                ),
            ),
            Field(name="phone", label="联系电话", source="bureau.phone"),
        ),
    ),
)  # fmt: skip

LICENSE_REFUSAL_TO_ACCEPT = Document(
    code="license_refusal_to_accept",
    title="行政许可申请不予受理通知书",
    cites=(A(6), L("许", 32, 0, 1), L("许", 32, 0, 2), L("许", 78)),
    requirement="R6.2",
    facing="P",
    stage="启动",
    layout="letter",
    number="许不受",
    sealed=True,
    served=True,
    recording="S",
    order=30,
    approvals=("S",),
    approved_by="own",
    authors=WINDOW,
    summary="不需要许可的，即时告知；不属于本局职权的，告知向哪个机关申请；写明理由和救济途径。",
    lead="对你（单位）的下列申请，依照《中华人民共和国行政许可法》第三十二条，决定不予受理。",
    fields=(
        case_no(),
        applicant(),
        matter(),
        *under(
            "不予受理",
            Field(
                name="ground", label="情形", type="enum", required=True,
                options=("不需要取得行政许可", "不属于本局职权", "一定期限内不得再次申请", "其他"),
            ),
        ),
        reasons("不予受理的理由"),
        basis("case.not_accepted_basis|text.basis_not_accepted"),
        *under(
            "不予受理",
            Field(
                name="competent_body", label="应向何机关申请", required_if=("ground", "不属于本局职权"),
            ),
        ),
        remedies(),
    ),
)  # fmt: skip

LICENSE_HANDOVER = Document(
    code="license_handover",
    title="申请材料移交单",
    cites=(A(6),),
    requirement="R6.3",
    facing="I",
    stage="启动",
    layout="form",
    order=46,
    authors=WINDOW,
    summary="受理后，窗口把材料逐件移交承办科室，双方签名。",
    fields=(
        case_no(),
        applicant(),
        matter(),
        *under(
            "移交",
            Field(name="from_section", label="移交科室", required=True, default="审批窗口"),
            Field(name="to_section", label="接收科室", required=True, source="case.section"),
            Field(
                name="materials", label="材料清单", type="list", required=True, minimum=1,
                source="case.handed_materials", columns=material_columns(),
            ),
            Field(name="handed_at", label="移交时间", type="datetime", required=True, source="now"),
        ),
    ),
    signatures=(
        Signature(role="hander", label="移交人"),
        Signature(role="receiver", label="接收人", post="officer"),
    ),
)  # fmt: skip

LICENSE_REVIEW_RECORD = Document(
    code="license_review_record",
    title="行政许可审查记录",
    cites=(A(7), L("许", 34)),
    requirement="R7.1",
    facing="I",
    stage="调查取证",
    layout="form",
    order=50,
    approvals=("S",),
    approved_by="own",
    authors=REVIEWERS,
    summary="逐项记录是否符合条件，逐件记录材料是否齐全、有效，写明审查意见。",
    fields=(
        case_no(),
        applicant(),
        matter(),
        *under(
            "审查",
            Field(
                name="condition_checks", label="条件审查", type="list", required=True, minimum=1,
                source="matter.conditions",
                columns=(
                    Field(name="condition", label="条件", required=True),
                    Field(name="met", label="是否符合", type="enum", options=("符合", "不符合", "不适用"), required=True),
                    Field(name="evidence", label="依据的材料"),
                    Field(name="note", label="说明"),
                ),
            ),
            Field(
                name="material_checks", label="材料审查", type="list", required=True, minimum=1,
                source="case.received_materials",
                columns=(
                    Field(name="material", label="材料", required=True),
                    Field(name="complete", label="是否齐全", type="enum", options=("是", "否", "不适用"), required=True),
                    Field(name="valid", label="是否有效", type="enum", options=("是", "否", "不适用"), required=True),
                    Field(name="note", label="说明"),
                ),
            ),
            Field(
                name="affects_others", label="直接关系他人重大利益", type="bool", source="case.affects_others",
                hint="是的，应当告知利害关系人并听取意见。",
            ),
            Field(
                name="substance", label="核实材料的实质内容", type="bool", source="case.substance_verified",
                hint="核实的，由两人以上进行。",
            ),
            Field(
                name="staff", label="审查人", type="people", required=True, minimum=1, source="case.officers",
                hint="核实实质内容的，两人以上。",
            ),
            Field(
                name="opinion", label="审查意见", type="longtext", required=True,
                phrases=("经审查，符合法定条件、标准，建议准予许可。", "经审查，不符合下列条件，建议不予许可："),
            ),
        ),
    ),
    signatures=(Signature(role="officer", label="审查人", count=0),),
)  # fmt: skip

SITE_SURVEY_RECORD = Document(
    code="site_survey_record",
    title="行政许可现场勘验笔录",
    alias="现场勘验笔录",
    cites=(A(7, 0, 3), L("许", 34)),
    requirement="R7.3",
    facing="P",
    stage="调查取证",
    layout="record",
    recording="M",
    order=60,
    authors=REVIEWERS,
    summary="两名以上工作人员到现场，写明现场情况和勘察意见，附简明图示和照片。",
    fields=(
        case_no(),
        applicant(),
        *under(
            "时间与地点",
            Field(name="started_at", label="勘验开始", type="datetime", required=True),
            Field(name="ended_at", label="勘验结束", type="datetime", required=True, source="now"),
            Field(name="place", label="勘验地点", required=True, source="case.party.address"),
        ),
        *under(
            "现场",
            Field(name="situation", label="现场情况", type="longtext", required=True),
            Field(
                name="sketch", label="简明图示", type="sketch", required=True, minimum=1,
                hint="在页面上画，或者上传图片。",
            ),
            Field(
                name="photos", label="现场照片", type="files", media="image", required=True, minimum=1,
                source="case.last_photos",
            ),
            Field(name="survey_opinion", label="勘察意见", type="longtext", required=True),
            Field(name="present", label="在场人", type="people"),
            Field(
                name="staff", label="工作人员", type="people", required=True, minimum=2,
                source="case.officers", hint="两人以上；不要求持有执法证。",
            ),
        ),
    ),
    signatures=(
        Signature(role="officer", label="工作人员", count=2, every_page=True),
        Signature(role="party", label="申请人或者代理人", every_page=True),
    ),
)  # fmt: skip

LICENSE_WITHDRAWAL_BY_APPLICANT = Document(
    code="license_withdrawal_by_applicant",
    title="终止办理行政许可决定书",
    cites=(A(6), L("许", 32)),
    requirement="R6.2",
    facing="P",
    stage="送达执行",
    layout="letter",
    number="许终",
    sealed=True,
    served=True,
    order=11,
    approvals=("S",),
    approved_by="own",
    authors=AUTHORS,
    summary="申请人撤回申请、逾期不补正或者申请失去对象的，终止办理，告知申请人及其救济途径。",
    lead="对你（单位）的下列申请，决定终止办理。",
    fields=(
        case_no(),
        applicant(),
        matter(),
        *under(
            "终止",
            Field(
                name="ground", label="情形", type="enum", required=True, source="case.termination_ground",
                options=("申请人撤回", "逾期没有补正", "申请人死亡或者终止", "申请失去对象"),
            ),
        ),
        reasons("终止办理的理由", source="application_withdrawn.text|case.termination_reason"),
        remedies(),
    ),
)  # fmt: skip

DOCUMENTS = (
    LICENSE_APPLICATION,
    MATERIAL_RECEIPT,
    LICENSE_SUPPLEMENT_NOTICE,
    LICENSE_ACCEPTANCE_NOTICE,
    LICENSE_REFUSAL_TO_ACCEPT,
    LICENSE_HANDOVER,
    LICENSE_REVIEW_RECORD,
    SITE_SURVEY_RECORD,
    LICENSE_WITHDRAWAL_BY_APPLICANT,
)
