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


def frame_at(file: BinaryIO, seconds: float) -> bytes | None:
    """The picture of a film that is shown so many seconds from its beginning, as JPEG in full size; None past its end and of
    what is no film. The same film and time give the same bytes as long as the software does not change."""
    kind = kinds.by_content(file.read(kinds.HEAD))
    file.seek(0)
    if kind is None or not kind.demuxer or seconds < 0:
        return None
    try:
        with opened(file, kind) as container:
            frame = shown_at(container, seconds)
            if frame is None:
                return None
            out = io.BytesIO()
            frame.to_image().rotate(frame.rotation, expand=True).convert("RGB").save(out, "JPEG", quality=92)
    except (OSError, ValueError, av.error.FFmpegError):
        return None
    return out.getvalue()


def shown_at(container: Any, seconds: float) -> Any:
    """The last frame that begins at or before a time; None after the end."""
    if not container.streams.video or (container.duration and seconds * 1_000_000 > container.duration):
        return None
    began = (container.start_time or 0) / 1_000_000
    container.seek(int((began + seconds) * 1_000_000))
    last = None
    for frame in container.decode(video=0):
        if frame.time is not None and frame.time - began > seconds + 0.0005:
            break
        last = frame
    return last


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
