"""A volume of an archived file as one PDF for print: cover, catalogue, papers and originals in order with their page numbers, remarks.

It is made from the package and the originals, for its reader, and kept nowhere; who prints it stands pale across every page.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from liuhen.archives.bag import PackageError
from liuhen.archives.originals import PDF, as_pdf
from liuhen.papers import marks
from liuhen.vault.errors import VaultError
from liuhen.vault.places import Vault

A4: tuple[float, float] = (595.28, 841.89)  # points
SLACK, EDGE = 3.0, 28.0
# Pages whose marks are set at once.
SHEAF = 200


@dataclass(frozen=True)
class Piece:
    """What is printed one after the other: title, the PDF, the number of its first page (0: unnumbered), how many there are."""

    title: str
    data: Path | bytes
    first: int
    pages: int


def volumes_of(package: Path) -> list[dict[str, Any]]:
    """The volumes of a package as its catalogue has them: code, name, pages."""
    found: list[dict[str, Any]] = _catalogue(package)["volumes"]
    return found


def _catalogue(package: Path) -> dict[str, Any]:
    return json.loads((package / "data/catalogue.json").read_bytes())


def printed(package: Path, code: str, vault: Vault, watermark: str, target: Path) -> int:
    """Write the volume of a package to ``target`` and return how many pages it has. Raises PackageError when an original is
    lost or does not open as it did; KeyError for a volume that there is not."""
    with pikepdf.new() as whole, ExitStack() as opened:
        numbers: list[tuple[str, bool]] = []
        begins: list[tuple[str, int]] = []
        for piece in _pieces(package, code, vault):
            begins.append((piece.title, len(numbers)))
            source = io.BytesIO(piece.data) if isinstance(piece.data, bytes) else piece.data
            pages = opened.enter_context(pikepdf.open(source)).pages
            if piece.first and len(pages) != piece.pages:
                raise PackageError(f"“{piece.title}”现有 {len(pages)} 页，归档时 {piece.pages} 页，不能排印")
            for n, page in enumerate(pages):
                wide = _add(whole, page)
                numbers.append((str(piece.first + n) if piece.first else "", wide))
        for start in range(0, len(numbers), SHEAF):
            sheaf = slice(start, start + SHEAF)
            over = opened.enter_context(pikepdf.open(io.BytesIO(marks(numbers[sheaf], watermark))))
            for page, mark in zip(whole.pages[sheaf], over.pages, strict=True):
                page.add_overlay(mark, None)
        with whole.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(title, place) for title, place in begins)
        whole.save(target)
    return len(numbers)


def _add(whole: pikepdf.Pdf, page: pikepdf.Page) -> bool:
    """Add a page; one that is not A4 is laid on a sheet of A4, lying on its side where it is wider than high: whether it is so."""
    left, bottom, right, top = (float(each) for each in page.mediabox)
    across, up = right - left, top - bottom
    turned = int(page.get("/Rotate", 0)) % 180 == 90
    if not turned and abs(across - A4[0]) < SLACK and abs(up - A4[1]) < SLACK:
        whole.pages.append(page)
        return False
    wide = (across > up) != turned
    width, height = A4[::-1] if wide else A4
    sheet = whole.add_blank_page(page_size=(width, height))
    sheet.add_overlay(page, pikepdf.Rectangle(EDGE, EDGE, width - EDGE, height - EDGE))
    return wide


def _pieces(package: Path, code: str, vault: Vault) -> Iterator[Piece]:
    shown = _catalogue(package)
    volume = {each["code"]: each for each in shown["volumes"]}[code]
    yield Piece("封面", package / volume["cover"], 0, 0)
    yield Piece("卷内目录", package / volume["catalogue"], 0, 0)
    for item in shown["items"]:
        if item.get("volume") == code and item["pages"]:
            data = package / item["file"] if item["file"] else _original(item, vault)
            yield Piece(item["title"], data, int(item["from"]), item["pages"])
    yield Piece("备考表", package / volume["remarks"], 0, 0)


def _original(item: dict[str, Any], vault: Vault) -> bytes:
    try:
        with vault.open(item["digest"]) as file:
            data = file.read()
        return as_pdf(data, PDF if data.startswith(b"%PDF") else "")
    except (VaultError, OSError) as error:
        raise PackageError(f"“{item['title']}”的原件取不出来，不能排印：{error}") from error
