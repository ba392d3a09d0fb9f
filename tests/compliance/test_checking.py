"""对照检查: every applicable requirement has one of five outcomes, and the answers that show it (R3.1)."""

from __future__ import annotations

from pathlib import Path

import pytest

from liuhen.casefile.settle import settle
from liuhen.compliance.answers import RULES
from liuhen.compliance.checking import Line, applies, group_of, lines, tally
from liuhen.compliance.judge import context, judge
from liuhen.measures import LIMITS, PROCEDURES, REQUIREMENTS
from liuhen.scripts.facts import case_of, now_of
from liuhen.scripts.script import load
from tests.compliance.told import at, ours, script

ROOT = Path(__file__).parents[2]
STEPS = """
  - {at: 2026-03-02, file: case_source_form, approved: {S: 2026-03-02}}
  - {at: 2026-03-03, file: docket_approval, approved: {S: 2026-03-03, B: 2026-03-03}}
  - {at: 2026-03-04, file: interview_record, values: {officers: [甲, 乙], certificates_shown: false}}
"""


def told(steps: str = STEPS, now: str = "2026-03-06") -> dict[str, Line]:
    entries, office = ours(script(steps))
    case = settle(entries, office)
    ctx = context(at(now), office)
    return {line.requirement.code: line for line in lines(case, judge(case, ctx))}


def of_file(name: str) -> list[Line]:
    read = load(ROOT / "cases" / name)
    case = case_of(read)
    return lines(case, judge(case, context(now_of(read), case.office, outside=True)))


def test_each_of_the_five_outcomes_is_told() -> None:
    found = told()
    assert found["P55.1"].outcome == "violated"
    assert found["R9.2"].outcome == "met"
    assert found["P60.1"].outcome == "open"  # ninety days run
    assert "期限到2026年6月1日为止" in found["P60.1"].findings[0].message
    assert found["R24.1"].outcome == "open"  # not come to yet
    assert found["R24.1"].note == "还没有办到这一步"
    assert found["R10.2"].outcome == "na"  # the stage is over, nothing was refused
    assert found["R3.2"].outcome == "unknown"  # no rule answers it


def test_a_requirement_stands_once_and_the_worst_answer_is_its_outcome() -> None:
    found = told(
        STEPS
        + "  - {at: 2026-03-05, file: interview_record, as: 二, values: {officers: [甲, 乙], certificates_shown: true}}\n"
    )
    line = found["P55.1"]
    assert line.outcome == "violated"
    assert [f.outcome for f in line.findings] == ["violated", "met"]


def test_after_the_end_of_a_case_what_never_came_up_does_not_apply() -> None:
    found = {line.requirement.code: line for line in of_file("01-pesticide-defence.yaml")}
    assert found["R20.1"].outcome == found["F18.1"].outcome == "na"
    assert found["R31.1"].outcome == "met"
    assert not [line for line in found.values() if line.outcome == "open"]


@pytest.mark.parametrize("name", ["01-pesticide-defence.yaml", "lic-01-granted.yaml"])
def test_every_line_shows_why_and_the_tally_counts_each_once(name: str) -> None:
    found = of_file(name)
    assert len({line.requirement.code for line in found}) == len(found) == sum(tally(found).values())
    assert all(line.findings or line.note for line in found)
    assert all(group_of(line) for line in found)


def test_a_limit_that_is_answered_under_a_requirement_is_not_asked_twice() -> None:
    found = told()
    assert LIMITS["TL-19"].finding == "P60.1"
    assert "TL-19" not in found
    assert "TL-10" in found


def test_every_rule_belongs_to_a_line_in_the_procedures_that_it_is_asked_of() -> None:
    for rule in RULES:
        for code in rule.procedures:
            if code in PROCEDURES:
                assert applies(REQUIREMENTS[rule.code], code), (rule.code, code)


def test_a_requirement_of_one_procedure_is_not_asked_of_another() -> None:
    assert not applies(REQUIREMENTS["R7.1"], "penalty_ordinary")
    assert not applies(REQUIREMENTS["R17.1"], "licensing")
    assert all(applies(REQUIREMENTS["R33.1"], code) for code in PROCEDURES)
    assert not applies(REQUIREMENTS["R9.1"], "no_such_procedure")
    assert not applies(REQUIREMENTS["TL-53"], "penalty_ordinary")  # begins with a paper of inspections
    assert applies(REQUIREMENTS["TL-53"], "inspection")
    assert applies(REQUIREMENTS["TL-10"], "penalty_ordinary")


def test_lines_stand_in_the_order_of_the_articles() -> None:
    heads = [group_of(line) for line in of_file("03-clinic-hearing.yaml")]
    grouped = list(dict.fromkeys(heads))
    assert heads == [head for group in grouped for head in heads if head == group]
    assert grouped[0].startswith("办法第三条")
    assert grouped[-1] == "《行政诉讼法》"
