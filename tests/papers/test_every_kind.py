"""Every declared kind with long, short, bare and hostile values: nothing beyond the margins, nothing cut or covered, no glyph
missing, every page numbered."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from liuhen.measures.documents import DOCUMENTS
from liuhen.measures.vocabulary import Document
from liuhen.papers import NoGlyph, Opinion, Paper, preview, render, signing, wording
from tests.papers import modes, pages
from tests.papers.samples import CONTEXT, OPINIONS, drawn

PRINTED = [kind for kind in DOCUMENTS.values() if kind.layout != "received"]
MARGINS = {"form": (25, 20), "letter": (28, 26), "record": (25, 20)}
LONG_OPINIONS = [
    Opinion(o.role, modes.sentences(1_000).replace("记载", "认为"), o.result, o.name * 12, o.date)
    for o in OPINIONS
]


def made(kind: Document, mode: str, length: int = modes.LONG) -> Paper:
    opinions = LONG_OPINIONS if mode == "long" else OPINIONS
    values = modes.values(kind, mode, length)
    marks = [drawn(box.role, box.name) for box in signing.boxes(kind, values)] if mode == "short" else []
    return render(kind, values, replace(CONTEXT, opinions=opinions), final=True, strokes=marks)


def check_layout(kind: Document, paper: Paper, sheets: list[list[pages.Glyph]]) -> None:
    assert len(sheets) == paper.pages
    for n, sheet in enumerate(sheets, 1):
        beyond = pages.outside(sheet, *MARGINS[kind.layout])
        assert not beyond, (kind.code, n, pages.words(beyond)[:80])
        covered = pages.overlaps(sheet)
        assert not covered, (kind.code, n, [(a.char, b.char) for a, b in covered[:8]])
        if paper.pages > 1 or kind.layout != "form":
            assert re.search(rf"第{n}页共{paper.pages}页|—{n}—", pages.words(sheet)), (kind.code, n)


@pytest.mark.parametrize("mode", modes.MODES)
@pytest.mark.parametrize("kind", PRINTED, ids=lambda kind: kind.code)
def test_every_value_is_there_whole_within_the_margins(kind: Document, mode: str) -> None:
    is_whole(kind, mode)


@pytest.mark.parametrize("layout", ["form", "letter", "record"])
def test_the_longest_text_is_there_whole(layout: str) -> None:
    kinds = (k for k in PRINTED if k.layout == layout and any(f.type == "longtext" for f in k.fields))
    is_whole(next(kinds), "long", modes.LONGEST)


def is_whole(kind: Document, mode: str, length: int = modes.LONG) -> None:
    paper = made(kind, mode, length)
    sheets = pages.pages(paper.pdf)
    check_layout(kind, paper, sheets)
    texts = [pages.words(sheet) for sheet in sheets]
    for field, text in modes.texts(kind, modes.values(kind, mode, length)):
        lost = pages.missing(wording.tidy(text), texts)
        assert not lost, (kind.code, field, lost[:5])
    if mode == "long" and kind.approvals and kind.layout == "form":
        for opinion in LONG_OPINIONS[:1]:
            assert not pages.missing(opinion.text, texts), kind.code


@pytest.mark.parametrize("layout", ["form", "letter", "record"])
def test_an_emoji_that_no_font_draws_is_named_with_its_field(layout: str) -> None:
    kind = next(k for k in PRINTED if k.layout == layout and any(f.type == "longtext" for f in k.fields))
    field = next(f for f in kind.fields if f.type == "longtext")
    values = modes.values(kind, "short") | {field.name: "同意🦖。"}
    with pytest.raises(NoGlyph, match="U\\+1F996") as caught:
        render(kind, values, CONTEXT)
    assert caught.value.field == field.name
    assert field.label in str(caught.value)
    assert preview(kind, values, CONTEXT)


def test_the_checks_find_what_they_are_for() -> None:
    """A paper known to be good, its characters moved: beyond the margin, upon each other, away."""
    kind = DOCUMENTS["case_source_form"]
    paper = made(kind, "short")
    sheet = pages.pages(paper.pdf)[0]
    moved = [g._replace(left=g.left + 500, right=g.right + 500) for g in sheet[:3]]
    assert pages.outside([*sheet, *moved], 25, 20)[-3:] == moved
    covering = [g._replace(left=g.left + 1, right=g.right + 1) for g in sheet[:3]]
    assert len(pages.overlaps([*sheet, *covering])) >= 3
    assert pages.missing("没有这几个字的纸", [pages.words(sheet)]) == ["没有这几个字的纸"]
    assert pages.missing("甲乙丙丁", ["某甲乙", "丙丁某"]) == []
    assert pages.missing("甲乙丙丁", ["某甲乙", "某丁"]) == ["甲乙丙丁"]
