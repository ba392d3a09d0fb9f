"""Forms printed from what is recorded, so that nobody types it twice (A31, A32; domain §1.0, §8.2)."""

from __future__ import annotations

from liuhen.measures.documents.groups import case_no, under
from liuhen.measures.vocabulary import A, Document, Field, L, Signature

CASE_COVER = Document(
    code="case_cover", title="卷宗封面", cites=(A(31), L("档", 14)), requirement="R31.1", facing="I", stage="归档",
    layout="form", order=1, printed_from=("Opened", "Closed", "Archived"), summary="案卷的名称、来历和保管要求。",
    fields=(
        case_no(),
        *under(
            "封面",
            Field(name="fonds_no", label="全宗号", required=True),
            Field(name="catalogue_no", label="目录号", required=True),
            Field(name="volume_no", label="案卷号", required=True),
            Field(name="year", label="年度", required=True),
            Field(name="authority", label="机关名称", required=True),
            Field(name="title", label="案卷题名", required=True, source="case.title"),
            Field(name="decision_number", label="决定书文号", source="case.decision_number"),
            Field(name="party", label="当事人", type="party", required=True, source="case.party"),
            Field(name="section", label="办案机构", required=True, source="case.section"),
            Field(name="officers", label="办案人员", type="people", required=True, source="case.officers"),
            Field(name="docketed_on", label="立案日期", type="date", source="case.docketed_on"),
            Field(name="closed_on", label="结案日期", type="date"),
            Field(name="outcome", label="处理结果", required=True, source="case.outcome"),
            Field(name="archived_on", label="归档日期", type="date", required=True),
            Field(name="archive_no", label="归档号", required=True),
            Field(name="retention", label="保管期限", required=True),
            Field(name="secrecy", label="密级"),
            Field(name="items", label="件数", type="number", required=True),
            Field(name="pages", label="页数", type="number", required=True),
            Field(name="volumes", label="共几卷", required=True),
        ),
    ),
)  # fmt: skip

CASE_CATALOGUE = Document(
    code="case_catalogue", title="卷内文件目录", cites=(A(31),), requirement="R31.1", facing="I", stage="归档",
    layout="form", order=2, printed_from=("Filed", "Issued", "Rendered", "Archived"),
    summary="卷内每一份文件的文号、责任者、题名、日期和页号。",
    fields=(
        case_no(),
        Field(
            name="rows", label="文件", type="list", required=True, minimum=1, group="目录",
            columns=(
                Field(name="seq", label="顺序号", type="number", required=True),
                Field(name="number", label="文号"),
                Field(name="author", label="责任者", required=True),
                Field(name="title", label="题名", required=True),
                Field(name="date", label="日期", type="date", required=True),
                Field(name="page_from", label="页号", required=True),
                Field(name="secrecy", label="密级"),
                Field(name="note", label="备注"),
            ),
        ),
    ),
)  # fmt: skip

CASE_REMARKS_SHEET = Document(
    code="case_remarks_sheet", title="卷内备考表", cites=(A(31),), requirement="R31.1", facing="I", stage="归档",
    layout="form", order=99, printed_from=("Archived", "Corrected", "Voided", "Disposed"),
    summary="本卷的缺损、修改、补充、移出和音像的存放位置。",
    fields=(
        case_no(),
        *under(
            "备考",
            Field(name="remarks", label="本卷情况说明", type="longtext", required=True),
            Field(name="compiler", label="立卷人", type="person", required=True),
            Field(name="checker", label="检查人", type="person", required=True),
            Field(name="compiled_on", label="立卷时间", type="date", required=True),
            Field(name="cross_refs", label="互见号"),
        ),
    ),
)  # fmt: skip

RECORDING_REGISTER = Document(
    code="recording_register", title="音像记录登记（入库）单", cites=(A(31),), requirement="R31.2", facing="I",
    stage="归档", layout="form", order=98, printed_from=("Happened", "Deposited", "Tied"),
    summary="每一段音像记录由谁、用什么设备、何时制作，何时存入，校验值是什么。",
    fields=(
        case_no(),
        *under(
            "音像记录",
            Field(name="device", label="设备", required=True),
            Field(name="by", label="拍摄人", type="person", required=True),
            Field(name="started_at", label="开始", type="datetime", required=True),
            Field(name="ended_at", label="结束", type="datetime", required=True),
            Field(name="duty", label="记录内容", required=True),
            Field(
                name="files", label="原始文件", type="list", required=True, minimum=1,
                columns=(
                    Field(name="name", label="文件名", required=True),
                    Field(name="size", label="字节数", type="number", required=True),
                    Field(name="digest", label="校验值", required=True),
                ),
            ),
            Field(name="deposited_at", label="存入时间", type="datetime", required=True),
            Field(name="late_reason", label="迟延原因"),
            Field(name="returned_at", label="返岗时间", type="datetime"),
        ),
    ),
    signatures=(Signature(role="depositor", label="存入人"), Signature(role="keeper", label="保管人")),
)  # fmt: skip

FILE_EVALUATION_SHEET = Document(
    code="file_evaluation_sheet", title="案卷评查表", cites=(A(5), A(31)), requirement="R31.1", facing="I", stage="归档",
    layout="form", part="internal", order=170, printed_from=("Filed", "Decided", "Signed", "ServiceStep", "Supervised"),
    summary="按评查标准逐项得分，一票否决的情形单列。",
    fields=(
        case_no(),
        *under(
            "评查",
            Field(name="standard", label="评查标准", required=True),
            Field(
                name="vetoes", label="一票否决", type="list",
                columns=(
                    Field(name="code", label="编号", required=True),
                    Field(name="found", label="情况", required=True),
                ),
            ),
            Field(
                name="rows", label="评查项目", type="list", required=True, minimum=1,
                columns=(
                    Field(name="item", label="项目", required=True),
                    Field(name="points", label="分值", type="number", required=True),
                    Field(name="got", label="得分", type="number"),
                    Field(name="note", label="说明"),
                ),
            ),
            Field(name="score", label="总分", type="number", required=True),
            Field(name="grade", label="等次", required=True),
        ),
    ),
)  # fmt: skip

INSPECTION_LOG = Document(
    code="inspection_log", title="案卷查阅（复制）登记", cites=(A(32),), requirement="R32.2", facing="I", stage="归档",
    layout="form", part="internal", order=172, printed_from=("Handed", "Consulted"),
    summary="谁在何时查阅、复制了什么，遮盖了什么，由谁提供。",
    fields=(
        case_no(),
        *under(
            "查阅",
            Field(name="applicant", label="查阅人", required=True),
            Field(name="capacity", label="身份", required=True),
            Field(name="purpose", label="用途", required=True),
            Field(name="items", label="查阅的内容", type="longtext", required=True),
            Field(name="copies", label="复制的内容", type="longtext"),
            Field(name="redactions", label="遮盖的内容", type="longtext"),
            Field(name="by", label="提供人", type="person", required=True),
            Field(name="at", label="时间", type="datetime", required=True),
        ),
    ),
)  # fmt: skip

ANNUAL_CASE_LIST = Document(
    code="annual_case_list", title="年度行政执法案件清单", cites=(A(32),), requirement="R32.1", facing="I", stage="归档",
    layout="form", part="internal", order=180, kept_in="office", approvals=("S",), approved_by="own",
    printed_from=("Opened", "Issued", "Closed", "Archived"), authors=("section_head",),
    summary="一月三十一日前，各科室将上一年度的案件清单报政策法规科。",
    fields=under(
        "清单",
        Field(name="section", label="科室", required=True),
        Field(name="year", label="年度", required=True),
        Field(
            name="rows", label="案件", type="list", required=True, minimum=1,
            columns=(
                Field(name="case_no", label="案号", required=True),
                Field(name="cause", label="案由", required=True),
                Field(name="party", label="当事人", required=True),
                Field(name="number", label="文号"),
                Field(name="outcome", label="处罚（许可）结果"),
                Field(name="docketed_on", label="立案", type="date"),
                Field(name="closed_on", label="结案", type="date"),
                Field(name="archived_on", label="归档", type="date"),
            ),
        ),
    ),
)  # fmt: skip

DOCUMENTS = (
    CASE_COVER,
    CASE_CATALOGUE,
    CASE_REMARKS_SHEET,
    RECORDING_REGISTER,
    FILE_EVALUATION_SHEET,
    INSPECTION_LOG,
    ANNUAL_CASE_LIST,
)
