"""What a case wants next, as it stands: nothing that does not belong there, and what must still be waited for (desk principle 2)."""

from dataclasses import replace

import pytest

from liuhen.casefile.settle import settle
from liuhen.compliance.judge import context, judge
from tests.compliance.told import at, ours, script

DOCKET = "  - {at: 2026-03-02, by: 甲, file: docket_approval, approved: {S: 2026-03-02, B: 2026-03-02}}\n"
SOURCE = "  - {at: 2026-03-02, by: 甲, file: case_source_form, approved: {S: 2026-03-02}}\n"
REPORT = "  - {at: 2026-03-05, by: 甲, file: investigation_report, approved: {S: 2026-03-05}}\n"
PROPOSED = "  - {at: 2026-03-06, by: 甲, file: proposal_approval, approved: {S: 2026-03-06, B: 2026-03-06}}\n"
NOTICE = "  - {at: 2026-03-09, by: 甲, file: penalty_notice, as: 告知, issued: true, served: 2026-03-09}\n"
WAIVED = "  - {at: 2026-03-10, by: 甲, file: waiver_statement, values: {waived: 陈述申辩, waived_on: 2026-03-10}}\n"
DECIDED = (
    "  - {at: 2026-03-20, by: 甲, file: penalty_decision, as: 决定, values: {penalties: [{kind: 罚款, amount: 20000元}]}, "
    "issued: true, served: 2026-03-20}\n"
)
TOLD = (
    "  - {at: 2026-03-20, by: 甲, file: result_notification_record, "
    "values: {told_at: 2026-03-20 09:00, told_as: 被调查人, told: 某公司}}\n"
)
PAID = "  - {at: 2026-03-30, by: 甲, state: payment_made, values: {on: 2026-03-30, amount: 20000元}}\n"
SEIZED = "  - {at: 2026-03-03, by: 甲, file: seizure_decision, as: 扣押, issued: true, served: 2026-03-03}\n"
CRIME = "  - {at: 2026-03-04 09:00, by: 甲, file: crime_transfer_report, signed: {officer: [甲, 乙]}, approved: {S: 2026-03-04 10:00%s}}\n"
LETTER = "  - {at: 2026-03-06, by: 甲, file: crime_transfer_letter, as: 移送书, issued: true, served: 2026-03-06}\n"
HANDED = "  - {at: 2026-03-09, by: 甲, file: seized_property_transfer_notice, values: {measure: 扣押}, issued: true}\n"


def steps(told, now):
    """The next steps of a case by their codes."""
    case = settle(*ours(script(told)))
    return {step.code: step for step in judge(case, context(at(*now.split()), case.office)).steps}


def stated(told, now):
    case = settle(*ours(script(told)))
    return {d.code: d.state for d in judge(case, context(at(now), case.office)).deadlines}


def test_a25_who_is_not_punished_owes_nothing():
    withdrawn = "  - {at: 2026-03-06, by: 甲, file: case_withdrawal_approval, approved: {S: 2026-03-06, B: 2026-03-06}}\n"
    spared = "  - {at: 2026-03-06, by: 甲, file: no_penalty_decision, issued: true, served: 2026-03-06}\n"
    for ending in (withdrawn, spared):
        assert "payment_record" not in steps(DOCKET + REPORT + ending, "2026-03-09")
    assert "payment_record" in steps(DOCKET + REPORT + PROPOSED + NOTICE + DECIDED, "2026-03-23")


@pytest.mark.parametrize(
    ("proposal", "wanted"),
    [
        ("给予行政处罚", "proposal_approval"),
        ("不予行政处罚", "no_penalty_decision"),
        ("销案", "case_withdrawal_approval"),
        ("移送其他机关", "transfer_approval"),
        ("移送公安机关", "crime_transfer_report"),
    ],
)
def test_a17_the_next_step_is_what_the_report_proposes(proposal, wanted):
    """One of the ways out is due, the others may be taken; a penalty proposed to the leader after all goes on as such."""
    told = (
        DOCKET
        + SOURCE
        + REPORT.replace("investigation_report,", f"investigation_report, values: {{proposal: {proposal}}},")
    )
    ways = (
        "proposal_approval",
        "no_penalty_decision",
        "case_withdrawal_approval",
        "transfer_approval",
        "crime_transfer_report",
    )
    found = steps(told, "2026-03-06")
    assert [way for way in ways if way in found and not found[way].optional] == [wanted]
    assert ("penalty_notice" in found) == (proposal == "给予行政处罚")
    assert ("cure_order" in found) == (proposal in ("给予行政处罚", "不予行政处罚"))
    assert "penalty_notice" in steps(told + PROPOSED, "2026-03-09")


def test_p36_1_a_breach_found_before_it_ended_is_found():
    found = (
        "  - {at: 2026-03-01, by: 甲, file: case_source_form, values: {discovered_at: 2026-03-01 09:00}}\n"
    )
    told = found + DOCKET.replace("docket_approval,", "docket_approval, values: {act_on: 2026-03-02},")
    assert stated(told, "2026-03-09")["TL-11"] == "met"


def test_p62_1_the_decision_waits_until_the_time_to_defend_has_run():
    told = DOCKET + REPORT + PROPOSED + NOTICE
    waiting = steps(told, "2026-03-11")["decision_approval"].locked
    assert waiting == "陈述和申辩的期限至2026年3月16日届满，届满以后或者当事人书面放弃的，才能办理"
    assert steps(told, "2026-03-17")["decision_approval"].locked == ""
    assert steps(told + WAIVED, "2026-03-11")["decision_approval"].locked == ""


def test_c5_1_three_days_to_decide_and_a_day_to_hand_over_are_told_with_the_step():
    waiting = steps(DOCKET + CRIME % "", "2026-03-04 12:00")
    (approve,) = (step for code, step in waiting.items() if code.startswith("approve:"))
    assert str(approve.due.day) == "2026-03-07"
    decided = steps(DOCKET + CRIME % ", L: 2026-03-04 11:00, P: 2026-03-05 10:00", "2026-03-05 12:00")
    assert str(decided["crime_investigation_report"].due.day) == "2026-03-06"


def test_r12_2_what_went_to_the_police_is_neither_released_nor_overdue():
    """TL-13 ends with the handing over: a case that is closed does not miss it a month later."""
    told = DOCKET + SEIZED + CRIME % ", L: 2026-03-04 11:00, P: 2026-03-05 10:00" + LETTER
    assert steps(told, "2026-03-09")["seizure_release_beside"].optional
    assert not {"seizure_release_decision", "seizure_release_beside"} & {*steps(told + HANDED, "2026-03-10")}
    assert stated(told + HANDED, "2026-05-10")["TL-13"] == "met"


def test_f25_1_what_was_confiscated_is_not_to_be_released():
    taken = DECIDED.replace("kind: 罚款, amount: 20000元", "kind: 没收非法财物, object: 设备2台")
    told = DOCKET + SEIZED + REPORT + PROPOSED + NOTICE
    assert "seizure_release_decision" in steps(told + DECIDED, "2026-03-23")
    assert "seizure_release_decision" not in steps(told + taken, "2026-03-23")
    assert stated(told + taken, "2026-05-10")["TL-13"] == "met"


def test_f25_1_an_extension_moves_the_limit_that_is_shown():
    longer = (
        "  - {at: 2026-03-30, by: 甲, file: seizure_extension_decision, "
        "values: {decision: 扣押, old_until: 2026-04-02, until: 2026-05-02}, issued: true}\n"
    )
    assert stated(DOCKET + SEIZED, "2026-04-10")["TL-13"] == "overdue"
    assert stated(DOCKET + SEIZED + longer, "2026-04-10")["TL-13"] == "open"
    assert stated(DOCKET + SEIZED + longer, "2026-05-03")["TL-13"] == "overdue"


REPLY = (
    "  - {at: 2026-03-10, by: 甲, file: police_reply, values: {result: %s, received_at: 2026-03-10 09:00}}\n"
)


ASKED = (
    "  - {at: 2026-03-10, by: 甲, file: hearing_request, as: 申请, values: {received_at: 2026-03-10 09:00}}\n"
)
HELD = "  - {at: 2026-03-25, by: 甲, file: hearing_record, values: {started_at: 2026-03-25 09:00, ended_at: 2026-03-25 10:00}}\n"
REPORTED = "  - {at: 2026-03-26, by: 甲, file: hearing_report}\n"


@pytest.mark.parametrize(
    ("then", "waits"),
    [
        ("", True),
        (HELD, True),
        (HELD + REPORTED, False),
        (
            "  - {at: 2026-03-12, by: 甲, file: hearing_refusal_notice, values: {request: 申请}, issued: true, served: 2026-03-12}\n",
            False,
        ),
        ("  - {at: 2026-03-12, by: 甲, state: hearing_absent}\n", False),
    ],
)
def test_r19_3_the_decision_waits_for_the_hearing_that_was_asked_for(then, waits):
    told = (
        DOCKET + REPORT + PROPOSED + NOTICE.replace("penalty_notice", "hearing_right_notice") + ASKED + then
    )
    found = steps(told, "2026-03-27").get("decision_approval")
    assert (found is None or bool(found.locked)) == waits


def test_p48_1_only_what_was_published_is_to_be_withdrawn():
    withdrawn = "  - {at: 2026-03-26, by: 甲, file: penalty_withdrawal_decision, values: {decision: 决定, anew: false}, issued: true}\n"
    published = "  - {at: 2026-03-23, by: 甲, state: published, values: {on: 2026-03-23, carrier: 网站}}\n"
    told = DOCKET + REPORT + PROPOSED + NOTICE + DECIDED
    assert "TL-42" not in stated(told + withdrawn, "2026-03-27")
    assert stated(told + published + withdrawn, "2026-03-27")["TL-42"] == "open"
    assert stated(told + published + withdrawn, "2026-04-01")["TL-42"] == "overdue"


def test_c12_1_what_goes_to_the_police_rests_here_and_goes_on_when_they_refuse():
    """移 5, 10, 11: no penalty in place of the transfer; what comes back is dealt with within its ninety days."""
    decided = DOCKET + CRIME % ", L: 2026-03-04 11:00, P: 2026-03-05 10:00"
    resting, sent = steps(decided, "2026-03-05 12:00"), steps(decided + LETTER, "2026-03-09")
    assert "crime_investigation_report" in resting
    assert not {"investigation_report", "proposal_approval", "cure_order"} & {*resting, *sent}
    assert "seized_property_transfer_notice" not in sent
    assert "result_told" in sent
    assert "TL-19" not in {
        c for c, state in stated(decided + LETTER, "2026-03-09").items() if state == "open"
    }
    back = decided + LETTER + REPLY % "不予立案"
    assert "investigation_report" in steps(back, "2026-03-11")
    assert "result_told" not in steps(back, "2026-03-11")
    assert stated(back, "2026-03-11")["TL-19"] == "open"
    assert stated(back, "2026-06-11")["TL-19"] == "overdue"


def test_r30_1_closing_is_the_next_step_when_the_penalty_is_carried_out():
    told = DOCKET + REPORT + PROPOSED + NOTICE + DECIDED + TOLD
    before, after = steps(told, "2026-03-23"), steps(told + PAID, "2026-03-31")
    assert before["closing_report"].locked == "须先完成：处罚履行完毕，没有履行的说明原因"
    assert before["closing_report_open"].optional
    assert (after["closing_report"].locked, after["closing_report"].optional) == ("", False)
    assert "closing_report_open" not in after


def test_what_was_found_out_stays_found_out_when_a_decision_is_made_anew():
    """Whether something must be put right was answered before: a decision that fell does not ask it again (罚 28)."""
    unneeded = "  - {at: 2026-03-05, by: 甲, state: correction_not_ordered, values: {on: 2026-03-05, text: 已经终了}}\n"
    fell = "  - {at: 2026-05-20, by: 甲, state: contest_ended, values: {on: 2026-05-20, route: 行政复议, result: 重作}}\n"
    told = DOCKET + unneeded + REPORT + PROPOSED + NOTICE + DECIDED + fell
    again = steps(told, "2026-05-21")
    assert "cure_order" not in again
    assert "proposal_approval" in again


def test_no_word_of_the_program_stands_where_a_stage_began():
    from liuhen.compliance.steps import event_words
    from liuhen.measures import PROCEDURES

    names = {e for p in PROCEDURES.values() for _, events in p.stage_begins for e in events}
    names |= {e for p in PROCEDURES.values() for step in p.steps for e in step.needs}
    assert not [name for name in names - {"opened", "accepted"} if event_words(name).isascii()]


def sourced(choice, more=""):
    """The steps after the section head chose what is to become of a source, and what came then."""
    told = f"  - {{at: 2026-03-02 09:00, by: 甲, file: case_source_form, approved: {{S: {{by: 科长, on: 2026-03-02 10:00, choice: {choice}}}}}}}\n"
    return steps(told + more, "2026-03-04")


def wanted(found):
    """The steps of the procedure that must be done now, without those that only may."""
    return {code for code, step in found.items() if not (step.optional or step.locked or step.subject)}


@pytest.mark.parametrize(
    ("choice", "next_"),
    [
        ("立案", {"docket_approval"}),
        ("核查", {"verification_wanted"}),
        ("不予立案", {"refusal_wanted"}),
        ("移送", {"transfer_wanted"}),
    ],
)
def test_a9_what_the_section_head_chose_is_the_next_step(choice, next_):
    found = sourced(choice)
    assert wanted(found) - {"second_officer"} == next_
    assert (
        sum(
            step.title in ("报批立案", "核查案源", "报批不予立案", "报批移送其他机关")
            for step in found.values()
        )
        == 4
    )


@pytest.mark.parametrize(
    ("advice", "next_"),
    [
        ("立案", {"docket_advised"}),
        ("不予立案", {"refusal_wanted"}),
        ("移送其他机关", {"transfer_wanted"}),
        ("移送公安机关", {"crime_advised"}),
        ("继续核查", set()),
    ],
)
def test_a10_what_the_verification_advises_is_the_next_step(advice, next_):
    report = (
        f"  - {{at: 2026-03-03 09:00, by: 甲, file: verification_report, values: {{advice: {advice}}}, "
        "approved: {S: {by: 科长, on: 2026-03-03 10:00}}}\n"
    )
    found = sourced("核查", report)
    assert wanted(found) - {"second_officer"} == next_
    assert any(step.title == "报批立案" for step in found.values())


def test_a13_a_second_officer_is_assigned_before_the_first_goes_out():
    one = "  - {at: 2026-03-02 10:30, by: 科长, assign: {lead_officer: 甲}}\n"
    both = "  - {at: 2026-03-02 10:30, by: 科长, assign: {lead_officer: 甲, assist_officer: 乙}}\n"
    step = sourced("核查", one)["second_officer"]
    assert (step.does, step.role, step.optional, step.locked) == ("assign", "section_head", False, "")
    assert "second_officer" not in sourced("核查", both)


def test_a10_what_is_not_docketed_waits_for_no_decision():
    refused = "  - {at: 2026-03-03, by: 甲, file: docket_refusal_approval, approved: {S: 2026-03-03, B: 2026-03-03}}\n"
    assert {code for code, step in sourced("不予立案", refused).items() if step.locked} == {"archive"}


def test_a11_a_transfer_is_not_done_before_its_receipt_is_signed():
    """Both sign the proof of service of a transfer; of other papers it is enough that the receiver did."""
    for kind, optional in (("case_transfer_letter", False), ("penalty_notice", True)):
        told = f"  - {{at: 2026-03-06, by: 甲, file: {kind}, as: 函, issued: true, served: {{on: 2026-03-06, method: 直接, to: 某}}}}\n"
        entries, office = ours(script(DOCKET + told))
        by = [
            replace(e, body={**e.body, "servers": ["甲", "乙"]}) if e.kind == "ServiceStep" else e
            for e in entries
        ]
        case = settle(by, office)
        found = {step.code: step for step in judge(case, context(at("2026-03-09"), office)).steps}
        assert (found["receipt:函"].people, found["receipt:函"].optional) == (("甲", "乙"), optional)
