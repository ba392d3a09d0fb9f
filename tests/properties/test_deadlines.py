"""Every limit, counted one day after another from the bare table of holidays, over ten years (domain §4, D1–D8)."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, timedelta
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuhen.measures import LIMITS
from liuhen.measures.calendar import Calendar
from liuhen.measures.counting import Span, add, working_days_between
from tests.properties.profile import FULL, examples

DAY = timedelta(days=1)
FIRST, LAST = date(2014, 1, 1), date(2023, 12, 31)
TABLE = tomllib.loads(resources.files("liuhen.measures").joinpath("data/calendar.toml").read_text("utf-8"))[
    "year"
]
OFF: set[date] = set()
WORKED = {date.fromisoformat(str(day)) for year in TABLE for day in year["make_up"]}
for year in TABLE:
    for holiday in year["holidays"]:
        day = date.fromisoformat(str(holiday["first"]))
        while day <= date.fromisoformat(str(holiday["last"])):
            OFF.add(day)
            day += DAY
CALENDAR = Calendar.builtin()
SPANS = sorted({limit.span for limit in LIMITS.values()}, key=lambda s: (s.unit, s.length, s.rolls))
STARTS = [FIRST + n * DAY for n in range((LAST - FIRST).days + 1)]


def works(day: date) -> bool:
    return day in WORKED or (day.isoweekday() < 6 and day not in OFF)


def same_day_of(start: date, months: int) -> date:
    """The same day of a later month; where there is none, the last of that month, found by walking back."""
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    number = start.day
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1


def naive(span: Span, start: date) -> date:
    """The last day of a limit: the day of the event is not counted, then one day after another."""
    day, left = start, span.length
    if span.unit == "working_day":
        while left:
            day += DAY
            left -= works(day)
        return day
    if span.unit == "day":
        for _ in range(left):
            day += DAY
    else:
        day = same_day_of(start, left * (12 if span.unit == "year" else 1))
    while span.rolls and not works(day):
        day += DAY
    return day


@pytest.mark.fuzz
@pytest.mark.parametrize("span", [s for s in SPANS if s.unit != "hour"], ids=repr)
def test_each_declared_length_ends_on_the_day_counted_by_hand(span: Span) -> None:
    """From every day of ten years (in the usual run every ninth, every month's end and beginning too)."""
    some = [s for n, s in enumerate(STARTS) if FULL or n % 9 == 0 or s.day in (1, 2) or (s + DAY).day == 1]
    wrong = [start for start in some if add(span, start, CALENDAR).on != naive(span, start)]
    assert not wrong


@settings(max_examples=examples(150, 20_000))
@given(
    st.dates(FIRST, LAST),
    st.integers(1, 120),
    st.sampled_from(["working_day", "day", "month", "year"]),
    st.booleans(),
)
def test_any_length_ends_on_the_day_counted_by_hand(start: date, length: int, unit: str, rolls: bool) -> None:
    most = {"month": 24, "year": 2}.get(unit, 120)
    span = Span(min(length, most), unit, rolls=rolls and unit != "working_day")
    assert add(span, start, CALENDAR).on == naive(span, start)


@settings(max_examples=examples(100, 10_000))
@given(st.dates(FIRST, LAST), st.integers(-3, 40))
def test_days_before_a_hearing_are_those_counted_by_hand(served: date, later: int) -> None:
    """D7: after the day of service, the day of the event included."""
    event = served + later * DAY
    count, day = 0, served
    while day < event:
        day += DAY
        count += works(day)
    assert working_days_between(served, event, CALENDAR) == count


@settings(max_examples=examples(100, 5_000))
@given(st.datetimes(datetime(2014, 1, 1), datetime(2023, 12, 31)), st.integers(1, 72))
def test_hours_run_through_nights_and_holidays(start: datetime, hours: int) -> None:
    """D4"""
    begun = start.replace(tzinfo=UTC)
    ended = add(Span(hours, "hour"), begun, CALENDAR).at
    assert ended is not None
    minutes = 0
    for _ in range(hours):
        minutes += 60
    assert (ended - begun).total_seconds() == minutes * 60


def test_the_table_by_hand_is_the_calendar() -> None:
    assert not [day for day in STARTS if works(day) is not CALENDAR.is_working_day(day)]
