"""Time limits 时限 (domain §4) that an ordinary penalty case or a licensing case can meet.

A limit with a severity is a finding when missed; one without is shown and counted only,
because it binds the other,
side,
or because a rule of its own judges it. Titles are the act that is due. An event may name alternatives: ``a|b``.,
"""

from __future__ import annotations

from datetime import date

from liuhen.measures.counting import Span
from liuhen.measures.exit_limits import CONTEST, CRIME
from liuhen.measures.inspection import LIMITS as INSPECTION
from liuhen.measures.licensing_limits import LICENSING
from liuhen.measures.summary_limits import SUMMARY
from liuhen.measures.vocabulary import A, Former, L, Limit

NOTICE_SERVED = "served:penalty_notice|served:hearing_right_notice"
PENALTY_SERVED = "served:penalty_decision|served:summary_decision"
DECISION_SERVED = "served:penalty_decision|served:no_penalty_decision"
# The days on which the revised statutes came into force: 行政处罚法 (2021), 民事诉讼法 (2021).
REVISED, NOTICE_SHORTENED = date(2021, 7, 15), date(2022, 1, 1)
_DOCKET = (
    Limit(
        code="TL-10",
        title="决定是否立案",
        cites=(A(9), A(10)),
        span=Span(15, "working_day"),
        starts="filed:case_source_form",
        ends="docketed|approved:docket_refusal_approval|sent:case_transfer_letter",
        setting="docket_days",
        note="法律和办法没有规定天数，按本局设置",
    ),
    Limit(
        code="TL-11",
        title="发现违法行为",
        cites=(L("罚", 36),),
        span=Span(2, "year"),
        starts="date:docket_approval.act_on",
        ends="date:case_source_form.discovered_at",
        severity=None,
        note="涉及公民生命健康安全、金融安全且有危害后果的为五年；是否超过由立案审批表回答",
    ),
)

_EVIDENCE = (
    Limit(
        code="TL-12",
        title="处理先行登记保存的证据",
        cites=(A(14, 0, 5), L("罚", 56), L("罚", 85)),
        span=Span(7, "working_day"),
        starts="issued:hold_notice",
        ends="issued:hold_disposal_notice",
        finding="P56.1",
        warn=(3, 1),
        note="逾期不处理，登记保存自动失去依据",
    ),
    Limit(
        code="TL-13",
        title="处理或者解除查封、扣押",
        cites=(L("强", 25),),
        span=Span(30, "day"),
        starts="issued:seizure_decision",
        ends="issued:seizure_release_decision|issued:seized_property_transfer_notice|filed:goods_disposal_record",
        per="document",
        severity=None,
        warn=(10, 3),
        note="经批准可以再延长三十日；书面告知的检测、检验时间不计入",
    ),
    Limit(
        code="TL-14",
        title="补办紧急查封、扣押的批准",
        cites=(L("强", 19),),
        span=Span(24, "hour"),
        starts="date:seizure_approval.taken_at[urgent=是]",
        ends="approved:seizure_approval",
        severity=None,
        warn=(),
        note="情况紧急、当场实施的，二十四小时内报告负责人并补办批准；是否按期由查封、扣押的规则判断",
    ),
    Limit(
        code="TL-37",
        title="存入音像记录",
        cites=(A(31),),
        span=Span(24, "hour"),
        starts="recorded",
        ends="deposited",
        per="recording",
        finding="R31.2",
        warn=(),
        note="连续工作或者在边远、交通不便地区执法的，自回到本单位起算",
    ),
)

_NOTICE = (
    Limit(
        code="TL-15",
        title="要求听证",
        cites=(A(16), L("罚", 64, 0, 1), L("罚", 85)),
        span=Span(5, "working_day"),
        starts="served:hearing_right_notice",
        ends="filed:hearing_request|fact:hearing_requested|fact:hearing_waived",
        severity=None,
        setting="hearing_days",
        former=(
            Former(
                until=REVISED,
                span=Span(3, "day"),
                longest=Span(3, "working_day"),
                basis="行政处罚法（2017年修正）第四十二条：告知后三日内提出，没有规定按工作日计算",
            ),
        ),
        note="当事人的期限；期限内交邮的，不算过期",
    ),
    Limit(
        code="TL-17",
        title="写出听证报告",
        cites=(A(21),),
        span=Span(5, "working_day"),
        starts="date:hearing_record.ended_at",
        ends="filed:hearing_report",
        finding="R21.1",
        warn=(2,),
    ),
    Limit(
        code="TL-18",
        title="陈述和申辩",
        cites=(A(15), L("罚", 44), L("罚", 62)),
        span=Span(5, "working_day"),
        starts=NOTICE_SERVED,
        ends="fact:defence_waived|filed:waiver_statement[waived=陈述申辩/陈述申辩和听证]",
        severity=None,
        setting="defence_days",
        former=(
            Former(
                until=REVISED,
                longest=Span(5, "working_day"),
                basis="行政处罚法（2017年修正）第三十二条：应当听取陈述和申辩，没有规定期限",
            ),
        ),
        note="法律没有规定天数，按本局设置；期限届满或者明确放弃之前不得作出决定",
    ),
)

_DECISION = (
    Limit(
        code="TL-19",
        title="作出处理决定",
        cites=(L("罚", 60),),
        span=Span(90, "day"),
        starts="docketed",
        ends="decided|approved:case_withdrawal_approval|approved:case_termination_approval"
        "|sent:case_transfer_letter|sent:crime_transfer_letter",
        finding="P60.1",
        former=(Former(until=REVISED, basis="行政处罚法（2017年修正）没有规定办案期限"),),
        warn=(30, 15, 5),
        note="自然日，遇节假日不顺延；听证、鉴定等时间只有规定明文排除的才不计入",
    ),
    Limit(
        code="TL-20",
        title="送达处罚决定",
        cites=(L("罚", 61), L("罚", 85)),
        span=Span(7, "working_day"),
        starts="issued:penalty_decision|issued:no_penalty_decision",
        ends="sent:penalty_decision|sent:no_penalty_decision",
        per="document",
        finding="P61.1",
        warn=(3, 1),
        note="宣告后当场交付；当事人不在场的，七个工作日内交付、交邮或者发布公告",
    ),
    Limit(
        code="TL-45",
        title="告知处理结果",
        cites=(A(10), A(25)),
        span=Span(7, "working_day"),
        starts="outcome",
        ends="filed:result_notification_record",
        per="decision",
        setting="result_told_days",
        note="办法没有规定天数，按本局设置",
    ),
    Limit(
        code="TL-36",
        title="公告送达视为送达",
        cites=(A(27, 0, 3), L("民", 95)),
        span=Span(30, "day"),
        starts="date:public_notice.published_on",
        ends="",
        severity=None,
        note="自发布次日起算，第三十日结束时视为送达",
        former=(
            Former(
                until=NOTICE_SHORTENED,
                span=Span(60, "day"),
                basis="民事诉讼法（2017年修正）第九十二条：经过六十日视为送达",
            ),
        ),
    ),
)

_PARTY = (
    Limit(
        code="TL-21",
        title="缴纳罚款",
        cites=(L("罚", 67),),
        span=Span(15, "day", rolls=True),
        starts=PENALTY_SERVED,
        ends="fact:payment_made|filed:payment_record|filed:collection_receipt",
        per="decision",
        severity=None,
        note="当事人的期限；逾期每日按百分之三加处，不超过罚款数额",
    ),
    Limit(
        code="TL-22",
        title="加处罚款达到上限",
        cites=(L("罚", 72), L("罚", 73), L("强", 45)),
        span=Span(49, "day"),
        starts="served:penalty_decision",
        ends="issued:additional_fine_notice",
        per="decision",
        severity=None,
        warn=(),
        note="缴款期限届满次日起每日百分之三，分期、已缴和复议诉讼期间另算；决定书没有写明加处标准的，不得加处",
    ),
    Limit(
        code="TL-23",
        title="申请行政复议",
        cites=(L("复", 20),),
        span=Span(60, "day", rolls=True),
        starts=f"{DECISION_SERVED}|served:summary_decision",
        ends="",
        per="decision",
        severity=None,
        note="当事人的期限",
    ),
    Limit(
        code="TL-24",
        title="提起行政诉讼",
        cites=(L("诉", 46),),
        span=Span(6, "month", rolls=True),
        starts=DECISION_SERVED,
        ends="",
        per="decision",
        severity=None,
        note="当事人的期限；经过复议的，自收到复议决定书之日起十五日",
    ),
    Limit(
        code="TL-46",
        title="复查改正情况",
        cites=(A(28),),
        span=Span(5, "working_day"),
        starts="date:cure_order.due_on",
        ends="filed:cure_check_record",
        setting="cure_check_days",
        finding="R28.1",
        note="自责令改正的期限届满起算，天数按本局设置",
    ),
)

_COURT = (
    Limit(
        code="TL-25",
        title="催告之后申请强制执行",
        cites=(L("强", 54), L("强", 69)),
        span=Span(10, "working_day"),
        starts="served:performance_demand",
        ends="",
        per="document",
        severity=None,
        note="催告书送达满十个工作日，才可以申请法院强制执行",
    ),
    Limit(
        code="TL-26",
        title="申请法院强制执行",
        cites=(L("强", 53), L("罚", 72)),
        span=Span(9, "month", rolls=True),
        starts=PENALTY_SERVED,
        ends="issued:court_execution_application",
        per="decision",
        severity=None,
        warn=(30, 10),
        lost=True,
        note="起诉期限届满之日起三个月；经过复议、分期的另算；过期丧失，有正当理由的写明",
    ),
    Limit(
        code="TL-28",
        title="法院受理强制执行申请",
        cites=(L("强", 56),),
        span=Span(5, "working_day"),
        starts="served:court_execution_application",
        ends="filed:court_ruling",
        severity=None,
        note="法院的期限",
    ),
    Limit(
        code="TL-28.1",
        title="法院作出执行裁定",
        cites=(L("强", 57), L("强", 58)),
        span=Span(7, "working_day"),
        starts="date:court_ruling.received_at[result=受理]",
        ends="filed:court_ruling[result=准予执行/不准予执行]",
        severity=None,
        note="法院的期限；听取意见的，自受理之日起三十日",
    ),
    Limit(
        code="TL-28.2",
        title="对裁定向上一级法院申请复议",
        cites=(L("强", 56), L("强", 58)),
        span=Span(15, "day"),
        starts="date:court_ruling.received_at[result=不予受理/不准予执行]",
        ends="fact:ruling_contested",
        severity=None,
        note="对不予受理、不准予执行的裁定有异议的才适用",
    ),
    Limit(
        code="TL-48",
        title="中止执行满三年不再执行",
        cites=(L("强", 39),),
        span=Span(3, "year"),
        starts="issued:execution_suspension_decision",
        ends="fact:execution_resumed|issued:execution_termination_decision",
        severity=None,
        warn=(30,),
        note="没有明显社会危害、当事人确无能力履行，中止满三年未恢复的，不再执行",
    ),
)

_AFTER = (
    Limit(
        code="TL-38",
        title="归档",
        cites=(A(31),),
        span=Span(30, "day"),
        starts="ended",
        ends="archived",
        setting="archive_days",
        finding="R31.1",
        warn=(10, 3),
        note="自然日，遇节假日不顺延，自行政执法行为终结起算",
    ),
    Limit(
        code="TL-41",
        title="公开处罚决定",
        cites=(L("罚", 48),),
        span=Span(7, "working_day"),
        starts="issued:penalty_decision",
        ends="fact:published",
        per="decision",
        severity=None,
        note="具有一定社会影响的才公开；天数按国务院办公厅关于行政执法公示的规定",
    ),
    Limit(
        code="TL-42",
        title="撤回已公开的处罚信息",
        cites=(L("罚", 48), L("罚", 85)),
        span=Span(3, "working_day"),
        starts="fact:published+fact:contest_ended[result=撤销/变更/确认违法/重作]"
        "|fact:published+issued:penalty_withdrawal_decision",
        ends="fact:publication_withdrawn",
        severity=None,
        note="决定被变更、撤销、确认违法或者无效的才适用",
    ),
)

LIMITS: dict[str, Limit] = {
    limit.code: limit
    for limit in (
        *_DOCKET,
        *_EVIDENCE,
        *_NOTICE,
        *_DECISION,
        *_PARTY,
        *_COURT,
        *CONTEST,
        *CRIME,
        *_AFTER,
        *LICENSING,
        *INSPECTION,
        *SUMMARY,
    )
}
