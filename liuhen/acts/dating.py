"""When a step is said to have happened: what is recorded as made here happened lately, and after what it follows from."""

from __future__ import annotations

from datetime import datetime

from liuhen.acts.situation import Situation, invalid
from liuhen.casefile.moments import Moment, before, day, instant
from liuhen.casefile.state import Document
from liuhen.compliance.answers import setting, words
from liuhen.compliance.deadlines import end_of
from liuhen.measures.counting import Span, add


def check_lately(here: Situation, at: Moment, what: str) -> None:
    """Refuse a moment in the future, or so long ago that only a backfill with reason and scan may tell it (R4.2)."""
    if instant(at) > here.now:
        raise invalid("at", f"{what}时间不能晚于现在")
    days = int(setting(here.case, "record_lag_days", at))
    if here.now >= end_of(add(Span(days, "working_day"), day(at), here.office.calendar())):
        raise invalid(
            "at", f"{what}时间是{words(day(at))}，超过{days}个工作日，须用补录登记，写明理由，附原件的扫描件"
        )


def check_not_before(at: Moment, other: Moment, message: str, name: str = "at") -> None:
    """Refuse a moment before another: by the day, on one day by the minute as far as both are known."""
    if before(at, _minute(other) if _whole_minute(at) else other):
        raise invalid(name, message)


def _minute(moment: Moment) -> Moment:
    return moment.replace(second=0, microsecond=0) if isinstance(moment, datetime) else moment


def _whole_minute(moment: Moment) -> bool:
    """Forms give minutes; what was recorded within that minute came before as likely as after."""
    return isinstance(moment, datetime) and moment.second == 0


def check_after_issue(here: Situation, document: Document, at: Moment, what: str) -> None:
    """Refuse a moment before a document was issued; when it was issued here, before that was recorded."""
    assert document.issued is not None
    message = f"{what}时间早于《{document.title}》签发的时间"
    check_not_before(at, day(document.issued.on), message)
    entry = here.entry(document.issued.entry)
    if entry.origin == "made":
        check_not_before(at, entry.recorded_at, message)
