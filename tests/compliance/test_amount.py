"""Fines are held to the statutory range (P32.1; 罚 32, domain §7.2)."""

import pytest

from liuhen.scripts.script import read_script
from tests.compliance.told import found


def said(violation, rows, *, kind="法人", discretion="", outside=True):
    """What is answered on a proposal of these penalties."""
    more = f", discretion: [{discretion}]" if discretion else ""
    told = read_script(
        f"id: x\ntitle: x\nparty: {{party_kind: {kind}, name: 某某}}\nsteps:\n"
        f"  - {{at: 2026-03-02, file: docket_approval, values: {{violation: {violation}}}}}\n"
        f"  - {{at: 2026-03-09, file: proposal_approval, values: {{penalties: [{rows}]{more}}}}}\n"
    )
    return [answer.outcome for answer in found("P32.1", told, outside=outside).values()]


@pytest.mark.parametrize(
    ("violation", "rows", "outcome"),
    [
        ("energy_rectify", "{kind: 罚款, amount: 10万元}", "met"),
        ("energy_rectify", "{kind: 罚款, amount: 30万元}", "met"),
        ("energy_rectify", "{kind: 罚款, amount: 30.01万元}", "violated"),
        ("energy_rectify", "{kind: 罚款, amount: 9.99万元}", "violated"),
        ("energy_rectify", "{kind: 警告}", None),
        ("grain_standard", "{kind: 警告}, {kind: 罚款, amount: 1元}", "met"),
        ("grain_standard", "{kind: 罚款, amount: 35万元}", "met"),
        ("approval_absent", "{kind: 罚款, amount: 3万元, base: 1000万元}", "met"),
        ("approval_absent", "{kind: 罚款, amount: 6万元, base: 1000万元}", "violated"),
        ("approval_absent", "{kind: 罚款, amount: 6万元}", "unknown"),
        ("grain_unfit_food", "{kind: 罚款, amount: 3万元}", "met"),
        ("grain_unfit_food", "{kind: 罚款, amount: 9万元, base: 2万元}", "met"),
        ("nothing_of_ours", "{kind: 罚款, amount: 999万元}", None),
    ],
)  # fmt: skip
def test_a_fine_is_measured_by_the_violation(violation, rows, outcome):
    assert said(violation, rows) == ([outcome] if outcome else [])


def test_in_a_case_of_ours_the_base_must_be_filled_in():
    assert said("approval_absent", "{kind: 罚款, amount: 6万元}", outside=False) == ["violated"]


def test_below_the_range_needs_a_mitigating_circumstance():
    low = "{kind: 罚款, amount: 2万元}"
    assert said("energy_rectify", low, discretion="{kind: 从轻, circumstance: 配合调查}") == ["violated"]
    assert said("energy_rectify", low, discretion="{kind: 减轻, circumstance: 主动消除危害后果}") == ["met"]
    high = "{kind: 罚款, amount: 90万元}"
    assert said("energy_rectify", high, discretion="{kind: 减轻, circumstance: 主动消除}") == ["violated"]


def test_individuals_are_fined_as_the_law_says_of_them():
    fine = "{kind: 罚款, amount: 1000元}"
    assert said("pipeline_danger", fine, kind="自然人") == ["met"]
    assert said("pipeline_danger", fine, kind="法人") == ["violated"]
