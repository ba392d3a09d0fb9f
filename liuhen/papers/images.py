"""Pictures of the pages of a finished PDF."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2 as pdfium


def page_images(pdf: bytes, dpi: int = 150) -> list[bytes]:
    """Every page of ``pdf`` as PNG at ``dpi`` dots an inch. Raises ``pypdfium2.PdfiumError`` for bytes that
    are no PDF."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [_png(page, dpi / 72) for page in document]
    finally:
        document.close()


def page_count(pdf: bytes) -> int:
    """Number of pages of ``pdf``."""
    document = pdfium.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def _png(page: pdfium.PdfPage, scale: Any) -> bytes:
    out = io.BytesIO()
    page.render(scale=scale).to_pil().save(out, format="PNG")
    return out.getvalue()
