"""Canonical bytes are RFC 8785 on the values we admit, and everything else is refused."""

import enum

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from liuhen.ledger import canonical

keys = st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=6)
scalars = st.one_of(
    st.booleans(),
    st.integers(-canonical.MAX_INTEGER, canonical.MAX_INTEGER),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)
values = st.recursive(
    scalars, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=4))
)


class Word(enum.StrEnum):
    AGREE = "agree"


@given(values)
def test_equals_rfc8785(value):
    assert canonical.encode(value) == rfc8785.dumps(value)


def test_keys_are_sorted_and_nothing_is_escaped_without_need():
    assert canonical.encode({"二": 1, "b": "é/\u2028\n\x1f", "a": [True, ()]}) == (
        '{"a":[true,[]],"b":"é/\u2028\\n\\u001f","二":1}'.encode()
    )


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (1.0, "小数"),
        (float("nan"), "小数"),
        (None, "空值"),
        ({"甲": [1, None]}, "“/甲/1”不能是空值"),
        ({1: "x"}, "键必须是文字"),
        ({"😀": 1}, "基本平面以外"),
        (2**53, "2^53-1"),
        (-(2**53), "2^53-1"),
        ("\ud800", "代理字符"),
        ({"\udfff": 1}, "代理字符"),
        (b"x", "类型 bytes"),
        ({1}, "类型 set"),
        (Word.AGREE, "类型 Word"),
    ],
)
def test_refuses_what_has_no_single_encoding(value, says):
    with pytest.raises(canonical.CanonicalError, match=says.replace("^", r"\^")):
        canonical.encode(value)


def test_refuses_bottomless_nesting():
    value: list[object] = []
    value.append(value)
    with pytest.raises(canonical.CanonicalError, match="嵌套"):
        canonical.encode(value)


def test_characters_beyond_the_bmp_may_stand_in_values():
    assert canonical.encode({"name": "𡋾"}) == '{"name":"𡋾"}'.encode()


def test_levels_taken_by_what_encloses_a_value_count():
    assert canonical.encode([[]], canonical.MAX_DEPTH - 1) == b"[[]]"
    with pytest.raises(canonical.CanonicalError, match="嵌套"):
        canonical.encode([[]], canonical.MAX_DEPTH)
