"""What the office looks up before it fines: penalties already imposed for the same act (罚 29)."""

from __future__ import annotations

from liuhen.measures.vocabulary import A, Fact, Field, L

EARLIER_COLUMNS = (
    Field(name="body", label="作出机关", required=True),
    Field(name="number", label="决定书文号"),
    Field(name="on", label="决定日期", type="date", required=True),
    Field(name="act", label="违法行为", required=True),
    Field(name="fine", label="罚款", type="money"),
    Field(name="same_act", label="与本案是否同一行为", type="enum", options=("是", "否")),
)

FACTS = (
    Fact(
        code="earlier_penalties_checked",
        label="查询以往处罚",
        cites=(A(10), L("罚", 29)),
        summary="查询当事人是否因同一行为受过罚款；有的逐项登记，写明是否同一行为，没有的清单不填。",
        fields=(
            Field(name="on", label="查询日期", type="date", required=True, source="today"),
            Field(
                name="searched", label="查询的范围", required=True,
                phrases=("本局案件", "信用信息平台", "其他执法机关"),
            ),
            Field(name="found", label="以往处罚", type="list", columns=EARLIER_COLUMNS),
        ),
    ),
)  # fmt: skip
