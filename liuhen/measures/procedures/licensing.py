"""Licensing from application to archive (A6–A8, A31; 许 29–48; domain §3.1)."""

from __future__ import annotations

from liuhen.measures.licensing_limits import LICENSE_DECIDED
from liuhen.measures.matters import GENERAL
from liuhen.measures.procedures.contest import contested
from liuhen.measures.procedures.steps import ARCHIVE, CARRY_OUT, DECIDE, INVESTIGATE, START, files
from liuhen.measures.vocabulary import A, Ending, L, Procedure, Step

NOT_ACCEPTED = "filed:license_refusal_to_accept"
DROPPED = "filed:license_withdrawal_by_applicant"
WITHDRAWN = ("fact:application_withdrawn", DROPPED)
WANTING = "materials_wanting"
ACCEPTED = "issued:license_acceptance_notice"
HANDED = "signed:license_handover"
DECIDED = tuple(LICENSE_DECIDED.split("|"))
PROPOSED = "filed:license_approval_form"
DENYING = "approved:license_approval_form[proposal=不予]"
CLOSED = (NOT_ACCEPTED, *WITHDRAWN, *DECIDED)
HEARING_ASKED = "fact:license_hearing_requested"
HEARING_OFF = ("fact:license_hearing_withdrawn", *WITHDRAWN, *DECIDED)

RECEIVE = (
    files(
        "license_application", "登记行政许可申请", START, A(6), role="window_clerk",
        why="写明申请人、事项和申请内容，存入申请材料。",
    ),
    files(
        "material_receipt", "出具材料接收凭证", START, A(6), L("许", 32), needs=("filed:license_application",),
        role="window_clerk", limit="TL-01", why="逐件清点，当场交给申请人；收到之日是期限的起点。",
    ),
    Step(
        code="corrected_on_spot", title="登记当场更正", cites=(L("许", 32, 0, 3),), stage=START,
        does="state:corrected_on_spot", needs=("filed:material_receipt",), done=("fact:corrected_on_spot",),
        unless=(ACCEPTED, *CLOSED), optional=True, role="window_clerk", why="可以当场更正的错误，允许当场更正。",
    ),
    files(
        "license_supplement_notice", "一次告知补正", START, A(6), L("许", 32, 0, 4),
        only=(WANTING,), unless=(ACCEPTED, *CLOSED), role="window_clerk", limit="TL-01",
        why="有材料缺少或者有错，五个工作日内一次告知全部内容，否则视为受理。",
    ),
    files(
        "license_supplement_notice", "一次告知补正", START, A(6), L("许", 32, 0, 4),
        needs=("filed:material_receipt",), unless=(WANTING, ACCEPTED, *CLOSED), code="supplement_found_later",
        optional=True, role="window_clerk", limit="TL-01", why="清点之后又发现问题的，五个工作日内一次告知全部内容。",
    ),
    Step(
        code="materials_completed", title="登记补正材料齐全", cites=(A(6), L("许", 32, 0, 5)), stage=START,
        does="state:materials_completed", needs=(), only=("sent:license_supplement_notice",),
        done=("fact:materials_completed",), unless=(ACCEPTED, *CLOSED), role="window_clerk",
        why="全部补正材料提交之日，就是受理之日。",
    ),
    files(
        "license_refusal_to_accept", "不予受理", START, A(6), L("许", 32), needs=("filed:material_receipt",),
        unless=(ACCEPTED, *WITHDRAWN), optional=True, role="window_clerk",
        limit="TL-01", why="不需要许可或者不属于本局职权的，书面说明理由。",
    ),
    files(
        "license_acceptance_notice", "受理申请", START, A(6), L("许", 32, 0, 5), needs=("filed:material_receipt",),
        unless=(WANTING, "filed:license_supplement_notice", *CLOSED), role="window_clerk", limit="TL-01",
        why="材料齐全的，受理并告知应当作出决定的日期。",
    ),
    files(
        "license_acceptance_notice", "补发受理通知书", START, A(6), L("许", 32, 0, 4), only=(WANTING,),
        unless=("filed:license_supplement_notice", *CLOSED), optional=True, role="window_clerk",
        code="acceptance_untold", why="收到材料五个工作日内没有告知补正的，视为收到之日受理，补发通知书。",
    ),
    files(
        "license_acceptance_notice", "补正后受理申请", START, A(6), L("许", 32, 0, 5),
        only=("fact:materials_completed",), unless=CLOSED, role="window_clerk",
        code="acceptance_after_supplement", why="补正齐全的，应当受理。",
    ),
    files(
        "license_handover", "把材料移交承办科室", START, A(6), needs=(ACCEPTED,), unless=CLOSED,
        role="window_clerk", why="逐件移交，双方签名之后才开始审查。",
    ),
    Step(
        code="application_withdrawn", title="登记申请人撤回申请", cites=(A(6), L("许", 29)), stage=START,
        does="state:application_withdrawn", needs=("filed:license_application",),
        done=("fact:application_withdrawn",), unless=(DROPPED, NOT_ACCEPTED, *DECIDED), optional=True,
        role="window_clerk", why="决定之前，申请人可以书面撤回申请。",
    ),
    files(
        "license_withdrawal_by_applicant", "终止办理", CARRY_OUT, A(6), only=("fact:application_withdrawn",),
        unless=(HANDED, *DECIDED), role="window_clerk", why="写明终止的理由，告知申请人。",
    ),
    files(
        "license_withdrawal_by_applicant", "终止办理", CARRY_OUT, A(6), code="terminated_in_review",
        only=("fact:application_withdrawn+signed:license_handover",), unless=DECIDED, why="写明终止的理由，告知申请人。",
    ),
    files(
        "license_withdrawal_by_applicant", "终止办理", CARRY_OUT, A(6), code="terminated_at_window",
        needs=("filed:material_receipt",), unless=(HANDED, *CLOSED), optional=True, role="window_clerk",
        why="逾期没有补正、申请人死亡或者终止、申请失去对象的，终止办理，告知申请人。",
    ),
    files(
        "license_withdrawal_by_applicant", "终止办理", CARRY_OUT, A(6), code="terminated_for_want",
        needs=(HANDED,), unless=CLOSED, optional=True,
        why="申请人死亡或者终止、申请失去对象的，终止办理，告知申请人。",
    ),
)  # fmt: skip

REVIEW = (
    Step(
        code="reviewers_assigned", title="指派审查人", cites=(A(6), L("许", 34)), stage=START, does="assign",
        needs=(), only=(ACCEPTED,), done=("assigned",), unless=CLOSED, role="section_head",
        why="接收材料，审查条件；需要核实实质内容的，两人以上。",
    ),
    files(
        "site_survey_record", "现场勘验", INVESTIGATE, A(7, 0, 3), L("许", 34), needs=(HANDED,),
        unless=(PROPOSED, *CLOSED), optional=True, why="需要到现场核实的，两人以上，有图示和照片。",
    ),
    files(
        "interested_party_notice", "告知利害关系人", INVESTIGATE, L("许", 36), needs=(HANDED,), unless=CLOSED,
        optional=True, why="直接关系他人重大利益的，决定之前告知并听取意见。",
    ),
    files(
        "interested_party_statement", "收存利害关系人的意见", INVESTIGATE, L("许", 36),
        only=("served:interested_party_notice",), unless=("fact:interested_party_waived", *CLOSED), optional=True,
        why="登记收到时间，审查时一并考虑。",
    ),
    Step(
        code="interested_party_waived", title="登记利害关系人没有意见", cites=(L("许", 36),), stage=INVESTIGATE,
        does="state:interested_party_waived", needs=(), only=("served:interested_party_notice",),
        done=("fact:interested_party_waived",), unless=("filed:interested_party_statement", *CLOSED), optional=True,
        why="有其签名材料的，可以不等期限届满。",
    ),
    files(
        "special_procedure_notice", "告知特别程序所需时间", INVESTIGATE, L("许", 45), needs=(HANDED,), unless=CLOSED,
        optional=True, why="书面告知之后，时间才不计入期限。",
    ),
    files(
        "expert_review_report", "收存专家评审报告", INVESTIGATE, A(3), L("许", 45),
        only=("served:special_procedure_notice",), unless=CLOSED, optional=True, why="全体专家签名。",
    ),
    Step(
        code="special_procedure_ended", title="登记特别程序结束", cites=(L("许", 45),), stage=INVESTIGATE,
        does="state:special_procedure_ended", needs=(), only=("served:special_procedure_notice",),
        done=("fact:special_procedure_ended",), unless=CLOSED, why="结束之后，期限恢复计算。",
    ),
    files(
        "license_extension_approval", "报批延长期限", INVESTIGATE, A(8), L("许", 42), needs=(HANDED,),
        unless=CLOSED, optional=True, limit=GENERAL, why="届满之前报批，说明理由。",
    ),
    files(
        "license_extension_notice", "告知延长期限", INVESTIGATE, A(8), L("许", 42),
        only=("approved:license_extension_approval",), unless=CLOSED, limit=GENERAL,
        why="届满之前把延长的理由告知申请人。",
    ),
    files(
        "license_review_record", "审查条件和材料", INVESTIGATE, A(7), L("许", 34), needs=(HANDED,), unless=CLOSED,
        limit=GENERAL, why="每一项条件、每一件材料都要有结论。",
    ),
)  # fmt: skip

HEARING = (
    files(
        "license_hearing_announcement", "公告听证", INVESTIGATE, L("许", 46), needs=(HANDED,), unless=CLOSED,
        optional=True, why="依法应当听证或者涉及公共利益的重大事项，向社会公告。",
    ),
    files(
        "license_hearing_right_notice", "告知听证权利", INVESTIGATE, L("许", 47), needs=(HANDED,), unless=CLOSED,
        optional=True, why="涉及申请人与他人重大利益关系的，决定之前告知。",
    ),
    Step(
        code="license_hearing_requested", title="登记听证申请", cites=(L("许", 47),), stage=INVESTIGATE,
        does="state:license_hearing_requested", needs=(), done=(HEARING_ASKED,),
        only=("served:license_hearing_right_notice", "served:interested_party_notice"), unless=CLOSED,
        optional=True, limit="TL-08.1", why="五个工作日内申请的，应当组织听证。",
    ),
    Step(
        code="license_hearing_withdrawn", title="登记撤回听证申请", cites=(L("许", 47),), stage=INVESTIGATE,
        does="state:license_hearing_withdrawn", needs=(), done=("fact:license_hearing_withdrawn",),
        only=(HEARING_ASKED,), unless=("filed:license_hearing_record", *CLOSED), optional=True,
        why="书面撤回的，不再听证。",
    ),
    files(
        "special_procedure_notice", "告知听证所需时间", INVESTIGATE, L("许", 45), only=(HEARING_ASKED,),
        done=("filed:special_procedure_notice[procedure_kind=听证]",), unless=("filed:license_hearing_record", *HEARING_OFF),
        code="hearing_time_told", why="书面告知申请人之后，听证的时间才不计入期限。",
    ),
    files(
        "license_hearing_notice", "通知听证", INVESTIGATE, L("许", 48, 0, 1),
        only=(HEARING_ASKED, "filed:license_hearing_announcement"), unless=HEARING_OFF, limit="TL-08",
        why="七个工作日前通知；主持人不是审查人员。",
    ),
    files(
        "license_hearing_record", "举行听证，制作笔录", INVESTIGATE, L("许", 48, 0, 5),
        only=("served:license_hearing_notice",), unless=HEARING_OFF, limit="TL-08", role="recorder",
        why="各方确认签字，决定以笔录为根据。",
    ),
)  # fmt: skip

DECISION = (
    files(
        "license_approval_form", "报批许可决定", DECIDE, A(8), needs=("approved:license_review_record",),
        unless=CLOSED, limit=GENERAL, why="写明审查情况和拟办意见，依次报批。",
    ),
    files(
        "license_grant_decision", "作出准予许可决定", DECIDE, A(8), L("许", 38),
        needs=("approved:license_approval_form",), done=("filed:license_grant_decision",),
        unless=(DENYING, NOT_ACCEPTED, "filed:license_denial_decision", *WITHDRAWN), limit=GENERAL,
        why="符合法定条件、标准的，应当准予。",
    ),
    files(
        "license_denial_decision", "作出不予许可决定", DECIDE, A(8), L("许", 38),
        only=(DENYING,), unless=("filed:license_grant_decision", *WITHDRAWN), limit=GENERAL,
        why="说明理由，告知复议和起诉的权利。",
    ),
    files(
        "license_certificate", "颁发许可证件", CARRY_OUT, L("许", 39), L("许", 44),
        needs=("issued:license_grant_decision",), optional=True, role="window_clerk", limit="TL-07",
        why="需要颁发证件的，十个工作日内颁发。",
    ),
    Step(
        code="license_published", title="公开许可决定", cites=(L("许", 40),), stage=CARRY_OUT,
        does="state:license_published", needs=(), only=("issued:license_grant_decision",),
        done=("fact:license_published",),
        why="准予许可的决定应当公开，公众有权查阅；涉及国家秘密、商业秘密、个人隐私的除外。",
    ),
)  # fmt: skip

# 复 11: refusing to accept an application is decided as well.
CONTESTABLE = "|".join((*DECIDED, "issued:license_refusal_to_accept"))

ARCHIVING = (
    Step(
        code="archive", title="归档", cites=(A(31), L("档", 14)), stage=ARCHIVE, does="archive",
        needs=("ended",), done=("archived",), limit="TL-38", role="archivist",
        why="行政行为终结之日起三十日内收集齐全、整理归档。",
    ),
)  # fmt: skip

LICENSING = Procedure(
    code="licensing",
    title="行政许可",
    letter="L",
    cites=(A(6), A(7), A(8), L("许", 32), L("许", 42)),
    steps=(*RECEIVE, *REVIEW, *HEARING, *DECISION, *contested(CONTESTABLE, "复议、诉讼期间决定不停止执行；收到副本之日起算答复期限。"), *ARCHIVING),
    stage_begins=(
        (START, ("opened",)),
        (INVESTIGATE, (HANDED,)),
        (DECIDE, (PROPOSED,)),
        (CARRY_OUT, (*DECIDED, "issued:license_refusal_to_accept", *WITHDRAWN)),
        (ARCHIVE, ("ended",)),
    ),
    when="有人来申请，要审查后决定是否准予",
    states=(
        ("已决定", "issued:license_grant_decision|issued:license_denial_decision"),
        ("不予受理", "issued:license_refusal_to_accept"),
        ("已终止", "fact:application_withdrawn|issued:license_withdrawal_by_applicant"),
        ("已受理", "accepted"),
        ("未受理", "opened"),
    ),
    endings=(
        Ending(event="served:license_grant_decision", outcome="准予许可"),
        Ending(event="served:license_denial_decision", outcome="不予许可"),
        Ending(event="served:license_refusal_to_accept", outcome="不予受理"),
        Ending(event="served:license_withdrawal_by_applicant", outcome="终止办理"),
        Ending(event="served:license_change_decision", outcome="变更许可的决定"),
        Ending(event="served:license_renewal_decision", outcome="延续许可的决定"),
        Ending(event="served:license_revocation_decision", outcome="撤销许可"),
        Ending(event="served:license_cancellation", outcome="注销许可"),
    ),
    window=True,
    also=(
        "license_change_application", "license_change_decision", "license_renewal_application",
        "license_renewal_decision", "license_revocation_decision", "license_cancellation",
        "reconsideration_or_suit_notice",
    ),
)  # fmt: skip
