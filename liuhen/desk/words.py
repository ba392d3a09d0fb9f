"""Wording of the screen (not of paper): moments, money, time left. Between Han and digits a space, inside a date none."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from liuhen.casefile.moments import ZONE, Moment, day
from liuhen.casefile.office import Office
from liuhen.measures.calendar import Calendar
from liuhen.measures.counting import Due, Span, count_working_days, words
from liuhen.records import clock, read
from liuhen.records.models import CaseRow, TaskRow

SOON = 3  # working days ahead from which a deadline is told as near
MONTH = 30  # days within which one counts in working days
WEEKDAYS = "一二三四五六日"
_BRACKET = re.compile(r"^(.*)（(.*)）$")


def today() -> date:
    """The day in China now."""
    return day(clock.now())


def calendar() -> Calendar:
    """The bureau's calendar of working days."""
    return read.office().calendar()


def name(office: Office, person: str) -> str:
    """A person's name by id: as the office had it, else as it is now; an id alone tells a reader nothing."""
    return (
        "系统" if person == "system" else (office if person in office.people else read.office()).name(person)
    )


def on(moment: Moment) -> str:
    """A day as a sentence on the screen says it: 11月23日, with the year when it is another than now."""
    that = day(moment)
    year = "" if that.year == today().year else f"{that.year}年"
    return f"{year}{that.month}月{that.day}日"


def played(seconds: float) -> str:
    """A place in a recording, as players tell it: 0:01:15."""
    return str(timedelta(seconds=int(seconds)))


def at(moment: Moment) -> str:
    """A moment in a sentence: 11月23日 09:30; only the day when no more is known."""
    clock_words = f" {moment.astimezone(ZONE):%H:%M}" if isinstance(moment, datetime) else ""
    return on(moment) + clock_words


def iso(moment: Moment) -> str:
    """A day in a table: 2026-11-23."""
    return day(moment).isoformat()


def long_day(that: date) -> str:
    """2026年11月23日，星期一."""
    return f"{that.year}年{that.month}月{that.day}日，星期{WEEKDAYS[that.weekday()]}"


def yuan(fen: int) -> str:
    """Money on the screen from integer 分: 30,000.00 元."""
    return f"{fen // 100:,}.{fen % 100:02d} 元"


def size(count: int) -> str:
    """A number of bytes: 1.2 MB."""
    for unit, one in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
        if count >= one:
            return f"{count / one:.1f} {unit}"
    return f"{count} B"


def short_hash(text: str) -> str:
    """The short form of a digest or hash as pages and papers show it: 9f2c 41d7."""
    plain = text.removeprefix("sha256:")
    return f"{plain[:4]} {plain[4:8]}"


@dataclass(frozen=True)
class TimeLeft:
    """A deadline in words: how long, which day, and whether it is ``late``, ``soon`` or neither."""

    length: str
    when: str
    state: str

    def __str__(self) -> str:
        return f"{self.length}（{self.when}）"


def time_left(due: Due | date, now: datetime | None = None) -> TimeLeft:
    """How long is left until a due moment, as :func:`liuhen.measures.counting.words` says it: within a month in working days,
    what lies farther off in days, in lists that know the day only and on the case's page alike; a limit of hours in hours."""
    moment = now or clock.now()
    found = due if isinstance(due, Due) else Due(on=due)
    if found.at is None:
        near = (found.day - day(moment)).days <= MONTH
        found = replace(found, unit="working_day" if near else "day")
    days = calendar()
    parts = _BRACKET.match(words(found, moment, days))
    assert parts is not None
    return TimeLeft(parts[1], parts[2], _urgency(found, moment, days))


def due_of(row: CaseRow | TaskRow) -> Due | None:
    """When a row of a list is due: an instant where its limit is one of hours, else a day; None when nothing runs."""
    if row.due_at is not None:
        return Due(at=row.due_at)
    return Due(on=row.due_on) if row.due_on is not None else None


def _urgency(due: Due, now: datetime, days: Calendar) -> str:
    on_day = day(now)
    if (due.at is not None and due.at < now) or due.day < on_day:
        return "late"
    near = due.at is not None and (due.at - now).days < 1
    return "soon" if near or count_working_days(on_day, due.day, days).days <= SOON else ""


_UNITS = {"working_day": "个工作日", "day": "日", "hour": "小时", "month": "个月", "year": "年"}


def span(length: Span) -> str:
    """The length of a limit: 5 个工作日."""
    return f"{length.length} {_UNITS[length.unit]}"


def ahead(seconds: int) -> str:
    """By how much a device's clock differs: 快 12 秒."""
    return f"{'快' if seconds > 0 else '慢'} {abs(seconds)} 秒" if seconds else "时间准确"


def clock_of(moment: Moment) -> str:
    """10:25; empty when only the day is known."""
    return f"{moment.astimezone(ZONE):%H:%M}" if isinstance(moment, datetime) else ""


def stamp(moment: Moment) -> str:
    """A moment beside a list: 今天 10:52, 11-20 16:48, in another year 2025-11-20 16:48."""
    that = day(moment)
    return f"今天 {clock_of(moment)}".strip() if that == today() else short(moment)


def short(moment: Moment) -> str:
    """A moment in a column of moments: 11-20 16:48, only the day when no more is known, in another year 2025-11-20."""
    that = day(moment)
    days = that.strftime("%m-%d" if that.year == today().year else "%Y-%m-%d")
    return f"{days} {clock_of(moment)}".strip()
