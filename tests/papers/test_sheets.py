"""Catalogue, cover and proof of service (domain §8.2, A27)."""

from __future__ import annotations

from dataclasses import replace

from liuhen.papers import catalogue, cover, page_count, receipt
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
