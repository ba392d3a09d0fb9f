"""Copying a stream to a file while hashing it, in constant memory.

Reading and writing, hashing, and bringing to disk overlap: SHA-256 takes as long as the disk does, and one
after the other they are two to three times as slow as the slowest of them.
"""

import hashlib
import os
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import BinaryIO

CHUNK = 1024**2
# At most so many chunks are read and not yet hashed.
CHUNKS_AHEAD = 8
FLUSH_EVERY = 64 * CHUNK
FLUSHES_AHEAD = 2


def copy(source: BinaryIO, target: int) -> tuple[str, int]:
    """Copy `source` to its end into the descriptor `target`, fsync it, and give SHA-256 (hex) and size.

    Durable when it returns. What `source` gave is what was hashed and written, even if it changes meanwhile.
    """
    digest = hashlib.sha256()
    size = 0
    if first := source.read(CHUNK):
        digest.update(first)
        _write(target, first)
        size = len(first) + _copy_rest(source, target, digest.update)
    os.fsync(target)
    return digest.hexdigest(), size


def add(source: BinaryIO, target: int, update: Callable[[bytes], None]) -> int:
    """Copy `source` to its end to where the descriptor `target` stands, hand every chunk to `update` in order, fsync; how
    many bytes. When reading or writing fails, what was written so far stays and is not durable."""
    size = _copy_rest(source, target, update)
    os.fsync(target)
    return size


def _copy_rest(source: BinaryIO, target: int, update: Callable[[bytes], None]) -> int:
    size, unflushed = 0, 0
    hashing, flushing = deque[Future[None]](), deque[Future[None]]()
    with ThreadPoolExecutor(1) as hasher, ThreadPoolExecutor(1) as flusher:
        while chunk := source.read(CHUNK):
            hashing.append(hasher.submit(update, chunk))
            _write(target, chunk)
            size, unflushed = size + len(chunk), unflushed + len(chunk)
            if unflushed >= FLUSH_EVERY:
                flushing.append(flusher.submit(os.fdatasync, target))
                unflushed = 0
            _settle(hashing, CHUNKS_AHEAD)
            _settle(flushing, FLUSHES_AHEAD)
        _settle(hashing, 0)
        _settle(flushing, 0)
    return size


def _settle(running: deque[Future[None]], at_most: int) -> None:
    """Wait until `at_most` are running; every result is asked, since a failed flush is told only once."""
    while len(running) > at_most:
        running.popleft().result()


def _write(target: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(target, rest) :]
