"""A paper rests on the law of its day, a penalty on the law of the act unless the later law is lighter (R36.2; 罚 37)."""

from datetime import date

import pytest

from liuhen.measures.in_force import NEW_LAW, in_force_from
from liuhen.measures.vocabulary import LAWS
from liuhen.scripts.facts import case_of, check
from liuhen.scripts.script import read_script
from tests.compliance.told import outcomes, script

TOLD = """
id: t
title: 某案
steps:
  - {{at: 2024-04-08, file: docket_approval, values: {{act_on: {act_on}, limitation_ok: 未超过}}, approved: {{S: 2024-04-08, B: 2024-04-09}}}}
  - at: {decided}
    file: penalty_decision
    values: {{basis: [{law}], discretion: [{{kind: 一般, circumstance: {why}}}]}}
"""
NEW = "粮食安全保障法第六十九条"


def found(
    act_on: str = "2024-03-29", decided: str = "2024-06-20", law: str = NEW, why: str = "情节一般。"
) -> list[str]:
    script = read_script(TOLD.format(act_on=act_on, decided=decided, law=law, why=why))
    return [f.message for f in check(script) if f.code == "R36.2"]


def test_a_penalty_under_law_younger_than_the_act_says_why() -> None:
    (message,) = found()
    assert "2024年3月29日终了" in message
    assert "2024年6月1日起才施行" in message


@pytest.mark.parametrize(
    "change",
    [
        {"act_on": "2024-06-01"},
        {"why": "新法处罚较轻，按照从旧兼从轻适用新法。"},
        {"law": "粮食流通管理条例第四十五条"},
        {"law": "统计法第四十二条"},
    ],
    ids=["acted under it", "said why", "law of the act", "not told here"],
)
def test_nothing_is_found_where_a_lawyer_would_find_nothing(change: dict[str, str]) -> None:
    assert found(**change) == []


def test_law_that_is_not_in_force_yet_is_no_basis() -> None:
    (message,) = found(decided="2024-05-31")
    assert "自2024年6月1日起才施行" in message
    assert not any("才施行，《" in one for one in found(decided="2024-06-01", act_on="2024-06-01"))


def test_a_law_is_known_however_its_name_is_printed() -> None:
    for name in ("粮食安全保障法", "《中华人民共和国粮食安全保障法》", " 中华人民共和国粮食安全保障法"):
        assert in_force_from(name) == date(2024, 6, 1)
    assert in_force_from("行政处罚法") is None
    assert set(NEW_LAW) <= set(LAWS)


# ------------------------------------------------------------------------- the statutes before they were revised (R36.2)

FINE = "penalties: [{kind: 罚款, amount: 80000元}]"


def notice(served: str, days: str = "") -> str:
    return f"  - {{at: {served}, file: hearing_right_notice, as: 告, values: {{{FINE}{days}}}, issued: true, served: {served}}}\n"


def decision(on: str) -> str:
    return f"  - {{at: {on}, file: penalty_decision, as: 决, values: {{{FINE}}}, issued: true}}\n"


@pytest.mark.parametrize(
    ("served", "decided", "days", "outcome"),
    [
        ("2019-06-03", "2019-06-03", "", "violated"),
        ("2019-06-03", "2019-06-06", "", "violated"),
        ("2019-06-06", "2019-06-11", "", "unknown"),
        ("2019-06-06", "2019-06-11", ", hearing_days: 5", "violated"),
        ("2019-06-03", "2019-06-20", "", "met"),
        ("2021-07-14", "2021-07-20", "", "unknown"),
        ("2021-07-15", "2021-07-20", "", "violated"),
    ],
)
def test_the_periods_of_a_notice_are_those_of_the_day_it_was_served_p62_1(
    served: str, decided: str, days: str, outcome: str
) -> None:
    """Before 2021-07-15 three days to ask for a hearing, and none by statute to defend oneself."""
    told = script(notice(served, days) + decision(decided))
    assert outcomes("P62.1", told, outside=True) == {"决": outcome}


@pytest.mark.parametrize(
    ("asked", "outcome"), [("2019-06-09", "violated"), ("2019-06-11", "unknown"), ("2019-06-13", None)]
)
def test_a_request_in_time_in_one_reading_only_is_in_doubt_r19_3(asked: str, outcome: str | None) -> None:
    """Served on a Thursday before a holiday: three days end on Sunday, three working days on Wednesday."""
    told = script(
        notice("2019-06-06")
        + f"  - {{at: {asked}, state: hearing_requested, values: {{at: {asked}}}}}\n"
        + decision("2019-06-20"),
        "\nabsent: [hearing_record]",
    )
    assert outcomes("R19.3", told, outside=True).get("决") == outcome


@pytest.mark.parametrize(
    ("served", "held", "outcome"),
    [
        ("2020-06-08", "2020-06-14", "violated"),
        ("2020-06-08", "2020-06-16", "unknown"),
        ("2020-06-08", "2020-06-19", "met"),
        ("2022-06-08", "2022-06-16", "violated"),
    ],
)
def test_seven_days_before_the_hearing_were_not_said_to_be_working_days_tl_16(
    served: str, held: str, outcome: str
) -> None:
    told = script(
        f"  - {{at: {served}, file: hearing_notice, as: 通知, values: {{at: {held} 09:00}}, issued: true, served: {served}}}\n"
        f"  - {{at: {held}, file: hearing_record, as: 笔录, values: {{started_at: {held} 09:00}}}}\n"
    )
    assert outcomes("TL-16", told, outside=True)["通知"] == outcome
    assert outcomes("R19.2", told, outside=True)["笔录"] == outcome


@pytest.mark.parametrize(("docketed", "outcome"), [("2021-07-14", set[str]()), ("2021-07-15", {"P60.1"})])
def test_ninety_days_run_in_cases_docketed_since_they_are_law_p60_1(docketed: str, outcome: set[str]) -> None:
    told = script(
        f"  - {{at: {docketed}, file: docket_approval, approved: {{S: {docketed}, B: {docketed}}}}}\n"
        + decision("2021-12-20")
    )
    assert {f.code for f in check(told)} & {"P60.1"} == outcome


def test_an_extension_of_no_limit_needs_no_rule_p60_1() -> None:
    """What the law did not limit could not be lengthened against it."""
    told = script(
        "  - {at: 2019-03-04, file: docket_approval, approved: {S: 2019-03-04, B: 2019-03-04}}\n"
        "  - {at: 2019-05-06, file: period_extension_approval, values: {days: 30}, approved: {S: 2019-05-06, B: 2019-05-06}}\n"
    )
    assert outcomes("P60.1", told, outside=True) == {}


@pytest.mark.parametrize(
    ("published", "served"), [("2021-12-31", "2022-03-01"), ("2022-01-01", "2022-01-31")]
)
def test_a_public_notice_runs_as_long_as_the_law_of_its_day_said_tl_36(published: str, served: str) -> None:
    told = script(
        f"  - at: {published}\n    file: penalty_notice\n    as: 告\n    issued: true\n"
        f"    served: {{on: {published}, method: 公告, what: published, carrier: 某报}}\n"
    )
    document = case_of(told).documents["告"]
    assert document.served_at == date.fromisoformat(served)


def test_a_setting_of_the_bureau_goes_before_what_the_former_law_left_open_p62_1() -> None:
    own = "\nsettings: [{name: defence_days, value: 10, from: 2019-01-01}]"
    plain_notice = notice("2019-06-03").replace("hearing_right_notice", "penalty_notice")
    told = script(plain_notice + decision("2019-06-12"), own)
    assert outcomes("P62.1", told, outside=True) == {"决": "violated"}


@pytest.mark.parametrize(
    ("on", "kind", "outcome"),
    [
        ("2019-06-20", "没收违法所得, amount: 80000元", "unknown"),
        ("2019-06-20", "降低资质等级", "unknown"),
        ("2019-06-20", "吊销许可证件", "violated"),
        ("2022-06-20", "没收违法所得, amount: 80000元", "violated"),
    ],
)
def test_the_kinds_that_give_a_hearing_are_those_of_the_law_of_the_day_r16_1(
    on: str, kind: str, outcome: str
) -> None:
    told = script(
        f"  - {{at: {on}, file: penalty_decision, as: 决, values: {{penalties: [{{kind: {kind}}}]}}, issued: true}}\n",
        "\nabsent: [hearing_right_notice]",
    )
    assert outcomes("R16.1", told, outside=True)["决"] == outcome
