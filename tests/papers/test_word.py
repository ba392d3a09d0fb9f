"""Every kind as DOCX from the declaration and plan of its PDF: valid, whole, numbered, its fonts named."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from lxml import etree

from liuhen.measures.documents import DOCUMENTS
from liuhen.measures.vocabulary import Document
from liuhen.papers import IncompletePaper, Mark, NotPrintable, wording
from liuhen.papers.word import word
from tests.papers import modes, pages
from tests.papers.samples import CONTEXT, OPINIONS, drawn, filled
from tests.papers.test_papers import LONG_RECORD, RECORD, TEXT

PRINTED = [kind for kind in DOCUMENTS.values() if kind.layout != "received"]


def read(data: bytes) -> Word:
    """The document as python-docx opens it again; every part is well-formed XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert parts.testzip() is None
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(parts.read(name))
    return docx.Document(io.BytesIO(data))


def words(document: Word) -> str:
    """All the text of the body, tables within tables too, in order and without white space."""
    return pages.plain("".join(node.text or "" for node in document.element.body.iter(qn("w:t"))))


def foot(document: Word) -> str:
    return "".join(node.text or "" for node in document.sections[0].footer._element.iter(qn("w:t")))


def holds_all(kind: Document, mode: str) -> None:
    given = modes.values(kind, mode, modes.LONGEST)
    document = read(word(kind, given, replace(CONTEXT, opinions=OPINIONS)))
    text = words(document)
    for field, value in modes.texts(kind, given):
        for line in wording.tidy(value).split("\n"):
            assert pages.plain(line) in text, (kind.code, field, line[:40])
    assert pages.plain(kind.title) in text
    for place in kind.signatures:
        assert pages.plain(place.label) in text
    if kind.layout == "form" and "S" in kind.approvals:
        assert "孙某" in text


@pytest.mark.parametrize("kind", PRINTED, ids=lambda kind: kind.code)
def test_every_kind_opens_again_and_holds_every_value(kind: Document) -> None:
    holds_all(kind, "hostile")


@pytest.mark.parametrize("mode", ["short", "long"])
@pytest.mark.parametrize("layout", ["form", "letter", "record"])
def test_a_short_one_and_a_long_one_hold_every_row(layout: str, mode: str) -> None:
    kind = next(k for k in PRINTED if k.layout == layout and any(f.type == "list" for f in k.fields))
    holds_all(kind, mode)


@pytest.mark.parametrize("layout", ["form", "letter", "record"])
def test_pages_are_numbered_and_the_code_and_the_fonts_are_named(layout: str) -> None:
    kind = next(k for k in PRINTED if k.layout == layout)
    document = read(word(kind, filled(kind), CONTEXT))
    footer = document.sections[0].footer._element
    fields = ["PAGE"] if layout == "letter" else ["PAGE", "NUMPAGES"]
    assert [f.get(qn("w:instr")) for f in footer.iter(qn("w:fldSimple"))] == fields
    assert "文书0193A7C211117ABC9DEF　第2稿　内容摘要ab12cd34ef56" in foot(document)
    assert list(footer.iter(qn("w:drawing")))
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "仿宋"
    named = {node.get(qn("w:eastAsia")) for node in document.element.body.iter(qn("w:rFonts"))}
    assert {"黑体", "方正小标宋简体"} <= named


def test_a_letter_has_its_number_outside_and_an_official_one_a_red_head() -> None:
    """GB/T 9704: odd pages right, even pages left; name of the bureau and a rule in red."""
    kind = DOCUMENTS["jurisdiction_designation_request"]
    document = read(word(kind, filled(kind), replace(CONTEXT, opinions=OPINIONS)))
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    sides = [f.paragraphs[0].alignment for f in (section.footer, section.even_page_footer)]
    assert sides == [WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT]
    assert "文书0193A7" in "".join(n.text or "" for n in section.even_page_footer._element.iter(qn("w:t")))
    first, number = document.paragraphs[:2]
    assert str(first.runs[0].font.color.rgb) == "C8102E"
    assert "签发人：王某" in number.text
    assert number._element.xpath("./w:pPr/w:pBdr/w:bottom")
    plain = DOCUMENTS["penalty_decision"]
    assert read(word(plain, filled(plain), CONTEXT)).paragraphs[0].runs[0].font.color.rgb is None


def test_every_cell_ends_with_a_paragraph_and_no_row_is_wider_than_the_table() -> None:
    """What Word refuses to open: a cell that ends with a table, rows that span more columns than there are."""
    for kind in PRINTED:
        if kind.layout == "form":
            body = read(word(kind, filled(kind), replace(CONTEXT, opinions=OPINIONS))).element.body
            for cell in body.iter(qn("w:tc")):
                assert cell[-1].tag == qn("w:p"), kind.code
            for table in body.iter(qn("w:tbl")):
                columns = len(table.tblGrid.findall(qn("w:gridCol")))
                for row in table.findall(qn("w:tr")):
                    assert sum(cell.grid_span for cell in row.findall(qn("w:tc"))) == columns, kind.code


def test_a_draft_names_its_gaps_and_has_no_code() -> None:
    document = read(word(TEXT, {}, CONTEXT, draft=True))
    text = words(document)
    assert "未填：内容" in text
    assert "草稿，未编号" in text
    assert not list(document.sections[0].footer._element.iter(qn("w:drawing")))


def test_an_incomplete_paper_is_no_docx_and_a_received_one_neither() -> None:
    with pytest.raises(IncompletePaper, match="内容"):
        word(TEXT, {}, CONTEXT)
    received = next(k for k in DOCUMENTS.values() if k.layout == "received")
    with pytest.raises(NotPrintable, match="原件"):
        word(received, {}, CONTEXT, draft=True)


def test_who_signed_and_who_refused_is_told_and_an_empty_place_has_a_line() -> None:
    refusal = Mark(role="witness", name="丙", refused="认为记录不全", date="2026-03-05")
    marks = [drawn("interviewee", "李某"), refusal]
    text = words(read(word(RECORD, LONG_RECORD, CONTEXT, final=True, strokes=marks)))
    assert "被询问人：已签名（签名见原件）2026年3月5日" in text
    assert "拒绝签名：认为记录不全" in text
    assert "执法人员：＿＿" in text


def test_a_sketch_is_a_picture_in_it() -> None:
    kind = DOCUMENTS["site_inspection_record"]
    document = read(word(kind, filled(kind), CONTEXT))
    assert list(document.element.body.iter(qn("w:drawing")))


def test_what_xml_cannot_hold_is_left_out() -> None:
    assert "甲乙" in words(read(word(TEXT, {"body": "甲\x0b\ufffe乙"}, CONTEXT)))
