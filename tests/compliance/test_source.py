"""Source, docket and telling (R9.2, R10.1, R10.2, R10.3, P36.1)."""

import pytest

from tests.compliance.told import found, outcomes, script, stopped_by_last

SOURCE = "  - {at: 2026-03-02, by: 甲, file: case_source_form, as: 来源, approved: {S: {by: 科长, on: %s}}}\n"
DOCKET = "  - {at: 2026-03-04, by: 甲, file: docket_approval, as: 立案, approved: {S: %s, B: %s}}\n"
NAMED = (
    "  - {at: 2026-03-02, file: case_source_form, as: 来源, "
    "values: {source_kind: 举报, is_named: true, provider: 王某}}\n"
)
REFUSED = "  - {at: 2026-03-05, file: docket_refusal_approval, approved: {S: 2026-03-05, B: 2026-03-06}}\n"
TOLD = (
    "  - {at: 2026-03-09, file: result_notification_record, as: 告知, "
    "values: {told: %s, told_as: 举报人, told_at: 2026-03-09 10:00}}\n"
)


@pytest.mark.parametrize(
    ("opinion", "outcome"), [("2026-03-03", "met"), ("2026-03-04", "unknown"), ("2026-03-05", "violated")]
)
def test_the_head_opines_before_the_docket_r9_2(opinion: str, outcome: str) -> None:
    told = script(SOURCE % opinion + "  - {at: 2026-03-04, by: 甲, file: docket_approval, as: 立案}\n")
    assert outcomes("R9.2", told) == {"立案": outcome}


def test_a_docket_without_the_heads_opinion_is_stopped_r9_2() -> None:
    told = script(
        "  - {at: 2026-03-02, file: case_source_form}\n  - {at: 2026-03-04, file: docket_approval}\n"
    )
    assert "R9.2" in stopped_by_last(told)


def test_an_outside_source_that_tells_no_opinion_is_not_judged_r9_2() -> None:
    told = script(
        "  - {at: 2026-03-02, file: case_source_form}\n  - {at: 2026-03-04, file: docket_approval}\n"
    )
    assert outcomes("R9.2", told, outside=True) == {"docket_approval": "unknown"}


@pytest.mark.parametrize(
    ("held", "outcome"),
    [("2026-03-09 09:00", "met"), ("2026-03-05 10:00", "met"), ("2026-03-03 09:00", "violated")],
)
def test_a_hold_before_docketing_is_found_unless_urgent_r10_1(held: str, outcome: str) -> None:
    """An urgent hold may be docketed within the bureau's term of 24 hours (domain §12, no. 45)."""
    hold = f"  - {{at: {held}, file: hold_notice, as: 登保, values: {{held_at: {held}}}}}\n"
    told = script(DOCKET % ("2026-03-05 09:00", "2026-03-06 09:00") + hold)
    answer = found("R10.1", told)["登保"]
    assert (answer.outcome, answer.severity) == (
        outcome,
        "flag" if outcome == "violated" else answer.severity,
    )


def test_a_hold_not_yet_docketed_is_open_for_a_day_r10_1() -> None:
    told = script(
        "  - {at: 2026-03-05 10:00, file: hold_notice, as: 登保, values: {held_at: 2026-03-05 10:00}}\n"
    )
    assert outcomes("R10.1", told, "2026-03-05") == {"登保": "open"}
    assert outcomes("R10.1", told, "2026-03-07") == {"登保": "violated"}


def test_a_decision_without_docket_is_stopped_r10_1() -> None:
    told = script("  - {at: 2026-03-05, file: penalty_decision, issued: true}\n")
    assert "R10.1" in stopped_by_last(told)


def test_the_refusal_is_told_only_after_approval_r10_2() -> None:
    telling = "  - {at: %s, file: result_notification_record, as: 告知, values: {occasion: 不予立案, told_at: %s}}\n"
    early = telling % ("2026-03-05", "2026-03-05 09:00")
    late = telling % ("2026-03-09", "2026-03-09 09:00")
    assert outcomes("R10.2", script(REFUSED + early)) == {"告知": "violated"}
    assert outcomes("R10.2", script(REFUSED + late)) == {"告知": "met"}


def test_a_named_reporter_is_told_within_the_term_r10_3() -> None:
    told = script(NAMED + REFUSED)
    assert outcomes("R10.3", told, "2026-03-10") == {"来源": "open"}
    assert outcomes("R10.3", told, "2026-03-25") == {"来源": "violated"}


@pytest.mark.parametrize(("who", "outcome"), [("王某", "met"), ("李某", "violated")])
def test_each_named_reporter_is_told_in_person_r10_3(who: str, outcome: str) -> None:
    assert outcomes("R10.3", script(NAMED + REFUSED + TOLD % who)) == {"来源": outcome}


def test_an_anonymous_reporter_need_not_be_told_r10_3() -> None:
    anonymous = NAMED.replace("is_named: true, provider: 王某", "is_named: false")
    assert outcomes("R10.3", script(anonymous + REFUSED)) == {}


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        ("act_on: 2024-03-02, limitation_ok: 未超过", "met"),
        ("act_on: 2024-03-01, limitation_ok: 未超过", "violated"),
        ("act_on: 2021-03-02, limitation_five_years: true, limitation_ok: 未超过", "met"),
        ("act_on: 2021-03-01, limitation_five_years: true, limitation_ok: 未超过", "violated"),
        ("act_on: 2023-03-01, limitation_ok: 已超过", "violated"),
        ("act_on: 2023-03-01, limitation_ok: 已超过, limitation_note: 违法行为处于继续状态", "met"),
    ],
)
def test_limitation_runs_from_the_act_to_its_discovery_p36_1(values: str, outcome: str) -> None:
    """罚 36: two years, five where life, health or finance were harmed; the last day still counts."""
    source = "  - {at: 2026-03-02, file: case_source_form, values: {discovered_at: 2026-03-02 09:00}}\n"
    told = script(f"{source}  - {{at: 2026-03-04, file: docket_approval, as: 立案, values: {{{values}}}}}\n")
    assert outcomes("P36.1", told) == {"立案": outcome}
