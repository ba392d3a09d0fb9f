"""What lies in a package: papers in file order, printed sheets, originals, catalogue, metadata with their schema."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from liuhen.archives import catalogue, corrections, metadata, sheets
from liuhen.archives.bag import ORIGINALS, PackageError, copy_out, write
from liuhen.archives.catalogue import Item, Volume
from liuhen.archives.originals import counted
from liuhen.archives.sheets import Filing
from liuhen.casefile.state import CaseFile
from liuhen.ledger import canonical, commitment
from liuhen.papers import page_count
from liuhen.records.naming import NO_FILES, digests
from liuhen.vault.places import Vault

PLACES = ("vault", "device")
FOR_REFERENCE = "备查"
Line = dict[str, Any]
SHEETS: dict[str, Callable[[CaseFile, Volume, Filing], bytes]] = {
    "cover": sheets.printed_cover,
    "catalogue": sheets.printed_catalogue,
    "remarks": sheets.printed_remarks,
}


def write_contents(
    root: Path,
    case: CaseFile,
    lines: Sequence[Line],
    vault: Vault,
    titles: dict[str, str],
    filing: Filing,
    before: CaseFile | None = None,
) -> list[Volume]:
    """Write every file of the payload but the entries; returns the volumes as they lie there.

    ``before`` is the case as the packages before this one have it: what they have is left out. Raises PackageError when the
    vault has lost a file.
    """
    count = counted(vault)
    had = {_same(item) for item in catalogue.items(before, count)} if before else set[Any]()
    found = [item for item in catalogue.items(case, count) if _same(item) not in had]
    written = _documents(root, case, vault, found, titles)
    volumes = catalogue.volumes(case, written)
    rendered = {line["hash"] for line in lines if line["header"]["kind"] == "Rendered"}
    others = _other_renditions(root, case, vault, {item.digest for item in written}, rendered)
    _originals(root, lines, vault)
    _listed(root, case, volumes, others, filing)
    for volume in volumes:
        for name, printed in SHEETS.items():
            write(root, sheet_place(name, volume), printed(case, volume, filing))
    _described(root, case, volumes, filing)
    return volumes


def sheet_place(name: str, volume: Volume) -> str:
    """Where a sheet of a volume lies: cover and catalogue before the papers, the remarks behind them."""
    return f"data/forms/{'9999' if name == 'remarks' else '0000'}-{name}_{volume.code}.pdf"


def _same(item: Item) -> tuple[Any, ...]:
    """What makes a line of the catalogue the same as one of an earlier package."""
    return (item.kind, item.document, item.digest, item.basis)


def _listed(
    root: Path, case: CaseFile, volumes: Sequence[Volume], others: Iterable[Item], filing: Filing
) -> None:
    """The catalogue as JSON and as one sheet."""
    parts: list[dict[str, Any]] = []
    shown: list[dict[str, Any]] = []
    for volume in volumes:
        rows = catalogue.numbered(volume.items, filing.pages_before(volume))
        places = {name: sheet_place(name, volume) for name in SHEETS}
        parts.append({"code": volume.code, "name": volume.name, "pages": volume.pages, **places})
        shown += [
            {**asdict(item), "volume": volume.code, "from": str(row["page_from"]), "to": str(row["page_to"])}
            for item, row in zip(volume.items, rows, strict=True)
        ]
    head = {
        "case_no": case.case_no, "title": case.title, "procedure": case.procedure, "measures": case.measures,
        "archive_no": filing.number, "supplement": filing.supplement, "volumes": parts,
    }  # fmt: skip
    shown += [asdict(item) for item in others]
    write(root, "data/catalogue.json", canonical.encode({**head, "items": shown}))
    write(root, "data/catalogue.pdf", sheets.printed_whole(case, volumes, filing))


def _described(root: Path, case: CaseFile, volumes: Sequence[Volume], filing: Filing) -> None:
    """The metadata and the schema that they keep to."""
    sizes = {
        item.digest: (root / item.file).stat().st_size
        for v in volumes
        for item in v.items
        if item.file and item.digest
    }
    write(root, metadata.PLACE, metadata.metadata(case, volumes, filing, sizes))
    shutil.copyfile(metadata.SCHEMA, root / metadata.SCHEMA_PLACE)


def _documents(
    root: Path, case: CaseFile, vault: Vault, found: list[Item], titles: dict[str, str]
) -> list[Item]:
    written: list[Item] = []
    for number, item in enumerate(found, 1):
        document = case.documents.get(item.document)
        path, printed = "", b""
        if item.kind == "service_receipt" and document is not None:
            path = f"data/forms/{number:04d}-service_receipt.pdf"
            printed = sheets.printed_receipt(case, document, titles, vault)
        elif item.kind == corrections.KIND and document is not None:
            path = f"data/forms/{number:04d}-{item.kind}.pdf"
            printed = sheets.printed_corrections(case, document)
        elif (
            document is not None
            and item.kind == document.kind
            and (document.rendition("final") or document.rendition("for_signature"))
        ):
            path = f"data/documents/{number:04d}-{item.kind}-r{document.current.number}.pdf"
            copy_out(vault, item.digest, root / path)
        if printed:
            write(root, path, printed)
        written.append(replace(item, file=path, pages=page_count(printed) if printed else item.pages))
    return written


def _other_renditions(
    root: Path, case: CaseFile, vault: Vault, done: set[str], rendered: set[str]
) -> list[Item]:
    """Every other rendition of these entries that people saw: texts for signature, former revisions."""
    written: list[Item] = []
    for document in catalogue.ordered(case):
        for revision in document.revisions:
            for rendition in revision.renditions:
                if rendition.digest in done or rendition.entry not in rendered:
                    continue
                done.add(rendition.digest)
                number = 9000 + len(written)
                path = (
                    f"data/documents/{number:04d}-{document.kind}-r{revision.number}-{rendition.purpose}.pdf"
                )
                copy_out(vault, rendition.digest, root / path)
                written.append(
                    Item(
                        part=FOR_REFERENCE, kind=document.kind, title=document.title, number="", author="", date="",
                        pages=rendition.pages, document=document.id, digest=rendition.digest, file=path, note="送签稿",
                    )
                )  # fmt: skip
    return written


def _originals(root: Path, lines: Sequence[dict[str, Any]], vault: Vault) -> None:
    """Every file that an entry names, under its digest; not what was sealed away, destroyed, or lies on the device.

    Raises PackageError when the vault has lost one.
    """
    bodies = [
        (each["header"]["kind"], each["hash"], commitment.body_of(each.get("body", []))) for each in lines
    ]
    names = {body["digest"]: body["name"] for kind, _, body in bodies if kind == "Deposited"}
    names |= {
        body["digest"]: body["file"]["name"] for kind, _, body in bodies if kind == "Tied" and "file" in body
    }
    for digest in sorted(_wanted(bodies)):
        if not vault.exists(digest):
            raise PackageError(f"库中没有记录所列的文件：{digest}")
        suffix = Path(names.get(digest, "")).suffix.lower()
        safe = suffix if suffix[1:].isalnum() and suffix.isascii() else ".bin"
        copy_out(vault, digest, root / f"{ORIGINALS}{digest.removeprefix('sha256:')}{safe}")


def _wanted(bodies: Sequence[tuple[str, str, dict[str, Any]]]) -> set[str]:
    """The originals that belong into a package: what the verifier will ask for, renditions apart."""
    ended = [body for kind, _, body in bodies if kind in ("Voided", "Disposed")]
    gone = {d for body in ended for d in digests(body)}
    hidden = {body["entry"] for body in ended if "entry" in body}
    gone |= {d for _, hash_, body in bodies if hash_ in hidden for d in digests(body)}
    gone |= {d for kind, _, body in bodies if kind == "Rendered" for d in digests(body)}
    placed = {
        place: {d for _, _, body in bodies if body.get("place") == place for d in digests(body)}
        for place in PLACES
    }
    gone |= placed["device"] - placed["vault"]
    return {
        d
        for kind, _, body in bodies
        for name, value in body.items()
        if (kind, name) not in NO_FILES
        for d in digests(value)
    } - gone
