"""The report of a check: what it says, when it was made and as of when, that it is no part of the file (R3.1)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

from liuhen.compliance.checking import lines
from liuhen.compliance.judge import context, judge
from liuhen.compliance.scoring import score
from liuhen.papers.report import check_report, points
from liuhen.scripts.facts import case_of, now_of
from liuhen.scripts.script import load
from tests.papers.test_papers import page_texts

CASE = Path(__file__).parents[2] / "cases" / "01-pesticide-defence.yaml"
MADE = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


def report(title: str = "", name: Path = CASE) -> list[str]:
    read = load(name)
    case = case_of(read)
    case.title = title or case.title
    now = now_of(read).astimezone(UTC)
    ctx = context(now, case.office, outside=True)
    judged = judge(case, ctx)
    pdf = check_report(
        case,
        lines(case, judged),
        score(case, judged, ctx),
        bureau="某局",
        as_of=now,
        made_at=MADE,
        reader="甲",
    )
    return page_texts(pdf)


def test_every_page_says_what_it_is_when_it_was_made_and_as_of_when() -> None:
    pages = report()
    assert len(pages) > 2
    for n, words in enumerate(pages, 1):
        assert "非案卷材料" in words
        assert "截至2026年1月14日23时59分" in words
        assert "2026年3月2日09时30分由甲生成" in words
        assert f"第{n}页" in words


def test_it_holds_problems_with_their_way_out_every_article_and_the_score() -> None:
    words = "".join(report())
    for expected in (
        "行政处罚决定审批表》时，陈述申辩还没有复核答复",
        "怎样办",
        "办法第十三条　两名执法人员",
        "不适用",
        "看不出",
        "行政处罚案卷评查标准",
        "标准100分",
        "优秀",
        "V10",
        "文字无误",
    ):
        assert expected in words, expected


def test_a_veto_is_told_with_its_reason() -> None:
    words = "".join(report(name=CASE.parent / "09-tax-county-no-notice.yaml"))
    assert "0分" in words
    assert "不合格" in words
    assert "成立" in words


def test_no_heading_of_a_group_stands_alone_at_the_end_of_a_page() -> None:
    """The last words before the foot are those of a row: an article of the Measures, or an outcome."""
    for words in report():
        body = words.partition("截至2026年1月14日23时59分　")[0]
        assert not re.search(r"(办法第[一二三四五六七八九十百]+条　\S{2,12}|《\S+法》)\s*$", body), body[-60:]


def test_a_character_without_glyph_does_not_stop_it() -> None:
    assert "某𠮷〓公司" in "".join(report("某𠮷\ue000公司"))


def test_markup_in_a_title_is_printed_and_never_run() -> None:
    assert '#read("/etc/passwd")' in "".join(report('#read("/etc/passwd")'))


def test_points_have_at_most_one_decimal() -> None:
    assert [points(Fraction(text)) for text in ("3", "2.5", "98.684")] == ["3", "2.5", "98.7"]
