"""What the statutes asked from which day on, where it is neither a limit with a beginning nor the bureau's to set (R36.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from liuhen.measures.counting import Unit


@dataclass(frozen=True, kw_only=True)
class Least:
    """How many at least, from a day on, by which text. ``unit`` "day": the text did not say whether working days are meant."""

    since: date
    number: int
    basis: str
    unit: Unit | None = None


_FIRST, _REVISED = date(1996, 10, 1), date(2021, 7, 15)

LEAST: dict[str, tuple[Least, ...]] = {
    "hearing_notice": (
        Least(
            since=_FIRST, number=7, unit="day", basis="行政处罚法（2017年修正）第四十二条：举行听证的七日前"
        ),
        Least(since=_REVISED, number=7, unit="working_day", basis="行政处罚法第六十四条第二项、第八十五条"),
    ),
    "summary_officers": (
        Least(since=_FIRST, number=1, basis="行政处罚法（2017年修正）第三十四条：没有规定当场处罚的人数"),
        Least(since=_REVISED, number=2, basis="行政处罚法第四十二条：不得少于两人"),
    ),
}


def least(name: str, on: date) -> Least:
    """The requirement of a name that was in force on a day; the first one for days before it."""
    return next((one for one in reversed(LEAST[name]) if one.since <= on), LEAST[name][0])
