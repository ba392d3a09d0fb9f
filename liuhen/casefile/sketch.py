"""A sketch 图示 drawn in the page: lines, boxes, words, photo pins, and nothing else (R7.3).

It travels and is kept as SVG. Only what this module writes is read: any other element, attribute or character data is
refused, so that a sketch can carry neither script nor link nor anything of another's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

WIDE, HIGH = 1000, 700
MOST_BYTES, MOST_SHAPES, MOST_POINTS, MOST_LETTERS = 200_000, 500, 4000, 60
NAME = "现场图示.svg"
PIN, LETTER = 16, 28
_SVG = "{http://www.w3.org/2000/svg}"
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_PLAIN = re.compile(r"-?\d{1,4}(?:\.\d{1,2})?")
_NUMBER = frozenset({"x", "y", "fill", "stroke", "text-anchor"})
_HEAD = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" fill="none" stroke="#111" stroke-width="3" '
    f'stroke-linecap="round" stroke-linejoin="round" font-size="{LETTER}">'
)


class BadSketch(ValueError):
    """What was sent is no sketch of ours; the Chinese message is for the field."""


@dataclass(frozen=True)
class Shape:
    """One stroke, box, word or pin. ``points`` are x, y, x, y … of 1000 × 700; a box has two corners; a pin's ``text`` is
    its number, ``photo`` the digest of the photograph it stands for and ``name`` what that is called."""

    kind: Literal["line", "box", "text", "pin"]
    points: tuple[int, ...]
    text: str = ""
    photo: str = ""
    name: str = ""


def read(svg: str) -> list[Shape]:
    """The shapes of a sketch. Raises BadSketch for anything that :func:`write` would not have written."""
    if len(svg.encode()) > MOST_BYTES:
        raise BadSketch("图示太大，删去一些再存")
    if "<!" in svg or "<?" in svg:
        raise BadSketch("图示里有不能接受的内容，请在本页重画")
    try:
        root = ET.fromstring(svg)  # noqa: S314 — neither entities nor declarations get this far
    except ET.ParseError:
        raise BadSketch("图示不完整，请在本页重画") from None
    if root.tag != f"{_SVG}svg" or len(root) > MOST_SHAPES:
        raise BadSketch("图示里有不能接受的内容，请在本页重画")
    return [_shape(element) for element in root]


def write(shapes: Iterable[Shape]) -> str:
    """The SVG of some shapes: the same shapes, the same text."""
    return _HEAD + "".join(_WRITERS[shape.kind](shape) for shape in shapes) + "</svg>"


def tidy(svg: str) -> str:
    """The sketch as we write it; empty when nothing is drawn. Raises BadSketch."""
    shapes = read(svg)
    return write(shapes) if shapes else ""


def _shape(element: ET.Element) -> Shape:
    reader = _READERS.get(element.tag.removeprefix(_SVG))
    if reader is None or not element.tag.startswith(_SVG) or (element.tail or "").strip():
        raise BadSketch("图示里有不能接受的内容，请在本页重画")
    return reader(element)


def _only(element: ET.Element, *names: str) -> list[str]:
    """The values of exactly these attributes."""
    if set(element.attrib) != set(names):
        raise BadSketch("图示里有不能接受的内容，请在本页重画")
    return [element.attrib[name] for name in names]


def _empty(element: ET.Element) -> None:
    if len(element) or (element.text or "").strip():
        raise BadSketch("图示里有不能接受的内容，请在本页重画")


def _numbers(*written: str) -> tuple[int, ...]:
    """Written numbers, rounded and held inside the field."""
    if not all(_PLAIN.fullmatch(number) for number in written):
        raise BadSketch("图示里有不能接受的内容，请在本页重画")
    limits = (WIDE, HIGH)
    return tuple(min(max(round(float(number)), 0), limits[n % 2]) for n, number in enumerate(written))


def _letters(text: str | None) -> str:
    words = re.sub(r"\s+", " ", text or "").strip()
    if not words or len(words) > MOST_LETTERS:
        raise BadSketch(f"图示里的文字一处不超过{MOST_LETTERS}字")
    return words


def _line(element: ET.Element) -> Shape:
    _empty(element)
    written = re.split(r"[\s,]+", _only(element, "points")[0].strip())
    if len(written) < 4 or len(written) % 2 or len(written) > 2 * MOST_POINTS:
        raise BadSketch("图示里有不完整的线，请撤销后重画")
    return Shape("line", _numbers(*written))


def _box(element: ET.Element) -> Shape:
    _empty(element)
    x, y, width, height = _numbers(*_only(element, "x", "y", "width", "height"))
    return Shape("box", (x, y, min(x + width, WIDE), min(y + height, HIGH)))


def _text(element: ET.Element) -> Shape:
    x, y, *_ = _only(element, "x", "y", "fill", "stroke")
    if len(element):
        raise BadSketch("图示里有不能接受的内容，请在本页重画")
    return Shape("text", _numbers(x, y), _letters(element.text))


def _pin(element: ET.Element) -> Shape:
    photo = element.attrib.get("data-photo", "")
    _only(element, *(["data-photo"] if photo else []))
    tags = [child.tag.removeprefix(_SVG) for child in element]
    if tags not in (["circle", "text"], ["title", "circle", "text"]) or (
        photo and not _DIGEST.fullmatch(photo)
    ):
        raise BadSketch("图示里有不能接受的内容，请在本页重画")
    circle, number = element[-2], element[-1]
    x, y, _ = _only(circle, "cx", "cy", "r")
    _empty(circle)
    if (
        len(number)
        or not set(number.attrib) <= _NUMBER
        or (len(tags) == 3 and (len(element[0]) or element[0].attrib))
    ):
        raise BadSketch("图示里有不能接受的内容，请在本页重画")
    name = _letters(element[0].text) if len(tags) == 3 else ""
    return Shape("pin", _numbers(x, y), _letters(number.text), photo, name)


_READERS: dict[str, Callable[[ET.Element], Shape]] = {
    "polyline": _line,
    "rect": _box,
    "text": _text,
    "g": _pin,
}


def _write_line(shape: Shape) -> str:
    pairs = zip(shape.points[::2], shape.points[1::2], strict=True)
    return f'<polyline points="{" ".join(f"{x},{y}" for x, y in pairs)}"/>'


def _write_box(shape: Shape) -> str:
    x, y, right, low = shape.points
    return f'<rect x="{x}" y="{y}" width="{right - x}" height="{low - y}"/>'


def _write_text(shape: Shape) -> str:
    x, y = shape.points
    return f'<text x="{x}" y="{y}" fill="#111" stroke="none">{escape(shape.text)}</text>'


def _write_pin(shape: Shape) -> str:
    x, y = shape.points
    photo = f" data-photo={quoteattr(shape.photo)}" if shape.photo else ""
    title = f"<title>{escape(shape.name)}</title>" if shape.name else ""
    return (
        f'<g{photo}>{title}<circle cx="{x}" cy="{y}" r="{PIN}"/>'
        f'<text x="{x}" y="{y + 8}" fill="#111" stroke="none" text-anchor="middle">{escape(shape.text)}</text></g>'
    )


_WRITERS: dict[str, Callable[[Shape], str]] = {
    "line": _write_line, "box": _write_box, "text": _write_text, "pin": _write_pin,
}  # fmt: skip
