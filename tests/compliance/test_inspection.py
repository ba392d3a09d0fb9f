"""An inspection keeps to its plan: approved before, within its days, told beforehand when the plan says so (R2.1)."""

import pytest

from liuhen.compliance.judge import judge
from liuhen.scripts.script import read_script
from tests.compliance.test_licensing import case_of
from tests.compliance.told import HEAD, found

INSPECTION = HEAD.replace("penalty_ordinary", "inspection")
PLAN = (
    "  - {at: 2026-03-02, file: inspection_plan, as: 计划, values: {from_on: 2026-03-09, to_on: 2026-03-13, announced: %s}, "
    "approved: {S: 2026-03-02, B: %s}}\n"
)
NOTICE = "  - {at: 2026-03-03, file: inspection_notice, as: 通知, issued: true, served: 2026-03-04}\n"
FORM = "  - {at: %s, file: inspection_form, as: 检查, values: {started_at: %s 09:30}}\n"


def script(steps):
    return read_script(f"{INSPECTION}\nsteps:\n{steps}")


def asked(steps):
    answer = found("R2.1", script(steps)).get("检查.plan")
    return (answer.outcome, answer.message) if answer else ("", "")


def test_an_inspection_by_its_plan_is_in_order_r2_1():
    assert asked(PLAN % ("事先通知", "2026-03-03") + NOTICE + FORM % ("2026-03-10", "2026-03-10"))[0] == "met"
    assert asked(PLAN % ("不事先通知", "2026-03-03") + FORM % ("2026-03-10", "2026-03-10"))[0] == "met"


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        (FORM % ("2026-03-10", "2026-03-10"), "没有经批准的《行政检查计划》"),
        (PLAN % ("不事先通知", "2026-03-12") + FORM % ("2026-03-10", "2026-03-10"), "2026年3月12日才批准"),
        (PLAN % ("不事先通知", "2026-03-03") + FORM % ("2026-03-16", "2026-03-16"), "批准的检查期间是"),
        (
            PLAN % ("事先通知", "2026-03-03") + FORM % ("2026-03-10", "2026-03-10"),
            "没有送达《行政检查通知书》",
        ),
    ],
)
def test_an_inspection_beside_its_plan_is_found_r2_1(steps, words):
    outcome, message = asked(steps)
    assert outcome == "violated"
    assert words in message


def test_an_outside_source_that_tells_of_no_plan_is_not_guessed_at_r2_1():
    answer = found("R2.1", script(FORM % ("2026-03-10", "2026-03-10")), outside=True)["检查.plan"]
    assert answer.outcome == "unknown"


def test_an_inspection_without_notice_begins_when_the_plan_that_says_so_is_approved():
    """The reason stands in the plan; nothing is stated a second time."""
    case, ctx = case_of(script(PLAN % ("不事先通知", "2026-03-03")), "2026-03-09")
    open_ = {s.does for s in judge(case, ctx).steps if not s.locked}
    assert "file:inspection_form" in open_
    assert "file:inspection_notice" not in open_


@pytest.mark.parametrize(
    ("people", "asked"), [("lead_officer: 甲", True), ("lead_officer: 甲, assist_officer: 乙", False)]
)
def test_a13_an_inspection_is_begun_by_two(people, asked):
    steps = f"  - {{at: 2026-03-02 09:00, by: 科长, assign: {{{people}}}}}\n" + PLAN % (
        "不事先通知",
        "2026-03-03",
    )
    case, ctx = case_of(script(steps), "2026-03-09")
    assert ("second_officer" in {s.code for s in judge(case, ctx).steps}) is asked
