"""Codes are read from scans in whatever way the pages lie; what cannot be read is said."""

from __future__ import annotations

import io

import pikepdf
import pytest
import segno
from PIL import Image

from liuhen.papers import BadScan, cut, page_count, read_scan, render
from liuhen.papers.scans import MOST_PAGES, Code
from tests.papers.samples import CONTEXT
from tests.papers.scanning import as_file, as_pdf, locked, pictures, worn
from tests.papers.test_papers import LONG_RECORD, RECORD

CODE = Code("0193A7C211117ABC9DEF", 2, "AB12CD34EF56")


@pytest.fixture(scope="module")
def sheets() -> list[Image.Image]:
    return pictures(render(RECORD, LONG_RECORD, CONTEXT).pdf)[:2]


@pytest.mark.parametrize(
    "wear",
    [
        {}, {"turn": 90}, {"turn": 180}, {"turn": 270}, {"turn": 3}, {"turn": -17}, {"noise": 4},
        {"blur": 1.2}, {"pale": 0.35}, {"turn": 181.5, "noise": 2, "blur": 0.8, "pale": 0.6},
    ],
    ids=str,
)  # fmt: skip
def test_a_code_is_read_at_150_dpi_turned_noisy_blurred_and_pale(
    sheets: list[Image.Image], wear: dict[str, float]
) -> None:
    found = read_scan(as_pdf([worn(sheet, **wear) for sheet in sheets]))  # type: ignore[arg-type]
    assert [(page.number, page.code) for page in found] == [(1, CODE), (2, CODE)]


@pytest.mark.parametrize("format_", ["JPEG", "PNG"])
def test_a_picture_is_one_page(sheets: list[Image.Image], format_: str) -> None:
    (page,) = read_scan(as_file(sheets[0], format_))
    assert page.code == CODE


def test_a_large_photograph_is_read_smaller(sheets: list[Image.Image]) -> None:
    large = sheets[0].resize((sheets[0].width * 5, sheets[0].height * 5))
    assert read_scan(as_file(large, "JPEG"))[0].code == CODE


def test_a_page_without_code_and_one_with_another_code_are_told_apart(sheets: list[Image.Image]) -> None:
    blank = Image.new("L", sheets[0].size, 255)
    other = blank.copy()
    picture = io.BytesIO()
    segno.make("https://example.invalid/1").save(picture, kind="png", scale=6)
    other.paste(Image.open(picture).convert("L"), (200, 200))
    found = read_scan(as_pdf([blank, other, sheets[0]]))
    assert [(p.code, p.foreign) for p in found] == [(None, False), (None, True), (CODE, False)]


@pytest.mark.parametrize("data", [b"hello", b"", b"%PDF-1.7 broken", b"\x89PNG\r\n\x1a\nbroken"])
def test_what_is_no_scan_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(BadScan, match=r"扫描|上传"):
        read_scan(data)


def test_a_locked_pdf_a_gif_and_an_endless_one_are_refused(sheets: list[Image.Image]) -> None:
    with pytest.raises(BadScan, match="密码"):
        read_scan(locked(as_pdf(sheets)))
    with pytest.raises(BadScan, match="JPG"):
        read_scan(as_file(sheets[0], "GIF"))
    endless = io.BytesIO()
    with pikepdf.new() as many:
        for _ in range(MOST_PAGES + 1):
            many.add_blank_page()
        many.save(endless)
    with pytest.raises(BadScan, match="分开上传"):
        read_scan(endless.getvalue())


@pytest.mark.parametrize(
    "words",
    ["", "LH:", "LH:A:x:B", "XX:A:1:B", "LH:A:1:B:C", "LH::1:B", "LH:A:1:", "https://example.invalid"],
)
def test_other_words_are_no_code_of_ours(words: str) -> None:
    assert Code.read(words) is None


def test_pages_are_cut_out_in_order_and_the_same_twice(sheets: list[Image.Image]) -> None:
    whole = as_pdf([sheets[0], sheets[1], sheets[0]])
    assert page_count(cut(whole, [1, 3])) == 2
    assert cut(whole, [1, 3]) == cut(whole, [1, 3])
