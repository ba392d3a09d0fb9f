"""From the report to the archive (A15–A31; 罚 44–74; domain §3.2)."""

from __future__ import annotations

from liuhen.measures.limits import DECISION_SERVED, NOTICE_SERVED
from liuhen.measures.procedures.contest import contested, undone
from liuhen.measures.procedures.steps import (
    ARCHIVE,
    CARRY_OUT,
    DECIDE,
    DEFENDED,
    ELSEWHERE,
    HEARING_ASKED,
    HEARING_OFF,
    INVESTIGATE,
    OTHERWISE,
    Gate,
    files,
)
from liuhen.measures.vocabulary import A, L, Step

CONCLUSION = (
    files(
        "cure_order", "责令改正", INVESTIGATE, A(28), L("罚", 28), needs=("docketed",),
        done=("filed:cure_order", "fact:correction_not_ordered"), unless=("issued:no_penalty_decision", "closed", *OTHERWISE[1:], *ELSEWHERE),
        why="实施处罚时应当责令改正；无需改正的，登记理由。",
    ),
    Step(
        code="correction_not_ordered", title="登记无需责令改正", cites=(A(28), L("罚", 28)), stage=INVESTIGATE,
        does="state:correction_not_ordered", needs=("docketed",), done=("fact:correction_not_ordered",),
        unless=("filed:cure_order", "closed", *ELSEWHERE), optional=True,
        why="违法行为已经终了或者自行改正的，写明理由。",
    ),
    files(
        "investigation_report", "写出调查终结报告", INVESTIGATE, A(17), needs=("docketed",), unless=ELSEWHERE,
        limit="TL-19", why="列明事实、证据、定性、裁量和处理建议。",
    ),
    files(
        "case_withdrawal_approval", "报批销案", DECIDE, A(25), needs=("docketed",),
        unless=("decided", "gone"),
        optional=True, wanted=("proposed:销案", "party_gone"), why="违法事实不能成立等情形，报批销案。",
    ),
    files(
        "proposal_approval", "报批拟处罚意见", DECIDE, A(18), needs=("approved:investigation_report",),
        unless=("filed:no_penalty_decision", *OTHERWISE, *ELSEWHERE), limit="TL-19",
        why="处罚建议经局领导批准，才能告知当事人。",
    ),
    files(
        "no_penalty_decision", "作出不予处罚决定", DECIDE, A(25), L("罚", 57),
        needs=("approved:investigation_report",),
        unless=("filed:penalty_decision", *ELSEWHERE), limit="TL-19", optional=True,
        wanted=("proposed:不予行政处罚",),
        why="轻微及时改正、没有主观过错等，依法不予处罚。",
    ),
    files(
        "penalty_notice", "制作行政处罚告知书", DECIDE, A(15), A(18), L("罚", 44),
        needs=("approved:proposal_approval",),
        done=("filed:penalty_notice", "filed:hearing_right_notice"),
        unless=("filed:no_penalty_decision", *OTHERWISE, *ELSEWHERE),
        limit="TL-19", why="作出决定之前必须告知；符合听证条件的，改用听证告知书。",
    ),
    files(
        "hearing_right_notice", "制作行政处罚听证告知书", DECIDE, A(16), A(18), L("罚", 63),
        needs=("approved:proposal_approval",), done=("filed:hearing_right_notice", "filed:penalty_notice"),
        unless=("filed:no_penalty_decision", *ELSEWHERE), limit="TL-19", optional=True,
        why="吊销、停产停业、较大数额罚款等，用它代替处罚告知书。",
    ),
)  # fmt: skip

_TOLD: Gate = {
    "needs": (NOTICE_SERVED,),
    "unless": ("filed:decision_approval", *ELSEWHERE),
    "optional": True,
}

DEFENCE = (
    files(
        "defence_record", "记录陈述申辩", DECIDE, A(15), L("罚", 45), **_TOLD, limit="TL-18",
        why="当事人口头陈述申辩的，当面记录。",
    ),
    files(
        "defence_submission", "收存陈述申辩书", DECIDE, A(15), L("罚", 45), **_TOLD, limit="TL-18",
        why="当事人书面提出的，登记收到时间。",
    ),
    Step(
        code="defence_waived", title="登记放弃陈述申辩", cites=(A(15), L("罚", 62)), stage=DECIDE,
        does="state:defence_waived", needs=(NOTICE_SERVED,), done=("fact:defence_waived",),
        unless=(*DEFENDED, "filed:decision_approval", *ELSEWHERE), optional=True, limit="TL-18",
        why="有当事人签名声明的，可以不等期限届满。",
    ),
    Step(
        code="document_read", title="办案人员阅看陈述申辩", cites=(L("罚", 45),), stage=DECIDE,
        does="state:document_read", needs=(), only=DEFENDED, done=("fact:document_read",),
        why="先阅看当事人的意见，再复核和起草决定。",
    ),
    files(
        "defence_reexamination_form", "复核陈述申辩", DECIDE, A(22), L("罚", 45), only=DEFENDED,
        needs=("fact:document_read",), why="逐条答复，成立的采纳，不得因申辩加重。",
    ),
)  # fmt: skip

HEARING = (
    files(
        "hearing_request", "登记听证申请", DECIDE, A(19), L("罚", 64, 0, 1),
        needs=("served:hearing_right_notice",),
        done=HEARING_ASKED, unless=("filed:decision_approval", "fact:hearing_waived"), optional=True,
        limit="TL-15",
        why="当事人要求听证的，登记收到或者交邮的时间。",
    ),
    Step(
        code="hearing_waived", title="登记放弃听证", cites=(A(16), L("罚", 63)), stage=DECIDE,
        does="state:hearing_waived", needs=("served:hearing_right_notice",), done=("fact:hearing_waived",),
        unless=(*HEARING_ASKED, "filed:decision_approval"), optional=True, limit="TL-15",
        why="有当事人签名声明的，可以不等期限届满。",
    ),
    files(
        "case_matter_approval", "报请指定听证主持人", DECIDE, A(19), only=HEARING_ASKED,
        done=("filed:case_matter_approval[topic=指定听证主持人]", "filed:hearing_notice"), unless=HEARING_OFF,
        code="presider_approval",
        why="主持人由局领导指定，不得是调查人员。",
    ),
    files(
        "hearing_refusal_notice", "不予受理听证", DECIDE, L("罚", 63), L("罚", 64), only=HEARING_ASKED,
        optional=True,
        unless=("filed:hearing_notice", "fact:hearing_request_withdrawn"),
        why="逾期或者不属于听证范围的，书面说明理由。",
    ),
    files(
        "hearing_notice", "通知听证", DECIDE, A(19), L("罚", 64, 0, 2), only=HEARING_ASKED,
        needs=("approved:case_matter_approval[topic=指定听证主持人]",), unless=HEARING_OFF, why="听证七个工作日前送达。",
    ),
    files(
        "hearing_announcement", "公告听证", DECIDE, L("罚", 64, 0, 3), only=("issued:hearing_notice",),
        unless=("filed:hearing_record", *HEARING_OFF), optional=True,
        why="公开举行的，公告案由、时间和地点。",
    ),
    files(
        "hearing_postponement_notice", "通知听证延期、中止、终止", DECIDE, A(19), L("罚", 64),
        only=("issued:hearing_notice",), unless=("filed:hearing_record", *HEARING_OFF), optional=True,
        why="已经通知的听证有变动的，书面说明理由。",
    ),
    files(
        "hearing_record", "举行听证，制作笔录", DECIDE, A(20), only=("filed:hearing_notice",),
        needs=("served:hearing_notice",), unless=HEARING_OFF, why="逐页签名，全程音像记录。",
    ),
    files(
        "hearing_report", "写出听证报告", DECIDE, A(21), only=("filed:hearing_record",), limit="TL-17",
        role="presider",
        why="五个工作日内连同笔录报主要负责人。",
    ),
)  # fmt: skip

NO_LONGER = ("filed:no_penalty_decision", *OTHERWISE, *ELSEWHERE)

DECISION = (
    files(
        "legal_review_opinion", "法制审核", DECIDE, L("罚", 58), needs=(NOTICE_SERVED,),
        role="legal_reviewer",
        unless=("decided", *ELSEWHERE), optional=True,
        why="涉及重大公共利益、经过听证、疑难复杂等情形，未经审核不得决定。",
    ),
    files(
        "legal_review_opinion", "听证之后法制审核", DECIDE, L("罚", 58), only=("filed:hearing_report",),
        role="legal_reviewer", unless=("decided", *ELSEWHERE), code="legal_review_after_hearing",
        why="直接关系重大权益并经过听证的，未经审核不得决定。",
    ),
    files(
        "decision_approval", "报批处罚决定", DECIDE, A(22), L("罚", 57), needs=(NOTICE_SERVED, "heard"),
        unless=NO_LONGER,
        limit="TL-19", waits=("TL-18", "TL-15"), why="写明当事人的意见和复核意见，由科室负责人和局领导签署。",
    ),
    files(
        "collective_discussion_minutes", "集体讨论", DECIDE, A(23), L("罚", 57),
        needs=("filed:decision_approval",),
        unless=("decided", *ELSEWHERE), optional=True, why="重大、复杂或者处罚较重的案件，必须集体讨论决定。",
    ),
    files(
        "penalty_decision", "制作行政处罚决定书", DECIDE, A(24), L("罚", 59),
        needs=("approved:decision_approval",),
        unless=NO_LONGER, limit="TL-19", why="七项内容齐全，与批准和告知的一致。",
    ),
)  # fmt: skip

_OWED: Gate = {"needs": ("served:penalty_decision",), "unless": ("closed",), "optional": True}

EXECUTION = (
    Step(
        code="direct_service_failed", title="登记直接送达未成", cites=(A(27),), stage=CARRY_OUT,
        does="state:direct_service_failed", needs=("issued:penalty_decision|issued:no_penalty_decision",),
        done=("fact:direct_service_failed",), unless=(*DECISION_SERVED.split("|"),), optional=True,
        why="邮寄、公告之前，写明直接送达为何不成。",
    ),
    files(
        "service_course_note", "说明无法送达的经过", CARRY_OUT, A(27, 0, 3), L("民", 95), optional=True,
        needs=("issued:penalty_decision|issued:no_penalty_decision",), unless=(*DECISION_SERVED.split("|"),),
        why="公告送达之前，写明其他方式为何不成。",
    ),
    files(
        "public_notice_approval", "报批公告送达", CARRY_OUT, A(27, 0, 3), only=("filed:service_course_note",),
        unless=(*DECISION_SERVED.split("|"),), optional=True, why="公告是最后的办法。",
    ),
    files(
        "public_notice", "发布公告", CARRY_OUT, A(27, 0, 3), L("民", 95),
        only=("approved:public_notice_approval",),
        why="发布首日和末日都要音像记录，留存载体。",
    ),
    files(
        "payment_record", "登记履行情况", CARRY_OUT, L("罚", 66), L("罚", 67),
        needs=("served:penalty_decision",),
        done=("paid", "fact:penalty_performed", "fact:obligation_explained"),
        unless=("filed:no_penalty_decision", "refused", *OTHERWISE, *ELSEWHERE),
        limit="TL-21", why="缴款凭证与决定书核对一致后入卷。",
    ),
    files(
        "payment_slip", "制作缴款书", CARRY_OUT, L("罚", 67), **_OWED, limit="TL-21",
        why="写明银行、账户和金额，便于当事人缴款。",
    ),
    files(
        "instalment_application", "收存延期、分期申请", CARRY_OUT, L("罚", 66), **_OWED,
        why="当事人确有经济困难的，可以申请延期或者分期缴纳。",
    ),
    files(
        "instalment_approval", "报批延期、分期缴纳", CARRY_OUT, L("罚", 66), unless=("closed",),
        only=("filed:instalment_application",), why="核实经济困难的情况，写明各期，报局领导批准。",
    ),
    files(
        "instalment_decision", "准予延期、分期缴纳", CARRY_OUT, L("罚", 66), unless=("closed",),
        only=("approved:instalment_approval",), why="写明各期的金额和期限，送达当事人。",
    ),
    files(
        "additional_fine_notice", "加处罚款", CARRY_OUT, L("罚", 72), **_OWED,
        why="逾期不缴纳的，每日按百分之三加处，不超过罚款数额。",
    ),
    files(
        "performance_demand", "催告履行", CARRY_OUT, L("强", 54), **_OWED, limit="TL-26",
        why="申请法院强制执行之前，先书面催告。",
    ),
    files(
        "demand_defence_record", "记录对催告的陈述申辩", CARRY_OUT, L("强", 36), optional=True,
        only=("served:performance_demand",), unless=("closed",), why="当事人对催告有意见的，记录并复核。",
    ),
    files(
        "court_execution_application", "申请法院强制执行", CARRY_OUT, L("强", 53), optional=True,
        only=("served:performance_demand",), limit="TL-26", why="催告满十个工作日，起诉期限届满三个月内申请。",
    ),
    files(
        "court_ruling", "登记法院裁定", CARRY_OUT, L("强", 57), unless=("closed",),
        only=("issued:court_execution_application",), why="收到受理或者裁定，登记结果。",
    ),
    files(
        "execution_suspension_decision", "中止执行", CARRY_OUT, L("强", 39), **_OWED,
        why="暂无履行能力等情形，中止执行。",
    ),
    files(
        "execution_termination_decision", "终结执行", CARRY_OUT, L("强", 40), **_OWED,
        why="无财产可供执行等情形，终结执行。",
    ),
    files(
        "performance_record", "记录履行情况", CARRY_OUT, L("罚", 66), needs=("served:penalty_decision",),
        optional=True, why="每一项处罚何时、以何方式履行，记录在案。",
    ),
    files(
        "cure_check_record", "复查改正情况", CARRY_OUT, A(28), only=("served:cure_order",), limit="TL-46",
        why="改正期满到现场核查，同时音像记录。",
    ),
    files(
        "confiscation_list", "列出没收物品清单", CARRY_OUT, A(29), needs=("served:penalty_decision",), optional=True,
        why="没收物品的，逐件列清单，由当事人和执法人员签名。",
    ),
    files(
        "case_matter_approval", "报批处理罚没物品", CARRY_OUT, A(29), needs=("served:penalty_decision",),
        done=("filed:case_matter_approval[topic=罚没物品处理]", "filed:goods_disposal_record"), optional=True,
        code="goods_approval",
        why="有罚没物品的，经批准后依法处理。",
    ),
    files(
        "goods_disposal_record", "处理罚没物品", CARRY_OUT, A(29), L("罚", 74), optional=True,
        needs=("served:penalty_decision", "approved:case_matter_approval[topic=罚没物品处理]"),
        why="执行人和见证人逐页签名，同时音像记录。",
    ),
    Step(
        code="published", title="公开处罚决定", cites=(L("罚", 48),), stage=CARRY_OUT, does="state:published",
        needs=("issued:penalty_decision",), done=("fact:published",), limit="TL-41", optional=True,
        why="具有一定社会影响的处罚决定，依法公开。",
    ),
    files(
        "result_notification_record", "告知处理结果", CARRY_OUT, A(25), limit="TL-45", code="result_told",
        done=("told",),
        only=(
            "decided", "exit:withdrawn", "exit:terminated", "exit:annulled",
            "sent:case_transfer_letter+exit:transferred", "sent:crime_transfer_letter+exit:crime_transferred",
        ),
        unless=("closed",),
        why="告知被调查人和每一名具名的投诉人、申诉人、举报人。",
    ),
)  # fmt: skip

DECIDED = "issued:penalty_decision|issued:no_penalty_decision"
CONTEST = (*contested(DECIDED), *undone("issued:penalty_decision"))

CLOSING = (
    files(
        "closing_report", "报批结案", ARCHIVE, A(30), needs=("closable", "told", "carried_out"),
        unless=("unreported",), why="十三项内容大多已由系统填好。",
    ),
    files(
        "closing_report", "报批结案，说明未了事项", ARCHIVE, A(30), needs=("closable", "told"),
        unless=("unreported", "carried_out"), optional=True, code="closing_report_open",
        why="处罚还没有履行完毕的，逐项说明原因和后续安排。",
    ),
    Step(
        code="archive", title="归档", cites=(A(31), L("档", 14)), stage=ARCHIVE, does="archive",
        needs=("closed",),
        done=("archived",), limit="TL-38", role="archivist", why="行为终结之日起三十日内收集齐全、整理归档。",
    ),
)  # fmt: skip
