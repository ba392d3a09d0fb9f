"""卷内目录: the documents of a case in file order, each followed by its proof of service (domain §8.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from liuhen.archives import corrections
from liuhen.archives.marks import receipt_marks
from liuhen.casefile.moments import day, instant, write
from liuhen.casefile.office import Office
from liuhen.casefile.state import UNNUMBERED, CaseFile, Document, Recording
from liuhen.compliance.retention import retention
from liuhen.measures.vocabulary import Document as Kind
from liuhen.papers import PaperContext, catalogue, cover, receipt
from liuhen.vault.places import Vault

PARTS = {"main": "正卷", "internal": "副卷"}


@dataclass(frozen=True)
class Item:
    """One line of the catalogue: title, number, date, pages, the digest of its bytes and where they lie."""

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


def ordered(case: CaseFile) -> list[Document]:
    """The documents of a case in file order: main file before internal, then the kind's place, then time."""

    def place(document: Document) -> tuple[int, int, Any, str]:
        kind: Kind = document.declared
        return (kind.part == "internal", kind.order, instant(document.made_at), document.id)

    return sorted((d for d in case.documents.values() if not d.voided), key=place)


def items(case: CaseFile) -> list[Item]:
    """The catalogue: every document with the proof of its service, then the recordings with their digests."""
    found: list[Item] = []
    for document in ordered(case):
        corrected = corrections.lines(case, document)
        paper = _document(document, case.office)
        note = "，".join(text for text in (paper.note, "有更正，以更正页为准" if corrected else "") if text)
        found.append(replace(paper, note=note))
        if corrected:
            found.append(_corrections(document, corrected))
        if document.service:
            found.append(_receipt(document))
    return found + [_recording(r, case.office) for r in recordings(case)]


def recordings(case: CaseFile) -> list[Recording]:
    """The deposited files that are not sealed away, in order of deposit."""
    shown = [r for r in case.recordings.values() if not r.voided]
    return sorted(shown, key=lambda r: (instant(r.deposited_at), r.entry))


def _document(document: Document, office: Office) -> Item:
    rendition = document.rendition("final") or document.rendition("for_signature")
    issued = document.issued
    scan = str(document.current.backfill.get("scan", ""))
    note = "" if not scan else "补录，扫描件"
    if rendition is None and not scan:
        note = "没有成文"
    return Item(
        part=PARTS[document.declared.part],
        kind=document.kind,
        title=document.title,
        number=issued.number if issued and issued.number != UNNUMBERED else "",
        author=issued.authority if issued else office.name(document.current.actor),
        date=day(document.made_at).isoformat(),
        pages=rendition.pages if rendition else 1,
        document=document.id,
        digest=rendition.digest if rendition else scan,
        note=note,
    )


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
    )


def _recording(recording: Recording, office: Office) -> Item:
    return Item(
        part="正卷",
        kind="recording" if recording.recorded else "original",
        title=recording.what,
        number="",
        author=office.name(recording.by) if recording.by else "",
        date=day(recording.ends or recording.deposited_at).isoformat(),
        pages=1,
        document=recording.document,
        digest=recording.digest,
        note="存于专用存储设备" if recording.place == "device" else recording.name,
    )


def numbered(found: Sequence[Item]) -> list[dict[str, Any]]:
    """The rows of the printed catalogue with page numbers running through the file."""
    rows: list[dict[str, Any]] = []
    page = 1
    for seq, item in enumerate(found, 1):
        rows.append({
            "seq": seq, "number": item.number, "author": item.author, "title": item.title, "date": item.date,
            "page_from": page, "page_to": page + item.pages - 1, "note": item.note, "secrecy": "",
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


def printed(case: CaseFile, found: Sequence[Item]) -> bytes:
    """The catalogue as PDF/A."""
    facts = (("案号", case.case_no), ("案卷题名", case.title))
    return catalogue(numbered(found), PaperContext(bureau=bureau_of(case), facts=facts))


def printed_cover(case: CaseFile, found: Sequence[Item]) -> bytes:
    """The cover of the file as PDF/A (domain §8.2)."""
    decision = case.decision
    party = case.party or {}
    values = {
        "bureau": bureau_of(case),
        "year": str(day(case.opened_at).year) if case.opened_at else "",
        "title": case.title,
        "number": decision.issued.number if decision and decision.issued else "",
        "party": str(party.get("name", "")),
        "section": case.section,
        "officers": "、".join(case.office.name(p) for p in case.officers),
        "closed_on": day(case.closed_at).isoformat() if case.closed_at else "",
        "result": case.outcome,
        "retention": retention(case).term.label,
        "items": str(len(found)),
        "pages": str(sum(item.pages for item in found)),
    }
    return cover(values, PaperContext(bureau=values["bureau"]))


def printed_receipt(case: CaseFile, document: Document, titles: dict[str, str], vault: Vault) -> bytes:
    """送达回证, printed from the service steps and never typed, with the signatures that were drawn for it."""
    steps = [
        {
            **step.body,
            "at": write(step.at),
            "servers": [
                {"name": case.office.name(str(s))} if isinstance(s, str) else s
                for s in step.body.get("servers", [])
            ],
        }
        for step in document.service
    ]
    context = PaperContext(bureau=bureau_of(case), documents=titles, facts=(("案号", case.case_no),))
    return receipt(steps, context, receipt_marks(document, vault))


def printed_corrections(case: CaseFile, document: Document) -> bytes:
    """更正页 of a document, printed from its corrections."""
    return corrections.printed(case, document, bureau_of(case))
