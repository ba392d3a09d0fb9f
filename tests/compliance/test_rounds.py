"""After a decision fell: the next round, what is owed, and the limits that still run (R15.1, R22.1, P44.1; TL-21 to TL-52)."""

import pytest

from liuhen.archives import catalogue
from liuhen.casefile.settle import settle
from liuhen.casefile.state import CaseFile
from liuhen.compliance.answers import Deadline
from liuhen.compliance.deadlines import deadlines
from liuhen.compliance.execution import items
from liuhen.compliance.judge import context, judge
from liuhen.compliance.owing import owed, penalties_of
from liuhen.compliance.rounds import fate, of_round, strikes
from tests.compliance.told import at, ours, outcomes, script

DOCKET = "  - {at: 2026-01-05, by: 甲, file: docket_approval, approved: {S: 2026-01-05, B: 2026-01-05}}\n"
REPORT = "  - {at: 2026-01-06, by: 甲, file: investigation_report, as: 报告, approved: {S: 2026-01-06}}\n"


def told(on: str, amount: str, name: str) -> str:
    """A notice with its proposal, served."""
    values = f"{{penalties: [{{kind: 罚款, amount: {amount}}}]}}"
    return (
        f"  - {{at: {on} 09:00, by: 甲, file: proposal_approval, as: 拟{name}, values: {values}, "
        f"approved: {{S: {on} 09:10, B: {on} 09:20}}}}\n"
        f"  - {{at: {on} 10:00, by: 甲, file: penalty_notice, as: {name}, values: {values}, issued: {on}, served: {on}}}\n"
    )


def decided(on: str, amount: str, name: str) -> str:
    """A decision with its approval, served."""
    values = f"{{penalties: [{{kind: 罚款, amount: {amount}}}]}}"
    return (
        f"  - {{at: {on} 09:00, by: 甲, file: decision_approval, as: 批{name}, values: {values}, "
        f"approved: {{S: {on} 09:10, B: {on} 09:20}}}}\n"
        f"  - {{at: {on} 10:00, by: 甲, file: penalty_decision, as: {name}, values: {values}, issued: {on}, served: {on}}}\n"
    )


FIRST = DOCKET + REPORT + told("2026-01-07", "20000元", "告知一") + decided("2026-01-20", "20000元", "决定一")
FELL = "  - {at: 2026-04-01 10:00, by: 甲, state: contest_ended, values: {on: 2026-04-01, route: 行政复议, result: %s}}\n"
AGAIN = FIRST + FELL % "重作"
CONTESTED = (
    "  - {at: 2026-02-02, by: 甲, state: contested, as: 争议, "
    "values: {route: %s, on: 2026-01-28, notice_on: 2026-02-02, body: 某处%s}}\n"
)


def case_of(text: str) -> CaseFile:
    return settle(*ours(script(text)))


def limits(text: str, now: str) -> dict[str, list[Deadline]]:
    case = case_of(text)
    found: dict[str, list[Deadline]] = {}
    for one in deadlines(case, context(at(now), case.office)):
        found.setdefault(one.code, []).append(one)
    return found


def due(text: str, code: str, now: str) -> list[tuple[str, str]]:
    return [(one.due.day.isoformat(), one.state) for one in limits(text, now).get(code, [])]


@pytest.mark.parametrize(
    ("more", "outcome"),
    [
        (decided("2026-04-20", "20000元", "决定二"), "violated"),
        (told("2026-04-03", "20000元", "告知二") + decided("2026-04-20", "20000元", "决定二"), "met"),
    ],
)
def test_a_new_decision_is_told_anew_r15_1(more: str, outcome: str) -> None:
    assert outcomes("R15.1", script(AGAIN + more)) == {"决定一": "met", "决定二": outcome}


def test_a_new_decision_is_approved_anew_r22_1() -> None:
    """The sheet that stood for the first decision stands for no other, though its content is the same."""
    second = told("2026-04-03", "20000元", "告知二") + decided("2026-04-20", "20000元", "决定二")
    assert outcomes("R22.1", script(AGAIN + second))["决定二"] == "met"
    bare = "\n".join(line for line in second.splitlines() if "as: 批决定二" not in line) + "\n"
    assert outcomes("R22.1", script(AGAIN + bare))["决定二"] == "violated"


@pytest.mark.parametrize(("amount", "outcome"), [("15000元", "met"), ("16000元", "violated")])
def test_a_new_decision_is_held_to_the_notices_of_its_round_p44_1(amount: str, outcome: str) -> None:
    """What the first notice foresaw allows nothing that the second one did not tell."""
    second = told("2026-04-03", "15000元", "告知二") + decided("2026-04-20", amount, "决定二")
    assert outcomes("P44.1", script(AGAIN + second))["决定二"] == outcome


def test_the_steps_begin_again_with_the_proposal() -> None:
    case = case_of(AGAIN)
    judged = judge(case, context(at("2026-04-02"), case.office))
    ready = {step.does for step in judged.steps if not step.locked}
    assert judged.stage == "审查决定"
    assert "file:proposal_approval" in ready
    assert "file:investigation_report" not in ready
    assert len(strikes(case)) == 1
    assert [d.id for d in of_round(case, at("2026-04-02"), case.of("penalty_notice"))] == []


def test_the_days_of_a_decision_that_fell_run_no_more_tl_21() -> None:
    assert due(FIRST, "TL-21", "2026-02-10") == [("2026-02-04", "overdue")]
    assert due(AGAIN, "TL-21", "2026-04-10") == []
    second = told("2026-04-03", "15000元", "告知二") + decided("2026-04-20", "15000元", "决定二")
    assert due(AGAIN + second, "TL-21", "2026-04-22") == [("2026-05-06", "open")]


def test_what_was_changed_is_owed_as_changed() -> None:
    """罚 73, 诉 77: a decision changed by reconsideration or suit is carried out as changed."""
    changed = (FELL % "变更").replace("变更}", "变更, penalties: [{kind: 罚款, amount: 5000元}]}")
    case = case_of(FIRST + changed)
    decision = case.documents["决定一"]
    assert [row["amount"] for row in penalties_of(case, decision)] == [500_000]
    assert owed(case, decision) == 500_000
    paid = "  - {at: 2026-04-05, by: 甲, state: payment_made, values: {on: 2026-04-05, amount: 5000元}}\n"
    case = case_of(FIRST + changed + paid)
    (item,) = items(case, case.documents["决定一"], context(at("2026-04-10"), case.office))
    assert item.state == "已履行"


@pytest.mark.parametrize(
    ("more", "now", "expected"),
    [
        ("", "2026-02-04", []),
        ("", "2026-02-10", [("2026-03-10", "open")]),
        (CONTESTED % ("行政诉讼", ""), "2026-02-05", [("2026-03-11", "open")]),
        (
            "  - {at: 2026-02-03, by: 甲, state: payment_made, values: {on: 2026-02-03, amount: 20000元}}\n",
            "2026-02-10",
            [],
        ),
    ],
)
def test_the_extra_fine_reaches_its_cap_after_34_days_tl_22(
    more: str, now: str, expected: list[tuple[str, str]]
) -> None:
    """Due on 4 February: 3 % a day make the whole on the 34th day; while the decision is contested the days stand still."""
    assert due(FIRST + more, "TL-22", now) == expected


def test_suing_after_a_reconsideration_takes_fifteen_days_tl_24() -> None:
    assert due(FIRST, "TL-24", "2026-02-01") == [("2026-07-20", "open")]
    assert due(FIRST + FELL % "维持", "TL-24", "2026-04-02") == [("2026-04-16", "open")]


@pytest.mark.parametrize(
    ("route", "more", "code", "expected"),
    [
        ("行政复议", "", "TL-50", "2026-02-14"),
        ("行政复议", ", summary: true", "TL-50", "2026-02-09"),
        ("行政诉讼", "", "TL-51", "2026-02-17"),
    ],
)
def test_our_answer_is_due_from_the_receipt_of_the_copy(
    route: str, more: str, code: str, expected: str
) -> None:
    """复 48, 54: ten working days, five in a summary one, the Saturday before the Spring Festival worked; 诉 67: fifteen days that never roll."""
    assert due(FIRST + CONTESTED % (route, more), code, "2026-02-03") == [(expected, "open")]


ANSWER = (
    "  - {at: 2026-02-%s, by: 甲, state: contest_answered, "
    "values: {on: 2026-02-%s, route: %s, with_evidence: %s, evidence: 全部}}\n"
)


@pytest.mark.parametrize(
    ("code", "route", "more", "now", "outcome"),
    [
        ("A48.1", "行政复议", "", "2026-02-03", "open"),
        ("A48.1", "行政复议", "", "2026-02-26", "violated"),
        ("A48.1", "行政复议", ANSWER % ("14", "14", "行政复议", "true"), "2026-03-01", "met"),
        ("A48.1", "行政复议", ANSWER % ("15", "15", "行政复议", "true"), "2026-03-01", "violated"),
        ("A48.1", "行政复议", ANSWER % ("14", "14", "行政复议", "false"), "2026-03-01", "violated"),
        ("A48.1", "行政复议", ANSWER % ("14", "14", "行政诉讼", "true"), "2026-03-01", "violated"),
        ("S67.1", "行政诉讼", ANSWER % ("17", "17", "行政诉讼", "true"), "2026-03-01", "met"),
        ("S67.1", "行政诉讼", ANSWER % ("18", "18", "行政诉讼", "true"), "2026-03-01", "violated"),
    ],
)
def test_we_answer_in_time_with_all_evidence(
    code: str, route: str, more: str, now: str, outcome: str
) -> None:
    answered = outcomes(code, script(FIRST + CONTESTED % (route, "") + more), now)
    assert list(answered.values()) == [outcome]


def test_an_outside_source_that_does_not_tell_of_the_answer_leaves_it_unknown() -> None:
    answered = outcomes("A48.1", script(FIRST + CONTESTED % ("行政复议", "")), outside=True)
    assert list(answered.values()) == ["unknown"]


EXTENSION = (
    "  - {at: 2026-03-20, by: 甲, file: period_extension_approval, as: 延期, values: {days: 30, rule: 某部门规章第五条}, "
    "approved: {S: 2026-03-20, B: 2026-03-20}}\n"
)
RULE = "settings: [{name: handling_rules, value: 某部门规章第五条、另一规定, from: 2020-01-01, basis: 示例}]"


@pytest.mark.parametrize(
    ("extra", "outcome", "last"), [("", "violated", "2026-04-05"), (RULE, "met", "2026-05-05")]
)
def test_the_ninety_days_grow_only_by_a_rule_that_was_set_p60_1(extra: str, outcome: str, last: str) -> None:
    """罚 60: 法律、法规、规章另有规定的，从其规定."""
    text = script(DOCKET + EXTENSION, extra)
    assert outcomes("P60.1", text)["延期"] == outcome
    case = settle(*ours(text))
    running = [d for d in deadlines(case, context(at("2026-03-21"), case.office)) if d.code == "TL-19"]
    assert [d.due.day.isoformat() for d in running] == [last]


def test_a_pause_by_a_rule_that_was_set_is_left_out_tl_19() -> None:
    pause = (
        "  - {at: 2026-02-01, by: 甲, state: clock_paused, values: {on: 2026-02-01, limit: 办案期限, rule: 另一规定, reason: 鉴定}}\n"
        "  - {at: 2026-02-11, by: 甲, state: clock_resumed, values: {on: 2026-02-11, limit: 办案期限}}\n"
    )
    case = settle(*ours(script(DOCKET + pause, RULE)))
    running = [d for d in deadlines(case, context(at("2026-03-21"), case.office)) if d.code == "TL-19"]
    assert [d.due.day.isoformat() for d in running] == ["2026-04-15"]


CRIME = "  - {at: 2026-03-05, by: 甲, file: crime_transfer_letter, as: 移送书, issued: true, served: 2026-03-05}\n"
REPLY = (
    "  - {at: 2026-03-09, by: 甲, file: police_reply, values: {result: %s, received_at: 2026-03-09 09:00}}\n"
)
RULING = (
    "  - {at: 2026-10-20, by: 甲, file: court_ruling, values: {result: %s, received_at: 2026-10-20 09:00}}\n"
)
APPLIED = "  - {at: 2026-10-12, by: 甲, file: court_execution_application, as: 申请, issued: true, served: 2026-10-13}\n"
RESTING = "  - {at: 2026-03-02, by: 甲, file: execution_suspension_decision, as: 中止执行, issued: true, served: 2026-03-02}\n"


@pytest.mark.parametrize(
    ("text", "code", "now", "expected"),
    [
        (CRIME, "TL-33", "2026-03-06", [("2026-03-08", "open")]),
        (CRIME + REPLY % "不予立案", "TL-34", "2026-03-10", [("2026-03-12", "open")]),
        (CRIME + REPLY % "立案", "TL-34", "2026-03-10", []),
        (CRIME + REPLY % "立案", "TL-35", "2026-03-10", [("2026-03-12", "open")]),
        (CRIME + REPLY % "不予立案", "TL-35", "2026-03-10", []),
        (APPLIED, "TL-28", "2026-10-14", [("2026-10-20", "open")]),
        (APPLIED + RULING % "受理", "TL-28.1", "2026-10-21", [("2026-10-29", "open")]),
        (APPLIED + RULING % "不准予执行", "TL-28.2", "2026-10-21", [("2026-11-04", "open")]),
        (APPLIED + RULING % "准予执行", "TL-28.2", "2026-10-21", []),
        (FIRST + RESTING, "TL-48", "2026-04-01", [("2029-03-02", "open")]),
    ],
)
def test_the_limits_of_others_and_of_waiting_are_counted(
    text: str, code: str, now: str, expected: list[tuple[str, str]]
) -> None:
    assert due(text, code, now) == expected


def test_nothing_is_to_be_asked_of_the_court_once_all_is_paid_tl_26() -> None:
    assert due(FIRST, "TL-26", "2026-08-01") == [("2026-10-20", "open")]
    paid = "  - {at: 2026-08-05, by: 甲, state: payment_made, values: {on: 2026-08-05, amount: 20000元}}\n"
    assert due(FIRST + paid, "TL-26", "2026-08-10") == []


def test_the_time_for_the_court_does_not_run_out_during_a_suit_tl_26() -> None:
    """强 53: it begins once the suit is over."""
    assert due(FIRST + SUED, "TL-26", "2026-11-02") == []
    assert due(FIRST + SUED + JUDGED, "TL-26", "2026-07-02") == [("2026-10-08", "open")]


@pytest.mark.parametrize(
    ("now", "optional", "says"),
    [
        ("2026-09-19", True, ""),
        ("2026-09-20", False, "期限不足30日，过期丧失。"),
        ("2026-10-10", False, "期限不足10日，过期丧失。"),
    ],
)
def test_what_can_be_lost_is_put_on_the_desk_thirty_and_ten_days_before_tl_26(
    now: str, *, optional: bool, says: str
) -> None:
    """Asking the court ends on 20 October: until a month before it may be left, then it is wanted, and said so twice."""
    case = case_of(FIRST)
    judged = judge(case, context(at(now), case.office))
    (demand,) = (step for step in judged.steps if step.does == "file:performance_demand")
    assert demand.optional == optional
    assert demand.why.endswith(says)


def test_the_case_is_judged_anew_when_a_limit_that_can_be_lost_warns() -> None:
    case = case_of(FIRST)
    assert judge(case, context(at("2026-09-19"), case.office)).changes_at == at("2026-09-20", "00:00")


def test_an_urgent_measure_is_reported_within_twenty_four_hours_tl_14() -> None:
    urgent = (
        "  - {at: 2026-03-05 15:00, by: 甲, file: seizure_approval, as: 补办, "
        "values: {urgent: true, taken_at: 2026-03-05 14:00}, approved: {S: 2026-03-06 09:00, B: 2026-03-06 %s}}\n"
        "  - {at: 2026-03-05, by: 甲, file: seizure_decision, as: 扣押, issued: true, served: 2026-03-05}\n"
    )
    assert [one.state for one in limits(urgent % "13:59", "2026-03-07")["TL-14"]] == ["met"]
    assert outcomes("F18.1", script(urgent % "13:59"))["扣押"] == "met"
    assert outcomes("F18.1", script(urgent % "14:01"))["扣押"] == "violated"


def open_steps(text: str, now: str) -> set[str]:
    case = case_of(text)
    return {step.code for step in judge(case, context(at(now), case.office)).steps if not step.locked}


RECONSIDERED = CONTESTED % ("行政复议", "") + FELL % "维持"
SUED = (
    "  - {at: 2026-04-08, by: 甲, state: contested, as: 起诉, "
    "values: {route: 行政诉讼, on: 2026-04-07, notice_on: 2026-04-08, body: 某法院}}\n"
)
JUDGED = "  - {at: 2026-07-01 10:00, by: 甲, state: contest_ended, values: {on: 2026-07-01, route: 行政诉讼, result: 维持}}\n"


@pytest.mark.parametrize(
    ("more", "now", "expected"),
    [
        ("", "2026-02-03", {"contested"}),
        (CONTESTED % ("行政复议", ""), "2026-02-03", {"reconsideration_answered", "contest_ended"}),
        (RECONSIDERED, "2026-04-02", {"contested"}),
        (RECONSIDERED + SUED, "2026-04-09", {"suit_answered", "contest_ended"}),
        (RECONSIDERED + SUED + JUDGED, "2026-07-02", set[str]()),
    ],
)
def test_a_suit_follows_a_reconsideration_and_nothing_a_suit(more: str, now: str, expected: set[str]) -> None:
    """诉 45: who does not accept the reconsideration may sue; each contest is answered, and its end recorded (复 48; 诉 67)."""
    steps = {"contested", "reconsideration_answered", "suit_answered", "contest_ended"}
    assert open_steps(FIRST + more, now) & steps == expected


OURS = (
    "  - {at: 2026-04-01 10:00, by: 甲, file: penalty_withdrawal_decision, as: 撤销, "
    "values: {decision: 决定一, anew: %s}, issued: 2026-04-01}\n"
)


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ("", ""),
        (FELL % "维持", ""),
        (FELL % "撤销", "2026年4月1日被撤销"),
        (FELL % "重作", "2026年4月1日被撤销，重新作出"),
        (FELL % "变更", "2026年4月1日被变更"),
        (FELL % "确认违法", "2026年4月1日被确认违法"),
        (OURS % "false", "2026年4月1日本局自行撤销"),
        (OURS % "true", "2026年4月1日本局自行撤销，重新作出"),
    ],
)
def test_the_catalogue_says_what_became_of_a_decision(after: str, said: str) -> None:
    """domain §8.1: who reads the file does not take a decision that fell for the one that stands."""
    case = case_of(FIRST + after + (decided("2026-04-20", "10000元", "决定二") if "重" in said else ""))
    assert [fate(case, d) for d in case.of("penalty_decision")][:1] == [said]
    assert {i.note for i in catalogue.items(case) if i.kind == "penalty_decision"} >= {
        f"没有成文，{said}" if said else "没有成文"
    }
