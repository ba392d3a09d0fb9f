"""The hearing on a licence: called in time and everybody, its time told, its papers prefilled; what is decided follows (许 36–48)."""

import pytest

from liuhen.compliance.judge import judge
from liuhen.compliance.prefill import prefill
from liuhen.measures import DOCUMENTS
from tests.compliance.test_licensing import REVIEW, accepted, case_of, conditions, found, outcomes, script
from tests.compliance.test_licensing_window import NOTICE, steps

TOLD = NOTICE % ("2026-03-16", "孙某")
ASKED = (
    "  - {at: 2026-03-11 09:00, state: license_hearing_requested, values: {at: 2026-03-11 09:00, by: 孙某}}\n"
)
NOTICED = (
    "  - {at: 2026-03-12, file: license_hearing_notice, as: 通知, values: {at: %s 09:00, presider: 主持人, interested: [{name: 孙某}]}, "
    "issued: true%s}\n"
)
SERVED = ", served: [%s]"
ON = "{on: 2026-03-12, method: 直接, to: %s}"
HELD = "  - {at: 2026-03-24, file: license_hearing_record, as: 笔录, values: {started_at: 2026-03-24 09:00, presider: 主持人}}\n"


@pytest.mark.parametrize(
    ("on", "severity"), [("2026-03-20", "stop"), ("2026-03-23", "flag"), ("2026-03-24", "")]
)
def test_a_notice_that_leaves_less_than_seven_working_days_is_stopped_when_it_is_made_l48_1(on, severity):
    answer = found("L48.1", script(accepted() + NOTICED % (on, "")), "2026-03-12")["通知.at"]
    assert (answer.severity if answer.outcome == "violated" else "") == severity


def test_interested_persons_are_called_too_l48_1():
    one = SERVED % (ON % "某粮食有限公司")
    both = SERVED % f"{ON % '某粮食有限公司'}, {ON % '孙某'}"
    for served, answer in ((one, "violated"), (both, "met")):
        told = script(accepted() + TOLD + ASKED + NOTICED % ("2026-03-24", served) + HELD)
        assert outcomes("L48.1", told)["笔录.孙某"] == answer


def test_the_notice_is_served_until_everybody_has_it():
    one = accepted() + TOLD + ASKED + NOTICED % ("2026-03-24", SERVED % (ON % "某粮食有限公司"))
    both = SERVED % f"{ON % '某粮食有限公司'}, {ON % '孙某'}"
    why = {s.why for s in judge(*case_of(script(one), "2026-03-12")).steps if s.does == "serve"}
    assert why == {"还没有送达孙某"}
    assert ("serve", "通知") not in steps(
        accepted() + TOLD + ASKED + NOTICED % ("2026-03-24", both), "2026-03-12"
    )


def test_once_a_hearing_is_asked_for_the_applicant_is_to_be_told_of_its_time_l45_1():
    """Only time that was told is left out (许 45)."""
    assert ("file:special_procedure_notice", "") not in steps(accepted() + TOLD)
    asked = accepted() + TOLD + ASKED
    assert steps(asked)["file:special_procedure_notice", ""][1] is False
    case, ctx = case_of(script(asked), "2026-03-12")
    assert prefill(DOCUMENTS["special_procedure_notice"], case, ctx, "")["procedure_kind"].value == "听证"


def test_a_special_procedure_that_begins_today_can_still_be_told_today_l45_1():
    begun = "  - {at: 2026-03-09, file: special_procedure_notice, as: 评审, values: {procedure_kind: 专家评审, days_needed: 5, from_on: 2026-03-09}, issued: true}\n"
    assert outcomes("L45.1", script(accepted() + begun), "2026-03-09") == {"评审": "open"}
    assert outcomes("L45.1", script(accepted() + begun), "2026-03-10") == {"评审": "violated"}


def test_who_comes_to_the_hearing_is_known():
    case, ctx = case_of(script(accepted() + TOLD + ASKED), "2026-03-12")
    given = prefill(DOCUMENTS["license_hearing_record"], case, ctx, "")
    assert {(row["name"], row["as"]) for row in given["present"].value} >= {("孙某", "利害关系人")}
    assert "处罚" not in given["rights_told"].value


def test_a_longer_time_that_was_told_lets_a_hearing_be_asked_for_l46_1():
    late = ASKED.replace("2026-03-11", "2026-03-18")
    grant = "  - {at: 2026-03-30, file: license_grant_decision, as: 准予, issued: true}\n"
    for until, answer in (("2026-03-16", "na"), ("2026-03-20", "violated")):
        told = script(accepted() + NOTICE % (until, "孙某") + late + grant)
        assert outcomes("L46.1", told).get("准予", "na") == answer


FORM = "  - {at: 2026-03-12, file: license_approval_form, as: 审批, values: {proposal: %s%s}, approved: {S: 2026-03-12, B: 2026-03-13}}\n"


def test_what_was_approved_is_what_is_decided_next():
    granted, denied = (steps(accepted() + FORM % (word, ""), "2026-03-13") for word in ("准予", "不予"))
    assert ("file:license_denial_decision", "") not in granted
    assert granted["file:license_grant_decision", ""][1] is False
    assert ("file:license_grant_decision", "") not in denied
    assert denied["file:license_denial_decision", ""][1] is False


def test_a_proposal_to_grant_against_the_review_wants_its_reason_at_once_l38_1():
    failed = accepted() + REVIEW % conditions("符合", "不符合", "符合", "符合", "符合")
    assert outcomes("L38.1", script(failed + FORM % ("准予", ""))) == {"审批": "violated"}
    assert outcomes("L38.1", script(failed + FORM % ("准予", ", despite: 已经整改"))) == {"审批": "met"}


def test_every_reviewer_who_is_named_signs_r7_1():
    review = REVIEW.replace("signed: {officer: [甲, 乙]}", "signed: {officer: 甲}") % "staff: [甲, 乙]"
    assert steps(accepted() + review, "2026-03-10")["sign", "审查"][0] == "officer"
    assert ("sign", "审查") not in steps(accepted() + REVIEW % "staff: [甲, 乙]", "2026-03-10")


def test_the_review_knows_what_is_on_file_already():
    case, ctx = case_of(script(accepted() + TOLD), "2026-03-12")
    given = prefill(DOCUMENTS["license_review_record"], case, ctx, "")
    assert given["affects_others"].value is True
    assert "substance" not in given


def test_a_grant_is_to_be_published_or_the_reason_told_why_not():
    """许 40."""
    grant = "  - {at: 2026-03-30, file: license_grant_decision, as: 准予, issued: true}\n"
    assert steps(accepted() + grant, "2026-03-30")["state:license_published", ""][1] is False
