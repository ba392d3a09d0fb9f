"""Licensing from both sides of a line: two people at a survey, the whole of the materials, the day before and after a limit
(R7.3, R8.1, L34.1, L44.1)."""

from __future__ import annotations

import pytest

from liuhen.casefile.settle import settle
from liuhen.compliance.judge import context, judge
from liuhen.scripts.script import read_script
from liuhen.scripts.shape import Script
from tests.compliance.told import HEAD, at, found, ours

MATTER = "固定资产投资项目节能审查"
ACCEPTED = (
    f"  - {{at: 2026-03-02, file: license_acceptance_notice, values: {{matter: {MATTER}, accepted_on: 2026-03-02}}, "
    "issued: true, served: 2026-03-02}\n"
)
GRANTED = "  - {at: %s, file: license_grant_decision, as: 准予, issued: true, served: %s}\n"
SURVEY = "  - {at: 2026-03-05, file: site_survey_record, as: 勘验, values: {staff: [%s]}, signed: {officer: [%s]}}\n"
RECEIPT = (
    f"  - {{at: 2026-03-02, file: material_receipt, values: {{matter: {MATTER}, "
    "materials: [{name: 节能报告, state: %s}]}}\n"
)
REVIEW = "  - {at: 2026-03-05, file: license_review_record, as: 审查, values: {substance: 是}, signed: {officer: [%s]}}\n"


def script(steps: str) -> Script:
    return read_script(f"{HEAD.replace('penalty_ordinary', 'licensing')}\nsteps:\n{steps}")


def codes(told: Script, now: str = "2026-12-01") -> set[str]:
    """The codes that are violated, limits included."""
    entries, office = ours(told)
    return {f.code for f in judge(settle(entries, office), context(at(now), office)).violated()}


@pytest.mark.parametrize(
    ("staff", "signed", "outcome", "severity"),
    [("甲, 乙", "甲, 乙", "met", ""), ("甲", "甲", "violated", "stop"), ("甲, 乙", "甲", "violated", "flag")],
)
def test_a_survey_is_made_and_signed_by_two_r7_3(
    staff: str, signed: str, outcome: str, severity: str
) -> None:
    reviewed = "  - {at: 2026-03-10, file: license_review_record}\n"
    answer = found("R7.3", script(SURVEY % (staff, signed) + reviewed))["勘验.signed"]
    assert (answer.outcome, answer.severity if severity else "") == (outcome, severity)


@pytest.mark.parametrize(("state", "found_"), [("齐全", False), ("缺少", True), ("有错", True)])
def test_materials_are_made_good_before_acceptance_l34_1(state: str, found_: bool) -> None:
    assert ("L34.1" in codes(script(RECEIPT % state + ACCEPTED))) == found_


@pytest.mark.parametrize(("signed", "outcome"), [("甲, 乙", "met"), ("甲", "violated")])
def test_substance_is_verified_by_two_l34_1(signed: str, outcome: str) -> None:
    form = "  - {at: 2026-03-06, file: license_approval_form}\n"
    assert found("L34.1", script(REVIEW % signed + form))["审查"].outcome == outcome


@pytest.mark.parametrize(("on", "late"), [("2026-03-30", False), ("2026-03-31", True)])
def test_the_decision_is_made_within_twenty_working_days_r8_1(on: str, late: bool) -> None:
    assert ("R8.1" in codes(script(ACCEPTED + GRANTED % (on, on)))) == late


@pytest.mark.parametrize(("on", "late"), [("2026-03-23", False), ("2026-03-24", True)])
def test_what_is_granted_is_served_within_ten_working_days_l44_1(on: str, late: bool) -> None:
    assert ("L44.1" in codes(script(ACCEPTED + GRANTED % ("2026-03-09", on)))) == late
