"""From source to evidence (A9–A14; 罚 54–56; domain §3.2)."""

from __future__ import annotations

from liuhen.measures.procedures.steps import (
    CARRY_OUT,
    DECIDE,
    ELSEWHERE,
    INVESTIGATE,
    START,
    Gate,
    files,
)
from liuhen.measures.vocabulary import A, L, Step


def _handled(choice: str) -> str:
    """What the section head chose for the source (A9)."""
    return f"approved:case_source_form[choice={choice}]"


def _advised(advice: str) -> str:
    """What the verification of the source came to (A10)."""
    return f"approved:verification_report[advice={advice}]"


_VERIFY, _REFUSE, _TRANSFER = _handled("核查"), _handled("不予立案"), _handled("移送")
# What was chosen or came out instead of docketing at once; then docketing is no more than possible.
_NOT_YET = (_VERIFY, _REFUSE, _TRANSFER, _advised("不予立案/移送其他机关/移送公安机关/继续核查"))

SOURCE = (
    files(
        "case_source_form", "登记案件来源", START, A(9),
        why="发现案源后先登记，科室负责人据此提出处理意见。",
    ),
    Step(
        code="second_officer", title="指派执法人员", cites=(A(13), L("罚", 42)), stage=START, does="assign", needs=(),
        only=("approved:case_source_form",), done=("paired",), unless=("refused", "gone", "decided"),
        role="section_head", why="核查、调查取证由两名以上执法人员进行。",
    ),
    files(
        "verification_report", "核查案源", START, A(10), only=(_VERIFY,), limit="TL-10",
        unless=("filed:docket_approval", "refused", "gone"), why="科室负责人的意见是核查；写明经过、结果和建议。",
        code="verification_wanted",
    ),
    files(
        "verification_report", "核查案源", START, A(10), needs=("approved:case_source_form",),
        unless=(_VERIFY, "filed:docket_approval", "refused", "gone"), optional=True,
        why="线索不足以决定是否立案的，先核查。",
    ),
    files(
        "docket_approval", "报批立案", START, A(10), L("罚", 54), needs=("approved:case_source_form",),
        unless=(*_NOT_YET, "refused", "gone"), limit="TL-10", why="符合立案条件的，批准之日起九十日内作出决定。",
    ),
    files(
        "docket_approval", "报批立案", START, A(10), L("罚", 54), only=(_advised("立案"),),
        unless=("refused", "gone"), limit="TL-10", why="核查的建议是立案；批准之日起九十日内作出决定。",
        code="docket_advised",
    ),
    files(
        "docket_approval", "报批立案", START, A(10), L("罚", 54), only=_NOT_YET,
        unless=(_advised("立案"), "refused", "gone"), limit="TL-10", optional=True,
        why="另有情况、符合立案条件的，也可以报批立案。", code="docket_possible",
    ),
    files(
        "docket_refusal_approval", "报批不予立案", START, A(10), only=(_REFUSE, _advised("不予立案")),
        unless=("filed:docket_approval", "gone"), limit="TL-10", why="意见是不予立案；写明理由报批。",
        code="refusal_wanted",
    ),
    files(
        "docket_refusal_approval", "报批不予立案", START, A(10), needs=("approved:case_source_form",),
        unless=(_REFUSE, _advised("不予立案"), "filed:docket_approval", "gone"), limit="TL-10", optional=True,
        why="不符合立案条件的，写明理由报批。",
    ),
    files(
        "result_notification_record", "告知不予立案的结果", CARRY_OUT, A(10),
        only=("approved:docket_refusal_approval",), unless=("closed",), done=("told",),
        limit="TL-45", why="具名的投诉人、申诉人、举报人有权知道结果。", code="refusal_told",
    ),
)  # fmt: skip

_SHEET = "case_matter_approval[topic=案件移送]"
_REFUSED = "filed:police_reply[result=不予立案]"

TRANSFER = (
    files(
        "case_matter_approval", "报批移送其他机关", START, A(11), only=(_TRANSFER, _advised("移送其他机关")),
        done=(f"filed:{_SHEET}",), unless=("decided", "refused", *ELSEWHERE), code="transfer_wanted",
        why="意见是移送；经科室负责人和局领导批准后移送。",
    ),
    files(
        "case_matter_approval", "报批移送其他机关", START, A(11), needs=("approved:case_source_form",),
        done=(f"filed:{_SHEET}",), unless=(_TRANSFER, _advised("移送其他机关"), "decided", "refused", *ELSEWHERE),
        optional=True, code="transfer_approval", wanted=("proposed:移送其他机关",),
        why="不属于本局管辖的，批准后移送。",
    ),
    files(
        "case_transfer_letter", "制作案件移送函", CARRY_OUT, A(11), only=(f"approved:{_SHEET}",),
        unless=("decided",), why="移送有管辖权的行政机关，填写送达回证。",
    ),
    files(
        "crime_transfer_report", "报告涉嫌犯罪", DECIDE, A(12), L("移", 5), only=(_advised("移送公安机关"),),
        unless=("decided", "refused", "gone"), code="crime_advised", why="核查的建议是移送公安机关；由主要负责人三日内决定。",
    ),
    files(
        "crime_transfer_report", "报告涉嫌犯罪", DECIDE, A(12), L("移", 5),
        needs=("approved:case_source_form",), unless=(_advised("移送公安机关"), "decided", "refused", "gone"),
        optional=True, wanted=("proposed:移送公安机关",), why="涉嫌犯罪的，由主要负责人三日内决定是否移送。",
    ),
    files(
        "crime_investigation_report", "写出移送用的调查报告", DECIDE, A(12), L("移", 6),
        only=("approved:crime_transfer_report",), limit="TL-32", why="随移送书一并移送。",
    ),
    files(
        "crime_transfer_letter", "制作涉嫌犯罪案件移送书", CARRY_OUT, A(12), L("移", 6),
        only=("approved:crime_transfer_report",), needs=("filed:crime_investigation_report",), limit="TL-32",
        why="批准后二十四小时内移送公安机关。",
    ),
    files(
        "seized_property_transfer_notice", "通知当事人财物已移送", CARRY_OUT, A(12), L("强", 21),
        only=("issued:seizure_decision+issued:crime_transfer_letter",),
        unless=("issued:seizure_release_decision", _REFUSED),
        why="查封、扣押的财物移交后，通知被采取措施的当事人。",
    ),
    files(
        "police_reply", "登记公安机关的答复", CARRY_OUT, L("移", 8), only=("sent:crime_transfer_letter",),
        limit="TL-33", why="立案的移交物品和材料；不予立案的，由本局继续处理。",
    ),
    Step(
        code="handed_to_police", title="移交物品和材料", cites=(L("移", 12),), stage=CARRY_OUT,
        does="state:handed_to_receiver", needs=(), only=("filed:police_reply[result=立案]",),
        done=("fact:handed_to_receiver",), limit="TL-35", why="收到立案通知三日内移交，办结交接手续。",
    ),
    Step(
        code="police_refusal_contested", title="提请复议或者建议立案监督", cites=(L("移", 9),), stage=CARRY_OUT,
        does="state:police_refusal_contested", needs=(), only=(_REFUSED,),
        done=("fact:police_refusal_contested",), limit="TL-34", optional=True,
        why="认为应当立案的，三日内提出；否则由本局依法处理。",
    ),
    Step(
        code="case_returned", title="登记案件退回", cites=(L("罚", 25), L("罚", 27)), stage=CARRY_OUT,
        does="state:case_returned", needs=(), only=("exit:transferred", "exit:crime_transferred"),
        done=("fact:case_returned",), unless=("archived",), optional=True,
        why="受移送机关退回或者移送回来的，登记后继续办理。",
    ),
)  # fmt: skip

COURSE = (
    Step(
        code="recording_unsuitable_reviewed", title="确认不适宜音像记录的原因", cites=(A(4), A(14)), stage=INVESTIGATE,
        does="state:recording_unsuitable_reviewed", needs=(), only=("fact:recording_unsuitable",), role="section_head",
        done=("fact:recording_unsuitable_reviewed",), unless=("gone",),
        why="没有音像记录的，由科室负责人事后确认所写的原因是否成立。",
    ),
    files(
        "case_suspension_approval", "报批中止调查", INVESTIGATE, A(3), L("罚", 60), needs=("docketed",),
        done=("suspended",), unless=("decided", "gone"), optional=True,
        why="调查暂时无法继续的，报批中止；办案期限照算。",
    ),
    Step(
        code="investigation_resumed", title="恢复调查", cites=(A(3),), stage=INVESTIGATE,
        does="state:investigation_resumed", needs=(), only=("suspended",), unless=("gone",),
        done=("decided",), why="中止的原因消除后，及时恢复。",
    ),
    files(
        "case_termination_approval", "报批终结调查", DECIDE, A(25), needs=("docketed",),
        unless=("decided", "gone"), optional=True, why="中止的原因不能消除，或者调查已无意义的，报批终结。",
    ),
    files(
        "period_extension_approval", "报批延长办案期限", DECIDE, L("罚", 60), needs=("docketed",),
        unless=("decided", *ELSEWHERE), limit="TL-19", optional=True,
        why="只有规定允许的才能延长，写明规定的名称和条款。",
    ),
    files(
        "recusal_application", "登记回避申请", INVESTIGATE, L("罚", 43), needs=("approved:case_source_form",),
        unless=("decided", "refused", *ELSEWHERE), optional=True, why="决定之前不停止调查。",
    ),
    files(
        "recusal_decision", "决定是否回避", INVESTIGATE, L("罚", 43), only=("filed:recusal_application",),
        why="由负责人决定，书面答复申请人。",
    ),
    Step(
        code="recusal_decided", title="登记回避的决定", cites=(L("罚", 43),), stage=INVESTIGATE,
        does="state:recusal_decided", needs=(), only=("filed:recusal_application", "fact:recusal_asked"),
        done=("fact:recusal_decided",), optional=True, role="bureau_leader",
        why="决定回避的，自决定起不再参与本案，由他人接替。",
    ),
)  # fmt: skip

_OPEN: Gate = {"needs": ("docketed",), "unless": ("decided", *ELSEWHERE), "optional": True}
_EARLY: Gate = {
    "needs": ("approved:case_source_form",),
    "unless": ("decided", "refused", *ELSEWHERE),
    "optional": True,
}

EVIDENCE = (
    files(
        "site_inspection_record", "现场检查（勘验）", INVESTIGATE, A(14, 0, 3), L("罚", 55), **_EARLY,
        why="两名执法人员出示证件，告知权利，同时音像记录。",
    ),
    files(
        "interview_notice", "通知询问", INVESTIGATE, L("罚", 55), **_OPEN,
        why="需要其到局接受询问的，书面通知。",
    ),
    files(
        "interview_record", "询问当事人或者证人", INVESTIGATE, A(14, 0, 1), **_EARLY,
        why="关键人员都应当询问，一人一份笔录。",
    ),
    Step(
        code="earlier_penalties_checked", title="查询以往处罚", cites=(L("罚", 29),), stage=INVESTIGATE,
        does="state:earlier_penalties_checked", done=("fact:earlier_penalties_checked",), **_OPEN,
        why="同一个违法行为不得罚款两次，罚款之前先查。",
    ),
    files(
        "identity_evidence", "取得当事人身份证明", INVESTIGATE, A(14), L("罚", 46), needs=("docketed",),
        unless=("decided", *ELSEWHERE), why="先弄清当事人是谁，再谈处罚。",
    ),
    files(
        "service_address_confirmation", "确认送达地址", INVESTIGATE, L("罚", 61), L("民", 90), **_OPEN,
        why="早确认地址，送达时不落空；同意后可以电子送达。",
    ),
    files(
        "power_of_attorney", "收存授权委托书", INVESTIGATE, L("罚", 64, 0, 5), **_OPEN,
        why="有代理人的，核对权限和身份。",
    ),
    files(
        "evidence_production_notice", "调取证据", INVESTIGATE, A(14, 0, 2), **_OPEN,
        why="证据在他人手中的，书面调取并登记清单。",
    ),
    files(
        "evidence_register_list", "登记调取的证据", INVESTIGATE, A(14, 0, 2),
        only=("issued:evidence_production_notice",),
        unless=("decided", *ELSEWHERE), why="调取的书证、物证逐件登记，逐页签名。",
    ),
    files(
        "evidence_copy_sheet", "提取或者复制证据", INVESTIGATE, A(14), L("罚", 46), **_OPEN,
        why="复制件注明来源，与原件核对无异。",
    ),
    files(
        "sampling_notice", "抽样取证", INVESTIGATE, A(14, 0, 4), L("罚", 56), **_OPEN,
        why="当场封样编号，同时音像记录。",
    ),
    files(
        "sample_disposal_notice", "处理抽样物品", INVESTIGATE, A(14, 0, 4), only=("issued:sampling_notice",),
        why="样品检验后，告知当事人如何处理。",
    ),
    files(
        "hold_notice", "先行登记保存证据", INVESTIGATE, A(14, 0, 5), L("罚", 56), **_OPEN,
        why="证据可能灭失的，先经负责人批准。",
    ),
    files(
        "hold_disposal_notice", "处理先行登记保存的证据", INVESTIGATE, A(14, 0, 5), L("罚", 56),
        only=("issued:hold_notice",), limit="TL-12", why="七个工作日内逐件处理，逾期失去依据。",
    ),
    files(
        "appraisal_commission", "委托鉴定", INVESTIGATE, A(14, 0, 6), **_OPEN,
        why="专门性问题交有资质的机构鉴定。",
    ),
    files(
        "appraisal_opinion", "收存鉴定意见", INVESTIGATE, A(14, 0, 6), only=("issued:appraisal_commission",),
        unless=("decided",), why="鉴定意见书应有鉴定人签名。",
    ),
    files(
        "appraisal_result_notice", "告知鉴定意见", INVESTIGATE, A(14, 0, 6), L("罚", 44),
        only=("filed:appraisal_opinion",), unless=("decided",), why="当事人可以申请重新鉴定。",
    ),
    files(
        "refusal_record", "记录拒绝情况", INVESTIGATE, A(14), **_EARLY,
        why="拒绝调查、提供证据或者签字的，当时记录。",
    ),
    files(
        "seizure_approval", "报批查封、扣押", INVESTIGATE, L("强", 18), L("强", 22), **_OPEN,
        why="只有法律、法规授权的违法行为才能查封、扣押。",
    ),
    files(
        "seizure_decision", "制作查封（扣押）决定书", INVESTIGATE, L("强", 24),
        only=("approved:seizure_approval",),
        why="决定书和清单当场交付。",
    ),
    files(
        "seizure_site_record", "制作查封（扣押）现场笔录", INVESTIGATE, L("强", 18),
        only=("issued:seizure_decision",),
        why="实施时全程记录，当事人不在场的请见证人。",
    ),
    files(
        "seizure_extension_decision", "延长查封、扣押期限", INVESTIGATE, L("强", 25),
        only=("issued:seizure_decision",),
        unless=("issued:seizure_release_decision", "seizures_over"), limit="TL-13",
        optional=True, why="情况复杂的，期限届满之前经批准延长，不超过三十日。",
    ),
    files(
        "seizure_period_notice", "告知检测、检验时间", INVESTIGATE, L("强", 25), optional=True,
        only=("issued:seizure_decision+filed:appraisal_commission",),
        unless=("issued:seizure_release_decision",), why="书面告知的检测、检验时间不计入查封、扣押期限。",
    ),
    files(
        "seizure_release_decision", "解除查封、扣押", INVESTIGATE, L("强", 28),
        only=("issued:seizure_decision",), unless=("seizures_over", "exit:crime_transferred"),
        limit="TL-13", why="期限届满或者不再需要的，及时解除；依法没收、移送的不必解除。",
    ),
    files(
        "seizure_release_decision", "解除不随案移送的查封、扣押", INVESTIGATE, L("强", 28), optional=True,
        only=("issued:seizure_decision+exit:crime_transferred",), unless=("seizures_over",), code="seizure_release_beside",
        limit="TL-13", why="财物随案移送公安机关；不是涉案财物的，解除查封、扣押，退还当事人。",
    ),
)  # fmt: skip
