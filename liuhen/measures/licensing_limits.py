"""Time limits of licensing 行政许可 (domain §4, TL-01 to TL-08; 许 32, 42–48; 核例 10–12).

Of the limits to decide, the case's matter says which one runs. Their length grows by an extension that was approved and
told, and time of a special procedure is left out once it was told in writing (compliance.licensing).
"""

from __future__ import annotations

from liuhen.measures.counting import Span
from liuhen.measures.vocabulary import A, L, Limit

LICENSE_DECIDED = "issued:license_grant_decision|issued:license_denial_decision"
LICENSE_DROPPED = "issued:license_withdrawal_by_applicant|fact:application_withdrawn"
_DECIDED = f"{LICENSE_DECIDED}|{LICENSE_DROPPED}"
_DECIDE = "作出许可决定"
_NOTE = "听证、检验、专家评审等所需时间，书面告知申请人的才不计入"

LICENSING = (
    Limit(
        code="TL-01",
        title="告知补正、受理或者不予受理",
        cites=(A(6), L("许", 32, 0, 4)),
        span=Span(5, "working_day"),
        starts="date:material_receipt.received_at",
        ends="sent:license_supplement_notice|sent:license_acceptance_notice|sent:license_refusal_to_accept|"
        + LICENSE_DROPPED,
        finding="R6.2",
        warn=(2, 1),
        note="逾期不告知补正的，自收到申请材料之日起即为受理",
    ),
    Limit(
        code="TL-02",
        title=_DECIDE,
        cites=(A(8), L("许", 42)),
        span=Span(20, "working_day"),
        starts="accepted",
        ends=_DECIDED,
        finding="R8.1",
        warn=(5, 3, 1),
        note=_NOTE,
    ),
    Limit(
        code="TL-04",
        title=_DECIDE,
        cites=(A(8), L("核例", 10)),
        span=Span(20, "working_day"),
        starts="accepted",
        ends=_DECIDED,
        finding="R8.1",
        warn=(5, 3, 1),
        note="企业投资项目核准；委托评估的时间不计入",
    ),
    Limit(
        code="TL-05",
        title=_DECIDE,
        cites=(A(8), L("核例", 11), L("核例", 12)),
        span=Span(20, "working_day"),
        starts="accepted",
        ends=_DECIDED,
        finding="R8.1",
        warn=(5, 3, 1),
        note="已核准项目的变更、延期开工建设",
    ),
    Limit(
        code="TL-07",
        title="送达准予许可的决定",
        cites=(L("许", 44),),
        span=Span(10, "working_day"),
        starts="issued:license_grant_decision",
        ends="sent:license_grant_decision",
        per="document",
        finding="L44.1",
        warn=(3, 1),
    ),
    Limit(
        code="TL-08.1",
        title="申请许可听证",
        cites=(L("许", 47),),
        span=Span(5, "working_day"),
        starts="served:license_hearing_right_notice",
        ends="fact:license_hearing_requested",
        severity=None,
        note="申请人、利害关系人的期限，自被告知之日起算",
    ),
    Limit(
        code="TL-08",
        title="组织许可听证",
        cites=(L("许", 47),),
        span=Span(20, "working_day"),
        starts="fact:license_hearing_requested",
        ends="filed:license_hearing_record|fact:license_hearing_withdrawn|" + LICENSE_DROPPED,
        finding="L46.1",
        warn=(7, 3),
    ),
)
