"""How time limits are counted: days, working days, hours, months, years, and the backward 「七个工作日前」.

The day or hour of the event is not counted (民事诉讼法第八十五条). All dates are dates in China; instants
carry a time zone. A date that rests on a year whose arrangement is not published is marked provisional.
"""

import calendar as gregorian
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from liuhen.measures.calendar import Calendar, CalendarMissing, is_weekend

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
# Up to here the time left to an instant is told in hours, beyond it in days.
TOLD_IN_HOURS = timedelta(hours=48)

Unit = Literal["working_day", "day", "hour", "month", "year"]


@dataclass(frozen=True, slots=True)
class Span:
    """The length of a time limit.

    `rolls`: a last day that is a holiday gives way to the first working day after it. Only limits of the
    other side roll, never one on the authority's own power or duty; working days and hours never need it.
    """

    length: int
    unit: Unit
    rolls: bool = False

    def __post_init__(self) -> None:
        _positive(self.length)
        if self.rolls and self.unit in ("working_day", "hour"):
            raise ValueError("工作日和小时期限不存在顺延")


@dataclass(frozen=True, slots=True)
class Due:
    """When a limit ends: with the end of the day `on`, or at the instant `at`; exactly one of them is set.

    `provisional` dates may still change, `note` says why. `unit` is what the time left is told in.
    """

    on: date | None = None
    at: datetime | None = None
    provisional: bool = False
    note: str = ""
    unit: Unit = "day"

    def __post_init__(self) -> None:
        if (self.on is None) == (self.at is None):
            raise ValueError("到期应当是一个日期，或者一个时刻")
        if self.at is not None:
            _aware(self.at)

    @property
    def day(self) -> date:
        """The day in China on which the limit ends."""
        if self.at is not None:
            return day_of(self.at)
        assert self.on is not None
        return self.on


@dataclass(frozen=True, slots=True)
class Count:
    """A number of working days; `provisional` when some of them lie in a year not yet published."""

    days: int
    provisional: bool = False
    note: str = ""


def day_of(moment: date | datetime) -> date:
    """The day in China of a date or an aware instant. Raises `ValueError` for an instant without a zone."""
    if isinstance(moment, datetime):
        return _aware(moment).astimezone(SHANGHAI).date()
    return moment


def earlier(first: date | datetime, second: date | datetime) -> bool | None:
    """Whether `first` lies before `second`: True; False when after it or at the same instant.

    None when they cannot be ordered: the same day, and at least one of them known by its date only.
    """
    if isinstance(first, datetime) and isinstance(second, datetime):
        return _aware(first) < _aware(second)
    one, other = day_of(first), day_of(second)
    return None if one == other else one < other


def due_in_working_days(start: date, n: int, cal: Calendar) -> Due:
    """The n-th working day after `start` (D1, D3).

    In a year not published only weekends are taken to be off, and the date is provisional.
    """
    _positive(n)
    day = day_of(start)
    for _ in range(n):
        day = _working_day_from(day + DAY, cal)
    return _due(day_of(start) + DAY, day, cal, unit="working_day")


def due_in_days(start: date, n: int, cal: Calendar, *, rolls: bool) -> Due:
    """The n-th natural day after `start` (D1), moved off a holiday when it rolls (D2), else as it is (D8)."""
    _positive(n)
    return _last_day(day_of(start) + n * DAY, cal, rolls=rolls)


def due_in_months(start: date, n: int, cal: Calendar, *, rolls: bool) -> Due:
    """The same date n months later, or the last day of that month (D5); `rolls` as for days."""
    _positive(n)
    day = day_of(start)
    years, month = divmod(day.month - 1 + n, 12)
    year, month = day.year + years, month + 1
    longest = gregorian.monthrange(year, month)[1]
    return _last_day(date(year, month, min(day.day, longest)), cal, rolls=rolls)


def due_in_years(start: date, n: int, cal: Calendar, *, rolls: bool) -> Due:
    """The same date n years later, 28 February for 29 February where there is none; `rolls` as for days."""
    return due_in_months(start, 12 * n, cal, rolls=rolls)


def due_in_hours(start: datetime, n: int) -> Due:
    """The instant n hours after `start`, through nights and holidays (D4, strictly: to the minute)."""
    _positive(n)
    return Due(at=(_aware(start).astimezone(UTC) + n * HOUR).astimezone(SHANGHAI), unit="hour")


def add(span: Span, start: date | datetime, cal: Calendar) -> Due:
    """When `span` ends that starts with the event `start`.

    An hour limit whose event is known by its date only runs from the end of that day, and is provisional.
    """
    if span.unit == "hour":
        return _hours_from(start, span.length)
    day = day_of(start)
    if span.unit == "working_day":
        return due_in_working_days(day, span.length, cal)
    if span.unit == "day":
        return due_in_days(day, span.length, cal, rolls=span.rolls)
    if span.unit == "month":
        return due_in_months(day, span.length, cal, rolls=span.rolls)
    return due_in_years(day, span.length, cal, rolls=span.rolls)


def working_days_between(service: date, event: date, cal: Calendar) -> int:
    """Working days after the day of service up to and including the day of the event (D7); 0 if not after it.

    For 「七个工作日前」: below 7 stops, 7 is to be flagged (six clear days), 8 and more is good.
    Raises `CalendarMissing` when a day lies in a year not published; `count_working_days` goes on instead.
    """
    count = count_working_days(service, event, cal)
    if count.provisional:
        raise CalendarMissing(_unknown_years(day_of(service) + DAY, day_of(event), cal)[0])
    return count.days


def count_working_days(service: date, event: date, cal: Calendar) -> Count:
    """As `working_days_between`, but in a year not published only weekends are off: a provisional number."""
    first, last = day_of(service) + DAY, day_of(event)
    days = (first + n * DAY for n in range((last - first).days + 1))
    note = _note(_unknown_years(first, last, cal))
    return Count(sum(_works(day, cal) for day in days), provisional=bool(note), note=note)


def words(due: Due, now: datetime, cal: Calendar) -> str:
    """The due date as the pages say it, e.g. 「还有 2 个工作日（11月25日）」 or 「已逾期 3 日（11月20日）」.

    Time left is told in working days for a limit in working days, else in natural days; near an instant in
    hours and minutes. The year is named when `now` is in another, and 「暂定」 when the date is provisional; 「约」 when
    only the number of working days until a fixed date is.
    """
    today = day_of(now)
    when = _date_words(due, today)
    if due.at is not None:
        return f"{_instant_words(due.at, now)}{when}"
    if due.day < today:
        return f"已逾期 {(today - due.day).days} 日{when}"
    if due.day == today:
        return f"今天{when}"
    if due.unit == "working_day":
        left = count_working_days(today, due.day, cal)
        about = "约 " if left.provisional and not due.provisional else ""
        return f"还有{about or ' '}{left.days} 个工作日{when}"
    return f"还有 {(due.day - today).days} 日{when}"


def _positive(n: int) -> None:
    if n < 1:
        raise ValueError("期限的长度应当是正整数")


def _aware(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError("时刻应当带有时区")
    return moment


def _works(day: date, cal: Calendar) -> bool:
    return cal.is_working_day(day) if cal.knows(day) else not is_weekend(day)


def _working_day_from(day: date, cal: Calendar) -> date:
    while not _works(day, cal):
        day += DAY
    return day


def _last_day(day: date, cal: Calendar, *, rolls: bool) -> Due:
    return _due(day, _working_day_from(day, cal), cal) if rolls else Due(on=day)


def _due(first: date, last: date, cal: Calendar, *, unit: Unit = "day") -> Due:
    """Due on `last`, which was found by asking the calendar about every day from `first`."""
    note = _note(_unknown_years(first, last, cal))
    return Due(on=last, provisional=bool(note), note=note, unit=unit)


def _unknown_years(first: date, last: date, cal: Calendar) -> list[int]:
    if last < first:
        return []
    return [year for year in range(first.year, last.year + 1) if not cal.knows(date(year, 1, 1))]


def _note(unknown: list[int]) -> str:
    years = "、".join(f"{year}年" for year in unknown)
    return f"{years}放假安排尚未公布，暂定" if unknown else ""


def _hours_from(start: date | datetime, n: int) -> Due:
    if isinstance(start, datetime):
        return due_in_hours(start, n)
    midnight = datetime.combine(start + DAY, time(), SHANGHAI)
    due = due_in_hours(midnight, n)
    return Due(at=due.at, provisional=True, note="起算时刻未记载，按当日24时起算，暂定", unit="hour")


def _date_words(due: Due, today: date) -> str:
    day = due.day
    year = "" if day.year == today.year else f"{day.year}年"
    clock = f"{due.at.astimezone(SHANGHAI):%H:%M}" if due.at is not None else ""
    return f"（{year}{day.month}月{day.day}日{clock}{'，暂定' if due.provisional else ''}）"


def _instant_words(at: datetime, now: datetime) -> str:
    left = at - now
    return f"还有 {_length_words(left)}" if left >= timedelta() else f"已逾期 {_length_words(-left)}"


def _length_words(length: timedelta) -> str:
    if length >= TOLD_IN_HOURS:
        return f"{length // DAY} 日"
    if length >= HOUR:
        return f"{length // HOUR} 小时"
    return f"{max(1, length // MINUTE)} 分钟"
