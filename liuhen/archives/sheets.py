"""The sheets of a file that are printed and never typed: cover, catalogue, remarks, proof of service, corrections (domain §8.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from liuhen.archives import corrections
from liuhen.archives.catalogue import PARTS, Volume, bureau_of, numbered, ordered
from liuhen.archives.marks import receipt_marks
from liuhen.casefile.moments import day, write
from liuhen.casefile.state import CaseFile, Document, ServiceStep
from liuhen.compliance.events import occurrences
from liuhen.compliance.retention import retention
from liuhen.compliance.rules.keeping import lacking
from liuhen.papers import PaperContext, catalogue, cover, receipt, table, wording
from liuhen.vault.places import Vault

ON_DEVICE = "存于专用存储设备"
KEPT_HERE = "存于本系统原件库"


@dataclass(frozen=True)
class Filing:
    """What archiving adds to a case: the archival number 档号, the day, who checked the file; which supplement it is (0: the
    first package) and from which page on each volume goes on."""

    number: str
    on: date
    checker: str
    supplement: int = 0
    after: tuple[tuple[str, int], ...] = ()

    def pages_before(self, volume: Volume) -> int:
        """The last page of the volume that earlier packages have."""
        return dict(self.after).get(volume.name, 0)


def _context(case: CaseFile, filing: Filing, *more: tuple[str, str]) -> PaperContext:
    facts = (("档号", filing.number), ("案号", case.case_no), *more)
    return PaperContext(bureau=bureau_of(case), facts=[(label, text) for label, text in facts if text])


def _heading(words: str, volume: Volume, filing: Filing) -> str:
    again = f"（第{filing.supplement}次补充）" if filing.supplement else ""
    return words + (f"（{volume.name}）" if volume.name in PARTS.values() else "") + again


def printed_catalogue(case: CaseFile, volume: Volume, filing: Filing) -> bytes:
    """The catalogue of a volume as PDF/A."""
    rows = numbered(volume.items, filing.pages_before(volume))
    context = _context(case, filing, ("案卷题名", case.title))
    return catalogue(rows, context, title=_heading("卷内文件目录", volume, filing))


def printed_whole(case: CaseFile, found: Sequence[Volume], filing: Filing) -> bytes:
    """The catalogue of all volumes in one, as PDF/A."""
    rows = [row for volume in found for row in numbered(volume.items, filing.pages_before(volume))]
    for seq, row in enumerate(rows, 1):
        row["seq"] = seq
    return catalogue(rows, _context(case, filing, ("案卷题名", case.title)))


def printed_cover(case: CaseFile, volume: Volume, filing: Filing) -> bytes:
    """The cover of a volume as PDF/A (domain §8.2)."""
    decision, party = case.decision, case.party or {}
    docketed = occurrences(case, "docketed")
    fonds, _, rest = filing.number.partition("-")
    series, _, piece = rest.rpartition("-")
    values = {
        "heading": _heading("行政执法案卷", volume, filing),
        "bureau": bureau_of(case),
        "fonds_no": fonds if rest else "",
        "catalogue_no": series,
        "volume_no": piece,
        "archive_no": filing.number,
        "year": str(filing.on.year),
        "title": case.title,
        "number": decision.issued.number if decision and decision.issued else "",
        "party": str(party.get("name", "")),
        "section": case.section,
        "officers": "、".join(case.office.name(p) for p in case.officers),
        "docketed_on": day(docketed[0].at).isoformat() if docketed else "",
        "closed_on": day(case.closed_at).isoformat() if case.closed_at else "",
        "outcome": case.outcome,
        "archived_on": filing.on.isoformat(),
        "retention": retention(case).term.label,
        "items": str(len(volume.items)),
        "pages": str(volume.pages),
        "volume": f"共{volume.of}卷　第{volume.number}卷",
    }
    return cover(values, PaperContext(bureau=values["bureau"]))


def printed_remarks(case: CaseFile, volume: Volume, filing: Filing) -> bytes:
    """备考表 of a volume as PDF/A: what is wanting, corrected, added later, sealed away; where the recordings lie, with their
    digests; who compiled and who checked."""
    filmed = [i for i in volume.items if i.kind == "recording"]
    rows = [
        [i.title, i.date, i.note if i.note == ON_DEVICE else KEPT_HERE, wording.halves(i.digest)]
        for i in filmed
    ]
    compiler = case.office.name(case.officers[0]) if case.officers else ""
    signed = (
        f"立卷人：{compiler}　　检查人：{filing.checker}　　立卷时间：{wording.day(filing.on.isoformat())}"
    )
    columns = [("音像记录", 0), ("日期", 24), ("存放位置", 34), ("校验值（SHA-256）", 70)]
    return table(
        _heading("卷内备考表", volume, filing), columns, rows, _context(case, filing, ("案卷题名", case.title)),
        before=[f"{n}.{told}。" for n, told in enumerate(_told(case, volume, filing), 1)], after=[signed],
    )  # fmt: skip


def _told(case: CaseFile, volume: Volume, filing: Filing) -> Iterator[str]:
    """本卷情况说明, a sentence each."""
    mine = [
        d for d in ordered(case) if volume.name not in PARTS.values() or PARTS[d.declared.part] == volume.name
    ]
    held = {item.document for item in volume.items}
    last = filing.pages_before(volume) + volume.pages
    yield f"本卷共 {len(volume.items)} 件，{volume.pages} 页，末页为第 {last} 页"
    for document in mine:
        if document.id in held and (missing := lacking(document)):
            yield f"《{document.title}》{'，'.join(missing)}"
    late = [d.title for d in mine if d.id in held and d.current.origin == "backfilled"]
    if late:
        yield f"事后补录 {len(late)} 件：" + "、".join(f"《{title}》" for title in late)
    if corrected := [i for i in volume.items if i.kind == corrections.KIND]:
        yield f"有更正 {len(corrected)} 件，原件不动，更正页随附"
    sealed = sum(1 for d in case.documents.values() if d.voided and PARTS[d.declared.part] == volume.name)
    sealed += sum(1 for r in case.recordings.values() if r.voided) if volume.number == 1 else 0
    if sealed:
        yield f"因附错等原因封存 {sealed} 件，不在卷内，条目和理由仍在记录中"
    electronic = [i for i in volume.items if not i.pages and i.kind != "recording"]
    if electronic:
        yield f"只以电子形式保存、不编页号的 {len(electronic)} 件：" + "、".join(i.title for i in electronic)
    if filing.supplement:
        yield f"本次为归档以后的第 {filing.supplement} 次补充，页号接续前卷"


def servers_of(case: CaseFile, step: ServiceStep) -> list[str]:
    """The names of those who served: people of the bureau, or others that the step tells by name."""
    told: list[Any] = list(step.body.get("servers", ()))
    return [case.office.name(one) if isinstance(one, str) else str(one["name"]) for one in told]


def printed_receipt(case: CaseFile, document: Document, titles: dict[str, str], vault: Vault) -> bytes:
    """送达回证, printed from the service steps and never typed, with the signatures that were drawn for it."""
    steps = [
        {
            **step.body,
            "at": write(step.at),
            "servers": [{"name": name} for name in servers_of(case, step)],
        }
        for step in document.service
    ]
    context = PaperContext(bureau=bureau_of(case), documents=titles, facts=(("案号", case.case_no),))
    return receipt(steps, context, receipt_marks(document, vault))


def printed_corrections(case: CaseFile, document: Document) -> bytes:
    """更正页 of a document, printed from its corrections."""
    return corrections.printed(case, document, bureau_of(case))
