"""Archive 归档: build the package, record it, prove it, and take it out again; recovery after a crash.

Commit point of archiving: the ``Archived`` entry. The payload is built in a folder ``.building-…`` and renamed to
``.built-<case>-<manifest>`` before the entry is appended. Killed before the entry, a hidden folder is left and swept;
killed after it, ``recover`` finds the payload by the manifest that the entry names, proves it and puts it in its place.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

from liuhen.acts.engine import perform
from liuhen.acts.finishing import followups, printed_titles
from liuhen.acts.locking import lock_archived
from liuhen.acts.situation import Situation, invalid, situation
from liuhen.acts.storage import vault
from liuhen.archives import package
from liuhen.archives.package import PackageError
from liuhen.casefile.settle import settle
from liuhen.casefile.state import CaseFile
from liuhen.office.policy import Actor
from liuhen.records import read
from liuhen.records.append import New, Receipt
from liuhen.records.models import Body, Entry
from liuhen.records.seal import seal, unsealed
from liuhen.vault.errors import VaultError

SEAL_TRIES = 20
ABANDONED = 24 * 3600  # seconds after which a folder being built has no builder any more


def packages() -> Path:
    """The folder in which packages are kept."""
    folder = Path(settings.LIUHEN_DATA) / "packages"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def place(case: str) -> Path:
    """Where the package of a case lies."""
    return packages() / case


@contextmanager
def building(beside: Path) -> Iterator[Path]:
    """An empty hidden folder to build in, on the same disk as ``beside``; what is left in it is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix=".building-", dir=beside.parent) as folder:
        root = Path(folder) / "package"
        root.mkdir()
        yield root


def archive(case: str, actor: Actor) -> list[Receipt]:
    """Archive a closed case: build its package, append ``Archived``, publish the package. Raises Invalid, Stopped.

    A case that has come to its end by the mere passing of days (served by public notice) is closed first.
    """
    here = situation(case, actor)
    if here.case.closed_at is None and followups(here, ()):
        perform("archive", case, actor, lambda _: ())
    try:
        receipts = perform("archive", case, actor, lambda here: [New("Archived", _built(here))])
    finally:
        _sweep(case)
    finish(case)
    # Where a store does not answer now, the next reading of everything does it.
    with suppress(VaultError):
        lock_archived(case)
    return receipts


def _built(here: Situation) -> dict[str, object]:
    """Build the payload of the case as it stands, and say what ``Archived`` is to say of it."""
    if here.case.closed_at is None:
        raise invalid("case", "结案报告批准以后才能归档")
    if here.case.archived_at is not None:
        raise invalid("case", "已经归档；以后的材料作为补充归档")
    with building(place(here.case.id)) as root:
        payload = _payload(root, here.case, here.case.head, read.last_id())
        target = _waiting(here.case.id, payload.manifest)
        shutil.rmtree(target, ignore_errors=True)
        root.rename(target)
    return {
        "cut_at": here.case.head,
        "head": here.entries[-1].hash,
        "manifest": payload.manifest,
        "files": payload.files,
        "bytes": payload.bytes,
    }


def _payload(root: Path, case: CaseFile, until: int, office_until: int) -> package.Payload:
    lines = package.case_lines(case.id, until)
    office = package.office_lines(case, office_until)
    return package.write_payload(root, case, lines, office, vault(), printed_titles(case))


def _waiting(case: str, manifest: str) -> Path:
    return packages() / f".built-{case}-{manifest.removeprefix('sha256:')}"


def archived_row(case: str) -> tuple[Entry, Body]:
    """The ``Archived`` entry of a case with its body. Raises Invalid when there is none, or the case was destroyed."""
    for row, body in read.rows(f"case/{case}"):
        if body is None:
            raise invalid("case", "案卷内容已经销毁")
        if row.kind == "Archived":
            return row, body
    raise invalid("case", "这个案件还没有归档")


def _manifest(case: str) -> str:
    """The manifest's digest that the ``Archived`` entry of a case names; empty without one."""
    found = Entry.objects.filter(stream=f"case/{case}", kind="Archived").order_by("position").first()
    return "" if found is None else str(read.entry_of(found, found.body).body["manifest"])  # type: ignore[attr-defined,index]


def finish(case: str) -> Path:
    """Prove the built payload of an archived case and put it in its place; a second call does nothing more.

    Raises Invalid, PackageError when the payload is lost and cannot be built the same again.
    """
    target = place(case)
    if target.exists():
        return target
    row, body = archived_row(case)
    waiting = _waiting(case, _manifest(case))
    if not waiting.exists():
        _rebuild(case, row, waiting)
    prove(waiting, row, body)
    waiting.rename(target)
    return target


def prove(root: Path, row: Entry | None, body: Body | None, kind: str = "complete") -> None:
    """Seal what is not sealed yet and write the proofs. Raises PackageError when sealing does not come to an end."""
    for _ in range(SEAL_TRIES):
        if not unsealed():
            break
        if seal(all_of_it=True) is None:
            time.sleep(0.1)
    package.write_proof(root, package.line(row, body) if row else None, kind)


def _rebuild(case: str, row: Entry, target: Path) -> None:
    """Build the payload anew as it was when ``Archived`` was appended: the same entries, the same office."""
    entries = [e for e in read.case_entries(case) if e.position < row.position]
    settled = settle(entries, read.office_until(row.pk))
    with building(target) as root:
        payload = _payload(root, settled, row.position - 1, row.pk)
        if payload.manifest != _manifest(case):
            raise PackageError("案卷包遗失，重新生成的与归档时的清单不符：从备份取回，或者补做一份遮盖副本")
        root.rename(target)


def publish(case: str, target: Path) -> Path:
    """Copy the package of an archived case to ``target``, which appears whole or not at all. Proofs and checkpoint are the
    newest, so that a later cosignature is in it. Raises Invalid, PackageError."""
    row, body = archived_row(case)
    if target.exists():
        raise PackageError(f"{target.name} 已经存在，换一个名字")
    source = finish(case)
    target.parent.mkdir(parents=True, exist_ok=True)
    with building(target) as root:
        shutil.copytree(source, root, dirs_exist_ok=True)
        prove(root, row, body)
        root.rename(target)
    return target


def remove(case: str) -> None:
    """Remove every package of a case, waiting ones too: for its destruction."""
    shutil.rmtree(place(case), ignore_errors=True)
    for folder in packages().glob(f".built-{case}-*"):
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(case: str) -> None:
    """Remove payloads that no ``Archived`` entry of the case names."""
    named = _manifest(case)
    for folder in packages().glob(f".built-{case}-*"):
        if not named or folder != _waiting(case, named):
            shutil.rmtree(folder, ignore_errors=True)


def recover() -> list[str]:
    """Finish what a crash interrupted: put packages in their place, remove what was left half built.

    Returns a Chinese sentence for each package that cannot be had any more.
    """
    lost: list[str] = []
    archived = Body.objects.filter(entry__kind="Archived").select_related("entry")
    cases = {body.entry.stream.removeprefix("case/") for body in archived}
    for case in sorted(cases):
        try:
            if read.case_entries(case)[0].body is not None:
                finish(case)
        except (PackageError, VaultError) as error:
            lost.append(f"{case}：{error}")
    for folder in packages().glob(".built-*"):
        _sweep(folder.name.removeprefix(".built-").rpartition("-")[0])
    for folder in packages().glob(".building-*"):
        if time.time() - folder.stat().st_mtime > ABANDONED:
            shutil.rmtree(folder, ignore_errors=True)
    return lost
