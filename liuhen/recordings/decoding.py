"""The child that decodes (:mod:`liuhen.recordings.apart`): ``python -m liuhen.recordings.decoding TASK SIZE SECONDS …``.

It imports no Django, opens no file of the bureau's, and limits itself before it reads the first byte.
"""

from __future__ import annotations

import io
import json
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, cast

from liuhen.recordings import kinds, playing, previews
from liuhen.recordings.apart import DONE, HEAD, READ, dies_with_parent

MEMORY = 3 * 1024**3  # bytes of address space
OUTPUT = 8 * 1024**3  # bytes of one file


class Asked(io.RawIOBase):
    """A file of ``size`` bytes that lies with the parent."""

    def __init__(self, line: socket.socket, size: int) -> None:
        self._line, self._size, self._at = line, size, 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place; nothing is asked for yet."""
        self._at = max(0, offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence])
        return self._at

    def tell(self) -> int:
        """Where the next reading begins."""
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Ask the parent for as much as fits."""
        view = memoryview(buffer)
        wanted = min(len(view), max(0, self._size - self._at))
        if not wanted:
            return 0
        self._line.sendall(HEAD.pack(READ, self._at, wanted))
        _, size, _ = HEAD.unpack(self._exactly(HEAD.size))
        view[:size] = self._exactly(size)
        self._at += size
        return size

    def _exactly(self, size: int) -> bytes:
        data = bytearray()
        while len(data) < size:
            part = self._line.recv(size - len(data))
            if not part:
                raise EOFError
            data += part
        return bytes(data)


def limited(seconds: int) -> None:
    """Let this process end when its parent does, when it takes too long, and when it wants too much."""
    dies_with_parent()
    # Who stops the worker lets it finish its task. An answer cut short would be taken for a broken file.
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def preview(file: BinaryIO, folder: str) -> bytes:
    """Make in ``folder`` what is shown instead of the file: a small picture, a strip of pictures, something to play where a
    browser does not play the file itself. As JSON: ``seconds``, ``peaks`` (loudness along the time, 0 to 100), ``plays``
    (the file itself can be played)."""
    os.nice(10)
    small = previews.thumbnail(file)
    if small:
        (Path(folder) / "thumb.jpg").write_bytes(small)
    file.seek(0)
    kind = kinds.by_content(file.read(kinds.HEAD))
    file.seek(0)
    told: dict[str, Any] = {}
    if kind is not None and kind.demuxer and not kind.media_type.startswith("image/"):
        told = playing.make(file, kind, Path(folder))
    return json.dumps(told).encode()


TASKS: dict[str, Callable[..., bytes | None]] = {
    "thumbnail": previews.thumbnail,
    "frame": lambda file, seconds: previews.frame_at(file, float(seconds)),
    "preview": preview,
}


def main(name: str, size: str, seconds: str, *arguments: str) -> None:
    """Do one task and hand the answer to the parent."""
    limited(int(seconds))
    line = socket.socket(fileno=0)
    file = io.BufferedReader(Asked(line, int(size)), 256 * 1024)
    answer = TASKS[name](cast(BinaryIO, file), *arguments) or b""
    line.sendall(HEAD.pack(DONE, len(answer), 0) + answer)


if __name__ == "__main__":
    main(*sys.argv[1:])
