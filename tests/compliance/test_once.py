"""No second fine for one act, the docket before the end, the renewal before the licence runs out (P29.1, P54.1, TL-09)."""

from __future__ import annotations

import pytest

from liuhen.scripts.script import read_script
from tests.compliance.told import HEAD, found, outcomes, script

FINE = (
    "  - {at: %s, by: 甲, file: penalty_decision, as: %s, values: {party: {party_kind: 法人, name: %s}, facts: %s, "
    "penalties: [{kind: %s}]}, issued: true}\n"
)
FIRST = FINE % ("2026-03-05", "一", "某粮食有限公司", "未建立台账。", "罚款, amount: 5000元")
CHECK = "  - {at: 2026-03-03, by: 甲, state: earlier_penalties_checked, values: {searched: 本局案件, found: [%s]}}\n"
KNOWN = "{body: 某局, on: %s, act: 未建立台账, fine: 5000元, same_act: %s}"


def second(
    party: str = "某粮食有限公司", facts: str = "未建立台账。", kind: str = "罚款, amount: 100元"
) -> str:
    return FINE % ("2026-06-08", "二", party, facts, kind)


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        (second(), True),
        (second(facts="未 建立台账。"), True),
        (second(facts="未检验出库。"), False),
        (second(party="另一粮食有限公司"), False),
        (second(kind="警告"), False),
        (
            "  - {at: 2026-05-06, by: 甲, state: contest_ended, values: {result: 撤销, on: 2026-05-06}}\n"
            + second(),
            False,
        ),
        (
            "  - {at: 2026-05-06, by: 甲, state: contest_ended, values: {result: 维持, on: 2026-05-06}}\n"
            + second(),
            True,
        ),
    ],
)
def test_a_decision_that_stands_allows_no_second_fine_on_its_facts_p29_1(steps: str, found: bool) -> None:
    assert (outcomes("P29.1", script(FIRST + steps)).get("二") == "violated") == found


@pytest.mark.parametrize(
    ("known", "outcome"),
    [
        ("", "met"),
        (KNOWN % ("2025-11-20", "否"), "met"),
        (KNOWN % ("2025-11-20", "是"), "violated"),
        (KNOWN % ("2026-03-06", "是"), "met"),
    ],
)
def test_what_was_looked_up_is_held_against_the_fine_p29_1(known: str, outcome: str) -> None:
    assert outcomes("P29.1", script(CHECK % known + FIRST)) == {"一": outcome}


def test_without_a_look_nothing_is_said_p29_1() -> None:
    assert outcomes("P29.1", script(FIRST)) == {}
    assert outcomes("P29.1", script(FIRST), outside=True) == {}


@pytest.mark.parametrize(
    ("on", "outcome"), [("2026-03-04", "met"), ("2026-03-05", "met"), ("2026-03-06", "violated")]
)
def test_the_docket_is_no_later_than_the_report_p54_1(on: str, outcome: str) -> None:
    docket = f"  - {{at: {on}, by: 甲, file: docket_approval, approved: {{S: {on}, B: {on}}}}}\n"
    report = "  - {at: 2026-03-05, by: 甲, file: investigation_report, as: 报告}\n"
    told = script(docket + report if on <= "2026-03-05" else report + docket)
    assert outcomes("P54.1", told) == {"报告": outcome}
    assert outcomes("P54.1", script(report)) == {}


ASKED = "  - {at: %s, file: license_renewal_application, as: 申请, values: {valid_to: 2026-06-30, received_at: %s 09:00}}\n"
RENEWED = "  - {at: %s, file: license_renewal_decision, as: 决定, issued: true}\n"


def renewing(steps: str) -> dict[str, str]:
    told = read_script(f"{HEAD.replace('penalty_ordinary', 'licensing')}\nsteps:\n{steps}")
    return outcomes("TL-09", told, now="2026-07-01")


@pytest.mark.parametrize(
    ("asked", "decided", "outcome"),
    [
        ("2026-05-29", "2026-06-30", {"申请": "met"}),
        ("2026-05-29", "2026-07-01", {"申请": "violated"}),
        ("2026-05-31", "2026-05-31", {"申请": "met"}),
        ("2026-06-01", "2026-07-01", {}),
    ],
)
def test_a_renewal_asked_for_in_time_is_decided_in_time_tl_09(
    asked: str, decided: str, outcome: dict[str, str]
) -> None:
    assert renewing(ASKED % (asked, asked) + RENEWED % decided) == outcome


def test_a_renewal_left_without_a_decision_is_deemed_granted_tl_09() -> None:
    assert renewing(ASKED % ("2026-05-29", "2026-05-29")) == {"申请": "violated"}


def test_the_way_out_of_a_second_fine_is_the_withdrawal_of_a_decision_p29_1() -> None:
    """罚 75: a decision is withdrawn by a decision."""
    (way,) = found("P29.1", script(FIRST + second()))["二"].ways
    assert way.does == "file:penalty_withdrawal_decision"
