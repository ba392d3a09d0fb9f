"""Weighing penalties and comparing papers (罚 44, 45)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.compliance.comparing import money, new_basis, penalty_words, provision_words, totals, weigh
from liuhen.measures.documents.groups import PENALTY_KINDS

AMOUNTS = st.integers(min_value=1, max_value=10**12)
PENALTIES = st.lists(
    st.fixed_dictionaries({"kind": st.sampled_from(PENALTY_KINDS), "amount": AMOUNTS}), min_size=1, max_size=6
)


@pytest.mark.parametrize(
    ("fen", "said"), [(1494000, "14,940元"), (50, "0.50元"), (100000001, "1,000,000.01元"), (0, "0元")]
)
def test_money_is_said_with_separators(fen: int, said: str) -> None:
    assert money(fen) == said


def test_amounts_of_one_kind_are_added_and_one_unknown_makes_the_sum_unknown() -> None:
    rows = [{"kind": "罚款", "amount": 100}, {"kind": "罚款", "amount": 200}, {"kind": "没收非法财物"}]
    assert totals(rows) == {"罚款": 300, "没收非法财物": None}
    assert penalty_words(rows) == "罚款3元、没收非法财物"


@given(PENALTIES)
def test_nothing_is_heavier_than_itself(rows: list[dict[str, object]]) -> None:
    assert not weigh(rows, rows).heavier
    assert not weigh(rows[:1], rows).heavier


@given(PENALTIES, PENALTIES, PENALTIES)
def test_what_is_not_heavier_twice_is_not_heavier(
    one: list[dict[str, object]], two: list[dict[str, object]], three: list[dict[str, object]]
) -> None:
    """Not heavier than what was not heavier: lowering twice needs no new notice either."""
    plain = [row for row in one if row["kind"] != "警告"]
    if not weigh(plain, two).heavier and not weigh(two, three).heavier and "警告" not in totals(two):
        assert not weigh(plain, three).heavier


@given(PENALTIES, AMOUNTS)
def test_any_kind_raised_is_heavier(rows: list[dict[str, object]], more: int) -> None:
    raised = [*rows, {"kind": rows[0]["kind"], "amount": more}]
    assert weigh(raised, rows).heavier


def test_a_warning_in_the_place_of_a_fine_is_lighter_beside_it_heavier() -> None:
    fine, warning = {"kind": "罚款", "amount": 100}, {"kind": "警告"}
    assert not weigh([warning], [fine]).heavier
    assert weigh([fine, warning], [fine]).heavier == ("警告没有告知过",)


def test_another_term_is_not_weighed() -> None:
    told = [{"kind": "暂扣许可证件", "term": "三个月"}]
    assert weigh([{"kind": "暂扣许可证件", "term": "六个月"}], told).unclear
    assert not weigh(told, told).unclear


@pytest.mark.parametrize(
    ("decided", "told", "new"),
    [
        ({"law": "《中华人民共和国节约能源法》", "article": "第68条"}, {"law": "节约能源法", "article": "第六十八条"}, False),
        ({"law": "节约能源法", "article": "68", "paragraph": "1"}, {"law": "节约能源法", "article": "六十八"}, False),
        ({"law": "节约能源法", "article": "68", "item": "（二）"},
         {"law": "节约能源法", "article": "68", "item": "第一项"}, True),
        ({"law": "节约能源法", "article": "69"}, {"law": "节约能源法", "article": "68"}, True),
        ({"law": "行政处罚法", "article": "32"}, {"law": "节约能源法", "article": "68"}, False),
    ],
)  # fmt: skip
def test_a_provision_is_compared_however_it_is_spelled(
    decided: dict[str, str], told: dict[str, str], new: bool
) -> None:
    assert bool(new_basis([decided], [told])) is new


def test_a_provision_is_said_in_full() -> None:
    row = {"law": "粮食流通管理条例", "article": "45", "paragraph": "第一款", "item": "（三）"}
    assert provision_words(row) == "《粮食流通管理条例》第四十五条第一款第三项"
