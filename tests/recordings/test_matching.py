"""To which act a recording probably belongs (R31.2; A31)."""

from dataclasses import replace

import pytest

from liuhen.recordings.matching import Act, best, duty_of
from tests.acts.drive import local


def at(clock, day="2026-03-03"):
    return local(f"{day} {clock}")


def act(document, starts, ends, *, officers=("jia",), devices=(), kind="site_inspection_record"):
    return Act(
        "C1", document, kind, "现场检查笔录", at(starts), at(ends), frozenset(officers), frozenset(devices)
    )


MORNING, NOON = act("A", "09:00", "10:00"), act("B", "10:30", "11:30")


@pytest.mark.parametrize(
    ("starts", "ends", "document", "why"),
    [
        ("08:55", "10:05", "A", "时段重合 60 分钟，拍摄人是承办人"), ("09:50", "11:00", "B", "时段重合 30 分钟，拍摄人是承办人"),
        ("14:00", "14:10", "B", "同一天，拍摄人是承办人"), ("09:20", "09:20", "A", "时间相符，拍摄人是承办人"),
    ],
)  # fmt: skip
def test_the_longest_overlap_then_the_nearest_of_the_day(starts, ends, document, why):
    found = best(at(starts), at(ends), "jia", "", [MORNING, NOON])
    assert (found.act.document, found.why, found.duty) == (document, why, "inspection")


def test_another_officers_film_fits_by_its_time_alone():
    assert best(at("09:10"), at("09:20"), "bing", "", [MORNING]).why == "时段重合 10 分钟"
    assert best(at("14:00"), at("14:10"), "bing", "", [MORNING]) is None


def test_of_two_acts_at_once_the_own_and_then_the_devices():
    other = replace(MORNING, document="C", officers=frozenset({"bing"}))
    assert best(at("09:10"), at("09:20"), "bing", "", [MORNING, other]).act.document == "C"
    twin = replace(MORNING, document="0", devices=frozenset({"1号记录仪"}))
    found = best(at("09:10"), at("09:20"), "jia", "1号记录仪", [MORNING, twin])
    assert (found.act.document, found.why) == ("0", "时段重合 10 分钟，拍摄人是承办人，同一台设备")


def test_a_film_that_tells_no_time_fits_nothing():
    assert best(None, None, "jia", "", [MORNING]) is None
    assert best(None, at("09:30"), "jia", "", [MORNING]).act.document == "A"
    assert best(at("09:10", "2026-03-09"), at("09:20", "2026-03-09"), "jia", "", [MORNING]) is None


def test_a_paper_without_a_duty_has_none():
    assert duty_of("case_source_form") == ""
