"""What a clerk measures with a ruler: GB/T 9704 for letters, rows and tables that are not divided, places to sign in company."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from liuhen.measures.documents import DOCUMENTS
from liuhen.measures.vocabulary import Document, Field
from liuhen.papers import render, tables
from liuhen.papers.tables import ruled
from tests.papers import pages
from tests.papers.pages import MM, Glyph
from tests.papers.samples import CONTEXT, LONG, OPINIONS, PARTY, drawn, filled
from tests.papers.test_papers import LETTER, LETTER_VALUES, RECORD, kind, seal

SAN = 15.75  # 三号, in points
WIDTH = 595.3


def sheets(of: Document, values: dict[str, Any], **more: Any) -> list[list[Glyph]]:
    return pages.pages(render(of, values, replace(CONTEXT, opinions=OPINIONS), **more).pdf)


def place(sheet: list[Glyph], words: str) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of words on a page, in points; they stand there once."""
    text = pages.words(sheet)
    assert text.count(words) == 1, (words, text.count(words))
    found = sheet[text.index(words) :][: len(words)]
    return found[0].left, min(g.bottom for g in found), found[-1].right, max(g.top for g in found)


def test_the_number_of_the_page_stands_at_the_outer_side_one_character_in() -> None:
    """GB/T 9704 7.5: odd pages right, even pages left; what else the foot holds stands on the inner side."""
    front, back = sheets(LETTER, LETTER_VALUES | {"facts": LONG * 4})[:2]
    left, right = place(front, "—1—")[2], place(back, "—2—")[0]
    assert WIDTH - 26 * MM - left == pytest.approx(14, abs=3)
    assert right - 28 * MM == pytest.approx(14, abs=3)
    assert place(front, "文书0193A7")[0] < WIDTH / 2 < place(back, "ab12cd34ef56")[2]


def test_the_seal_stands_over_name_and_date_and_the_date_four_characters_in() -> None:
    """GB/T 9704 7.3.5: name and date a little below the middle of the seal, its upper edge within a line of the text."""
    paper = render(LETTER, LETTER_VALUES, replace(CONTEXT, seal=seal()), final=True)
    sheet = pages.pages(paper.pdf)[-1]
    document = pdfium.PdfDocument(paper.pdf)
    (image,) = document[len(document) - 1].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])
    left, bottom, right, top = image.get_bounds()
    assert (right - left) / MM == pytest.approx(42, abs=0.5)
    signed = [g for g in sheet if g.top < top]
    name, day = place(signed, "大连金普新区发展和改革局"), place(signed, "2026年3月6日")
    assert WIDTH - 26 * MM - day[2] == pytest.approx(4 * SAN, abs=5)
    assert left < day[0] < day[2] < right
    assert bottom < day[1] < (bottom + top) / 2
    assert (name[3] + day[1]) / 2 < (bottom + top) / 2
    above = min(g.bottom for g in sheet if g.bottom > top)
    assert 0 < above - top < 225 * MM / 22


def test_seal_and_places_to_sign_stand_together_with_the_last_words() -> None:
    of = DOCUMENTS["seizure_decision"]
    values = filled(of)
    marks = [drawn(box.role, box.name) for box in render(of, values, CONTEXT).boxes]
    last = pages.words(sheets(of, values, final=True, strokes=marks)[-1])
    assert "不得动用" in last
    assert last.count("2026年3月5日") >= len(marks) == 4


@pytest.mark.parametrize("code", ["assistance_letter", "jurisdiction_designation_request"])
def test_an_official_letter_has_its_red_head_35_mm_below_the_type_area(code: str) -> None:
    """GB/T 9704 7.2.4: what goes to another body as 函, 请示 or 报告; what goes up names who signed it."""
    first, *_, last = sheets(DOCUMENTS[code], filled(DOCUMENTS[code]))
    head = place([g for g in first if g.top > 600], "大连金普新区发展和改革局")
    assert (841.9 - head[3]) / MM == pytest.approx(37 + 35, abs=2.5)
    assert head[2] - head[0] > 120 * MM
    assert ("签发人：王某" in pages.words(first)) == (code == "jurisdiction_designation_request")
    assert "某街道某路1号：" in pages.words(first)
    assert "—1—" in pages.words(first)
    assert "2026年3月6日" in pages.words(last)


def test_a_decision_has_no_red_head() -> None:
    first = sheets(DOCUMENTS["penalty_decision"], filled(DOCUMENTS["penalty_decision"]))[0]
    head = place([g for g in first if g.top > 600], "大连金普新区发展和改革局")
    assert (841.9 - head[3]) / MM == pytest.approx(37, abs=2)


@pytest.mark.parametrize(
    ("code", "given", "words"),
    [
        ("interested_party_notice", {"interested_party": PARTY | {"name": "某邻居公司"}}, "某邻居公司："),
        ("inspection_decision", {"applicant": "赵某"}, "赵某："),
        ("rectification_order", {"section": "粮食科"}, "粮食科："),
        ("public_notice", {"addressee": "某粮食有限公司"}, "某粮食有限公司："),
    ],
)
def test_a_letter_is_addressed_to_whom_it_goes(code: str, given: dict[str, Any], words: str) -> None:
    """The salutation stands at the margin and before the sentence that says what the letter does."""
    of = DOCUMENTS[code]
    first = sheets(of, filled(of) | given)[0]
    text = pages.words(first)
    start = text.index(words)
    assert start < text.index(of.lead[:12])
    assert first[start].left == pytest.approx(28 * MM, abs=2)


def test_every_letter_that_speaks_to_somebody_says_to_whom() -> None:
    for of in DOCUMENTS.values():
        if of.layout == "letter" and "你" in of.lead + of.close:
            assert of.addressed or any(field.type == "party" for field in of.fields), of.code


def test_days_are_told_as_days_in_a_letter() -> None:
    words = "".join(
        map(pages.words, sheets(DOCUMENTS["penalty_notice"], filled(DOCUMENTS["penalty_notice"])))
    )
    assert "陈述申辩期限：2个工作日" in words
    demand = DOCUMENTS["performance_demand"]
    assert "履行期限：自送达之日起2个工作日" in "".join(map(pages.words, sheets(demand, filled(demand))))


ROWS = tuple(Field(name=name, label=label) for name, label in (("what", "物品名称"), ("note", "特征说明")))


def listed(layout: str, rows: int, *, before: int, note: str = "甲") -> list[str]:
    """The pages of a paper with some text and then a table."""
    of = kind(
        layout,
        Field(name="body", label="内容", type="longtext"),
        Field(name="rows", label="清单", type="list", columns=ROWS),
        Field(name="end", label="说明", type="longtext"),
    )
    items = [{"what": f"第{n:02d}件", "note": note + f"完{n:02d}"} for n in range(rows)]
    return [
        pages.words(s)
        for s in sheets(of, {"body": "某某。\n" * before, "rows": items, "end": "某某。\n" * 6})
    ]


@pytest.mark.parametrize(("layout", "before"), [("letter", 14), ("letter", 15), ("record", 18), ("form", 27)])
def test_a_short_table_is_on_one_page_with_its_heading(layout: str, before: int) -> None:
    found = [text for text in listed(layout, 5, before=before) if "第" in text and "件" in text]
    assert len(found) == 1
    assert "清单" in found[0].split("物品名称")[0][-40:]


@pytest.mark.parametrize("layout", ["letter", "record", "form"])
def test_a_long_table_repeats_its_head_and_no_row_is_divided(layout: str) -> None:
    found = listed(layout, 40, before=3, note="某种特征的说明，" * 9)
    rows = [text for text in found if "件" in text]
    assert len(rows) > 2
    assert all("物品名称" in text for text in rows)
    for n in range(40):
        (of,) = [text for text in rows if f"第{n:02d}件" in text]
        assert f"完{n:02d}" in of


def test_the_heading_of_a_wide_table_in_a_form_is_on_the_page_of_its_first_row() -> None:
    columns = tuple(Field(name=f"c{n}", label=f"栏目{n}") for n in range(7))
    of = kind(
        "form",
        Field(name="body", label="内容", type="longtext"),
        Field(name="rows", label="清单标题", type="list", columns=columns),
    )
    for lines in range(22, 34, 2):
        values = {"body": "某某。\n" * lines, "rows": [{c.name: "某种情况" * 4 for c in columns}] * 2}
        (page,) = [words for words in map(pages.words, sheets(of, values)) if "清单标题" in words]
        assert "某种情况" in page


def test_the_date_under_a_signature_is_never_divided() -> None:
    of = DOCUMENTS["verification_report"]
    long = "阿卜杜拉·买买提·艾合买提江·吐尔逊·玉素甫阿吉"
    values = filled(of) | {"officers": [{"name": f"{long}{n}", "certificate_no": "0"} for n in "甲乙"]}
    marks = [drawn(box.role, box.name) for box in render(of, values, CONTEXT).boxes]
    page = sheets(of, values, final=True, strokes=marks)[-1]
    text = pages.words(page)
    found = [page[n : n + 9] for n in range(len(text)) if text.startswith("2026年3月5日", n)]
    assert len(found) == 2
    for date in found:
        assert max(g.bottom for g in date) - min(g.bottom for g in date) < 6


def test_columns_of_short_texts_are_no_wider_than_these_and_money_is_never_divided() -> None:
    head, row = (
        ["序号", "名称", "数量", "估价"],
        ["1", "某种物品的很长很长很长的名称说明", "2", "1,230,000.00元"],
    )
    block = tables.ruled(head, [row], ["center", "left", "center", "right"])
    assert block["fixed"] == [True, False, True, True]
    many = tables.ruled(
        [f"第{n}" for n in range(10)], [["某种情况"] * 9 + ["2026年3月5日"]], ["left"] * 9 + ["center"]
    )
    assert (block["size"], many["size"], many["fixed"][-1]) == (10.5, 9.0, True)
    narrow, name, _, money = tables.in_mm(block, 138)
    assert narrow < 12
    assert money > len(row[3]) * 5.25 / 72 * 25.4
    assert sum(tables.in_mm(block, 138)) == pytest.approx(138)
    assert name > 70


def test_the_rest_of_the_last_page_of_a_record_is_struck() -> None:
    values = {"interviewee": {"name": "李某"}, "body": "甲"}
    assert "（以下空白）" in pages.words(sheets(RECORD, values)[-1])
    assert "以下空白" not in pages.words(sheets(RECORD, values, draft=True)[-1])
    for lines in range(20, 34):
        *before, last = sheets(RECORD, values | {"body": "某某。\n" * lines})
        assert not any("以下空白" in pages.words(sheet) for sheet in before)
        assert not pages.overlaps(last)


@pytest.mark.parametrize(
    "code", ["case_matter_approval", "case_withdrawal_approval", "period_extension_approval"]
)
def test_an_approval_is_on_one_page_with_what_is_approved(code: str) -> None:
    assert len(sheets(DOCUMENTS[code], filled(DOCUMENTS[code]))) == 1


def test_a_sketch_and_what_its_pins_stand_for_are_on_one_page() -> None:
    for lines in range(1, 16, 2):
        of = DOCUMENTS["site_survey_record"]
        values = filled(of) | {"situation": "某某。\n" * lines}
        (page,) = [pages.words(s) for s in sheets(of, values) if "照片位置" in pages.words(s)]
        assert "大门朝北" in page


def test_a_quantity_is_one_word_in_its_column() -> None:
    """12.5 is copied and searched as 12.5, and no line ends within it."""
    rows = [["稻谷", "12.5"], ["玉米", "1,200.125"]]
    for columns in (2, 9):
        more = ["某仓库东侧第二排货架下层" * 2] * (columns - 2)
        found = ruled(
            ["名称", "数量", *map(str, range(columns - 2))],
            [[*row, *more] for row in rows],
            ["left", "center", *["left"] * (columns - 2)],
        )
        assert [row[1] for row in found["rows"]] == ["12.5", "1,200.125"]
