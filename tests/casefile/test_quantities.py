"""Quantities are decimals that add up exactly and have one way of being recorded (domain §2)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.casefile.quantities import in_digits, quantity, read, recorded
from liuhen.casefile.values import problems
from liuhen.measures.vocabulary import Field


@given(st.decimals(0, 10**14, places=6))
def test_a_quantity_is_recorded_in_one_way_and_read_back_exactly(amount: Decimal) -> None:
    kept = recorded(amount)
    assert quantity(kept) == amount
    assert read(in_digits(amount)) == kept
    assert isinstance(kept, int) == (amount == amount.to_integral_value())


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("12.5", "12.5"), ("12.50", "12.5"), ("1,200", 1200), ("１２．５", "12.5"), ("0.000001", "0.000001"), ("007", 7),
     ("三吨", None), ("-1", None), ("1.2345678", None), ("12.", None), ("1e3", None), ("", None)],
)  # fmt: skip
def test_a_quantity_is_typed_as_people_type_it(typed: str, kept: int | str | None) -> None:
    assert read(typed) == kept


@pytest.mark.parametrize(("value", "right"), [(12, True), ("12.5", True), ("12.50", False), ("12", False), (-1, False), (True, False), ("三吨", False)])  # fmt: skip
def test_what_is_no_quantity_is_told_with_an_example(value: object, right: bool) -> None:
    told = [
        p.message
        for p in problems([Field(name="quantity", label="数量", type="quantity")], {"quantity": value})
    ]
    assert told == ([] if right else ["“数量”应为不小于零的数，如 12 或者 12.5，小数不超过 6 位"])


def test_tenths_add_up_to_the_whole() -> None:
    parts = [quantity("0.1"), quantity("0.2"), quantity("0.7")]
    assert sum(part for part in parts if part is not None) == 1
