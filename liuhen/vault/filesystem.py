"""The vault on a filesystem: every original once, under its SHA-256, never changed.

    objects/ab/cd/<64 hex digits>   what is stored, read-only
    incoming/<random>.part          what is being written

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
import re
import shutil
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal
from uuid import uuid4

from liuhen.vault.copying import copy
from liuhen.vault.errors import (
    DigestDiffers,
    DigestInvalid,
    ObjectAltered,
    ObjectMissing,
    ObjectUnreadable,
    VaultFull,
)

READ_ONLY = 0o444
# Kept free for the database and the system, which fail worse than an upload does.
RESERVE = 64 * 1024**2
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)

# Bytes: hashed in one piece, and not worth a thread.
SMALL = 1024**2
VERDICTS_AHEAD = 1_000

Verdict = Literal["ok", "missing", "altered"]
Told = Verdict | Literal["unreadable"]


@dataclass(frozen=True, slots=True)
class Stored:
    """What was stored: `digest` as `sha256:<hex>`, `size` in bytes."""

    digest: str
    size: int


class Vault:
    """A write-once store in the folder `root`, safe for several processes and threads at once.

    Making one touches nothing, so a read-only medium can be opened and verified. `reserve`: bytes that a
    `put` must leave free.
    """

    def __init__(self, root: Path, *, reserve: int = RESERVE) -> None:
        self._objects = root / "objects"
        self._incoming = root / "incoming"
        self._reserve = reserve

    def put(self, stream: BinaryIO | bytes, *, expect: str | None = None) -> Stored:
        """Store the bytes and give their digest; durable when it returns. The same bytes twice is one object.

        Raises `DigestDiffers` when they are not those `expect` names, `VaultFull` when there is no room, and
        `ObjectAltered` when the same object is already here but damaged (it is not overwritten).
        """
        wanted = _hex(expect) if expect is not None else None
        source = io.BytesIO(stream) if isinstance(stream, bytes) else stream
        self._make_room(_size_left(source))
        with self._part() as (part, file), self._room_reported():
            found, size = copy(source, file)
            if wanted not in (None, found):
                raise DigestDiffers(f"sha256:{wanted}", f"sha256:{found}")
            os.fchmod(file, READ_ONLY)
            self._publish(part, found)
        return Stored(f"sha256:{found}", size)

    def path(self, digest: str) -> Path:
        """Where the object of `digest` stands, whether it is there or not. Raises `DigestInvalid`."""
        return self._place(_hex(digest))

    def exists(self, digest: str) -> bool:
        """Whether an object of `digest` is here; its bytes are not looked at."""
        return self.path(digest).is_file()

    def open(self, digest: str) -> io.BufferedReader:
        """The object for reading; the caller closes it. Raises `ObjectMissing`, `ObjectUnreadable`."""
        try:
            return self.path(digest).open("rb")
        except FileNotFoundError:
            raise ObjectMissing(digest) from None
        except OSError as error:
            raise ObjectUnreadable(digest, str(error.strerror)) from error

    def verify(self, digest: str) -> Verdict:
        """Read the object again and compare. Raises `ObjectUnreadable` when the disk does not give it."""
        try:
            with self.open(digest) as file:
                found = _hash(file)
        except ObjectMissing:
            return "missing"
        except OSError as error:
            raise ObjectUnreadable(digest, str(error.strerror)) from error
        return "ok" if found == _hex(digest) else "altered"

    def verify_all(self, digests: Iterable[str]) -> Iterator[tuple[str, Told]]:
        """Each digest with its verdict, in the order given; one the disk does not give is "unreadable", the rest go on.

        Large objects are read by as many threads as there are processors, since hashing leaves the interpreter to
        others; for a small one a thread costs more than it saves. Raises `DigestInvalid`.
        """
        running = deque[tuple[str, Future[Told]]]()
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for digest in digests:
                told = (
                    pool.submit(self._told, digest) if self._is_large(digest) else _done(self._told(digest))
                )
                running.append((digest, told))
                if len(running) > VERDICTS_AHEAD:
                    yield _first(running)
            while running:
                yield _first(running)

    def all(self) -> Iterator[str]:
        """Every digest stored, in order; holds one folder at a time in memory."""
        for folder in _sorted(self._objects):
            for inner in _sorted(folder):
                for file in _sorted(inner):
                    if _is_hex(file.name) and file == self._place(file.name):
                        yield f"sha256:{file.name}"

    def destroy(self, digest: str) -> bool:
        """Remove the object for good; whether it was there. Durable when it returns.

        Only for the disposal of archives (档案销毁) after its approval, when the `Disposed` entry stands.
        The bytes are unlinked, not overwritten: journals and flash memory keep copies either way.
        """
        path = self.path(digest)
        if not path.is_file():
            return False
        path.unlink(missing_ok=True)
        _sync_folder(path.parent)
        return True

    def leftovers(self) -> list[Path]:
        """Part files whose writer is dead, in order of name. They hold no object and may go."""
        return [part for part in _sorted(self._incoming) if _abandoned(part, remove=False)]

    def sweep(self) -> int:
        """Remove the part files whose writer is dead, never one being written; how many."""
        return sum(_abandoned(part, remove=True) for part in _sorted(self._incoming))

    def _told(self, digest: str) -> Told:
        try:
            return self.verify(digest)
        except ObjectUnreadable:
            return "unreadable"

    def _is_large(self, digest: str) -> bool:
        try:
            return self.path(digest).stat().st_size > SMALL
        except OSError:
            return False

    def _place(self, hex_digest: str) -> Path:
        return self._objects / hex_digest[:2] / hex_digest[2:4] / hex_digest

    def _make_room(self, size: int) -> None:
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


def _done(told: Told) -> Future[Told]:
    future = Future[Told]()
    future.set_result(told)
    return future


def _first(running: deque[tuple[str, Future[Told]]]) -> tuple[str, Told]:
    digest, told = running.popleft()
    return digest, told.result()


def _hash(file: io.BufferedReader) -> str:
    if os.fstat(file.fileno()).st_size <= SMALL:
        return hashlib.sha256(file.read()).hexdigest()
    return hashlib.file_digest(file, "sha256").hexdigest()


def _hex(digest: str) -> str:
    algorithm, _, value = digest.partition(":")
    if algorithm != "sha256" or not _is_hex(value):
        raise DigestInvalid(digest)
    return value


def _is_hex(value: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{64}", value) is not None


def _size_left(source: BinaryIO) -> int:
    """Bytes from here to the end of `source`; 0 when it cannot tell."""
    if not source.seekable():
        return 0
    here = source.tell()
    end = source.seek(0, os.SEEK_END)
    source.seek(here)
    return max(0, end - here)


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
