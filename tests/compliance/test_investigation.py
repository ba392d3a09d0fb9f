"""Two certified officers, signatures, evidence in pairs, the report (R13.1–R14.4, R17.1, P46.1, P55.1, P56.1)."""

import pytest

from liuhen.scripts.script import read_script
from tests.compliance.told import found, outcomes, script, stopped_by_last

REPORT = (
    "  - {at: 2026-03-20 10:00, by: 甲, file: investigation_report, as: 报告, signed: {officer: [甲, 乙]}}\n"
)
INSPECTED = (
    "  - {at: 2026-03-05 11:00, by: 甲, file: site_inspection_record, as: 笔录, values: {officers: [%s], "
    "started_at: 2026-03-05 09:00, ended_at: 2026-03-05 10:30}%s}\n"
)


UNCERTIFIED = "  - {at: 2026-03-05, file: interview_record, as: 笔录, values: {officers: [{name: 某甲}, {name: 某乙}]}}\n"


@pytest.mark.parametrize(
    ("officers", "outcome"),
    [
        ("甲, 乙", "met"),
        ("甲", "violated"),
        ("甲, 甲", "violated"),
        ("甲, 丙", "violated"),
        ("甲, 乙, 丙", "met"),
    ],
)
def test_two_distinct_certified_officers_r13_1(officers: str, outcome: str) -> None:
    assert outcomes("R13.1", script(INSPECTED % (officers, ""))) == {"笔录": outcome}


def test_the_message_names_person_number_and_day_r13_1() -> None:
    message = found("R13.1", script(INSPECTED % ("甲, 丙", "")))["笔录"].message
    assert "执法人员丙" in message
    assert "示例-0003" in message
    assert "2026年3月5日" in message


def test_the_certificate_is_looked_at_on_the_day_of_the_act_r13_1() -> None:
    """The paper is dated the day after, when 甲 is no longer certified; the act was before."""
    told = script(
        "  - {at: 2027-01-04, file: site_inspection_record, as: 笔录, "
        "values: {officers: [甲, 乙], started_at: 2026-12-31 09:00, ended_at: 2026-12-31 10:00}}\n"
    )
    assert outcomes("R13.1", told, "2027-01-05") == {"笔录": "met"}


def test_a_number_that_is_not_the_persons_own_does_not_count_r13_1() -> None:
    told = script(INSPECTED % ("甲, {person: 乙, name: 执法人员乙, certificate_no: 示例-0001}", ""))
    assert "没有登记" in found("R13.1", told)["笔录"].message


def test_one_officer_stops_the_record_r13_1() -> None:
    assert "R13.1" in stopped_by_last(script(INSPECTED % ("甲", "")))


def test_certificates_of_an_outside_source_are_not_known_r13_1() -> None:
    told = read_script("id: 示例\ntitle: 示例\nsteps:\n" + UNCERTIFIED)
    assert outcomes("R13.1", told, outside=True) == {"笔录": "unknown"}


@pytest.mark.parametrize(
    ("signed", "outcomes_"),
    [("甲, 乙", {"笔录": "met"}), ("甲", {"笔录": "violated"}), ("甲, 甲", {"笔录": "violated"})],
)
def test_two_officers_sign_every_evidence_document_r13_2(signed: str, outcomes_: dict[str, str]) -> None:
    told = script(INSPECTED % ("甲, 乙", f", signed: {{officer: [{signed}]}}") + REPORT)
    assert outcomes("R13.2", told) == outcomes_


def test_signatures_are_asked_for_when_the_investigation_is_over_r13_2() -> None:
    assert outcomes("R13.2", script(INSPECTED % ("甲, 乙", ""))) == {}


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("evidence_production_notice", "evidence_register_list"),
        ("sampling_notice", "sample_disposal_notice"),
        ("hold_notice", "hold_disposal_notice"),
        ("appraisal_opinion", "appraisal_result_notice"),
    ],
)
def test_evidence_papers_come_in_pairs_r14_1(first: str, then: str) -> None:
    notice = f"  - {{at: 2026-03-05, file: {first}, as: 通知}}\n"
    partner = f"  - {{at: 2026-03-09, file: {then}, as: 处理}}\n"
    assert outcomes("R14.1", script(notice)) == {"通知": "open"}
    assert outcomes("R14.1", script(notice + REPORT)) == {"通知": "violated"}
    assert outcomes("R14.1", script(notice + partner + REPORT)) == {"通知": "met"}


def test_what_an_outside_source_says_was_never_told_needs_no_decision_to_be_found_r14_1() -> None:
    """A14: the opinion of an appraiser is told to the party; a case that was dropped has no later paper."""
    opinion = script(
        "  - {at: 2026-03-05, file: appraisal_opinion, as: 意见}\n", "absent: [appraisal_result_notice]\n"
    )
    assert outcomes("R14.1", opinion, outside=True) == {"意见": "violated"}
    assert outcomes(
        "R14.1", script("  - {at: 2026-03-05, file: appraisal_opinion, as: 意见}\n"), outside=True
    ) == {"意见": "unknown"}


def test_each_hold_has_its_own_disposal_r14_1() -> None:
    holds = "".join(f"  - {{at: 2026-03-0{n}, file: hold_notice, as: 登保{n}}}\n" for n in (5, 6))
    disposal = "  - {at: 2026-03-09, file: hold_disposal_notice, as: 处理, values: {hold: 登保6}}\n"
    assert outcomes("R14.1", script(holds + disposal + REPORT)) == {"登保5": "violated", "登保6": "met"}


@pytest.mark.parametrize(
    ("signed", "outcome"),
    [
        ("party: 张某", "met"),
        ("witness: 王某", "met"),
        ("party: {name: 张某, refused: 不识字}", "met"),
        ("officer: [甲, 乙]", "violated"),
    ],
)
def test_the_party_signs_or_a_witness_does_or_the_refusal_is_recorded_r14_2(
    signed: str, outcome: str
) -> None:
    told = script(INSPECTED % ("甲, 乙", f", signed: {{{signed}}}") + REPORT)
    assert outcomes("R14.2", told)["笔录"] == outcome


def test_nobody_signs_for_the_one_who_was_questioned_r14_2() -> None:
    told = script(
        "  - {at: 2026-03-05, file: interview_record, as: 笔录, signed: {officer: [甲, 乙]}}\n" + REPORT
    )
    assert outcomes("R14.2", told)["笔录"] == "violated"


@pytest.mark.parametrize(
    ("refusal", "more", "outcome"),
    [
        ("refused: 不愿, witness: 王某", "", "met"),
        ("refused: 不愿", "", "violated"),
        ("refused: 不愿", "  - {at: 2026-03-05, record: {what: 录像, document: 笔录}}\n", "met"),
        ("refused: 不愿", "  - {at: 2026-03-05, file: refusal_record, values: {what: 签字}}\n", "met"),
    ],
)
def test_a_refusal_is_witnessed_or_recorded_r14_4(refusal: str, more: str, outcome: str) -> None:
    signed = f", signed: {{party: {{name: 张某, {refusal}}}}}"
    assert outcomes("R14.4", script(INSPECTED % ("甲, 乙", signed) + more)) == {"笔录.party": outcome}


@pytest.mark.parametrize(("shown", "outcome"), [("true", "met"), ("false", "violated")])
def test_certificates_are_shown_p55_1(shown: str, outcome: str) -> None:
    told = script(
        f"  - {{at: 2026-03-05, file: interview_record, as: 笔录, values: {{certificates_shown: {shown}}}}}\n"
    )
    assert outcomes("P55.1", told) == {"笔录": outcome}


@pytest.mark.parametrize(
    ("more", "outcomes_"),
    [
        ("", {"报告": "violated"}),
        ("  - {at: 2026-03-05, file: interview_record}\n", {}),
        ("  - {at: 2026-03-05, state: interview_attempted, values: {who: 张某}}\n", {}),
        ("  - {at: 2026-03-05, file: refusal_record, values: {what: 询问}}\n", {}),
    ],
)
def test_the_party_was_questioned_or_it_was_tried_p46_1(more: str, outcomes_: dict[str, str]) -> None:
    assert outcomes("P46.1", script(more + REPORT)) == outcomes_


@pytest.mark.parametrize(
    ("leader", "outcome"),
    [("2026-03-05 09:30", "met"), ("2026-03-05 10:30", "violated"), ("2026-03-05", "unknown")],
)
def test_a_hold_is_approved_first_p56_1(leader: str, outcome: str) -> None:
    told = script(
        "  - {at: 2026-03-05 09:00, by: 甲, file: hold_notice, as: 登保, values: {held_at: 2026-03-05 10:00}, "
        f"approved: {{S: {{by: 科长, on: {leader}}}, B: {{by: 局长, on: {leader}}}}}, issued: true}}\n"
    )
    assert outcomes("P56.1", told) == {"登保": outcome}


def test_the_approver_is_not_stopped_by_the_time_a_draft_names_p56_1() -> None:
    told = script(
        "  - {at: 2026-03-05 09:00, by: 甲, file: hold_notice, values: {held_at: 2026-03-05 09:00}, "
        "approved: {S: {by: 科长, on: 2026-03-05 09:10}, B: {by: 局长, on: 2026-03-05 09:30}}}\n"
    )
    assert outcomes("P56.1", told) == {}
    assert "P56.1" not in stopped_by_last(told)


def test_a_hold_issued_without_approval_is_stopped_p56_1() -> None:
    told = script("  - {at: 2026-03-05 10:00, by: 甲, file: hold_notice, issued: true}\n")
    assert "P56.1" in stopped_by_last(told)


NOTICE = "  - {at: %s, file: penalty_notice, as: 告知书, issued: true}\n"


def test_the_report_comes_before_notice_and_decision_r17_1() -> None:
    assert outcomes("R17.1", script(REPORT + NOTICE % "2026-03-23")) == {"告知书": "met"}
    assert outcomes("R17.1", script(REPORT + NOTICE % "2026-03-19")) == {"告知书": "violated"}
    assert "R17.1" in stopped_by_last(script(NOTICE % "2026-03-23"))


def test_a_report_signed_by_one_officer_is_no_report_r17_1() -> None:
    told = script(REPORT.replace("[甲, 乙]", "甲") + NOTICE % "2026-03-23")
    assert outcomes("R17.1", told) == {"告知书": "violated"}
    assert "R17.1" in stopped_by_last(told)
