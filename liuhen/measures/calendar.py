"""Working days: which days the bureau works, by the State Council's yearly arrangement (放假调休安排).

A year whose arrangement is not published is unknown, and nothing here guesses it.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Self, cast

SATURDAY = 5
DIGITS_OF_VERSION = 12


class CalendarMissing(LookupError):
    """The arrangement of a year is not known; `str()` is the sentence to show, `year` the year."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(f"{year}年放假安排尚未公布或者尚未录入，不能确定工作日")


class CalendarInvalid(ValueError):
    """A year's table contradicts itself; `str()` is the sentence to show."""


@dataclass(frozen=True, slots=True)
class Break:
    """One holiday of a notice (放假): every day from `first` to `last` is off, weekend days included."""

    name: str
    first: date
    last: date

    def days(self) -> Iterator[date]:
        """Every day of the break, in order."""
        return (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))


@dataclass(frozen=True, kw_only=True)
class Year:
    """What the notice of one year arranges: its breaks and the weekend days to work in return (调休上班).

    A notice may reach back into December of the year before, and those days stand here too. `published`
    false marks a draft of the bureau's own, which nothing relies on. Raises `CalendarInvalid`.
    """

    year: int
    notice: str
    holidays: tuple[Break, ...]
    make_up: tuple[date, ...]
    number: str | None = None
    dated: date | None = None
    also: tuple[str, ...] = ()
    published: bool = True

    def __post_init__(self) -> None:
        _check(self)

    @property
    def off(self) -> frozenset[date]:
        """Every day of every break."""
        return frozenset(day for each in self.holidays for day in each.days())

    @classmethod
    def read(cls, table: Mapping[str, object]) -> Self:
        """A year from a table as in `calendar.toml` or a `CalendarSet` entry; dates may be ISO strings.

        Raises `CalendarInvalid` when a value is missing or of the wrong kind.
        """
        try:
            return cls(
                year=int(cast("int", table["year"])),
                notice=str(table["notice"]),
                number=cast("str | None", table.get("number")),
                dated=_date(table["dated"]) if "dated" in table else None,
                also=tuple(cast("Sequence[str]", table.get("also", ()))),
                published=bool(table.get("published", False)),
                holidays=tuple(map(_break, cast("Sequence[Mapping[str, object]]", table["holidays"]))),
                make_up=tuple(map(_date, cast("Sequence[object]", table["make_up"]))),
            )
        except CalendarInvalid:
            raise
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise CalendarInvalid(f"放假安排的表格缺项或者格式不对：{error}") from error

    def table(self) -> dict[str, object]:
        """The year as plain values with ISO dates, without absent ones; `read` gives the year back."""
        plain = {key: value for key, value in asdict(self).items() if value is not None}
        return cast("dict[str, object]", json.loads(json.dumps(plain, default=str)))


class Calendar:
    """The working days of the years it knows. Immutable; `with_year` gives another calendar."""

    def __init__(self, years: Mapping[int, Year]) -> None:
        self._years = MappingProxyType({number: years[number] for number in sorted(years)})
        known = [year for year in self._years.values() if year.published]
        self._known = frozenset(year.year for year in known)
        self._off = frozenset[date]().union(*(year.off for year in known))
        self._make_up = frozenset(day for year in known for day in year.make_up)
        self._version = _digest(self._years.values())

    @classmethod
    def builtin(cls) -> "Calendar":
        """The years that come with Liuhen, from `data/calendar.toml`."""
        return _builtin()

    @property
    def years(self) -> Mapping[int, Year]:
        """The years by number, in order, drafts included."""
        return self._years

    @property
    def version(self) -> str:
        """A short digest of everything the calendar holds, printed beside the dates computed from it."""
        return self._version

    def with_year(self, year: Year) -> "Calendar":
        """This calendar with `year` added; it replaces one already there, as a changed notice does."""
        return Calendar({**self._years, year.year: year})

    def knows(self, day: date) -> bool:
        """Whether the arrangement of the year of `day` is published and held here.

        A later notice can still change the last days of December (as those for 2008, 2012 and 2019 did).
        """
        return day.year in self._known

    def is_working_day(self, day: date) -> bool:
        """Whether the bureau works on `day`, make-up days included. Raises `CalendarMissing`."""
        if not self.knows(day):
            raise CalendarMissing(day.year)
        return day in self._make_up or (not is_weekend(day) and day not in self._off)


def is_weekend(day: date) -> bool:
    """Whether `day` is a Saturday or Sunday, whatever any notice says."""
    return day.weekday() >= SATURDAY


def _check(year: Year) -> None:
    days = [day for each in year.holidays for day in each.days()]
    off = year.off
    for each in year.holidays:
        if each.last < each.first:
            raise CalendarInvalid(f"{year.year}年{each.name}的放假截止日早于起始日")
    for day in (*days, *year.make_up):
        if not date(year.year - 1, 12, 1) <= day <= date(year.year, 12, 31):
            raise CalendarInvalid(f"{day.isoformat()}不在{year.year}年的放假安排之内")
    if len(days) != len(off) or len(year.make_up) != len(set(year.make_up)):
        raise CalendarInvalid(f"{year.year}年的放假安排有重复的日子")
    for day in year.make_up:
        if day in off or not is_weekend(day):
            raise CalendarInvalid(f"{day.isoformat()}不能作为调休上班日：应当是周末，且不在放假期间")


def _break(table: Mapping[str, object]) -> Break:
    return Break(name=str(table["name"]), first=_date(table["first"]), last=_date(table["last"]))


def _date(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise CalendarInvalid(f"不是日期：{value}") from error


def _digest(years: Iterable[Year]) -> str:
    tables = [year.table() for year in years]
    content = json.dumps(tables, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()[:DIGITS_OF_VERSION]


@cache
def _builtin() -> Calendar:
    text = resources.files("liuhen.measures").joinpath("data/calendar.toml").read_text("utf-8")
    years = (Year.read(table) for table in tomllib.loads(text)["year"])
    return Calendar({year.year: year for year in years})
