"""The arithmetic behind every claim about speed: pairs, medians, floors, and when a run fails."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import runner
from bench.runner import Result, ratios, reaches, run
from bench.shape import Absent, Bench, Duel, Seconds, at_once


@pytest.fixture(autouse=True)
def nothing_is_left_to_collect(monkeypatch):
    """What other tests left behind is not in the way of figures that are given."""
    monkeypatch.setattr(runner.gc, "collect", lambda: 0)


def bench(
    ours, theirs, *, compare="speed", floor=1.0, aim=2.0, pairs=5, gates=True, amount=1.0, peer_amount=None
):
    """A bench whose sides take the given seconds, one value a run, warming up included."""
    ours, theirs = iter(ours), iter(theirs)

    @contextmanager
    def stage() -> Iterator[Duel]:
        yield Duel(
            liuhen=at_once(lambda: Seconds(next(ours))),
            peer=at_once(lambda: Seconds(next(theirs))),
            version="1",
            amount=amount,
            peer_amount=peer_amount,
        )

    return Bench(
        id="X1",
        title="",
        peer="",
        unit="次/秒",
        compare=compare,
        floor=floor,
        aim=aim,
        stage=stage,
        pairs=pairs,
        gates=gates,
    )


def test_the_median_of_the_paired_ratios_is_judged_not_the_ratio_of_the_medians():
    result = run(bench([9, 1, 2, 4], [9, 2, 8, 4], pairs=3))

    assert (result.ratio, result.lowest, result.highest) == (2, 1, 4)
    assert (result.liuhen, result.peer) == (0.5, 0.25)
    assert result.reached_aim
    assert result.pairs == 3


def test_times_are_told_as_times_and_must_stay_below():
    result = run(bench([9, 3, 3, 3], [9, 2, 2, 2], compare="time", floor=1.5, aim=1.2, pairs=3))

    assert (result.ratio, result.liuhen, result.peer) == (1.5, 3, 2)
    assert result.passed
    assert not result.reached_aim


def test_speeds_are_amounts_a_second_of_each_side():
    result = run(bench([1] * 4, [1] * 4, amount=8, peer_amount=4, pairs=3))

    assert (result.liuhen, result.peer, result.ratio) == (8, 4, 2)


def test_a_missed_floor_is_measured_once_more_with_twice_the_pairs_and_that_stands():
    slow, then_fast = [1, 4, 4, 4], [1] * 6
    result = run(bench(slow + then_fast, [1] * 10, pairs=3))

    assert (result.passed, result.again, result.pairs, result.ratio) == (True, True, 6, 1)


@pytest.mark.parametrize("gates", [True, False])
def test_a_floor_missed_twice_fails_the_run_only_where_it_gates(gates):
    result = run(bench([2] * 10, [1] * 10, pairs=3, gates=gates))

    assert not result.passed
    assert result.fails_the_run is gates


def test_a_floor_reached_is_not_measured_again():
    result = run(bench([1] * 4, [1] * 4, pairs=3))

    assert (result.passed, result.again) == (True, False)


def test_a_peer_that_is_not_there_is_said_and_misses_nothing():
    @contextmanager
    def stage() -> Iterator[Duel]:
        raise Absent("没有")
        yield

    result = run(Bench(id="X1", title="", peer="", unit="", compare="time", floor=1, aim=1, stage=stage))

    assert (result.skipped, result.passed, result.reached_aim, result.fails_the_run) == (
        "没有",
        True,
        False,
        False,
    )


@pytest.mark.parametrize(("share", "passed"), [(0.95, True), (0.94, False)])
def test_a_share_needs_no_peer(share, passed):
    @contextmanager
    def stage() -> Iterator[Duel]:
        yield Duel(liuhen=at_once(lambda: share), peer=at_once(lambda: 1 / 0), version="1")

    result = run(
        Bench(id="X1", title="", peer="", unit="份额", compare="share", floor=0.95, aim=1, stage=stage)
    )

    assert (result.ratio, result.passed) == (share, passed)


speeds = st.lists(st.tuples(st.floats(0.01, 1e9), st.floats(0.01, 1e9)), min_size=1)


@given(speeds)
def test_a_ratio_of_times_is_the_inverse_of_that_of_speeds(pairs):
    ours, theirs = [our for our, _ in pairs], [their for _, their in pairs]
    as_speeds = ratios(bench([], []), ours, theirs)
    as_times = ratios(bench([], [], compare="time"), ours, theirs)

    assert as_times == pytest.approx([1 / ratio for ratio in as_speeds])


@given(st.floats(0, 10), st.floats(0, 10), st.sampled_from(["speed", "time", "share"]))
def test_a_mark_is_reached_from_the_right_side(ratio, mark, compare):
    assert reaches(bench([], [], compare=compare), ratio, mark) is (
        ratio <= mark if compare == "time" else ratio >= mark
    )


def test_what_was_not_measured_reaches_no_aim():
    assert not Result(bench([], [], compare="time"), skipped="没有").reached_aim
