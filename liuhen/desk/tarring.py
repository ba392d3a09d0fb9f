"""A folder as a tar stream, in constant memory: what a browser saves of a package."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from pathlib import Path

PIECE = 1 << 20


def stream(folder: Path, name: str) -> Iterator[bytes]:
    """The files of ``folder`` under ``name/``, in order of path, owner and times left out so that equal folders give equal
    streams (POSIX.1-2001 pax)."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield from _file(path, f"{name}/{path.relative_to(folder).as_posix()}")
    yield b"\0" * (2 * tarfile.BLOCKSIZE)


def _file(path: Path, name: str) -> Iterator[bytes]:
    info = tarfile.TarInfo(name)
    info.size, info.mode = path.stat().st_size, 0o644
    yield info.tobuf(tarfile.PAX_FORMAT)
    with path.open("rb") as source:
        while piece := source.read(PIECE):
            yield piece
    rest = info.size % tarfile.BLOCKSIZE
    if rest:
        yield b"\0" * (tarfile.BLOCKSIZE - rest)
