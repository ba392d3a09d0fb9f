"""Facts of the summary procedure: turning it into the ordinary one, the money at the bank (domain §3.3; 罚 54, 71)."""

from __future__ import annotations

from liuhen.measures.vocabulary import Fact, Field, L

WHY_ORDINARY = ("违法事实需要进一步查清", "当事人对事实有异议", "处罚超过当场处罚的限额或者种类", "其他")

SUMMARY = (
    Fact(
        code="converted_to_ordinary",
        label="转为普通程序",
        cites=(L("罚", 51), L("罚", 54)),
        summary="决定作出之前，事实需要查清、超过限额或者当事人对事实有异议的，转为普通程序，已有的记录全部保留。",
        fields=(
            Field(name="reason", label="理由", type="enum", options=WHY_ORDINARY, required=True),
            Field(name="text", label="具体情况", type="longtext", required=True),
        ),
        turns=("penalty_summary", "penalty_ordinary"),
        before="issued:summary_decision",
    ),
    Fact(
        code="cash_banked",
        label="当场收缴的罚款已缴付银行",
        cites=(L("罚", 71),),
        summary="本局收到当场收缴的罚款后，二日内缴付指定的银行。",
        fields=(
            Field(name="on", label="缴付日期", type="date", required=True, source="today"),
            Field(name="amount", label="金额", type="money", required=True, source="cash_handover.amount"),
            Field(name="bank", label="银行", required=True, source="bureau.payee_bank"),
            Field(name="voucher", label="银行凭证号", required=True),
        ),
        proof=True,
    ),
)  # fmt: skip
