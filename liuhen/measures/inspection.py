"""What administrative inspection adds to the tables: facts, a limit, a recording duty, a requirement, a length (R2.1)."""

from __future__ import annotations

from liuhen.measures.counting import Span
from liuhen.measures.vocabulary import A, Duty, Fact, Field, L, Limit

_ON = Field(name="on", label="日期", type="date", required=True, source="today")

FACTS = (
    Fact(
        code="inspection_given_up",
        label="检查没有进行",
        cites=(A(3), A(9)),
        summary="计划没有批准、不再检查或者找不到被检查人的，登记原因，检查到此结束。",
        fields=(
            _ON,
            Field(
                name="reason", label="原因", type="enum", required=True,
                options=("计划没有批准", "不再需要检查", "被检查人已经终止或者停业", "找不到被检查人", "其他"),
            ),
            Field(name="text", label="具体情况", type="longtext", required=True),
        ),
        before="filed:inspection_form",
    ),
    Fact(
        code="clue_handed_on",
        label="检查线索转入处罚程序或者移送",
        cites=(A(9), L("罚", 54)),
        summary="检查发现涉嫌违法的，登记转到哪一案件、哪一机关，检查到此结束。",
        fields=(
            _ON,
            Field(name="to", label="转入的案号或者受移送机关", required=True),
            Field(
                name="text", label="线索内容", type="longtext", required=True,
                source="inspection_form.problems",
            ),
        ),
        after="filed:inspection_form",
    ),
)  # fmt: skip

LIMITS = (
    Limit(
        code="TL-53",
        title="告知检查结果",
        cites=(A(3),),
        span=Span(7, "working_day"),
        starts="signed:inspection_form",
        ends="sent:inspection_result_notice",
        setting="inspection_told_days",
        note="法律没有规定天数，按本局设置",
    ),
)

DUTIES = (
    Duty(
        code="administrative_inspection",
        step="行政检查",
        what="进入现场、出示证件、告知权利、逐项检查、现场负责人陈述、签名或者拒签",
        means="录像和照片",
        level="M",
        span="进入现场至离开现场",
        cites=(A(4), A(14)),
        document="inspection_form",
        found="R14.3",
    ),
)
