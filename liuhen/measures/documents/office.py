"""Papers of the bureau that lie in no case: entrusting, inspecting files, rectifying, interpreting, handing over (A31–A35;
罚 20; 信 33–37; domain §1.8)."""

from __future__ import annotations

from liuhen.measures.documents.groups import reasons, received, remedies, under
from liuhen.measures.vocabulary import A, Document, Field, L, Role, Signature

SUPERVISOR: tuple[Role, ...] = ("supervisor",)
ARCHIVIST: tuple[Role, ...] = ("archivist",)
_CASE_ROWS = (
    Field(name="archive_no", label="档号", required=True),
    Field(name="title", label="案卷题名", required=True),
    Field(name="year", label="年度", required=True),
    Field(name="retention", label="保管期限", required=True),
    Field(name="pages", label="页数", type="number"),
    Field(name="note", label="备注"),
)

ENTRUSTMENT_LETTER = Document(
    code="entrustment_letter", title="行政处罚委托书", cites=(L("罚", 20),), requirement="P17.1", facing="T",
    stage="启动", layout="letter", kept_in="office", number="委", sealed=True, approvals=("S", "L", "P"),
    approved_by="own", authors=SUPERVISOR, summary="依法委托组织实施处罚的，载明事项、权限和期限，向社会公布。",
    lead="依照《中华人民共和国行政处罚法》第二十条，本局在法定权限内委托下列组织实施行政处罚。",
    fields=under(
        "委托",
        Field(name="entrusted_body", label="受委托组织", required=True),
        Field(name="matters", label="委托事项", type="longtext", required=True),
        Field(name="powers", label="权限", type="longtext", required=True),
        Field(name="from_on", label="期限自", type="date", required=True),
        Field(name="to_on", label="期限至", type="date", required=True),
        Field(name="basis", label="依据", type="longtext", required=True),
        Field(name="published_on", label="公布日期", type="date"),
    ),
)  # fmt: skip

INSPECTION_REQUEST = Document(
    code="inspection_request", title="查阅（复制）案卷申请表", cites=(A(32), L("信", 33)), requirement="R32.2",
    facing="X", stage="归档", layout="received", part="internal", order=170, kept_in="office", authors=ARCHIVIST,
    summary="当事人等申请查阅、复制案卷，写明身份、用途和内容。",
    fields=(
        *under(
            "申请",
            Field(name="case_no", label="所查案卷的案号", required=True),
            Field(name="applicant", label="申请人", required=True),
            Field(
                name="capacity", label="身份", type="enum", required=True,
                options=("当事人", "代理人", "利害关系人", "律师", "有关机关", "其他"),
            ),
            Field(name="purpose", label="用途", type="longtext", required=True),
            Field(name="items", label="申请查阅的内容", type="longtext", required=True),
            Field(name="copies", label="申请复制的内容", type="longtext"),
            Field(name="contact", label="联系方式", required=True, secret=True),
        ),
        *received(),
    ),
    signatures=(Signature(role="applicant", label="申请人"),),
)  # fmt: skip

INSPECTION_DECISION = Document(
    code="inspection_decision", title="查阅（复制）案卷答复告知书",
    cites=(A(32), L("信", 36), L("信", 37), L("复", 23)), requirement="R32.2", facing="P", stage="归档",
    layout="letter", part="internal", order=171, kept_in="office", number="阅", sealed=True, served=True,
    addressed="applicant", approvals=("S",), approved_by="own", authors=ARCHIVIST,
    summary="二十个工作日内答复：同意、部分同意或者不同意；不同意的说明理由，告知救济途径。",
    lead="对你（单位）查阅（复制）案卷的申请，答复如下。",
    fields=(
        Field(
            name="request", label="申请", type="document", required=True, group="答复",
            source="document.inspection_request",
        ),
        *under(
            "答复",
            Field(name="applicant", label="申请人", required=True, source="inspection_request.applicant"),
            Field(
                name="result", label="答复", type="enum", required=True,
                options=("同意", "部分同意", "不同意"),
            ),
            Field(name="items", label="提供的内容和方式", type="longtext"),
            Field(name="redactions", label="不提供、遮盖的内容", type="longtext"),
        ),
        Field(
            name="reasons", label="理由和依据", type="longtext", group="答复",
            required_if=("result", "不同意"),
        ),
        remedies("text.remedies_reconsideration_first"),
    ),
)  # fmt: skip

RECTIFICATION_ORDER = Document(
    code="rectification_order", title="责令限期整改通知书", cites=(A(34),), requirement="R34.2", facing="I",
    stage="归档", layout="letter", part="internal", order=174, kept_in="office", number="整", approvals=("S", "B"),
    approved_by="own", authors=SUPERVISOR, addressed="section",
    summary="政策法规科发现失职情形的，责令科室限期整改，写明问题、要求和责任人员。",
    lead="在执法全过程记录工作中，你科室有下列问题，依照《大连金普新区发展和改革局全过程记录实施办法》第三十四条，责令限期整改。",
    fields=under(
        "整改",
        Field(name="section", label="被整改科室", required=True),
        Field(
            name="finding_refs", label="问题", type="list", required=True, minimum=1,
            columns=(
                Field(name="case_no", label="案号"),
                Field(name="code", label="编号"),
                Field(name="problem", label="问题", required=True),
            ),
        ),
        Field(
            name="failing", label="情形", type="enum", required=True,
            options=("未记录或者未按规定记录", "泄露", "毁损、删除、篡改", "保管不善致丢失、损坏", "其他"),
        ),
        Field(name="demands", label="整改要求", type="longtext", required=True),
        Field(
            name="persons", label="责任人员", type="list",
            columns=(
                Field(name="name", label="姓名", required=True),
                Field(
                    name="capacity", label="责任", type="enum", required=True,
                    options=("直接负责的主管人员", "其他责任人员"),
                ),
            ),
        ),
        Field(name="due_on", label="整改期限", type="date", required=True, ahead=True),
    ),
)  # fmt: skip

_ORDER = Field(
    name="order", label="责令限期整改通知书", type="document", required=True, group="整改",
    source="document.rectification_order",
)  # fmt: skip

RECTIFICATION_ANSWER = Document(
    code="rectification_answer", title="整改情况报告", cites=(A(34),), requirement="R34.2", facing="I", stage="归档",
    layout="form", part="internal", order=175, kept_in="office", approvals=("S",), approved_by="own",
    summary="被整改科室在期限内逐项报告整改情况。",
    fields=(
        _ORDER,
        *under(
            "整改",
            Field(
                name="measures", label="整改情况", type="list", required=True, minimum=1,
                columns=(
                    Field(name="problem", label="问题", required=True),
                    Field(name="done", label="整改措施和结果", type="longtext", required=True),
                ),
                source="rectification_order.finding_refs",
            ),
            Field(name="answered_on", label="报告日期", type="date", required=True, source="today"),
            Field(name="files", label="证明材料", type="files"),
        ),
    ),
)  # fmt: skip

RECTIFICATION_RECHECK = Document(
    code="rectification_recheck", title="整改复查记录", cites=(A(34),), requirement="R34.2", facing="I",
    stage="归档", layout="form", part="internal", order=176, kept_in="office", approvals=("S",), approved_by="own",
    authors=SUPERVISOR, summary="政策法规科复查整改结果，未整改的移送处理。",
    fields=(
        _ORDER,
        *under(
            "复查",
            Field(name="checked_on", label="复查日期", type="date", required=True, source="today"),
            Field(
                name="result", label="结果", type="enum", required=True,
                options=("已整改", "部分整改", "未整改"),
            ),
            Field(name="course", label="复查情况", type="longtext", required=True),
        ),
    ),
)  # fmt: skip

DISCIPLINE_REFERRAL = Document(
    code="discipline_referral", title="责任追究移送处理函", cites=(A(34),), requirement="R34.2", facing="T",
    stage="归档", layout="letter", part="internal", order=177, kept_in="office", number="移处", sealed=True,
    approvals=("S", "B", "P"), approved_by="own", authors=SUPERVISOR,
    summary="逾期不整改或者后果严重的，移送有权机关处理；涉嫌犯罪的移送司法机关。",
    addressed="to_body",
    lead="下列人员在执法全过程记录工作中负有责任，现移送处理。",
    fields=(
        _ORDER,
        *under(
            "移送",
            Field(name="to_body", label="受移送机关", required=True),
            Field(
                name="persons", label="责任人员", type="list", required=True, minimum=1,
                source="rectification_order.persons",
                columns=(
                    Field(name="name", label="姓名", required=True),
                    Field(name="capacity", label="责任", required=True),
                ),
            ),
            Field(name="facts", label="事实", type="longtext", required=True),
        ),
        reasons("移送理由"),
    ),
)  # fmt: skip

SECRECY_MARK_FORM = Document(
    code="secrecy_mark_form", title="定密（涉密标注）审批表", cites=(A(33),), requirement="R33.1", facing="I",
    stage="归档", layout="form", part="internal", order=178, kept_in="office", approvals=("S", "P"),
    approved_by="own", secret=True,
    summary="涉及国家秘密、商业秘密、个人隐私的，由定密责任人确定密级、期限和知悉范围。",
    fields=under(
        "定密",
        Field(name="subject", label="标注的对象", required=True, hint="不写涉密内容本身。"),
        Field(
            name="level", label="类别和密级", type="enum", required=True,
            options=("绝密", "机密", "秘密", "工作秘密", "商业秘密", "个人隐私"),
        ),
        Field(name="basis", label="依据", type="longtext", required=True),
        Field(name="period", label="保密期限", required=True),
        Field(name="readers", label="知悉范围", type="people", required=True, minimum=1),
        Field(name="custody", label="原件存放处", hint="国家秘密只登记存放处，不进入本系统。"),
        Field(name="proposer", label="拟定人", type="person", required=True, source="actor.person"),
        Field(name="decided_by", label="定密责任人", type="person", required=True),
    ),
)  # fmt: skip

INTERPRETATION_REQUEST = Document(
    code="interpretation_request", title="办法适用问题请示", cites=(A(35),), requirement="R35.1", facing="I",
    stage="归档", layout="form", part="internal", order=179, kept_in="office", approvals=("S",), approved_by="own",
    summary="科室对条文的适用有疑问的，书面提请政策法规科解释。",
    fields=under(
        "请示",
        Field(name="section", label="提出科室", required=True),
        Field(name="article", label="条文", required=True),
        Field(name="question", label="问题", type="longtext", required=True),
        Field(name="opinion", label="倾向性意见", type="longtext"),
    ),
)  # fmt: skip

INTERPRETATION = Document(
    code="interpretation", title="办法解释", cites=(A(35),), requirement="R35.1", facing="I", stage="归档",
    layout="letter", part="internal", order=179, kept_in="office", number="解", approvals=("S", "B"),
    approved_by="own", authors=SUPERVISOR, summary="政策法规科对条文的解释，与条文放在一起。",
    fields=under(
        "解释",
        Field(name="article", label="条文", required=True, source="interpretation_request.article"),
        Field(
            name="question", label="问题", type="longtext", required=True,
            source="interpretation_request.question",
        ),
        Field(name="text", label="解释", type="longtext", required=True),
        Field(name="from_on", label="施行日期", type="date", required=True),
    ),
)  # fmt: skip

ARCHIVE_TRANSFER_LIST = Document(
    code="archive_transfer_list", title="档案移交清单", cites=(A(31), L("档", 14)), requirement="R31.1", facing="I",
    stage="归档", layout="form", part="internal", order=181, kept_in="office", authors=ARCHIVIST,
    summary="归档后移交档案机构集中管理，逐卷清点，双方签名。",
    fields=under(
        "移交",
        Field(name="from_body", label="移交单位", required=True),
        Field(name="to_body", label="接收单位", required=True),
        Field(name="handed_on", label="移交日期", type="date", required=True, source="today"),
        Field(name="rows", label="案卷", type="list", required=True, minimum=1, columns=_CASE_ROWS),
    ),
    signatures=(Signature(role="hander", label="移交人"), Signature(role="receiver", label="接收人")),
)  # fmt: skip

DESTRUCTION_LIST = Document(
    code="destruction_list", title="档案销毁清册", cites=(A(31), L("档", 14)), requirement="R31.1", facing="I",
    stage="归档", layout="form", part="internal", order=182, kept_in="office", approvals=("S", "P"),
    approved_by="own", authors=ARCHIVIST, summary="保管期限届满、经鉴定批准销毁的，逐卷登记，由两人监销。",
    fields=under(
        "销毁",
        Field(name="appraisal", label="鉴定意见", type="longtext", required=True),
        Field(name="rows", label="案卷", type="list", required=True, minimum=1, columns=_CASE_ROWS),
        Field(name="destroyed_on", label="销毁日期", type="date"),
        Field(name="how", label="销毁方式", required=True),
    ),
    signatures=(Signature(role="keeper", label="监销人", count=2),),
)  # fmt: skip

DOCUMENTS = (
    ENTRUSTMENT_LETTER,
    INSPECTION_REQUEST,
    INSPECTION_DECISION,
    RECTIFICATION_ORDER,
    RECTIFICATION_ANSWER,
    RECTIFICATION_RECHECK,
    DISCIPLINE_REFERRAL,
    SECRECY_MARK_FORM,
    INTERPRETATION_REQUEST,
    INTERPRETATION,
    ARCHIVE_TRANSFER_LIST,
    DESTRUCTION_LIST,
)
