"""Runs the two sides turn by turn and judges the median of the paired ratios."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from bench.shape import Absent, Bench, Duel, Seconds, Side

SECOND_TRY = 2


@dataclass(frozen=True)
class Result:
    """What a bench found. Figures are medians in the bench's unit; ``skipped`` says why nothing was measured."""

    bench: Bench
    liuhen: float = 0.0
    peer: float = 0.0
    version: str = ""
    ratio: float = 0.0
    lowest: float = 0.0
    highest: float = 0.0
    pairs: int = 0
    again: bool = False
    skipped: str = ""

    @property
    def passed(self) -> bool:
        """Whether the floor is reached; a bench that could not be run has missed nothing."""
        return bool(self.skipped) or reaches(self.bench, self.ratio, self.bench.floor)

    @property
    def reached_aim(self) -> bool:
        """Whether the aim is reached too."""
        return not self.skipped and reaches(self.bench, self.ratio, self.bench.aim)

    @property
    def fails_the_run(self) -> bool:
        """Whether this alone makes the run end with 1."""
        return self.bench.gates and not self.passed


def reaches(bench: Bench, ratio: float, mark: float) -> bool:
    """Times must stay at or below a mark, speeds and shares at or above it."""
    return ratio <= mark if bench.compare == "time" else ratio >= mark


def ratios(bench: Bench, ours: list[float], theirs: list[float]) -> list[float]:
    """The ratio of each pair, from speeds in turn order; as times when the bench compares times."""
    pairs = zip(ours, theirs, strict=True)
    return [their / our if bench.compare == "time" else our / their for our, their in pairs]


def run(bench: Bench) -> Result:
    """Measure a bench; when it misses its floor, once more with twice the pairs, and that stands."""
    try:
        with bench.stage() as duel:
            first = _measure(bench, duel, bench.pairs)
            if first.passed:
                return first
            return _measure(bench, duel, bench.pairs * SECOND_TRY, again=True)
    except Absent as absent:
        return Result(bench, skipped=str(absent))


def _measure(bench: Bench, duel: Duel, pairs: int, *, again: bool = False) -> Result:
    if bench.compare == "share":
        return _share(bench, duel, again=again)
    if not again:
        _speed(duel.liuhen, 1)
        _speed(duel.peer, 1)
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(pairs):
        ours.append(_speed(duel.liuhen, duel.amount))
        theirs.append(_speed(duel.peer, duel.peer_amount or duel.amount))
    found = ratios(bench, ours, theirs)
    return Result(
        bench,
        *_figures(bench, ours, theirs),
        duel.version,
        median(found),
        min(found),
        max(found),
        pairs,
        again,
    )


def _figures(bench: Bench, ours: list[float], theirs: list[float]) -> tuple[float, float]:
    if bench.compare == "time":
        return 1 / median(ours), 1 / median(theirs)
    return median(ours), median(theirs)


def _share(bench: Bench, duel: Duel, *, again: bool) -> Result:
    work = duel.liuhen()
    share = work()
    assert isinstance(share, float)
    return Result(bench, share, 0.0, duel.version, share, share, share, 1, again)


def _speed(side: Side, amount: float, clock: Callable[[], float] = time.perf_counter) -> float:
    """Amount per second of one run of a side; making ready is not counted, nor is collecting what others left."""
    work = side()
    gc.collect()
    gc.disable()
    try:
        began = clock()
        told = work()
        took = clock() - began
        return amount / (told if isinstance(told, Seconds) else took)
    finally:
        gc.enable()
