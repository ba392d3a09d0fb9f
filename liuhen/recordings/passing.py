"""What passes while a piece of an upload is written: its bytes, in slices, and the digest of all bytes so far."""

from __future__ import annotations

import errno
import hashlib
import os
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path
from queue import Empty, Full, Queue
from threading import Event, Lock, Thread
from typing import Any, BinaryIO

READ = 1024**2  # bytes, of the disk
BITE = 64 * 1024  # bytes, of the line
AHEAD = 32  # bites that have arrived and are not yet written
PATIENCE = 30.0  # seconds
MOST_HASHERS = 64


class Body:
    """At most ``left`` bytes of a request, a slice at a time. A line that breaks is the end of it, and so is one on which
    nothing arrives for ``patience`` seconds: a tablet that goes out of reach says no farewell, and whoever waited for it
    would keep everybody else waiting."""

    def __init__(self, source: BinaryIO, left: int, patience: float = PATIENCE) -> None:
        self.left = left
        self._source, self._patience, self._open = source, patience, 0
        self._arrived: Queue[bytes] = Queue(AHEAD)
        self._over = Event()
        self._rest, self._ended = b"", False

    def __enter__(self) -> Body:
        Thread(target=self._receive, args=[self.left], daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()

    def open(self, size: int) -> None:
        """Let the next ``size`` bytes be read."""
        self._open = size

    def read(self, size: int) -> bytes:
        """The bytes that have arrived, at least one; none at the end of the slice, of the body, or of the line."""
        wanted = min(size, self._open, self.left)
        data = self._next(wanted) if wanted else b""
        self.left = self.left - len(data) if data or not wanted else 0
        self._open -= len(data)
        return data

    def _next(self, size: int) -> bytes:
        parts = [self._rest or self._waited()]
        while parts[-1] and sum(map(len, parts)) < size and not self._arrived.empty():
            parts.append(self._waited())
        data = b"".join(parts)
        self._rest = data[size:]
        return data[:size]

    def _waited(self) -> bytes:
        if self._ended:
            return b""
        try:
            data = self._arrived.get(timeout=self._patience)
        except Empty:
            data = b""
        self._ended = not data
        return data

    def _receive(self, left: int) -> None:
        try:
            while left and not self._over.is_set() and (data := self._source.read(min(BITE, left))):
                left -= len(data)
                self._hand(data)
        except (OSError, ValueError):
            # The line broke; what came before counts.
            pass
        finally:
            self._hand(b"")

    def _hand(self, data: bytes) -> None:
        while not self._over.is_set():
            with suppress(Full):
                self._arrived.put(data, timeout=1)
                return


class Hashers:
    """The running digests of uploads that this process has written to: a matter of speed only."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: OrderedDict[tuple[Path, str], tuple[int, Any]] = OrderedDict()

    def take(self, folder: Path, id_: str, offset: int, part: int) -> Any:
        """A digest over the first ``offset`` bytes of the open file, which stands there afterwards."""
        with self._lock:
            reached, whole = self._known.pop((folder, id_), (0, hashlib.sha256()))
        if reached > offset:
            reached, whole = 0, hashlib.sha256()
        os.lseek(part, reached, os.SEEK_SET)
        while reached < offset:
            chunk = os.read(part, min(READ, offset - reached))
            if not chunk:
                raise OSError(errno.EIO, "上传的文件比记下的短")
            whole.update(chunk)
            reached += len(chunk)
        return whole

    def give(self, folder: Path, id_: str, offset: int, whole: Any) -> None:
        """Keep a digest for the next piece."""
        with self._lock:
            self._known[folder, id_] = (offset, whole)
            while len(self._known) > MOST_HASHERS:
                self._known.popitem(last=False)

    def drop(self, folder: Path, id_: str) -> None:
        """Forget one."""
        with self._lock:
            self._known.pop((folder, id_), None)
