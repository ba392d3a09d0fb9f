"""Service (A11, A18, A27; 民 87–95; 罚 61; domain §1.6).

Receipts are filled from the service steps, so that nothing is typed twice.
"""

from __future__ import annotations

from dataclasses import replace

from liuhen.measures.documents.groups import TWO_OFFICERS, applies, case_no, officers, party, received, under
from liuhen.measures.vocabulary import A, Document, Field, L, Signature

METHODS = ("直接送达", "留置送达", "邮寄送达", "委托送达", "转交送达", "电子送达", "公告送达")
_SERVED = (
    Field(name="number", label="文号", required=True),
    Field(name="title", label="文书名称", required=True),
)

SERVICE_RECEIPT = Document(
    code="service_receipt",
    title="送达回证",
    cites=(A(27, 0, 1), A(11), L("民", 87)),
    requirement="R27.1",
    facing="P",
    stage="送达执行",
    layout="form",
    recording="S",
    order=21,
    summary="写明送达文书、地点、方式，由收件人注明日期并签名，送达人签名。",
    fields=(
        case_no(),
        *under(
            "送达",
            Field(
                name="documents", label="送达文书", type="list", required=True, minimum=1,
                source="service.documents",
                columns=_SERVED,
            ),
            Field(name="addressee", label="受送达人", required=True, source="service.addressee"),
            Field(name="place", label="送达地点", required=True, source="service.place"),
            Field(
                name="method", label="送达方式", type="enum", required=True, options=METHODS,
                source="service.method",
            ),
            Field(
                name="servers", label="送达人", type="people", required=True, source="service.servers",
                minimum=1,
            ),
        ),
        *under(
            "收件",
            Field(name="recipient", label="收件人", required=True, source="service.recipient"),
            Field(
                name="relation", label="与受送达人关系", source="service.relation",
                phrases=("本人", "法定代表人", "收发人员", "同住成年家属", "代收人"),
            ),
            Field(name="received_on", label="收到日期", type="date", required=True, source="service.on"),
            Field(name="refusal", label="拒收事由", source="service.reason"),
            Field(name="witness", label="见证人", source="service.witness"),
            Field(name="note", label="备注", type="longtext"),
        ),
    ),
    signatures=(
        Signature(role="recipient", label="收件人"),
        Signature(role="server", label="送达人", count=2),
        Signature(role="witness", label="见证人", required=False),
    ),
)  # fmt: skip

POSTAL_PROOF = Document(
    code="postal_proof",
    title="挂号（特快专递）回执",
    cites=(A(27, 0, 2), L("民", 91)),
    requirement="R27.2",
    facing="X",
    stage="送达执行",
    layout="received",
    order=21,
    summary="邮寄送达的，以回执上注明的收件日期为送达日期。",
    fields=(
        case_no(),
        applies("served", "所送文书", name="document"),
        *under(
            "邮件",
            Field(name="carrier", label="承运人", required=True, source="service.carrier"),
            Field(name="tracking", label="邮件号", required=True, source="service.tracking"),
            Field(name="posted_on", label="交寄日期", type="date", required=True, source="service.posted_on"),
            Field(name="delivered_on", label="签收日期", type="date", source="service.on"),
            Field(name="returned", label="退回", type="bool"),
            Field(name="reason", label="退回原因", source="service.reason", required_if=("returned", "true")),
        ),
        *received(),
    ),
)  # fmt: skip

SERVICE_COURSE_NOTE = Document(
    code="service_course_note",
    title="无法送达情况说明",
    cites=(A(27, 0, 3), L("民", 95)),
    requirement="R27.3",
    facing="I",
    stage="送达执行",
    layout="form",
    order=21,
    summary="公告之前，写明已用哪些方式、为何都送不到，或者受送达人下落不明的根据。",
    fields=(
        case_no(),
        applies("served", "所送文书", name="document"),
        *under(
            "经过",
            Field(name="addressee", label="受送达人", required=True, source="case.party.name"),
            Field(
                name="attempts", label="已用方式", type="list", source="service.attempts",
                columns=(
                    Field(name="on", label="日期", type="date", required=True),
                    Field(name="method", label="方式", type="enum", options=METHODS, required=True),
                    Field(name="reason", label="未成原因", required=True),
                ),
            ),
            Field(name="missing", label="受送达人下落不明", type="bool"),
            Field(
                name="missing_ground", label="下落不明的根据", type="longtext",
                required_if=("missing", "true"),
            ),
        ),
        officers(),
    ),
    signatures=(TWO_OFFICERS,),
)  # fmt: skip

CARRIERS = ("报纸", "公告栏", "门户网站")

PUBLIC_NOTICE_APPROVAL = Document(
    code="public_notice_approval",
    title="公告送达审批表",
    cites=(A(27, 0, 3),),
    requirement="R27.3",
    facing="I",
    stage="送达执行",
    layout="form",
    part="internal",
    order=124,
    approvals=("S", "B"),
    approved_by="own",
    summary="其他方式都不能送达的，报批后公告送达。",
    fields=(
        case_no(),
        applies("served", "所送文书", name="document"),
        *under(
            "公告",
            Field(name="addressee", label="受送达人", required=True, source="service_course_note.addressee"),
            Field(
                name="reasons", label="公告理由", type="longtext", required=True,
                source="text.public_notice_reasons",
            ),
            Field(name="carrier", label="公告载体", type="enum", required=True, options=CARRIERS),
        ),
        officers(),
    ),
    signatures=(TWO_OFFICERS,),
)  # fmt: skip

PUBLIC_NOTICE = Document(
    code="public_notice",
    title="公告送达公告",
    cites=(A(27, 0, 3), L("民", 95)),
    requirement="R27.3",
    facing="P",
    stage="送达执行",
    layout="letter",
    number="公",
    sealed=True,
    recording="M",
    order=40,
    approved_by="public_notice_approval",
    addressed="addressee",
    equal=("addressee", "carrier"),
    summary="发布后经过三十日视为送达，留存载体凭证并进行音像记录。",
    lead="因采用其他方式无法送达，依照《中华人民共和国民事诉讼法》第九十五条，现公告送达下列文书。",
    close="自发布之日起经过三十日，即视为送达。",
    fields=(
        case_no(),
        replace(applies("served", "所送文书", name="document"), printed=False),
        *under(
            "公告",
            Field(
                name="addressee", label="受送达人", required=True, source="public_notice_approval.addressee",
            ),
            Field(name="document_title", label="文书名称和文号", required=True, source="service.title"),
            Field(name="summary", label="主要内容", type="longtext", required=True, source="service.summary"),
            Field(
                name="failed_attempts", label="已用方式及未成原因", type="longtext",
                source="text.public_notice_reasons",
            ),
            Field(
                name="carrier", label="载体", type="enum", required=True, options=CARRIERS,
                source="public_notice_approval.carrier",
            ),
            Field(name="published_on", label="发布日期", type="date", required=True, source="today"),
            Field(name="deemed_on", label="视为送达日期", type="date", required=True, source="limit.TL-36"),
            Field(name="collect_at", label="领取地点", required=True, source="bureau.address"),
        ),
    ),
)  # fmt: skip

ELECTRONIC_SERVICE_RECORD = Document(
    code="electronic_service_record",
    title="电子送达凭证",
    cites=(L("罚", 61), L("民", 90)),
    requirement="P61.1",
    facing="I",
    stage="送达执行",
    layout="form",
    order=21,
    summary="当事人签名同意后才能电子送达，到达特定系统的日期为送达日期。",
    fields=(
        case_no(),
        party(),
        applies("served", "所送文书", name="document"),
        applies("service_address_confirmation", "送达地址确认书", name="consent"),
        *under(
            "电子送达",
            Field(name="channel", label="方式", required=True, source="service_address_confirmation.channel"),
            Field(
                name="account", label="账号", required=True, secret=True,
                source="service_address_confirmation.account",
            ),
            Field(name="sent_at", label="发出时间", type="datetime", required=True, source="now"),
            Field(
                name="reached_at", label="到达时间", type="datetime", required=True,
                source="service.reached_at",
            ),
            Field(name="digest", label="所送文件校验值", required=True, source="service.digest"),
        ),
    ),
    signatures=(Signature(role="server", label="送达人"),),
)  # fmt: skip

DOCUMENTS = (
    SERVICE_RECEIPT,
    POSTAL_PROOF,
    SERVICE_COURSE_NOTE,
    PUBLIC_NOTICE_APPROVAL,
    PUBLIC_NOTICE,
    ELECTRONIC_SERVICE_RECORD,
)
