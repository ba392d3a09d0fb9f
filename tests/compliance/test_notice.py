"""Telling the party before the decision (R15.1, R16.1, R18.1, P44.1)."""

import pytest

from tests.compliance.told import found, outcomes, script, stopped_by_last

NOTICE = (
    "  - {at: %s, file: penalty_notice, as: 告知书, values: {penalties: [{kind: 罚款, amount: %s}]}, "
    "issued: true, served: %s}\n"
)
SECOND = NOTICE.replace("as: 告知书", "as: 第二次")
DECISION = "  - {at: %s, file: penalty_decision, as: 决定书, values: {penalties: [%s]}, issued: true}\n"
FINE = "{kind: 罚款, amount: %s}"
REPORT = "  - {at: %s, file: investigation_report, as: %s, values: {facts: %s, basis: [%s]}}\n"


@pytest.mark.parametrize(
    ("served", "outcome"), [("2026-03-19", "met"), ("2026-03-20", "unknown"), ("2026-03-21", "violated")]
)
def test_the_notice_is_served_before_the_decision_r15_1(served: str, outcome: str) -> None:
    told = script(NOTICE % ("2026-03-02", "1000元", served) + DECISION % ("2026-03-20", FINE % "1000元"))
    assert outcomes("R15.1", told) == {"决定书": outcome}


def test_a_decision_without_a_notice_is_stopped_and_names_the_paper_that_is_due_r15_1() -> None:
    small = script(DECISION % ("2026-03-20", FINE % "1000元"))
    heavy = script(DECISION % ("2026-03-20", "{kind: 吊销许可证件}"))
    assert "R15.1" in stopped_by_last(small)
    assert found("R15.1", small)["决定书"].ways[0].does == "file:penalty_notice"
    assert found("R15.1", heavy)["决定书"].ways[0].does == "file:hearing_right_notice"


def test_a_notice_made_but_not_served_does_not_tell_r15_1() -> None:
    notice = "  - {at: 2026-03-02, file: penalty_notice, as: 告知书, issued: true}\n"
    told = script(notice + DECISION % ("2026-03-20", FINE % "1000元"))
    answer = found("R15.1", told)["决定书"]
    assert (answer.outcome, answer.message) == ("violated", "《行政处罚告知书》没有送达，就作出处罚决定")
    assert outcomes("R15.1", told, outside=True) == {"决定书": "unknown"}


@pytest.mark.parametrize(
    ("penalty", "outcome"),
    [
        ("{kind: 罚款, amount: 49999.99元}", "na"),
        ("{kind: 罚款, amount: 50000元}", "violated"),
        ("{kind: 罚款, amount: 30000元}, {kind: 罚款, amount: 20000元}", "violated"),
        ("{kind: 没收违法所得, amount: 50000元}", "violated"),
        ("{kind: 没收非法财物, amount: 50000元}", "violated"),
        ("{kind: 没收非法财物, object: 抽样样品}", "unknown"),
        ("{kind: 降低资质等级}", "violated"),
        ("{kind: 吊销许可证件}", "violated"),
        ("{kind: 责令停产停业}", "violated"),
        ("{kind: 责令关闭}", "violated"),
        ("{kind: 限制从业}", "violated"),
        ("{kind: 警告}", "na"),
        ("{kind: 警告, object: 立即停止生产未取得登记证的产品，责令停产停业}", "na"),
    ],
)
def test_the_hearing_right_follows_the_kind_and_amount_never_the_words_r16_1(
    penalty: str, outcome: str
) -> None:
    told = script(DECISION % ("2026-03-20", penalty))
    assert outcomes("R16.1", told).get("决定书", "na") == outcome


def test_the_standard_is_that_in_force_when_the_party_was_told_r16_1() -> None:
    """罚 63; R36.2: the step is judged by the standard of its day, not of the day the bureau received it."""
    change = "settings: [{name: hearing_fine_organisation, value: 1000000, from: 2026-03-10, basis: 新标准}]"
    decision = DECISION % ("2026-03-20", FINE % "20000元")
    before = script(NOTICE % ("2026-03-02", "20000元", "2026-03-02") + decision, change)
    after = script(NOTICE % ("2026-03-11", "20000元", "2026-03-11") + decision, change)
    assert outcomes("R16.1", before) == {}
    assert outcomes("R16.1", after) == {"决定书": "violated"}
    assert "标准10,000元" in found("R16.1", after)["决定书"].message


def test_a_served_notice_of_the_hearing_right_meets_r16_1() -> None:
    notice = "  - {at: 2026-03-02, file: hearing_right_notice, issued: true, served: 2026-03-02}\n"
    assert outcomes("R16.1", script(notice + DECISION % ("2026-03-20", "{kind: 责令关闭}"))) == {
        "决定书": "met"
    }


@pytest.mark.parametrize(("told", "outcome"), [("", "unknown"), (", served: 否", "violated")])
def test_a_hearing_notice_that_a_source_shows_was_never_served_tells_nothing_r16_1(
    told: str, outcome: str
) -> None:
    """罚 63: a page that the party never received; what the source leaves out is not held against anybody."""
    notice = f"  - {{at: 2026-03-02, file: hearing_right_notice, issued: true{told}}}\n"
    heavy = script(notice + DECISION % ("2026-03-20", "{kind: 责令关闭}"))
    assert outcomes("R16.1", heavy, outside=True) == {"决定书": outcome}


def test_whether_citizen_or_organisation_is_unknown_is_not_guessed_r16_1() -> None:
    decision = (
        "  - {at: 2026-03-20, file: penalty_decision, as: 决定书, issued: true, "
        "values: {party: {name: 某某}, penalties: [{kind: 罚款, amount: %s}]}}\n"
    )
    assert outcomes("R16.1", script(decision % "20000元")) == {"决定书": "unknown"}
    assert outcomes("R16.1", script(decision % "60000元")) == {"决定书": "violated"}


PROPOSAL = (
    "  - {at: %s, file: proposal_approval, as: 建议, values: {penalties: [{kind: 罚款, amount: %s}]}, "
    "approved: {S: {by: 科长, on: %s}, B: {by: 局长, on: %s}}}\n"
)


@pytest.mark.parametrize(
    ("on", "outcome"),
    [
        ("2026-03-02", "met"),
        ("2026-03-03", "unknown"),
        ("2026-03-03 09:00", "met"),
        ("2026-03-04", "violated"),
    ],
)
def test_the_proposal_is_approved_before_the_notice_r18_1(on: str, outcome: str) -> None:
    """A minute known on the day of issue is in order: the stop stood between the two."""
    told = script(
        PROPOSAL % ("2026-03-01", "1000元", "2026-03-02", on)
        + NOTICE % ("2026-03-03", "1000元", "2026-03-03")
    )
    assert outcomes("R18.1", told) == {"告知书": outcome}


def test_a_notice_without_or_beyond_the_approved_proposal_is_stopped_r18_1() -> None:
    issue = "  - {at: 2026-03-03, file: penalty_notice, as: 告知书, issued: true}\n"
    waiting = (
        "  - {at: 2026-03-01, file: proposal_approval, as: 建议, approved: {S: {by: 科长, on: 2026-03-02}}}\n"
    )
    assert "R18.1" in stopped_by_last(script(issue))
    assert "R18.1" in stopped_by_last(script(waiting + issue))
    assert found("R18.1", script(waiting + issue))["告知书"].ways[0].does == "approve:建议"
    told = script(
        PROPOSAL % ("2026-03-01", "1000元", "2026-03-02", "2026-03-02")
        + NOTICE % ("2026-03-03", "1200元", "2026-03-03")
    )
    assert "处罚内容是罚款1,200元，批准的是罚款1,000元" in found("R18.1", told)["告知书"].message


@pytest.mark.parametrize(
    "said",
    ["{}", "{B: {by: 局长, on: 2026-03-03, opinion: refuse, text: 不同意。}}"],
)
def test_the_approval_of_a_superseded_proposal_does_not_count_r18_1(said: str) -> None:
    second = (
        "  - {at: 2026-03-03, by: 甲, file: proposal_approval, replaces: 建议, as: 二稿, "
        f"values: {{penalties: [{{kind: 罚款, amount: 1000元}}]}}, approved: {said}}}\n"
    )
    issue = (
        "  - {at: 2026-03-04, file: penalty_notice, as: 告知书, "
        "values: {penalties: [{kind: 罚款, amount: 1000元}]}, issued: true}\n"
    )
    told = script(PROPOSAL % ("2026-03-01", "1000元", "2026-03-02", "2026-03-02") + second + issue)
    assert outcomes("R18.1", told) == {"告知书": "violated"}


def test_a_proposal_revised_later_does_not_undo_the_notice_r18_1() -> None:
    revised = (
        "  - {at: 2026-03-09, file: proposal_approval, replaces: 建议, as: 建议二稿, "
        "values: {penalties: [{kind: 罚款, amount: 800元}]}}\n"
    )
    told = script(
        PROPOSAL % ("2026-03-01", "1000元", "2026-03-02", "2026-03-02")
        + NOTICE % ("2026-03-03", "1000元", "2026-03-03")
        + revised
    )
    assert outcomes("R18.1", told) == {"告知书": "met"}


@pytest.mark.parametrize(
    ("decided", "outcome"),
    [
        (FINE % "1000元", "met"),
        (FINE % "800元", "met"),
        ("{kind: 警告}", "met"),
        (FINE % "1000.01元", "violated"),
        (FINE % "800元" + ", {kind: 警告}", "violated"),
        ("{kind: 没收违法所得, amount: 500元}", "violated"),
    ],
)
def test_the_decision_stays_within_the_notice_p44_1(decided: str, outcome: str) -> None:
    told = script(NOTICE % ("2026-03-02", "1000元", "2026-03-02") + DECISION % ("2026-03-20", decided))
    assert outcomes("P44.1", told) == {"决定书": outcome}


def test_the_lowest_of_all_notices_counts_whatever_their_order_p44_1() -> None:
    low, high = ("2026-03-02", "1000元", "2026-03-02"), ("2026-03-10", "2000元", "2026-03-10")
    decision = DECISION % ("2026-03-30", FINE % "2000元")
    raised = script(NOTICE % low + SECOND % high + decision)
    lowered = script(
        NOTICE % ("2026-03-02", "2000元", "2026-03-02")
        + SECOND % ("2026-03-10", "1000元", "2026-03-10")
        + decision
    )
    assert outcomes("P44.1", raised) == {"决定书": "violated"}
    assert outcomes("P44.1", lowered) == {"决定书": "violated"}


@pytest.mark.parametrize(("facts", "outcome"), [("售出2000盒", "met"), ("售出1160盒", "violated")])
def test_a_new_notice_on_new_facts_begins_anew_p44_1(facts: str, outcome: str) -> None:
    """罚 44, 45: only an investigation that found something new lets a new notice tell a heavier penalty."""
    told = script(
        REPORT % ("2026-03-01", "报告", "售出1160盒", "粮食流通管理条例第四十五条")
        + NOTICE % ("2026-03-02", "1000元", "2026-03-02")
        + REPORT.replace("as:", "replaces: 报告, as:")
        % ("2026-03-09", "报告二稿", facts, "粮食流通管理条例第四十五条")
        + SECOND % ("2026-03-10", "2000元", "2026-03-10")
        + DECISION % ("2026-03-30", FINE % "2000元")
    )
    assert outcomes("P44.1", told) == {"决定书": outcome}


@pytest.mark.parametrize(
    ("basis", "outcome"),
    [
        ("粮食流通管理条例第四十五条第一款", "met"),
        ("粮食流通管理条例第四十五条, 行政处罚法第三十二条", "met"),
        ("粮食流通管理条例第四十五条第二款", "violated"),
        ("粮食流通管理条例第四十七条", "violated"),
    ],
)
def test_the_basis_was_told_p44_1(basis: str, outcome: str) -> None:
    notice = (
        "  - {at: 2026-03-02, file: penalty_notice, issued: true, served: 2026-03-02, "
        "values: {basis: [粮食流通管理条例第四十五条第一款, 粮食流通管理条例第三十条]}}\n"
    )
    decision = f"  - {{at: 2026-03-20, file: penalty_decision, as: 决定书, issued: true, values: {{basis: [{basis}]}}}}\n"
    assert outcomes("P44.1", script(notice + decision)) == {"决定书": outcome}


def test_untold_content_found_before_a_decision_fell_is_not_held_against_the_next_p44_1() -> None:
    fine = "penalties: [{kind: 罚款, amount: 10000元}]"
    told = script(
        f"  - {{at: 2026-03-04, file: penalty_notice, as: 告一, values: {{{fine}}}, issued: true, served: 2026-03-04}}\n"
        f"  - {{at: 2026-03-18, file: penalty_decision, as: 决一, values: {{{fine}}}, issued: true, served: 2026-03-18}}\n"
        "  - {at: 2026-06-03, state: decided_beyond_notice, values: {what: 事实, text: 多认定一项}}\n"
        "  - {at: 2026-06-10, state: contest_ended, values: {route: 行政复议, result: 重作, on: 2026-06-10}}\n"
        f"  - {{at: 2026-06-24, file: penalty_notice, as: 告二, values: {{{fine}}}, issued: true, served: 2026-06-24}}\n"
        f"  - {{at: 2026-07-08, file: penalty_decision, as: 决二, values: {{{fine}}}, issued: true, served: 2026-07-08}}\n"
    )
    untold = {s: o for s, o in outcomes("P44.1", told, outside=True).items() if s.endswith(".untold")}
    assert untold == {"决一.untold": "violated"}


@pytest.mark.parametrize(("again", "found_still"), [("2026-03-25", True), ("2026-04-02", False)])
def test_untold_content_found_in_a_draft_is_told_before_the_decision_p44_1(
    again: str, *, found_still: bool
) -> None:
    fine = "penalties: [{kind: 罚款, amount: 10000元}]"
    told = script(
        f"  - {{at: {again}, file: penalty_notice, as: 告, values: {{{fine}}}, issued: true, served: {again}}}\n"
        "  - {at: 2026-04-01, state: decided_beyond_notice, values: {what: 事实, text: 多认定一项}}\n"
        f"  - {{at: 2026-04-20, file: penalty_decision, as: 决, values: {{{fine}}}, issued: true}}\n"
    )
    answers = outcomes("P44.1", told, outside=True)
    assert (answers.get("决.untold") == "violated") == found_still
