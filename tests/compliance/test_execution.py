"""Extra fine, instalments, demand, court, publication (P48.1, P66.1, P72.1, F54.1; domain §3.4)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.casefile.settle import settle
from liuhen.compliance.execution import Part, accrues_from, additional_fine, items, payable
from liuhen.compliance.judge import context
from tests.compliance.told import at, found, ours, outcomes, script, stopped_by_last

FIRST = date(2026, 1, 1)
amounts = st.integers(1, 10_000_000)
days = st.integers(0, 400)
DECISION = (
    "  - {at: 2026-01-05, by: 甲, file: penalty_decision, as: 决定书, "
    "values: {penalties: [{kind: 罚款, amount: 20000元}]}, issued: true, served: 2026-01-05}\n"
)
PLAN = (
    "  - {at: 2026-01-12, by: 甲, file: instalment_decision, as: 分期, values: {decision: 决定书, schedule: "
    "[{due_on: 2026-02-01, amount: 10000元}, {due_on: 2026-03-01, amount: %s}]}, issued: true}\n"
)
EXTRA = (
    "  - {at: 2026-02-10, by: 甲, file: additional_fine_notice, as: 加处, "
    "values: {decision: 决定书, to_on: 2026-01-30, amount: %s}, issued: true}\n"
)
DEMAND = "  - {at: 2026-07-10, by: 甲, file: performance_demand, as: 催告, issued: true, served: %s}\n"
COURT = "  - {at: %s, by: 甲, file: court_execution_application, as: 申请, values: {%s}, issued: true}\n"
ENDED = (
    "  - {at: 2026-01-08, by: 甲, state: published, values: {on: 2026-01-08}}\n"
    "  - {at: 2026-04-01, by: 甲, as: 终结, state: contest_ended, values: {on: 2026-04-01, route: 行政诉讼, result: %s}}\n"
)
CONTESTED = (
    "  - {at: 2026-06-30, by: 甲, state: contested, "
    "values: {route: 行政诉讼, on: 2026-06-30, notice_on: 2026-07-03, body: 某法院}}\n"
)
GONE = "  - {at: 2026-04-0%s, by: 甲, state: publication_withdrawn, values: {on: 2026-04-0%s}}\n"


def days_after(n: int) -> date:
    return FIRST + timedelta(days=n)


@given(amounts, days)
def test_three_percent_a_day_up_to_the_fine_p72_1(fine: int, late: int) -> None:
    """For one part never paid: 3 % of it for each day late, and never more than itself."""
    expected = min(fine * 1000, fine * 30 * late) // 1000
    assert additional_fine([Part(FIRST, fine)], [], days_after(late)) == expected


@given(amounts, amounts, days, days, days)
def test_more_time_never_costs_less_and_never_more_than_the_fine(
    fine: int, paid: int, on: int, late: int, more: int
) -> None:
    parts, payment = [Part(FIRST, fine)], [Part(days_after(on), paid)]
    now = additional_fine(parts, payment, days_after(late))
    then = additional_fine(parts, payment, days_after(late + more))
    assert 0 <= now <= then <= fine


@given(amounts, days, days)
def test_a_fine_paid_in_time_bears_nothing(fine: int, early: int, late: int) -> None:
    paid = [Part(FIRST - timedelta(days=early), fine)]
    assert additional_fine([Part(FIRST, fine)], paid, days_after(late)) == 0


@given(amounts, days, st.lists(st.tuples(days, days), max_size=3))
def test_pauses_never_add_and_a_pause_over_all_leaves_nothing(
    fine: int, late: int, spans: list[tuple[int, int]]
) -> None:
    parts, resting = [Part(FIRST, fine)], [(days_after(a), days_after(b)) for a, b in spans]
    assert additional_fine(parts, [], days_after(late), resting) <= additional_fine(
        parts, [], days_after(late)
    )
    assert additional_fine(parts, [], days_after(late), [(FIRST, days_after(late))]) == 0


@given(amounts, amounts, st.integers(0, 60), days)
def test_instalments_never_bear_more_than_the_whole_at_once(one: int, two: int, gap: int, late: int) -> None:
    split = [Part(FIRST, one), Part(days_after(gap), two)]
    whole = [Part(FIRST, one + two)]
    assert additional_fine(split, [], days_after(late)) <= additional_fine(whole, [], days_after(late))


@pytest.mark.parametrize(("second", "outcome"), [("10000元", "met"), ("9000元", "violated")])
def test_instalments_add_up_to_the_fine_p66_1(second: str, outcome: str) -> None:
    assert outcomes("P66.1", script(DECISION + PLAN % second)) == {"分期": outcome}


@pytest.mark.parametrize(("amount", "outcome"), [("6000元", "met"), ("6001元", "violated")])
def test_the_extra_fine_is_what_has_accrued_p72_1(amount: str, outcome: str) -> None:
    """Due on 20 January; ten days by the 30th at 600 yuan each."""
    assert outcomes("P72.1", script(DECISION + EXTRA % amount)) == {"加处": outcome}


@pytest.mark.parametrize(
    ("on", "more", "outcome"),
    [
        ("2026-10-08", "", "met"),
        ("2026-10-09", "", "violated"),
        ("2026-10-09", "late_reason: 疫情封控", "met"),
    ],
)
def test_the_court_is_asked_within_three_months_p72_1(on: str, more: str, outcome: str) -> None:
    """Suing is over on Monday 6 July (5 July is a Sunday); 6 October is in a holiday that gives way to the 8th."""
    told = script(DECISION + DEMAND % "2026-07-10" + COURT % (on, more))
    assert outcomes("P72.1", told) == {"申请": outcome, "申请.early": "met"}, found("P72.1", told)[
        "申请"
    ].message


@pytest.mark.parametrize(
    ("on", "more", "outcome"),
    [
        ("2026-07-06", "", "violated"),
        ("2026-07-07", "", "met"),
        ("2026-07-27", CONTESTED, "violated"),
    ],
)
def test_the_court_is_asked_once_suing_is_over_p72_1(on: str, more: str, outcome: str) -> None:
    """强 53: the party neither asked for reconsideration nor sued."""
    told = script(DECISION + DEMAND % "2026-07-10" + more + COURT % (on, ""))
    assert outcomes("P72.1", told)["申请.early"] == outcome


@pytest.mark.parametrize(
    ("demand", "on", "outcome"),
    [
        (DEMAND % "2026-07-10", "2026-07-27", "met"),
        (DEMAND % "2026-07-10", "2026-07-24", "violated"),
        ("", "2026-07-27", "violated"),
    ],
)
def test_a_demand_comes_ten_working_days_before_f54_1(demand: str, on: str, outcome: str) -> None:
    assert outcomes("F54.1", script(DECISION + demand + COURT % (on, ""))) == {"申请": outcome}


@pytest.mark.parametrize(
    ("more", "outcome"),
    [
        (ENDED % "撤销" + GONE % (3, 3), "met"),
        (ENDED % "撤销" + GONE % (9, 9), "violated"),
        (ENDED % "撤销", "violated"),
    ],
)
def test_what_was_published_is_withdrawn_when_annulled_p48_1(more: str, outcome: str) -> None:
    assert list(outcomes("P48.1", script(DECISION + more)).values()) == [outcome]
    assert outcomes("P48.1", script(DECISION + ENDED % "维持")) == {}


@pytest.mark.parametrize(
    ("more", "today", "state"),
    [
        ("", "2026-01-10", "待履行"),
        ("", "2026-01-21", "逾期"),
        ("", "2026-08-01", "可以催告"),
        (PLAN % "10000元", "2026-01-20", "分期缴纳"),
        (DEMAND % "2026-07-10", "2026-08-01", "已催告"),
        (DEMAND % "2026-07-10" + COURT % ("2026-07-27", ""), "2026-08-01", "已申请法院执行"),
        (
            "  - {at: 2026-01-12, by: 甲, state: payment_made, values: {amount: 20000元}}\n",
            "2026-02-01",
            "已履行",
        ),
    ],
)
def test_each_penalty_has_its_state(more: str, today: str, state: str) -> None:
    case = settle(*ours(script(DECISION + more)))
    (item,) = items(case, case.documents["决定书"], context(at(today), case.office))
    assert item.state == state


def contest(on: str, ended: str, route: str, result: str) -> str:
    begun = f"  - {{at: {on}, by: 甲, state: contested, values: {{route: {route}, on: {on}, notice_on: {on}, body: 某处}}}}\n"
    end = f"  - {{at: {ended}, by: 甲, state: contest_ended, values: {{on: {ended}, route: {route}, result: {result}}}}}\n"
    return begun + (end if ended else "")


def test_a_pending_suit_stops_the_application_on_its_own_day_p72_1() -> None:
    """The act is judged on the day on which it is done, before any end of the suit can be known."""
    told = script(DECISION + CONTESTED + DEMAND % "2026-07-10" + COURT % ("2026-07-27", ""))
    assert "P72.1" in stopped_by_last(told, "2026-07-27", 2)


@pytest.mark.parametrize(
    ("more", "on", "outcome"),
    [
        (contest("2026-06-29", "2026-11-30", "行政诉讼", "维持"), "2027-02-26", "met"),
        (contest("2026-06-29", "2026-11-30", "行政诉讼", "撤回申请或者起诉"), "2027-02-26", "met"),
        (contest("2026-06-29", "2026-11-30", "行政诉讼", "维持"), "2027-03-26", "unknown"),
        (contest("2026-02-02", "2026-03-02", "行政复议", "维持"), "2026-06-17", "met"),
        (contest("2026-02-02", "2026-03-02", "行政复议", "维持"), "2026-06-22", "violated"),
        (contest("2026-02-02", "2026-03-02", "行政复议", "撤回申请或者起诉"), "2026-10-08", "met"),
    ],
)
def test_the_three_months_run_from_the_end_of_a_suit_p72_1(more: str, on: str, outcome: str) -> None:
    """强 53, 诉 45, 95: a suit moves the start to its end; a reconsideration that was given up moves nothing."""
    told = script(DECISION + more + DEMAND % "2026-07-10" + COURT % (on, ""))
    assert outcomes("P72.1", told, "2027-06-01")["申请"] == outcome


@pytest.mark.parametrize(("on", "outcome"), [("2026-06-01", "violated"), ("2026-07-07", "met")])
def test_a_reconsideration_given_up_leaves_six_months_to_sue_p72_1(on: str, outcome: str) -> None:
    more = contest("2026-02-02", "2026-02-16", "行政复议", "撤回申请或者起诉")
    told = script(DECISION + more + DEMAND % "2026-05-10" + COURT % (on, ""))
    assert outcomes("P72.1", told)["申请.early"] == outcome


def test_instalments_that_do_not_add_up_are_not_put_before_the_leader_p66_1() -> None:
    """What the leader approves is what the party is told: the sheet is stopped, and not only the letter."""
    sheet = (PLAN % "%s").replace("instalment_decision", "instalment_approval").replace(", issued: true", "")
    assert outcomes("P66.1", script(DECISION + sheet % "4000元")) == {"分期": "violated"}
    assert outcomes("P66.1", script(DECISION + sheet % "10000元")) == {"分期": "met"}


PART_PAID = "  - {at: 2026-02-01, by: 甲, state: payment_made, values: {on: 2026-02-01, amount: 10000元}}\n"


@pytest.mark.parametrize(
    ("told", "now", "wanted", "since"),
    [
        ("", "2026-01-10", 2_000_000, None),
        ("", "2026-01-30", 2_000_000, "2026-01-21"),
        (PLAN % "10000元", "2026-01-30", 1_000_000, None),
        (PLAN % "10000元", "2026-02-10", 1_000_000, "2026-02-02"),
        (PLAN % "10000元" + PART_PAID, "2026-02-10", 1_000_000, None),
        (PLAN % "10000元" + PART_PAID, "2026-03-10", 1_000_000, "2026-03-02"),
        (PLAN % "10000元", "2026-03-10", 2_000_000, "2026-02-02"),
    ],
)
def test_what_is_to_be_paid_now_is_the_next_instalment_p72_1(
    told: str, now: str, wanted: int, since: str | None
) -> None:
    """The extra fine begins with the first part that was not paid in time, and not with one that was."""
    case = settle(*ours(script(DECISION + told)))
    ctx, decision = context(at(now), case.office), case.of("penalty_decision")[0]
    first = accrues_from(case, decision, ctx)
    assert (payable(case, decision, ctx), first.isoformat() if first else None) == (wanted, since)
