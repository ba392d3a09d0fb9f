"""A store on a filesystem: every original once, under its SHA-256, never changed.

    objects/ab/cd/<64 hex digits>   what is stored, read-only
    incoming/<random>.part          what is being written
    quarantine/<64 hex digits>-…    what was found damaged, kept as evidence

**Commit point**: the rename into `objects`. Before it nothing is visible; the bytes were fsynced before it,
the folders after it, and `put` returns only then. A writer that dies leaves a part file and nothing else.

**Crash story**: a living writer holds a lock on its part file and the kernel drops it with the process, so
`leftovers` and `sweep` tell a dead writer's file from a living one's, whatever its age.
"""

import errno
import fcntl
import hashlib
import io
import os
import shutil
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from liuhen.vault.copying import copy
from liuhen.vault.errors import (
    NO_ROOM,
    DigestDiffers,
    ObjectAltered,
    ObjectMissing,
    ObjectUnreadable,
    StoreUnreachable,
    VaultFull,
)
from liuhen.vault.store import Pace, Stored, Told, Verdict, hex_of, is_hex, key_of
from liuhen.vault.verifying import hashed, told_in_order

READ_ONLY = 0o444
# Kept free for the database and the system, which fail worse than an upload does.
RESERVE = 64 * 1024**2

# Bytes: hashed in one piece, and not worth a thread.
SMALL = 1024**2


class Filesystem:
    """A store (:class:`liuhen.vault.store.Store`) in the folder `root`. It cannot lock: who may write there can remove.

    Making one touches nothing, so a read-only medium can be opened and verified. `reserve`: bytes that a
    `put` must leave free. `stands`: the folder must be there already, since one that is not is a disk that is not mounted,
    and what is written in its stead would vanish under it.
    """

    def __init__(self, root: Path, *, reserve: int = RESERVE, stands: bool = False) -> None:
        self._root, self._stands = root, stands
        self._objects = root / "objects"
        self._incoming = root / "incoming"
        self._quarantine = root / "quarantine"
        self._reserve = reserve

    @property
    def address(self) -> str:
        """The folder."""
        return str(self._root)

    @property
    def locks(self) -> bool:
        """No."""
        return False

    def put(
        self, stream: BinaryIO | bytes, *, expect: str | None = None, keep_until: datetime | None = None
    ) -> Stored:
        """See `Store.put`; nothing is locked."""
        wanted = hex_of(expect) if expect is not None else None
        source = io.BytesIO(stream) if isinstance(stream, bytes) else stream
        self._make_room(_size_left(source))
        with self._part() as (part, file), self._room_reported():
            found, size = copy(source, file)
            if wanted not in (None, found):
                raise DigestDiffers(f"sha256:{wanted}", f"sha256:{found}")
            os.fchmod(file, READ_ONLY)
            self._publish(part, found)
        return Stored(f"sha256:{found}", size)

    def take(self, path: Path, digest: str) -> Stored:
        """See `Takes.take`: one rename on the same device."""
        self._require()
        name, size = hex_of(digest), path.stat().st_size
        path.chmod(READ_ONLY)
        try:
            self._publish(path, name)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            with path.open("rb") as stream:
                self.put(stream, expect=digest)
        path.unlink(missing_ok=True)
        return Stored(digest, size)

    def path(self, digest: str) -> Path:
        """Where the object of `digest` stands, whether it is there or not. Raises `DigestInvalid`, `StoreUnreachable`."""
        self._require()
        return self._place(hex_of(digest))

    def exists(self, digest: str) -> bool:
        """See `Store.exists`."""
        return self.path(digest).is_file()

    def size(self, digest: str) -> int:
        """See `Store.size`."""
        try:
            return self.path(digest).stat().st_size
        except FileNotFoundError:
            raise ObjectMissing(digest) from None

    def open(self, digest: str) -> io.BufferedReader:
        """See `Store.open`."""
        try:
            return self.path(digest).open("rb")
        except FileNotFoundError:
            raise ObjectMissing(digest) from None
        except OSError as error:
            raise ObjectUnreadable(digest, str(error.strerror)) from error

    def verify(self, digest: str, pace: Pace | None = None) -> Verdict:
        """See `Store.verify`."""
        try:
            with self.open(digest) as file:
                found = _hash(file, pace)
        except ObjectMissing:
            return "missing"
        except OSError as error:
            raise ObjectUnreadable(digest, str(error.strerror)) from error
        return "ok" if found == hex_of(digest) else "altered"

    def verify_all(self, digests: Iterable[str], pace: Pace | None = None) -> Iterator[tuple[str, Told]]:
        """See `Store.verify_all`; large objects are read by threads."""
        return told_in_order(partial(self.verify, pace=pace), digests, self._is_large)

    def all(self) -> Iterator[str]:
        """See `Store.all`; holds one folder at a time in memory."""
        self._require()
        for folder in _sorted(self._objects):
            for inner in _sorted(folder):
                for file in _sorted(inner):
                    if is_hex(file.name) and file == self._place(file.name):
                        yield f"sha256:{file.name}"

    def destroy(self, digest: str) -> bool:
        """See `Store.destroy`. The bytes are unlinked, not overwritten: journals and flash memory keep copies either way."""
        path = self.path(digest)
        found = [each for each in (path, *self._aside_of(digest)) if each.exists()]
        for each in found:
            _remove(each)
            _sync_folder(each.parent)
        return bool(found)

    def leftovers(self) -> list[str]:
        """See `Store.leftovers`: part files whose writer is dead."""
        return [part.name for part in _sorted(self._incoming) if _abandoned(part, remove=False)]

    def sweep(self) -> int:
        """See `Store.sweep`."""
        return sum(_abandoned(part, remove=True) for part in _sorted(self._incoming))

    def set_aside(self, digest: str) -> str:
        """See `Store.set_aside`: one rename, so that nothing is read from a disk that may not give it."""
        path = self.path(digest)
        self._quarantine.mkdir(parents=True, exist_ok=True)
        kept = self._quarantine / f"{hex_of(digest)}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{uuid4().hex[:8]}"
        try:
            path.rename(kept)
        except FileNotFoundError:
            return ""
        _sync_folder(kept.parent)
        _sync_folder(path.parent)
        return f"quarantine/{kept.name}"

    def earlier(self, digest: str) -> bool:
        """See `Store.earlier`: a folder keeps one version."""
        hex_of(digest)
        return False

    def revive(self, digest: str) -> bool:
        """See `Store.revive`: a folder keeps one version."""
        hex_of(digest)
        return False

    def aside(self) -> Iterator[str]:
        """See `Store.aside`."""
        return (f"quarantine/{kept.name}" for kept in _sorted(self._quarantine))

    def hold(self, digest: str, until: datetime) -> datetime | None:
        """See `Store.hold`: a folder cannot."""
        return None

    def renew(self, digest: str, keep_until: datetime | None = None) -> None:
        """See `Store.renew`: a folder cannot."""

    def held_until(self, digest: str) -> datetime | None:
        """See `Store.held_until`: a folder cannot."""
        return None

    def free(self) -> int | None:
        """See `Store.free`: what the disk has free beyond the reserve."""
        self._require()
        there = next((each for each in (self._root, *self._root.parents) if each.is_dir()), None)
        return max(0, shutil.disk_usage(there).free - self._reserve) if there else None

    def device(self) -> int:
        """The number of the disk that the folder lies on. Raises `OSError`."""
        return self._root.stat().st_dev

    def _aside_of(self, digest: str) -> list[Path]:
        return [kept for kept in _sorted(self._quarantine) if kept.name.startswith(hex_of(digest))]

    def _is_large(self, digest: str) -> bool:
        try:
            return self.path(digest).stat().st_size > SMALL
        except OSError:
            return False

    def _place(self, hex_digest: str) -> Path:
        return self._root / key_of(hex_digest)

    def _require(self) -> None:
        if self._stands and not self._root.is_dir():
            raise StoreUnreachable(self.address, "文件夹不存在，可能没有挂载")

    def _make_room(self, size: int) -> None:
        self._require()
        self._incoming.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(self._incoming).free
        if free < size + self._reserve:
            raise VaultFull(size + self._reserve, free)

    @contextmanager
    def _room_reported(self) -> Generator[None]:
        try:
            yield
        except OSError as error:
            if error.errno not in NO_ROOM:
                raise
            raise VaultFull(self._reserve, shutil.disk_usage(self._incoming).free) from error

    @contextmanager
    def _part(self) -> Generator[tuple[Path, int]]:
        """A new part file, open and locked; gone afterwards unless it was renamed."""
        part, file = self._locked_part()
        try:
            yield part, file
        finally:
            part.unlink(missing_ok=True)
            os.close(file)

    def _locked_part(self) -> tuple[Path, int]:
        while True:
            part = self._incoming / f"{uuid4().hex}.part"
            file = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            fcntl.flock(file, fcntl.LOCK_EX)
            # A sweep between creation and lock takes the file for a dead writer's.
            if os.fstat(file).st_nlink:
                return part, file
            os.close(file)

    def _publish(self, part: Path, hex_digest: str) -> None:
        place = self._place(hex_digest)
        if place.exists():
            if self.verify(f"sha256:{hex_digest}") != "ok":
                raise ObjectAltered(f"sha256:{hex_digest}")
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            part.rename(place)
        # Also for an object found: the one who renamed it may not have come to this yet.
        for folder in (place.parent, place.parent.parent, self._objects, self._objects.parent):
            _sync_folder(folder)


def _hash(file: io.BufferedReader, pace: Pace | None) -> str:
    size = os.fstat(file.fileno()).st_size
    if size > SMALL:
        return hashed(file, pace)
    if pace is not None:
        pace(size)
    return hashlib.sha256(file.read()).hexdigest()


def _size_left(source: BinaryIO) -> int:
    """Bytes from here to the end of `source`; 0 when it cannot tell."""
    if not source.seekable():
        return 0
    here = source.tell()
    end = source.seek(0, os.SEEK_END)
    source.seek(here)
    return max(0, end - here)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _sorted(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _sync_folder(folder: Path) -> None:
    file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _abandoned(part: Path, *, remove: bool) -> bool:
    """Whether nobody writes `part` any more; removes it under its lock when asked to."""
    try:
        file = os.open(part, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if remove:
            part.unlink(missing_ok=True)
        return True
    except BlockingIOError:
        return False
    finally:
        os.close(file)
