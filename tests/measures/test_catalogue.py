"""Violations and thresholds are data with a basis; ranges are what the statutes say (domain §7.2; R16.1)."""

from datetime import date

import pytest

from liuhen.measures.catalogue import VIOLATIONS, Fine, Violation, printed
from liuhen.measures.documents.groups import PENALTY_KINDS
from liuhen.measures.thresholds import THRESHOLDS, default_setting, threshold
from liuhen.measures.vocabulary import A, L

WAN = 10_000 * 100

every_violation = pytest.mark.parametrize("violation", VIOLATIONS.values(), ids=lambda v: v.code)


@every_violation
def test_a_violation_waits_for_the_bureau_to_confirm_it(violation: Violation) -> None:
    assert not violation.enabled


@every_violation
def test_penalties_are_kinds_of_the_statute_and_fines_go_with_them(violation: Violation) -> None:
    assert set(violation.penalties) <= set(PENALTY_KINDS)
    assert ("罚款" in violation.penalties) == bool(violation.fines)


@every_violation
def test_ranges_are_ranges(violation: Violation) -> None:
    for fine in violation.fines:
        if fine.rate_unit is None:
            assert 0 <= fine.low < fine.high
        else:
            assert 0 <= fine.rate_low < fine.rate_high
            assert fine.base


def test_f18_1_only_grain_matters_give_power_to_seize() -> None:
    seizing = {code for code, violation in VIOLATIONS.items() if violation.seizure}
    assert seizing
    assert all(code.startswith("grain_") for code in seizing)


@pytest.mark.parametrize(
    ("amount", "allowed"), [(2 * WAN - 1, False), (2 * WAN, True), (5 * WAN, True), (5 * WAN + 1, False)]
)
def test_an_amount_lies_in_its_range_ends_included(amount: int, allowed: bool) -> None:
    assert VIOLATIONS["grain_no_filing"].fines[0].allows(amount) is allowed


@pytest.mark.parametrize(
    ("amount", "allowed"), [(100_00 - 1, False), (100_00, True), (500_00, True), (500_00 + 1, False)]
)
def test_a_rate_is_a_share_of_its_base(amount: int, allowed: bool) -> None:
    per_mille = VIOLATIONS["approval_absent"].fines[0]
    assert per_mille.allows(amount, base=100_000_00) is allowed


def test_a_rate_needs_its_base() -> None:
    with pytest.raises(ValueError, match="项目总投资额"):
        VIOLATIONS["approval_absent"].fines[0].allows(1)


def test_a_multiple_is_a_multiple() -> None:
    five_times = Fine(rate_high=5, rate_unit="倍", base="应交电费")
    assert five_times.allows(500, base=100)
    assert not five_times.allows(501, base=100)


def test_citations_are_printed_as_rows_of_basis() -> None:
    assert printed((L("罚", 64, 0, 2), L("核例", 18, 1), A(13))) == [
        {"law": "中华人民共和国行政处罚法", "article": "第六十四条", "item": "第二项"},
        {"law": "企业投资项目核准和备案管理条例", "article": "第十八条", "paragraph": "第一款"},
        {"law": "大连金普新区发展和改革局全过程记录实施办法", "article": "第十三条"},
    ]


def test_thresholds_have_a_basis_and_one_value_a_day() -> None:
    assert [t.name for t in THRESHOLDS if not t.basis] == []
    days = [(t.name, t.in_force_from) for t in THRESHOLDS]
    assert len(days) == len(set(days))


def test_r16_1_hearing_amounts_are_marked_as_examples() -> None:
    """Liaoning's figures could not be checked: nobody may take them for law."""
    assert all(
        t.example for t in THRESHOLDS if t.name.startswith(("hearing_fine", "hearing_conf", "major_fine"))
    )


def test_a_setting_answers_for_every_day() -> None:
    assert default_setting("defence_days", date(2026, 3, 5)) == 5
    assert default_setting("defence_days", date(1999, 1, 1)) == 5
    with pytest.raises(KeyError):
        threshold("nothing", date(2026, 3, 5))
