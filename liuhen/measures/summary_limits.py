"""Time limits of the summary procedure (domain §4, TL-29 and TL-30; 罚 52, 71, 85)."""

from __future__ import annotations

from liuhen.measures.counting import Span
from liuhen.measures.vocabulary import A, L, Limit

SUMMARY = (
    Limit(
        code="TL-29",
        title="把当场收缴的罚款交至本局",
        cites=(L("罚", 71), L("罚", 85)),
        span=Span(2, "working_day"),
        starts="date:collection_receipt.collected_at",
        ends="date:cash_handover.handed_at",
        warn=(1,),
        note="自收缴之日起二个工作日；在水上收缴的，自抵岸之日起算",
    ),
    Limit(
        code="TL-29.1",
        title="把当场收缴的罚款缴付银行",
        cites=(L("罚", 71), L("罚", 85)),
        span=Span(2, "working_day"),
        starts="date:cash_handover.handed_at",
        ends="fact:cash_banked",
        finding="TL-29",
        warn=(1,),
        note="本局自收到之日起二个工作日",
    ),
    Limit(
        code="TL-30",
        title="当场处罚决定报局备案",
        cites=(A(26), L("罚", 52)),
        span=Span(2, "working_day"),
        starts="issued:summary_decision",
        ends="filed:summary_filing_form",
        setting="summary_report_days",
        warn=(1,),
        note="法律没有规定天数，按本局设置",
    ),
)
