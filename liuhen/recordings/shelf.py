"""Previews on their shelf: made from originals by a worker, given out instead of them, and gone with them.

    <root>/<ab>/<64 hex digits>/told.json   what was made, with which version, or why nothing was
    <root>/<ab>/<64 hex digits>/…           the files it names
    <root>/.making/<64 hex digits>          being made, by whoever holds its lock

**Commit point**: the rename out of ``.making``, under the shelf's lock and while the original still stands. So none outlives a
disposal that destroys the original first and then says :meth:`Previews.forget`. Previews are no record: any of them may be
lost, and is made again.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from liuhen.recordings import apart
from liuhen.vault.store import hex_of, is_hex

# Raised when previews come to be made otherwise: those of before are made anew.
VERSION = 2
THUMB, STRIP = "thumb.jpg", "strip.jpg"
PLAYED = {"play.mp4": "video/mp4", "play.m4a": "audio/mp4"}
_FREE = 512 * 1024**2  # bytes that previews leave to others


@dataclass(frozen=True)
class Told:
    """What there is of a file: names of preview files, length in seconds, loudness along it (0 to 100), whether a browser plays
    the original; ``failed`` says why something is lacking."""

    files: tuple[str, ...] = ()
    seconds: float = 0
    peaks: tuple[int, ...] = ()
    plays: bool = False
    failed: str = ""

    @property
    def played(self) -> str:
        """The preview to be played; empty where there is none."""
        return next((name for name in PLAYED if name in self.files), "")


class Previews:
    """The previews in the folder ``root``."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def told(self, digest: str) -> Told | None:
        """What there is of a file; None when it was not made yet, was made otherwise than today, or is lost."""
        folder = self._folder(digest)
        try:
            told: dict[str, Any] = json.loads((folder / "told.json").read_bytes())
            if told["version"] != VERSION or any(not (folder / name).is_file() for name in told["files"]):
                return None
            return Told(
                tuple(told["files"]), told["seconds"], tuple(told["peaks"]), told["plays"], told["failed"]
            )
        except (OSError, ValueError, LookupError, TypeError):
            return None

    def path(self, digest: str, name: str) -> Path | None:
        """One preview file; None when there is none of this name."""
        told = self.told(digest)
        return self._folder(digest) / name if told is not None and name in told.files else None

    def make(
        self,
        digest: str,
        source: Callable[[], BinaryIO],
        stands: Callable[[], bool],
        seconds: float = apart.WHILE,
    ) -> bool:
        """Make the previews of an original, in a process apart, within so many seconds; False when they are there, when another
        is at it, when the original went meanwhile or could not be read. What cannot be made is told, and not tried again by this version."""
        with self._making(digest) as part:
            if part is None or self.told(digest) is not None:
                return False
            told, failed = {}, ""
            try:
                if shutil.disk_usage(self._root).free < _FREE:
                    return False
                with source() as file:
                    told = apart.preview(file, part, seconds)
            except apart.NotRead:
                return False
            except apart.NotDecoded as error:
                failed = str(error)
            return self._publish(digest, part, stands, lambda: _write(part, told, failed))

    def _publish(
        self, digest: str, part: Path, stands: Callable[[], bool], finish: Callable[[], None]
    ) -> bool:
        with self._locked(self._root / ".lock"):
            if not stands():
                return False
            # Only now: what was disposed of meanwhile took the folder with it.
            finish()
            folder = self._folder(digest)
            shutil.rmtree(folder, ignore_errors=True)
            folder.parent.mkdir(exist_ok=True)
            part.rename(folder)
        return True

    def busy(self, digest: str) -> bool:
        """Whether somebody is making the previews of an original."""
        lock = (self._root / ".making" / hex_of(digest)).with_suffix(".lock")
        if not lock.exists():
            return False
        with self._locked(lock, wait=False) as free:
            return not free

    def forget(self, digest: str) -> None:
        """Destroy the previews of an original, finished and half-made; nothing when there are none."""
        with self._locked(self._root / ".lock"):
            shutil.rmtree(self._root / ".making" / hex_of(digest), ignore_errors=True)
            shutil.rmtree(self._folder(digest), ignore_errors=True)

    def all(self) -> Iterator[str]:
        """The digest of every original that has previews."""
        for folder in sorted(self._root.glob("??/*")):
            if is_hex(folder.name):
                yield f"sha256:{folder.name}"

    def sweep(self) -> None:
        """Remove what makers left that died; what is being made stays."""
        for left in sorted((self._root / ".making").glob("*")):
            if is_hex(left.name):
                with self._making(f"sha256:{left.name}"):
                    pass

    @contextmanager
    def _making(self, digest: str) -> Iterator[Path | None]:
        """An empty folder to make the previews in, which is gone afterwards; None while another makes them."""
        part = self._root / ".making" / hex_of(digest)
        part.parent.mkdir(parents=True, exist_ok=True)
        lock = part.with_suffix(".lock")
        with self._locked(lock, wait=False) as alone:
            if not alone:
                yield None
                return
            try:
                shutil.rmtree(part, ignore_errors=True)
                part.mkdir(mode=0o700)
                yield part
            finally:
                shutil.rmtree(part, ignore_errors=True)
                lock.unlink(missing_ok=True)

    @contextmanager
    def _locked(self, path: Path, wait: bool = True) -> Iterator[bool]:
        """Hold a lock that the kernel gives back when its holder dies; whether it was to be had."""
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            yield _taken(file, wait) and (wait or _same(file, path))
        finally:
            os.close(file)

    def _folder(self, digest: str) -> Path:
        name = hex_of(digest)
        return self._root / name[:2] / name


def _taken(file: int, wait: bool) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


def _same(file: int, path: Path) -> bool:
    """Whether a lock still lies where it was found: of one that was removed, another may hold the next."""
    try:
        return os.fstat(file).st_ino == path.stat().st_ino
    except FileNotFoundError:
        return False


def _write(part: Path, told: dict[str, Any], failed: str) -> None:
    files = sorted(path.name for path in part.iterdir() if not path.name.startswith("."))
    for left in part.glob(".*"):
        left.unlink()
    whole = {
        "version": VERSION, "files": files, "seconds": told.get("seconds", 0), "peaks": told.get("peaks", []),
        "plays": told.get("plays", False), "failed": failed,
    }  # fmt: skip
    (part / "told.json").write_text(json.dumps(whole))
