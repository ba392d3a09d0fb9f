"""A ruled table of a paper: how wide its columns are, how they are aligned, what is not divided by the end of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from typing import Any, Literal

from liuhen.papers.wording import breakable, tidy, width

Align = Literal["left", "center", "right"]
PADDING = 7.0  # pt of a column's edges
_SIZE, _SMALL = 10.5, 9.0  # pt of a character; of a table that has very many columns
_VERY_MANY = 8
# How many Han characters of a table stand on a line of the narrowest place: in a form beside the label; in a letter, where
# a form gives a table of many columns its whole width. In characters of the usual size.
_LINE = 36
_WHOLE_LINE = 41
MANY = 6
_INSET = 6.0  # of a column of a sheet
_EDGES = PADDING / _SMALL  # in characters
_NUMBER = re.compile("[0-9a-f., -]+")  # digests too
_SHORT = 7
_LEAST = 3.5
# Lines of a row, and of a table, up to which it stays on one page.
_WHOLE_ROW, _WHOLE_TABLE = 12, 14


def ruled(head: Sequence[str], rows: Iterable[Sequence[str]], aligns: Sequence[Align]) -> dict[str, Any]:
    """The block of a table. Columns of short texts are as wide as these; the others share what is left by their longest
    text (4 to 18 characters counted). What is too long for a line of its column may break anywhere."""
    lines = [[tidy(text) for text in row] for row in rows]
    longest = [max(map(width, column)) for column in zip(head, *lines, strict=True)]
    size = _SMALL if len(head) > _VERY_MANY else _SIZE
    line = (_WHOLE_LINE if len(head) > MANY else _LINE) * _SIZE / size
    fixed = _fixed(longest, aligns, line)
    widths = [max(w, 2) if f else min(max(w, 4), 18) for w, f in zip(longest, fixed, strict=True)]
    left = line - sum(w + _EDGES for w, f in zip(widths, fixed, strict=True) if f)
    shared = sum(w for w, f in zip(widths, fixed, strict=True) if not f) or 1
    holds = [w if f else left * w / shared - _EDGES for w, f in zip(widths, fixed, strict=True)]
    heights = [max(_lines(text, room) for text, room in zip(row, holds, strict=True)) for row in lines]
    return {
        "t": "table",
        "head": list(head),
        "rows": [_held(row, holds) for row in lines],
        "widths": widths,
        "fixed": fixed,
        "size": size,
        "aligns": list(aligns),
        "whole": [high <= _WHOLE_ROW for high in heights],
        "short": sum(heights) + len(heights) <= _WHOLE_TABLE,
    }


def given(rows: Iterable[Sequence[str]], widths: Sequence[float], size: float) -> dict[str, Any]:
    """The rows of a table whose columns are ``widths`` mm wide and its characters ``size`` pt, and which of them stay whole."""
    lines = [[tidy(text) for text in row] for row in rows]
    holds = [(mm * 72 / 25.4 - _INSET) / size for mm in widths]
    heights = [max(_lines(text, room) for text, room in zip(row, holds, strict=True)) for row in lines]
    return {"rows": [_held(row, holds) for row in lines], "whole": [high <= _WHOLE_ROW for high in heights]}


def _held(row: Sequence[str], holds: Sequence[float]) -> list[str]:
    return [_broken(text, int(room * 2)) for text, room in zip(row, holds, strict=True)]


def _broken(text: str, room: int) -> str:
    """A text for a column that holds so many digits; letters and marks may be wider than these."""
    return breakable(text, max(room if _NUMBER.fullmatch(text) else room - 2, 2))


def _fixed(longest: Sequence[float], aligns: Sequence[Align], line: float) -> list[bool]:
    """Which columns are as wide as their texts: the short ones, or of these only numbers and days, when the others keep a
    tolerable width; none otherwise."""
    short = [w <= _SHORT for w in longest]
    figures = [f and align != "left" for f, align in zip(short, aligns, strict=True)]
    for fixed in (short, figures):
        left = line - sum(w + _EDGES for w, f in zip(longest, fixed, strict=True) if f)
        if (others := fixed.count(False)) and left >= others * (_LEAST + _EDGES):
            return fixed
    return [False] * len(longest)


def _lines(text: str, room: float) -> int:
    return sum(max(ceil(width(part) / max(room, 1)), 1) for part in text.split("\n"))


def in_mm(block: Mapping[str, Any], whole: float) -> list[float]:
    """The widths of a table's columns in mm, on a place ``whole`` mm wide."""
    pairs = list(zip(block["widths"], block["fixed"], strict=True))
    given = [(w * block["size"] + PADDING) * 25.4 / 72 if f else 0.0 for w, f in pairs]
    shared = sum(w for w, f in pairs if not f) or 1
    left = whole - sum(given)
    return [mm or left * w / shared for mm, (w, _) in zip(given, pairs, strict=True)]
