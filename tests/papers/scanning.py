"""Scans as a bureau makes them: pages turned, tilted, noisy, pale, several papers in one file."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence

import pikepdf
from PIL import Image, ImageEnhance, ImageFilter

from liuhen.papers import page_images


def pictures(pdf: bytes, dpi: int = 150) -> list[Image.Image]:
    """The pages as a scanner sees them."""
    return [Image.open(io.BytesIO(page)).convert("L") for page in page_images(pdf, dpi)]


def worn(
    image: Image.Image, *, turn: float = 0, noise: int = 0, blur: float = 0, pale: float = 1
) -> Image.Image:
    """A picture turned by degrees, with specks, out of focus, with less contrast."""
    turned = image.rotate(turn, expand=True, fillcolor=255)
    blurred = turned.filter(ImageFilter.GaussianBlur(blur)) if blur else turned
    faded = ImageEnhance.Contrast(blurred).enhance(pale)
    dice = random.Random(7)
    if noise:
        pixels = faded.load()
        assert pixels is not None
        for _ in range(faded.width * faded.height * noise // 100):
            pixels[dice.randrange(faded.width), dice.randrange(faded.height)] = dice.randrange(256)
    return faded


def as_pdf(images: Sequence[Image.Image]) -> bytes:
    """One PDF of pictures, as a scanner writes it."""
    out = io.BytesIO()
    images[0].save(out, format="PDF", save_all=True, append_images=list(images[1:]), resolution=150)
    return out.getvalue()


def as_file(image: Image.Image, format_: str) -> bytes:
    out = io.BytesIO()
    image.save(out, format=format_)
    return out.getvalue()


def locked(pdf: bytes) -> bytes:
    """The same PDF behind a password."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as whole:
        whole.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()
