"""What stands on the pages of a PDF and where: characters with their boxes, overlaps, text by page."""

from __future__ import annotations

import ctypes
import re
from collections import defaultdict
from functools import cache
from itertools import islice, pairwise
from operator import attrgetter
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

MM = 72 / 25.4
_BAND = 10  # points: characters that lie on each other share a band of the page
_LEFT = attrgetter("left")
# The first halves of characters beyond the basic plane; the second halves follow.
_HIGH = (0xD800, 0xDBFF)
_IGNORED = re.compile(r"[\s\u200b\ufffe\xad]+")


class Glyph(NamedTuple):
    """A character and its box in points from the lower left corner of the page."""

    char: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.top - self.bottom)


def glyphs(page: pdfium.PdfPage) -> list[Glyph]:
    """The visible characters of a page in the order in which they are drawn."""
    text = page.get_textpage()
    left, right, bottom, top = sides = [ctypes.c_double() for _ in range(4)]
    at = [ctypes.byref(side) for side in sides]
    found: list[Glyph] = []
    high = 0
    for n in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, n)
        if _HIGH[0] <= code <= _HIGH[1]:
            high = code
            continue
        if high:
            code, high = 0x10000 + ((high - _HIGH[0]) << 10) + code - _HIGH[1] - 1, 0
        if _invisible(code):
            continue
        raw.FPDFText_GetCharBox(text, n, *at)
        if right.value > left.value and top.value > bottom.value:
            found.append(Glyph(chr(code), left.value, bottom.value, right.value, top.value))
    return found


@cache
def _invisible(code: int) -> bool:
    return not code or bool(_IGNORED.fullmatch(chr(code)))


def pages(pdf: bytes) -> list[list[Glyph]]:
    """The characters of every page."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [glyphs(page) for page in document]
    finally:
        document.close()


def plain(text: str) -> str:
    """Text without white space and what only guides line breaks."""
    return _IGNORED.sub("", text)


def words(page: list[Glyph]) -> str:
    """The text of a page without white space."""
    return "".join(g.char for g in page)


def outside(
    page: list[Glyph], left: float, right: float, width: float = 595.3, edge: float = 8 * MM
) -> list[Glyph]:
    """The characters beyond the margins (in mm), or nearer to the upper or lower edge of the paper than a printer prints."""
    slack = 1.5
    return [
        g
        for g in page
        if g.left < left * MM - slack
        or g.right > width - right * MM + slack
        or g.bottom < edge
        or g.top > 841.9 - edge
    ]


def overlaps(page: list[Glyph]) -> list[tuple[Glyph, Glyph]]:
    """Pairs of characters of which one covers a good part of the other."""
    bands: dict[int, list[Glyph]] = defaultdict(list)
    for g in page:
        for band in range(int(g.bottom / _BAND), int(g.top / _BAND) + 1):
            bands[band].append(g)
    found: dict[tuple[Glyph, Glyph], None] = {}
    for here in bands.values():
        here.sort(key=_LEFT)
        for n, g in enumerate(here, 1):
            right = g.right
            for o in islice(here, n, None):
                if o.left >= right:
                    break
                if _covers(g, o):
                    found[g, o] = None
    return list(found)


def _covers(one: Glyph, other: Glyph) -> bool:
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.top, other.top) - max(one.bottom, other.bottom)
    return wide > 0 and high > 0 and wide * high > 0.4 * min(one.area, other.area) and one.area > 2


def missing(value: str, texts: list[str], piece: int = 8) -> list[str]:
    """The pieces of a value that stand on no page: a piece may be divided by the end of a page."""
    whole, all_pages = plain(value), "\n".join(texts)
    pieces = [whole[n : n + piece] for n in range(0, len(whole), piece)]
    return [p for p in pieces if p not in all_pages and not _divided(p, texts)]


def _divided(piece: str, texts: list[str]) -> bool:
    return any(
        piece[:n] in one and piece[n:] in next_
        for one, next_ in pairwise(texts)
        for n in range(1, len(piece))
    )
