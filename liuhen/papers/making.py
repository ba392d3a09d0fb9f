"""Render and preview: the two ways to make a paper from a declaration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from liuhen.measures.vocabulary import Document
from liuhen.papers import showing, signing
from liuhen.papers.context import IncompletePaper, Mark, NoGlyph, Paper, PaperContext, PaperError, Values
from liuhen.papers.images import page_count
from liuhen.papers.plan import plan
from liuhen.papers.typesetter import compile_plan

_PREVIEW_PPI = 96


def render(
    kind: Document,
    values: Values,
    context: PaperContext,
    *,
    draft: bool = False,
    final: bool = False,
    strokes: Sequence[Mark] = (),
    highlight: str = "",
    standard: str = "a-2b",
) -> Paper:
    """Make the paper of a document as PDF/A-2b; same input and fonts, same bytes.

    ``draft``: gaps 未填 in ochre and a header note. Neither ``draft`` nor ``final``: for signature, boxes
    empty. ``final``: seal and ``strokes`` drawn in; it has the pages of the one for signature. Empty
    optional values are struck with a dash, in a letter left out. ``highlight`` names a field to shade.
    ``standard`` is the PDF/A level.

    Raises IncompletePaper (not for a draft), NoGlyph, NoFonts, NotPrintable (layout ``received``),
    PaperError when a stroke has no place on this paper.
    """
    missing = showing.missing(kind, values)
    if missing and not draft and kind.layout != "received":
        raise IncompletePaper(kind.title, missing)
    data = plan(kind, values, context, draft=draft, final=final, marks=strokes, highlight=highlight)
    try:
        (pdf,) = compile_plan(data, standard=standard)
    except NoGlyph as error:
        raise _located(error, kind, values) from error
    return Paper(pdf, page_count(pdf), signing.boxes(kind, values), list(missing))


def preview(kind: Document, values: Values, context: PaperContext, *, highlight: str = "") -> list[bytes]:
    """The draft as page images (PNG) for the live view; a character without glyph shows as an empty frame."""
    data = plan(kind, values, context, draft=True, highlight=highlight)
    return compile_plan(data, "png", ppi=_PREVIEW_PPI)


def _holds(value: Any, text: str) -> bool:
    if isinstance(value, str):
        return text in value
    if isinstance(value, Mapping):
        return any(_holds(part, text) for part in value.values())
    return isinstance(value, Sequence) and any(_holds(part, text) for part in value)


def _located(error: NoGlyph, kind: Document, values: Values) -> PaperError:
    """The same error, naming the field whose value holds the character."""
    for field in kind.fields:
        if _holds(values.get(field.name), error.character):
            return NoGlyph(error.character, field.name, field.label)
    return error
