"""Papers: PDF/A, previews and page images from the declarations of the Measures, one template set for all
kinds."""

from __future__ import annotations

from liuhen.papers.context import (
    Box,
    IncompletePaper,
    Mark,
    NoFonts,
    NoGlyph,
    NotPrintable,
    Opinion,
    Paper,
    PaperContext,
    PaperError,
)
from liuhen.papers.glyphs import undrawable, undrawn
from liuhen.papers.images import page_count, page_images
from liuhen.papers.making import preview, render
from liuhen.papers.scans import BadScan, ScanPage, cut, read_scan
from liuhen.papers.sheets import catalogue, corrections, cover, marks, receipt, table
from liuhen.papers.wording import capitals, day, moment, yuan

__all__ = [
    "BadScan",
    "Box",
    "IncompletePaper",
    "Mark",
    "NoFonts",
    "NoGlyph",
    "NotPrintable",
    "Opinion",
    "Paper",
    "PaperContext",
    "PaperError",
    "ScanPage",
    "capitals",
    "catalogue",
    "corrections",
    "cover",
    "cut",
    "day",
    "marks",
    "moment",
    "page_count",
    "page_images",
    "preview",
    "read_scan",
    "receipt",
    "render",
    "table",
    "undrawable",
    "undrawn",
    "yuan",
]
