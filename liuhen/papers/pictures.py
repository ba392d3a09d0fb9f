"""What a paper shows of a sketch: our own drawing stroke by stroke, or a picture that was uploaded instead."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from liuhen.casefile import sketch
from liuhen.casefile.sketch import BadSketch, Shape

Block = dict[str, Any]
_SIDE = 1600  # of the longer side, in pixels: what a printed page resolves
_QUALITY = 85


def of_sketch(value: Sequence[Any], pictures: Mapping[str, bytes]) -> list[Block]:
    """The blocks of a sketch field: each row as it was drawn or uploaded; a row that no picture is known of by its name."""
    found: list[Block] = []
    for row in value:
        drawn = row.get("drawn")
        shown = drawing(drawn) if isinstance(drawn, str) else _kept(pictures.get(str(row.get("digest", ""))))
        found += shown or [{"t": "para", "s": f"附图：{row.get('name', '')}", "k": ""}]
    return found


def drawing(svg: str) -> list[Block]:
    """A sketch as a drawing and, under it, what its pins stand for; empty when it is no sketch of ours."""
    try:
        shapes = sketch.read(svg)
    except BadSketch:
        return []
    named = [shape for shape in shapes if shape.kind == "pin" and shape.name]
    legend = "　".join(f"{shape.text}　{shape.name}" for shape in named)
    return [
        {"t": "sketch", "wide": sketch.WIDE, "high": sketch.HIGH, "shapes": [_plain(s) for s in shapes]}
    ] + ([{"t": "para", "s": f"照片位置：{legend}", "k": ""}] if legend else [])


def _plain(shape: Shape) -> dict[str, Any]:
    return {"t": shape.kind, "p": list(shape.points), "s": shape.text}


def _kept(data: bytes | None) -> list[Block]:
    if data is None:
        return []
    if data.startswith(b"<svg"):
        return drawing(data.decode("utf-8", "replace"))
    small = _printable(data)
    return [{"t": "picture", "bytes": list(small)}] if small else []


def _printable(data: bytes) -> bytes:
    """A picture upright and no larger than a page needs; empty when it is none. The same bytes for the same picture."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            upright = ImageOps.exif_transpose(image) or image
            upright.thumbnail((_SIDE, _SIDE))
            out = io.BytesIO()
            upright.convert("RGB").save(out, "JPEG", quality=_QUALITY)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return b""
    return out.getvalue()
