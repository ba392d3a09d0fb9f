"""The codes on the pages of a scan: which document, text and content each page says it is (design, the code on every paper)."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import zxingcpp
from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError

from liuhen.papers.context import PaperError
from liuhen.papers.qr import LEAD

MOST_PAGES = 300
_DPI = (200, 300)
_LARGEST = 5_000  # pixels of the longer side; larger photographs are read smaller
_QR: Any = zxingcpp.BarcodeFormat.QRCode
_TRIES = (1.0, 2.0, 0.5)


class BadScan(PaperError):
    """A file that is no scan which can be read; the message says what to upload instead."""


@dataclass(frozen=True)
class Code:
    """What the code of a paper of ours says: the short id, the text's number, the short form of its commitment."""

    document: str
    revision: int
    commitment: str

    @classmethod
    def read(cls, words: str) -> Code | None:
        """From the words of a code; None for a code of something else."""
        parts = words.strip().upper().split(":")
        if len(parts) != 4 or parts[0] != LEAD or not parts[2].isdigit() or not parts[1] or not parts[3]:
            return None
        return cls(parts[1], int(parts[2]), parts[3])


@dataclass(frozen=True)
class ScanPage:
    """One page of a scan: its number from 1, its code, and whether a code of something else is on it."""

    number: int
    code: Code | None
    foreign: bool = False


def read_scan(data: bytes) -> list[ScanPage]:
    """The pages of a PDF, or the one of a picture (JPEG, PNG), with their codes, in whatever way they lie. Raises BadScan."""
    pages = _of_pdf(data) if data.startswith(b"%PDF-") else iter([_picture(data)])
    found = list(pages)
    if not found:
        raise BadScan("扫描件里没有页，请重新扫描")
    return found


def _of_pdf(data: bytes) -> Iterator[ScanPage]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise BadScan("这个 PDF 打不开（损坏或者加了密码），请重新扫描") from error
    try:
        if len(document) > MOST_PAGES:
            raise BadScan(f"扫描件有 {len(document)} 页，一次最多 {MOST_PAGES} 页，请分开上传")
        for number, page in enumerate(document, 1):
            longer = max(page.get_size()) or 1
            scales: list[Any] = [min(dpi / 72, _LARGEST / longer) for dpi in _DPI]
            images = (page.render(scale=scale, grayscale=True).to_pil() for scale in scales)
            yield _page(number, images)
    finally:
        document.close()


def _picture(data: bytes) -> ScanPage:
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.format not in ("PNG", "JPEG"):
                raise BadScan("请上传 PDF、JPG 或者 PNG 格式的扫描件")
            if max(image.size) > _LARGEST:
                image.draft("L", (_LARGEST, _LARGEST))
                image.thumbnail((_LARGEST, _LARGEST))
            gray = ImageOps.grayscale(image)
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise BadScan("请上传 PDF、JPG 或者 PNG 格式的扫描件") from error
    return _page(1, iter([gray]))


def _page(number: int, images: Iterator[Image.Image]) -> ScanPage:
    foreign = False
    for image in images:
        for words in _codes(image):
            code = Code.read(words)
            if code is not None:
                return ScanPage(number, code)
            foreign = True
    return ScanPage(number, None, foreign)


def _codes(image: Image.Image) -> Iterator[str]:
    """The words of the codes on a picture: as it is, smoothed, with more contrast, larger and smaller."""
    smooth = image.filter(ImageFilter.MedianFilter(3))
    for base in (image, smooth, ImageOps.autocontrast(smooth, cutoff=2)):
        for factor in _TRIES if base is not image else (1.0,):
            wide, high = (max(int(side * factor), 1) for side in base.size)
            sized = base if factor == 1.0 else base.resize((wide, high))
            found = zxingcpp.read_barcodes(sized, formats=_QR)
            yield from (one.text for one in found)
            if any(Code.read(one.text) for one in found):
                return


def cut(data: bytes, pages: Sequence[int]) -> bytes:
    """A PDF of some pages of a PDF, counted from 1, as they were scanned."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as whole, pikepdf.new() as part:
        part.pages.extend([whole.pages[number - 1] for number in pages])
        part.save(out, deterministic_id=True)
    return out.getvalue()
