"""The same paper as a Word document (DOCX), from the same plan as the PDF: one way for all kinds of form, letter and record.

A DOCX is for working on, printing in the bureau's own habit, or handing over; the record stays the PDF. Strokes and seal are not
drawn into what anybody can edit: places to sign say who signed and when.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import cast

import docx
import segno
from docx.document import Document as Word
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import _Footer
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from liuhen.measures.vocabulary import Document
from liuhen.papers import qr, showing, wording
from liuhen.papers.context import IncompletePaper, Mark, PaperContext, Values
from liuhen.papers.plan import Plan, plan
from liuhen.papers.tables import in_mm
from liuhen.papers.typesetter import compile_plan

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# The styles of GB/T 9704 by the names under which Word knows the families.
FANG, HEI, KAI, SONG, TITLE = "仿宋", "黑体", "楷体", "宋体", "方正小标宋简体"
_LATIN = "Times New Roman"
_RED = RGBColor(0xC8, 0x10, 0x2E)
_OCHRE = RGBColor(0x8A, 0x5A, 0x00)
_SIZES = {"form": 12.0, "letter": 16.0, "record": 14.0}
_PITCH = {"form": 18.0, "letter": 29.0, "record": 24.0}
# Upper, lower, left, right margin in mm: those of the PDF, without the strip of places to sign.
_MARGINS = {"form": (24, 30, 25, 20), "letter": (37, 35, 28, 26), "record": (28, 30, 25, 20)}
_TEXT_WIDTH = 165
_LABEL = 27
_LINE = "＿" * 8
# What XML cannot hold, and what only guides line breaks.
_UNHOLDABLE = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]|\u200b")
# Word knows no zone; when a paper was made is told by the record.
_MADE = datetime(2026, 1, 1)

_ALIGNS = {"left": None, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}

Place = Word | _Cell


def word(
    kind: Document,
    values: Values,
    context: PaperContext,
    *,
    draft: bool = False,
    final: bool = False,
    strokes: Sequence[Mark] = (),
) -> bytes:
    """The paper as DOCX, with everything that the PDF prints. Raises IncompletePaper (not for a draft), NotPrintable, and
    PaperError when a signature has no place on this paper."""
    missing = showing.missing(kind, values)
    if missing and not draft and kind.layout != "received":
        raise IncompletePaper(kind.title, missing)
    data = plan(kind, values, context, draft=draft, final=final, marks=strokes)
    layout = data["layout"]
    document = _blank(data, layout)
    _LAYOUTS[layout](document, data)
    _foot(document, data, "" if draft else qr.text(context))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _blank(data: Plan, layout: str) -> Word:
    document = docx.Document()
    normal = cast("ParagraphStyle", document.styles["Normal"])
    normal.font.size = Pt(_SIZES[layout])
    normal.font.name = _LATIN
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), FANG)
    form = normal.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(_PITCH[layout])
    top, bottom, left, right = _MARGINS[layout]
    section = document.sections[0]
    section.start_type = WD_SECTION.NEW_PAGE
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.footer_distance = Mm(10)
    about = document.core_properties
    about.title, about.author, about.language = _held(data["title"]), _held(data["bureau"]), "zh-CN"
    about.created = about.modified = _MADE
    about.comments = ""
    return document


def _held(text: str) -> str:
    return _UNHOLDABLE.sub("", text)


def _run(paragraph: Paragraph, text: str, font: str = "", size: float = 0, *, bold: bool = False) -> Run:
    run = paragraph.add_run(_held(text))
    if font:
        run.font.name = _LATIN
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if size:
        run.font.size = Pt(size)
    run.bold = bold or None
    return run


def _paragraph(place: Place, align: WD_ALIGN_PARAGRAPH | None = None, *, indent: int = 0) -> Paragraph:
    """A paragraph; ``indent`` in characters for its first line. The empty one that a cell begins with is used first."""
    first = place.paragraphs[0] if isinstance(place, _Cell) and len(place.paragraphs) == 1 else None
    used = first is not None and (first.runs or place._element.xpath("./w:tbl"))
    paragraph = first if first is not None and not used else place.add_paragraph()
    if align is not None:
        paragraph.alignment = align
    if indent:
        spacing = paragraph._element.get_or_add_pPr().get_or_add_ind()
        spacing.set(qn("w:firstLineChars"), str(indent * 100))
    return paragraph


def _head(document: Word, data: Plan) -> None:
    if data["note"]:
        note = _run(_paragraph(document, WD_ALIGN_PARAGRAPH.RIGHT), data["note"], HEI, 10)
        note.font.color.rgb = _OCHRE
    if data.get("red"):
        _red_head(document, data)
        return
    for text, size in ((data["bureau"], 16), (data["title"], 22)):
        _heading(document, text, size)
    facts = "　　".join(f"{label}：{text}" for label, text in data["facts"])
    if data["layout"] == "letter":
        facts = ""
    if facts:
        _run(_paragraph(document), facts)
    if data["number"]:
        _run(_paragraph(document, WD_ALIGN_PARAGRAPH.RIGHT), data["number"])


def _heading(document: Word, text: str, size: float) -> Run:
    paragraph = _paragraph(document, WD_ALIGN_PARAGRAPH.CENTER)
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    return _run(paragraph, text, TITLE, size, bold=True)


def _red_head(document: Word, data: Plan) -> None:
    """The head of an official letter: the bureau in red, the number and who signed, a red rule under them, the title."""
    _heading(document, data["bureau"], 32).font.color.rgb = _RED
    up = data["signer"] is not None
    number = _paragraph(document, None if up else WD_ALIGN_PARAGRAPH.CENTER)
    number.paragraph_format.space_before = Pt(2 * _PITCH["letter"])
    number.paragraph_format.space_after = Pt(2 * _PITCH["letter"])
    _run(number, f"{data['number']}　　　　签发人：{data['signer']}" if up else data["number"])
    border = OxmlElement("w:pBdr")
    rule = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "10"), ("space", "11"), ("color", str(_RED))):
        rule.set(qn(f"w:{name}"), value)
    border.append(rule)
    number._element.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
    _heading(document, data["title"], 22)


def _write(paragraph: Paragraph, block: Plan, *, under: bool = False) -> None:
    run = _run(paragraph, block["s"])
    if block["k"] == "gap":
        run.font.color.rgb = _OCHRE
    run.underline = under or None


def _blocks(place: Place, blocks: Sequence[Plan], *, indent: int = 2, width: float = _TEXT_WIDTH) -> None:
    for block in blocks:
        match block["t"]:
            case "para":
                _write(_paragraph(place, indent=indent), block)
            case "table":
                _ruled(place, block, width)
            case "qa":
                for sign, lines in (("问：", block["q"]), ("答：", block["a"])):
                    for n, line in enumerate(lines):
                        paragraph = _paragraph(place)
                        if not n:
                            _run(paragraph, sign, HEI)
                        _write(paragraph, line)
            case "picture":
                _picture(place, bytes(block["bytes"]), width)
            case _:
                drawing = {"layout": "drawing", "title": "", "bureau": "", "note": "", "block": block}
                _picture(place, compile_plan(drawing, "png", ppi=144)[0], width)


def _picture(place: Place, data: bytes, width: float) -> None:
    paragraph = _paragraph(place, WD_ALIGN_PARAGRAPH.CENTER)
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    paragraph.add_run().add_picture(io.BytesIO(data), width=Mm(min(width - 4, 150)))


def _table(place: Place, rows: int, widths: Sequence[float]) -> Table:
    """A ruled table of fixed columns, ``widths`` in mm; a row may break at the end of a page."""
    if isinstance(place, _Cell):
        table = place.add_table(rows, len(widths))
        table.style = "Table Grid"
    else:
        table = place.add_table(rows, len(widths), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def _ruled(place: Place, block: Plan, width: float) -> None:
    widths = in_mm(block, width - 4)
    table = _table(place, 1 + len(block["rows"]), widths)
    _repeated(table)
    # The cells of a row are asked for once: asking for each is slow in a long table.
    for n, (row, texts) in enumerate(zip(table.rows, [block["head"], *block["rows"]], strict=True)):
        for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = Mm(widths[column])
            paragraph = _paragraph(cell, _ALIGNS[block["aligns"][column] if n else "center"])
            paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
            _run(paragraph, text, "" if n else HEI, block["size"])
    if isinstance(place, _Cell):
        # A cell begins and ends with a paragraph; around a table they are nearly nothing.
        for paragraph in place.paragraphs:
            if not paragraph.text:
                paragraph.paragraph_format.line_spacing = Pt(4)


def _repeated(table: Table) -> None:
    """The head of a table stands on each page."""
    mark = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(mark)


def _signed(seat: Plan) -> str:
    """What stands in a place to sign: who signed and when, the reason of a refusal, else a line to write on."""
    content, name = seat["content"], seat["name"]
    if content["k"] == "refused":
        return f"{name}　{content['s']}　{seat['date']}".strip()
    if content["k"] == "blank":
        return f"{_LINE}　{name}　{seat['date']}"
    return f"{name or '已签名'}（签名见原件）　{seat['date']}"


def _seats(document: Word, seats: Sequence[Plan]) -> None:
    for seat in seats:
        paragraph = _paragraph(document)
        paragraph.paragraph_format.keep_together = True
        _run(paragraph, f"{seat['label']}：{_signed(seat)}")


def _form(document: Word, data: Plan) -> None:
    """One table of four columns; what is not short takes the last three together."""
    _head(document, data)
    half = (_TEXT_WIDTH - 2 * _LABEL) / 2
    table = _table(document, 0, [_LABEL, half, _LABEL, half])
    for row in data["rows"]:
        cells = table.add_row().cells
        pair = len(row) == 2
        wide = half if pair else _TEXT_WIDTH - _LABEL
        places = [cells[1], cells[3]] if pair else [cells[1].merge(cells[3])]
        for n, (one, place) in enumerate(zip(row, places, strict=True)):
            _label(cells[2 * n], one["label"])
            place.width = Mm(wide)
            _blocks(place, one["blocks"], indent=2 if one.get("tall") else 0, width=wide)
    for seat in data["seats"]:
        _run(_paragraph(_wide_row(table, f"{seat['label']}签名")), _signed(seat))
    for row in data["opinions"]:
        _opinion(_wide_row(table, row["label"]), row)


def _wide_row(table: Table, label: str) -> _Cell:
    """A further row that stays whole on a page: its label, and the cell beside it."""
    row = table.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    cells = row.cells
    _label(cells[0], label)
    place = cells[1].merge(cells[3])
    place.width = Mm(_TEXT_WIDTH - _LABEL)
    return place


def _label(cell: _Cell, text: str) -> None:
    cell.width = Mm(_LABEL)
    _run(_paragraph(cell, WD_ALIGN_PARAGRAPH.CENTER), text, HEI)


def _opinion(cell: _Cell, row: Plan) -> None:
    for one in row["given"]:
        result = f"（{one['result']}）" if one["result"] and one["result"] not in one["text"] else ""
        _run(_paragraph(cell, indent=2), one["text"] + result, KAI)
        _run(_paragraph(cell, WD_ALIGN_PARAGRAPH.RIGHT), f"签名：{one['name']}　{one['date']}")
    if not row["given"]:
        _paragraph(cell)
        cell.add_paragraph()
        _run(_paragraph(cell, WD_ALIGN_PARAGRAPH.RIGHT), f"签名：{_LINE}　{row['blank']}")


def _letter(document: Word, data: Plan) -> None:
    _head(document, data)
    if data["to"]:
        _run(_paragraph(document), data["to"] + "：")
    for part in data["parts"]:
        if part["t"] == "line":
            paragraph = _paragraph(document, indent=2)
            _run(paragraph, part["head"])
            _write(paragraph, part["blocks"][0])
        else:
            heading = _paragraph(document, indent=2)
            heading.paragraph_format.keep_with_next = True
            _run(heading, part["head"], HEI)
            _blocks(document, part["blocks"], width=156)
    # The date ends four characters from the right, the name stands over its middle (GB/T 9704 7.3.5).
    beside = 4 + (wording.width(data["date"]) - wording.width(data["bureau"])) / 2
    for text in ("", data["bureau"], data["date"]):
        paragraph = _paragraph(document, WD_ALIGN_PARAGRAPH.RIGHT)
        indent = max(beside, 0) if text == data["bureau"] else 4 + max(-beside, 0)
        paragraph.paragraph_format.right_indent = Pt(indent * _SIZES["letter"])
        paragraph.paragraph_format.keep_with_next = text != data["date"]
        _run(paragraph, text)
    _seats(document, data["seats"])


def _record(document: Word, data: Plan) -> None:
    _head(document, data)
    for items in data["head"]:
        paragraph = _paragraph(document)
        for n, one in enumerate(items):
            _run(paragraph, ("　" if n else "") + one["label"] + "：")
            for block in one["blocks"]:
                _write(paragraph, block, under=True)
    for part in data["parts"]:
        if part["t"] == "line":
            paragraph = _paragraph(document)
            _run(paragraph, part["label"] + "：", HEI)
            _write(paragraph, part["blocks"][0])
        else:
            if any(block["t"] != "qa" for block in part["blocks"]):
                heading = _paragraph(document)
                heading.paragraph_format.keep_with_next = True
                _run(heading, part["label"] + "：", HEI)
            _blocks(document, part["blocks"])
    _paragraph(document)
    _seats(document, data["seats"])


_LAYOUTS: dict[str, Callable[[Word, Plan], None]] = {"form": _form, "letter": _letter, "record": _record}


def _field(paragraph: Paragraph, code: str, size: float) -> None:
    """A field that Word computes: the number of a page, how many there are."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    shown = _run(paragraph, "1", SONG, size)._element
    field.append(shown)
    paragraph._element.append(field)


def _foot(document: Word, data: Plan, code: str) -> None:
    """Places to sign on every page are named at the foot; then which document this is, and the number of the page. A letter
    has the number at its outer side (GB/T 9704 7.5)."""
    section = document.sections[0]
    if data["layout"] == "letter":
        document.settings.odd_and_even_pages_header_footer = True
        _number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
        _number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)
        feet = [section.footer, section.even_page_footer]
    else:
        feet = [section.footer]
    for foot in feet:
        _identity(foot, data, code)


def _number(foot: _Footer, align: WD_ALIGN_PARAGRAPH) -> None:
    foot.is_linked_to_previous = False
    line = foot.paragraphs[0]
    line.alignment = align
    _run(line, "— ", SONG, 14)
    _field(line, "PAGE", 14)
    _run(line, " —", SONG, 14)


def _identity(foot: _Footer, data: Plan, code: str) -> None:
    foot.is_linked_to_previous = False
    every = [seat for seat in data["seats"] if seat["every"]]
    if every:
        _run(foot.paragraphs[0], "　　".join(f"{seat['label']}：{'＿' * 5}" for seat in every), FANG, 10.5)
    line = foot.add_paragraph()
    line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    if code:
        image = io.BytesIO()
        segno.make(code, error="m", micro=False, boost_error=False).save(image, kind="png", scale=6, border=4)
        line.add_run().add_picture(io.BytesIO(image.getvalue()), width=Mm(18))
    _run(line, f"　{data['foot']}", SONG, 7.5)
    if data["layout"] != "letter":
        _run(line, "　第", SONG, 7.5)
        _field(line, "PAGE", 7.5)
        _run(line, "页　共", SONG, 7.5)
        _field(line, "NUMPAGES", 7.5)
        _run(line, "页", SONG, 7.5)
