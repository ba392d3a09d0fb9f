"""What the pages for recordings share: whether one comes late, how much room there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from liuhen.acts import keeping
from liuhen.acts.storage import uploads
from liuhen.casefile.moments import Moment, instant
from liuhen.casefile.values import Problem
from liuhen.records import read

IN_TIME = timedelta(hours=24)


def is_late(ends: Moment | None, by: str, deposited: datetime) -> bool:
    """A31: deposited more than twenty-four hours after its end, of continuous or remote work after the return to the unit."""
    if not isinstance(ends, datetime):
        return False
    returned = read.office().returned(by, ends) if by else None
    return deposited - (instant(returned[0]) if returned else ends) > IN_TIME


def late(
    reason: str, ends: Moment | None, by: str, deposited: datetime, name: str = "late_reason"
) -> list[Problem]:
    """That the reason for being late is missing at its field."""
    if reason.strip() or not is_late(ends, by, deposited):
        return []
    return [Problem(name, "迟延原因", "超过 24 小时才存入，写明原因", True)]


def room() -> tuple[int, int]:
    """How many bytes may still be taken in, and how many hours of film that is."""
    told = keeping.room()
    free = uploads().room() if told is None or told.free is None else min(uploads().room(), told.free)
    here = replace(told or keeping.USUAL, free=max(0, free))
    return here.free or 0, here.hours or 0
