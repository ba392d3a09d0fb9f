"""Papers of every declared kind: complete, escaped, whole, and the same twice."""

from __future__ import annotations

import io
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
import zxingcpp
from PIL import Image

from liuhen.measures.documents import DOCUMENTS
from liuhen.measures.vocabulary import A, Document, Field, Signature
from liuhen.papers import (
    IncompletePaper,
    Mark,
    NoFonts,
    NoGlyph,
    NotPrintable,
    Opinion,
    PaperContext,
    PaperError,
    preview,
    render,
    typesetter,
)
from liuhen.papers.images import page_images
from liuhen.papers.qr import text as qr_text
from tests.papers.samples import CONTEXT, LONG, OPINIONS, drawn, filled

PRINTED = [kind for kind in DOCUMENTS.values() if kind.layout != "received"]


def page_texts(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range().replace("\r\n", "") for page in pdfium.PdfDocument(pdf)]


def whole_text(pdf: bytes) -> str:
    return "".join(page_texts(pdf))


def kind(layout: str, *fields: Field, **more: object) -> Document:
    given = {
        "code": "k",
        "title": "某文书",
        "cites": (A(9),),
        "requirement": "R9.1",
        "facing": "I",
        "stage": "启动",
    }
    return Document(**(given | {"layout": layout, "fields": fields} | more))  # type: ignore[arg-type]


RECORD = kind(
    "record",
    Field(name="interviewee", label="被询问人", type="person", required=True),
    Field(name="body", label="陈述", type="longtext", required=True),
    Field(name="note", label="备注"),
    signatures=(
        Signature(role="interviewee", label="被询问人", every_page=True),
        Signature(role="officer", label="执法人员", count=2, every_page=True),
        Signature(role="witness", label="见证人", required=False),
    ),
)
TEXT = kind(
    "form", Field(name="body", label="内容", type="longtext", required=True), Field(name="note", label="备注")
)


@pytest.mark.parametrize("each", PRINTED, ids=lambda each: each.code)
def test_every_kind_prints_with_the_same_pages_before_and_after_signing(each: Document) -> None:
    values = filled(each)
    for_signature = render(each, values, replace(CONTEXT, number=None, date=None))
    marks = [drawn(box.role, box.name) for box in for_signature.boxes]
    final = render(each, values, replace(CONTEXT, opinions=OPINIONS), final=True, strokes=marks)
    assert final.pages == for_signature.pages
    assert each.title in whole_text(final.pdf).replace("\n", "")
    assert "未填" not in whole_text(final.pdf)


@pytest.mark.parametrize("each", PRINTED, ids=lambda each: each.code)
def test_an_empty_draft_of_every_kind_names_all_that_is_missing(each: Document) -> None:
    draft = render(each, {}, CONTEXT, draft=True)
    words = whole_text(draft.pdf)
    assert draft.missing == [f.name for f in each.fields if f.required and not f.required_if]
    assert "草稿，未编号" in words
    unseen = {f.name for f in each.fields if not f.printed}
    assert words.count("未填：") >= len(set(draft.missing) - unseen)


@pytest.mark.parametrize(
    "each", [k for k in DOCUMENTS.values() if k.layout == "received"], ids=lambda each: each.code
)
def test_a_received_paper_is_never_made(each: Document) -> None:
    with pytest.raises(NotPrintable, match="原件"):
        render(each, {}, CONTEXT, draft=True)


def fonts_of(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [
        obj
        for obj in pdf.objects
        if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/FontDescriptor"
    ]


@pytest.mark.parametrize("layout", ["form", "letter", "record"])
def test_a_paper_claims_pdfa_2b_and_carries_all_it_needs(layout: str) -> None:
    each = next(k for k in PRINTED if k.layout == layout)
    paper = render(each, filled(each), CONTEXT, final=True)
    with pikepdf.open(io.BytesIO(paper.pdf)) as pdf:
        with pdf.open_metadata() as claims:
            assert (claims["pdfaid:part"], claims["pdfaid:conformance"]) == ("2", "B")
        fonts = fonts_of(pdf)
        assert fonts
        assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts)
        assert not pdf.is_encrypted
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert len(pdf.pages) == paper.pages


@pytest.mark.parametrize("layout", ["form", "letter", "record"])
def test_the_code_on_every_page_can_be_read_from_a_150_dpi_picture(layout: str) -> None:
    each = next(k for k in PRINTED if k.layout == layout)
    for picture in page_images(render(each, filled(each), CONTEXT, final=True).pdf, 150):
        (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
        assert found.text == "LH:0193A7C211117ABC9DEF:2:AB12CD34EF56"


def test_the_code_holds_at_most_forty_upper_case_characters() -> None:
    words = qr_text(PaperContext(bureau="局", document="d" * 60, revision=999, commitment="ab" * 32))
    assert len(words) <= 40
    assert words == words.upper()
    assert qr_text(PaperContext(bureau="局", document="d")) == ""
    with pytest.raises(ValueError, match="40"):
        qr_text(PaperContext(bureau="局", qr="X" * 41))


def test_the_foot_names_document_revision_and_short_commitment() -> None:
    words = whole_text(render(TEXT, {"body": "甲"}, CONTEXT).pdf)
    assert "文书0193A7C211117ABC9DEF" in words
    assert "第2稿" in words
    assert "内容摘要ab12cd34ef56" in words


def test_the_same_paper_twice_is_the_same_bytes_also_from_several_threads() -> None:
    values = [{"body": LONG * n} for n in range(1, 5)]
    first = [render(TEXT, value, CONTEXT).pdf for value in values]
    with ThreadPoolExecutor(4) as pool:
        again = list(pool.map(lambda value: render(TEXT, value, CONTEXT).pdf, values))
    assert again == first


def test_compiling_in_a_forked_child_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    render(TEXT, {"body": "甲"}, CONTEXT)
    monkeypatch.setattr(os, "getpid", lambda: -1)
    with pytest.raises(RuntimeError, match="分叉"):
        render(TEXT, {"body": "甲"}, CONTEXT)


@pytest.mark.parametrize(
    "attack",
    ['#read("/etc/passwd")', "#panic()", "$x^2$ *b* _i_ `c` <label> @ref", "\\u{41} ] } ) //", '"+sys.version+"', "= 标题"],
)  # fmt: skip
def test_what_a_user_types_is_printed_and_never_run(attack: str) -> None:
    paper = render(TEXT, {"body": attack}, CONTEXT)
    assert attack.replace(" ", "") in whole_text(paper.pdf).replace(" ", "")


def test_rare_characters_of_names_are_drawn() -> None:
    words = whole_text(render(TEXT, {"body": "𫖯㛃䶮喆堃"}, CONTEXT).pdf)
    assert "𫖯㛃䶮喆堃" in words


def test_a_character_without_glyph_is_named_with_its_code_and_field() -> None:
    with pytest.raises(NoGlyph, match=r"内容.*U\+E000") as caught:
        render(TEXT, {"body": "张\ue000"}, CONTEXT)
    assert (caught.value.field, caught.value.character) == ("body", "\ue000")


def test_a_character_without_glyph_does_not_stop_the_preview() -> None:
    (page,) = preview(TEXT, {"body": "张\ue000"}, CONTEXT)
    assert page.startswith(b"\x89PNG")


def test_a_missing_font_folder_is_told_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIUHEN_FONTS", str(tmp_path / "none"))
    typesetter.forget()
    with pytest.raises(NoFonts, match="缺少排版字体"):
        render(TEXT, {"body": "甲"}, CONTEXT)
    monkeypatch.undo()
    assert render(TEXT, {"body": "甲"}, CONTEXT).pages == 1


def test_a_font_folder_without_song_or_fangsong_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "readme.txt").write_text("not a font")
    monkeypatch.setenv("LIUHEN_FONTS", str(tmp_path))
    with pytest.raises(NoFonts, match="没有可用的"):
        render(TEXT, {"body": "甲"}, CONTEXT)


def test_a_paper_for_signature_lacking_a_required_value_is_refused() -> None:
    with pytest.raises(IncompletePaper, match="内容") as caught:
        render(TEXT, {}, CONTEXT)
    assert caught.value.fields == ["body"]


def test_an_empty_optional_value_is_struck_with_a_dash_but_not_in_a_draft() -> None:
    assert "——" in whole_text(render(TEXT, {"body": "甲"}, CONTEXT).pdf)
    assert "——" not in whole_text(render(TEXT, {"body": "甲"}, CONTEXT, draft=True).pdf)


@pytest.mark.parametrize(
    ("answer", "words"),
    [({"not_applicable": "案件已移送"}, "不适用（案件已移送）"), ({"not_on_paper": True}, "纸上未载")],
)
def test_not_applicable_and_not_on_paper_are_printed_as_answers(answer: object, words: str) -> None:
    for layout in ("form", "letter", "record"):
        paper = render(replace(TEXT, layout=layout), {"body": answer}, CONTEXT)
        assert words in whole_text(paper.pdf)
        assert paper.missing == []


def test_a_condition_makes_a_field_required_only_when_it_holds() -> None:
    each = kind(
        "form",
        Field(name="named", label="具名", type="bool", required=True),
        Field(name="provider", label="提供人", required=True, required_if=("named", "true"), secret=True),
    )
    assert render(each, {"named": False}, CONTEXT).missing == []
    assert render(each, {"named": True}, CONTEXT, draft=True).missing == ["provider"]
    assert "张某" in whole_text(render(each, {"named": True, "provider": "张某"}, CONTEXT).pdf)


LONG_RECORD = {"interviewee": {"name": "李某"}, "body": LONG * 12}


def test_a_long_record_has_places_to_sign_and_numbers_on_every_page() -> None:
    paper = render(RECORD, LONG_RECORD, CONTEXT)
    assert paper.pages >= 3
    for n, words in enumerate(page_texts(paper.pdf), 1):
        assert f"第{n}页" in words
        assert f"共{paper.pages}页" in words
        assert "被询问人：" in words
        assert words.count("执法人员：") == 2


@pytest.mark.parametrize(("pages", "dated"), [("all", "every"), ("last", "last")])
def test_strokes_are_drawn_on_all_pages_or_on_the_last(pages: str, dated: str) -> None:
    paper = render(RECORD, LONG_RECORD, CONTEXT, final=True, strokes=[drawn("interviewee", "李某", pages)])
    found = ["2026年3月5日" in words for words in page_texts(paper.pdf)]
    assert found == [dated == "every" or n == paper.pages for n in range(1, paper.pages + 1)]


def test_strokes_change_the_picture_only_where_they_stand() -> None:
    before = page_images(render(RECORD, LONG_RECORD, CONTEXT).pdf, 50)
    marks = [drawn("interviewee", "李某", "last")]
    after = page_images(render(RECORD, LONG_RECORD, CONTEXT, final=True, strokes=marks).pdf, 50)
    assert [a == b for a, b in zip(before, after, strict=True)] == [True] * (len(before) - 1) + [False]


def test_a_refusal_is_written_in_the_place_with_its_witness() -> None:
    refusal = Mark(
        role="interviewee", name="李某", refused="认为记录不全", witness="社区工作人员丙", date="2026-03-05"
    )
    words = whole_text(render(RECORD, LONG_RECORD, CONTEXT, final=True, strokes=[refusal]).pdf)
    assert "拒绝签名：认为记录不全" in words
    assert "见证人：社区工作人员丙" in words


def test_even_a_long_refusal_leaves_the_pages_as_they_were() -> None:
    refusal = Mark(role="witness", refused="理由" * 150)
    paper = render(RECORD, LONG_RECORD, CONTEXT, final=True, strokes=[refusal])
    assert paper.pages == render(RECORD, LONG_RECORD, CONTEXT).pages


def test_a_scanned_signature_is_placed_as_a_picture() -> None:
    out = io.BytesIO()
    Image.new("RGB", (60, 20), "navy").save(out, format="PNG")
    paper = render(
        RECORD, LONG_RECORD, CONTEXT, final=True, strokes=[Mark(role="witness", image=out.getvalue())]
    )
    with pikepdf.open(io.BytesIO(paper.pdf)) as pdf:
        assert any(page.get_images() for page in pdf.pages)


def test_no_signature_is_lost_for_want_of_a_place() -> None:
    with pytest.raises(PaperError, match="留签名的位置"):
        render(RECORD, LONG_RECORD, CONTEXT, final=True, strokes=[drawn("presider", "丁")])


def test_marks_find_their_places_by_name() -> None:
    values = LONG_RECORD | {"officers": [{"name": "甲"}, {"name": "乙"}]}
    refusal = Mark(role="officer", name="乙", refused="乙之因")
    last = page_texts(
        render(RECORD, values, CONTEXT, final=True, strokes=[refusal, drawn("officer", "甲")]).pdf
    )[-1]
    assert last.index("2026年3月5日") < last.index("乙之因") or "乙之因" in last


def test_opinions_stand_in_rows_of_fixed_height() -> None:
    each = replace(TEXT, approvals=("S", "B"))
    blank = render(each, {"body": "甲"}, CONTEXT)
    long = [
        Opinion("S", "同意立案。" + "理由充分，" * 60, "同意", "孙某", "2026-03-06"),
        Opinion("B", "再查", "退回", "王某", "2026-03-07"),
    ]
    full = render(each, {"body": "甲"}, replace(CONTEXT, opinions=long), final=True)
    words = whole_text(full.pdf)
    assert full.pages == blank.pages == 1
    assert "孙某" in words
    assert "2026年3月7日" in words
    assert "再查（退回）" in words


def test_an_opinion_too_long_to_be_read_in_its_row_stands_on_a_page_of_its_own() -> None:
    each = replace(TEXT, approvals=("S", "B"))
    long = [Opinion("S", "理由充分，" * 500 + "同意。", "同意", "孙某", "2026-03-06")]
    full = render(each, {"body": "甲"}, replace(CONTEXT, opinions=long), final=True)
    first, *rest = page_texts(full.pdf)
    assert "全文见附页" in first
    assert "孙某" in first
    assert "".join(rest).count("理由充分，") >= 500 - len(rest)


LETTER = kind(
    "letter",
    Field(name="party", label="当事人", type="party", required=True),
    Field(name="facts", label="违法事实", type="longtext", required=True),
    Field(name="hearing", label="听证情况", type="longtext"),
    Field(name="penalties", label="处罚内容", type="penalties"),
    sealed=True,
    number="罚决",
)
LETTER_VALUES = {
    "party": {"party_kind": "法人", "name": "某公司"},
    "facts": LONG,
    "penalties": [{"kind": "罚款", "amount": 3_000_000}],
}


def seal() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (100, 100), "red").save(out, format="PNG")
    return out.getvalue()


def test_a_letter_states_number_sections_money_authority_and_date() -> None:
    words = whole_text(render(LETTER, LETTER_VALUES, CONTEXT, final=True).pdf)
    for expected in (
        "大金普发改罚决〔2026〕6号",
        "一、违法事实",
        "二、处罚内容",
        "30,000.00元（大写：叁万元整）",
        "2026年3月6日",
        "— 1 —",
    ):
        assert expected in words
    assert "听证情况" not in words


def test_a_letter_says_to_whom_what_it_does_and_how_it_ends() -> None:
    """GB/T 9704: addressee, body, close. A letter to another body begins with it; what is about the party comes after."""
    letter = DOCUMENTS["crime_transfer_letter"]
    text = whole_text(render(letter, filled(letter) | {"to_body": "某市公安局"}, CONTEXT).pdf)
    order = ("某市公安局：", letter.lead[:12], "当事人：某粮食有限公司", "一、案情摘要", letter.close[:12])
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert text.count("某市公安局") == 1


def test_a_notice_to_the_party_about_another_body_is_not_addressed_to_that_body() -> None:
    """强 21: the party is told where its things went."""
    notice = DOCUMENTS["seized_property_transfer_notice"]
    text = whole_text(render(notice, filled(notice) | {"to_body": "某市公安局"}, CONTEXT).pdf)
    assert "某市公安局：" not in text
    assert (
        text.index("当事人：某粮食有限公司")
        < text.index(notice.lead[:12])
        < text.index("受移送机关：某市公安局")
    )


def test_every_letter_says_what_it_does() -> None:
    """A list of values is no letter: but for a certificate, and where a text of the form says it."""
    silent = {one.code for one in PRINTED if one.layout == "letter" and not one.lead}
    assert silent == {"license_certificate", "license_denial_decision", "interpretation"}
    for one in PRINTED:
        assert not one.addressed or one.field(one.addressed).type in ("text", "person", "party")


def test_a_form_of_two_pages_says_on_the_second_which_it_is() -> None:
    sheet = DOCUMENTS["docket_approval"]
    _, second = page_texts(render(sheet, filled(sheet), CONTEXT).pdf)
    assert second.startswith("立案审批表")
    assert "LC-P-2026-0017" in second
    assert "执法人员签名" in second.replace("\n", "")


def test_a_letter_keeps_the_type_area_of_22_lines_of_28_characters() -> None:
    paper = render(replace(LETTER, fields=LETTER.fields[1:2]), {"facts": "字" * 28 * 60}, CONTEXT)
    page = pdfium.PdfDocument(paper.pdf)[1].get_textpage()
    boxes = [page.get_charbox(n) for n in range(page.count_chars()) if page.get_text_range(n, 1) == "字"]
    lines = {round(box[1]) for box in boxes}
    assert len(lines) == 22
    assert len(boxes) == 22 * 28


def test_the_place_of_the_seal_is_drawn_until_the_seal_is() -> None:
    context = replace(CONTEXT, seal=seal())
    assert "印章位置" in whole_text(render(LETTER, LETTER_VALUES, context).pdf)
    final = render(LETTER, LETTER_VALUES, context, final=True)
    assert "印章位置" not in whole_text(final.pdf)
    with pikepdf.open(io.BytesIO(final.pdf)) as pdf:
        assert pdf.pages[-1].get_images()
    assert "印章位置" in whole_text(render(LETTER, LETTER_VALUES, CONTEXT, final=True).pdf)


def test_a_number_not_yet_reserved_leaves_its_place() -> None:
    words = whole_text(render(LETTER, LETTER_VALUES, replace(CONTEXT, number=None)).pdf)
    assert "大金普发改罚决〔" in words


def test_questions_and_answers_are_printed_as_such() -> None:
    columns = (Field(name="q", label="问", type="longtext"), Field(name="a", label="答", type="longtext"))
    each = replace(
        RECORD, fields=(Field(name="qa", label="问答", type="list", columns=columns),), signatures=()
    )
    words = whole_text(render(each, {"qa": [{"q": "姓名？", "a": "李某。"}]}, CONTEXT).pdf)
    assert "问：姓名？" in words
    assert "答：李某。" in words


def test_the_field_being_edited_is_shaded_in_the_preview() -> None:
    plain, shaded = (preview(TEXT, {"body": "甲"}, CONTEXT, highlight=name)[0] for name in ("", "body"))
    assert plain != shaded


def _picture(size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (20, 90, 160)).save(out, "PNG")
    return out.getvalue()


def test_a_sketch_is_drawn_and_an_uploaded_picture_shown_instead_r7_3() -> None:
    """A drawing goes in stroke by stroke, a picture no larger than a page needs; what is neither stands by its name."""
    kind = DOCUMENTS["site_survey_record"]
    plain = filled(kind) | {"sketch": [{"digest": "sha256:" + "d" * 64, "name": "平面图.png"}]}
    named = render(kind, plain, CONTEXT)
    assert "平面图.png" in whole_text(named.pdf)
    shown = render(kind, plain, replace(CONTEXT, pictures={"sha256:" + "d" * 64: _picture((4000, 3000))}))
    assert "平面图.png" not in whole_text(shown.pdf)
    sketched = render(kind, filled(kind), CONTEXT)
    assert "大门朝北" in whole_text(sketched.pdf)
    assert "照片位置" in whole_text(sketched.pdf)
    assert sketched.pdf == render(kind, filled(kind), CONTEXT).pdf
    kept = {"sha256:" + "d" * 64: filled(kind)["sketch"][0]["drawn"].encode()}
    assert "大门朝北" in whole_text(render(kind, plain, replace(CONTEXT, pictures=kept)).pdf)
    hostile = b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
    assert "平面图.png" in whole_text(
        render(kind, plain, replace(CONTEXT, pictures={"sha256:" + "d" * 64: hostile})).pdf
    )
