"""Counting rules D1 to D8 of the time limits."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.measures.calendar import Break, Calendar, CalendarMissing, Year
from liuhen.measures.counting import (
    SHANGHAI,
    Due,
    Span,
    add,
    count_working_days,
    day_of,
    due_in_days,
    due_in_hours,
    due_in_months,
    due_in_working_days,
    due_in_years,
    earlier,
    words,
    working_days_between,
)

CAL = Calendar.builtin()
CAL_2027 = CAL.with_year(
    Year(
        year=2027,
        notice="示例通知",
        holidays=(Break("元旦", date(2027, 1, 1), date(2027, 1, 3)),),
        make_up=(),
    )
)
KNOWN = st.dates(date(2004, 1, 1), date(2025, 12, 31))
LENGTH = st.integers(1, 120)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


class TestWorkingDays:
    def test_the_day_of_the_event_is_not_counted(self):
        assert due_in_working_days(date(2026, 11, 23), 1, CAL).on == date(2026, 11, 24)
        assert due_in_working_days(date(2026, 11, 23), 5, CAL).on == date(2026, 11, 30)

    def test_make_up_days_are_worked_and_holidays_are_not(self):
        # From Friday 13 February 2026: Saturday the 14th is worked, then nine days of Spring Festival.
        assert due_in_working_days(date(2026, 2, 13), 1, CAL).on == date(2026, 2, 14)
        assert due_in_working_days(date(2026, 2, 13), 2, CAL).on == date(2026, 2, 24)

    def test_beyond_the_known_calendar_the_date_is_provisional_and_says_why(self):
        due = due_in_working_days(date(2026, 12, 29), 3, CAL)
        assert due == Due(
            on=date(2027, 1, 1),
            provisional=True,
            note="2027年放假安排尚未公布，暂定",
            unit="working_day",
        )

    def test_it_is_certain_once_the_year_is_published(self):
        due = due_in_working_days(date(2026, 12, 29), 3, CAL_2027)
        assert due == Due(on=date(2027, 1, 4), unit="working_day")

    def test_it_is_certain_up_to_the_last_known_day(self):
        assert due_in_working_days(date(2026, 12, 29), 2, CAL) == Due(
            on=date(2026, 12, 31), unit="working_day"
        )

    def test_from_an_instant_it_is_the_day_in_china_that_counts(self):
        late = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)  # 01:00 on the 24th in China
        assert due_in_working_days(late, 1, CAL).on == date(2026, 11, 25)

    @given(KNOWN, LENGTH)
    def test_the_last_day_is_worked_and_counting_back_gives_the_length(self, start: date, n: int):
        on = due_in_working_days(start, n, CAL).day
        assert CAL.is_working_day(on)
        assert working_days_between(start, on, CAL) == n
        assert working_days_between(start, on - timedelta(days=1), CAL) == n - 1

    @given(KNOWN, st.integers(0, 40), LENGTH)
    def test_a_later_start_or_a_longer_limit_never_ends_earlier(self, start: date, later: int, n: int):
        due = due_in_working_days(start, n, CAL).day
        assert due_in_working_days(start + timedelta(days=later), n, CAL).day >= due
        assert due_in_working_days(start, n + 1, CAL).day > due


class TestNaturalDays:
    def test_a_limit_of_the_authority_does_not_roll(self):
        # D8: TL-19, ninety days from docketing on 10 February 2026 end on Monday 11 May.
        assert due_in_days(date(2026, 2, 10), 90, CAL, rolls=False) == Due(on=date(2026, 5, 11))
        assert due_in_days(date(2026, 7, 3), 90, CAL, rolls=False) == Due(on=date(2026, 10, 1))

    def test_the_other_sides_limit_rolls_over_a_holiday(self):
        # TL-21: fifteen days from 16 September 2026 end on the first day of the National Day break.
        assert due_in_days(date(2026, 9, 16), 15, CAL, rolls=True) == Due(on=date(2026, 10, 8))

    def test_a_make_up_day_is_no_holiday_and_ends_the_limit(self):
        assert due_in_days(date(2026, 9, 5), 15, CAL, rolls=True) == Due(on=date(2026, 9, 20))

    def test_without_roll_no_calendar_is_needed(self):
        assert due_in_days(date(2027, 2, 1), 15, CAL, rolls=False) == Due(on=date(2027, 2, 16))

    def test_a_roll_in_an_unknown_year_is_provisional_even_on_a_weekday(self):
        due = due_in_days(date(2027, 2, 1), 15, CAL, rolls=True)
        assert (due.on, due.provisional, due.note) == (
            date(2027, 2, 16),
            True,
            "2027年放假安排尚未公布，暂定",
        )

    @given(KNOWN, LENGTH)
    def test_rolling_only_ever_helps(self, start: date, n: int):
        plain = due_in_days(start, n, CAL, rolls=False).day
        rolled = due_in_days(start, n, CAL, rolls=True).day
        assert plain == start + timedelta(days=n)
        assert rolled == plain if CAL.is_working_day(plain) else rolled > plain
        assert CAL.is_working_day(rolled)


class TestMonthsAndYears:
    def test_three_months_end_on_a_saturday_and_roll_to_monday(self):
        assert due_in_months(date(2025, 8, 8), 3, CAL, rolls=False).on == date(2025, 11, 8)
        assert due_in_months(date(2025, 8, 8), 3, CAL, rolls=True).on == date(2025, 11, 10)

    @pytest.mark.parametrize(
        ("start", "months", "end"),
        [
            (date(2025, 8, 31), 3, date(2025, 11, 30)),
            (date(2025, 8, 31), 6, date(2026, 2, 28)),
            (date(2023, 8, 31), 6, date(2024, 2, 29)),
            (date(2025, 12, 15), 1, date(2026, 1, 15)),
            (date(2025, 2, 28), 6, date(2025, 8, 28)),
            (date(2024, 12, 31), 12, date(2025, 12, 31)),
        ],
    )
    def test_the_same_date_or_the_last_day_of_the_month(self, start: date, months: int, end: date):
        assert due_in_months(start, months, CAL, rolls=False) == Due(on=end)

    def test_years(self):
        assert due_in_years(date(2024, 2, 29), 2, CAL, rolls=False).on == date(2026, 2, 28)
        assert due_in_years(date(2024, 5, 6), 2, CAL, rolls=True).on == date(2026, 5, 6)

    @given(KNOWN, st.integers(1, 36))
    def test_the_month_is_exact_and_the_date_never_later(self, start: date, n: int):
        end = due_in_months(start, n, CAL, rolls=False).day
        assert (end.year - start.year) * 12 + end.month - start.month == n
        assert end.day <= start.day
        assert end.day == start.day or (end + timedelta(days=1)).day == 1


class TestHours:
    def test_hours_run_through_nights_and_holidays(self):
        due = due_in_hours(at("2026-10-01 10:48"), 24)
        assert due == Due(at=at("2026-10-02 10:48"), unit="hour")

    def test_a_moment_without_zone_is_refused(self):
        with pytest.raises(ValueError, match="时区"):
            due_in_hours(datetime(2026, 10, 1, 10, 48), 24)

    def test_an_event_known_by_its_date_only_runs_from_the_end_of_that_day(self):
        due = add(Span(24, "hour"), date(2026, 11, 23), CAL)
        assert due.at == at("2026-11-25 00:00")
        assert due.provisional
        assert "起算时刻未记载" in due.note


class TestAdd:
    @pytest.mark.parametrize(
        ("span", "expected"),
        [
            (Span(7, "working_day"), Due(on=date(2026, 12, 2), unit="working_day")),
            (Span(19, "day"), Due(on=date(2026, 12, 12))),
            (Span(19, "day", rolls=True), Due(on=date(2026, 12, 14))),
            (Span(1, "month"), Due(on=date(2026, 12, 23))),
            (Span(2, "year"), Due(on=date(2028, 11, 23))),
            (Span(24, "hour"), Due(at=at("2026-11-24 10:48"), unit="hour")),
        ],
    )
    def test_each_unit_from_an_instant(self, span: Span, expected: Due):
        assert add(span, at("2026-11-23 10:48"), CAL) == expected

    @pytest.mark.parametrize(
        ("length", "unit", "rolls"),
        [(0, "day", False), (-1, "hour", False), (5, "working_day", True), (24, "hour", True)],
    )
    def test_spans_that_mean_nothing_are_refused(self, length: int, unit: str, rolls: bool):
        with pytest.raises(ValueError, match="期限"):
            Span(length, unit, rolls)


class TestBackwardLimit:
    """D7: 「七个工作日前」 of a hearing; served on Monday 9 November 2026."""

    @pytest.mark.parametrize(
        ("hearing", "days"),
        [
            (date(2026, 11, 17), 6),  # stop
            (date(2026, 11, 18), 7),  # flag: six clear days
            (date(2026, 11, 19), 8),  # good
            (date(2026, 11, 22), 9),  # a Sunday adds nothing
            (date(2026, 11, 9), 0),
            (date(2026, 11, 6), 0),
        ],
    )
    def test_days_after_service_up_to_and_including_the_hearing(self, hearing: date, days: int):
        assert working_days_between(date(2026, 11, 9), hearing, CAL) == days

    def test_holidays_in_between_are_not_counted(self):
        assert working_days_between(date(2026, 9, 24), date(2026, 10, 13), CAL) == 8

    def test_an_unknown_year_is_refused_or_marked(self):
        with pytest.raises(CalendarMissing, match="2027年"):
            working_days_between(date(2026, 12, 28), date(2027, 1, 8), CAL)
        count = count_working_days(date(2026, 12, 28), date(2027, 1, 8), CAL)
        assert (count.days, count.provisional, count.note) == (9, True, "2027年放假安排尚未公布，暂定")

    def test_nothing_is_asked_of_an_unknown_year_when_the_event_came_first(self):
        assert working_days_between(date(2027, 1, 8), date(2026, 12, 28), CAL) == 0

    @given(KNOWN, st.integers(0, 90), st.integers(0, 90))
    def test_counts_add_up(self, start: date, first: int, second: int):
        middle, end = start + timedelta(days=first), start + timedelta(days=first + second)
        parts = working_days_between(start, middle, CAL) + working_days_between(middle, end, CAL)
        assert working_days_between(start, end, CAL) == parts


class TestMoments:
    def test_the_day_in_china(self):
        assert day_of(datetime(2026, 11, 23, 16, 0, tzinfo=UTC)) == date(2026, 11, 24)
        assert day_of(date(2026, 11, 23)) == date(2026, 11, 23)
        with pytest.raises(ValueError, match="时区"):
            day_of(datetime(2026, 11, 23, 16, 0))

    @pytest.mark.parametrize(
        ("first", "second", "answer"),
        [
            (date(2026, 11, 22), date(2026, 11, 23), True),
            (date(2026, 11, 23), date(2026, 11, 22), False),
            (date(2026, 11, 23), date(2026, 11, 23), None),
            (at("2026-11-23 09:00"), date(2026, 11, 23), None),
            (date(2026, 11, 23), at("2026-11-23 09:00"), None),
            (at("2026-11-23 09:00"), date(2026, 11, 24), True),
            (at("2026-11-23 09:00"), at("2026-11-23 09:01"), True),
            (at("2026-11-23 09:00"), at("2026-11-23 09:00"), False),
            (at("2026-11-23 09:00"), datetime(2026, 11, 23, 1, 0, tzinfo=UTC), False),
            (datetime(2026, 11, 23, 16, 30, tzinfo=UTC), date(2026, 11, 23), False),
        ],
    )
    def test_which_came_first(self, first: date, second: date, answer: bool | None):
        assert earlier(first, second) is answer

    def test_a_due_is_a_date_or_an_instant(self):
        with pytest.raises(ValueError, match="一个日期，或者一个时刻"):
            Due()
        with pytest.raises(ValueError, match="一个日期，或者一个时刻"):
            Due(on=date(2026, 11, 23), at=at("2026-11-23 09:00"))


class TestWords:
    NOW = at("2026-11-23 11:30")

    @pytest.mark.parametrize(
        ("due", "expected"),
        [
            (Due(on=date(2026, 11, 25), unit="working_day"), "还有 2 个工作日（11月25日）"),
            (Due(on=date(2026, 11, 30), unit="working_day"), "还有 5 个工作日（11月30日）"),
            (Due(on=date(2026, 12, 1)), "还有 8 日（12月1日）"),
            (Due(on=date(2027, 2, 14)), "还有 83 日（2027年2月14日）"),
            (Due(on=date(2026, 11, 23)), "今天（11月23日）"),
            (Due(on=date(2026, 11, 20), unit="working_day"), "已逾期 3 日（11月20日）"),
            (Due(on=date(2025, 11, 23)), "已逾期 365 日（2025年11月23日）"),
            (Due(at=at("2026-11-24 10:48")), "还有 23 小时（11月24日10:48）"),
            (Due(at=at("2026-11-23 12:10")), "还有 40 分钟（11月23日12:10）"),
            (Due(at=at("2026-11-23 11:30")), "还有 1 分钟（11月23日11:30）"),
            (Due(at=at("2026-11-23 06:18")), "已逾期 5 小时（11月23日06:18）"),
            (Due(at=at("2026-11-19 10:00")), "已逾期 4 日（11月19日10:00）"),
            (Due(at=at("2026-11-26 11:30")), "还有 3 日（11月26日11:30）"),
        ],
    )
    def test_as_the_pages_say_it(self, due: Due, expected: str):
        assert words(due, self.NOW, CAL) == expected

    def test_a_provisional_date_is_called_provisional(self):
        due = due_in_working_days(date(2026, 12, 30), 20, CAL)
        assert words(due, self.NOW, CAL) == "还有 47 个工作日（2027年1月27日，暂定）"

    def test_a_provisional_number_of_days_until_a_fixed_date_is_called_about(self):
        due = Due(on=date(2027, 2, 3), unit="working_day")
        assert words(due, self.NOW, CAL) == "还有约 52 个工作日（2027年2月3日）"

    def test_today_is_the_day_in_china(self):
        now = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
        assert words(Due(on=date(2026, 11, 24)), now, CAL) == "今天（11月24日）"
