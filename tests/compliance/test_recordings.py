"""Recorded at the same time, deposited in time (R14.3, R31.2)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.compliance.rules.recordings import uncovered
from tests.compliance.told import at, found, outcomes, script

INSPECTED = (
    "  - {at: 2026-03-05 11:00, by: 甲, file: site_inspection_record, as: 笔录, "
    "values: {started_at: 2026-03-05 09:00, ended_at: 2026-03-05 10:30%s}}\n"
)


def film(starts: str, ends: str, deposited: str = "2026-03-05 16:00", more: str = "") -> str:
    times = f"from: 2026-03-05 {starts}, to: 2026-03-05 {ends}, deposited: {deposited}"
    return f"  - {{at: 2026-03-05 {ends}, by: 甲, record: {{what: 录像, {times}, document: 笔录{more}}}}}\n"


def stated(fact: str, values: str) -> str:
    return f"  - {{at: 2026-03-05 11:00, state: {fact}, document: 笔录, values: {{{values}}}}}\n"


@pytest.mark.parametrize(
    ("more", "outcome"),
    [
        (film("08:55", "10:40"), "met"),
        (film("09:00", "09:45") + film("09:45", "10:30"), "met"),
        (film("09:20", "10:30"), "violated"),
        (film("09:00", "10:10"), "violated"),
        (film("11:00", "12:00"), "violated"),
        (
            film("09:00", "10:10") + stated("recording_gap", "from: 2026-03-05 10:10, to: 2026-03-05 10:30"),
            "met",
        ),
        (stated("recording_unsuitable", "reason: 防爆"), "met"),
        (stated("recording_made", "from: 2026-03-05 09:00, to: 2026-03-05 10:30"), "met"),
        ("", "violated"),
    ],
)
def test_an_inspection_is_recorded_throughout_or_the_reason_is_given_r14_3(more: str, outcome: str) -> None:
    assert outcomes("R14.3", script(INSPECTED % "" + more)) == {"笔录": outcome}


def test_the_reason_may_stand_on_the_paper_r14_3() -> None:
    assert outcomes("R14.3", script(INSPECTED % ", unsuitable_reason: 防爆场所")) == {"笔录": "met"}


def test_a_partial_recording_is_named_r14_3() -> None:
    told = script(INSPECTED % "" + film("09:20", "10:00"))
    assert "其中09:00至09:20、10:00至10:30没有音像记录" in found("R14.3", told)["笔录"].message


def test_the_duty_is_open_until_the_recording_is_due_r14_3() -> None:
    told = script(INSPECTED % "")
    answer = found("R14.3", told, "2026-03-05")["笔录"]
    assert answer.outcome == "open"
    assert answer.until == at("2026-03-06", "10:30")


def test_an_outside_source_that_tells_no_recording_is_not_judged_r14_3() -> None:
    assert outcomes("R14.3", script(INSPECTED % ""), outside=True) == {"笔录": "unknown"}


@pytest.mark.parametrize(("on", "outcomes_"), [("true", {"登保": "violated"}), ("false", {})])
def test_a_hold_is_recorded_by_the_rule_of_the_house_r14_3(on: str, outcomes_: dict[str, str]) -> None:
    rule = f"settings: [{{name: hold_recorded, value: {on}, from: 2020-01-01}}]"
    told = script("  - {at: 2026-03-05 10:00, file: hold_notice, as: 登保}\n", rule)
    assert outcomes("R14.3", told) == outcomes_


minutes = st.integers(0, 120)
stretches = st.lists(st.tuples(minutes, minutes).map(sorted).map(tuple), max_size=6)


@given(stretches, st.tuples(minutes, minutes).filter(lambda pair: pair[0] < pair[1]))
def test_uncovered_is_exactly_the_minutes_no_film_shows(
    films: list[tuple[int, int]], lasted: tuple[int, int]
) -> None:
    def moment(minute: int):
        return at("2026-03-05", f"{9 + minute // 60:02d}:{minute % 60:02d}")

    gaps = uncovered((moment(lasted[0]), moment(lasted[1])), [(moment(a), moment(b)) for a, b in films])
    missing = {m for m in range(*lasted) if any(a <= moment(m) < b for a, b in gaps)}
    assert missing == {m for m in range(*lasted) if not any(a <= m < b for a, b in films)}


MADE = "  - {at: 2026-03-05 10:30, by: 甲, state: recording_made, as: 登记, document: 笔录, values: {from: 2026-03-05 09:00, to: 2026-03-05 10:30, device: 记录仪一, by: 甲}}\n"


@pytest.mark.parametrize(
    ("more", "now", "outcome"),
    [
        ("", "2026-03-05", "open"),
        ("", "2026-03-07", "violated"),
        (film("09:00", "10:30"), "2026-03-07", "met"),
    ],
)
def test_a_recording_declared_made_is_deposited_within_a_day_r31_2(more: str, now: str, outcome: str) -> None:
    answered = found("R31.2", script(INSPECTED % "" + MADE + more), now)
    assert [f.outcome for f in answered.values()] == [outcome]


@pytest.mark.parametrize(("more", "late"), [("", True), (", late_reason: 设备故障", False)])
def test_a_late_deposit_gives_its_reason_r31_2(more: str, *, late: bool) -> None:
    told = script(INSPECTED % "" + film("09:00", "10:30", "2026-03-07 16:00", more))
    assert any("没有写明迟延原因" in f.message for f in found("R31.2", told).values()) == late


def test_a_hold_has_no_span_and_wants_a_recording_of_its_day_r14_3() -> None:
    hold = "  - {at: 2026-03-05 10:00, file: hold_notice, as: 笔录, values: {held_at: 2026-03-05 10:00}}\n"
    assert outcomes("R14.3", script(hold + film("09:50", "10:10"))) == {"笔录": "met"}


def test_a_declared_recording_without_times_is_found_by_its_paper_r31_2() -> None:
    made = "  - {at: 2026-03-05 10:30, state: recording_made, document: 笔录, values: {device: 记录仪一}}\n"
    told = script(INSPECTED % "" + made + film("09:00", "10:30"))
    assert {f.outcome for f in found("R31.2", told).values()} == {"met"}
    other = script(INSPECTED % "" + made)
    assert {f.outcome for f in found("R31.2", other, outside=True).values()} == {"unknown"}
