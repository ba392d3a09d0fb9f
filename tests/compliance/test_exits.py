"""Ways out of a penalty case: which was taken, what the closing list wants, from when the file is archived (TL-38; R30.1)."""

import pytest

from liuhen.casefile.moments import day
from liuhen.casefile.settle import settle
from liuhen.casefile.state import CaseFile
from liuhen.compliance.answers import Judgement, NextStep
from liuhen.compliance.events import has, occurrences
from liuhen.compliance.exits import closes_by_itself, lacking, taken
from liuhen.compliance.judge import context, judge
from liuhen.compliance.rules.closing import left_undone
from liuhen.records.project import case_values
from tests.compliance.told import at, ours, outcomes, script, stopped_by_last

DOCKET = "  - {at: 2026-03-02, by: 甲, file: docket_approval, approved: {S: 2026-03-02, B: 2026-03-02}}\n"
SOURCE = (
    "  - {at: 2026-03-01, by: 甲, file: case_source_form, as: 来源, "
    "values: {source_kind: 举报, is_named: true, provider: 王某}}\n"
)
REFUSED = "  - {at: 2026-03-04, by: 甲, file: docket_refusal_approval, as: 不立, approved: {S: 2026-03-04, B: %s}}\n"
LETTER = "  - {at: 2026-03-05, by: 甲, file: case_transfer_letter, as: 移送函, issued: true%s}\n"
CRIME = "  - {at: 2026-03-05, by: 甲, file: crime_transfer_letter, as: 移送书, issued: true, served: 2026-03-05}\n"
REPLY = (
    "  - {at: 2026-03-09, by: 甲, file: police_reply, values: {result: %s, received_at: 2026-03-09 09:00}}\n"
)
HANDED = "  - {at: 2026-03-10, by: 甲, state: handed_to_receiver, values: {receiver: 民警某}}\n"
SHEET = "  - {at: 2026-03-06, by: 甲, file: %s, as: 报批, approved: {S: 2026-03-06, B: {by: 局长, on: 2026-03-07%s}}}\n"
DECIDED = (
    "  - {at: 2026-03-20, by: 甲, file: penalty_decision, as: 决定, values: {penalties: [{kind: 警告}]}, "
    "issued: true, served: 2026-03-20}\n"
)
FELL = "  - {at: 2026-05-20, by: 甲, state: contest_ended, values: {on: 2026-05-20, route: 行政复议, result: %s}}\n"
OWN = (
    "  - {at: 2026-05-20, by: 甲, file: penalty_withdrawal_decision, values: {decision: 决定, anew: %s}, "
    "issued: true, served: 2026-05-20}\n"
)
CLOSED = "  - {at: 2026-06-20, by: 甲, file: closing_report, approved: {S: 2026-06-20, B: 2026-06-20}}\n"


def told_to(whom: str, on: str = "2026-03-12") -> str:
    values = f"told_at: {on} 09:00, told_as: {whom}, told: 王某"
    return (
        f"  - {{at: {on}, by: 甲, file: result_notification_record, as: 告知{whom}, values: {{{values}}}}}\n"
    )


def case_of(told: str) -> CaseFile:
    return settle(*ours(script(told)))


def exit_of(told: str) -> str:
    went = taken(case_of(told))
    return went.exit.code if went else ""


def ended_on(told: str) -> str:
    found = occurrences(case_of(told), "ended")
    return str(day(found[0].at)) if found else ""


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (SOURCE, ""),
        (REFUSED % "2026-03-05", "docket_refused"),
        (REFUSED % "{by: 局长, on: 2026-03-05, opinion: refuse}", ""),
        (REFUSED % "2026-03-05" + DOCKET.replace("03-02", "03-09"), ""),
        (LETTER % "", "transferred"),
        (LETTER % "" + "  - {at: 2026-03-09, by: 甲, state: case_returned, values: {on: 2026-03-09}}\n", ""),
        (CRIME, "crime_transferred"),
        (CRIME + REPLY % "立案", "crime_transferred"),
        (CRIME + REPLY % "不予立案", ""),
        (DOCKET + SHEET % ("case_withdrawal_approval", ""), "withdrawn"),
        (DOCKET + SHEET % ("case_withdrawal_approval", ", opinion: refuse"), ""),
        (DOCKET + SHEET % ("case_termination_approval", ""), "terminated"),
        (CRIME + REPLY % "不予立案" + DECIDED, "penalty"),
        (DECIDED + FELL % "维持", "penalty"),
        (DECIDED + FELL % "确认违法", "penalty"),
        (DECIDED + FELL % "撤销", "annulled"),
        (DECIDED + FELL % "重作", ""),
        (DECIDED + OWN % "false", "annulled"),
        (DECIDED + OWN % "true", ""),
        (DECIDED + FELL % "撤销" + "  - {at: 2026-06-01, by: 甲, file: proposal_approval}\n", ""),
        (
            DECIDED + FELL % "重作" + DECIDED.replace("03-20", "06-10").replace("as: 决定", "as: 新"),
            "penalty",
        ),
    ],
)
def test_the_exit_is_the_one_that_stands(told: str, code: str) -> None:
    assert exit_of(told) == code


@pytest.mark.parametrize(
    ("told", "ended"),
    [
        (REFUSED % "2026-03-05", "2026-03-05"),
        (SOURCE + REFUSED % "2026-03-05", ""),
        (SOURCE + REFUSED % "2026-03-05" + told_to("举报人"), "2026-03-12"),
        (LETTER % "", ""),
        (LETTER % ", served: 2026-03-09", "2026-03-09"),
        (DOCKET + LETTER % ", served: 2026-03-09", ""),
        (DOCKET + LETTER % ", served: 2026-03-09" + told_to("被调查人"), "2026-03-12"),
        (CRIME + REPLY % "立案", ""),
        (CRIME + REPLY % "立案" + HANDED, "2026-03-10"),
        (DOCKET + SHEET % ("case_withdrawal_approval", "") + told_to("被调查人"), "2026-03-12"),
        (DOCKET + DECIDED + told_to("被调查人", "2026-03-23"), ""),
        (DOCKET + DECIDED + told_to("被调查人", "2026-03-23") + CLOSED, "2026-06-20"),
    ],
)
def test_the_file_is_archived_from_the_end_of_the_act_tl_38(told: str, ended: str) -> None:
    assert ended_on(told) == ended


@pytest.mark.parametrize(
    ("told", "alone"),
    [
        (REFUSED % "2026-03-05", True),
        (LETTER % ", served: 2026-03-09", True),
        (DOCKET + LETTER % ", served: 2026-03-09", False),
        (DOCKET + SHEET % ("case_withdrawal_approval", ""), False),
        (DOCKET + DECIDED, False),
    ],
)
def test_what_was_docketed_is_closed_by_a_report_r30_1(told: str, *, alone: bool) -> None:
    """§12 no. 24: after docketing a report closes the case, 不适用 where there is nothing to say."""
    assert closes_by_itself(case_of(told)) == alone


@pytest.mark.parametrize(
    ("told", "subject"),
    [
        (DOCKET + CRIME + REPLY % "立案" + told_to("被调查人"), "exit.handed_to_receiver.open"),
        (DOCKET + CRIME + told_to("被调查人"), "exit.police_reply.open"),
        (DOCKET + LETTER % "" + told_to("被调查人"), "移送函.open"),
        (DOCKET + SHEET % ("case_withdrawal_approval", ""), "报批.open"),
        (
            DOCKET + DECIDED + "  - {at: 2026-03-06, by: 甲, file: cure_order, as: 责改, issued: true, served: 2026-03-06}\n",
            "exit.cure_check_record.open",
        ),
        (
            DOCKET + DECIDED + FELL % "撤销" + "  - {at: 2026-03-25, by: 甲, state: published, values: {on: 2026-03-25}}\n",
            "exit.publication_withdrawn.open",
        ),
        (
            DOCKET + DECIDED + FELL % "撤销" + "  - {at: 2026-04-01, by: 甲, state: payment_made, values: {on: 2026-04-01, amount: 100元}}\n",
            "exit.money_refunded.open",
        ),
    ],
)  # fmt: skip
def test_closing_waits_for_the_list_of_the_exit_r30_1(told: str, subject: str) -> None:
    open_ = {s for s, o in outcomes("R30.1", script(told + CLOSED)).items() if o == "violated"}
    assert open_ == {subject}
    assert "R30.1" in stopped_by_last(script(told + CLOSED))


def test_nothing_is_wanting_where_all_was_done() -> None:
    told = DOCKET + CRIME + REPLY % "立案" + HANDED + told_to("被调查人")
    case = case_of(told)
    assert list(lacking(case)) == []
    assert left_undone(case, at("2026-06-01")) == []


def judged(told: str, now: str) -> Judgement:
    case = case_of(told)
    return judge(case, context(at(now), case.office))


def steps_of(told: str, now: str) -> list[NextStep]:
    return list(judged(told, now).steps)


def test_after_the_refusal_to_docket_nothing_waits_for_docketing() -> None:
    """A10: who the party is need not be proved in a case that will not be."""
    source = SOURCE.replace("values:", "approved: {S: 2026-03-01}, values:")
    for told in (source + REFUSED % "2026-03-05", source + REFUSED % "2026-03-05" + told_to("举报人")):
        assert [s.title for s in steps_of(told, "2026-03-13") if "立案" in s.locked] == []
    unheard = source + REFUSED % "{by: 局长, on: 2026-03-05, opinion: return}"
    assert "立案" in "".join(s.locked for s in steps_of(unheard, "2026-03-13"))


@pytest.mark.parametrize(
    ("opinions", "does"),
    [("{S: 2026-03-02}", "approve"), ("{S: {on: 2026-03-02, opinion: return, text: 补正}}", "revise")],
)
def test_until_a_paper_is_approved_the_limit_of_its_step_runs(opinions: str, does: str) -> None:
    """Sent back, waiting for an opinion: the fifteen working days to docket go on (TL-10)."""
    sheet = f"  - {{at: 2026-03-02, by: 甲, file: docket_approval, signed: {{officer: [甲, 乙]}}, approved: {opinions}}}\n"
    step = next(s for s in steps_of(SOURCE + sheet, "2026-03-04") if s.does == does)
    limit = next(d.due for d in judged(SOURCE + sheet, "2026-03-04").deadlines if d.code == "TL-10")
    assert step.due == limit


def test_a_source_that_was_sent_back_is_due_with_the_docket_that_waits_for_it() -> None:
    returned = SOURCE.replace(
        "values:", "approved: {S: {on: 2026-03-02, opinion: return, text: 补正}}, values:"
    )
    step = next(s for s in steps_of(returned, "2026-03-04") if s.does == "revise")
    assert step.due == next(d.due for d in judged(returned, "2026-03-04").deadlines if d.code == "TL-10")


def test_a_row_knows_the_hour_of_a_limit_in_hours() -> None:
    """TL-32: within twenty-four hours of the approval."""
    told = DOCKET + (
        "  - {at: 2026-03-03, by: 甲, file: crime_transfer_report, approved: "
        "{S: 2026-03-03, L: {by: 己, on: 2026-03-03}, P: {by: 壬, on: 2026-03-04 10:00}}}\n"
    )
    more = (
        "  己: {name: 审核员己, roles: [legal_reviewer]}\n  壬: {name: 局长壬, roles: [principal_leader]}\n"
    )
    case = settle(*ours(script(told, more)))
    values = case_values(case, judge(case, context(at("2026-03-04"), case.office)))
    assert (values["due_on"].isoformat(), values["due_at"]) == ("2026-03-05", at("2026-03-05", "10:00"))


SUSPENDED = SHEET % ("case_suspension_approval", "")
RESUMED = "  - {at: 2026-04-20, by: 甲, state: investigation_resumed, values: {on: 2026-04-20}}\n"


def test_a_suspended_case_rests_until_it_is_taken_up_again() -> None:
    """A3, 罚 60: nothing is offered meanwhile but to resume, to end, to release; the ninety days go on."""
    rest = case_of(DOCKET + SUSPENDED)
    assert has(rest, "suspended")
    judged = judge(rest, context(at("2026-04-01"), rest.office))
    assert judged.state == "已中止"
    does = {step.does for step in judged.steps}
    assert "state:investigation_resumed" in does
    assert "file:case_termination_approval" in does
    assert "file:investigation_report" not in does
    running = {d.code: d.state for d in judged.deadlines}
    assert running["TL-19"] == "open"
    again = case_of(DOCKET + SUSPENDED + RESUMED)
    assert not has(again, "suspended")
    assert "file:investigation_report" in {
        s.does for s in judge(again, context(at("2026-05-01"), again.office)).steps
    }


ITEMS = "items: [{name: 玉米, quantity: 10, unit: 袋}]"
MEASURES = {
    "seizure": (
        "  - {at: 2026-03-05, by: 甲, file: seizure_decision, as: 措施, values: {" + ITEMS + "}, issued: true, served: 2026-03-05}\n",
        "  - {at: 2026-07-01, by: 甲, file: seizure_release_decision, values: {decision: 措施, " + ITEMS + "}, "
        "approved: {S: 2026-07-01, B: 2026-07-01}, issued: 2026-07-01}\n",
        "seizure_release_decision",
    ),
    "hold": (
        "  - {at: 2026-03-05, by: 甲, file: hold_notice, as: 措施, values: {" + ITEMS + "}, approved: {S: 2026-03-04, B: 2026-03-04}, "
        "issued: true, served: 2026-03-05}\n",
        "  - {at: 2026-07-01, by: 甲, file: hold_disposal_notice, values: {hold: 措施, "
        "items: [{name: 玉米, quantity: 10, unit: 袋, disposal: 解除}]}, approved: {S: 2026-07-01, B: 2026-07-01}, issued: 2026-07-01}\n",
        "hold_disposal_notice",
    ),
    "samples": (
        "  - {at: 2026-03-05, by: 甲, file: sampling_notice, as: 措施, values: {" + ITEMS + "}, issued: true, served: 2026-03-05}\n",
        "  - {at: 2026-07-01, by: 甲, file: sample_disposal_notice, values: {sampling: 措施, disposal: 退还, " + ITEMS + "}, "
        "approved: {S: 2026-07-01}, issued: 2026-07-01}\n",
        "sample_disposal_notice",
    ),
}  # fmt: skip
EVERYWHERE = {
    "decided": DECIDED,
    "suspended": SUSPENDED,
    "transferred": LETTER % ", served: 2026-03-09",
    "withdrawn": SHEET % ("case_withdrawal_approval", ""),
    "fallen": DECIDED + FELL % "撤销",
    "closed": DECIDED + CLOSED,
}


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("state", EVERYWHERE)
def test_a_measure_is_released_in_every_state(measure: str, state: str) -> None:
    """F25.1, P56.1: nothing stops the release, and it is offered as the next step."""
    taken_, released, kind = MEASURES[measure]
    before = DOCKET + taken_ + EVERYWHERE[state]
    case = case_of(before)
    steps = judge(case, context(at("2026-06-30"), case.office)).steps
    assert f"file:{kind}" in {step.does for step in steps if not step.locked}
    whole = {
        f for f in stopped_by_last(script(before + released), "2026-07-02", last=1) if f not in _PAPERS[kind]
    }
    assert whole == set()


# What the short papers of these tests leave out is asked for as their own completeness.
_PAPERS = {
    "seizure_release_decision": {"F25.1"},
    "hold_disposal_notice": {"P56.1"},
    "sample_disposal_notice": {"R14.1"},
}


@pytest.mark.parametrize("measure", MEASURES)
def test_closing_is_refused_while_a_measure_runs_r30_1(measure: str) -> None:
    taken_, released, _ = MEASURES[measure]
    told = DOCKET + DECIDED + taken_
    late = CLOSED.replace("06-20", "07-20")
    held = {s for s, o in outcomes("R30.1", script(told + late)).items() if o == "violated"}
    assert held == {"措施.held.open"}
    assert "R30.1" in stopped_by_last(script(told + late))
    assert not {s for s, o in outcomes("R30.1", script(told + released + late)).items() if "held" in s}


LEFT = "  - {at: 2026-03-05, by: 甲, state: party_left, values: {on: 2026-03-05, reason: %s}}\n"
FOLLOWED = (
    "  - {at: 2026-03-06, by: 甲, state: party_succeeded, values: {on: 2026-03-06, "
    "from_party: {party_kind: 法人, name: 某粮食有限公司}, party: {party_kind: 法人, name: 某米业有限公司}}}\n"
)


@pytest.mark.parametrize(
    ("left", "there"),
    [
        (LEFT % "终止", False),
        (LEFT % "死亡", False),
        (LEFT % "终止" + FOLLOWED, True),
        (LEFT % "并非违法行为人", True),
        ("", True),
    ],
)
def test_whoever_is_there_no_more_is_told_nothing_a25(left: str, there: bool) -> None:
    """A party that died or was dissolved without successor: its case is up for withdrawal and waits for no telling."""
    told = DOCKET + left
    waiting = {s.code: s for s in judged(told, "2026-03-06").steps}["case_withdrawal_approval"]
    assert waiting.optional == there
    told += SHEET % ("case_withdrawal_approval", "")
    assert bool(occurrences(case_of(told), "told")) != there
    assert outcomes("R25.1", script(told + CLOSED)) == ({"报批": "violated"} if there else {})
    assert bool(left_undone(case_of(told), at("2026-03-20"))) == there
