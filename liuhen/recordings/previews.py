"""Small pictures of recordings, made from the originals, which are never touched; they stand in no record."""

from __future__ import annotations

import io
from typing import Any, BinaryIO

import av.error
from PIL import Image, ImageOps

from liuhen.recordings import kinds
from liuhen.recordings.probing import opened

THUMB = (320, 240)
QUALITY = 78
INTO = 10  # the picture of a film is taken a tenth into it


def thumbnail(file: BinaryIO) -> bytes | None:
    """A small JPEG of a photograph, turned as it was taken, or of a film; None of anything else, and of what cannot be read."""
    kind = kinds.by_content(file.read(kinds.HEAD))
    file.seek(0)
    if kind is None or kind.media_type.partition("/")[0] not in ("image", "video"):
        return None
    try:
        image = _frame(file, kind) if kind.demuxer else _photograph(file)
    except (OSError, ValueError, SyntaxError, av.error.FFmpegError, Image.DecompressionBombError):
        return None
    if image is None:
        return None
    image.thumbnail(THUMB)
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _photograph(file: BinaryIO) -> Image.Image:
    image = Image.open(file)
    image.draft("RGB", (2 * THUMB[0], 2 * THUMB[1]))
    return ImageOps.exif_transpose(image)


def _frame(file: BinaryIO, kind: kinds.Kind) -> Image.Image | None:
    with opened(file, kind) as container:
        if not container.streams.video:
            return None
        if container.duration:
            container.seek(container.duration // INTO)
        frame: Any = next(container.decode(video=0), None)
        # By how much the picture is turned when it is shown, counter-clockwise.
        return frame.to_image().rotate(frame.rotation, expand=True) if frame is not None else None
