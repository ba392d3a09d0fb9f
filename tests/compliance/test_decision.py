"""The decision: approvals, discussion, review, seal, authority, party (R22.1, R23.1, R24.1, P17.1, P37.1, P57.1, P58.1, P59.1)."""

from dataclasses import replace

import pytest

from liuhen.casefile.settle import settle
from liuhen.compliance.judge import answers, context
from tests.compliance.told import at, found, ours, outcomes, script, stopped_by_last

SHEET = (
    "  - {at: 2026-03-18, by: 甲, file: decision_approval, as: 审批, "
    "values: {penalties: [{kind: 罚款, amount: %s}]}, approved: %s}\n"
)
BOTH = "{S: {by: 科长, on: 2026-03-18}, B: {by: 局长, on: 2026-03-19}}"
DECISION = (
    "  - {at: %s, by: 甲, file: penalty_decision, as: 决定书, "
    "values: {penalties: [{kind: 罚款, amount: 1000元}]}, issued: true}\n"
)
HEAVY = (
    "  - {at: 2026-03-20, by: 甲, file: penalty_decision, as: 决定书, "
    "values: {penalties: [{kind: %s}]}, issued: true}\n"
)
MARK = "  - {at: 2026-03-02, mark: 重大复杂, set: true, reason: 跨区域案件}\n"
LEADER = "{name: 局长某, post: 局长, is_head: true}"
DEPUTY = "{name: 副局长某, post: 副局长, is_head: true}"
CLERK = "{name: 大队长某, post: 大队长, is_head: 否}"
MINUTES = (
    "  - {at: %s, file: collective_discussion_minutes, as: 记要, values: {participants: [%s], "
    "discussion: [{who: 局长某, said: %s}], result: 一致同意。}, signed: {participant: [%s]}}\n"
)
REVIEW = (
    "  - {at: %s, file: legal_review_opinion, as: 审核, values: {result: %s}, signed: {legal_reviewer: %s}}\n"
)
HEARING = "  - {at: 2026-03-12, file: hearing_record}\n"


@pytest.mark.parametrize(
    ("approved", "outcome"),
    [
        (BOTH, "met"),
        ("{S: {by: 科长, on: 2026-03-18}, B: {by: 局长, on: 2026-03-20 09:00}}", "met"),
        ("{S: {by: 科长, on: 2026-03-18}, B: {by: 局长, on: 2026-03-20}}", "unknown"),
        ("{S: {by: 科长, on: 2026-03-18}, B: {by: 局长, on: 2026-03-21}}", "violated"),
        ("{S: {by: 科长, on: 2026-03-19}, B: {by: 局长, on: 2026-03-18}}", "violated"),
        ("{S: {by: 科长, on: 2026-03-18}}", "violated"),
        ("{B: {by: 局长, on: 2026-03-18}}", "violated"),
        (
            "{S: {by: 科长, on: 2026-03-18}, B: {by: 局长, on: 2026-03-19, opinion: return, text: 补证。}}",
            "violated",
        ),
    ],
)
def test_the_decision_follows_its_approvals_in_order_r22_1(approved: str, outcome: str) -> None:
    told = script(SHEET % ("1000元", approved) + DECISION % "2026-03-20")
    assert outcomes("R22.1", told) == {"决定书": outcome}


def test_a_decision_without_an_approval_sheet_is_stopped_r22_1() -> None:
    told = script(DECISION % "2026-03-20")
    assert "R22.1" in stopped_by_last(told)
    assert outcomes("R22.1", told, outside=True) == {"决定书": "unknown"}


def test_the_decision_says_what_was_approved_and_shows_both_sums_r22_1() -> None:
    told = script(SHEET % ("14940元", BOTH) + DECISION % "2026-03-20")
    assert "处罚内容是罚款1,000元，批准的是罚款14,940元" in found("R22.1", told)["决定书"].message


def test_a_sheet_refiled_after_the_decision_leaves_its_approval_standing_r22_1() -> None:
    refiled = (
        "  - {at: 2026-03-25, file: decision_approval, replaces: 审批, as: 二稿, "
        "values: {penalties: [{kind: 罚款, amount: 900元}]}}\n"
    )
    told = script(SHEET % ("1000元", BOTH) + DECISION % "2026-03-20" + refiled)
    assert outcomes("R22.1", told) == {"决定书": "met"}


def _refiled(day: str, approved: str = "{}") -> str:
    return (
        f"  - {{at: {day}, by: 甲, file: decision_approval, replaces: 审批, as: 二稿, "
        f"values: {{penalties: [{{kind: 罚款, amount: 1000元}}]}}, approved: {approved}}}\n"
    )


SOON = "{S: {by: 科长, on: 2026-03-18}, B: {by: 局长, on: 2026-03-18}}"


@pytest.mark.parametrize(
    ("second", "outcome"),
    [
        (_refiled("2026-03-19"), "violated"),
        (
            _refiled("2026-03-19", "{S: {by: 科长, on: 2026-03-19, opinion: return, text: 补证。}}"),
            "violated",
        ),
        (
            _refiled("2026-03-19", "{S: {by: 科长, on: 2026-03-19}, B: {by: 局长, on: 2026-03-21}}"),
            "violated",
        ),
        (_refiled("2026-03-19", "{S: {by: 科长, on: 2026-03-19}, B: {by: 局长, on: 2026-03-19}}"), "met"),
        (_refiled("2026-03-20"), "unknown"),
        (_refiled("2026-03-19").replace("replaces: 审批, ", ""), "violated"),
    ],
)
def test_the_approval_of_a_superseded_text_does_not_count_r22_1(second: str, outcome: str) -> None:
    told = script(SHEET % ("1000元", SOON) + second + DECISION % "2026-03-20")
    assert outcomes("R22.1", told) == {"决定书": outcome}


@pytest.mark.parametrize(
    ("principal", "outcome"),
    [("2026-03-19", "violated"), ("2026-03-21", "met"), ("2026-03-20", "unknown")],
)
def test_the_principal_leaders_later_no_undoes_the_approval_r22_1(principal: str, outcome: str) -> None:
    said = SOON.replace("}}", f"}}, P: {{by: 局长, on: {principal}, opinion: refuse, text: 不同意。}}}}")
    assert outcomes("R22.1", script(SHEET % ("1000元", said) + DECISION % "2026-03-20")) == {
        "决定书": outcome
    }


def test_a_backfilled_decision_of_the_day_of_its_approval_leaves_the_order_open_r22_1() -> None:
    """K5: the minute of the approval is known, the minute of the paper is not."""
    said = "{S: {by: 科长, on: 2026-03-18}, B: {by: 局长, on: 2026-03-20 09:00}}"
    told = script(SHEET % ("1000元", said) + DECISION % "2026-03-20")
    entries, office = ours(told)
    late = [replace(e, origin="backfilled") if "penalty_decision" in str(e.body) else e for e in entries]
    case = settle(late, office)
    ctx = context(at("2026-12-01"), office)
    assert [f.outcome for f in answers(case, ctx) if (f.code, f.subject) == ("R22.1", "决定书")] == [
        "unknown"
    ]


@pytest.mark.parametrize("heavy", [HEARING, MARK])
def test_after_a_hearing_or_in_a_major_case_the_principal_leader_approves_r22_1(heavy: str) -> None:
    principal = BOTH.replace("}}", "}, P: {by: 局长, on: 2026-03-19}}")
    assert outcomes("R22.1", script(heavy + SHEET % ("1000元", BOTH) + DECISION % "2026-03-20")) == {
        "决定书": "violated"
    }
    assert outcomes("R22.1", script(heavy + SHEET % ("1000元", principal) + DECISION % "2026-03-20")) == {
        "决定书": "met"
    }


@pytest.mark.parametrize(
    ("minutes", "outcome"),
    [
        ("", "violated"),
        (MINUTES % ("2026-03-17", f"{LEADER}, {DEPUTY}", "同意。", "局长某, 副局长某"), "met"),
        (MINUTES % ("2026-03-17", f"{LEADER}, {DEPUTY}", "同意。", "局长某"), "violated"),
        (MINUTES % ("2026-03-17", LEADER, "同意。", "局长某"), "violated"),
        (MINUTES % ("2026-03-17", f"{LEADER}, {LEADER}", "同意。", "局长某"), "violated"),
        (MINUTES % ("2026-03-17", f"{LEADER}, {CLERK}", "同意。", "局长某, 大队长某"), "violated"),
        (
            MINUTES % ("2026-03-17", f"{LEADER}, {DEPUTY}, {CLERK}", "同意。", "局长某, 副局长某, 大队长某"),
            "met",
        ),
        (MINUTES % ("2026-03-23", f"{LEADER}, {DEPUTY}", "同意。", "局长某, 副局长某"), "violated"),
        ("  - {at: 2026-03-17, file: collective_discussion_minutes}\n", "violated"),
    ],
)
def test_a_major_case_is_discussed_and_all_participants_sign_r23_1(minutes: str, outcome: str) -> None:
    assert outcomes("R23.1", script(MARK + minutes + DECISION % "2026-03-20")) == {"决定书": outcome}


def test_the_decision_is_no_heavier_than_what_was_discussed_r23_1() -> None:
    minutes = (MINUTES % ("2026-03-17", f"{LEADER}, {DEPUTY}", "同意。", "局长某, 副局长某")).replace(
        "result:", "penalties: [{kind: 罚款, amount: 500元}], result:"
    )
    answer = found("R23.1", script(MARK + minutes + DECISION % "2026-03-20"))["决定书"]
    assert "讨论决定的是罚款500元，处罚决定是罚款1,000元" in answer.message


def test_minutes_of_another_paper_do_not_count_r23_1() -> None:
    minutes = (MINUTES % ("2026-03-17", f"{LEADER}, {DEPUTY}", "同意。", "局长某, 副局长某")).replace(
        "result:", "subject: 另案, result:"
    )
    other = "  - {at: 2026-03-10, file: case_matter_approval, as: 另案}\n"
    assert outcomes("R23.1", script(MARK + other + minutes + DECISION % "2026-03-20")) == {
        "决定书": "violated"
    }


def test_an_investigator_does_not_vote_r23_1() -> None:
    officer = "{name: 执法人员甲, post: 科员, is_head: false}"
    assigned = "  - {at: 2026-03-01, assign: {lead_officer: 甲}}\n"
    minutes = MINUTES % ("2026-03-17", f"{LEADER}, {officer}", "同意。", "局长某, 执法人员甲")
    answer = found("R23.1", script(assigned + MARK + minutes + DECISION % "2026-03-20"))["决定书"]
    assert "参加表决的执法人员甲是本案调查人员" in answer.message


@pytest.mark.parametrize("kind", ["吊销许可证件", "责令停产停业", "责令关闭"])
def test_the_heaviest_kinds_are_major_whatever_the_amount_r23_1(kind: str) -> None:
    assert "R23.1" in stopped_by_last(script(HEAVY % kind))


def test_a_light_case_needs_no_discussion_r23_1() -> None:
    assert outcomes("R23.1", script(DECISION % "2026-03-20")) == {}


def test_a_decision_without_a_seal_is_found_r24_1() -> None:
    unsealed = (
        "  - {at: 2026-03-21, correct: 决定书.issued, path: /sealed, value: false, reason: 原件没有印章}\n"
    )
    assert outcomes("R24.1", script(DECISION % "2026-03-20")) == {}
    assert outcomes("R24.1", script(DECISION % "2026-03-20" + unsealed)) == {"决定书": "violated"}


@pytest.mark.parametrize(
    ("authority", "outcome"),
    [("某区发展和改革局", "met"), ("某区发展和改革局粮食科", "violated"), ("某区市场监管局", "violated")],
)
def test_the_decision_is_the_bureaus_own_p59_1(authority: str, outcome: str) -> None:
    bureau = "settings: [{name: bureau_name, value: 某区发展和改革局, from: 2020-01-01, basis: 设置}]"
    signed = f"  - {{at: 2026-03-21, correct: 决定书.issued, path: /authority, value: {authority}, reason: 依原件}}\n"
    told = script(DECISION % "2026-03-20" + signed, bureau)
    assert outcomes("P59.1", told).get("决定书", "na") == outcome


def test_an_inner_unit_is_known_without_the_setting_p17_1() -> None:
    notice = "  - {at: 2026-03-02, file: penalty_notice, as: 告知书, issued: true}\n"
    signed = "  - {at: 2026-03-03, correct: 告知书.issued, path: /authority, value: %s, reason: 依原件}\n"
    assert outcomes("P17.1", script(notice + signed % "某局粮食科")) == {"告知书": "violated"}
    assert outcomes("P17.1", script(notice + signed % "某局")) == {"告知书": "met"}


@pytest.mark.parametrize(
    ("approved", "outcome"),
    [
        (BOTH, "met"),
        ("{S: {by: 科长, on: 2026-03-18}}", "violated"),
        ("{S: {by: 科长, on: 2026-03-18}, B: {by: 甲, on: 2026-03-19}}", "violated"),
    ],
)
def test_the_head_decides_and_did_not_investigate_p57_1(approved: str, outcome: str) -> None:
    assigned = "  - {at: 2026-03-01, assign: {lead_officer: 甲}}\n"
    told = script(assigned + SHEET % ("1000元", approved) + DECISION % "2026-03-20")
    assert outcomes("P57.1", told) == {"决定书": outcome}


@pytest.mark.parametrize(
    ("review", "outcome"),
    [
        ("", "violated"),
        (REVIEW % ("2026-03-17", "同意", "审核人某"), "met"),
        (REVIEW % ("2026-03-17", "不同意", "审核人某"), "violated"),
        (REVIEW % ("2026-03-17", "补充调查", "审核人某"), "violated"),
        (REVIEW % ("2026-03-23", "同意", "审核人某"), "violated"),
        (REVIEW % ("2026-03-17", "同意", "甲"), "violated"),
        (REVIEW % ("2026-03-17", "同意", "局长"), "violated"),
        ("  - {at: 2026-03-17, file: legal_review_opinion, values: {result: 同意}}\n", "violated"),
    ],
)
def test_after_a_hearing_a_qualified_reviewer_who_did_not_investigate_passes_it_p58_1(
    review: str, outcome: str
) -> None:
    assigned = "  - {at: 2026-03-01, assign: {lead_officer: 甲}}\n"
    told = script(assigned + HEARING + review + DECISION % "2026-03-20")
    assert outcomes("P58.1", told) == {"决定书": outcome}


def test_the_last_review_counts_p58_1() -> None:
    first = (REVIEW % ("2026-03-13", "补充调查", "审核人某")).replace("as: 审核", "as: 初审")
    told = script(HEARING + first + REVIEW % ("2026-03-17", "同意", "审核人某") + DECISION % "2026-03-20")
    assert outcomes("P58.1", told) == {"决定书": "met"}


def test_the_review_comes_before_the_heads_own_decision_p58_1() -> None:
    review = REVIEW % ("2026-03-20", "同意", "审核人某")
    told = script(HEARING + SHEET % ("1000元", BOTH) + review + DECISION % "2026-03-23")
    assert "晚于负责人2026年3月19日的决定" in found("P58.1", told)["决定书"].message


def test_an_ordinary_case_needs_no_review_unless_the_bureau_says_so_p58_1() -> None:
    always = "settings: [{name: legal_review_always, value: true, from: 2026-01-01, basis: 本局规定}]"
    assert outcomes("P58.1", script(DECISION % "2026-03-20")) == {}
    assert outcomes("P58.1", script(DECISION % "2026-03-20", always)) == {"决定书": "violated"}


NOTICE = "  - {at: 2026-03-02, file: penalty_notice, as: 告知书, values: {party: {%s}}, issued: true}\n"
AGAINST = "  - {at: 2026-03-20, file: penalty_decision, as: 决定书, values: {party: {%s}}, issued: true}\n"
SUCCEEDED = (
    "  - {at: 2026-03-10, state: party_succeeded, values: {on: 2026-03-10, "
    "from_party: {party_kind: 法人, name: 甲公司}, party: {party_kind: 法人, name: 乙公司}, text: 更名}}\n"
)
JOINED = (
    "  - {at: 2026-03-01, state: party_joined, values: {on: 2026-03-01, "
    "party: {party_kind: 法人, name: 甲公司}, text: 共同违法}}\n"
)
ONE, OTHER = "party_kind: 法人, name: 甲公司", "party_kind: 法人, name: 乙公司"


@pytest.mark.parametrize(
    ("steps", "outcome"),
    [
        (NOTICE % ONE + AGAINST % ONE, "na"),
        (NOTICE % ONE + AGAINST % OTHER, "violated"),
        (NOTICE % ONE + SUCCEEDED + AGAINST % OTHER, "na"),
        (JOINED + NOTICE % ONE + AGAINST % OTHER, "na"),
        (NOTICE % (ONE + ", uscc: 91A") + AGAINST % (ONE + ", uscc: 91B"), "violated"),
        (
            NOTICE % "party_kind: 法人, name: 甲（大连）公司"
            + AGAINST % "party_kind: 法人, name: 甲(大连) 公司",
            "na",
        ),
    ],
)
def test_the_party_is_one_throughout_p37_1(steps: str, outcome: str) -> None:
    assert outcomes("P37.1", script(steps)).get("告知书", "na") == outcome


def test_a_notice_to_one_party_tells_the_other_nothing_r15_1() -> None:
    told = script(
        JOINED + NOTICE.replace("issued: true", "issued: true, served: 2026-03-02") % ONE + AGAINST % OTHER
    )
    assert outcomes("R15.1", told) == {"决定书": "violated"}
