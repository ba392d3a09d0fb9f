"""卷内目录: the papers of a case in file order, each followed by what belongs to it, in volumes with their page numbers (domain §8.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from liuhen.archives import corrections
from liuhen.casefile.moments import day, instant
from liuhen.casefile.office import Office
from liuhen.casefile.state import UNNUMBERED, CaseFile, Document, Recording
from liuhen.compliance.rounds import fate
from liuhen.measures.vocabulary import Document as Kind

PARTS = {"main": "正卷", "internal": "副卷"}
WHOLE = "全卷"
VOLUMES = {**PARTS, "whole": WHOLE}
# How many pages an original has when it is printed; 0 for what no page can show (a recording, a table, an archive).
Count = Callable[[Recording], int]
_PICTURES = ("image/jpeg", "image/png", "image/tiff", "image/bmp", "image/webp", "image/gif")


@dataclass(frozen=True)
class Item:
    """One line of the catalogue: title, number, date, pages (0 for what is kept electronically only), the digest of its bytes
    and where they lie; ``basis``: the entries that a printed sheet is made from."""

    part: str
    kind: str
    title: str
    number: str
    author: str
    date: str
    pages: int
    document: str = ""
    digest: str = ""
    file: str = ""
    note: str = ""
    basis: tuple[str, ...] = ()


@dataclass(frozen=True)
class Volume:
    """One volume 卷 of the file: its code in file names, its name, which of how many it is, its lines."""

    code: str
    name: str
    number: int
    of: int
    items: tuple[Item, ...]

    @property
    def pages(self) -> int:
        """The number of its last page."""
        return sum(item.pages for item in self.items)


def printable(recording: Recording) -> int:
    """One page for a picture or a paper, none for the rest: the guess where nobody looks into the file."""
    return 1 if recording.media_type in (*_PICTURES, "application/pdf") else 0


def ordered(case: CaseFile) -> list[Document]:
    """The documents of a case in file order: main file before internal, then the kind's place, then time."""

    def place(document: Document) -> tuple[int, int, Any, str]:
        kind: Kind = document.declared
        return (kind.part == "internal", kind.order, instant(document.made_at), document.id)

    return sorted((d for d in case.documents.values() if not d.voided), key=place)


def items(case: CaseFile, count: Count = printable) -> list[Item]:
    """The catalogue: every document with its corrections, the proof of its service and the originals tied to it; the other
    originals and the recordings at the end of the main file, those of an internal paper at the end of the internal one."""
    loose = [r for r in recordings(case) if r.document not in case.documents]
    found = {part: list(_papers(case, part, count)) for part in PARTS}
    found["main"] += [_recording(r, case.office, "main", count) for r in loose]
    return [item for part in PARTS for item in (*found[part], *_filmed(case, part, count))]


def _papers(case: CaseFile, part: str, count: Count) -> Iterator[Item]:
    for document in ordered(case):
        if document.declared.part != part:
            continue
        corrected = corrections.lines(case, document)
        paper = _document(document, case.office, case, count)
        told = (paper.note, fate(case, document), "有更正，以更正页为准" if corrected else "")
        note = "，".join(text for text in told if text)
        yield replace(paper, note=note)
        if corrected:
            yield _corrections(document, corrected)
        if document.service:
            yield _receipt(document)
        for original in recordings(case):
            if original.document == document.id and not original.recorded and original.digest != paper.digest:
                yield _recording(original, case.office, part, count)


def _filmed(case: CaseFile, part: str, count: Count) -> Iterator[Item]:
    for recording in recordings(case):
        document = case.documents.get(recording.document)
        if recording.recorded and document is not None and document.declared.part == part:
            yield _recording(recording, case.office, part, count)


def recordings(case: CaseFile) -> list[Recording]:
    """The deposited files that are not sealed away, in order of deposit."""
    shown = [r for r in case.recordings.values() if not r.voided]
    return sorted(shown, key=lambda r: (instant(r.deposited_at), r.entry))


def _document(document: Document, office: Office, case: CaseFile, count: Count) -> Item:
    rendition = document.rendition("final") or document.rendition("for_signature")
    issued = document.issued
    scan = str(document.current.backfill.get("scan", ""))
    scanned = next((r for r in case.recordings.values() if r.digest == scan), None)
    note = "" if not scan else "补录，扫描件"
    if rendition is None and not scan:
        note = "原件另列" if document.declared.layout == "received" else "没有成文"
    return Item(
        part=PARTS[document.declared.part],
        kind=document.kind,
        title=document.title,
        number=issued.number if issued and issued.number != UNNUMBERED else "",
        author=issued.authority if issued else _author(document, office),
        date=day(document.made_at).isoformat(),
        pages=rendition.pages if rendition else count(scanned) if scanned else int(bool(scan)),
        document=document.id,
        digest=rendition.digest if rendition else scan,
        note=note,
    )


def _author(document: Document, office: Office) -> str:
    """Who made a paper without a number: whom a received one comes from, where it says so; else whoever made it here."""
    party = document.values.get("party") if document.declared.facing == "X" else None
    named = party.get("name") if isinstance(party, Mapping) else ""
    return str(named or office.name(document.current.actor))


def _corrections(document: Document, corrected: Sequence[corrections.Line]) -> Item:
    return Item(
        part=PARTS[document.declared.part],
        kind=corrections.KIND,
        title=f"更正页（{document.title}）",
        number="",
        author="",
        date=day(corrected[-1].at).isoformat(),
        pages=1,
        document=document.id,
        note=f"更正 {len(corrected)} 处",
        basis=tuple(line.entry for line in corrected),
    )


def _receipt(document: Document) -> Item:
    served = document.served_at
    return Item(
        part=PARTS[document.declared.part],
        kind="service_receipt",
        title=f"送达回证（{document.title}）",
        number="",
        author="",
        date=day(served).isoformat() if served else "",
        pages=1,
        document=document.id,
        note="" if served else "尚未送达",
        basis=tuple(step.entry for step in document.service),
    )


def _recording(recording: Recording, office: Office, part: str, count: Count) -> Item:
    return Item(
        part=PARTS[part],
        kind="recording" if recording.recorded else "original",
        title=recording.what,
        number="",
        author=office.name(recording.by) if recording.by else "",
        date=day(recording.ends or recording.deposited_at).isoformat(),
        pages=0 if recording.recorded or recording.place == "device" else count(recording),
        document=recording.document,
        digest=recording.digest,
        note="存于专用存储设备" if recording.place == "device" else recording.name,
    )


def volumes(case: CaseFile, found: Iterable[Item]) -> list[Volume]:
    """The volumes of the file: the main one, which may be shown to the party, and the internal one; a single one where the
    bureau does not split its files (domain §8.1)."""
    lines = list(found)
    on = day(case.closed_at or case.opened_at or date.max)
    if not case.office.setting("split_file", on, True):
        return [Volume("whole", WHOLE, 1, 1, tuple(lines))]
    parts = {code: [i for i in lines if i.part == name] for code, name in PARTS.items()}
    filled = [code for code in PARTS if parts[code]]
    return [Volume(code, PARTS[code], n, len(filled), tuple(parts[code])) for n, code in enumerate(filled, 1)]


def numbered(found: Sequence[Item], after: int = 0) -> list[dict[str, Any]]:
    """The rows of one volume's printed catalogue with page numbers running through it, on from page ``after``."""
    rows: list[dict[str, Any]] = []
    page = after + 1
    for seq, item in enumerate(found, 1):
        pages = (
            {"page_from": page, "page_to": page + item.pages - 1}
            if item.pages
            else {"page_from": "", "page_to": ""}
        )
        rows.append({
            "seq": seq, "number": item.number, "author": item.author, "title": item.title, "date": item.date,
            **pages, "note": item.note, "secrecy": "",
        })  # fmt: skip
        page += item.pages
    return rows


def bureau_of(case: CaseFile) -> str:
    """The bureau's name in force when the case was closed or archived."""
    on = day(
        case.archived_at
        or case.closed_at
        or case.opened_at
        or day(next(iter(case.documents.values())).made_at)
    )
    return str(case.office.setting("bureau_name", on, "大连金普新区发展和改革局"))
