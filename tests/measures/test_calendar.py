"""The calendar of working days against two independent sources, and its refusal to guess."""

from collections.abc import Iterator
from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from liuhen.measures.calendar import Break, Calendar, CalendarInvalid, CalendarMissing, Year

BUILTIN = Calendar.builtin()
FIRST, LAST = 2004, 2026


def days_of(first: int, last: int) -> Iterator[date]:
    day = date(first, 1, 1)
    while day.year <= last:
        yield day
        day += timedelta(days=1)


def year_2027(**changes: object) -> Year:
    given = {
        "year": 2027,
        "notice": "示例通知",
        "holidays": (Break("元旦", date(2026, 12, 31), date(2027, 1, 2)),),
        "make_up": (date(2026, 12, 26), date(2027, 1, 3)),
    }
    return Year(**{**given, **changes})


def test_every_day_agrees_with_chinesecalendar():
    wrong = [d for d in days_of(FIRST, LAST) if BUILTIN.is_working_day(d) != chinese_calendar.is_workday(d)]
    assert wrong == []


def test_every_day_since_2021_agrees_with_holidays():
    china = holidays.country_holidays("CN", years=range(2021, LAST + 1))
    wrong = [d for d in days_of(2021, LAST) if BUILTIN.is_working_day(d) != china.is_working_day(d)]
    assert wrong == []


def test_each_year_from_2004_to_2026_cites_its_notice():
    assert list(BUILTIN.years) == list(range(FIRST, LAST + 1))
    for number, year in BUILTIN.years.items():
        assert year.published
        assert f"{number}年" in year.notice
        if year.number:
            assert f"〔{number - 1}〕" in year.number
        if year.dated:
            assert year.dated.year == number - 1


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 2, 14), True),  # Saturday, made up for the Spring Festival
        (date(2026, 2, 16), False),
        (date(2026, 2, 28), True),
        (date(2026, 11, 21), False),  # an ordinary Saturday
        (date(2026, 11, 23), True),
        (date(2018, 12, 29), True),  # by the notice for 2019
        (date(2018, 12, 31), False),
        (date(2020, 1, 31), False),  # the Spring Festival, extended
        (date(2015, 9, 3), False),
    ],
)
def test_known_days(day: date, worked: bool):
    assert BUILTIN.is_working_day(day) is worked


@pytest.mark.parametrize("day", [date(2027, 1, 1), date(2027, 3, 2), date(2003, 12, 31)])
def test_an_unpublished_year_is_never_guessed(day: date):
    assert not BUILTIN.knows(day)
    with pytest.raises(CalendarMissing, match=f"{day.year}年放假安排尚未公布"):
        BUILTIN.is_working_day(day)


def test_a_bureau_adds_a_year_and_its_notice_may_reach_back_into_december():
    extended = BUILTIN.with_year(year_2027())
    assert extended.knows(date(2027, 6, 1))
    assert not BUILTIN.knows(date(2027, 6, 1))
    assert not extended.is_working_day(date(2026, 12, 31))
    assert extended.is_working_day(date(2026, 12, 26))
    assert extended.is_working_day(date(2027, 1, 3))
    assert not extended.is_working_day(date(2027, 1, 2))


def test_a_draft_year_is_not_known():
    draft = BUILTIN.with_year(year_2027(published=False))
    assert not draft.knows(date(2027, 6, 1))
    assert BUILTIN.is_working_day(date(2026, 12, 31)) is draft.is_working_day(date(2026, 12, 31))


def test_the_version_changes_with_the_content_only():
    again = Calendar(dict(reversed(BUILTIN.years.items())))
    assert again.version == BUILTIN.version
    assert len(BUILTIN.version) == 12
    assert BUILTIN.with_year(BUILTIN.years[2026]).version == BUILTIN.version
    assert BUILTIN.with_year(year_2027()).version != BUILTIN.version
    assert BUILTIN.with_year(year_2027(number="国办发明电〔2026〕0号")).version != (
        BUILTIN.with_year(year_2027()).version
    )


@pytest.mark.parametrize("number", [2008, 2015, 2026])
def test_a_year_survives_its_plain_table(number: int):
    year = BUILTIN.years[number]
    assert Year.read(year.table()) == year


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"holidays": (Break("元旦", date(2027, 1, 3), date(2027, 1, 1)),)}, "早于起始日"),
        ({"holidays": (Break("元旦", date(2028, 1, 1), date(2028, 1, 1)),)}, "不在2027年"),
        ({"make_up": (date(2026, 11, 28),)}, "不在2027年"),
        ({"holidays": (Break("甲", date(2027, 5, 1), date(2027, 5, 3)),) * 2}, "重复"),
        ({"make_up": (date(2027, 1, 3),) * 2}, "重复"),
        ({"make_up": (date(2027, 1, 4),)}, "应当是周末"),
        ({"make_up": (date(2027, 1, 2),)}, "不在放假期间"),
    ],
)
def test_a_year_that_contradicts_itself_is_refused(changes: dict[str, object], message: str):
    with pytest.raises(CalendarInvalid, match=message):
        year_2027(**changes)


@pytest.mark.parametrize(
    ("key", "value"),
    [("make_up", ["2027年1月3日"]), ("holidays", ["元旦"]), ("year", "来年"), ("make_up", None)],
)
def test_a_malformed_table_is_refused_in_chinese(key: str, value: object):
    with pytest.raises(CalendarInvalid, match=r"不是日期|放假安排的表格"):
        Year.read({**year_2027().table(), key: value})


def test_a_table_that_does_not_say_published_is_a_draft():
    table = {key: value for key, value in year_2027().table().items() if key != "published"}
    assert Year.read(table).published is False
