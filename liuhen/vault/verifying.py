"""Reading objects again and comparing: one after the other where that is fastest, by threads where it is not."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import BinaryIO

from liuhen.vault.copying import CHUNK
from liuhen.vault.errors import ObjectUnreadable
from liuhen.vault.store import Pace, Told, Verdict

VERDICTS_AHEAD = 1_000

Verify = Callable[[str], Verdict]


def hashed(file: BinaryIO, pace: Pace | None = None) -> str:
    """SHA-256 (hex) of what is left of `file`, in constant memory; `pace` is asked before each piece."""
    if pace is None:
        return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    digest = hashlib.sha256()
    while True:
        pace(CHUNK)
        chunk = file.read(CHUNK)
        if not chunk:
            return digest.hexdigest()
        digest.update(chunk)


def told_in_order(
    verify: Verify, digests: Iterable[str], pooled: Callable[[str], bool], threads: int | None = None
) -> Iterator[tuple[str, Told]]:
    """Each digest with its verdict in the order given. Those that are `pooled` are read by threads, as many as there are
    processors unless said otherwise: hashing leaves the interpreter to others, but for a small object a thread costs more
    than it saves."""
    running = deque[tuple[str, Future[Told]]]()
    with ThreadPoolExecutor(threads or os.cpu_count()) as pool:
        for digest in digests:
            told = pool.submit(_told, verify, digest) if pooled(digest) else _done(_told(verify, digest))
            running.append((digest, told))
            if len(running) > VERDICTS_AHEAD:
                yield _first(running)
        while running:
            yield _first(running)


def _told(verify: Verify, digest: str) -> Told:
    try:
        return verify(digest)
    except ObjectUnreadable:
        return "unreadable"


def _done(told: Told) -> Future[Told]:
    future = Future[Told]()
    future.set_result(told)
    return future


def _first(running: deque[tuple[str, Future[Told]]]) -> tuple[str, Told]:
    digest, told = running.popleft()
    return digest, told.result()
