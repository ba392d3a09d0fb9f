"""案卷评查: one standard, one engine (domain §8.4): full, part, zero, not applicable; vetoes; grades by setting."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date
from fractions import Fraction
from pathlib import Path

import pytest

from liuhen.casefile.settle import settle
from liuhen.compliance.judge import context, judge
from liuhen.compliance.scoring import Mark, Score, score
from liuhen.measures.evaluation import PENALTY
from liuhen.scripts.facts import case_of, now_of
from liuhen.scripts.script import load
from tests.compliance.told import at, ours, script

ROOT = Path(__file__).parents[2]
SOURCE = """
  - {at: 2026-03-02, file: case_source_form, approved: {S: 2026-03-02}}
  - {at: 2026-03-03, file: docket_approval, approved: {S: 2026-03-03, B: 2026-03-03}}
"""
AGAIN = "  - {at: 2026-03-05, file: interview_record, as: 二, values: {officers: [甲, 乙], certificates_shown: %s}}\n"
ASKED = "  - {at: 2026-03-04, file: interview_record, values: {officers: [甲, 乙], certificates_shown: %s}}\n"


def of_file(name: str) -> Score:
    read = load(ROOT / name)
    case = case_of(read)
    found = score(
        case,
        judge(case, context(now_of(read).astimezone(UTC), case.office, outside=True)),
        context(now_of(read), case.office, outside=True),
    )
    assert found is not None
    return found


def of_ours(steps: str, now: str = "2026-12-01", altered: tuple[str, ...] = (), **settings: int) -> Score:
    entries, office = ours(script(steps))
    office.settings += [(date(2020, 1, 1), name, value) for name, value in settings.items()]
    case = settle(entries, office)
    ctx = context(at(now), office)
    found = score(case, judge(case, ctx), ctx, altered)
    assert found is not None
    return found


def mark(found: Score, number: str) -> Mark:
    return next(one for one in found.marks if one.item.number == number)


def test_a_decision_that_is_not_made_yet_earns_nothing() -> None:
    """What earlier papers keep to (the bureau's name, a provision in force) is no full mark for a decision."""
    assert mark(of_ours(SOURCE), "27").got == "na"
    decided = "  - {at: 2026-03-20, by: 甲, file: penalty_decision, issued: true}\n"
    assert mark(of_ours(SOURCE + decided), "27").counted


def test_a_case_with_one_flag_loses_on_one_item() -> None:
    found = of_file("cases/01-pesticide-defence.yaml")
    assert found.failed == []
    assert [m.item.number for m in found.marks if m.got in ("part", "zero")] == ["22"]
    assert mark(found, "22").points == 2
    assert found.score == Fraction(100) * found.got / found.applicable
    assert found.grade == "优秀"
    assert mark(found, "23").got == "na"  # no hearing
    assert mark(found, "39").got == "unknown"  # for the reviewer's eyes


def test_a_case_with_a_hearing_and_no_finding_is_full_in_all_that_applies() -> None:
    found = of_file("cases/03-clinic-hearing.yaml")
    assert found.score == 100
    assert mark(found, "25").got == mark(found, "26").got == "full"
    assert mark(found, "36").got == "full"  # published, and in time


def test_what_an_outside_source_does_not_tell_is_no_loss() -> None:
    found = of_file("cases/03-clinic-hearing.yaml")
    assert mark(found, "28").got == "unknown"
    assert found.applicable == sum(m.item.points for m in found.marks if m.counted) < 100


@pytest.mark.parametrize(
    ("name", "veto"),
    [
        ("cases/05-civil-air-defence-same-day.yaml", "V5"),
        ("cases/09-tax-county-no-notice.yaml", "V6"),
        ("tests/bad/R23.1.yaml", "V8"),
        ("tests/bad/P58.1.yaml", "V7"),
        ("tests/bad/R13.1.yaml", "V4"),
        ("tests/bad/P17.1.yaml", "V1"),
        ("tests/bad/F18.1-power.yaml", "V1"),
        ("tests/bad/P37.1.yaml", "V2"),
        ("tests/bad/R26.1-record.yaml", "V3"),
        ("tests/bad/R26.1.yaml", "V5"),
        ("tests/bad/R26.2-kind.yaml", "V9"),
        ("tests/bad/R26.2-organisation.yaml", "V9"),
        ("tests/bad/R26.2-turned.yaml", "V9"),
    ],
)
def test_a_veto_makes_the_file_fail_with_nought(name: str, veto: str) -> None:
    found = of_file(name)
    assert veto in {one.veto.number for one in found.failed}
    assert found.score == 0
    assert found.grade == "不合格"


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("cases/sum-01-warning.yaml", {"S1", "S2", "S5", "S9", "S12", "S13"}),
        ("cases/sum-02-collected.yaml", {"S5", "S9", "S12", "S13", "S14"}),
        ("cases/sum-03-paid-at-bank.yaml", {"S5", "S8", "S9", "S12", "S15", "11"}),
        ("cases/ins-01-cured.yaml", {"7", "8", "10", "11", "13", "19"}),
        ("cases/ins-02-clue.yaml", {"7", "8", "10", "13", "J2", "J5"}),
    ],
)
def test_a_lawful_penalty_on_the_spot_and_a_lawful_inspection_lose_nothing(name: str, full: set[str]) -> None:
    found = of_file(name)
    assert (found.failed, found.score) == ([], 100)
    assert full <= {one.item.number for one in found.marks if one.got == "full"}


def test_what_an_inspection_lacks_costs_its_points() -> None:
    """办法 3, 14: told to the inspected, filmed; no plan at all fails the file."""
    checked = (
        "  - {at: 2026-03-02 11:00, by: 甲, file: inspection_form, as: 检查, values: {started_at: 2026-03-02 09:00, "
        "ended_at: 2026-03-02 10:00, officers: [甲, 乙], certificates_shown: true, handling: 登记为案件来源}}\n"
    )
    entries, office = ours(replace(script(checked), procedure="inspection"))
    case = settle(entries, office)
    ctx = context(at("2026-06-01"), office)
    found = score(case, judge(case, ctx), ctx)
    assert found is not None
    assert [one.veto.number for one in found.failed] == ["V1"]
    assert {n: mark(found, n).got for n in ("J1", "J2", "7", "13")} == {
        "J1": "zero", "J2": "zero", "7": "full", "13": "zero",
    }  # fmt: skip


def test_a_decision_on_the_spot_reported_late_costs_its_points() -> None:
    found = of_file("tests/bad/TL-30.yaml")
    assert (mark(found, "S13").got, found.failed) == ("zero", [])


def test_a_seizure_with_power_that_is_approved_late_is_no_want_of_power() -> None:
    assert "V1" not in {one.veto.number for one in of_file("tests/bad/F18.1.yaml").failed}


def test_what_was_altered_is_a_veto() -> None:
    assert of_ours(SOURCE).failed == []
    found = of_ours(SOURCE, altered=("条目被改动",))
    assert [(one.veto.number, one.reasons) for one in found.failed] == [("V10", ("条目被改动",))]


def test_the_points_follow_the_share_that_is_met_in_halves() -> None:
    assert mark(of_ours(SOURCE + ASKED % "true"), "7").points == 3
    both = of_ours(SOURCE + ASKED % "true" + AGAIN % "false")
    assert (mark(both, "7").got, mark(both, "7").points) == ("part", Fraction(3, 2))
    assert mark(of_ours(SOURCE + ASKED % "false"), "7").got == "zero"


def test_a_flag_that_was_explained_counts_half() -> None:
    entries, office = ours(script(SOURCE + ASKED % "false"))
    case = settle(entries, office)
    ctx = context(at("2026-12-01"), office)
    document = case.of("interview_record")[0].id
    case.explained["P55.1", document] = "已补正"
    found = score(case, judge(case, ctx), ctx)
    assert found is not None
    assert mark(found, "7").points == Fraction(3, 2)


def test_a_stop_takes_the_whole_item() -> None:
    assert mark(of_file("tests/bad/R13.1.yaml"), "8").got == "zero"


def test_a_decision_that_is_never_served_is_a_veto_once_the_case_is_closed() -> None:
    item = next(one for one in PENALTY.vetoes if one.number == "V11")
    assert item.when == ("issued:penalty_decision", "closed")
    decided = SOURCE + "  - {at: 2026-03-20, file: penalty_decision, issued: true}\n"
    assert "V11" not in {one.veto.number for one in of_ours(decided).failed}


def test_the_grades_are_the_bureaus_setting() -> None:
    steps = SOURCE + ASKED % "true" + AGAIN % "false"
    usual = of_ours(steps)
    assert usual.score is not None
    assert 0 < usual.score < 100
    assert of_ours(steps, review_excellent=1).grade == "优秀"
    assert of_ours(steps, review_excellent=101, review_pass=1).grade == "合格"
    assert of_ours(steps, review_excellent=101, review_pass=101).grade == "不合格"


def test_a_licence_has_its_own_sheet_and_a_procedure_without_one_none() -> None:
    found = of_file("cases/lic-01-granted.yaml")
    assert found.sheet.title == "行政许可案卷评查标准"
    assert found.score == 100
    assert mark(found, "L7").got == "na"


def test_a_paper_without_its_counterpart_is_no_want_of_told_rights() -> None:
    """The rule of Article 14 answers several questions; an item takes the one that it asks."""
    sampled = "  - {at: 2026-03-04, file: sampling_notice, issued: true, values: {rights_told: 已告知}}\n"
    found = of_ours(SOURCE + sampled)
    assert any("没有相应的" in f.message for f in mark(found, "13").findings)
    assert not any("没有相应的" in f.message for f in mark(found, "9").findings)
