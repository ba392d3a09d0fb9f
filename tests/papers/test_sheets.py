"""Catalogue, cover and proof of service (domain §8.2, A27)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from liuhen.papers import catalogue, cover, page_count, receipt, table
from tests.papers import modes, pages
from tests.papers.samples import CONTEXT
from tests.papers.test_papers import page_texts, whole_text

NAMED = replace(CONTEXT, documents={"d1": "行政处罚决定书（大金普发改罚决〔2026〕6号）"})
FAILED = {
    "document": "d1",
    "addressee": "某粮食有限公司",
    "method": "直接送达",
    "what": "attempted",
    "place": "某路1号",
    "servers": ["甲", "乙"],
    "reason": "无人在场",
    "at": "2026-03-05T01:00:00Z",
}
LEFT = FAILED | {
    "method": "留置送达",
    "what": "left",
    "reason": "拒绝签收",
    "witness": "社区丙",
    "at": "2026-03-06T02:00:00Z",
}
HANDED = FAILED | {
    "what": "delivered",
    "recipient": "张某",
    "relation": "法定代表人",
    "at": "2026-03-07T02:00:00Z",
}


def row(n: int) -> dict[str, object]:
    return {
        "title": f"文书{n}",
        "number": f"〔2026〕{n}号",
        "author": "某局",
        "date": "2026-03-05",
        "page_from": n,
        "page_to": n + 1,
    }


def test_the_catalogue_repeats_its_head_and_numbers_its_rows() -> None:
    pages = page_texts(catalogue([row(n) for n in range(1, 61)], CONTEXT))
    assert len(pages) > 1
    assert all("责任者" in words for words in pages)
    assert "20260305" in pages[0]
    assert "60-61" in pages[-1]


def test_the_cover_is_one_page_and_leaves_blank_what_is_unknown() -> None:
    fields = {
        "bureau": "某局",
        "title": "某公司未按规定建立粮食经营台账案",
        "retention": "30年",
        "docketed_on": "2026-03-05",
    }
    pdf = cover(fields)
    words = whole_text(pdf)
    assert page_count(pdf) == 1
    assert "某公司未按规定建立粮食经营台账案" in words
    assert "2026年3月5日" in words
    assert "归档号" in words


@pytest.mark.parametrize("heading", ["行政执法案卷", "行政执法案卷（副卷）（第1次补充）"])
def test_the_cover_is_one_page_whatever_is_written_on_it(heading: str) -> None:
    long = dict.fromkeys(
        ("title", "party", "officers", "outcome", "section"), f"{modes.RARE}{modes.HOSTILE}" * 3
    )
    paper = cover(long | {"heading": heading, "bureau": "某局", "volume": "共12卷　第3卷"})
    (sheet,) = pages.pages(paper)
    assert not pages.outside(sheet, 28, 22)
    assert not pages.overlaps(sheet)
    assert not pages.missing(long["title"], [pages.words(sheet)])
    assert heading.partition("（")[2] in pages.words(sheet)


def test_a_table_divides_no_row_and_nothing_leaves_its_column() -> None:
    """Catalogue and lists: long names without a space too."""
    ends = [f"完{n:02d}" for n in range(40)]
    titles = [f"{modes.WORD[:90]}某某文书的很长的题名{end}" for end in ends]
    listed = catalogue([row(n) | {"seq": f"甲{n:02d}", "title": t} for n, t in enumerate(titles)], CONTEXT)
    told = table(
        "清单",
        [("号", 14), ("名", 0), ("值", 60)],
        [[f"甲{n:02d}", t, t] for n, t in enumerate(titles)],
        CONTEXT,
    )
    for paper, margins in ((listed, (25, 15)), (told, (22, 18))):
        sheets = pages.pages(paper)
        assert not [g for sheet in sheets for g in pages.outside(sheet, *margins)]
        assert not [pair for sheet in sheets for pair in pages.overlaps(sheet)]
        for n, end in enumerate(ends):
            (of,) = [words for words in map(pages.words, sheets) if f"甲{n:02d}" in words]
            assert end in of


def test_a_sheet_of_several_pages_says_on_each_which_it_is_and_which_page() -> None:
    context = replace(NAMED, facts=(("案号", "LC-P-2026-0017"),))
    found = [
        pages.words(sheet)
        for sheet in pages.pages(receipt([FAILED | {"reason": modes.HOSTILE * 6}] * 9, context))
    ]
    assert len(found) > 1
    for n, words in enumerate(found, 1):
        assert "送达回证" in words
        assert "LC-P-2026-0017" in words
        assert f"第{n}页共{len(found)}页" in words
    assert "共1页" not in whole_text(receipt([FAILED], context))


def test_a_receipt_not_yet_served_leaves_its_places_blank() -> None:
    words = whole_text(receipt([], NAMED))
    assert "收件人" in words
    assert "2026年" not in words


def test_a_failed_attempt_serves_nothing_but_is_told() -> None:
    words = whole_text(receipt([FAILED], NAMED))
    assert "未能送达" in words
    assert "行政处罚决定书（大金普发改罚决〔2026〕6号）" in words
    assert words.count("2026年3月5日") == 1


def test_a_receipt_of_a_paper_left_names_refusal_and_witness() -> None:
    words = whole_text(receipt([FAILED, LEFT], NAMED))
    for expected in (
        "留置送达",
        "拒绝签收",
        "社区丙",
        "甲、乙",
        "1.2026年3月5日09时00分",
        "2.2026年3月6日10时00分",
    ):
        assert expected in words


def test_a_receipt_of_a_paper_handed_over_names_the_recipient() -> None:
    words = whole_text(receipt([HANDED], NAMED))
    assert "张某" in words
    assert "法定代表人" in words
    assert "2026年3月7日10时00分" in words


def test_a_receipt_names_servers_given_as_people_and_the_whole_method() -> None:
    step = HANDED | {"servers": [{"name": "甲", "person": "p1"}, {"name": "乙"}], "method": "直接"}
    words = whole_text(receipt([step], NAMED))
    assert "甲、乙" in words
    assert "直接送达" in words
