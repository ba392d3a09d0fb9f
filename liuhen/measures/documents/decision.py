"""Legal review, approval, collective discussion, the decision (A22–A25; 罚 57–59; domain §1.4)."""

from __future__ import annotations

from liuhen.measures.documents.conclusion import discretion, nature
from liuhen.measures.documents.groups import (
    TWO_OFFICERS,
    basis,
    case_no,
    evidence,
    facts,
    officers,
    party,
    penalties,
    reasons,
    remedies,
    span_and_place,
    under,
)
from liuhen.measures.texts import NO_PENALTY
from liuhen.measures.vocabulary import A, Document, Field, L, Signature

LEGAL_CHECKS = (
    "执法主体和人员资格", "权限", "事实和证据", "法律适用", "程序", "裁量", "文书", "是否涉嫌犯罪",
)  # fmt: skip

LEGAL_REVIEW_OPINION = Document(
    code="legal_review_opinion",
    authors=("legal_reviewer",),
    title="法制审核意见书",
    cites=(L("罚", 58),),
    requirement="P58.1",
    facing="I",
    stage="审查决定",
    layout="form",
    number="法审",
    part="internal",
    order=130,
    summary="法定四种情形，由未参与调查的审核人员在决定之前审核，写明具体意见。",
    fields=(
        case_no(),
        party(),
        *under(
            "送审",
            Field(
                name="trigger", label="审核情形", type="enum", required=True,
                source="rule.legal_review_trigger",
                options=(
                    "涉及重大公共利益", "直接关系当事人或者第三人重大权益，经过听证程序",
                    "案件情况疑难复杂、涉及多个法律关系",
                    "法律、法规规定应当审核", "本局规定应当审核",
                ),
            ),
            Field(
                name="materials", label="送审材料", type="list", required=True, minimum=1,
                source="case.documents",
                columns=(
                    Field(name="name", label="材料名称", required=True), Field(name="pages", label="页数"),
                ),
            ),
        ),
        *under(
            "审核",
            Field(
                name="checks", label="审核内容", type="list", required=True, minimum=len(LEGAL_CHECKS),
                source="text.legal_checks",
                columns=(
                    Field(name="item", label="项目", required=True, phrases=LEGAL_CHECKS),
                    Field(
                        name="result", label="结论", type="enum", options=("无问题", "有问题", "不涉及"),
                        required=True,
                    ),
                    Field(name="opinion", label="具体意见", type="longtext"),
                ),
            ),
            Field(
                name="result", label="审核意见", type="enum", required=True,
                options=("同意", "修改", "补充调查", "不同意", "移送"),
            ),
            Field(name="opinion", label="意见和理由", type="longtext", required=True),
        ),
    ),
    signatures=(Signature(role="legal_reviewer", label="审核人"),),
)  # fmt: skip

DECISION_APPROVAL = Document(
    code="decision_approval",
    title="行政处罚决定审批表",
    cites=(A(22), L("罚", 57)),
    requirement="R22.1",
    facing="I",
    stage="审查决定",
    layout="form",
    part="internal",
    order=120,
    approvals=("S", "B"),
    approved_by="own",
    summary="写明事实、理由、依据、内容、当事人意见和复核意见，由科室负责人签署，报局领导批准。",
    fields=(
        case_no(),
        party(),
        nature("proposal_approval.nature"),
        Field(
            name="docketed_on", label="立案时间", type="date", required=True, source="case.docketed_on",
            group="案件",
        ),
        facts("proposal_approval.facts"),
        reasons("处罚理由", source="proposal_approval.reasons"),
        basis(source="proposal_approval.basis"),
        penalties("proposal_approval.penalties", "处罚内容"),
        discretion("proposal_approval.discretion", required=False),
        *under(
            "当事人意见",
            Field(
                name="defence_summary", label="陈述申辩或者听证中的主要意见", type="longtext", required=True,
                source="hearing_record.defence|defence_record.statement|defence_submission.statement|text.no_defence",
            ),
            Field(
                name="review_opinion", label="复核意见或者听证主持人意见", type="longtext", required=True,
                source="hearing_report.opinion|defence_reexamination_form.conclusion|text.no_reexamination",
            ),
        ),
        officers(),
    ),
    signatures=(TWO_OFFICERS,),
)  # fmt: skip

COLLECTIVE_DISCUSSION_MINUTES = Document(
    code="collective_discussion_minutes",
    authors=("officer", "section_head", "recorder"),
    title="会议记要",
    alias="会议纪要",
    cites=(A(23), L("罚", 57)),
    requirement="R23.1",
    facing="I",
    stage="审查决定",
    layout="record",
    number="会",
    part="internal",
    recording="S",
    order=150,
    secret=True,
    summary="重大、复杂或者给予较重处罚的案件，集体讨论决定，全体参加人员签名。",
    fields=(
        case_no(),
        *span_and_place("会议", "bureau.meeting_room"),
        *under(
            "参加人员",
            Field(
                name="chair", label="主持人", type="person", required=True, source="bureau.principal_leader",
            ),
            Field(
                name="participants", label="参加人员", type="people", required=True, minimum=2,
                source="bureau.leaders", hint="注明职务和是否机关负责人，全体签名。",
                columns=(
                    Field(name="person", label="人员"),
                    Field(name="name", label="姓名", required=True),
                    Field(name="post", label="职务", required=True),
                    Field(name="is_head", label="机关负责人", type="bool", required=True),
                ),
            ),
            Field(
                name="attendees", label="列席人员", type="people", source="case.officers",
                hint="办案人员汇报，不表决。",
            ),
            Field(name="reporter", label="汇报人", type="person", required=True, source="case.lead_officer"),
            Field(name="recused", label="回避人员", type="people"),
        ),
        *under(
            "讨论",
            Field(
                name="subject", label="讨论的文书", type="document", required=True,
                source="document.decision_approval",
            ),
            Field(
                name="case_summary", label="案情", type="longtext", required=True,
                source="decision_approval.facts",
            ),
            Field(
                name="discussion", label="讨论过程", type="list", required=True, minimum=1,
                columns=(
                    Field(name="who", label="发言人", required=True),
                    Field(
                        name="said", label="意见", type="longtext", required=True,
                        phrases=("同意办案科室的处理意见。", "事实清楚，证据充分，适用法律正确。"),
                    ),
                ),
            ),
            Field(
                name="result", label="讨论结果", type="longtext", required=True,
                phrases=("一致同意办案科室的处理意见。", "同意从轻处罚。", "退回补充调查。"),
            ),
            Field(name="agreed", label="讨论同意所列处罚", type="bool", required=True),
            Field(name="dissent", label="不同意见", type="longtext", hint="没有的写“无”。"),
        ),
        penalties("decision_approval.penalties", "讨论决定的处罚", required=False),
    ),
    signatures=(
        Signature(role="participant", label="参加人员", count=0),
        Signature(role="recorder", label="记录员", required=False),
    ),
)  # fmt: skip

PENALTY_DECISION = Document(
    code="penalty_decision",
    title="行政处罚决定书",
    cites=(A(24), L("罚", 59)),
    requirement="R24.1",
    facing="P",
    stage="审查决定",
    layout="letter",
    number="罚决",
    sealed=True,
    served=True,
    recording="S",
    order=20,
    approved_by="decision_approval",
    equal=("party", "facts", "basis", "penalties"),
    summary="载明七项内容，加盖机关印章，当场交付或者七个工作日内送达。",
    lead="本局依法立案调查，现查明当事人有下列违法行为，作出如下行政处罚决定。",
    fields=(
        case_no(),
        party(),
        facts("decision_approval.facts"),
        evidence("investigation_report.evidence"),
        nature("decision_approval.nature"),
        reasons("处罚理由", source="decision_approval.reasons"),
        basis(source="decision_approval.basis"),
        *under(
            "当事人意见",
            Field(
                name="defence_outcome", label="陈述申辩的采纳情况及理由", type="longtext", required=True,
                source="text.defence_outcome",
            ),
            Field(name="hearing_course", label="听证情况", type="longtext", source="text.hearing_course"),
        ),
        discretion("decision_approval.discretion|proposal_approval.discretion|investigation_report.discretion"),
        penalties("decision_approval.penalties", "处罚内容"),
        *under(
            "履行",
            Field(
                name="performance", label="履行方式和期限", type="longtext", required=True,
                source="text.performance",
            ),
            Field(name="payee_bank", label="代收银行", source="bureau.payee_bank"),
            Field(name="payee_account", label="缴款账户或者缴款码", source="bureau.payee_account"),
            Field(name="authority", label="作出决定的机关", required=True, source="bureau.name"),
        ),
        remedies("text.remedies_penalty"),
    ),
)  # fmt: skip

NO_PENALTY_DECISION = Document(
    code="no_penalty_decision",
    title="不予行政处罚决定书",
    cites=(A(25), L("罚", 33), L("罚", 57)),
    requirement="R25.1",
    facing="P",
    stage="审查决定",
    layout="letter",
    number="不罚",
    sealed=True,
    served=True,
    order=20,
    approvals=("S", "B"),
    approved_by="own",
    summary="依法不予处罚的，写明事实、依据和理由，对当事人进行教育。",
    lead="本局依法立案调查，现查明下列事实，决定对当事人不予行政处罚。",
    fields=(
        case_no(),
        party(),
        facts("investigation_report.facts"),
        evidence("investigation_report.evidence"),
        *under(
            "当事人意见",
            Field(name="defence_outcome", label="陈述申辩的采纳情况及理由", type="longtext"),
            Field(name="hearing_course", label="听证情况", type="longtext", source="text.hearing_course"),
        ),
        basis(source="text.basis_no_penalty"),
        *under(
            "不予处罚",
            Field(
                name="ground", label="不予处罚情形", type="enum", required=True,
                options=tuple(NO_PENALTY), printed=False,
            ),
            Field(
                name="reasons", label="不予处罚理由", type="longtext", required=True,
                phrases=(
                    "违法行为轻微并及时改正，没有造成危害后果。", "初次违法，危害后果轻微，已经及时改正。",
                    "当事人有证据足以证明没有主观过错。", "现有证据不足以认定违法事实。",
                ),
            ),
            Field(name="education", label="已对当事人进行教育", type="bool", required=True),
            Field(name="authority", label="作出决定的机关", required=True, source="bureau.name"),
        ),
        remedies(),
    ),
)  # fmt: skip


DOCUMENTS = (
    LEGAL_REVIEW_OPINION,
    DECISION_APPROVAL,
    COLLECTIVE_DISCUSSION_MINUTES,
    PENALTY_DECISION,
    NO_PENALTY_DECISION,
)
