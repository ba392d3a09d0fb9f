"""Checks of corrections, disposal of confiscated things, lists that add up (R28.1, R29.1, R29.2, R30.1; domain §2)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.casefile.settle import settle
from liuhen.compliance.things import left, too_many
from liuhen.measures.lists import FLOWS
from tests.compliance.told import found, ours, outcomes, script, stopped_by_last

CHECK = (
    "  - {at: 2026-03-26 11:00, by: 甲, file: cure_check_record, as: 复查, "
    "values: {started_at: 2026-03-26 09:00, ended_at: 2026-03-26 10:00}}\n"
)
FILM = (
    "  - {at: 2026-03-26 10:00, by: 甲, record: {what: 复查录像, from: 2026-03-26 08:55, "
    "to: 2026-03-26 10:05, document: %s}}\n"
)
SHEET = (
    "  - {at: 2026-03-20 09:00, by: 甲, file: case_matter_approval, as: 审批, values: {topic: %s}, "
    "approved: {S: 2026-03-20 10:00, B: %s}}\n"
)
GOODS = (
    "  - {at: 2026-03-26 11:00, by: 甲, file: goods_disposal_record, as: 处理, "
    "values: {at: 2026-03-26 09:00%s}, signed: {%s}}\n"
)
SIGNED = "executor: [执行人一, 执行人二], witness: 见证人"
CLOSING = "  - {at: 2026-04-20, by: 甲, file: closing_report, approved: {S: 2026-04-20, B: 2026-04-20}}\n"
HOLD = "  - {at: 2026-03-05, by: 甲, file: hold_notice, as: 保存, values: {items: [%s]}, issued: true}\n"
RETURN = "  - {at: 2026-03-%s, by: 甲, file: hold_disposal_notice, as: 处理%s, values: {items: [%s]}, issued: true}\n"


def rows(name: str, quantity: int) -> str:
    return f"{{name: {name}, quantity: {quantity}, unit: 袋}}"


@pytest.mark.parametrize(("more", "outcome"), [(FILM % "复查", "met"), ("", "violated")])
def test_a_check_of_the_correction_is_filmed_r28_1(more: str, outcome: str) -> None:
    assert outcomes("R28.1", script(CHECK + more)) == {"复查": outcome}


@pytest.mark.parametrize(
    ("before", "outcome"),
    [
        (SHEET % ("罚没物品处理", "2026-03-20 11:00"), "met"),
        (SHEET % ("罚没物品处理", "2026-03-27 11:00"), "violated"),
        (SHEET % ("案件移送", "2026-03-20 11:00"), "violated"),
        ("", "violated"),
    ],
)
def test_goods_are_disposed_of_after_approval_r29_1(before: str, outcome: str) -> None:
    assert outcomes("R29.1", script(before + GOODS % ("", SIGNED))) == {"处理": outcome}


def test_a_record_of_disposal_without_approval_is_stopped_r29_1() -> None:
    assert "R29.1" in stopped_by_last(script(GOODS.replace(", signed: {%s}", "") % ""))
    assert outcomes("R29.1", script(GOODS % ("", SIGNED)), outside=True) == {"处理": "unknown"}


@pytest.mark.parametrize(
    ("signed", "outcome"),
    [
        (SIGNED, "met"),
        (SIGNED.replace("[执行人一, 执行人二]", "执行人一"), "violated"),
        (SIGNED.replace(", witness: 见证人", ""), "violated"),
        (SIGNED.replace("witness: 见证人", "witness: {name: 见证人, pages: last}"), "violated"),
    ],
)
def test_executors_and_witness_sign_every_page_r29_2(signed: str, outcome: str) -> None:
    told = script(GOODS % ("", signed) + FILM % "处理" + CLOSING)
    assert outcomes("R29.2", told) == {"处理": "met", "处理.signed": outcome}


def test_more_goes_out_than_was_taken_r29_2() -> None:
    told = script(HOLD % rows("玉米", 10) + RETURN % ("10", "", rows("玉米", 12)))
    assert "玉米2袋" in found("R29.2", told)["处理.items"].message
    assert outcomes("R29.2", script(HOLD % rows("玉米", 10) + RETURN % ("10", "", rows("玉米", 10)))) == {}


def test_what_is_left_on_a_list_keeps_the_case_open_r30_1() -> None:
    part = HOLD % rows("玉米", 10) + RETURN % ("10", "", rows("玉米", 4))
    open_ = found("R30.1", script(part + CLOSING))["保存.held.open"]
    assert (open_.outcome, "玉米6袋没有处理" in open_.message) == ("violated", True)
    whole = part + RETURN % ("11", "二", rows("玉米", 6))
    assert "保存.held.open" not in outcomes("R30.1", script(whole + CLOSING))


@given(st.integers(1, 50), st.lists(st.integers(1, 50), max_size=4))
def test_what_was_taken_is_what_went_out_and_what_is_left(taken: int, gone: list[int]) -> None:
    """For any parts: surplus and rest are never both there, and taken + surplus = gone + rest."""
    steps = HOLD % rows("玉米", taken)
    steps += "".join(RETURN % (10 + n, n, rows("玉米", q)) for n, q in enumerate(gone))
    case = settle(*ours(script(steps)))
    surplus = sum(t.quantity for t in too_many(case, FLOWS[0]))
    rest = sum(t.quantity for t in left(case, FLOWS[0], case.of("hold_notice")[0]))
    assert not (surplus and rest)
    assert taken + surplus == sum(gone) + rest
