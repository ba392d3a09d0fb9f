"""举证材料: what a case has to show before a reconsideration body or a court, numbered, with what each piece proves.

The pack is a folder to be handed over: the list of evidence, the course of the case, a sheet that tells how to verify, every piece
under its number, and beside them a package (``核验``) out of which anybody proves that these very files were recorded when we say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from liuhen.archives import catalogue
from liuhen.casefile.moments import Moment, day, instant, write
from liuhen.casefile.state import UNNUMBERED, CaseFile, Document, Recording
from liuhen.measures.evidence_list import COURSE, FACTS, GROUPS, PROVES
from liuhen.papers import wording

RECORDED = "音像记录，反映记录时的现场情况"
FILED = "书证、物证照片等原始材料"


@dataclass(frozen=True)
class Piece:
    """One piece of evidence: ``key`` is the document's id or the recording's entry; ``proves`` in our words; ``chosen`` says
    whether it is offered at first; ``digest`` of its bytes, ``suffix`` of its file."""

    key: str
    group: str
    title: str
    number: str
    source: str
    date: str
    pages: int
    proves: str
    digest: str
    suffix: str
    chosen: bool = True


def offered(case: CaseFile) -> list[Piece]:
    """Everything of the case that has bytes, by group and in file order; what belongs before no court is not chosen, and what
    is secret as a whole (who informed us) not offered."""
    found = [p for d in catalogue.ordered(case) if (p := _document(case, d)) is not None]
    found += [_recording(case, r) for r in catalogue.recordings(case) if r.place == "vault"]
    return sorted(found, key=lambda piece: GROUPS.index(piece.group))


def _document(case: CaseFile, document: Document) -> Piece | None:
    rendition = document.rendition("final") or document.rendition("for_signature")
    scan = str(document.current.backfill.get("scan", ""))
    if document.declared.secret or (rendition is None and not scan):
        return None
    group, proves = PROVES.get(document.kind, (COURSE, f"已依法制作《{document.title}》"))
    issued = document.issued
    return Piece(
        key=document.id, group=group, title=document.title,
        number=issued.number if issued and issued.number != UNNUMBERED else "",
        source=issued.authority if issued else case.office.name(document.current.actor),
        date=day(document.made_at).isoformat(), pages=rendition.pages if rendition else 1, proves=proves,
        digest=rendition.digest if rendition else scan, suffix=".pdf" if rendition else ".bin",
        chosen=document.kind in PROVES,
    )  # fmt: skip


def _recording(case: CaseFile, recording: Recording) -> Piece:
    suffix = Path(str(recording.body["name"])).suffix.lower()
    return Piece(
        key=recording.entry, group=FACTS, title=str(recording.body["what"]), number="",
        source=case.office.name(recording.by) if recording.by else "",
        date=day(recording.ends or recording.deposited_at).isoformat(), pages=1,
        proves=RECORDED if recording.recorded else FILED, digest=recording.digest,
        suffix=suffix if suffix[1:].isalnum() and suffix.isascii() else ".bin", chosen=recording.recorded,
    )  # fmt: skip


def chosen(case: CaseFile, wanted: Iterable[tuple[str, str]]) -> list[Piece]:
    """The pieces of these keys, each with what it is to prove (ours where nothing is said), in the order of the list.

    Raises KeyError for a key of which there is nothing to show.
    """
    proves = dict(wanted)
    known = {piece.key: piece for piece in offered(case)}
    for key in proves:
        if key not in known:
            raise KeyError(key)
    return [
        replace(piece, proves=proves[key].strip() or piece.proves, chosen=True)
        for key, piece in known.items()
        if key in proves
    ]


def rows(pieces: Sequence[Piece]) -> list[list[str]]:
    """The lines of the list of evidence: number, title, source and date, pages, what it proves."""
    return [
        [
            str(n),
            piece.title + (f"（{piece.number}）" if piece.number else ""),
            f"{piece.source}　{wording.day(piece.date)}",
            str(piece.pages),
            piece.proves,
        ]
        for n, piece in enumerate(pieces, 1)
    ]


def file_name(n: int, piece: Piece) -> str:
    """The name of a piece in the pack, fit for every file system: ``03-询问笔录.pdf``."""
    title = "".join(c for c in piece.title if c not in '\\/:*?"<>|' and c.isprintable()).strip(" .")[:60]
    return f"{n:02d}-{title or '证据'}{piece.suffix}"


def course(case: CaseFile) -> list[list[str]]:
    """The course of the case, in order: day, what happened, with whom or where."""
    told = [line for document in catalogue.ordered(case) for line in _of_document(case, document)]
    told += [
        (fact.at, case.release.facts[fact.code].label, case.office.name(fact.actor))
        for fact in case.facts
        if fact.code in case.release.facts
    ]
    told += [
        (one.starts or one.deposited_at, f"记录：{one.what}", case.office.name(one.by))
        for one in catalogue.recordings(case)
    ]
    return [[_when(at), what, who] for at, what, who in sorted(told, key=lambda line: instant(line[0]))]


def _of_document(case: CaseFile, document: Document) -> Iterator[tuple[Moment, str, str]]:
    title, first = f"《{document.title}》", document.revisions[0]
    yield first.at, f"制作{title}", case.office.name(first.actor)
    for opinion in document.current.opinions:
        if opinion.opinion in wording.OPINIONS:
            yield opinion.at, f"{title}：{wording.OPINIONS[opinion.opinion]}", opinion.name
    if document.issued:
        yield document.issued.on, f"签发{title}", document.issued.number
    for step in document.service:
        yield step.at, f"{title}{step.method}：{wording.SERVICE.get(step.what, step.what)}", step.addressee


def _when(at: Moment) -> str:
    return wording.moment(write(at)) if isinstance(at, datetime) else wording.day(write(at))
