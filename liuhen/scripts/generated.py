"""Small real files for a play: a picture, a few frames of film, made on the fly from the name they stand for."""

from __future__ import annotations

import hashlib
import io
from pathlib import PurePath

import av
from PIL import Image, ImageDraw

from liuhen.casefile import sketch
from liuhen.casefile.sketch import Shape

SIZE = (320, 240)
FRAMES = 5
_FILM = {".mp4", ".mov", ".avi"}
_FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".pdf": "PDF"}


def content(name: str, about: str = "") -> bytes:
    """A file of the kind that its name says; different names or ``about`` give different bytes, the same the same."""
    suffix = PurePath(name).suffix.lower()
    if suffix == ".svg":
        return drawing(about).encode()
    seed = hashlib.sha256(f"{about} {name}".encode()).digest()
    if suffix in _FILM:
        return film(seed)
    out = io.BytesIO()
    picture(seed).save(out, _FORMATS.get(suffix, "PNG"))
    return out.getvalue()


def drawing(about: str) -> str:
    """A sketch of a yard with a house, a word and the place of a photograph."""
    return sketch.write([
        Shape("box", (80, 60, 920, 640)), Shape("box", (140, 120, 520, 380)), Shape("text", (180, 260), "库房"),
        Shape("line", (80, 520, 300, 520, 340, 640)), Shape("text", (620, 600), about[:20] or "大门"),
        Shape("pin", (700, 240), "1", name="现场照片"),
    ])  # fmt: skip


def picture(seed: bytes, step: int = 0) -> Image.Image:
    """A picture of coloured tiles by a digest; ``step`` moves a bar across it."""
    image = Image.new("RGB", SIZE, (seed[0], seed[1], seed[2]))
    draw = ImageDraw.Draw(image)
    for n, value in enumerate(seed):
        left, top = (n % 8) * 40, (n // 8) * 60
        draw.rectangle((left + 4, top + 4, left + 35, top + 55), fill=(value, 255 - value, seed[n - 1]))
    draw.rectangle((step * 60, 230, step * 60 + 50, 239), fill=(255, 255, 255))
    return image


def film(seed: bytes) -> bytes:
    """A second of film."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as container:
        stream = container.add_stream("mpeg4", rate=FRAMES)
        stream.width, stream.height = SIZE
        stream.pix_fmt = "yuv420p"
        for step in range(FRAMES):
            container.mux(stream.encode(av.VideoFrame.from_image(picture(seed, step))))
        container.mux(stream.encode(None))
    return out.getvalue()


def strokes(name: str) -> list[list[int]]:
    """A signature as drawn: for each character of the name two strokes inside its part of the field 0…1000."""
    found: list[list[int]] = []
    width = 1000 // max(1, len(name))
    for n, character in enumerate(name):
        code, left = ord(character), n * width
        points = [(code >> shift) % 16 for shift in (0, 2, 4, 6, 8, 10)]
        xs = [left + width * (p + 2) // 20 for p in points]
        ys = [150 + 45 * p for p in reversed(points)]
        found += [[xs[0], ys[0], xs[1], ys[1], xs[2], ys[2]], [xs[3], ys[3], xs[4], ys[4], xs[5], ys[5]]]
    return found
