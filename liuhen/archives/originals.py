"""Originals as pages: how many of them a file has when it is printed, and those pages as PDF."""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from liuhen.archives.catalogue import Count
from liuhen.casefile.state import Recording
from liuhen.vault.errors import VaultError
from liuhen.vault.places import Vault

PDF = "application/pdf"
LARGEST = 64 << 20  # bytes of an original that is opened to see its pages
MOST_DOTS = 100_000_000  # of a picture; a larger one is no photograph


def counted(vault: Vault) -> Count:
    """How many pages an original has: one for a picture, those of a PDF; none for what cannot be opened as either."""

    def pages(recording: Recording) -> int:
        if not (recording.media_type.startswith("image/") or recording.media_type == PDF):
            return 0
        return _pages(vault, recording.digest, recording.media_type)

    return pages


def _pages(vault: Vault, digest: str, media_type: str) -> int:
    try:
        if vault.size(digest) > LARGEST:
            return 0
        with vault.open(digest) as file:
            data = file.read()
    except (VaultError, OSError):
        return 0
    return pages_in(data, media_type)


def pages_in(data: bytes, media_type: str) -> int:
    """The pages of a file's bytes, 0 when it is neither a picture nor a PDF that opens."""
    if media_type == PDF:
        try:
            with pypdfium2.PdfDocument(data) as document:
                return len(document)
        except pypdfium2.PdfiumError:
            return 0
    try:
        with Image.open(io.BytesIO(data)) as picture:
            return int(0 < picture.width * picture.height <= MOST_DOTS)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return 0


def as_pdf(data: bytes, media_type: str) -> bytes:
    """The pages of an original: a PDF as it is, a picture upright on a page of its own. Raises OSError for what does not open."""
    if media_type == PDF:
        return data
    made = io.BytesIO()
    with Image.open(io.BytesIO(data)) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGB")
        upright.thumbnail((2480, 3508))  # A4 at 300 dots an inch
        upright.save(made, "PDF", resolution=300, quality=90)
    return made.getvalue()
