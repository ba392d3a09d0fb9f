"""The line of time of one recording: how loud it is, what was marked in it, the pictures taken from it; what of its act's time
was recorded, and whether it came late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from liuhen.acts import moments
from liuhen.casefile.moments import ZONE
from liuhen.casefile.state import Recording
from liuhen.compliance.answers import Finding
from liuhen.desk import links, words
from liuhen.desk.shown import recordings
from liuhen.desk.shown.secrets import guarded
from liuhen.recordings.shelf import STRIP, Told
from liuhen.records.models import Draft
from liuhen.records.reveal import View

LATE = ("R31.2", "TL-37")
HEIGHT = 40  # of the drawing of loudness
STEPS = tuple(timedelta(seconds=n) for n in (1, 5, 10, 30, 60, 300, 600, 1800, 3600))
TICKS = 8
QUOTES = 20  # that one form offers


@dataclass(frozen=True)
class Point:
    """A mark, or a picture that was filed: where on the line in percent, when in the recording, what; where it is corrected;
    the words for a paper."""

    x: float
    second: float
    place: str
    clock: str
    text: str
    entry: str
    quote: str
    href: str = ""


@dataclass(frozen=True)
class Line:
    """The line: length in seconds (0: not known), when it began (RFC 3339, for the script), loudness as the path of a drawing
    ``width`` wide, round times, marks, pictures, the row of pictures; the strip of its act and the findings about it."""

    seconds: float
    starts: str
    wave: str
    width: int
    ticks: tuple[tuple[float, str], ...]
    marks: tuple[Point, ...]
    stills: tuple[Point, ...]
    row: str
    strip: recordings.Strip | None
    findings: tuple[Finding, ...]


def line(view: View, found: Recording, told: Told | None) -> Line:
    """The line of a recording, with what is known of it by now."""
    length = _length(found, told)
    marks = tuple(
        _point(found, length, fact.values["second"], str(fact.values["text"]), fact.entry)
        for fact in moments.marks(view.case, found)
    )
    hidden = guarded(view.case)
    stills = tuple(
        _point(
            found, length, one.body["derived"]["at"] / 1000, one.what, one.entry,
            links.path("media_file", view.case.id, one.digest),
        )
        for one in moments.stills(view.case, found) if one.digest not in hidden
    )  # fmt: skip
    findings = tuple(
        f for f in view.judgement.findings
        if f.outcome == "violated" and f.code in LATE and f.subject.split(".")[0] == found.entry
    )  # fmt: skip
    document = view.case.documents.get(found.document)
    peaks = told.peaks if told else ()
    row = f"{links.path('media_file', view.case.id, found.digest)}?size=strip"
    return Line(
        length,
        found.starts.isoformat() if isinstance(found.starts, datetime) else "",
        "".join(
            f"M{n} {(HEIGHT - h) / 2:g}v{h:g}" for n, p in enumerate(peaks) if (h := max(1, p * HEIGHT / 100))
        ),
        len(peaks),
        _ticks(length),
        marks,
        stills,
        row if told and STRIP in told.files else "",
        recordings.strip(view, document) if document and not document.voided else None,
        findings,
    )


def _length(found: Recording, told: Told | None) -> float:
    """In seconds: as it was read through, as the file says, as it was stated; 0 when nothing tells."""
    if told is not None and told.seconds:
        return told.seconds
    if length := found.body.get("taken", {}).get("duration"):
        return int(length) / 1000
    if isinstance(found.starts, datetime) and isinstance(found.ends, datetime):
        return max(0.0, (found.ends - found.starts).total_seconds())
    return 0.0


def _point(found: Recording, length: float, second: float, text: str, entry: str, href: str = "") -> Point:
    at = moments.clock_at(found, second)
    clock = f"{at.astimezone(ZONE):%H:%M:%S}" if at else ""
    x = round(min(100.0, 100 * second / length), 2) if length else 0.0
    said = f"{place(found, second)}：{text}"
    return Point(x, second, words.played(second), clock, text, entry, said, href)


def place(found: Recording, seconds: float) -> str:
    """A moment of a recording as papers cite it: which one with its digest, when in it, what o'clock."""
    at = moments.clock_at(found, seconds)
    clock = ""
    if at is not None:
        local = at.astimezone(ZONE)
        clock = f"（{local.year}年{local.month}月{local.day}日 {local:%H:%M:%S}）"
    kind = "录音" if found.media_type.startswith("audio/") else "录像"
    return f"{kind}“{found.what}”（{found.name}，校验值 {found.digest}）第 {words.played(seconds)} 处{clock}"


def quotes(view: View, draft: Draft) -> list[str]:
    """What was marked in the recordings of a draft's act, as papers cite it; of a paper that was not recorded itself, in all that
    its writer may see. Only for papers that set down what was found."""
    kind = view.case.release.documents[draft.kind]
    if kind.stage != "调查取证":
        return []
    hidden = guarded(view.case)
    films = [r for r in view.case.recordings.values() if not r.voided and r.digest not in hidden]
    own = [film for film in films if film.document == draft.document]
    return [
        f"{place(film, fact.values['second'])}：{fact.values['text']}"
        for film in (own if kind.recording else films)
        for fact in moments.marks(view.case, film)
    ][:QUOTES]


def _ticks(length: float) -> tuple[tuple[float, str], ...]:
    if not length:
        return ()
    step = next((s for s in STEPS if length / s.total_seconds() <= TICKS), STEPS[-1]).total_seconds()
    marks = [n * step for n in range(1, int(length / step) + 1)]
    return tuple((round(100 * at / length, 2), words.played(at)) for at in marks if at < 0.97 * length)
