"""Moments of a recording: what an officer marks in it, and a picture that is taken out of it as evidence (A14, A31)."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import Any

from liuhen.acts import facts, previewing
from liuhen.acts.engine import nothing, perform, require_standing, situation
from liuhen.acts.fitness import check_drawable
from liuhen.acts.media import check_new
from liuhen.acts.situation import Situation, invalid
from liuhen.acts.storage import vault
from liuhen.casefile.moments import write
from liuhen.casefile.state import CaseFile, Fact, Recording
from liuhen.measures.facts import RECORDING_MOMENT
from liuhen.office.policy import Actor
from liuhen.recordings.apart import NotDecoded, frame_at, frame_taken
from liuhen.recordings.kinds import clean_name
from liuhen.records.append import New, Receipt, Ref
from liuhen.records.audit import Report
from liuhen.records.models import Entry
from liuhen.records.naming import body_of, place_of
from liuhen.vault.errors import VaultError


def clock_at(recording: Recording, seconds: float) -> datetime | None:
    """What o'clock it was so many seconds into a recording; None where its beginning is not known."""
    starts = recording.starts
    return starts + timedelta(seconds=seconds) if isinstance(starts, datetime) else None


def mark(case: str, actor: Actor, recording: str, second: int, text: str) -> list[Receipt]:
    """Mark a moment of a recording, ``second`` from its beginning; corrected like every fact. Raises Invalid, NotPermitted."""
    require_standing(case, actor)
    here = situation(case, actor)
    found = _recording(here, recording)
    length = found.body.get("taken", {}).get("duration")
    if second < 0 or (length and second * 1000 > int(length)):
        raise invalid("t", "这一刻不在音像里：从头算起，不超过音像的时长")
    if not text.strip():
        raise invalid("text", "写明这一刻看到、听到什么")
    values = {"recording": recording, "second": second, "text": text}
    at = clock_at(found, second)
    return facts.state_fact(
        case, actor, RECORDING_MOMENT, values, at=at if at is None or at <= here.now else None,
        document=found.document if found.document in here.case.documents else "",
    )  # fmt: skip


def _recording(here: Situation, entry: str) -> Recording:
    found = here.case.recording(entry)
    if found is None or found.voided:
        raise invalid("recording", "本案没有这段音像")
    return found


def marks(case: CaseFile, recording: Recording) -> list[Fact]:
    """The marks of a recording in the order of its time."""
    own = [f for f in case.happened(RECORDING_MOMENT) if f.values.get("recording") == recording.entry]
    return sorted(own, key=lambda fact: (fact.values["second"], fact.entry))


def stills(case: CaseFile, recording: Recording) -> list[Recording]:
    """The pictures that were taken out of a recording and filed, in the order of its time."""
    own = [
        r
        for r in case.recordings.values()
        if not r.voided and r.body.get("derived", {}).get("entry") == recording.entry
    ]
    return sorted(own, key=lambda still: (still.body["derived"]["at"], still.entry))


def file_still(
    case: str, actor: Actor, recording: str, seconds: float, *, what: str, document: str = ""
) -> list[Receipt]:
    """Take the picture of a moment out of a film and file it as evidence; its entry says from which film, at which millisecond,
    by which program. The film is not touched. Raises Invalid, NotPermitted, VaultError."""
    check_drawable(what=what)
    if not what.strip():
        raise invalid("what", "写明这张画面是什么")
    require_standing(case, actor)
    found = _recording(situation(case, actor), recording)
    if found.place != "vault":
        raise invalid("recording", "这段音像存于专用存储设备，先存入系统再截取")
    with vault().open(found.digest) as film:
        picture = frame_at(film, seconds)
    if picture is None:
        raise invalid("t", "这一刻没有画面")
    stored = vault().put(io.BytesIO(picture))
    receipts = perform(
        "deposit", case, actor,
        lambda here: _still(here, found, stored.digest, stored.size, seconds, what.strip(), document), heeds=nothing,
    )  # fmt: skip
    previewing.want(stored.digest, "image/jpeg")
    return receipts


def _still(
    here: Situation, film: Recording, digest: str, size: int, seconds: float, what: str, document: str
) -> list[New]:
    check_new(here, digest, "vault")
    at = clock_at(film, seconds)
    stem = film.name.rpartition(".")[0] or film.name
    body: dict[str, Any] = {
        "digest": digest, "size": size, "name": clean_name(f"{stem}-{round(seconds)}秒.jpg"), "media_type": "image/jpeg",
        "place": "vault", "what": what, "derived": derivation(film, seconds),
    }  # fmt: skip
    body |= {"to": write(at)} if at else {}
    body |= {"device": film.device} if film.device else {}
    news = [New("Deposited", body)]
    if document:
        here.document(document)
        news.append(New("Tied", {"deposited": Ref(0), "digest": digest, "document": document}))
    return news


def derivation(film: Recording, seconds: float) -> dict[str, Any]:
    """From which film a picture is: its digest, the entry that brought it here, the milliseconds from its beginning, by what it
    was taken."""
    return {"digest": film.digest, "entry": film.entry, "at": round(seconds * 1000), "by": program()}


def program() -> str:
    """What decodes and writes pictures here; another one may give other bytes for the same picture."""
    return f"liuhen {version('liuhen')}, PyAV {version('av')}, Pillow {version('pillow')}"


@dataclass(frozen=True)
class Derived:
    """A picture that the record says was taken from a film: where it says so, and what came of taking it again: ``same``;
    ``other`` (another picture, or none); ``unlike`` (its film is not in the record as it says); ``open`` (another program took
    it, or the film cannot be had or read to there, so that it cannot be told here)."""

    where: str
    digest: str
    verdict: str


WORDS = {
    "other": "从原片这一刻截不出同样的画面：{}",
    "unlike": "所记的原片不在本案的记录里，或者校验值不符：{}",
    "open": "截取画面的程序已经更新，或者取不到、读不完原片，没有重新截取比对：{}",
}


def rederived(streams: Sequence[str] | None = None) -> list[Derived]:
    """Take every filed picture out of its film again and compare (R34.3); ``streams`` only these."""
    rows = Entry.objects.filter(kind="Deposited", stream__startswith="case/").select_related("body")
    rows = rows if streams is None else rows.filter(stream__in=streams)
    told = [(row, body) for row in rows.order_by("id") if "derived" in (body := body_of(row) or {})]
    return [
        Derived(place_of(row.stream, row.position), body["digest"], _again(row, body)) for row, body in told
    ]


def check_derived(report: Report) -> None:
    """The audit's part that needs the decoder: every filed picture is again what its film shows at that moment."""
    for one in rederived():
        words = WORDS.get(one.verdict, "").format(one.digest)
        if one.verdict == "open":
            report.notes.append(f"{one.where}：{words}")
        elif words:
            report.add("DERIVED", one.where, words)


def _again(row: Entry, body: dict[str, Any]) -> str:
    said = body["derived"]
    film = Entry.objects.filter(stream=row.stream, hash=said.get("entry")).select_related("body").first()
    brought = body_of(film) if film else None
    if (
        film is None
        or film.position >= row.position
        or (brought and brought.get("digest") != said.get("digest"))
    ):
        return "unlike"
    if said.get("by") != program():
        return "open"
    try:
        with vault().open(said["digest"]) as source:
            picture = frame_taken(source, said["at"] / 1000)
    except (VaultError, NotDecoded):
        return "open"
    same = picture is not None and f"sha256:{hashlib.sha256(picture).hexdigest()}" == body["digest"]
    return "same" if same else "other"
