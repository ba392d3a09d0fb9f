"""The window to the review: what the law wants next follows from the materials; each signature is asked of its post (R6.2, R6.3)."""

import pytest

from liuhen.compliance.judge import judge
from liuhen.compliance.prefill import prefill
from liuhen.measures import DOCUMENTS
from tests.compliance.test_licensing import (
    ENERGY,
    GRANT,
    HANDED,
    REVIEW,
    accepted,
    case_of,
    found,
    outcomes,
    script,
)

MATERIALS = (
    "  - {at: 2026-03-02 09:00, file: material_receipt, as: 凭证, values: {received_at: 2026-03-02 09:00, "
    "matter: 固定资产投资项目节能审查, materials: [{name: 申请, state: 齐全}, {name: 节能报告, state: 有错, note: 缺附表}]}}\n"
)
SUPPLEMENT = (
    "  - {at: 2026-03-04, file: license_supplement_notice, as: 补正, approved: {S: 2026-03-04}, issued: true, "
    "signed: {registrar: 甲}, served: 2026-03-05}\n"
)
COMPLETED = "  - {at: 2026-03-11 09:00, state: materials_completed, values: {at: 2026-03-11 09:00}}\n"


def steps(told, now="2026-03-03"):
    """The next steps of a case by what they do: (role, whether it may be left undone, due)."""
    return {
        (s.does, s.subject): (s.role, s.optional, s.due.day.isoformat() if s.due else "")
        for s in judge(*case_of(script(told), now)).steps
        if not s.locked
    }


def test_with_a_faulty_material_the_supplement_comes_first_and_acceptance_can_wait() -> None:
    wanted = steps(MATERIALS)
    assert wanted["file:license_supplement_notice", ""] == ("window_clerk", False, "2026-03-09")
    assert wanted["file:license_acceptance_notice", ""][1] is True
    whole = steps(MATERIALS.replace("有错", "齐全"))
    assert whole["file:license_acceptance_notice", ""] == ("window_clerk", False, "2026-03-09")
    assert whole["file:license_supplement_notice", ""][1] is True


def test_an_acceptance_that_is_not_issued_takes_the_supplement_from_nobody() -> None:
    begun = "  - {at: 2026-03-03, file: license_acceptance_notice, as: 受理}\n"
    assert ("file:license_supplement_notice", "") in steps(MATERIALS + begun)


def test_a_corrected_application_is_accepted() -> None:
    corrected = (
        "  - {at: 2026-03-02 09:30, state: corrected_on_spot, values: {on: 2026-03-02, text: 补附表}}\n"
    )
    assert steps(MATERIALS + corrected)["file:license_acceptance_notice", ""][1] is False


def test_every_step_of_the_supplement_shows_by_when_it_must_be_told_tl_01() -> None:
    told = "  - {at: 2026-03-04, file: license_supplement_notice, as: 补正%s}\n"
    approve = steps(MATERIALS + told % "")["approve", "补正"]
    assert approve == ("section_head", False, "2026-03-09")
    assert steps(MATERIALS + told % ", approved: {S: 2026-03-04}")["issue", "补正"][2] == "2026-03-09"


def test_the_receiver_of_the_handover_is_asked_among_the_reviewers_r6_3() -> None:
    handed = HANDED.replace("file: license_handover", "file: license_handover, as: 移交")
    assert steps(accepted() + handed % "")["sign", "移交"][0] == "officer"
    both = "  - {at: 2026-03-03, file: license_handover, as: 移交}\n"
    roles = [
        s.role for s in judge(*case_of(script(accepted() + both), "2026-03-03")).steps if s.does == "sign"
    ]
    assert roles == ["window_clerk", "officer"]


def test_after_acceptance_the_section_head_is_to_assign_reviewers() -> None:
    assert ("assign", "") not in steps(MATERIALS)
    assert steps(accepted())["assign", ""][0] == "section_head"


def test_the_minutes_of_a_hearing_wait_for_those_who_held_it_l48_1() -> None:
    record = (
        "  - {at: 2026-03-20, file: license_hearing_record, as: 笔录, signed: {officer: 甲, party: 某}}\n"
    )
    case = judge(*case_of(script(accepted() + record), "2026-03-20"))
    assert [s.role for s in case.steps if s.does == "sign"] == ["presider", "recorder"]


def test_materials_that_were_made_good_are_handed_over_so_noted() -> None:
    case, ctx = case_of(script(MATERIALS + SUPPLEMENT + COMPLETED), "2026-03-12")
    given = prefill(DOCUMENTS["license_handover"], case, ctx, "")["materials"].value
    assert [row.get("note", "") for row in given] == ["", "已补正"]


def test_the_state_of_each_material_is_found_by_looking_not_by_default() -> None:
    case, ctx = case_of(
        script(f"  - {{at: 2026-03-02 09:00, file: license_application, values: {{matter: {ENERGY}}}}}\n")
    )
    rows = prefill(DOCUMENTS["material_receipt"], case, ctx, "")["materials"].value
    assert len(rows) > 1
    assert {row.get("state", "") for row in rows} == {""}


def test_materials_go_to_the_section_that_reviews_them_r6_3() -> None:
    handed = "  - {at: 2026-03-03, file: license_handover, as: 移交, values: {to_section: %s}}\n"
    assert outcomes("R6.3", script(accepted() + handed % "能源科")) == {"移交.section": "violated"}
    assert outcomes("R6.3", script(accepted() + handed % "粮食科")) == {}


def test_nothing_is_accepted_before_it_was_received_r6_2() -> None:
    early = accepted().replace("accepted_on: 2026-03-02", "accepted_on: 2026-02-27")
    assert "2026年3月2日才收到" in found("R6.2", script(early))["受理.on"].message


def test_a_survey_of_two_is_no_fault_while_the_second_has_not_signed_yet_r7_3() -> None:
    survey = "  - {at: 2026-03-05, file: site_survey_record, as: 勘验, values: {staff: [甲, 乙]}, signed: {officer: 甲}}\n"
    assert outcomes("R7.3", script(accepted() + survey)).get("勘验.signed") != "violated"
    assert outcomes("R7.3", script(accepted() + survey + REVIEW % ""))["勘验.signed"] == "violated"
    assert outcomes("R7.3", script(accepted() + survey), outside=True)["勘验.signed"] == "violated"


NOTICE = (
    "  - {at: 2026-03-09, file: interested_party_notice, as: 告知, values: {interested_party: {name: 孙某}, due_on: %s}, "
    "issued: true, served: {on: 2026-03-09, method: 直接, to: %s}}\n"
)


@pytest.mark.parametrize(("until", "outcome"), [("2026-03-13", "violated"), ("2026-03-16", None)])
def test_interested_persons_are_left_their_five_working_days_l36_1(until: str, outcome: str | None) -> None:
    assert outcomes("L36.1", script(accepted() + NOTICE % (until, "孙某"))).get("告知.due") == outcome


@pytest.mark.parametrize(("to", "outcome"), [("孙某", "met"), ("某粮食有限公司", "violated")])
def test_a_notice_handed_to_the_applicant_told_no_interested_person_l36_1(to: str, outcome: str) -> None:
    told = script(accepted() + NOTICE % ("2026-03-16", to) + GRANT % "2026-03-20")
    assert outcomes("L36.1", told)["准予.告知"] == outcome


def test_one_clerk_serves_at_the_window_two_officers_a_penalty_r27_1() -> None:
    served = ", served: {on: 2026-03-02, method: 直接, what: delivered, place: 窗口, recipient: 陈某, servers: [甲], proofs: [回证]}}\n"
    told = script(accepted().replace(", served: 2026-03-02}\n", served))
    assert "送达人" not in "".join(f.message for f in found("R27.1", told).values())


def test_a_licence_is_not_measured_by_penalty_law() -> None:
    told = judge(*case_of(script(accepted() + REVIEW % ""), "2026-03-12"))
    laws = {cite.law for f in (*told.findings, *told.met) for cite in f.cites}
    assert "罚" not in laws
    assert "许" in laws


def test_an_application_ends_at_the_window_until_it_was_handed_over() -> None:
    """Withdrawn, or not completed in time: who holds the file writes the end, with the ground and the reason filled in."""
    withdrawn = "  - {at: 2026-03-03, state: application_withdrawn, values: {on: 2026-03-03}}\n"
    both = HANDED % ", receiver: 乙"
    kind = "file:license_withdrawal_by_applicant", ""
    assert steps(accepted() + withdrawn)[kind] == ("window_clerk", False, "")
    assert steps(accepted() + both + withdrawn.replace("03-03", "03-04"))[kind] == ("officer", False, "")
    late = SUPPLEMENT + "  - {at: 2026-04-20, file: license_application}\n"
    assert steps(MATERIALS + late, "2026-04-20")[kind][:2] == ("window_clerk", True)
    case, ctx = case_of(script(MATERIALS + late), "2026-04-20")
    given = prefill(DOCUMENTS["license_withdrawal_by_applicant"], case, ctx, "")
    assert given["ground"].value == "逾期没有补正"
    assert given["reasons"].value == "2026年3月5日告知补正以后，至今没有补齐：节能报告。"


def test_the_papers_of_the_window_stay_there_until_officers_are_assigned() -> None:
    """Issuing and serving the end of an application that nobody reviews yet."""
    ended = (
        "  - {at: 2026-03-03, file: license_withdrawal_by_applicant, as: 终止, approved: {S: 2026-03-03}}\n"
    )
    assert steps(accepted() + ended)["issue", "终止"][0] == "window_clerk"


def test_no_grant_is_waited_for_after_a_refusal_to_accept() -> None:
    refused = "  - {at: 2026-03-03, file: license_refusal_to_accept, as: 不受, approved: {S: 2026-03-03}, issued: true, served: 2026-03-03}\n"
    left = judge(*case_of(script(MATERIALS + refused), "2026-03-03")).steps
    assert "file:license_grant_decision" not in {s.does for s in left}


@pytest.mark.parametrize(("ground", "item"), [("不需要取得行政许可", "第一项"), ("不属于本局职权", "第二项")])
def test_a_refusal_to_accept_cites_the_item_of_its_ground(ground: str, item: str) -> None:
    case, ctx = case_of(script(MATERIALS))
    given = prefill(DOCUMENTS["license_refusal_to_accept"], case, ctx, "", known={"ground": ground})
    assert [row["item"] for row in given["basis"].value] == [item]


def test_who_verifies_the_substance_alone_is_told_so_at_once_l34_1() -> None:
    review = REVIEW.replace("signed: {officer: [甲, 乙]}", "") % "substance: true, staff: [甲]"
    assert outcomes("L34.1", script(accepted() + review.replace(", }", "}"))) == {"审查": "violated"}
