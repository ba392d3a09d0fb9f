"""Money, dates, bases and remedies as paper words them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.papers import wording

_DIGITS = {c: n for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
_UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def _whole(words: str) -> int:
    """Read a whole number in capitals; written independently of the product."""
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        if unit in words:
            high, _, low = words.rpartition(unit)
            return _whole(high) * size + _whole(low)
    total = digit = 0
    for c in words:
        if c in _DIGITS:
            digit = _DIGITS[c]
        else:
            total += digit * _UNITS[c]
            digit = 0
    return total + digit


def _fen(words: str) -> int:
    """Read an amount in capitals back as 分."""
    head, mark, tail = words.removesuffix("整").rpartition("元")
    total = _whole(head) * 100 if mark else 0
    for unit, size in (("角", 10), ("分", 1)):
        if unit in tail:
            total += _DIGITS[tail[tail.index(unit) - 1]] * size
    return total


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (50, "伍角整"),
        (105, "壹元零伍分"),
        (140_950, "壹仟肆佰零玖元伍角整"),
        (3_000_000, "叁万元整"),
        (10_000_005, "壹拾万元零伍分"),
        (10_050_032, "壹拾万零伍佰元叁角贰分"),
        (600_700_000, "陆佰万柒仟元整"),
        (600_070_000, "陆佰万零柒佰元整"),
        (10_000_000_001_00, "壹佰亿零壹元整"),
    ],
)
def test_an_amount_in_capitals(fen: int, words: str) -> None:
    assert wording.capitals(fen) == words


@given(st.integers(0, 10**18 - 1))
def test_an_amount_in_capitals_reads_back_as_itself(fen: int) -> None:
    words = wording.capitals(fen)
    assert _fen(words) == fen
    assert "零零" not in words


@given(st.integers(0, 10**18 - 1))
def test_every_yuan_ends_with_its_fraction_or_whole(fen: int) -> None:
    assert wording.capitals(fen)[-1] in "整分"


def test_an_amount_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="金额"):
        wording.yuan(-1)


def test_money_on_paper_has_figures_and_capitals() -> None:
    assert wording.yuan(3_000_000) == "30,000.00元（大写：叁万元整）"


def test_a_date_on_paper_has_neither_spaces_nor_leading_zeros() -> None:
    assert wording.day("2026-03-05") == "2026年3月5日"


@pytest.mark.parametrize("value", ["2026-11-23T09:30", "2026-11-23T01:30:00Z"])
def test_a_time_on_paper_is_shanghai_time(value: str) -> None:
    assert wording.moment(value) == "2026年11月23日09时30分"


def test_a_span_within_one_day_names_the_day_once() -> None:
    assert wording.span("2026-11-23T09:30", "2026-11-23T10:48") == "2026年11月23日09时30分至10时48分"
    assert wording.span("2026-11-23T23:30", "2026-11-24T00:10").endswith("至2026年11月24日00时10分")


def test_paper_has_no_space_between_han_and_digits() -> None:
    assert wording.tidy("第 3 号仓，出库 43 份 a b") == "第3号仓，出库43份 a b"


@given(st.text())
def test_tidy_text_holds_no_control_characters(text: str) -> None:
    assert not any(ord(c) < 32 and c != "\n" for c in wording.tidy(text))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"law": "行政处罚法", "article": "第四十五条"}, "《行政处罚法》第四十五条"),
        ({"law": "《行政处罚法》", "article": "45", "paragraph": "1", "item": "3"}, "《行政处罚法》第四十五条第一款第三项"),
        ({"law": "某规定", "article": "第八条", "item": "第（二）项"}, "《某规定》第八条第（二）项"),
    ],
)  # fmt: skip
def test_a_legal_basis_as_printed(row: dict[str, str], words: str) -> None:
    assert wording.provision(row) == words


def test_a_penalty_names_amount_object_and_term() -> None:
    assert wording.penalty({"kind": "罚款", "amount": 100}) == "罚款1.00元（大写：壹元整）"
    assert (
        wording.penalty({"kind": "暂扣许可证件", "object": "某证", "term": "三个月"})
        == "暂扣许可证件：某证，期限三个月"
    )


def test_remedies_in_the_two_wordings_of_the_law() -> None:
    given = {"reconsideration_body": "某政府", "reconsideration_days": 60, "court": "某法院", "sue_months": 6}
    assert "六十日内向某政府申请行政复议，也可以自收到本决定书之日起六个月内向某法院" in wording.remedies(
        given
    )
    first = wording.remedies(given | {"kind": "reconsideration_first"})
    assert "应当先" in first
    assert "十五日内向某法院" in first


def test_a_party_is_named_by_what_it_is() -> None:
    person = {"party_kind": "自然人", "name": "张某", "sex": "男", "birth_date": "1980-01-02", "uscc": "X"}
    assert wording.party(person) == [("当事人", "张某"), ("性别", "男"), ("出生日期", "1980年1月2日")]
    body = {"party_kind": "法人", "name": "某公司", "uscc": "X", "sex": "男"}
    assert wording.party(body) == [("当事人", "某公司"), ("统一社会信用代码", "X")]
