"""Moments: a date (the day is all that is known) or an instant; how they are written, read and ordered."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

Moment = date | datetime
ZONE = ZoneInfo("Asia/Shanghai")


def parse(text: str) -> Moment:
    """Read ``YYYY-MM-DD`` as a date and RFC 3339 as an aware instant; a wall time without zone is Asia/Shanghai.

    Raises ValueError for anything else, and for years outside 1900 to 2199, which only a slip of the finger writes.
    """
    moment = date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    if not 1900 <= moment.year < 2200:
        raise ValueError(f"年份不对：{text}")
    return moment.replace(tzinfo=ZONE) if isinstance(moment, datetime) and not moment.tzinfo else moment


def write(moment: Moment) -> str:
    """The text of a moment as it stands in an entry: a date, or a UTC instant to the second with ``Z``."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return moment.isoformat()


def day(moment: Moment) -> date:
    """The day of a moment in Asia/Shanghai."""
    return moment.astimezone(ZONE).date() if isinstance(moment, datetime) else moment


def instant(moment: Moment) -> datetime:
    """A sortable instant: for a date, the beginning of that day in Asia/Shanghai."""
    if isinstance(moment, datetime):
        return moment
    return datetime(moment.year, moment.month, moment.day, tzinfo=ZONE)


def before(a: Moment, b: Moment) -> bool | None:
    """True when ``a`` is before ``b``, False when it is not, None when one day is all that is known of one of them
    and they fall on the same day (design, Two times)."""
    if day(a) != day(b):
        return day(a) < day(b)
    if isinstance(a, datetime) and isinstance(b, datetime):
        return a < b
    return None
