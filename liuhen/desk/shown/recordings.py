"""音像: what had to be recorded and what was, on one line of time for each act; every recording with its digest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from liuhen.acts import moments
from liuhen.acts.fixity import FAULTS
from liuhen.acts.mending import SOURCES
from liuhen.casefile.moments import ZONE, Moment, instant
from liuhen.casefile.state import CaseFile, Document, Recording
from liuhen.compliance.answers import Finding
from liuhen.compliance.events import recordings
from liuhen.compliance.reading import span
from liuhen.compliance.rules.recordings import uncovered
from liuhen.desk import links, words
from liuhen.desk.shown.duties import LEVELS, of_kind
from liuhen.desk.shown.secrets import guarded
from liuhen.recordings import telling
from liuhen.records.keeping import restored
from liuhen.records.reveal import View
from liuhen.vault.places import NAMES

MARGIN = timedelta(minutes=10)
TICKS = 7
EDGE = 0.02  # of the line's length: a tick nearer to its ends would stick out
STEPS = [timedelta(minutes=n) for n in (5, 10, 15, 20, 30, 60, 120, 240)]


@dataclass(frozen=True)
class Bar:
    """A stretch of time on a lane, in percent of the line."""

    x: float
    width: float
    label: str


@dataclass(frozen=True)
class Lane:
    """One row of a strip: the stretch that had to be recorded, or what one device recorded."""

    name: str
    kind: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Strip:
    """The line of time of one recorded act."""

    title: str
    href: str
    day: Moment
    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[float, str], ...]
    said: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Film:
    """A recording as a row."""

    recording: Recording
    kind: str
    document: str
    duty: str
    href: str
    late: bool
    told: tuple[tuple[str, str], ...]
    differs: tuple[str, ...]
    player: str
    marks: tuple[tuple[str, str], ...]


def strips(view: View) -> list[Strip]:
    """A strip for each document whose act has a recording duty or was recorded, when its times are known."""
    made = [strip(view, d) for d in view.case.documents.values() if not d.voided]
    return sorted((s for s in made if s is not None), key=lambda s: instant(s.day))


def strip(view: View, document: Document) -> Strip | None:
    """The strip of the act of a document; None when no times are known."""
    films = [r for r in recordings(view.case) if r.document == document.id and r.starts and r.ends]
    needed = span(document) if document.declared.recording or films else None
    stretches = [(instant(r.starts), instant(r.ends)) for r in films if r.starts and r.ends]
    if needed:
        stretches.append(needed)
    if not stretches:
        return None
    first = min(s for s, _ in stretches) - MARGIN
    last = max(e for _, e in stretches) + MARGIN
    lanes = (
        [Lane(LEVELS.get(document.declared.recording, "时段"), "need", (_bar(*needed, first, last),))]
        if needed
        else []
    )
    lanes += _devices(films, first, last)
    missing = uncovered(needed, stretches[: len(stretches) - 1]) if needed and films else []
    if missing:
        lanes.append(Lane("缺", "gap", tuple(_bar(*gap, first, last) for gap in missing)))
    said = "；".join(f"{lane.name} {bar.label}" for lane in lanes for bar in lane.bars)
    findings = tuple(
        f for f in view.judgement.findings if f.subject == document.id and f.code in ("R14.3", "R20.3")
    )
    href = links.path("read_document", view.case.id, document.id)
    return Strip(document.title, href, first + MARGIN, tuple(lanes), _ticks(first, last), said, findings)


def _devices(films: Sequence[Recording], first: datetime, last: datetime) -> list[Lane]:
    found: list[Lane] = []
    for device in dict.fromkeys(r.device or "设备未载" for r in films):
        ours = [r for r in films if (r.device or "设备未载") == device and r.starts and r.ends]
        bars = tuple(
            _bar(instant(r.starts), instant(r.ends), first, last) for r in ours if r.starts and r.ends
        )
        found.append(Lane(device, "rec", bars))
    return found


def _bar(starts: datetime, ends: datetime, first: datetime, last: datetime) -> Bar:
    whole = (last - first).total_seconds()
    x, width = (starts - first).total_seconds() / whole, (ends - starts).total_seconds() / whole
    label = f"{starts.astimezone(ZONE):%H:%M}—{ends.astimezone(ZONE):%H:%M}"
    return Bar(round(100 * x, 2), round(100 * width, 2), label)


def _ticks(first: datetime, last: datetime) -> tuple[tuple[float, str], ...]:
    """Round times along the line, not more than a handful."""
    whole = last - first
    step = next((s for s in STEPS if whole / s <= TICKS), whole)
    start = first.astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    marks = [start + n * step for n in range(int((last - start) / step) + 1)]
    return tuple(
        (round(100 * ((mark - first) / whole), 2), f"{mark:%H:%M}")
        for mark in marks
        if first + whole * EDGE < mark < last - whole * EDGE
    )


def films(view: View) -> list[Film]:
    """Every recording that is not sealed away, in order of its end."""
    closed = guarded(view.case)
    late = {f.subject.split(".")[0] for f in view.judgement.findings if f.code in ("R31.2", "TL-37")}
    return [_film(view.case, r, r.digest in closed, r.entry in late) for r in recordings(view.case)]


def _film(case: CaseFile, recording: Recording, closed: bool, late: bool) -> Film:
    about = case.documents.get(recording.document)
    duty = case.release.duties.get(recording.duty)
    kind = kind_of(recording.media_type)
    href = "" if closed or recording.place != "vault" else links.path("media_file", case.id, recording.digest)
    player = links.path("moment", case.id, recording.entry) if href and kind in ("vid", "mic") else ""
    marks = () if closed else tuple(
        (f"{words.played(fact.values['second'])} {fact.values['text']}", f"{player}?t={fact.values['second']}" if player else "")
        for fact in moments.marks(case, recording)
    )  # fmt: skip
    return Film(
        recording,
        kind,
        about.title if about else "",
        duty.step if duty else "",
        href,
        late,
        tuple(telling.lines(recording.body.get("taken", {}))),
        tuple(differences(recording)),
        player,
        marks,
    )


def differences(recording: Recording) -> list[str]:
    """Where what was stated of a recording does not fit what its file says."""
    taken, offset = recording.body.get("taken", {}), recording.body.get("clock_offset")
    return telling.differences(taken, recording.starts, recording.ends, offset)


def kind_of(media_type: str) -> str:
    """The icon of a media type."""
    family = media_type.partition("/")[0]
    return {"video": "vid", "audio": "mic", "image": "photo"}.get(family, "vid")


@dataclass(frozen=True)
class RestoredFile:
    """A file of the case that was found damaged in one place and came back from elsewhere."""

    name: str
    digest: str
    at: Moment
    place: str
    fault: str
    source: str


def restored_files(view: View) -> list[RestoredFile]:
    """Every restoration of a file of the case that was known at the moment looked at; what the reader may not see has no name."""
    closed = guarded(view.case)
    names = {r.digest: r.name for r in view.case.recordings.values() if r.digest not in closed}
    told = restored(view.case.id)
    found = [(e, e.body) for e in told if view.known_at is None or e.recorded_at <= view.known_at]
    return [
        RestoredFile(
            names.get(body["digest"], "文书或者不能查看的文件"), body["digest"], entry.recorded_at, NAMES[body["place"]],
            FAULTS[body["fault"]], SOURCES[body["from"]],
        )
        for entry, body in found
        if body is not None
    ]  # fmt: skip


def duties(case: CaseFile) -> list[str]:
    """The duties of the kinds of document there are: which step, whether it must, by what means."""
    kinds = {d.kind for d in case.documents.values()}
    found = [told for kind in dict.fromkeys(kinds) for told in of_kind(case, kind)]
    return [f"{told.step}：{told.short}" for told in sorted(found, key=lambda told: not told.must)]
