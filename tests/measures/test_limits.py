"""Every limit is as long as the law, the Measures or the house setting has it (domain §4), and binds whom it should."""

from __future__ import annotations

import pytest

from liuhen.measures import LIMITS
from liuhen.measures.counting import Span

WD, D, H, M, Y = "working_day", "day", "hour", "month", "year"
# code: length, unit, whether it rolls over a holiday (only where that helps the other side), whether a miss is found.
# TL-22 is told from service: fifteen days to pay, then 34 at 3 %. TL-26 as well: six months of suing and three to apply. Where a rule of its own judges the miss, none is found here.
TABLE = {
    "TL-01": (5, WD, False, True),
    "TL-02": (20, WD, False, True),
    "TL-04": (20, WD, False, True),
    "TL-05": (20, WD, False, True),
    "TL-07": (10, WD, False, True),
    "TL-08": (20, WD, False, True),
    "TL-08.1": (5, WD, False, False),
    "TL-10": (15, WD, False, True),
    "TL-11": (2, Y, False, False),
    "TL-12": (7, WD, False, True),
    "TL-13": (30, D, False, False),
    "TL-14": (24, H, False, False),
    "TL-15": (5, WD, False, False),
    "TL-17": (5, WD, False, True),
    "TL-18": (5, WD, False, False),
    "TL-19": (90, D, False, True),
    "TL-20": (7, WD, False, True),
    "TL-21": (15, D, True, False),
    "TL-22": (49, D, False, False),
    "TL-23": (60, D, True, False),
    "TL-24": (6, M, True, False),
    "TL-25": (10, WD, False, False),
    "TL-26": (9, M, True, False),
    "TL-28": (5, WD, False, False),
    "TL-28.1": (7, WD, False, False),
    "TL-28.2": (15, D, False, False),
    "TL-29": (2, WD, False, True),
    "TL-29.1": (2, WD, False, True),
    "TL-30": (2, WD, False, True),
    "TL-31": (3, D, False, True),
    "TL-32": (24, H, False, True),
    "TL-33": (3, D, False, False),
    "TL-34": (3, D, False, False),
    "TL-35": (3, D, False, False),
    "TL-36": (30, D, False, False),
    "TL-37": (24, H, False, True),
    "TL-38": (30, D, False, True),
    "TL-41": (7, WD, False, False),
    "TL-42": (3, WD, False, False),
    "TL-45": (7, WD, False, True),
    "TL-46": (5, WD, False, True),
    "TL-48": (3, Y, False, False),
    "TL-50": (10, WD, False, False),
    "TL-51": (15, D, False, False),
    "TL-52": (5, WD, False, True),
    "TL-53": (7, WD, False, True),
}
DAYS_AHEAD = {"TL-19": (30, 15, 5), "TL-26": (30, 10), "TL-38": (10, 3)}


@pytest.mark.parametrize("code", TABLE)
def test_a_limit_is_as_long_as_the_law_has_it(code: str) -> None:
    length, unit, rolls, found = TABLE[code]
    limit = LIMITS[code]
    assert limit.span == Span(length, unit, rolls)  # pyright: ignore[reportArgumentType]
    assert (limit.severity is not None) == found


def test_no_limit_is_declared_that_the_table_does_not_tell() -> None:
    """Whoever declares a limit writes down here how long the law has it."""
    assert set(LIMITS) - set(TABLE) == set()


@pytest.mark.parametrize("code", DAYS_AHEAD)
def test_the_long_limits_warn_as_early_as_they_should(code: str) -> None:
    assert LIMITS[code].warn == DAYS_AHEAD[code]
