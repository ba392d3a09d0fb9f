"""A folder as a ZIP stream, in constant memory: what a court opens on any computer without further programs."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

PIECE = 1 << 20
FIXED = (1980, 1, 1, 0, 0, 0)


class _Buffer:
    """What was written and not yet sent; a stream that cannot be sought in."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        """Everything written since the last call."""
        data = b"".join(self._parts)
        self._parts.clear()
        return data


def stream(folder: Path, name: str) -> Iterator[bytes]:
    """The files of ``folder`` under ``name/``, in order of path, stored as they are; equal folders give equal streams."""
    buffer = _Buffer()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:  # type: ignore[arg-type]
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            info = zipfile.ZipInfo(f"{name}/{path.relative_to(folder).as_posix()}", FIXED)
            info.external_attr = 0o644 << 16
            info.file_size = path.stat().st_size
            with path.open("rb") as source, archive.open(info, "w") as target:
                while piece := source.read(PIECE):
                    target.write(piece)
                    yield buffer.taken()
    yield buffer.taken()
