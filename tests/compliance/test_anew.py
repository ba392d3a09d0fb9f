"""A decision made anew: not the same once more, not heavier for having been heard, also in a case of its own (诉 71; 复 64; 罚 45)."""

from __future__ import annotations

import pytest

from liuhen.casefile.settle import settle
from liuhen.compliance.judge import answers, context, stops
from tests.compliance.test_licensing import outcomes as of_licence
from tests.compliance.test_licensing import script as licence
from tests.compliance.told import at, found, ours, outcomes, script

FACTS = "当事人2025年11月收购玉米120吨，没有建立粮食经营台账。"
BASIS = "basis: [粮食流通管理条例第四十五条第四项]"


def decided(on: str, name: str, facts: str = FACTS, basis: str = BASIS, amount: str = "20000元") -> str:
    values = f"{{facts: {facts}, {basis}, penalties: [{{kind: 罚款, amount: {amount}}}]}}"
    return f"  - {{at: {on} 10:00, by: 甲, file: penalty_decision, as: {name}, values: {values}, issued: {on}, served: {on}}}\n"


def fell(result: str = "重作", ground: str = "事实不清、证据不足") -> str:
    told = f", ground: {ground}" if ground else ""
    return f"  - {{at: 2026-06-01, by: 甲, state: contest_ended, values: {{on: 2026-06-01, route: 行政诉讼, result: {result}{told}}}}}\n"


FIRST = decided("2026-01-20", "决定一")


@pytest.mark.parametrize(
    ("second", "outcome"),
    [
        (decided("2026-06-20", "决定二"), "violated"),
        (decided("2026-06-20", "决定二", FACTS.replace("没有建立", "未建立")), "violated"),
        (decided("2026-06-20", "决定二", amount="30000元"), "violated"),
        (decided("2026-06-20", "决定二", amount="19000元"), "met"),
        (decided("2026-06-20", "决定二", "当事人2025年12月起三次拒绝提供收购凭证，妨碍检查。"), "met"),
        (decided("2026-06-20", "决定二", basis="basis: [粮食流通管理条例第四十六条]"), "met"),
    ],
)
def test_the_same_facts_and_grounds_do_not_carry_the_same_decision_twice_s71_1(
    second: str, outcome: str
) -> None:
    for result in ("重作", "撤销"):
        assert outcomes("S71.1", script(FIRST + fell(result) + second))["决定二"] == outcome


def test_what_fell_for_its_procedure_may_be_decided_as_before_s71_1() -> None:
    """复 64; 法释〔2018〕1号 90: 因违反法定程序被撤销的，不受限制."""
    again = script(FIRST + fell(ground="违反法定程序") + decided("2026-06-20", "决定二"))
    assert outcomes("S71.1", again)["决定二"] == "met"


def test_where_no_ground_was_told_it_is_shown_and_does_not_stop_s71_1() -> None:
    again = script(FIRST + fell(ground="") + decided("2026-06-20", "决定二"))
    assert found("S71.1", again)["决定二"].severity == "flag"
    assert outcomes("S71.1", again, outside=True)["决定二"] == "unknown"


def test_a_decision_withdrawn_by_ourselves_is_made_anew_freely_s71_1() -> None:
    withdrawn = "  - {at: 2026-06-01, by: 甲, file: penalty_withdrawal_decision, values: {decision: 决定一, anew: true}, issued: true}\n"
    assert outcomes("S71.1", script(FIRST + withdrawn + decided("2026-06-20", "决定二"))) == {}


HEARD = "  - {at: 2026-01-10 10:00, by: 甲, file: defence_submission, as: 申辩书, values: {statement: 请求从轻。}}\n"
REPORT = "  - {at: %s 10:00, by: 甲, file: investigation_report, as: 报告%s, values: {facts: %s}}\n"


@pytest.mark.parametrize(
    ("first", "between", "outcome"),
    [
        (HEARD + REPORT % ("2026-01-06", "一", FACTS), "", "violated"),
        (HEARD + REPORT % ("2026-01-06", "一", FACTS), REPORT % ("2026-06-10", "二", FACTS), "violated"),
        (
            HEARD + REPORT % ("2026-01-06", "一", FACTS),
            REPORT % ("2026-06-10", "二", "又查明三个月的收购。"),
            "met",
        ),
        (REPORT % ("2026-01-06", "一", FACTS), "", None),
    ],
)
def test_the_second_decision_is_not_heavier_for_the_defence_against_the_first_p45_2(
    first: str, between: str, outcome: str | None
) -> None:
    text = first + FIRST + fell(ground="违反法定程序") + between
    told = script(text + decided("2026-06-20", "决定二", amount="30000元"))
    assert outcomes("P45.2", told).get("决定二") == outcome


def test_a_case_of_its_own_is_held_to_the_one_it_came_from_s71_1() -> None:
    """And the act is stopped in the words of the finding."""
    before = settle(*ours(script(HEARD + FIRST + fell())))
    before.case_no = "LC-P-2026-0001"
    entries, office = ours(script(decided("2026-06-20", "决定二", amount="30000元")))
    case = settle(entries, office, earlier=(before,))
    ctx = context(at("2026-07-01"), office)
    broken = {f.code: f for f in answers(case, ctx) if f.outcome == "violated" and f.subject == "决定二"}
    assert {"S71.1", "P45.2"} <= broken.keys()
    assert "案件LC-P-2026-0001" in broken["S71.1"].message
    issued = next(n for n, e in enumerate(entries) if e.kind == "Issued")
    stopped = stops(entries[:issued], entries[issued:], office, at("2026-07-01"), (before,))
    assert broken["S71.1"].message in {f.message for f in stopped}


def test_another_partys_annulled_decision_binds_nobody_else_s71_1() -> None:
    other = decided("2026-01-20", "决定一").replace(
        "values: {", "values: {party: {party_kind: 自然人, name: 张某}, "
    )
    before = settle(*ours(script(other + fell())))
    entries, office = ours(script(decided("2026-06-20", "决定二")))
    case = settle(entries, office, earlier=(before,))
    assert "S71.1" not in {f.code for f in answers(case, context(at("2026-07-01"), office))}


REFUSED = """
  - {at: %s, file: license_denial_decision, as: %s, values: {reasons: %s, basis: [行政许可法第三十八条]}, issued: true}
"""
FULL = "镇内已有一座储配站，可以满足需求，无需新增。"


@pytest.mark.parametrize(
    ("reasons", "ground", "result", "outcome"),
    [
        (FULL, "适用法律、依据错误", "重作", {"二": "violated"}),
        (FULL, "适用法律、依据错误", "撤销", {"二": "violated"}),
        (FULL, "适用法律、依据错误", "维持", {}),
        (FULL, "违反法定程序", "重作", {"二": "met"}),
        ("储罐与民房的间距不符合规定。", "适用法律、依据错误", "重作", {"二": "met"}),
    ],
)
def test_a_licence_is_not_refused_again_for_the_reasons_that_fell_s71_1(
    reasons: str, ground: str, result: str, outcome: dict[str, str]
) -> None:
    """诉 71: the court's judgment is not outdone by saying the same once more."""
    steps = (
        REFUSED % ("2026-01-20", "一", FULL) + fell(result, ground) + REFUSED % ("2026-07-10", "二", reasons)
    )
    assert of_licence("S71.1", licence(steps)) == outcome


def test_a_licence_asked_for_anew_is_held_to_the_case_it_came_from_s71_1() -> None:
    before = settle(*ours(licence(REFUSED % ("2026-01-20", "一", FULL) + fell())))
    entries, office = ours(licence(REFUSED % ("2026-07-10", "二", FULL)))
    case = settle(entries, office, earlier=(before,))
    found_ = answers(case, context(at("2026-08-01"), office))
    assert {f.subject: f.outcome for f in found_ if f.code == "S71.1"} == {"二": "violated"}
