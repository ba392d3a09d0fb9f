"""Promises that a system of forms breaks, kept by the rules: what was said once is not unsaid, what is empty is nothing."""

from dataclasses import replace
from datetime import date

import pytest

from liuhen.casefile.settle import settle
from liuhen.compliance.answers import setting
from liuhen.compliance.deadlines import deadlines
from liuhen.compliance.judge import context, judge
from liuhen.compliance.licensing import due_by, excluded
from liuhen.measures import DOCUMENTS, LIMITS
from liuhen.measures.calendar import Calendar, CalendarMissing
from liuhen.measures.counting import Span, add
from liuhen.scripts.facts import case_of
from liuhen.scripts.script import read_script
from tests.compliance.told import at, ours, outcomes, script, stopped_by_last

NOTICE = "  - {at: %s, by: 甲, file: hearing_right_notice, as: %s, values: {penalties: [{kind: 罚款, amount: %s}]}, issued: true, served: %s}\n"
ASKED = "  - {at: 2026-03-04, by: 甲, state: hearing_requested, values: {form: 书面}, proofs: [申请.png]}\n"
DECISION = "  - {at: %s, by: 甲, file: penalty_decision, as: 决定, values: {penalties: [{kind: 罚款, amount: %s}]}, issued: true}\n"


def told(*steps: str) -> str:
    return "".join(steps)


def notice(name: str = "告知", on: str = "2026-03-02", amount: str = "100000元") -> str:
    return NOTICE % (on, name, amount, on)


def decision(on: str = "2026-04-20", amount: str = "100000元") -> str:
    return DECISION % (on, amount)


# --------------------------------------------------------------------- 1: a request ends by a signed withdrawal only


def test_a_request_for_a_hearing_outlives_whatever_is_recorded_after_it() -> None:
    """R19.3: further defences, empty ones too, and the word of an officer end nothing."""
    later = (
        "  - {at: 2026-03-05, by: 甲, file: defence_record, values: {statement: 没有意见。}}\n"
        "  - {at: 2026-03-06, by: 甲, state: hearing_request_withdrawn, values: {on: 2026-03-06}}\n"
    )
    assert "R19.3" in stopped_by_last(script(told(notice(), ASKED, later, decision())), last=2)


def test_only_a_signed_withdrawal_ends_the_request() -> None:
    """R19.3"""
    signed = "  - {at: 2026-03-06, by: 甲, state: hearing_request_withdrawn, values: {on: 2026-03-06}, proofs: [撤回.png]}\n"
    assert "R19.3" not in stopped_by_last(script(told(notice(), ASKED, signed, decision())), last=2)


# -------------------------------------------------------------------------------------- 2: an empty text is nothing


@pytest.mark.parametrize("statement", ["", " ", "\t", "\n "])
def test_an_empty_defence_ends_no_period_and_counts_as_none(statement: str) -> None:
    """P62.1, R15.2"""
    entries, office = ours(
        script(
            told(
                notice(),
                "  - {at: 2026-03-03, by: 甲, file: defence_record, values: {statement: 某}}\n",
                decision("2026-03-05"),
            )
        )
    )
    blank = [
        replace(e, body={**e.body, "values": {**e.body["values"], "statement": statement}})
        if e.kind == "Filed" and e.body["document_kind"] == "defence_record"
        else e
        for e in entries
    ]
    found = judge(settle(blank, office), context(at("2026-04-01"), office)).violated("stop")
    codes = {f.code for f in found}
    assert "P62.1" in codes
    assert "P45.1" not in codes


# -------------------------------------------------------------- 3: a second notice releases from nothing told before


def test_a_second_notice_does_not_drop_the_request() -> None:
    """R19.3"""
    again = notice("再次告知", "2026-03-10")
    assert "R19.3" in stopped_by_last(script(told(notice(), ASKED, again, decision())), last=2)


def test_a_sum_raised_step_by_step_is_heavier_than_the_first_notice() -> None:
    """P44.1: compared with every earlier notice, the lowest counts."""
    steps = [notice(f"告知{n}", f"2026-03-{2 + n:02d}", f"{100000 + n * 10000}元") for n in range(4)]
    told_ = script(told(*steps, decision(amount="130000元")))
    assert outcomes("P44.1", told_)["决定"] == "violated"
    assert "P44.1" in stopped_by_last(told_, last=2)


# ------------------------------------------------------------ 4: what is asked for must be there, not merely recorded


def test_a_hearing_on_the_day_of_its_notice_is_stopped() -> None:
    """TL-16"""
    called = (
        "  - {at: 2026-03-09, by: 甲, file: hearing_notice, values: {at: 2026-03-09 14:00}, issued: true}\n"
    )
    assert "TL-16" in stopped_by_last(script(told(notice(), ASKED, called)), last=2)


def test_minutes_that_say_nothing_are_no_discussion() -> None:
    """R23.1"""
    empty = "  - {at: 2026-04-10, by: 甲, file: collective_discussion_minutes, values: {participants: [局长某, 副局长某]}}\n"
    assert "R23.1" in stopped_by_last(script(told(notice(), empty, decision(amount="100000元"))), last=2)


def test_one_officer_entered_twice_is_one() -> None:
    """R13.1"""
    twice = "  - {at: 2026-03-03, by: 甲, file: site_inspection_record, values: {officers: [甲, 甲]}}\n"
    assert "R13.1" in stopped_by_last(script(twice))


def test_who_was_recused_acts_no_more() -> None:
    """P43.1"""
    recused = "  - {at: 2026-03-02, by: 局长, state: recusal_decided, values: {person: 乙, result: 回避}}\n"
    acting = "  - {at: 2026-03-03, by: 甲, file: site_inspection_record, values: {officers: [甲, 乙]}}\n"
    assert "P43.1" in stopped_by_last(script(recused + acting))


# -------------------------------------------------------------------------- 5: excluded time is told, and told once

SPECIAL = (
    "  - {at: %s, file: special_procedure_notice, as: %s, values: {procedure_kind: 专家评审, from_on: %s, to_on: %s},"
    " issued: true, served: %s}\n"
)
LICENCE = (
    "id: 许可\ntitle: 许可\nprocedure: licensing\nparty: {party_kind: 法人, name: 某公司}\nclosed: true\nsteps:\n"
    "  - {at: 2026-03-02, file: license_acceptance_notice, values: {accepted_on: 2026-03-02}, issued: true, served: 2026-03-02}\n"
)


def left_out(*notices: tuple[str, ...]) -> int:
    case = case_of(read_script(LICENCE + "".join(SPECIAL % one for one in notices)))
    return len(excluded(case, context(at("2026-06-01"), case.office)))


def test_excluded_periods_do_not_add_up_where_they_overlap() -> None:
    """R8.1, L45.1"""
    one = ("2026-03-05", "一", "2026-03-09", "2026-03-20", "2026-03-05")
    other = ("2026-03-05", "二", "2026-03-16", "2026-03-27", "2026-03-05")
    assert left_out(one) == 12
    assert left_out(one, other) == 19


def test_excluded_time_is_not_dated_back_nor_into_the_future() -> None:
    """L45.1: from service on; nothing after today."""
    assert left_out(("2026-03-18", "一", "2026-03-09", "2026-03-20", "2026-03-18")) == 3
    assert left_out(("2026-03-05", "一", "2026-07-01", "2026-07-10", "2026-03-05")) == 0


def test_excluded_time_without_its_paper_is_none() -> None:
    case = case_of(read_script(LICENCE + "  - {at: 2026-04-20, file: expert_review_report}\n"))
    ctx = context(at("2026-06-01"), case.office)
    assert (
        due_by(case, date(2026, 3, 2), ctx).on
        == add(Span(20, "working_day"), date(2026, 3, 2), ctx.calendar).on
    )


# ------------------------------------------------------------------------------- 6: a first date is not moved by a later


def test_a_thing_done_twice_was_done_the_first_time() -> None:
    """TL-41: publishing again does not hide when it was published first."""
    published = "  - {at: %s, by: 甲, state: published, values: {on: %s, url: 网站}}\n"
    late = published % ("2026-05-20", "2026-05-20")
    again = published % ("2026-06-20", "2026-06-20")
    entries, office = ours(script(told(decision(), late, again)))
    case = settle(entries, office)
    (found,) = [d for d in deadlines(case, context(at("2026-07-01"), office)) if d.code == "TL-41"]
    assert (found.state, found.ended) == ("late", date(2026, 5, 20))


# ----------------------------------------------------------------------- 9: which value ruled this case can be answered


def test_a_case_is_judged_by_the_standard_of_the_day_it_was_told() -> None:
    """R16.1: a threshold raised later frees nobody; both values stay readable with their days."""
    line = "{name: hearing_fine_organisation, value: %d, from: %s, basis: 规定}"
    extra = f"settings: [{line % (5_000_000, '2020-01-01')}, {line % (50_000_000, '2026-04-01')}]\nabsent: [hearing_right_notice]\n"
    plain = "  - {at: 2026-03-02, by: 甲, file: penalty_notice, values: {penalties: [{kind: 罚款, amount: 100000元}]}, issued: true, served: 2026-03-02}\n"
    told_ = script(told(plain, decision()), extra)
    assert outcomes("R16.1", told_)["决定"] == "violated"
    case = case_of(told_)
    values = [setting(case, "hearing_fine_organisation", on) for on in (date(2026, 3, 2), date(2026, 4, 2))]
    assert values == [5_000_000, 50_000_000]


# ----------------------------------------------------------------- 15: a decision undone is withdrawn from publication


def test_publication_of_an_annulled_decision_is_withdrawn_in_three_working_days() -> None:
    """P48.1"""
    steps = (
        "  - {at: 2026-04-22, by: 甲, state: published, values: {on: 2026-04-22, url: 网站}}\n"
        "  - {at: 2026-05-20, by: 甲, state: contested, values: {route: 行政复议, on: 2026-05-20, body: 某区政府}}\n"
        "  - {at: 2026-07-01, by: 甲, state: contest_ended, values: {result: 撤销, on: 2026-07-01}}\n"
    )
    gone = "  - {at: 2026-07-03, by: 甲, state: publication_withdrawn, values: {on: 2026-07-03, text: 决定被撤销}}\n"
    kept, withdrawn = (script(told(decision(), steps, more)) for more in ("", gone))
    assert set(outcomes("P48.1", kept).values()) == {"violated"}
    assert set(outcomes("P48.1", withdrawn).values()) == {"met"}


# -------------------------------------------------------------------------- 16: the conditions of docketing, one by one


@pytest.mark.parametrize(
    "name", ["jurisdiction_basis", "limitation_ok", "act_on", "basis", "verification", "reasons"]
)
def test_each_condition_of_docketing_has_its_required_field(name: str) -> None:
    """R10.1: none is taken for granted."""
    field = DOCUMENTS["docket_approval"].field(name)
    assert field.required
    docket = "  - {at: 2026-03-02, by: 甲, file: docket_approval}\n"
    assert "R10.1" in stopped_by_last(script(docket))


# ------------------------------------------------------------------------------------ 17: clocks run on after service


def test_clocks_run_on_after_service_to_the_end_of_execution() -> None:
    """TL-21, TL-23, TL-24, TL-26; what is lost for good warns twice."""
    served = DECISION.replace("issued: true", "issued: true, served: 2026-04-21") % ("2026-04-20", "100000元")
    entries, office = ours(script(told(notice(), served)))
    running = {d.code: d for d in deadlines(settle(entries, office), context(at("2026-05-01"), office))}
    assert {"TL-21", "TL-23", "TL-24", "TL-26"} <= {code for code, d in running.items() if d.state == "open"}
    assert running["TL-26"].due.on == date(2027, 1, 21)
    assert len(LIMITS["TL-26"].warn) >= 2


# --------------------------------------------------------------------------------- 19: no silent fallback of the calendar


def test_a_year_that_is_not_published_is_refused_or_told_never_guessed() -> None:
    calendar = Calendar.builtin()
    last = max(calendar.years)
    with pytest.raises(CalendarMissing):
        calendar.is_working_day(date(last + 1, 3, 2))
    due = add(Span(5, "working_day"), date(last, 12, 30), calendar)
    assert due.note or due.provisional


def test_make_up_days_count() -> None:
    calendar = Calendar.builtin()
    make_up = [day for year in calendar.years.values() for day in year.make_up]
    assert len(make_up) > 50
    assert all(calendar.is_working_day(day) for day in make_up)
    assert all(day.weekday() >= 5 for day in make_up)


# ------------------------------------------------------------------ 21: a certificate is looked at on the day of each act


def test_a_certificate_is_asked_for_at_each_act() -> None:
    """R13.1: valid at the first act, expired at the second."""
    act = "  - {at: %s, by: 甲, file: site_inspection_record, as: 笔录%s, values: {officers: [甲, 丙]}}\n"
    first, second = act % ("2026-03-04", "一"), act % ("2026-03-05", "二")
    assert "R13.1" not in stopped_by_last(script(first))
    assert "R13.1" in stopped_by_last(script(first + second))


def test_next_steps_go_to_who_holds_the_case_now() -> None:
    """R3.1: a hand-over is an entry; nothing waits for the one who left."""
    given = (
        "  - {at: 2026-03-02 09:00, by: 科长, assign: {lead_officer: %s, assist_officer: 乙}, reason: 接手}\n"
    )
    left = "  - {at: 2026-03-03 09:00, by: 科长, leave: {lead_officer: 甲}, reason: 调离}\n"
    entries, office = ours(script(given % "甲" + left + (given % "丙").replace("03-02", "03-03")))
    case = settle(entries, office)
    steps = judge(case, context(at("2026-03-04"), office)).steps
    assert case.officers[0] == "丙"
    assert steps
    assert not [step for step in steps if "甲" in step.people]


# --------------------------------------------------------------------- 23: what was seized may be released in any state


@pytest.mark.parametrize("state", ["", "decided", "suspended"])
def test_a_seizure_may_be_released_in_every_state_and_closing_waits_for_it(state: str) -> None:
    """F25.1, R30.1"""
    seized = (
        "  - {at: 2026-03-03, by: 甲, file: seizure_decision, as: 扣押, issued: true, served: 2026-03-03}\n"
    )
    between = {
        "": "",
        "decided": decision("2026-04-20"),
        "suspended": "  - {at: 2026-03-20, by: 甲, file: case_suspension_approval, approved: {S: {by: 科长, on: 2026-03-20}, B: {by: 局长, on: 2026-03-20}}}\n",
    }[state]
    release = "  - {at: 2026-04-28, by: 甲, file: seizure_release_decision, values: {decision: 扣押}, approved: {S: {by: 科长, on: 2026-04-28}, B: {by: 局长, on: 2026-04-28}}, issued: true}\n"
    entries, office = ours(script(told(seized, between, release)))
    case = settle(entries, office)
    assert case.of("seizure_release_decision")[0].issued
    assert not stopped_by_last(script(told(seized, between, release)))
    closing = "  - {at: 2026-04-25 09:00, by: 甲, file: closing_report, approved: {S: {by: 科长, on: 2026-04-25 10:00}, B: {by: 局长, on: 2026-04-25 11:00}}}\n"
    open_ = outcomes("R30.1", script(told(seized, between, closing)))
    assert open_["扣押.held.open"] == "violated"


# ----------------------------------------------------------------------------- 13: every way out of a case can be closed

TOLD = "  - {at: 2026-03-21, by: 甲, file: result_notification_record, values: {told_at: 2026-03-21 09:00, told_as: 被调查人}}\n"
CLOSING = (
    "  - {at: 2026-04-25 09:00, by: 甲, file: closing_report, "
    "approved: {S: {by: 科长, on: 2026-04-25 10:00}, B: {by: 局长, on: 2026-04-25 11:00}}}\n"
)
SIGNED = "approved: {S: {by: 科长, on: 2026-03-20}, B: {by: 局长, on: 2026-03-20}}"
EXITS = {
    "transferred": "  - {at: 2026-03-20, by: 甲, file: case_transfer_letter, issued: true, served: 2026-03-20}\n",
    "crime": "  - {at: 2026-03-20, by: 甲, file: crime_transfer_letter, issued: true, served: 2026-03-20}\n"
    "  - {at: 2026-03-21, by: 甲, file: police_reply, values: {result: 立案, received_at: 2026-03-21 09:00}}\n"
    "  - {at: 2026-03-23, by: 甲, state: handed_to_receiver, document: crime_transfer_letter, proofs: [回执.png]}\n",
    "withdrawn": f"  - {{at: 2026-03-20, by: 甲, file: case_withdrawal_approval, {SIGNED}}}\n",
    "terminated": f"  - {{at: 2026-03-20, by: 甲, file: case_termination_approval, {SIGNED}}}\n",
    "no penalty": "  - {at: 2026-03-20, by: 甲, file: no_penalty_decision, issued: true, served: 2026-03-20}\n",
}


@pytest.mark.parametrize("way_out", EXITS.values(), ids=EXITS)
def test_every_way_out_of_a_case_can_be_closed(way_out: str) -> None:
    """R30.1, TL-38: closing is not stopped, the case is closed and the term of archiving runs."""
    assert "violated" not in outcomes("R30.1", script(told(way_out, TOLD, CLOSING))).values()
    entries, office = ours(script(told(way_out, TOLD, CLOSING)))
    case = settle(entries, office)
    assert case.closed_at is not None
    assert [d for d in deadlines(case, context(at("2026-05-01"), office)) if d.code == "TL-38"]
