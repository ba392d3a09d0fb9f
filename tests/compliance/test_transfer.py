"""Passing a case on and seizing things (R11.1, R12.1, R12.2, C12.1, F18.1, F24.1, F25.1)."""

import pytest

from tests.compliance.told import found, outcomes, script, stopped_by_last

SHEET = (
    "  - {at: 2026-03-04 09:00, by: 甲, file: case_matter_approval, values: {topic: %s}, "
    "approved: {S: 2026-03-04 10:00, B: %s}}\n"
)
LETTER = "  - {at: 2026-03-05, by: 甲, file: case_transfer_letter, as: 移送函, issued: true}\n"
REPORT = (
    "  - {at: 2026-03-04 09:00, by: 甲, file: crime_transfer_report, "
    "approved: {S: 2026-03-04 10:00, L: 2026-03-04 11:00, P: %s}}\n"
)
INQUIRY = "  - {at: 2026-03-04 09:00, by: 甲, file: crime_investigation_report}\n"
CRIME = "  - {at: 2026-03-05, by: 甲, file: crime_transfer_letter, as: 移送书, issued: true}\n"
DOCKET = "  - {at: 2026-03-02, by: 甲, file: docket_approval, values: {violation: %s}}\n"
APPROVAL = (
    "  - {at: 2026-03-04, by: 甲, file: seizure_approval, values: {urgent: %s}, "
    "approved: {S: 2026-03-04, B: 2026-03-%s}}\n"
)
ITEMS = "items: [{name: 玉米, quantity: 10, unit: 袋}]"
SEIZURE = (
    "  - {at: 2026-03-05, by: 甲, file: seizure_decision, as: 查封, "
    "values: {basis: [粮食流通管理条例%s], " + ITEMS + "}, issued: true, served: %s}\n"
)
POWER = "第三十八条"
RELEASE = (
    "  - {at: 2026-%s, by: 甲, file: seizure_release_decision, as: 解除, "
    "values: {decision: 查封, released_at: 2026-%s 09:00, " + ITEMS + "}, issued: true}\n"
)
PART = (RELEASE % ("04-02", "04-02")).replace("quantity: 10", "quantity: 4")
LONGER = (
    "  - {at: 2026-04-02, by: 甲, file: seizure_extension_decision, as: 延长, "
    "values: {decision: 查封, old_until: 2026-04-04, until: 2026-%s}, issued: true}\n"
)
REPLY = "  - {at: 2026-03-10, by: 甲, file: police_reply, as: 回复, values: {result: %s, received_at: 2026-03-10 09:00}}\n"
HANDED = "  - {at: 2026-03-%s, by: 甲, state: handed_to_receiver, values: {receiver: 民警某}}\n"


@pytest.mark.parametrize(
    ("before", "outcome"),
    [
        (SHEET % ("案件移送", "2026-03-04 11:00"), "met"),
        (SHEET % ("案件移送", "2026-03-06 11:00"), "violated"),
        (SHEET % ("其他", "2026-03-04 11:00"), "violated"),
        ("", "violated"),
    ],
)
def test_a_transfer_is_approved_first_r11_1(before: str, outcome: str) -> None:
    assert outcomes("R11.1", script(before + LETTER)) == {"移送函": outcome}


def test_a_crime_goes_to_the_police_with_approval_and_report_r12_1() -> None:
    approved = REPORT % "2026-03-04 12:00"
    assert outcomes("R12.1", script(approved + INQUIRY + CRIME)) == {"移送书": "met", "移送书.report": "met"}
    assert outcomes("R12.1", script(CRIME)) == {"移送书": "violated", "移送书.report": "violated"}
    assert "R12.1" in stopped_by_last(script(CRIME))


def test_a_penalty_does_not_stand_in_for_the_transfer_r12_1() -> None:
    penalty = "  - {at: 2026-03-06, by: 甲, file: penalty_decision, as: 决定书, issued: true}\n"
    approved = REPORT % "2026-03-04 12:00"
    assert outcomes("R12.1", script(approved + penalty)) == {"决定书": "violated"}
    assert "决定书" not in outcomes("R12.1", script(approved + INQUIRY + CRIME + penalty))


@pytest.mark.parametrize(
    ("more", "outcome"),
    [
        (REPLY % "立案" + HANDED % "13", {"回复": "met"}),
        (REPLY % "立案" + HANDED % "14", {"回复": "violated"}),
        (REPLY % "立案", {"回复": "violated"}),
        (REPLY % "不予立案", {}),
    ],
)
def test_the_police_get_goods_and_papers_within_three_days_c12_1(more: str, outcome: dict[str, str]) -> None:
    assert outcomes("C12.1", script(more)) == outcome


@pytest.mark.parametrize(
    ("violation", "article", "outcome"),
    [
        ("grain_no_filing", POWER, "met"),
        ("grain_no_filing", "第四十五条", "violated"),
        ("未登记的行为", POWER, "met"),
        ("未登记的行为", "第四十五条", "violated"),
    ],
)
def test_a_seizure_rests_on_a_power_of_the_law_f18_1(violation: str, article: str, outcome: str) -> None:
    told = script(DOCKET % violation + APPROVAL % ("false", "04") + SEIZURE % (article, "2026-03-05"))
    assert outcomes("F18.1", told) == {"查封": "met", "查封.power": outcome}


@pytest.mark.parametrize(
    ("urgent", "approved", "outcome"),
    [
        ("false", "04", "met"),
        ("false", "06", "violated"),
        ("true", "06", "met"),
        ("true", "07", "violated"),
    ],
)
def test_a_seizure_is_approved_first_or_within_a_day_f18_1(urgent: str, approved: str, outcome: str) -> None:
    told = script(APPROVAL % (urgent, approved) + SEIZURE % (POWER, "2026-03-05"))
    assert outcomes("F18.1", told)["查封"] == outcome


@pytest.mark.parametrize(("served", "outcome"), [("2026-03-05", "met"), ("2026-03-06", "violated")])
def test_the_decision_is_handed_over_on_the_spot_f24_1(served: str, outcome: str) -> None:
    answered = outcomes("F24.1", script(SEIZURE % (POWER, served)))
    assert answered == {"查封.delivered": outcome, "查封.site": "violated"}


@pytest.mark.parametrize(
    ("more", "now", "outcome"),
    [
        (RELEASE % ("04-04", "04-04"), "2026-12-01", "met"),
        (RELEASE % ("04-05", "04-05"), "2026-12-01", "violated"),
        ("", "2026-04-04", "open"),
        ("", "2026-04-06", "violated"),
        (LONGER % "05-04", "2026-04-06", "open"),
        (LONGER % "05-04" + RELEASE % ("05-04", "05-04"), "2026-12-01", "met"),
        (LONGER % "05-20" + RELEASE % ("05-10", "05-10"), "2026-12-01", "violated"),
    ],
)
def test_a_seizure_ends_after_thirty_days_and_thirty_more_f25_1(more: str, now: str, outcome: str) -> None:
    assert outcomes("F25.1", script(SEIZURE % (POWER, "2026-03-05") + more), now)["查封"] == outcome


TESTED = "  - {at: 2026-03-20, by: 甲, file: appraisal_opinion}\n"


@pytest.mark.parametrize(
    ("more", "absent", "outcome"),
    [
        ("", "absent: [seizure_extension_decision]\n", "violated"),
        ("", "", "unknown"),
        (TESTED, "absent: [seizure_extension_decision]\n", "unknown"),
        (TESTED, "absent: [seizure_extension_decision, seizure_period_notice]\n", "violated"),
    ],
)
def test_an_extension_or_the_time_of_tests_that_a_source_leaves_open_is_not_held_against_anybody_f25_1(
    more: str, absent: str, outcome: str
) -> None:
    """强 25: the time of a test that was told in writing does not count."""
    told = script(SEIZURE % (POWER, "2026-03-05") + more + RELEASE % ("04-20", "04-20"), absent)
    assert outcomes("F25.1", told, outside=True)["查封"] == outcome


CONFISCATED = (
    "  - {at: 2026-%s, by: 甲, file: penalty_decision, as: 决定, "
    "values: {penalties: [{kind: 没收非法财物, object: %s}]}, issued: true}\n"
)
LISTED = (
    "  - {at: 2026-04-20, by: 甲, file: confiscation_list, "
    "values: {decision: 决定, items: [{name: 玉米, quantity: %s, unit: 袋}]}}\n"
)
DESTROYED = (
    "  - {at: 2026-05-20, by: 甲, file: goods_disposal_record, "
    "values: {at: 2026-05-20 09:00, how: 销毁, items: [{name: 玉米, quantity: %s, unit: 袋}]}}\n"
)
ANNULLED = "  - {at: 2026-06-01, by: 甲, state: contest_ended, values: {on: 2026-06-01, route: 行政复议, result: 撤销}}\n"
IN_TIME, TOO_LATE = CONFISCATED % ("04-03", "玉米10袋"), CONFISCATED % ("04-07", "玉米10袋")


@pytest.mark.parametrize(
    ("more", "outcome"),
    [
        (IN_TIME, "met"),
        (IN_TIME + LISTED % "10" + DESTROYED % "10", "met"),
        (IN_TIME + LISTED % "6" + DESTROYED % "6", "violated"),
        (IN_TIME + LISTED % "6" + DESTROYED % "6" + PART, "met"),
        (TOO_LATE, "violated"),
        (IN_TIME + ANNULLED, "violated"),
        (CONFISCATED % ("04-03", "设备2台"), "met"),
    ],
)
def test_what_is_confiscated_within_the_term_is_held_no_longer_f25_1(more: str, outcome: str) -> None:
    """强 25, 27: the decision ends the seizure; how the things are disposed of later is another question."""
    assert outcomes("F25.1", script(SEIZURE % (POWER, "2026-03-05") + more))["查封"] == outcome


def test_an_extension_is_at_most_thirty_days_f25_1() -> None:
    told = script(SEIZURE % (POWER, "2026-03-05") + LONGER % "05-20")
    assert "超过三十日" in found("F25.1", told)["延长"].message


def test_the_party_hears_where_the_seized_goods_went_r12_2() -> None:
    sent = CRIME.replace("issued: true", "issued: true, served: 2026-03-06")
    notice = (
        "  - {at: 2026-03-06, by: 甲, file: seized_property_transfer_notice, "
        "values: {measure: 查封}, issued: true, served: 2026-03-06}\n"
    )
    seized = SEIZURE % (POWER, "2026-03-05")
    assert outcomes("R12.2", script(seized + sent)) == {"查封": "open"}
    assert outcomes("R12.2", script(seized + sent + notice)) == {"查封": "met"}
