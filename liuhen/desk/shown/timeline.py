"""时间线: every entry in words: who did what, when it happened, when it was recorded, and what was corrected since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from liuhen.casefile.entries import Entry
from liuhen.casefile.moments import Moment, day, instant, parse, write
from liuhen.casefile.state import CaseFile, Correction
from liuhen.desk import links, words
from liuhen.desk.shown.sentences import corrected, say
from liuhen.records.reveal import View

# Recorded later than this after it happened is worth saying.
LAG = timedelta(hours=1)
CORRECTABLE = frozenset(
    {"Filed", "Signed", "Issued", "ServiceStep", "Deposited", "Tied", "Happened", "Assigned", "Marked"}
)


@dataclass(frozen=True)
class Mend:
    """A correction as it stands beside what it corrects."""

    what: str
    old: str
    new: str
    reason: str
    at: Moment
    who: str
    confirmed: bool
    entry: str


@dataclass(frozen=True)
class Line:
    """One entry in words."""

    at: Moment
    what: str
    sub: str
    who: str
    href: str
    hash: str
    position: int
    kind: str
    recorded_at: datetime
    late: bool
    backfilled: bool
    waits: bool
    mends: tuple[Mend, ...]
    back_to: str
    correct: str
    confirm: str

    @property
    def anchor(self) -> str:
        """The line's name on its page."""
        return f"e{self.position}"


def lines(view: View) -> list[Line]:
    """All entries in order of happening, those of one moment in order of recording."""
    made = [_line(view, entry) for entry in view.entries]
    return sorted(made, key=lambda line: (instant(line.at), line.position))


def latest(view: View, count: int) -> list[Line]:
    """The entries recorded last, the last first; those the system makes by itself left out."""
    told = [entry for entry in view.entries if entry.kind not in ("Rendered", "Tied")]
    return [_line(view, entry) for entry in reversed(told[-count:])]


def _line(view: View, entry: Entry) -> Line:
    case = view.case
    what, sub = say(case, entry)
    mends = tuple(_mend(case, c) for c in case.corrections if c.target == entry.hash)
    at = _moment(entry, case)
    document = case.documents.get(str((entry.body or {}).get("document", "")))
    waits = any(u.entry == entry.hash for u in case.unconfirmed)
    correctable = not view.past and entry.kind in CORRECTABLE and entry.body is not None
    return Line(
        at=at, what=what, sub=sub, who=words.name(case.office, entry.actor),
        href=links.path("read_document", case.id, document.id) if document else "",
        hash=entry.hash, position=entry.position, kind=entry.kind, recorded_at=entry.recorded_at,
        late=_late(at, entry.recorded_at), backfilled=entry.origin == "backfilled",
        waits=waits, mends=mends, back_to=write(entry.recorded_at),
        correct=links.path("correct", case.id, entry.hash) if correctable else "",
        confirm=links.path("confirm", case.id, entry.hash) if waits and not view.past else "",
    )  # fmt: skip


def _moment(entry: Entry, case: CaseFile) -> Moment:
    """When it happened, as corrected."""
    moved = [c for c in case.corrections if c.target == entry.hash and c.path == "/at"]
    return parse(str(moved[-1].value)) if moved else entry.at


def _late(at: Moment, recorded: datetime) -> bool:
    if isinstance(at, datetime):
        return recorded - at > LAG
    return day(recorded) != at


def _mend(case: CaseFile, found: Correction) -> Mend:
    label, old, new = corrected(case, found)
    return Mend(
        label,
        old,
        new,
        found.reason,
        found.at,
        words.name(case.office, found.actor),
        found.confirmed,
        found.entry,
    )
