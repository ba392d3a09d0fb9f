"""Places to sign and what stands in them: reserved boxes of one size, strokes, scans, refusals (design,
Strokes).

The places follow from the declaration and the values alone, so that a paper for signature and its final
form have the same pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from liuhen.measures.vocabulary import Document, Signature
from liuhen.papers import wording
from liuhen.papers.context import Box, Mark, PaperError, Values

_BLANK_DATE = "　　　　年　　月　　日"
_PAD = (3, 1)
_SOURCES: dict[str, tuple[str, ...]] = {
    "officer": ("officers", "staff", "reviewers"),
    "registrar": ("registrar",),
    "participant": ("participants",),
    "investigator": ("investigators",),
    "agent": ("agents", "agent"),
}


def _names(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [str(value["name"])] if value.get("name") else []
    if isinstance(value, Sequence):
        return [name for item in value for name in _names(item)]
    return []


def expected(signature: Signature, values: Values) -> list[str]:
    """The names a document gives for a signature, from the field called like the role (officers,
    interviewee …)."""
    for field in (*_SOURCES.get(signature.role, ()), signature.role, signature.role + "s"):
        names = _names(values.get(field))
        if names:
            return names
    return []


def boxes(kind: Document, values: Values) -> list[Box]:
    """The reserved places of a paper, in order: ``count`` a signature, or one for everyone named (``count``
    0)."""
    places: list[Box] = []
    for signature in kind.signatures:
        names = expected(signature, values)
        size = max(signature.count or len(names), 1)
        if signature.role == "officer":
            size = max(size, len(names))
        for n in range(size):
            name = names[n] if n < len(names) else ""
            places.append(Box(signature.role, signature.label, name, signature.every_page))
    return places


def ink(points: Sequence[Sequence[int]], ratio: tuple[int, int] = _PAD) -> str:
    """Strokes as SVG curves through the midpoints of their points; integers only, so nothing can be
    smuggled in."""
    wide, high = (int(side) for side in ratio)
    paths: list[str] = []
    for stroke in points:
        xy = [(int(x) * wide, int(y) * high) for x, y in zip(stroke[::2], stroke[1::2], strict=True)]
        if not xy:
            continue
        d = f"M{xy[0][0]} {xy[0][1]}"
        for (x, y), (next_x, next_y) in pairwise(xy):
            d += f"Q{x} {y} {(x + next_x) // 2} {(y + next_y) // 2}"
        paths.append(d + f"L{xy[-1][0]} {xy[-1][1]}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide * 1000} {high * 1000}">'
        f'<path d="{"".join(paths)}" fill="none" stroke="#111" stroke-width="{28 * high}" '
        'stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )


def content(mark: Mark) -> dict[str, Any]:
    """What a signature shows in its place: refusal, picture or ink."""
    if refused := mark.get("refused"):
        witness = f"　见证人：{mark.get('witness')}" if mark.get("witness") else ""
        return {"k": "refused", "s": wording.tidy(f"拒绝签名：{refused}{witness}")}
    if paper := mark.get("paper"):
        return {"k": "refused", "s": wording.tidy(paper)}
    if image := mark.get("image"):
        return {"k": "image", "bytes": list(image)}
    if points := mark.get("points"):
        return {"k": "ink", "svg": ink(points, mark.get("ratio", _PAD))}
    return {"k": "blank"}


def assign(places: Sequence[Box], marks: Sequence[Mark]) -> list[tuple[Box, Mark | None]]:
    """Pair each place with its mark: by role and name first, then by role in order of signing.

    Raises PaperError when a mark finds no place, so that no signature is lost.
    """
    left = list(marks)
    found: list[Mark | None] = [None] * len(places)
    for same_name in (True, False):
        for n, place in enumerate(places):
            if found[n] is not None:
                continue
            for mark in left:
                if mark["role"] == place.role and (not same_name or mark.get("name") == place.name):
                    found[n] = mark
                    left.remove(mark)
                    break
    if left:
        raise PaperError(f"本文书没有给{left[0].get('name', '')}（{left[0]['role']}）留签名的位置")
    return list(zip(places, found, strict=True))


def seats(places: Sequence[Box], marks: Sequence[Mark]) -> list[dict[str, Any]]:
    """The places as the templates need them: label, whether on every page, content, date."""
    result: list[dict[str, Any]] = []
    labels = Counter(place.label for place in places)
    for place, mark in assign(places, marks):
        signed_on = mark.get("date", "") if mark else ""
        date = wording.day(signed_on) if signed_on else _BLANK_DATE
        result.append(
            {
                "label": place.label,
                "name": wording.breakable(wording.tidy(place.name)) if labels[place.label] > 1 else "",
                "every": place.every_page,
                "all": mark is not None and mark.get("pages", "all") == "all",
                "content": content(mark) if mark else {"k": "blank"},
                "date": date,
            }
        )
    return result
