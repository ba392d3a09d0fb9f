"""The code on every paper: which document, which revision, and a short form of its commitment (design)."""

from __future__ import annotations

import io
from functools import lru_cache

import segno

from liuhen.papers.context import PaperContext

LENGTH = 40
LEAD = "LH"
_ID = 20
_COMMITMENT = 12


def short_id(document: str) -> str:
    """The first twenty characters of a document id in upper case, without hyphens when it is longer."""
    whole = document.upper()
    return (whole if len(whole) <= _ID else whole.replace("-", ""))[:_ID]


def short_commitment(commitment: str) -> str:
    """The first twelve characters of a commitment in upper case."""
    return commitment[:_COMMITMENT].upper()


def text(context: PaperContext) -> str:
    """``LH:<document>:<revision>:<first 12 of commitment>``, at most 40 upper-case characters.

    Empty for a paper without commitment (a draft). Raises ValueError when a given text is too long.
    """
    if context.qr:
        if len(context.qr) > LENGTH:
            raise ValueError(f"二维码文字超过 {LENGTH} 个字符：{context.qr}")
        return context.qr.upper()
    if not context.commitment or not context.document:
        return ""
    return f"{LEAD}:{short_id(context.document)}:{context.revision}:{short_commitment(context.commitment)}"


@lru_cache(maxsize=64)
def svg(words: str) -> str:
    """The QR code as SVG, level M, version 3 or less for 40 characters, with its quiet zone of four
    modules."""
    out = io.BytesIO()
    segno.make(words, error="m", micro=False, boost_error=False).save(
        out, kind="svg", border=4, xmldecl=False, svgclass=None, lineclass=None, light="#fff"
    )
    return out.getvalue().decode()
