"""Uploads on their way: a file that arrives piece by piece over a line that breaks, until it is whole.

    <root>/<id>/info.json   whose it is, how long, what it is called, until when it is kept, what became of it
    <root>/<id>/part        the bytes so far
    <root>/<id>/offset      how many of them count

**Commit point** of a piece: ``offset``, written and brought to disk after the bytes. What lies beyond it in ``part`` (the
process was killed, the piece failed its checksum) is cut off by the next writer. Nothing is acknowledged before it.

The digest is taken while the bytes pass; a process that has not seen the beginning reads it from ``part`` again. Memory
does not grow with the file. One writer at a time: the folder is locked, by the kernel, for as long as a piece is written.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from liuhen.casefile.moments import instant, parse, write
from liuhen.recordings.passing import Body, Hashers
from liuhen.vault import copying
from liuhen.vault.errors import NO_ROOM
from liuhen.vault.filesystem import RESERVE

LASTING = timedelta(days=7)
# The end is put off by every piece, but written down only when it moved by as much.
LATER = timedelta(hours=1)
# How long it is still known that an upload there was has expired.
REMEMBERED = timedelta(days=30)
LARGEST = 200 * 1024**3  # bytes
# After so many bytes those before count, whatever happens to the rest of the piece.
SLICE = 64 * 1024**2
ALGORITHMS = ("sha256", "sha1")
_ID = re.compile("[0-9a-f]{32}")
_HASHERS = Hashers()


class UploadError(Exception):
    """Any refusal; `str()` is the sentence to show."""


class NoUpload(UploadError):
    """There is no such upload, or it is somebody else's."""

    def __init__(self) -> None:
        super().__init__("没有这次上传，请重新选择文件")


class Expired(UploadError):
    """It was not finished in time, or was given up."""

    def __init__(self) -> None:
        super().__init__("这次上传已经过期，请重新选择文件上传")


class TooLarge(UploadError):
    """Larger than is taken, or more bytes than were announced."""


class NoRoom(UploadError):
    """The disk has no room for it."""

    def __init__(self, needed: int, free: int) -> None:
        super().__init__(
            f"存储空间不足：需要 {needed / 1024**3:.1f} GB，可用 {max(0, free) / 1024**3:.1f} GB。请告诉系统管理员"
        )


class Busy(UploadError):
    """Another client is writing to it."""

    def __init__(self) -> None:
        super().__init__("这个文件正由另一个窗口上传，稍后再试")


class WrongOffset(UploadError):
    """The piece begins elsewhere than the file ends; ``offset`` is where it ends."""

    def __init__(self, offset: int) -> None:
        self.offset = offset
        super().__init__(f"续传的位置不对：已收到 {offset} 字节")


class WrongChecksum(UploadError):
    """The piece arrived other than it was sent; it was not kept."""

    def __init__(self) -> None:
        super().__init__("这一段在传输中出错，已舍弃，将重新发送")


@dataclass(frozen=True)
class Check:
    """What a piece must hash to."""

    algorithm: str
    digest: bytes


@dataclass(frozen=True)
class Upload:
    """One upload. ``digest`` stands once it is whole, ``entry`` once it is recorded; both empty before."""

    id: str
    owner: str
    length: int
    created: datetime
    expires: datetime
    told: dict[str, str] = field(default_factory=dict[str, str])
    digest: str = ""
    entry: str = ""
    given_up: bool = False


class Uploads:
    """The uploads in the folder ``root``. ``reserve``: bytes that must stay free for others."""

    def __init__(self, root: Path, *, reserve: int = RESERVE, largest: int = LARGEST) -> None:
        self._root, self._reserve, self.largest = root, reserve, largest

    def create(self, owner: str, length: int, told: dict[str, str], now: datetime) -> Upload:
        """Begin an upload of ``length`` bytes; durable when it returns. Raises TooLarge, NoRoom."""
        if length > self.largest:
            raise TooLarge(f"文件太大：最多 {self.largest / 1024**3:.0f} GB")
        self._root.mkdir(parents=True, exist_ok=True)
        free = self.room()
        if length > free:
            raise NoRoom(length, free)
        upload = Upload(uuid4().hex, owner, length, now, now + LASTING, told)
        folder = self._folder(upload.id)
        folder.mkdir()
        (folder / "part").touch(mode=0o600)
        _keep(folder / "offset", f"{0:020d}")
        self._write(upload)
        _sync(self._root)
        return upload

    def room(self) -> int:
        """How many bytes may still be promised: what is free, less what other uploads were promised already."""
        self._root.mkdir(parents=True, exist_ok=True)
        promised = sum(
            max(0, upload.length - self.offset(upload))
            for upload in self.all()
            if not upload.given_up and not upload.digest
        )
        return shutil.disk_usage(self._root).free - self._reserve - promised

    def find(self, id_: str, owner: str, now: datetime) -> Upload:
        """An upload of ``owner``. Raises NoUpload, also for what is somebody else's, and Expired."""
        upload = self._read(id_)
        if upload is None or upload.owner != owner:
            raise NoUpload
        if upload.given_up or (upload.expires <= now and not upload.digest):
            raise Expired
        return upload

    def offset(self, upload: Upload) -> int:
        """How many bytes count: all of them once it is whole."""
        if upload.digest:
            return upload.length
        try:
            return int((self._folder(upload.id) / "offset").read_text())
        except (OSError, ValueError):
            return 0

    def add(
        self,
        upload: Upload,
        offset: int,
        source: BinaryIO,
        length: int,
        now: datetime,
        check: Check | None = None,
    ) -> Upload:
        """Add the next piece, ``length`` bytes from ``source``, at ``offset``; the upload with its digest once it is whole.

        What arrived is durable when it returns, also when ``source`` ended early because the line broke; with ``check`` all of
        the piece or nothing. Raises Busy, WrongOffset, TooLarge, NoRoom, WrongChecksum.
        """
        folder = self._folder(upload.id)
        with self._locked(folder):
            upload = self._read(upload.id) or upload
            here = self.offset(upload)
            if offset != here:
                raise WrongOffset(here)
            if offset + length > upload.length:
                raise TooLarge(f"发来的比登记的多：登记 {upload.length} 字节")
            if not upload.digest:
                reached, digest = self._written(folder, upload.id, offset, source, length, check)
                upload = replace(
                    upload, expires=now + LASTING, digest=digest if reached == upload.length else ""
                )
                self._write(upload)
        return upload

    def _written(
        self, folder: Path, id_: str, offset: int, source: BinaryIO, length: int, check: Check | None
    ) -> tuple[int, str]:
        """Where the upload ends after a piece, and the digest of all bytes so far."""
        part = os.open(folder / "part", os.O_RDWR)
        try:
            os.ftruncate(part, offset)
            whole = _HASHERS.take(folder, id_, offset, part)
            piece = hashlib.new(check.algorithm, usedforsecurity=False) if check else None
            reached = offset
            with Body(source, length) as body:
                while body.left:
                    reached += self._slice(part, body, whole, piece)
                    if piece is None:
                        _keep(folder / "offset", f"{reached:020d}")
            if piece is not None and check is not None:
                if piece.digest() != check.digest:
                    os.ftruncate(part, offset)
                    raise WrongChecksum
                _keep(folder / "offset", f"{reached:020d}")
        finally:
            os.close(part)
        _HASHERS.give(folder, id_, reached, whole)
        return reached, f"sha256:{whole.hexdigest()}"

    def _slice(self, part: int, body: Body, whole: Any, piece: Any) -> int:
        body.open(SLICE)

        def seen(chunk: bytes) -> None:
            whole.update(chunk)
            if piece is not None:
                piece.update(chunk)

        try:
            return copying.add(body, part, seen)  # type: ignore[arg-type]
        except OSError as error:
            if error.errno not in NO_ROOM:
                raise
            raise NoRoom(body.left, shutil.disk_usage(self._root).free) from error

    def part(self, upload: Upload) -> Path:
        """Where the bytes of an upload lie until the vault takes them."""
        return self._folder(upload.id) / "part"

    @contextmanager
    def held(self, upload: Upload) -> Generator[Upload]:
        """The upload as it stands, and nobody else writing to it meanwhile. Raises Busy, NoUpload."""
        folder = self._folder(upload.id)
        if not folder.is_dir():
            raise NoUpload
        with self._locked(folder):
            yield self._read(upload.id) or upload

    def recorded(self, upload: Upload, entry: str) -> None:
        """Keep by which entry an upload was recorded: whoever asks again is told that it is whole."""
        self._write(replace(upload, entry=entry))

    def give_up(self, upload: Upload) -> None:
        """Drop the bytes of an upload; that there was one stays known for a while. Raises Busy."""
        folder = self._folder(upload.id)
        with self._locked(folder):
            self._write(replace(upload, given_up=True))
            (folder / "part").unlink(missing_ok=True)
        _HASHERS.drop(folder, upload.id)

    def all(self) -> Iterator[Upload]:
        """Every upload, in order of id."""
        names = sorted(path.name for path in self._root.iterdir()) if self._root.is_dir() else []
        return (upload for name in names if (upload := self._read(name)) is not None)

    def of(self, owner: str, now: datetime) -> list[Upload]:
        """The unfinished uploads of a person that can go on, the oldest first."""
        mine = (
            u for u in self.all() if u.owner == owner and not u.given_up and not u.entry and u.expires > now
        )
        return sorted(mine, key=lambda upload: (upload.created, upload.id))

    def sweep(self, now: datetime) -> int:
        """Drop what expired and forget what expired long ago; how many uploads lost their bytes. What is whole and only not
        recorded yet is never dropped."""
        dropped = 0
        for upload in list(self.all()):
            over = upload.expires <= now and (not upload.digest or bool(upload.entry))
            try:
                if over and not upload.given_up:
                    dropped += not upload.entry
                    self.give_up(upload)
                if (over or upload.given_up) and upload.expires + REMEMBERED <= now:
                    shutil.rmtree(self._folder(upload.id))
            except Busy:
                continue
        return dropped

    def _folder(self, id_: str) -> Path:
        return self._root / id_

    def _read(self, id_: str) -> Upload | None:
        if not _ID.fullmatch(id_):
            return None
        try:
            known: dict[str, Any] = json.loads((self._folder(id_) / "info.json").read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return None
        moments = {name: instant(parse(known[name])) for name in ("created", "expires")}
        return Upload(**{**known, **moments})

    def _write(self, upload: Upload) -> None:
        folder = self._folder(upload.id)
        known = asdict(upload) | {"created": write(upload.created), "expires": write(upload.expires)}
        _keep(folder / "info.new", json.dumps(known, ensure_ascii=False))
        (folder / "info.new").rename(folder / "info.json")
        _sync(folder)

    @contextmanager
    def _locked(self, folder: Path) -> Generator[None]:
        try:
            file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:
            raise NoUpload from None
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError:
            raise Busy from None
        finally:
            os.close(file)


def _keep(path: Path, text: str) -> None:
    """Write a few bytes in one go and bring them to disk."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        data = text.encode()
        os.pwrite(file, data, 0)
        if os.fstat(file).st_size != len(data):
            os.ftruncate(file, len(data))
        os.fdatasync(file)
    finally:
        os.close(file)


def _sync(folder: Path) -> None:
    file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
