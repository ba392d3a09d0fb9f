"""Hearing the party: defence, waiver, periods, a hearing asked for (R15.2, R19.3, P45.1, P45.2, P62.1)."""

import pytest

from tests.compliance.told import found, outcomes, script, stopped_by_last

NOTICE = "  - {at: 2026-03-02, file: penalty_notice, as: 告知书, issued: true, served: 2026-03-02}\n"
HEARING = NOTICE.replace("penalty_notice", "hearing_right_notice")
DECISION = "  - {at: %s, file: penalty_decision, as: 决定书, issued: true}\n"
DEFENCE = "  - {at: 2026-03-04, file: defence_submission, as: 申辩书, values: {statement: %s}}\n"
EMPTY = "  - {at: 2026-03-04, file: defence_submission, as: 申辩书}\n"
ANSWER = (
    "  - {at: %s, file: defence_reexamination_form, as: 复核, values: {defence: 申辩书, "
    "points: [{point: 请求从轻, finding: 已停止生产, accepted: true, reason: %s}]}}\n"
)
READ = "  - {at: %s, state: document_read, values: {document: 申辩书, person: %s}}\n"
OFFICERS = "  - {at: 2026-03-01, assign: {lead_officer: 甲, assist_officer: 乙}}\n"
ASKED = "  - {at: 2026-03-04, state: hearing_requested, values: {at: 2026-03-04 10:00, form: 书面}}\n"


@pytest.mark.parametrize(
    ("on", "outcome"),
    [("2026-03-02", "violated"), ("2026-03-09", "violated"), ("2026-03-10", "met")],
)
def test_five_working_days_run_from_service_before_the_decision_p62_1(on: str, outcome: str) -> None:
    assert outcomes("P62.1", script(NOTICE + DECISION % on)) == {"决定书": outcome}


def test_the_message_says_service_length_last_day_and_the_ways_p62_1() -> None:
    answer = found("P62.1", script(NOTICE + DECISION % "2026-03-05"))["决定书"]
    assert answer.message == (
        "《行政处罚告知书》2026年3月2日送达，陈述申辩期限5个工作日，至2026年3月9日届满；"
        "2026年3月5日就作出处罚决定，没有当事人明确放弃的记录"
    )
    assert [str(way.until or way.does) for way in answer.ways] == ["2026-03-10", "file:waiver_statement"]
    assert "P62.1" in stopped_by_last(script(NOTICE + DECISION % "2026-03-05"))


def test_a_longer_period_that_the_notice_promised_is_kept_p62_1() -> None:
    promised = NOTICE.replace("issued: true", "values: {defence_days: 10}, issued: true")
    assert outcomes("P62.1", script(promised + DECISION % "2026-03-12")) == {"决定书": "violated"}
    assert outcomes("P62.1", script(promised + DECISION % "2026-03-17")) == {"决定书": "met"}


def test_the_period_is_the_setting_of_the_day_of_service_p62_1() -> None:
    three = "settings: [{name: defence_days, value: 3, from: 2026-03-01, basis: 本局设置}]"
    later = three.replace("2026-03-01", "2026-03-03")
    assert outcomes("P62.1", script(NOTICE + DECISION % "2026-03-06", three)) == {"决定书": "met"}
    assert outcomes("P62.1", script(NOTICE + DECISION % "2026-03-06", later)) == {"决定书": "violated"}


@pytest.mark.parametrize(
    ("waived", "outcome"), [("陈述申辩", "violated"), ("听证", "violated"), ("陈述申辩和听证", "met")]
)
def test_each_right_is_waived_for_itself_p62_1(waived: str, outcome: str) -> None:
    waiver = (
        "  - {at: 2026-03-03, file: waiver_statement, "
        f"values: {{waived: {waived}, waived_on: 2026-03-03, notice: 告知书}}}}\n"
    )
    assert outcomes("P62.1", script(HEARING + waiver + DECISION % "2026-03-05")) == {"决定书": outcome}


@pytest.mark.parametrize(
    ("waiver", "outcome"),
    [
        ("{at: 2026-03-03, state: defence_waived, values: {on: 2026-03-03}, proofs: [声明.png]}", "met"),
        ("{at: 2026-03-03, state: defence_waived, values: {on: 2026-03-03}}", "violated"),
        ("{at: 2026-03-01, state: defence_waived, values: {on: 2026-03-01}, proofs: [声明.png]}", "violated"),
        ("{at: 2026-03-06, state: defence_waived, values: {on: 2026-03-06}, proofs: [声明.png]}", "violated"),
    ],
)
def test_a_waiver_is_signed_after_the_notice_and_before_the_decision_p62_1(waiver: str, outcome: str) -> None:
    assert outcomes("P62.1", script(NOTICE + f"  - {waiver}\n" + DECISION % "2026-03-05")) == {
        "决定书": outcome
    }


def test_neither_a_defence_nor_an_empty_one_shortens_the_period_p62_1() -> None:
    for defence in (DEFENCE % "请求从轻。", EMPTY):
        assert outcomes("P62.1", script(NOTICE + defence + DECISION % "2026-03-06")) == {"决定书": "violated"}


def test_a_public_notice_counts_from_the_thirtieth_day_p62_1() -> None:
    """民 95: published 5 January, served 4 February, five working days to 11 February."""
    public = (
        "  - {at: 2026-01-05, file: penalty_notice, issued: true, "
        "served: {on: 2026-01-05, method: 公告, carrier: 报纸}}\n"
    )
    early = found("P62.1", script(public + DECISION % "2026-01-20"))["决定书"]
    assert "公告，2026年2月4日视为送达" in early.message
    assert outcomes("R15.1", script(public + DECISION % "2026-01-20")) == {"决定书": "violated"}
    assert outcomes("P62.1", script(public + DECISION % "2026-02-11")) == {"决定书": "violated"}
    assert outcomes("P62.1", script(public + DECISION % "2026-02-12")) == {"决定书": "met"}


def test_every_notice_has_its_own_period_p62_1() -> None:
    second = NOTICE.replace("2026-03-02", "2026-03-10").replace("告知书", "第二次", 1)
    assert outcomes("P62.1", script(NOTICE + second + DECISION % "2026-03-12")) == {"决定书": "violated"}


def test_a_defence_is_answered_before_the_decision_p45_1() -> None:
    unanswered = script(NOTICE + DEFENCE % "请求从轻。" + DECISION % "2026-03-20")
    late = script(
        NOTICE + DEFENCE % "请求从轻。" + DECISION % "2026-03-20" + ANSWER % ("2026-03-23", "情况属实")
    )
    assert "P45.1" in stopped_by_last(unanswered)
    assert outcomes("P45.1", late) == {"决定书": "violated"}
    assert found("P45.1", late)["决定书"].severity == "stop"


def test_an_empty_defence_needs_no_answer_and_an_empty_answer_is_none_p45_1() -> None:
    nothing = script(NOTICE + EMPTY + DECISION % "2026-03-20")
    hollow = script(
        NOTICE
        + DEFENCE % "请求从轻。"
        + "  - {at: 2026-03-06, file: defence_reexamination_form, values: {defence: 申辩书, points: []}}\n"
        + DECISION % "2026-03-20"
    )
    assert outcomes("P45.1", nothing) == {}
    assert outcomes("P45.1", hollow)["决定书"] == "violated"


def test_each_defence_wants_its_own_answer_p45_1() -> None:
    second = (DEFENCE % "补充意见。").replace("03-04", "03-05").replace("申辩书", "第二份")
    told = script(
        NOTICE
        + DEFENCE % "请求从轻。"
        + second
        + ANSWER % ("2026-03-06", "情况属实")
        + DECISION % "2026-03-20"
    )
    assert "2026年3月5日" in found("P45.1", told)["决定书"].message


@pytest.mark.parametrize(
    ("second_read", "outcome"), [("2026-03-06", "met"), ("2026-03-09", "unknown"), ("2026-03-10", "violated")]
)
def test_all_officers_read_the_defence_before_the_approval_is_drafted_p45_1(
    second_read: str, outcome: str
) -> None:
    told = script(
        OFFICERS
        + DEFENCE % "请求从轻。"
        + READ % ("2026-03-05", "甲")
        + READ % (second_read, "乙")
        + ANSWER % ("2026-03-06", "情况属实")
        + "  - {at: 2026-03-09, file: decision_approval, as: 审批}\n"
    )
    assert outcomes("P45.1", told)["审批"] == outcome
    if outcome == "violated":
        answer = found("P45.1", told)["审批"]
        assert (answer.severity, "执法人员乙2026年3月10日才阅看" in answer.message) == ("flag", True)


def test_who_took_the_defence_down_or_signed_the_answer_knows_it_p45_1() -> None:
    """No separate record of reading is wanted of them."""
    answered = (ANSWER % ("2026-03-06", "情况属实")).removesuffix("}\n") + ", signed: {officer: [甲, 乙]}}\n"
    told = script(
        OFFICERS
        + DEFENCE % "请求从轻。"
        + answered
        + "  - {at: 2026-03-09, file: decision_approval, as: 审批}\n"
    )
    assert outcomes("P45.1", told)["审批"] == "met"


@pytest.mark.parametrize(("amount", "outcome"), [("1000元", "met"), ("900元", "met"), ("1500元", "violated")])
def test_no_heavier_penalty_after_a_defence_p45_2(amount: str, outcome: str) -> None:
    notice = NOTICE.replace(
        "issued: true", "values: {penalties: [{kind: 罚款, amount: 1000元}]}, issued: true"
    )
    decision = (DECISION % "2026-03-20").replace(
        "issued: true", f"values: {{penalties: [{{kind: 罚款, amount: {amount}}}]}}, issued: true"
    )
    told = script(notice + DEFENCE % "请求从轻。" + ANSWER % ("2026-03-06", "不予采纳") + decision)
    assert outcomes("P45.2", told) == {"决定书": outcome}
    assert outcomes("P45.2", script(notice + decision)) == {}


def test_an_answer_to_nothing_on_file_is_found_r15_2() -> None:
    answer = ANSWER.replace("defence: 申辩书, ", "") % ("2026-03-06", "情况属实")
    assert outcomes("R15.2", script(answer)) == {"复核": "violated"}
    assert outcomes("R15.2", script(answer), outside=True) == {"复核": "unknown"}


@pytest.mark.parametrize(
    ("signed", "outcome"),
    [
        ("{officer: [甲, 乙], party: 张某}", "met"),
        ("{officer: [甲, 乙], party: {name: 张某, refused: 不愿签名}}", "met"),
        ("{officer: [甲], party: 张某}", "violated"),
        ("{officer: [甲, 乙]}", "violated"),
    ],
)
def test_an_oral_defence_is_signed_by_party_and_two_officers_r15_2(signed: str, outcome: str) -> None:
    record = f"  - {{at: 2026-03-04, file: defence_record, as: 笔录, values: {{statement: 请求从轻。}}, signed: {signed}}}\n"
    assert outcomes("R15.2", script(record)) == {"笔录": outcome}


def test_a_waiver_without_a_signed_paper_is_found_r15_2() -> None:
    waiver = "  - {at: 2026-03-03, state: defence_waived, values: {on: 2026-03-03}%s}\n"
    assert list(outcomes("R15.2", script(waiver % "")).values()) == ["violated"]
    assert list(outcomes("R15.2", script(waiver % ", proofs: [声明.png]")).values()) == ["met"]


ENDS = {
    "held": "{at: 2026-03-16, file: hearing_record, values: {started_at: 2026-03-16 09:00, ended_at: 2026-03-16 11:00}}",
    "held later": "{at: 2026-03-25, file: hearing_record}",
    "refused": "{at: 2026-03-06, file: hearing_refusal_notice, issued: true, served: 2026-03-06}",
    "refused, not served": "{at: 2026-03-06, file: hearing_refusal_notice, issued: true}",
    "withdrawn": "{at: 2026-03-06, state: hearing_request_withdrawn, values: {on: 2026-03-06}, proofs: [撤回.png]}",
    "said to be withdrawn": "{at: 2026-03-06, state: hearing_request_withdrawn, values: {on: 2026-03-06}}",
    "absent": "{at: 2026-03-16, state: hearing_absent, values: {at: 2026-03-16 09:30, manner: 无正当理由不出席}}",
    "notified again": "{at: 2026-03-09, file: hearing_right_notice, as: 第二次, issued: true, served: 2026-03-09}",
}


@pytest.mark.parametrize(
    ("end", "outcome"),
    [
        ("held", "met"),
        ("held later", "violated"),
        ("refused", "met"),
        ("refused, not served", "violated"),
        ("withdrawn", "met"),
        ("said to be withdrawn", "violated"),
        ("absent", "met"),
        ("notified again", "violated"),
    ],
)
def test_what_ends_a_request_for_a_hearing_r19_3(end: str, outcome: str) -> None:
    told = script(HEARING + ASKED + f"  - {ENDS[end]}\n" + DECISION % "2026-03-20")
    assert outcomes("R19.3", told) == {"决定书": outcome}


@pytest.mark.parametrize(
    ("asked", "outcome"),
    [("at: 2026-03-09 18:00", "violated"), ("at: 2026-03-10 09:00", "na"),
     ("at: 2026-03-10 09:00, posted_on: 2026-03-09", "violated")],
)  # fmt: skip
def test_only_a_request_in_time_stops_the_decision_r19_3(asked: str, outcome: str) -> None:
    request = f"  - {{at: 2026-03-10, state: hearing_requested, values: {{{asked}, form: 书面}}}}\n"
    told = script(HEARING + request + DECISION % "2026-03-20")
    assert outcomes("R19.3", told).get("决定书", "na") == outcome


def test_a_second_request_after_a_withdrawal_waits_again_r19_3() -> None:
    again = ASKED.replace("03-04", "03-09")
    told = script(HEARING + ASKED + f"  - {ENDS['withdrawn']}\n" + again + DECISION % "2026-03-20")
    assert "2026年3月9日" in found("R19.3", told)["决定书"].message
    assert "2026年3月4日" not in found("R19.3", told)["决定书"].message
