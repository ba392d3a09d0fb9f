"""举证材料: what a case has to show before a reconsideration body or a court, numbered, with what each piece proves.

The pack is a folder to be handed over: the list of evidence, the course of the case, a sheet that tells how to verify, every piece
under its number, and beside them a package (``核验``) out of which anybody proves that these very files were recorded when we say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from liuhen.archives import catalogue
from liuhen.casefile.moments import Moment, day, instant, write
from liuhen.casefile.state import UNNUMBERED, CaseFile, Document, Recording
from liuhen.measures import FACTS as FACTS_TOLD
from liuhen.measures.evidence_list import COURSE, FACTS, GROUPS, PROVES
from liuhen.papers import wording

RESULTS = {"agree": "同意", "return": "退回修改", "refuse": "不同意"}
SERVED = {
    "attempted": "未能送达", "posted": "交邮", "returned": "退回", "published": "公告", "delivered": "送达",
    "left": "留置", "refused": "拒收", "reached": "到达",
}  # fmt: skip
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
    told: list[tuple[Moment, str, str]] = []
    for document in catalogue.ordered(case):
        told.append(
            (
                document.revisions[0].at,
                f"制作《{document.title}》",
                case.office.name(document.revisions[0].actor),
            )
        )
        for opinion in document.current.opinions:
            if opinion.opinion in RESULTS:
                told.append((opinion.at, f"《{document.title}》：{RESULTS[opinion.opinion]}", opinion.name))
        if document.issued:
            told.append((document.issued.on, f"签发《{document.title}》", document.issued.number))
        told += [
            (s.at, f"《{document.title}》{s.method}：{SERVED.get(s.what, s.what)}", s.addressee)
            for s in document.service
        ]
    told += [
        (f.at, FACTS_TOLD[f.code].label, case.office.name(f.actor))
        for f in case.facts
        if f.code in FACTS_TOLD
    ]
    told += [
        (r.starts or r.deposited_at, f"记录：{r.what}", case.office.name(r.by))
        for r in catalogue.recordings(case)
    ]
    told.sort(key=lambda line: instant(line[0]))
    return [
        [wording.moment(write(at)) if isinstance(at, datetime) else wording.day(at.isoformat()), what, who]
        for at, what, who in told
    ]
