"""Decoding in a process of its own: a file that is broken or made to harm can end that process, and nothing else.

The child (:mod:`liuhen.recordings.decoding`) has no file open: it asks this process for bytes over a socket, so that every
store of the vault serves alike. Its time, memory and output are limited; it dies with the thread that waits for it.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

HEAD = struct.Struct("<cQQ")
READ, DONE = b"r", b"d"
MOST = 64 * 1024**2  # bytes of an answer, and of one reading
SOON, WHILE = 60, 2 * 3600  # seconds for one picture, for a whole preview
BROKEN = "文件已损坏或者格式不支持，读不出来"
PR_SET_PDEATHSIG = 1
PASSED_ON = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "TMPDIR")


class NotDecoded(Exception):
    """The child gave no answer; ``str()`` says in Chinese why."""


class NotRead(NotDecoded):
    """The original itself could not be read, which says nothing of what it holds."""


@dataclass(frozen=True)
class Task:
    """What the child is to do: its name there, arguments, seconds that it may take."""

    name: str
    arguments: tuple[str, ...] = ()
    seconds: float = SOON


def thumbnail(file: BinaryIO) -> bytes | None:
    """A small JPEG as :func:`liuhen.recordings.previews.thumbnail` makes it; None of what gives none."""
    try:
        return _run(file, Task("thumbnail")) or None
    except NotDecoded:
        return None


def frame_at(file: BinaryIO, seconds: float) -> bytes | None:
    """The picture of a film as :func:`liuhen.recordings.previews.frame_at` gives it; None where there is none, and where the
    child gave no answer."""
    try:
        return frame_taken(file, seconds)
    except NotDecoded:
        return None


def frame_taken(file: BinaryIO, seconds: float) -> bytes | None:
    """The same, for whom it matters why there is none. Raises NotDecoded."""
    return _run(file, Task("frame", (repr(float(seconds)),))) or None


def preview(file: BinaryIO, folder: Path, seconds: float = WHILE) -> dict[str, Any]:
    """Make the previews of a file in ``folder``; what :func:`liuhen.recordings.decoding.preview` tells of them. Raises
    NotDecoded; what was finished before stands in the folder then."""
    try:
        told = json.loads(_run(file, Task("preview", (str(folder),), seconds)))
    except (ValueError, RecursionError) as error:
        raise NotDecoded(BROKEN) from error
    if not isinstance(told, dict):
        raise NotDecoded(BROKEN)
    return cast(dict[str, Any], told)


def dies_with_parent() -> None:
    """Let this process end when the thread ends that started it."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _run(file: BinaryIO, task: Task) -> bytes:
    size = file.seek(0, os.SEEK_END)
    ours, theirs = socket.socketpair()
    command = [
        *(sys.executable, "-m", "liuhen.recordings.decoding"),
        # The clock on the wall strikes first: then it is known why.
        *(task.name, str(size), str(int(task.seconds) + 1), *task.arguments),
    ]
    passed = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    with ours:
        with theirs:
            child = subprocess.Popen(  # noqa: S603
                command,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=passed,
            )
        try:
            return _served(ours, file, size, time.monotonic() + task.seconds)
        except TimeoutError as error:
            raise NotDecoded(f"{task.seconds:.0f} 秒内没有读完，已停止") from error
        except OSError as error:
            raise NotDecoded("读到一半中断") from error
        finally:
            child.kill()
            child.wait()


def _served(line: socket.socket, file: BinaryIO, size: int, until: float) -> bytes:
    """Give the child what it reads of a file of so many bytes until it answers; what it asks is not trusted."""
    while True:
        what, first, second = HEAD.unpack(_received(line, HEAD.size, until))
        if what == DONE:
            return _received(line, min(first, MOST), until)
        if what != READ or first > size:
            raise NotDecoded(BROKEN)
        try:
            file.seek(first)
            data = file.read(min(second, MOST))
        except OSError as error:
            raise NotRead("原件读不出来") from error
        line.settimeout(max(0.001, until - time.monotonic()))
        line.sendall(HEAD.pack(READ, len(data), 0) + data)


def _received(line: socket.socket, size: int, until: float) -> bytes:
    parts: list[bytes] = []
    while size:
        line.settimeout(max(0.001, until - time.monotonic()))
        part = line.recv(min(size, 1024**2))
        if not part:
            raise NotDecoded(BROKEN)
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
