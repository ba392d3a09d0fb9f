"""Building a package: BagIt with documents in file order, originals, entries, proofs, and the verifier itself.

Two halves. ``write_payload`` makes everything the ``Archived`` entry vouches for; ``write_proof`` adds, once that entry is
sealed, the tag files that prove it. Killed between the two, ``write_proof`` is simply done again.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from django.db.models import Q

from liuhen.archives import catalogue, corrections
from liuhen.archives.catalogue import Item
from liuhen.casefile.state import CaseFile
from liuhen.ledger import canonical, commitment, notes
from liuhen.records.checkpoints import Seen, best, handovers, log_keys, registered
from liuhen.records.models import Body, Entry, Leaf
from liuhen.records.naming import NO_FILES, digests
from liuhen.records.read import TRAY, header, rows, streams
from liuhen.records.seal import inclusion_proofs, log_name
from liuhen.records.stamping import stamped
from liuhen.vault import copying
from liuhen.vault.places import Vault

VERIFIER = Path(__file__).resolve().parents[2] / "verifier"
MANIFEST, TAGMANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
ORIGINALS = "data/originals/"
PLACES = ("vault", "device")
LARGE = 1 << 20  # bytes: copying and hashing overlap, and the copy is brought to the disk at once


class PackageError(RuntimeError):
    """A package that cannot be built; the Chinese message says why."""


@dataclass(frozen=True)
class Payload:
    """What ``Archived`` says of a payload."""

    manifest: str
    files: int
    bytes: int


def line(row: Entry, body: Body | None, withheld: Iterable[str] = ()) -> dict[str, Any]:
    """One entry as it stands in a package; without ``body`` when that was destroyed."""
    whole: dict[str, Any] = {"header": header(row), "hash": row.hash}
    if body is not None:
        nodes = commitment.nodes(json.loads(body.content), bytes.fromhex(body.seed))
        whole["body"] = commitment.withhold(nodes, list(withheld)) if withheld else nodes
    return whole


def digest_of(path: Path) -> tuple[str, int]:
    """SHA-256 (hex) and size of a file, in constant memory."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return digest, path.stat().st_size


def manifest(root: Path, paths: Iterable[str]) -> str:
    """The lines of a manifest over files of the bag, sorted by path."""
    return "".join(f"{_digest(root, path)}  {path}\n" for path in sorted(paths))


def _digest(root: Path, path: str) -> str:
    # An original stands under its digest, and was hashed while it was copied there: it is not read a second time.
    if path.startswith(ORIGINALS):
        return path.removeprefix(ORIGINALS).partition(".")[0]
    return digest_of(root / path)[0]


def _payload_paths(root: Path) -> list[str]:
    return [p.relative_to(root).as_posix() for p in sorted((root / "data").rglob("*")) if p.is_file()]


def _write(root: Path, path: str, data: bytes) -> None:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def copy_out(vault: Vault, digest: str, target: Path) -> None:
    """Copy an object out of the vault, checking its digest on the way. Raises PackageError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with vault.open(digest) as source, target.open("wb") as made:
        if vault.size(digest) > LARGE:
            found, _ = copying.copy(source, made.fileno())
        else:
            data = source.read()
            found = hashlib.sha256(data).hexdigest()
            made.write(data)
    if f"sha256:{found}" != digest:
        raise PackageError(f"库中的文件与记录不符：{digest}")


def write_payload(
    root: Path,
    case: CaseFile,
    lines: Sequence[dict[str, Any]],
    office: Sequence[dict[str, Any]],
    vault: Vault,
    titles: dict[str, str],
) -> Payload:
    """Write ``data/`` and its manifest into an empty folder and return what ``Archived`` is to say of it."""
    found = _documents(root, case, vault, catalogue.items(case), titles)
    found += _other_renditions(root, case, vault, {item.digest for item in found})
    _originals(root, lines, vault)
    shown = [asdict(item) for item in found]
    head = {
        "case_no": case.case_no,
        "title": case.title,
        "procedure": case.procedure,
        "measures": case.measures,
    }
    _write(root, "data/catalogue.json", canonical.encode({**head, "items": shown}))
    _write(root, "data/catalogue.pdf", catalogue.printed(case, [i for i in found if i.note != "送签稿"]))
    _write(root, "data/forms/0000-case_cover.pdf", catalogue.printed_cover(case, found))
    return write_entries(root, lines, office)


def write_entries(root: Path, lines: Sequence[dict[str, Any]], office: Sequence[dict[str, Any]]) -> Payload:
    """Write the entries and the payload's manifest; returns what the manifest comes to."""
    for name, each in (("case", lines), ("office", office)):
        _write(
            root, f"data/entries/{name}.jsonl", b"".join(canonical.encode(value) + b"\n" for value in each)
        )
    paths = _payload_paths(root)
    text = manifest(root, paths)
    _write(root, MANIFEST, text.encode())
    size = sum((root / path).stat().st_size for path in paths)
    return Payload(f"sha256:{hashlib.sha256(text.encode()).hexdigest()}", len(paths), size)


def _documents(
    root: Path, case: CaseFile, vault: Vault, found: list[Item], titles: dict[str, str]
) -> list[Item]:
    written: list[Item] = []
    for number, item in enumerate(found, 1):
        document = case.documents.get(item.document)
        path = ""
        if item.kind == "service_receipt" and document is not None:
            path = f"data/forms/{number:04d}-service_receipt.pdf"
            _write(root, path, catalogue.printed_receipt(case, document, titles, vault))
        elif item.kind == corrections.KIND and document is not None:
            path = f"data/forms/{number:04d}-{item.kind}.pdf"
            _write(root, path, catalogue.printed_corrections(case, document))
        elif (
            document is not None
            and item.kind == document.kind
            and (document.rendition("final") or document.rendition("for_signature"))
        ):
            path = f"data/documents/{number:04d}-{item.kind}-r{document.current.number}.pdf"
            copy_out(vault, item.digest, root / path)
        written.append(replace(item, file=path))
    return written


def _other_renditions(root: Path, case: CaseFile, vault: Vault, done: set[str]) -> list[Item]:
    """Every other rendition that people saw: texts for signature, former revisions."""
    written: list[Item] = []
    for document in catalogue.ordered(case):
        for revision in document.revisions:
            for rendition in revision.renditions:
                if rendition.digest in done:
                    continue
                done.add(rendition.digest)
                number = 9000 + len(written)
                path = (
                    f"data/documents/{number:04d}-{document.kind}-r{revision.number}-{rendition.purpose}.pdf"
                )
                copy_out(vault, rendition.digest, root / path)
                written.append(
                    Item(
                        "备查",
                        document.kind,
                        document.title,
                        "",
                        "",
                        "",
                        rendition.pages,
                        document.id,
                        rendition.digest,
                        path,
                        "送签稿",
                    )
                )
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


def office_lines(case: CaseFile, until: int) -> list[dict[str, Any]]:
    """The office entries the case rests on: its people, their certificates and delegations, settings, calendar, keys,
    its own numbers, the deposits of recordings brought in from the tray; as far as the entry of the id ``until``."""
    people = {a.person for a in case.assignments} | {
        r.actor for d in case.documents.values() for r in d.revisions
    }
    people |= {o.actor for d in case.documents.values() for r in d.revisions for o in r.opinions}
    office = Entry.objects.filter(streams("office/"), id__lte=until)
    brought = {r.deposited for r in case.recordings.values()}
    wanted = office.filter(~Q(stream=TRAY) | Q(hash__in=brought))
    found = Body.objects.filter(entry__in=wanted).select_related("entry")
    return [
        line(body.entry, body)
        for body in found.order_by("entry__stream", "entry__position")
        if body.entry.stream == TRAY or _rests(body.entry, json.loads(body.content), case, people)
    ]


def _rests(row: Entry, body: dict[str, Any], case: CaseFile, people: set[str]) -> bool:
    if row.kind in ("NumberReserved", "NumberVoided"):
        borne = {d.issued.number for d in case.documents.values() if d.issued}
        return body.get("case") == case.id or (not body.get("case") and body["number"] in borne)
    if row.kind == "Happened":
        return body.get("values", {}).get("person", {}).get("person") in people
    if "person" in body:
        return body["person"] in people
    return row.kind in ("SettingSet", "CalendarSet", "KeySet", "Released", "Interpreted")


def write_proof(root: Path, archived: dict[str, Any] | None, kind: str = "complete") -> None:
    """Write the tag files: ``Archived`` (none for an excerpt of an open case), inclusion of every entry, checkpoint, keys, verifier, tag manifest.

    The checkpoint is the newest cosigned one that covers them all, else the newest of the log's own. Raises PackageError
    while an entry is not sealed yet.
    """
    hashes = [archived["hash"]] if archived else []
    for name in ("case", "office"):
        with (root / f"data/entries/{name}.jsonl").open("rb") as stream:
            hashes += [json.loads(each)["hash"] for each in stream]
    places = dict(Leaf.objects.filter(hash__in=hashes).values_list("hash", "index"))
    checkpoint = best(max(places.values(), default=0))
    missing = len(set(hashes) - places.keys())
    if missing or checkpoint is None or checkpoint.size <= max(places.values()):
        raise PackageError(f"还有 {missing} 条记录没有入账，稍后再试")
    if archived:
        _write(root, "proof/archived.json", canonical.encode(archived))
    _write(root, "proof/inclusion.json", canonical.encode(_inclusion(hashes, places, checkpoint)))
    _write(root, "proof/checkpoint.txt", checkpoint.note.encode())
    if (stamp := stamped(checkpoint.note)) is not None:
        _write(root, "proof/checkpoint.tsr", stamp)
    witnesses = [str(key) for key in registered("witness")]
    signers = notes.verify_note(checkpoint.note, log_keys())
    keys = {"log": [str(key) for key in signers], "witnesses": witnesses}
    if handed := handovers():
        keys["handovers"] = handed
    _write(root, "proof/keys.json", canonical.encode(keys))
    (root / "verify").mkdir(exist_ok=True)
    for name in ("verify.py", "README.txt"):
        shutil.copyfile(VERIFIER / name, root / "verify" / name)
    finish_bag(root, kind)


def _inclusion(hashes: Sequence[str], places: Mapping[str, int], checkpoint: Seen) -> dict[str, Any]:
    found = inclusion_proofs((places[h] for h in hashes), checkpoint.size)
    proofs = [
        {"hash": h, "index": places[h], "proof": [node.hex() for node in path]}
        for h, path in zip(hashes, found, strict=True)
    ]
    return {"origin": log_name(), "size": checkpoint.size, "root": checkpoint.root, "entries": proofs}


def finish_bag(root: Path, kind: str) -> None:
    """Write bagit.txt, bag-info.txt and the tag manifest."""
    paths = _payload_paths(root)
    size = sum((root / path).stat().st_size for path in paths)
    _write(root, "bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    _write(root, "bag-info.txt", f"Liuhen-Package: {kind}\nPayload-Oxum: {size}.{len(paths)}\n".encode())
    tags = [
        p.relative_to(root).as_posix()
        for p in sorted(root.rglob("*"))
        if p.is_file() and not p.is_relative_to(root / "data") and p.name != TAGMANIFEST
    ]
    _write(root, TAGMANIFEST, manifest(root, tags).encode())


def case_lines(case: str, until: int | None = None) -> list[dict[str, Any]]:
    """The entries of a case as lines of a package, as far as position ``until``."""
    return [line(row, body) for row, body in rows(f"case/{case}") if until is None or row.position <= until]
