"""Time limits of the contest of a decision and of suspected crime (domain §4, TL-31 to TL-35, TL-50 to TL-52)."""

from __future__ import annotations

from liuhen.measures.counting import Span
from liuhen.measures.vocabulary import A, L, Limit

CONTEST = (
    Limit(
        code="TL-50",
        title="提交复议答复和全部证据",
        cites=(L("复", 48), L("复", 54), L("复", 88)),
        span=Span(10, "working_day"),
        starts="date:contested.notice_on[route=行政复议]"
        "|date:reconsideration_or_suit_notice.received_at[kind=行政复议]",
        ends="fact:contest_answered[route=行政复议]",
        severity=None,
        warn=(5, 2, 1),
        lost=True,
        note="适用简易程序的五个工作日；逾期视为没有证据、依据，不能补救",
    ),
    Limit(
        code="TL-51",
        title="提交诉讼答辩和全部证据",
        cites=(L("诉", 67),),
        span=Span(15, "day"),
        starts="date:contested.notice_on[route=行政诉讼]"
        "|date:reconsideration_or_suit_notice.received_at[kind=行政诉讼]",
        ends="fact:contest_answered[route=行政诉讼]",
        severity=None,
        warn=(7, 3, 1),
        lost=True,
        note="自然日，遇节假日不顺延；逾期视为没有相应证据，不能补救",
    ),
    Limit(
        code="TL-52",
        title="转送复议申请",
        cites=(L("复", 32),),
        span=Span(5, "working_day"),
        starts="date:reconsideration_received.on",
        ends="fact:reconsideration_forwarded|issued:penalty_withdrawal_decision",
        warn=(2, 1),
        note="认为应当维持的，收到之日起五个工作日内转送复议机关；自行撤销的，不再转送",
    ),
)

CRIME = (
    Limit(
        code="TL-31",
        title="决定是否移送涉嫌犯罪案件",
        cites=(A(12), L("移", 5)),
        span=Span(3, "day"),
        starts="filed:crime_transfer_report",
        ends="approved:crime_transfer_report",
        per="document",
        finding="C5.1",
        warn=(1,),
        note="自然日，遇节假日不顺延，由主要负责人决定",
    ),
    Limit(
        code="TL-32",
        title="向公安机关移送",
        cites=(A(12), L("移", 5)),
        span=Span(24, "hour"),
        starts="approved:crime_transfer_report",
        ends="sent:crime_transfer_letter",
        finding="C6.1",
        warn=(),
    ),
    Limit(
        code="TL-33",
        title="公安机关审查并通知是否立案",
        cites=(L("移", 8),),
        span=Span(3, "day"),
        starts="served:crime_transfer_letter",
        ends="filed:police_reply",
        severity=None,
        note="公安机关的期限；不属于其管辖的，二十四小时内转送",
    ),
    Limit(
        code="TL-34",
        title="提请复议或者建议立案监督",
        cites=(L("移", 9),),
        span=Span(3, "day"),
        starts="date:police_reply.received_at[result=不予立案]",
        ends="fact:police_refusal_contested",
        severity=None,
        note="公安机关不予立案的才适用",
    ),
    Limit(
        code="TL-35",
        title="向公安机关移交物品和材料",
        cites=(L("移", 12),),
        span=Span(3, "day"),
        starts="date:police_reply.received_at[result=立案]",
        ends="fact:handed_to_receiver",
        severity=None,
        note="公安机关决定立案的才适用",
    ),
)
