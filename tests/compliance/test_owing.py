"""What is owed and what was paid, decision by decision (P72.1, R30.1; 罚 66, 67, 72, 75; 强 53)."""

from __future__ import annotations

import pytest

from liuhen.casefile.settle import settle
from liuhen.casefile.state import CaseFile
from liuhen.compliance.execution import extra_fine, items
from liuhen.compliance.judge import context
from liuhen.compliance.owing import owed, paid, payments
from liuhen.compliance.rounds import this_round
from tests.compliance.told import at, ours, outcomes, script

PERSON = "party: {party_kind: 自然人, name: 张某}, "
DECIDED = (
    "  - {at: 2026-03-02, by: 甲, file: penalty_decision, as: %s, values: {%spenalties: [%s]}, "
    "issued: true, served: {on: 2026-03-02, to: %s}}\n"
)
FIRM = DECIDED % ("决公司", "", "{kind: 罚款, amount: 30000元}", "某粮食有限公司")
BOTH = FIRM + DECIDED % ("决张", PERSON, "{kind: 罚款, amount: 10000元}", "张某")
PAID = "  - {at: %s, by: 甲, state: payment_made, values: {on: %s, amount: %s, receipt_no: %s}%s}\n"
CLOSED = (
    "  - {at: 2026-05-20 09:00, by: 甲, file: closing_report, as: 结案, approved: "
    "{S: {by: 科长, on: 2026-05-20 10:00}, B: {by: 局长, on: 2026-05-20 11:00}}}\n"
)
FELL = (
    "  - {at: 2026-04-01 10:00, by: 甲, state: contest_ended, document: %s, "
    "values: {on: 2026-04-01, route: 行政复议, result: %s}}\n"
)
REFUND = "  - {at: 2026-04-08, by: 甲, state: money_refunded, values: {on: 2026-04-08, amount: 30000元, receipt_no: 退1}}\n"


def case_of(text: str) -> CaseFile:
    return settle(*ours(script(text)))


def left(text: str) -> dict[str, int]:
    case = case_of(text)
    return {d.id: owed(case, d) for d in case.of("penalty_decision")}


def pay(on: str, amount: str, voucher: str, decision: str = "") -> str:
    return PAID % (on, on, amount, voucher, f", document: {decision}" if decision else "")


@pytest.mark.parametrize(
    ("paid_for", "expected"),
    [
        (pay("2026-03-09", "10000元", "一", "决张"), {"决公司": 3_000_000, "决张": 0}),
        (pay("2026-03-09", "10000元", "一"), {"决公司": 3_000_000, "决张": 0}),
        (pay("2026-03-09", "30000元", "一"), {"决公司": 0, "决张": 1_000_000}),
        (pay("2026-03-09", "40000元", "一"), {"决公司": 0, "决张": 0}),
        (pay("2026-03-09", "10000元", "一", "决公司"), {"决公司": 2_000_000, "决张": 1_000_000}),
    ],
)
def test_a_payment_is_of_the_decision_that_it_names_or_fits(paid_for: str, expected: dict[str, int]) -> None:
    assert left(BOTH + paid_for) == expected


def test_a_payment_paper_is_of_the_decision_whose_number_it_bears() -> None:
    numbered = BOTH.replace(
        "issued: true, served: {on: 2026-03-02, to: 张某}",
        "issued: {on: 2026-03-02, number: 罚2号}, served: {on: 2026-03-02, to: 张某}",
    )
    paper = (
        "  - {at: 2026-03-09, file: payment_record, values: {decision_number: 罚2号, payer: 某粮食有限公司, "
        "paid_on: 2026-03-09, amount: 5000元, receipt_no: 一}}\n"
    )
    assert left(numbered + paper) == {"决公司": 3_000_000, "决张": 500_000}


def test_every_decision_is_paid_before_closing_r30_1() -> None:
    """单位 and 责任人员 are both fined: what the one paid does not close the case of the other."""
    half = outcomes("R30.1", script(BOTH + pay("2026-03-09", "10000元", "一", "决张") + CLOSED))
    assert half["决公司.fine.open"] == "violated"
    assert "决张.fine.open" not in half
    whole = BOTH + pay("2026-03-09", "10000元", "一", "决张") + pay("2026-03-10", "30000元", "二", "决公司")
    assert not [s for s in outcomes("R30.1", script(whole + CLOSED)) if s.endswith("fine.open")]


def test_what_was_refunded_is_not_paid_r30_1() -> None:
    first = FIRM + pay("2026-03-09", "30000元", "一") + FELL % ("决公司", "重作")
    again = FIRM.replace("2026-03-02", "2026-04-20").replace("决公司", "决二")
    assert left(first + again)["决二"] == 0
    assert left(first + REFUND + again)["决二"] == 3_000_000
    assert left(first + again + pay("2026-04-30", "30000元", "二"))["决二"] == -3_000_000


def test_money_is_carried_out_once_all_of_it_is_paid() -> None:
    """Payment of the confiscated gains alone does not make the fine paid, payment of both does so for both."""
    text = DECIDED % (
        "决",
        "",
        "{kind: 罚款, amount: 10000元}, {kind: 没收违法所得, amount: 30000元}",
        "某粮食有限公司",
    )

    def states(more: str) -> list[str]:
        case = case_of(text + more)
        return [i.state for i in items(case, case.documents["决"], context(at("2026-03-30"), case.office))]

    assert "已履行" not in states(pay("2026-03-09", "30000元", "一"))
    assert states(pay("2026-03-09", "40000元", "一")) == ["已履行", "已履行"]


def test_what_pays_the_gains_pays_nothing_of_the_fine_p72_1() -> None:
    text = DECIDED % (
        "决",
        "",
        "{kind: 罚款, amount: 10000元}, {kind: 没收违法所得, amount: 30000元}",
        "某粮食有限公司",
    )
    case = case_of(text + pay("2026-03-09", "30000元", "一"))
    ctx = context(at("2026-04-01"), case.office)
    assert extra_fine(case, case.documents["决"], ctx, at("2026-03-27").date()) == 300_00 * 10


def test_one_voucher_is_one_payment() -> None:
    paper = "  - {at: 2026-03-09, file: payment_record, values: {paid_on: 2026-03-09, amount: 10000元, receipt_no: 一}}\n"
    case = case_of(BOTH + pay("2026-03-09", "10000元", "一", "决张") + paper)
    assert [(p.amount, p.decision) for p in payments(case)] == [(1_000_000, "决张")]
    assert paid(case, case.documents["决公司"]) == []


TOLD = "  - {at: 2026-02-02, by: 甲, file: penalty_notice, as: %s, values: {%spenalties: [{kind: 罚款, amount: %s}]}, issued: true, served: {on: 2026-02-02, to: %s}}\n"
NOTICES = TOLD % ("告公司", "", "30000元", "某粮食有限公司") + TOLD % ("告张", PERSON, "10000元", "张某")


def test_each_party_is_held_to_what_it_was_told_p44_1() -> None:
    """Nobody registered that a party joined: another kind of party with a decision of its own is another party all the same."""
    assert outcomes("P44.1", script(NOTICES + BOTH)) == {"决公司": "met", "决张": "met"}
    slip = NOTICES.replace("自然人, name: 张某", "法人, name: 某粮食公司")
    raised = DECIDED % ("决", "", "{kind: 罚款, amount: 30000元}", "某粮食有限公司")
    assert outcomes("P44.1", script(slip + raised)) == {"决": "violated"}


def test_what_fell_takes_nothing_of_another_party_with_it() -> None:
    case = case_of(NOTICES + BOTH + FELL % ("决张", "撤销"))
    kept = set(this_round(case).documents)
    assert {"告公司", "决公司"} <= kept
    assert not {"告张", "决张"} & kept


def test_a_decision_made_after_another_partys_fell_stands_on_its_own_notice_p44_1() -> None:
    late = (DECIDED % ("决张", PERSON, "{kind: 罚款, amount: 10000元}", "张某")).replace(
        "2026-03-02", "2026-04-20"
    )
    text = NOTICES + FIRM + FELL % ("决公司", "撤销") + late
    assert outcomes("P44.1", script(text))["决张"] == "met"
