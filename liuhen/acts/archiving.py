"""Archive 归档: build the package, record it, prove it. Also the redacted copy, and destruction after retention.

Commit point of archiving: the ``Archived`` entry. Killed before it, a folder beginning with ``.`` is left and swept; killed
after it, ``publish`` builds the same payload again (its manifest is in the entry) and puts the package in its place.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from liuhen.acts.engine import perform
from liuhen.acts.finishing import printed_titles
from liuhen.acts.situation import Situation, invalid
from liuhen.acts.storage import vault
from liuhen.archives import package
from liuhen.archives.package import PackageError
from liuhen.casefile.settle import settle
from liuhen.casefile.state import CaseFile
from liuhen.office.policy import Actor, Subject, require
from liuhen.records import read
from liuhen.records.append import New, Receipt
from liuhen.records.models import Body, Disposal, Entry
from liuhen.records.project import project
from liuhen.records.seal import seal


def packages() -> Path:
    """The folder in which packages are kept."""
    folder = Path(settings.LIUHEN_DATA) / "packages"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def archive(case: str, actor: Actor) -> list[Receipt]:
    """Archive a closed case: build its package, append ``Archived``, publish the package. Raises Invalid, Stopped."""
    with tempfile.TemporaryDirectory(prefix=".building-", dir=packages()) as folder:
        built: list[Path] = []

        def decide(here: Situation) -> list[New]:
            if here.case.closed_at is None:
                raise invalid("case", "结案报告批准以后才能归档")
            if here.case.archived_at is not None:
                raise invalid("case", "已经归档；以后的材料作为补充归档")
            root = Path(tempfile.mkdtemp(dir=folder))
            payload = _payload(root, here.case, here.case.head)
            built[:] = [root]
            body = {
                "cut_at": here.case.head,
                "head": here.entries[-1].hash,
                "manifest": payload.manifest,
                "files": payload.files,
                "bytes": payload.bytes,
            }
            return [New("Archived", body)]

        receipts = perform("archive", case, actor, decide)
        _publish(built[0], case, receipts[0].hash)
    return receipts


def _payload(root: Path, case: CaseFile, until: int) -> package.Payload:
    lines = package.case_lines(case.id, until)
    return package.write_payload(root, case, lines, package.office_lines(case), vault(), printed_titles(case))


def _archived_row(case: str) -> tuple[Entry, Body | None]:
    for row, body in read.rows(f"case/{case}"):
        if row.kind == "Archived":
            return row, body
    raise invalid("case", "这个案件还没有归档")


def place(case: str) -> Path:
    """Where the package of a case lies."""
    return packages() / case


def _publish(root: Path, case: str, archived: str) -> Path:
    seal()
    row, body = _archived_row(case)
    assert row.hash == archived
    package.write_proof(root, package.line(row, body))
    target = place(case)
    if target.exists():
        shutil.rmtree(target)
    root.rename(target)
    return target


def publish(case: str, target: Path) -> Path:
    """Copy the package of an archived case to ``target``, building it again when it was lost; proofs and checkpoint are
    the newest, so that a later cosignature is in it. Raises Invalid, PackageError."""
    row, body = _archived_row(case)
    if target.exists():
        raise PackageError(f"{target.name} 已经存在，换一个名字")
    source = place(case)
    if source.exists():
        shutil.copytree(source, target)
    else:
        _rebuild(target, case, row)
    seal()
    package.write_proof(target, package.line(row, body))
    return target


def _rebuild(target: Path, case: str, row: Entry) -> None:
    entries = [e for e in read.case_entries(case) if e.position < row.position]
    settled = settle(entries, read.office())
    target.mkdir(parents=True)
    _payload(target, settled, row.position - 1)


def redacted(
    case: str,
    actor: Actor,
    target: Path,
    withhold: Iterable[str],
    *,
    documents: Iterable[str] = (),
    to: str,
    purpose: str,
) -> Path:
    """Make a redacted copy of an archived case and record that it was handed out.

    ``withhold`` are ``<position>:<path>`` (``12:/values/provider``) or ``<position>`` for a whole body. PDFs and originals
    stay out except those whose document ids are named. The copy still proves ``Archived``. Raises Invalid.
    """
    hidden: dict[int, list[str]] = {}
    for item in withhold:
        position, _, path = item.partition(":")
        if not position.isdigit():
            raise invalid("withhold", f"遮盖的写法是“条号:路径”，不认识 {item}")
        hidden.setdefault(int(position), []).append(path)
    here = read.case_entries(case)
    state = settle(here, read.office())
    require(actor, "hand_out", Subject(state.section))
    row, body = _archived_row(case)
    target.mkdir(parents=True)
    lines = [
        _shown(r, b, hidden.get(r.position))
        for r, b in read.rows(f"case/{case}")
        if r.position < row.position
    ]
    package.write_entries(target, lines, package.office_lines(state))
    _chosen(target, state, set(documents))
    package.write_entries(target, lines, package.office_lines(state))
    seal()
    package.write_proof(target, package.line(row, body), kind="redacted")
    _record_handed(case, actor, target, to, purpose, withhold)
    return target


def _shown(row: Entry, body: Body | None, paths: list[str] | None) -> dict[str, Any]:
    if paths is None:
        return package.line(row, body)
    if "" in paths:
        whole = package.line(row, body)
        return package.line(
            row, body, ["/" + n["path"].split("/")[1] for n in whole.get("body", []) if "path" in n]
        )
    return package.line(row, body, paths)


def _chosen(target: Path, case: CaseFile, documents: set[str]) -> None:
    for number, document in enumerate(sorted(documents), 1):
        found = case.documents.get(document)
        rendition = found.rendition("final") if found else None
        if found is None or rendition is None:
            raise invalid("documents", "选中的文书没有成文")
        path = target / "data" / "documents" / f"{number:04d}-{found.kind}-r{found.current.number}.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        with vault().open(rendition.digest) as source:
            path.write_bytes(source.read())


def _record_handed(
    case: str, actor: Actor, target: Path, to: str, purpose: str, withhold: Iterable[str]
) -> None:
    digest, _ = package.digest_of(target / package.TAGMANIFEST)
    body = {"to": to, "purpose": purpose, "copy": f"sha256:{digest}", "withheld": sorted(withhold)}
    perform("hand_out", case, actor, lambda here: [New("Handed", body)])


def dispose(case: str, actor: Actor, *, reason: str, approval: str) -> list[Receipt]:
    """Destroy the bodies and files of an archived case after its retention: ``Disposed`` names them; headers, hashes and
    proofs stay, and copies handed out before still verify. Raises Invalid, NotPermitted."""

    def decide(here: Situation) -> list[New]:
        if here.case.archived_at is None:
            raise invalid("case", "没有归档的案件不能销毁")
        if not reason.strip() or not approval.strip():
            raise invalid("reason", "填写销毁的理由和批准依据")
        return [New("Disposed", _disposed(here, reason, approval))]

    receipts = perform("dispose", case, actor, decide, stoppable=False)
    _destroy(case)
    return receipts


def _disposed(here: Situation, reason: str, approval: str) -> dict[str, Any]:
    entries = [e.hash for e in here.entries if e.body is not None]
    objects = sorted({d for e in here.entries for d in package.digests(e.body)} - _shared(here.case.id))
    kept = [o for o in objects if vault().exists(o)]
    return {"entries": entries, "objects": kept, "reason": reason.strip(), "approval": approval.strip()}


def _shared(case: str) -> set[str]:
    """Files that an entry of another case names too: those stay."""
    found = Body.objects.filter(entry__stream__startswith="case/").exclude(entry__stream=f"case/{case}")
    return {d for body in found.iterator() for d in package.digests_in(body.content)}


def _destroy(case: str) -> None:
    """Carry out what ``Disposed`` names; done again after a crash it changes nothing more."""
    named = [e for e in read.case_entries(case) if e.kind == "Disposed" and e.body is not None]
    for entry in named:
        assert entry.body is not None
        with transaction.atomic():
            rows = Entry.objects.filter(hash__in=list(entry.body["entries"]))
            for row in rows:
                Disposal.objects.get_or_create(entry=row, defaults={"by": entry.hash})
            Body.objects.filter(entry__in=rows).delete()
        for digest in entry.body["objects"]:
            vault().destroy(digest)
    shutil.rmtree(place(case), ignore_errors=True)
    project(case)
