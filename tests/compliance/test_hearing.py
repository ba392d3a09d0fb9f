"""The hearing: presider appointed, notice in time, record signed page by page and filmed, report (R19.1–R21.1, TL-16)."""

import pytest

from tests.compliance.told import found, outcomes, script, stopped_by_last

PRESIDER = (
    "  - {at: 2026-03-0%s 09:00, by: 甲, file: case_matter_approval, as: 指定, "
    "values: {topic: 指定听证主持人, presider: 主持人}, approved: {S: %s, B: %s}}\n"
)
APPOINTED = PRESIDER % (2, "2026-03-02 10:00", "2026-03-02 11:00")
NOTICE = (
    "  - {at: 2026-03-03, by: 甲, file: hearing_notice, as: 通知, "
    "values: {at: %s 09:00, presider: 主持人}, issued: 2026-03-03, served: %s}\n"
)
SIGNED = "presider: 主持人, officer: [甲, 乙], party: 张某"
RECORD = (
    "  - {at: 2026-03-23 11:30, by: 甲, file: hearing_record, as: 笔录, values: {started_at: 2026-03-23 09:00, "
    "ended_at: 2026-03-23 11:00, presider: 主持人%s}, signed: {%s}}\n"
)
REPORT = "  - {at: 2026-03-25 09:00, by: 甲, file: hearing_report, as: 报告, signed: {presider: %s}%s}\n"
DECISION = "  - {at: 2026-04-01, by: 甲, file: penalty_decision, as: 决定书, issued: true}\n"
READ = ", approved: {P: 2026-03-26}"


def notice(event: str = "2026-03-23", served: str = "2026-03-03") -> str:
    return NOTICE % (event, served)


def film(starts: str, ends: str) -> str:
    times = f"from: 2026-03-23 {starts}, to: 2026-03-23 {ends}"
    return f"  - {{at: 2026-03-23 {ends}, by: 甲, record: {{what: 听证录像, {times}, document: 笔录}}}}\n"


@pytest.mark.parametrize(
    ("before", "outcome"),
    [
        (APPOINTED, "met"),
        ("", "violated"),
        (PRESIDER % (2, "2026-03-02 10:00", "2026-03-04 11:00"), "violated"),
        (APPOINTED.replace("presider: 主持人}", "presider: 别人}"), "violated"),
        (APPOINTED.replace("指定听证主持人", "案件移送"), "violated"),
    ],
)
def test_the_presider_is_appointed_before_the_notice_r19_1(before: str, outcome: str) -> None:
    assert outcomes("R19.1", script(before + notice())) == {"通知": outcome}


def test_issuing_the_notice_without_a_presider_is_stopped_r19_1() -> None:
    unserved = notice().replace(", served: 2026-03-03", "")
    assert "R19.1" in stopped_by_last(script(unserved))
    assert outcomes("R19.1", script(unserved), outside=True) == {"通知": "unknown"}


@pytest.mark.parametrize(
    ("served", "outcome", "severity"),
    [
        ("2026-03-11", "met", "stop"),
        ("2026-03-12", "violated", "flag"),
        ("2026-03-13", "violated", "stop"),
        ("2026-03-16", "violated", "stop"),
    ],
)
def test_seven_working_days_lie_between_service_and_hearing_tl_16(
    served: str, outcome: str, severity: str
) -> None:
    """D7: 11 March to 23 March are eight working days; a weekend counts for nothing."""
    for code, told in (
        ("TL-16", notice(served=served)),
        ("R19.2", notice(served=served) + RECORD % ("", SIGNED)),
    ):
        (answer,) = (f for f in found(code, script(told)).values() if not f.subject.endswith(".1"))
        assert (answer.outcome, answer.severity) == (outcome, severity)


def test_a_notice_that_comes_too_late_already_when_issued_is_stopped_tl_16() -> None:
    late = notice("2026-03-09").replace(", served: 2026-03-03", "")
    assert "TL-16" in stopped_by_last(script(APPOINTED + late), last=2)
    assert "TL-16" not in stopped_by_last(script(APPOINTED + notice().replace(", served: 2026-03-03", "")))


def test_a_notice_that_comes_too_late_is_told_before_it_is_final_tl_16() -> None:
    """Who sets the day learns of it while the paper can still be changed, and not when it is issued."""
    drafted = notice("2026-03-%s").replace(", issued: 2026-03-03, served: 2026-03-03", "")
    assert "TL-16" in stopped_by_last(script(APPOINTED + drafted % "09"))
    assert "TL-16" not in stopped_by_last(script(APPOINTED + drafted % "23"))


def test_a_notice_of_another_day_calls_nobody_to_this_hearing_r19_2() -> None:
    told = script(notice("2026-03-20") + RECORD % ("", SIGNED))
    assert outcomes("R19.2", told) == {"笔录": "violated"}


def test_interested_parties_are_notified_too_r19_2() -> None:
    third = ", present: [{name: 邻居某, as: 第三人}]"
    told = script(notice() + RECORD % (third, SIGNED))
    assert outcomes("R19.2", told) == {"笔录": "met", "笔录.邻居某": "violated"}
    own = "  - {at: 2026-03-04, by: 甲, serve: 通知, method: 直接, what: delivered, to: 邻居某}\n"
    assert outcomes("R19.2", script(notice() + own + RECORD % (third, SIGNED)))["笔录.邻居某"] == "met"


@pytest.mark.parametrize(
    ("signed", "more", "outcome"),
    [
        (SIGNED, "", "met"),
        (SIGNED.replace("party: 张某", "party: {name: 张某, refused: 不认可}"), "", "met"),
        (SIGNED.replace("presider: 主持人, ", ""), "", "violated"),
        (SIGNED.replace("[甲, 乙]", "甲"), "", "violated"),
        (SIGNED.replace(", party: 张某", ""), "", "violated"),
        (SIGNED.replace("party: 张某", "party: {name: 张某, pages: last}"), "", "violated"),
        (SIGNED, ", present: [{name: 吴某, as: 代理人}]", "violated"),
        (SIGNED + ", agent: 吴某", ", present: [{name: 吴某, as: 代理人}]", "met"),
    ],
)
def test_the_record_is_signed_on_every_page_r20_2(signed: str, more: str, outcome: str) -> None:
    told = script(RECORD % (more, signed) + REPORT % ("主持人", ""))
    assert outcomes("R20.2", told) == {"笔录": outcome}


def test_signatures_are_awaited_until_the_case_goes_on_r20_2() -> None:
    assert outcomes("R20.2", script(RECORD % ("", "officer: [甲, 乙]"))) == {"笔录": "open"}


def test_a_refusal_noted_by_the_presider_needs_no_witness_r14_4() -> None:
    told = script(RECORD % ("", SIGNED.replace("party: 张某", "party: {name: 张某, refused: 不认可}")))
    assert outcomes("R14.4", told) == {}


@pytest.mark.parametrize(
    ("films", "breaks", "outcome"),
    [
        (film("08:55", "11:30"), "", "met"),
        (film("08:55", "10:00") + film("10:20", "11:10"), "", "violated"),
        (
            film("08:55", "10:00") + film("10:20", "11:10"),
            ", breaks: [{from: 2026-03-23 10:00, to: 2026-03-23 10:20, reason: 休庭}]",
            "met",
        ),
        (film("09:10", "11:30"), "", "violated"),
        ("", "", "violated"),
    ],
)
def test_the_hearing_is_recorded_from_start_to_end_r20_3(films: str, breaks: str, outcome: str) -> None:
    assert outcomes("R20.3", script(RECORD % (breaks, SIGNED) + films)) == {"笔录": outcome}


def test_nothing_excuses_a_hearing_without_recording_r20_3() -> None:
    excuse = "  - {at: 2026-03-23 12:00, by: 甲, state: recording_unsuitable, document: 笔录, values: {reason: 隐私}}\n"
    assert outcomes("R20.3", script(RECORD % ("", SIGNED) + excuse)) == {"笔录": "violated"}


@pytest.mark.parametrize(
    ("report", "outcome"),
    [
        (REPORT % ("主持人", READ), {"报告": "met"}),
        (REPORT % ("别人", READ), {"报告": "violated"}),
        (REPORT % ("主持人", ""), {"报告": "violated"}),
        (REPORT % ("主持人", ", approved: {P: 2026-04-03}"), {"报告": "violated"}),
        ("", {"笔录": "violated"}),
    ],
)
def test_the_report_goes_to_the_principal_leader_before_the_decision_r21_1(
    report: str, outcome: dict[str, str]
) -> None:
    told = script(RECORD % ("", SIGNED) + report + DECISION)
    assert outcomes("R21.1", told) == outcome
