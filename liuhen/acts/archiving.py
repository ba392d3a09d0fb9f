"""Archive 归档: build the package, record it, prove it, and take it out again; supplements of what came late; recovery after a crash.

Commit point of archiving: the ``Archived`` entry. The payload is built in a folder ``.building-…`` and renamed to
``.built-<case>-<manifest>`` before the entry is appended. Killed before the entry, a hidden folder is left and swept;
killed after it, ``recover`` finds the payload by the manifest that the entry names, proves it and puts it in its place.

A supplement 补充归档 is a further ``Archived`` and a package of what came after the last one. Its first entry is the ``Archived``
of the package before it, so that the two verify together and none can be left out between them.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

from liuhen.acts.engine import perform
from liuhen.acts.finishing import followups, printed_titles
from liuhen.acts.locking import lock_archived
from liuhen.acts.situation import Invalid, Situation, invalid, situation
from liuhen.acts.storage import vault
from liuhen.archives import looking, numbering, package
from liuhen.archives.bag import PackageError, Payload
from liuhen.archives.properties import Result, Seen, recorded
from liuhen.archives.sheets import Filing
from liuhen.casefile.entries import Entry as CaseEntry
from liuhen.casefile.moments import day, parse
from liuhen.casefile.office import Office
from liuhen.casefile.settle import settle
from liuhen.casefile.state import CaseFile
from liuhen.casefile.values import Problem
from liuhen.compliance.retention import retention
from liuhen.office.policy import Actor
from liuhen.records import numbers, read
from liuhen.records.append import New, Receipt
from liuhen.records.models import Body, Entry
from liuhen.records.numbers import Number
from liuhen.records.seal import seal, unsealed
from liuhen.vault.errors import VaultError

SEAL_TRIES = 20
ABANDONED = 24 * 3600  # seconds after which a folder being built has no builder any more


class Unsound(Invalid):
    """四性检测 keeps the file from being archived: a problem for each check that refuses, with the way out; ``found`` is all that
    came of it."""

    def __init__(self, found: Sequence[Result]) -> None:
        super().__init__(
            [
                Problem(r.check.code, r.check.title, f"{r.check.title}：{r.words}。{r.check.way}", False)
                for r in found
                if r.refuses
            ]
        )
        self.found = list(found)


def packages() -> Path:
    """The folder in which packages are kept."""
    folder = Path(settings.LIUHEN_DATA) / "packages"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def place(case: str, supplement: int = 0) -> Path:
    """Where the package of a case lies, or that of a supplement."""
    return packages() / (f"{case}+{supplement}" if supplement else case)


@contextmanager
def building(beside: Path) -> Iterator[Path]:
    """An empty hidden folder to build in, on the same disk as ``beside``; what is left in it is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix=".building-", dir=beside.parent) as folder:
        root = Path(folder) / "package"
        root.mkdir()
        yield root


def archive(case: str, actor: Actor) -> list[Receipt]:
    """Archive a closed case, or as a supplement what came to an archived one: build the package, append ``Archived``, publish
    the package. Raises Invalid, Stopped, NotPermitted; Unsound when 四性检测 keeps it from being archived.

    A case that has come to its end by the mere passing of days (served by public notice) is closed first.
    """
    here = situation(case, actor)
    if here.case.closed_at is None and followups(here, ()):
        perform("archive", case, actor, lambda _: ())
    try:
        receipts = perform("archive", case, actor, lambda here: [New("Archived", _built(here))])
    finally:
        _sweep(case)
        _lapse(situation(case, actor))
    finish(case)
    # Where a store does not answer now, the next reading of everything does it.
    with suppress(VaultError):
        lock_archived(case)
    return receipts


def _built(here: Situation) -> dict[str, object]:
    """Build the payload of the case as it stands, and say what ``Archived`` is to say of it."""
    if here.case.closed_at is None:
        raise invalid("case", "结案报告批准以后才能归档")
    if here.case.archived_at is not None and not here.case.unpackaged:
        raise invalid("case", "已经归档；以后的材料作为补充归档，现在还没有新的材料")
    found = _sound(looking.before(Seen(here.case, vault())))
    reserved = None if here.case.packages else _number(here)
    filing = _filing(here.case, reserved.text if reserved else "", day(here.now), here.actor.name)
    with building(place(here.case.id)) as root:
        payload, pages = _payload(root, here.case, here.entries, here.office, filing, read.last_id())
        found += _sound(looking.of_payload(Seen(here.case, vault(), root)))
        target = _waiting(here.case.id, payload.manifest)
        shutil.rmtree(target, ignore_errors=True)
        root.rename(target)
    body: dict[str, object] = {
        "cut_at": here.case.head,
        "head": here.entries[-1].hash,
        "manifest": payload.manifest,
        "files": payload.files,
        "bytes": payload.bytes,
        "archive_no": filing.number,
        "retention": retention(here.case).term.label,
        "pages": pages,
        "checks": recorded(found),
    }
    if filing.supplement:
        body["supplement"] = filing.supplement
    return body if reserved is None else {**body, "reservation": reserved.entry}


def _sound(found: list[Result]) -> list[Result]:
    """The results of 四性检测, when none of them keeps the file from being archived. Raises Unsound."""
    if any(result.refuses for result in found):
        raise Unsound(found)
    return found


def checked(case: CaseFile, supplement: int | None = None) -> list[Result]:
    """四性检测 as it stands now: of the file, and of its package, or that of a supplement, where one is asked for; reads all of
    that. Raises Invalid, PackageError."""
    found = looking.before(Seen(case, vault()))
    if supplement is None:
        return found
    archived_row(case.id, supplement)
    finish(case.id)
    return found + looking.of_package(Seen(case, vault(), place(case.id, supplement)))


def _number(here: Situation) -> Number:
    """The archival number of a case, reserved before it is printed on the cover."""
    series, pattern = numbering.pattern(here.case, day(here.now))
    key = numbers.key_of("archive", here.case.id)
    return numbers.reserve(
        series, day(here.now), pattern, key=key, case=here.case.id, actor=here.actor.person
    )


def _lapse(here: Situation) -> None:
    """Give up what was reserved for the file and not borne: archiving failed, or succeeded under another number."""
    series, _ = numbering.pattern(here.case, day(here.now))
    numbers.lapse(series, numbers.key_of("archive", here.case.id), here.actor.person)


def _filing(case: CaseFile, number: str, on: object, checker: str) -> Filing:
    """What archiving adds to a case as the packages before have left it."""
    last = case.packages[-1] if case.packages else {}
    return Filing(
        number=number or str(last.get("archive_no", "")),
        on=day(on),  # type: ignore[arg-type]
        checker=checker,
        supplement=len(case.packages),
        after=tuple(sorted(last.get("pages", {}).items())),
    )


def _payload(
    root: Path,
    case: CaseFile,
    entries: Sequence[CaseEntry],
    office: Office,
    filing: Filing,
    office_until: int,
) -> tuple[Payload, dict[str, int]]:
    """Write the payload of a case as far as its last entry: all of it, or what no package has yet."""
    cut = int(case.packages[-1]["cut_at"]) if case.packages else 0
    lines = package.case_lines(case.id, case.head, cut + 1)
    before = settle([e for e in entries if e.position <= cut], office) if cut else None
    told = package.office_lines(case, office_until)
    return package.write_payload(root, case, lines, told, vault(), printed_titles(case), filing, before)


def _waiting(case: str, manifest: str) -> Path:
    return packages() / f".built-{case}-{manifest.removeprefix('sha256:')}"


def archived_rows(case: str) -> list[tuple[Entry, Body]]:
    """The ``Archived`` entries of a case, the first and its supplements, with their bodies. Raises Invalid when there is none,
    or the case was destroyed."""
    found: list[tuple[Entry, Body]] = []
    for row, body in read.rows(f"case/{case}"):
        if body is None:
            raise invalid("case", "案卷内容已经销毁")
        if row.kind == "Archived":
            found.append((row, body))
    if not found:
        raise invalid("case", "这个案件还没有归档")
    return found


def archived_row(case: str, supplement: int = 0) -> tuple[Entry, Body]:
    """The first ``Archived`` entry of a case, or that of a supplement, with its body. Raises Invalid as :func:`archived_rows`,
    and when there is no such supplement."""
    rows = archived_rows(case)
    if supplement >= len(rows):
        raise invalid("supplement", f"没有第 {supplement} 次补充归档")
    return rows[supplement]


def _manifests(case: str) -> list[str]:
    """The manifests' digests that the ``Archived`` entries of a case name, in order."""
    rows = Entry.objects.filter(stream=f"case/{case}", kind="Archived").order_by("position")
    bodies = [read.entry_of(row, row.body).body for row in rows]  # type: ignore[attr-defined]
    return [str(body["manifest"]) for body in bodies if body is not None]


def finish(case: str) -> Path:
    """Prove the built payloads of an archived case and put them in their places; a second call does nothing more. Returns the
    place of the first.

    Raises Invalid, PackageError when a payload is lost and cannot be built the same again.
    """
    for supplement, manifest in enumerate(_manifests(case) or [""]):
        target = place(case, supplement)
        if target.exists():
            continue
        row, body = archived_row(case, supplement)
        waiting = _waiting(case, manifest)
        if not waiting.exists():
            _rebuild(case, row, waiting, manifest)
        prove(waiting, row, body, kind_of(supplement))
        waiting.rename(target)
    return place(case)


def kind_of(supplement: int) -> str:
    """What kind of package it is, as the bag says."""
    return "supplement" if supplement else "complete"


def prove(root: Path, row: Entry | None, body: Body | None, kind: str = "complete") -> None:
    """Seal what is not sealed yet and write the proofs. Raises PackageError when sealing does not come to an end."""
    for _ in range(SEAL_TRIES):
        if not unsealed():
            break
        if seal(all_of_it=True) is None:
            time.sleep(0.1)
    package.write_proof(root, package.line(row, body) if row else None, kind)


def _rebuild(case: str, row: Entry, target: Path, manifest: str) -> None:
    """Build the payload anew as it was when ``Archived`` was appended: the same entries, the same office."""
    entries = [e for e in read.case_entries(case) if e.position < row.position]
    office = read.office_until(row.pk)
    settled = settle(entries, office)
    told = read.entry_of(row, row.body).body or {}  # type: ignore[attr-defined]
    filing = _filing(settled, str(told.get("archive_no", "")), parse(row.at), office.name(row.actor))
    with building(target) as root:
        payload, _ = _payload(root, settled, entries, office, filing, row.pk)
        if payload.manifest != manifest:
            raise PackageError("案卷包遗失，重新生成的与归档时的清单不符：从备份取回，或者补做一份遮盖副本")
        root.rename(target)


def publish(case: str, target: Path, supplement: int = 0) -> Path:
    """Copy the package of an archived case, or a supplement, to ``target``, which appears whole or not at all. Proofs and
    checkpoint are the newest, so that a later cosignature is in it. Raises Invalid, PackageError."""
    row, body = archived_row(case, supplement)
    if target.exists():
        raise PackageError(f"{target.name} 已经存在，换一个名字")
    finish(case)
    target.parent.mkdir(parents=True, exist_ok=True)
    with building(target) as root:
        shutil.copytree(place(case, supplement), root, dirs_exist_ok=True)
        prove(root, row, body, kind_of(supplement))
        root.rename(target)
    return target


def remove(case: str) -> None:
    """Remove every package of a case, supplements and waiting ones too: for its destruction."""
    for folder in [place(case), *packages().glob(f"{case}+*"), *packages().glob(f".built-{case}-*")]:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(case: str) -> None:
    """Remove payloads that no ``Archived`` entry of the case names."""
    named = {_waiting(case, manifest) for manifest in _manifests(case)}
    for folder in packages().glob(f".built-{case}-*"):
        if folder not in named:
            shutil.rmtree(folder, ignore_errors=True)


def recover() -> list[str]:
    """Finish what a crash interrupted: put packages in their place, remove what was left half built, give up the numbers that no
    package got.

    Returns a Chinese sentence for each package that cannot be had any more.
    """
    numbers.lapse_all(numbering.FAMILY, "system")
    lost: list[str] = []
    archived = Entry.objects.filter(kind="Archived").values_list("stream", flat=True)
    for case in sorted({stream.removeprefix("case/") for stream in archived}):
        try:
            if read.case_entries(case)[0].body is not None:
                finish(case)
        except (PackageError, VaultError) as error:
            lost.append(f"{case}：{error}")
    for folder in packages().glob(".built-*"):
        _sweep(folder.name.removeprefix(".built-").rpartition("-")[0])
    for folder in (*packages().glob(".building-*"), *packages().glob(".taken-*")):
        if time.time() - folder.stat().st_mtime > ABANDONED:
            shutil.rmtree(folder, ignore_errors=True)
    return lost
