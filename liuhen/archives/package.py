"""Building a package: BagIt with documents in file order, originals, entries, proofs, and the verifier itself.

Two halves. ``write_payload`` makes everything the ``Archived`` entry vouches for; ``write_proof`` adds, once that entry is
sealed, the tag files that prove it. Killed between the two, ``write_proof`` is simply done again.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db.models import Q

from liuhen.archives.bag import PackageError, Payload, finish_bag, payload, write
from liuhen.archives.contents import write_contents
from liuhen.archives.sheets import Filing
from liuhen.casefile.state import CaseFile
from liuhen.ledger import canonical, commitment, notes
from liuhen.records.checkpoints import Seen, best, handovers, log_keys, registered
from liuhen.records.models import Body, Entry, Leaf
from liuhen.records.read import TRAY, header, rows, streams
from liuhen.records.seal import inclusion_proofs, log_name
from liuhen.records.stamping import stamped
from liuhen.vault.places import Vault

VERIFIER = Path(__file__).resolve().parents[2] / "verifier"


def verified(program: Path, packages: Sequence[Path]) -> list[dict[str, str]]:
    """The problems that a verifier, run as it is run outside, finds in packages: each with ``where`` and ``message``.

    Raises PackageError when it did not come to an answer.
    """
    done = subprocess.run(  # noqa: S603 - our own verifier, without a shell
        [sys.executable, "-S", "-I", str(program), *map(str, packages), "--json"],
        capture_output=True,
        check=False,
    )
    try:
        told = json.loads(done.stdout)
    except ValueError as error:
        raise PackageError("案卷包核验没有完成") from error
    problems = [p for report in (told if isinstance(told, list) else [told]) for p in report["problems"]]
    if not problems and done.returncode not in (0, 2):
        raise PackageError("案卷包核验没有完成")
    return problems


def line(row: Entry, body: Body | None, withheld: Iterable[str] = ()) -> dict[str, Any]:
    """One entry as it stands in a package; without ``body`` when that was destroyed."""
    whole: dict[str, Any] = {"header": header(row), "hash": row.hash}
    if body is not None:
        nodes = commitment.nodes(json.loads(body.content), bytes.fromhex(body.seed))
        whole["body"] = commitment.withhold(nodes, list(withheld)) if withheld else nodes
    return whole


def write_payload(
    root: Path,
    case: CaseFile,
    lines: Sequence[dict[str, Any]],
    office: Sequence[dict[str, Any]],
    vault: Vault,
    titles: dict[str, str],
    filing: Filing,
    before: CaseFile | None = None,
) -> tuple[Payload, dict[str, int]]:
    """Write ``data/`` and its manifest into an empty folder and return what ``Archived`` is to say of it: the payload, and the
    last page of each volume. ``before``: the case as the packages before a supplement have it."""
    volumes = write_contents(root, case, lines, vault, titles, filing, before)
    pages = dict(filing.after) | {v.name: filing.pages_before(v) + v.pages for v in volumes}
    return write_entries(root, lines, office), pages


def write_entries(root: Path, lines: Sequence[dict[str, Any]], office: Sequence[dict[str, Any]]) -> Payload:
    """Write the entries and the payload's manifest; returns what the manifest comes to."""
    for name, each in (("case", lines), ("office", office)):
        data = b"".join(canonical.encode(value) + b"\n" for value in each)
        write(root, f"data/entries/{name}.jsonl", data)
    return payload(root)


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
        write(root, "proof/archived.json", canonical.encode(archived))
    write(root, "proof/inclusion.json", canonical.encode(_inclusion(hashes, places, checkpoint)))
    write(root, "proof/checkpoint.txt", checkpoint.note.encode())
    if (stamp := stamped(checkpoint.note)) is not None:
        write(root, "proof/checkpoint.tsr", stamp)
    witnesses = [str(key) for key in registered("witness")]
    signers = notes.verify_note(checkpoint.note, log_keys())
    keys = {"log": [str(key) for key in signers], "witnesses": witnesses}
    if handed := handovers():
        keys["handovers"] = handed
    write(root, "proof/keys.json", canonical.encode(keys))
    (root / "verify").mkdir(exist_ok=True)
    for name in ("verify.py", "README.txt"):
        shutil.copyfile(VERIFIER / name, root / "verify" / name)
    finish_bag(root, f"Liuhen-Package: {kind}")


def _inclusion(hashes: Sequence[str], places: Mapping[str, int], checkpoint: Seen) -> dict[str, Any]:
    found = inclusion_proofs((places[h] for h in hashes), checkpoint.size)
    proofs = [
        {"hash": h, "index": places[h], "proof": [node.hex() for node in path]}
        for h, path in zip(hashes, found, strict=True)
    ]
    return {"origin": log_name(), "size": checkpoint.size, "root": checkpoint.root, "entries": proofs}


def case_lines(case: str, until: int | None = None, since: int = 1) -> list[dict[str, Any]]:
    """The entries of a case as lines of a package, from position ``since`` as far as ``until``."""
    return [
        line(row, body)
        for row, body in rows(f"case/{case}")
        if since <= row.position and (until is None or row.position <= until)
    ]
