"""Who may do what in a case (K1–K10, P43.1)."""

from datetime import date

import pytest

from liuhen.casefile.office import Delegation
from liuhen.casefile.settle import settle
from liuhen.compliance.judge import answers, context
from tests.compliance.told import at, found, ours, outcomes, script, stopped_by_last

INSPECTED = (
    "  - {at: 2026-03-05, by: 甲, file: site_inspection_record, as: 笔录, values: {officers: [甲, 乙]}}\n"
)
RECUSED = "  - {at: 2026-03-06 09:00, state: recusal_decided, values: {at: 2026-03-06 09:00, person: 甲, result: %s}}\n"


def asked(name: str, starts: str, ends: str, officers: str = "甲, 乙", kind: str = "interview_record") -> str:
    values = (
        f"started_at: 2026-03-05 {starts}, ended_at: 2026-03-05 {ends}, officers: [{officers}], place: {name}"
    )
    return f"  - {{at: 2026-03-05 {ends}, by: 甲, file: {kind}, as: {name}, values: {{{values}}}}}\n"


def docket(by: str, head: str, leader: str) -> str:
    approved = f"S: {head}, B: {leader}"
    return (
        f"  - {{at: 2026-03-05 09:00, by: {by}, file: docket_approval, as: 立案, approved: {{{approved}}}}}\n"
    )


def opinion(by: str, clock: str) -> str:
    return f"{{by: {by}, on: 2026-03-05 {clock}}}"


@pytest.mark.parametrize(
    ("second", "overlaps"),
    [
        (asked("二", "10:00", "11:00"), False),
        (asked("二", "09:59", "11:00"), True),
        (asked("二", "09:30", "11:00", "丙, 科长"), False),
        (asked("二", "09:30", "11:00", "丙, 乙"), True),
        (asked("二", "09:30", "11:00", kind="site_inspection_record"), True),
    ],
)
def test_an_officer_is_in_one_place_at_a_time_k1(second: str, *, overlaps: bool) -> None:
    answer = found("K1", script(asked("一", "09:00", "10:00") + second))
    assert {f.severity for f in answer.values() if f.outcome == "violated"} == (
        {"flag"} if overlaps else set()
    )
    assert {f.outcome for f in answer.values()} == {"violated" if overlaps else "met"}


def test_two_records_of_one_place_may_overlap_k1() -> None:
    """A cure is checked while the site is inspected: one place, one visit."""
    first = asked("库房", "09:00", "10:00", kind="site_inspection_record")
    second = asked("复查", "09:30", "10:00", kind="cure_check_record").replace("place: 复查", "place: 库房")
    assert outcomes("K1", script(first + second)) == {"": "met"}


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        # A sample is taken in a shed of the place inspected; the same words with more detail.
        ("某路1号", "某路1号2号库", "met"),
        ("某路1号", "另一路2号", "violated"),
    ],
)
def test_a_place_within_the_other_is_the_same_k1(first: str, second: str, outcome: str) -> None:
    one = asked("检查", "09:00", "11:00", kind="site_inspection_record").replace(
        "place: 检查", f"place: {first}"
    )
    other = asked("抽样", "09:30", "10:00", kind="sampling_notice").replace("place: 抽样", f"place: {second}")
    assert {f.outcome for f in found("K1", script(one + other)).values()} == {outcome}


@pytest.mark.parametrize(("inspectors", "outcome"), [("甲, 乙, 丙, 丁某", "met"), ("甲, 乙, 丙", "violated")])
def test_two_may_question_while_two_go_on_inspecting_k1(inspectors: str, outcome: str) -> None:
    site = asked("现场", "09:00", "11:00", "甲, 乙, 丙", kind="site_inspection_record")
    if "丁某" in inspectors:
        site = site.replace("[甲, 乙, 丙]", "[甲, 乙, 丙, {name: 丁某, certificate_no: 示例-0009}]")
    talk = asked("询问", "09:30", "10:00").replace("place: 询问", "place: 现场")
    assert {f.outcome for f in found("K1", script(site + talk)).values()} == {outcome}


def test_one_person_is_questioned_in_one_place_at_a_time_k1() -> None:
    first = asked("一", "09:00", "10:00").replace("place: 一", "place: 一, interviewee: 林某")
    second = asked("二", "09:30", "10:30", "丙, 局长").replace("place: 二", "place: 二, interviewee: %s")
    assert {f.outcome for f in found("K1", script(first + second % "林某")).values()} == {"violated"}
    assert {f.outcome for f in found("K1", script(first + second % "王某")).values()} == {"met"}


def test_nobody_questions_while_presiding_over_a_hearing_k1() -> None:
    hearing = (
        "  - {at: 2026-03-05 12:00, by: 主持人, file: hearing_record, as: 听证, values: {started_at: 2026-03-05 09:00, "
        "ended_at: 2026-03-05 11:00, place: 会议室, presider: 主持人, recorder: 丙}}\n"
    )
    assert set(outcomes("K1", script(hearing + asked("一", "10:30", "11:30", "甲, 丙"))).values()) == {
        "violated"
    }
    assert outcomes("K1", script(hearing + asked("一", "11:00", "11:30", "甲, 丙"))) == {"": "met"}


@pytest.mark.parametrize(("presider", "outcome"), [("丙", "met"), ("甲", "violated")])
def test_the_presider_never_investigated_k2(presider: str, outcome: str) -> None:
    notice = f"  - {{at: 2026-04-01, file: hearing_notice, as: 通知, values: {{presider: {presider}}}}}\n"
    assert outcomes("K2", script(INSPECTED + notice)) == {"通知": outcome}


def test_who_left_the_case_still_may_not_preside_k2() -> None:
    told = script(
        "  - {at: 2026-03-02, by: 科长, assign: {lead_officer: 丙}}\n"
        "  - {at: 2026-03-03, by: 科长, leave: {lead_officer: 丙}, reason: 调离}\n"
        "  - {at: 2026-04-01, by: 科长, assign: {presider: 丙}}\n"
    )
    assert outcomes("K2", told) == {"丙": "violated"}
    assert "K2" in stopped_by_last(told)


@pytest.mark.parametrize(("reviewer", "outcome"), [("丙", "met"), ("乙", "violated")])
def test_the_legal_reviewer_never_investigated_k3(reviewer: str, outcome: str) -> None:
    review = f"  - {{at: 2026-04-01, file: legal_review_opinion, as: 审核, signed: {{legal_reviewer: {reviewer}}}}}\n"
    assert outcomes("K3", script(INSPECTED + review)) == {"审核": outcome}


@pytest.mark.parametrize(("by", "outcome"), [("甲", "met"), ("科长", "violated")])
def test_nobody_approves_what_they_drafted_k4(by: str, outcome: str) -> None:
    told = script(docket(by, opinion("科长", "10:00"), opinion("局长", "11:00")))
    assert outcomes("K4", told) == {"立案.section_head": outcome, "立案.bureau_leader": "met"}


def test_an_officer_of_the_paper_does_not_approve_it_k4() -> None:
    step = docket("甲", opinion("科长", "10:00"), opinion("局长", "11:00"))
    told = script(step.replace("as: 立案,", "as: 立案, values: {officers: [甲, 科长]},"))
    assert outcomes("K4", told)["立案.section_head"] == "violated"


def test_approving_ones_own_draft_is_stopped_k4() -> None:
    assert "K4" in stopped_by_last(script(docket("局长", opinion("科长", "10:00"), opinion("局长", "11:00"))))


@pytest.mark.parametrize(
    ("leader", "outcome"),
    [("2026-03-05 11:00", "met"), ("2026-03-05 09:30", "violated"), ("2026-03-05", "unknown")],
)
def test_approvals_follow_each_other_k5(leader: str, outcome: str) -> None:
    told = script(docket("甲", opinion("科长", "10:00"), f"{{by: 局长, on: {leader}}}"))
    assert outcomes("K5", told)["立案.bureau_leader"] == outcome


def test_an_opinion_before_the_text_is_found_k5() -> None:
    told = script(docket("甲", opinion("科长", "08:00"), opinion("局长", "11:00")))
    assert outcomes("K5", told)["立案.section_head"] == "violated"


def test_no_level_is_passed_over_k5() -> None:
    told = script(
        docket("甲", opinion("科长", "10:00"), opinion("局长", "11:00")).replace(
            "S: {by: 科长, on: 2026-03-05 10:00}, ", ""
        )
    )
    assert outcomes("K5", told) == {"立案.bureau_leader.skipped": "violated"}
    assert "K5" in stopped_by_last(told)
    assert outcomes("K5", told, outside=True) == {"立案.section_head": "unknown"}


@pytest.mark.parametrize(("day", "outcome"), [("2026-03-05", None), ("2026-03-09", "violated")])
def test_acts_of_a_recused_person_after_the_decision_are_stopped_p43_1(day: str, outcome: str | None) -> None:
    """Acts before the decision stay valid (罚 43)."""
    record = f"  - {{at: {day}, by: 乙, file: interview_record, as: 笔录, values: {{officers: [甲, 乙]}}}}\n"
    told = script(RECUSED % "回避" + record)
    assert outcomes("P43.1", told).get("笔录") == outcome
    assert ("P43.1" in stopped_by_last(told)) == (outcome == "violated")


def test_who_need_not_withdraw_goes_on_p43_1() -> None:
    record = "  - {at: 2026-03-09, by: 甲, file: interview_record, values: {officers: [甲, 乙]}}\n"
    assert outcomes("P43.1", script(RECUSED % "不予回避" + record)) == {}


def test_a_recusal_asked_is_decided_before_the_penalty_p43_1() -> None:
    request = "  - {at: 2026-03-05, state: recusal_asked, values: {person: 甲, by: 张某, reason: 亲属}}\n"
    decision = "  - {at: 2026-04-05, file: penalty_decision, as: 决定, issued: true}\n"
    assert outcomes("P43.1", script(request + decision)) == {"决定": "violated"}
    assert outcomes("P43.1", script(request + RECUSED % "不予回避" + decision)) == {}


@pytest.mark.parametrize(
    "asked",
    [
        "  - {at: 2026-03-05, file: recusal_application, values: {officer: 甲, reasons: 亲属}}\n",
        "  - {at: 2026-03-05, file: interview_record, values: {recusal_answer: 申请}}\n",
    ],
)
def test_a_recusal_asked_on_paper_is_decided_too_p43_1(asked: str) -> None:
    decision = "  - {at: 2026-04-05, file: penalty_decision, as: 决定, issued: true}\n"
    assert outcomes("P43.1", script(asked + decision)) == {"决定": "violated"}
    assert outcomes("P43.1", script(asked + RECUSED % "不予回避" + decision)) == {}


def test_who_asks_for_no_recusal_waits_for_no_decision_p43_1() -> None:
    record = "  - {at: 2026-03-05, file: interview_record, values: {recusal_answer: 不申请}}\n"
    decision = "  - {at: 2026-04-05, file: penalty_decision, as: 决定, issued: true}\n"
    assert outcomes("P43.1", script(record + decision)) == {}


def test_a_recused_person_leaves_the_case_k6() -> None:
    assigned = "  - {at: 2026-03-02, by: 科长, assign: {lead_officer: 甲, assist_officer: 乙}}\n"
    left = "  - {at: 2026-03-06 10:00, by: 科长, leave: {lead_officer: 甲}, reason: 回避}\n"
    assert outcomes("K6", script(assigned + RECUSED % "回避")) == {"甲": "violated"}
    assert outcomes("K6", script(assigned + RECUSED % "回避" + left)) == {"甲": "met"}


@pytest.mark.parametrize(("witness", "outcome"), [("王某", "met"), ("乙", "violated")])
def test_the_executor_is_not_the_only_witness_k8(witness: str, outcome: str) -> None:
    record = f"values: {{executors: [甲, 乙], witness: {witness}}}"
    told = script(f"  - {{at: 2026-04-20, file: goods_disposal_record, as: 处理, {record}}}\n")
    assert outcomes("K8", told) == {"处理": outcome}


@pytest.mark.parametrize(("leader", "outcome"), [("局长", "met"), ("乙", "violated")])
def test_an_opinion_is_given_by_one_who_holds_the_post_k9(leader: str, outcome: str) -> None:
    told = script(docket("甲", opinion("科长", "10:00"), opinion(leader, "11:00")))
    assert outcomes("K9", told)["立案.bureau_leader"] == outcome


@pytest.mark.parametrize(
    ("officers", "outcome"), [("甲, 乙, 丙", {"笔录": "violated"}), ("甲, 乙", {"笔录": "met"})]
)
def test_who_has_no_valid_certificate_is_no_officer_k10(officers: str, outcome: dict[str, str]) -> None:
    assert outcomes("K10", script(INSPECTED.replace("甲, 乙", officers))) == outcome


@pytest.mark.parametrize(("until", "outcome"), [("2026-03-31", "met"), ("2026-03-04", "violated")])
def test_who_acts_for_another_has_a_basis_in_force_k9(until: str, outcome: str) -> None:
    acting = opinion("乙", "11:00").replace("}", ", acting_for: 局长某}")
    entries, office = ours(script(docket("甲", opinion("科长", "10:00"), acting)))
    office.delegations.append(
        Delegation("乙", "局长", "bureau_leader", date(2026, 3, 1), date.fromisoformat(until), "局长办公会")
    )
    judged = answers(settle(entries, office), context(at("2026-05-01"), office))
    assert {f.outcome for f in judged if f.key == ("K9", "立案.bureau_leader")} == {outcome}


def test_a_recusal_may_be_decided_on_paper_p43_1() -> None:
    told = script(
        "  - {at: 2026-03-06 09:00, by: 丙, file: recusal_decision, values: {officer: 甲, decision: 回避}, "
        "approved: {B: {by: 局长, on: 2026-03-06 10:00}}}\n"
        "  - {at: 2026-03-09, by: 丙, file: docket_approval, as: 立案, "
        "approved: {S: {by: 科长, on: 2026-03-10}, B: {by: 局长, on: 2026-03-11}}, values: {officers: [甲, 丙]}}\n"
    )
    assert outcomes("P43.1", told) == {"立案": "violated"}


def test_an_outside_source_need_not_tell_how_a_recusal_was_decided_p43_1() -> None:
    told = script(
        "  - {at: 2026-03-05, state: recusal_asked, values: {person: 甲, by: 张某, reason: 亲属}}\n"
        "  - {at: 2026-04-05, file: penalty_decision, as: 决定, issued: true}\n"
    )
    assert outcomes("P43.1", told, outside=True) == {"决定": "unknown"}
