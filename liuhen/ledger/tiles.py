"""How a log is handed out as tiles: paths and bytes (c2sp.org/tlog-tiles).

A tile holds up to 256 hashes of one level of the tree, an entry bundle up to 256 entries. A full tile never changes; a
partial one, named with its width, is a prefix of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH = 256
HEIGHT = 8
ENTRIES = "entries"

_PATH = re.compile(
    r"(?P<level>[0-9]|[1-5][0-9]|6[0-3]|entries)/(?P<number>(?:x\d{3}/)*\d{3})(?:\.p/(?P<width>[1-9]\d{0,2}))?"
)


@dataclass(frozen=True)
class Tile:
    """A tile of level ``level`` (0–63; None = a bundle of entries), its place, and how many of its 256 are asked for."""

    level: int | None
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """The address below ``tile/``."""
        level = ENTRIES if self.level is None else str(self.level)
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"{level}/{number(self.index)}{partial}"


def number(index: int) -> str:
    """An index as path elements of three digits: 1234067 is x001/x234/067."""
    digits = str(index)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
    return "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])


def parse(path: str) -> Tile | None:
    """The tile that a path below ``tile/`` names; None unless it is written as :attr:`Tile.path` writes it."""
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    level = None if found["level"] == ENTRIES else int(found["level"])
    tile = Tile(level, int(re.sub(r"\D", "", found["number"])), int(found["width"] or WIDTH))
    return tile if tile.path == path else None


def bundle(entries: Iterable[bytes]) -> bytes:
    """The bytes of an entry bundle: each entry after its length in two bytes. Raises OverflowError above 65,535."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def tiles(size: int) -> Sequence[Tile]:
    """Every tile of a log of ``size`` entries: bundles, then hashes level by level; the last of a row may be partial."""
    found = [*_row(None, size)]
    level, wide = 0, size
    while wide:
        found += _row(level, wide)
        level, wide = level + 1, wide // WIDTH
    return found


def _row(level: int | None, wide: int) -> Iterable[Tile]:
    yield from (Tile(level, index) for index in range(wide // WIDTH))
    if wide % WIDTH:
        yield Tile(level, wide // WIDTH, wide % WIDTH)
