"""Every case can end: what was not inspected, what did not stand on the spot, what was decided later on a licence (R31.1)."""

from __future__ import annotations

from datetime import UTC

import pytest

from liuhen.casefile.state import CaseFile
from liuhen.compliance.events import ending, has
from liuhen.compliance.exits import closes_by_itself, taken
from liuhen.compliance.judge import context, judge
from liuhen.scripts.facts import case_of, now_of
from liuhen.scripts.script import read_script

REFUSED = "B: {on: 2024-05-21, opinion: refuse, text: 不再检查}"
RETURNED = "B: {on: 2024-05-21, opinion: return, text: 补充理由}"
SPOT = """
  - {at: 2024-05-20, file: summary_inspection_record, values: {officers: [张某, 李某]}}
"""
PENALTY = "  - {at: 2024-05-06, file: docket_approval, approved: {S: 2024-05-06, B: 2024-05-06}}\n"


def told(procedure: str, steps: str) -> tuple[CaseFile, set[str]]:
    """A case of ours, and the steps that are offered in it."""
    script = read_script(
        f"id: e\ntitle: 某案\nprocedure: {procedure}\nclosed: true\n"
        f"party: {{party_kind: 自然人, name: 张某}}\nsteps:\n{steps}"
    )
    case = case_of(script)
    steps_of = judge(case, context(now_of(script).astimezone(UTC), case.office)).steps
    return case, {step.code for step in steps_of}


def test_an_inspection_that_was_not_approved_is_given_up_and_ends() -> None:
    """办法 3, 9: a plan that a leader refused leads nowhere; why is stated, and the file is archived."""
    plan = f"  - {{at: 2024-05-20, file: inspection_plan, approved: {{S: 2024-05-20, {REFUSED}}}}}\n"
    case, steps = told("inspection", plan)
    assert ending(case) is None
    assert "inspection_given_up" in steps
    given_up = (
        "  - {at: 2024-05-22, state: inspection_given_up, values: {reason: 计划没有批准, text: 不再检查。}}\n"
    )
    case, steps = told("inspection", plan + given_up)
    found = ending(case)
    assert found is not None
    assert found[0].outcome == "检查没有进行"
    assert has(case, "ended")
    assert not steps & {
        "inspection_notice",
        "inspection_form",
        "inspection_given_up",
    }
    assert "archive" in steps


@pytest.mark.parametrize(
    "kind",
    [
        "license_change_decision",
        "license_renewal_decision",
        "license_revocation_decision",
        "license_cancellation",
    ],
)
def test_a_later_decision_on_a_licence_ends_its_case(kind: str) -> None:
    """许 49, 50, 69, 70: served, the act is over and the file is archived."""
    filed = f"  - {{at: 2024-05-20, file: {kind}, issued: true, served: 2024-05-21}}\n"
    case, steps = told("licensing", filed)
    assert ending(case) is not None
    assert "archive" in steps


def test_what_does_not_stand_on_the_spot_is_dropped() -> None:
    """罚 45: a defence that holds is accepted; there is a way out without a penalty, and no report is made of it."""
    case, steps = told("penalty_summary", SPOT)
    assert "case_withdrawal_approval" in steps
    sheet = "  - {at: 2024-05-20, file: case_withdrawal_approval, approved: {S: 2024-05-20, B: 2024-05-21}}\n"
    case, steps = told("penalty_summary", SPOT + sheet)
    went = taken(case)
    assert went is not None
    assert went.exit.outcome == "销案"
    assert closes_by_itself(case)
    assert "summary_decision" not in steps


@pytest.mark.parametrize(
    ("said", "gone"),
    [(REFUSED, False), (RETURNED, False), ("B: 2024-05-21", True)],
    ids=["no", "back", "yes"],
)
def test_a_sheet_that_was_sent_back_does_not_keep_the_case_away(said: str, gone: bool) -> None:
    """办法 25: refused or sent back, the case goes on; the sheet binds again when it is written anew."""
    sheet = f"  - {{at: 2024-05-20, file: case_withdrawal_approval, approved: {{S: 2024-05-20, {said}}}}}\n"
    case, steps = told("penalty_ordinary", PENALTY + sheet)
    assert has(case, "gone") is gone
    assert ("investigation_report" in steps) is not gone


def turned(on: str) -> CaseFile:
    decided = "  - {at: 2024-05-20, file: summary_decision, values: {penalties: [罚款50元]}, issued: true, served: 2024-05-20}\n"
    fact = f"  - {{at: {on}, state: converted_to_ordinary, values: {{reason: 其他, text: 某}}}}\n"
    return told("penalty_summary", decided + fact)[0]


def test_a_case_decided_on_the_spot_is_not_turned_afterwards() -> None:
    """罚 51: what turns the procedure comes before the decision; told afterwards it changes no rule that is asked."""
    assert turned("2024-06-03").procedure == "penalty_summary"
    assert turned("2024-05-19").procedure == "penalty_ordinary"
