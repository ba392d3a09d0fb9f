"""What a bench is, and the sizes it works with, which the environment may change (LIUHEN_BENCH_…)."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal

Work = Callable[[], object]
# Called before each run, untimed; what it returns is timed.
Side = Callable[[], Work]


class Seconds(float):
    """What a work may return: the seconds that count, instead of all that it took."""


class Absent(RuntimeError):
    """A peer that this machine does not have; the Chinese message says which."""


@dataclass(frozen=True, kw_only=True)
class Duel:
    """Both sides, ready to run. ``amount``: how much one run of a side does, in the bench's unit.

    ``version``: the peer's, as it says itself.
    """

    liuhen: Side
    peer: Side
    version: str
    amount: float = 1
    peer_amount: float | None = None


@dataclass(frozen=True, kw_only=True)
class Bench:
    """One comparison with what it must reach.

    ``compare``: "speed" is Liuhen's speed over the peer's, to be at least ``floor``; "time" its time over the peer's, to be
    at most ``floor``; "share" a part of a whole between 0 and 1 that the liuhen side returns, without a peer.
    ``gates``: whether a missed floor fails the run; what waits for a disk is only printed.
    """

    id: str
    title: str
    peer: str
    unit: str
    compare: Literal["speed", "time", "share"]
    floor: float
    aim: float
    stage: Callable[[], AbstractContextManager[Duel]]
    gates: bool = True
    pairs: int = int(os.environ.get("LIUHEN_BENCH_PAIRS") or 5)


def at_once(work: Work) -> Side:
    """A side that needs nothing made ready."""
    return lambda: work


def _size(name: str, usual: int) -> int:
    return int(os.environ.get(f"LIUHEN_BENCH_{name}") or usual)


DOCUMENTS = _size("DOCUMENTS", 40)
LEAVES = _size("LEAVES", 100_000)
SEALED = _size("SEALED", 20_000)
LOG = _size("LOG", 40_000)
APPENDS = _size("APPENDS", 100)
FILES = _size("FILES", 5_000)
BIG_MIB = _size("BIG_MIB", 1_024)
FILM = _size("FILM", 20)
VISITS = _size("VISITS", 160)
SENT_MIB = _size("SENT_MIB", 256)
CASES = _size("CASES", 10_000)
TALL = _size("TALL", 1_000_000)
SCANS = _size("SCANS", 200)
