"""Fields that many document kinds share (domain §1.0, groups), each built once."""

from __future__ import annotations

from dataclasses import replace

from liuhen.measures.vocabulary import Field, Signature

OFFICER_COLUMNS = (
    Field(name="person", label="人员"),
    Field(name="name", label="姓名", required=True),
    Field(name="certificate_no", label="执法证号", required=True),
)


def case_no() -> Field:
    """案号, from the case."""
    return Field(name="case_no", label="案号", required=True, source="case.case_no", group="案件")


def party(*, required: bool = True) -> Field:
    """当事人 ``{pa}``: one value of type party (name, kind, identity, address …), from the case."""
    return Field(
        name="party", label="当事人", type="party", required=required, source="case.party", group="当事人"
    )


def officers(*, minimum: int = 2) -> Field:
    """执法人员 ``{of}``: rows of person, name, certificate number; at least two (A13)."""
    return Field(
        name="officers",
        label="执法人员",
        type="officers",
        required=True,
        minimum=minimum,
        columns=OFFICER_COLUMNS,
        source="case.officers",
        group="执法人员与告知",
    )


def span_and_place(
    what: str,
    place: str = "site_inspection_record.place|case.place",
    *,
    started: str = "",
    ended: str = "now",
) -> tuple[Field, ...]:
    """起止时间与地点 ``{tp}``; ``what`` names the act: 检查, 询问 …; the rest, where it comes from."""
    return under(
        "时间与地点",
        Field(name="started_at", label=f"{what}开始", type="datetime", required=True, source=started),
        Field(name="ended_at", label=f"{what}结束", type="datetime", required=True, source=ended),
        Field(
            name="place", label=f"{what}地点", required=True, source=place,
            hint="写到能让没去过的人找到的程度。",
        ),
    )  # fmt: skip


def rights(template: str) -> tuple[Field, ...]:
    """权利告知 ``{rt}``: what was told (the kind's template), the answer on recusal, certificates (罚 55)."""
    group = "执法人员与告知"
    return (
        Field(
            name="certificates_shown",
            label="已出示执法证件并说明来意",
            type="bool",
            required=True,
            group=group,
        ),
        Field(
            name="rights_told",
            label="权利告知",
            type="longtext",
            required=True,
            source=f"text.{template}",
            group=group,
        ),
        Field(
            name="recusal_answer",
            label="是否申请回避",
            type="enum",
            required=True,
            options=("不申请", "申请"),
            group=group,
        ),
    )


def basis(*, required: bool = True, source: str = "docket_approval.basis") -> Field:
    """依据 ``{bs}``: rows of law, article, paragraph, item."""
    return Field(
        name="basis",
        label="依据",
        type="basis",
        required=required,
        source=source,
        group="事实与依据",
        columns=(
            Field(name="law", label="法律法规规章", required=True),
            Field(name="article", label="条", required=True),
            Field(name="paragraph", label="款"),
            Field(name="item", label="项"),
        ),
    )


def remedies(source: str = "text.remedies_general") -> Field:
    """救济途径 ``{rm}``: reconsideration body and days, court and months; never free text."""
    return Field(
        name="remedies", label="救济途径", type="remedies", required=True, source=source, group="权利与救济"
    )


def under(group: str, *fields: Field) -> tuple[Field, ...]:
    """The same fields, put under one heading of the form."""
    return tuple(replace(field, group=group) for field in fields)


# The decisions that impose a penalty: of the ordinary procedure, and on the spot.
PENALTY_DECISIONS = "penalty_decision|summary_decision"


def applies(kind: str, label: str, *, name: str = "", required: bool = True) -> Field:
    """The earlier document that this one follows: the latest of ``kind`` (several kinds: ``a|b``)."""
    source = "|".join(f"document.{code}" for code in kind.split("|"))
    return Field(
        name=name or kind, label=label, type="document", required=required, source=source, group="案件"
    )


def reasons(label: str = "理由", **more: str) -> Field:
    """理由: why the office does this."""
    return Field(
        name="reasons",
        label=label,
        type="longtext",
        required=True,
        group="事实与依据",
        source=more.get("source", ""),
    )


def facts(source: str, label: str = "违法事实") -> Field:
    """违法事实, carried from the paper that established them."""
    return Field(
        name="facts", label=label, type="longtext", required=True, group="事实与依据", source=source,
        hint="写明时间、地点、经过、情节和后果，每一句都要有证据。",
    )  # fmt: skip


PENALTY_KINDS = (
    "警告", "通报批评", "罚款", "没收违法所得", "没收非法财物", "暂扣许可证件", "降低资质等级",
    "吊销许可证件",
    "限制开展生产经营活动", "责令停产停业", "责令关闭", "限制从业",
)  # fmt: skip


def penalties(
    source: str, label: str, *, required: bool = True, only_if: tuple[str, str] | None = None
) -> Field:
    """处罚内容: rows of kind (罚 9), amount in 分, term, object; one name in every paper, to compare."""
    return Field(
        name="penalties", label=label, type="penalties", required=required, minimum=1 if required else 0,
        source=source, group="处罚内容", only_if=only_if,
        columns=(
            Field(name="kind", label="种类", type="enum", options=PENALTY_KINDS, required=True),
            Field(name="amount", label="金额", type="money"),
            Field(
                name="base", label="计算基数", type="money", printed=False,
                hint="罚款按倍数或者千分之几计算的，填写货值金额、项目总投资等。",
            ),
            Field(name="term", label="期限"),
            Field(name="object", label="对象"),
        ),
    )  # fmt: skip


UNITS = (
    "件",
    "个",
    "台",
    "袋",
    "箱",
    "盒",
    "瓶",
    "桶",
    "包",
    "份",
    "册",
    "张",
    "千克",
    "吨",
    "升",
    "米",
    "平方米",
    "辆",
)
# The thing itself, whatever later lists call it (domain §2): given when the row is first recorded, then carried along.
ITEM_ID = Field(name="item_id", label="物品编号", printed=False, system=True)
ITEM_COLUMNS = (
    ITEM_ID,
    Field(name="name", label="名称", required=True),
    Field(name="spec", label="规格型号"),
    Field(name="unit", label="单位", phrases=UNITS),
    Field(name="quantity", label="数量", type="quantity", required=True),
    Field(name="condition", label="特征（成色）"),
    Field(name="note", label="备注"),
)


def items(label: str = "物品清单", source: str = "", *extra: Field, required: bool = True) -> Field:
    """A list of things (domain §2): common columns, and what this list adds to them."""
    return Field(
        name="items", label=label, type="list", required=required, minimum=1 if required else 0,
        source=source,
        group="清单", columns=(*ITEM_COLUMNS, *extra), hint="随文书附页打印，每页由有关人员签名。",
    )  # fmt: skip


def evidence(source: str = "case.exhibits") -> Field:
    """证据: rows of number, name, kind (罚 46) and what it proves."""
    return Field(
        name="evidence", label="证据", type="list", required=True, minimum=1, source=source,
        group="事实与依据",
        columns=(
            Field(name="number", label="编号", required=True),
            Field(name="name", label="证据名称", required=True),
            Field(name="kind", label="种类", type="enum", options=EVIDENCE_KINDS),
            Field(name="proves", label="证明内容", required=True),
        ),
        hint="有利于和不利于当事人的证据都要列入。",
    )  # fmt: skip


EVIDENCE_KINDS = (
    "书证",
    "物证",
    "视听资料",
    "电子数据",
    "证人证言",
    "当事人的陈述",
    "鉴定意见",
    "勘验笔录、现场笔录",
)


def received() -> tuple[Field, ...]:
    """Of every paper received from outside: when it came, by whom, the scan or file."""
    return under(
        "收到",
        Field(name="received_at", label="收到时间", type="datetime", required=True, source="now"),
        Field(name="received_by", label="接收人", type="person", required=True, source="actor.person"),
        Field(name="files", label="原件或扫描件", type="files", required=True, minimum=1),
    )


def contact() -> tuple[Field, ...]:
    """联系人、电话、地址 of the office, from the settings."""
    return under(
        "联系方式",
        Field(name="contact", label="联系人", required=True, source="case.lead_officer"),
        Field(name="contact_phone", label="联系电话", required=True, source="bureau.phone"),
        Field(name="contact_address", label="地址", required=True, source="bureau.address"),
    )


TWO_OFFICERS = Signature(role="officer", label="执法人员", count=2)
TWO_OFFICERS_EACH_PAGE = Signature(role="officer", label="执法人员", count=2, every_page=True)
PARTY = Signature(role="party", label="当事人")
PARTY_EACH_PAGE = Signature(role="party", label="当事人", every_page=True)
WITNESS_IF_ANY = Signature(role="witness", label="见证人", required=False)
AGENT_IF_ANY = Signature(role="agent", label="代理人", required=False)
