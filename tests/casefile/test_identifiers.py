"""Numbers that tell by themselves when they are mistyped: GB 32100—2015, GB 11643—1999, telephone numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.casefile.identifiers import doubt

# The example of GB 32100—2015, annex A, and that of GB 11643—1999, annex; no living body or person.
USCC = "91350100M000100Y43"
CITIZEN, WOMAN = "11010519491231002X", "440524188001010014"


@pytest.mark.parametrize("code", [USCC, USCC.lower(), f" {USCC[:8]} {USCC[8:]} "])
def test_the_example_of_the_standard_raises_no_doubt(code):
    assert doubt("uscc", code) == ""


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (USCC[:-1] + "4", "校验位不符"),
        (USCC[:9] + "1" + USCC[10:], "校验位不符"),
        (USCC[:-1], "应为 18 位，现有 17 位"),
        (USCC.replace("M", "O"), "不用 I、O、S、V、Z"),
        ("示例代码", "应为 18 位，现有 4 位"),
    ],
)
def test_a_mistyped_code_of_a_body_is_doubted(code, says):
    assert says in doubt("uscc", code)


@given(st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_any_one_sign_that_is_wrong_is_noticed(at, sign):
    wrong = USCC[:at] + sign + USCC[at + 1 :]
    assert bool(doubt("uscc", wrong)) == (wrong != USCC)


@pytest.mark.parametrize("number", [CITIZEN, CITIZEN.lower(), WOMAN, "110105491231002"])
def test_the_examples_of_citizens_raise_no_doubt(number):
    assert doubt("id_number", number) == ""
    assert doubt("id_number", number, {"id_kind": "居民身份证"}) == ""


@pytest.mark.parametrize(
    ("number", "beside", "says"),
    [
        (CITIZEN[:-1] + "1", {}, "校验位不符"),
        (CITIZEN[:-1], {}, "应为 18 位数字，末位可以是 X，现有 17 位"),
        ("110105194913310020", {}, "出生日期（19491331）不对"),
        (CITIZEN, {"birth_date": "1950-01-01"}, "与出生日期（1950-01-01）不符"),
        ("E12345678", {"id_kind": "居民身份证"}, "应为 18 位"),
        ("E12345678", {"id_kind": "护照"}, ""),
        ("E12345678", {}, ""),
        (CITIZEN, {"birth_date": "1949-12-31"}, ""),
    ],
)
def test_a_mistyped_number_of_a_citizen_is_doubted_and_another_paper_is_not(number, beside, says):
    found = doubt("id_number", number, beside)
    assert says in found
    assert bool(found) == bool(says)


@given(st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_one_digit_that_is_wrong_is_noticed(at, sign):
    wrong = CITIZEN[:at] + sign + CITIZEN[at + 1 :]
    assert bool(doubt("id_number", wrong)) == (wrong != CITIZEN)


@pytest.mark.parametrize(
    "number",
    [
        "13900000000", "139 0000 0000", "+8613900000000", "0411-84000000", "041184000000", "（0411）84000000", "010-62000000转801",
        "84000000", "400-800-1234", "12345", "110", "0411-84000000、13900000000", "无", "",
    ],
)  # fmt: skip
def test_usual_telephone_numbers_raise_no_doubt(number):
    assert doubt("phone", number) == ""


@pytest.mark.parametrize(
    "number", ["1390000000", "139000000000", "0411-840000", "12900000000", "0411-84000000、1390000"]
)
def test_a_telephone_number_with_a_digit_too_few_or_too_many_is_doubted(number):
    assert "不像完整的电话号码" in doubt("contact_phone", number)


@pytest.mark.parametrize(
    ("name", "value"), [("place", "1"), ("uscc", None), ("uscc", {"not_on_paper": True}), ("phone", 7)]
)
def test_nothing_else_is_looked_at(name, value):
    assert doubt(name, value) == ""


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("9960", ""),
        ("9,960.00", ""),
        ("3000", ""),
        ("996000", "比应缴的 9,960 元多"),
        ("9960.01", "比应缴的 9,960 元多"),
        ("0.996", "核对是否写成了万元"),
        ("九千", ""),
    ],
)
def test_a_payment_is_doubted_beside_what_is_owed(typed, says):
    """P67.1: 元, 分 and 万元 are mistaken for one another; a part of it is paid honestly."""
    told = doubt("amount", typed, {"owed": "996000"})
    assert says in told if says else told == ""
    assert doubt("amount", typed) == doubt("amount", typed, {"owed": ""}) == ""
