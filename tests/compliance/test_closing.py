"""Telling the result, closing, archiving, recording in time (R25.1, R30.1, R31.1, R4.2)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from liuhen.casefile.moments import instant
from liuhen.casefile.settle import settle
from liuhen.compliance.judge import answers, context
from liuhen.scripts.facts import entries_of
from tests.compliance.told import at, found, outcomes, script, stopped_by_last

DECIDED = (
    "  - {at: 2026-03-25, by: 甲, file: penalty_decision, as: 决定, "
    "values: {penalties: [{kind: 警告}, {kind: 罚款, amount: 4980元}]}, issued: true%s}\n"
)
SERVED = ", served: 2026-03-26"
PAID = "  - {at: %s, state: payment_made, values: {on: %s, amount: %s, receipt_no: %s}}\n"
FULL = PAID % ("2026-04-01", "2026-04-01", "4980元", "示例1")
CLOSED = (
    "  - {at: 2026-04-20 09:00, by: 甲, file: closing_report, as: 结案, approved: "
    "{S: {by: 科长, on: 2026-04-20 10:00}, B: {by: 局长, on: 2026-04-20 11:00}}}\n"
)
SOURCE = (
    "  - {at: 2026-03-02, file: case_source_form, as: 来源, "
    "values: {source_kind: 举报, is_named: true, provider: 王某}}\n"
)


def telling(whom: str, name: str, day: str = "2026-03-30") -> str:
    values = f"told_at: {day} 09:00, told_as: {whom}, told: {name}"
    return f"  - {{at: {day}, file: result_notification_record, as: 告知{name}, values: {{{values}}}}}\n"


def still_open(told: str) -> set[str]:
    answered = outcomes("R30.1", script(told))
    return {subject for subject, outcome in answered.items() if outcome == "violated"}


def test_the_result_is_told_to_party_and_named_reporter_r25_1() -> None:
    decided = SOURCE + DECIDED % SERVED
    both = telling("被调查人", "张某") + telling("举报人", "王某")
    assert outcomes("R25.1", script(decided), "2026-03-27") == {"来源": "open", "决定": "open"}
    assert outcomes("R25.1", script(decided)) == {"来源": "violated", "决定": "violated"}
    assert outcomes("R25.1", script(decided + both)) == {"来源": "met", "决定": "met"}


def test_what_was_told_before_the_decision_is_not_its_result_r25_1() -> None:
    told = script(SOURCE + telling("举报人", "王某", "2026-03-09") + DECIDED % SERVED)
    assert outcomes("R25.1", told)["来源"] == "violated"


def test_closing_makes_an_untold_result_a_finding_at_once_r25_1() -> None:
    told = script(DECIDED.replace("2026-03-25", "2026-04-17") % "" + CLOSED)
    assert outcomes("R25.1", told, "2026-04-21") == {"决定": "violated"}


def test_a_case_that_is_done_is_closed_r30_1() -> None:
    assert still_open(DECIDED % SERVED + FULL + CLOSED) == set()


@pytest.mark.parametrize(
    ("told", "subject"),
    [
        (DECIDED % "" + FULL + CLOSED, "决定.open"),
        (DECIDED % SERVED + CLOSED, "决定.fine.open"),
        (
            DECIDED % SERVED + PAID % ("2026-04-01", "2026-04-01", "4979元", "示例1") + CLOSED,
            "决定.fine.open",
        ),
        (
            DECIDED % SERVED + PAID % ("2026-05-01", "2026-05-01", "4980元", "示例1") + CLOSED,
            "决定.fine.open",
        ),
        (SOURCE + DECIDED % SERVED + FULL + CLOSED, "来源.open"),
        ("  - {at: 2026-03-05, file: hold_notice, as: 登保}\n" + CLOSED, "登保.held.open"),
        (
            DECIDED.replace("{kind: 警告}", "{kind: 没收非法财物}") % SERVED + FULL + CLOSED,
            "决定.没收非法财物.open",
        ),
    ],
)
def test_closing_is_stopped_while_something_is_open_r30_1(told: str, subject: str) -> None:
    assert still_open(told) == {subject}
    assert "R30.1" in stopped_by_last(script(told))


def test_an_explained_obligation_does_not_stop_closing_r30_1() -> None:
    explained = "  - {at: 2026-04-18, state: obligation_explained, values: {what: 罚没款缴纳, text: 已申请法院强制执行}}\n"
    assert still_open(DECIDED % SERVED + explained + CLOSED) == set()


def test_one_voucher_counts_once_r30_1() -> None:
    """The fact and the paper of one payment are the same money."""
    half = PAID % ("2026-04-01", "2026-04-01", "2490元", "示例1")
    paper = "  - {at: 2026-04-01, file: payment_record, values: {paid_on: 2026-04-01, amount: 2490元, receipt_no: %s}}\n"
    assert still_open(DECIDED % SERVED + half + paper % "示例1" + CLOSED) == {"决定.fine.open"}
    assert still_open(DECIDED % SERVED + half + paper % "示例2" + CLOSED) == set()


def test_closing_wants_the_approved_report_r30_1() -> None:
    entries, office = entries_of(script(DECIDED % SERVED + FULL + CLOSED))
    unapproved = [e for e in entries if e.kind != "Decided"]
    case = settle(unapproved, office)
    found_ = {
        f.subject: f.outcome for f in answers(case, context(at("2026-05-01"), office)) if f.code == "R30.1"
    }
    assert found_["closing_report"] == "violated"


def test_an_unconfirmed_backfill_stops_closing_r30_1() -> None:
    entries, office = entries_of(script(DECIDED % SERVED + FULL + CLOSED))
    here = [e if e.kind == "Happened" else replace(e, origin="made") for e in entries]
    ctx = context(at("2026-05-01"), office)
    waiting = {f.subject: f.outcome for f in answers(settle(here, office), ctx) if f.code == "R30.1"}
    assert waiting["unconfirmed"] == "violated"


@pytest.mark.parametrize(("days", "late"), [(3, False), (12, True)])
def test_what_is_recorded_long_afterwards_is_found_r4_2(days: int, *, late: bool) -> None:
    told = script("  - {at: 2026-03-05 10:00, by: 甲, file: interview_record, as: 笔录}\n")
    entries, office = entries_of(told)
    backfilled = [replace(e, recorded_at=instant(e.at) + timedelta(days=days)) for e in entries]
    case = settle(backfilled, office)
    messages = [f.message for f in answers(case, context(at("2026-05-01"), office)) if f.code == "R4.2"]
    assert [("询问笔录" in m and "3个工作日" in m) for m in messages] == ([True] if late else [])
    outside = context(at("2026-05-01"), office, outside=True)
    assert not [f for f in answers(case, outside) if f.code == "R4.2"]


def test_the_archived_file_is_whole_r31_1() -> None:
    told = script(DECIDED % "" + "  - {at: 2026-05-10, archive: true}\n")
    answered = found("R31.1", told)
    assert "没有送达" in answered["决定"].message
    assert answered["closing_report"].outcome == "violated"


def test_a_refused_sheet_lacks_nothing_r31_1() -> None:
    told = script(
        "  - {at: 2026-03-05, by: 甲, file: docket_approval, as: 立案, signed: {officer: [甲, 乙]}, "
        "approved: {S: {by: 科长, on: 2026-03-06, opinion: refuse}}}\n  - {at: 2026-05-10, archive: true}\n"
    )
    assert outcomes("R31.1", told) == {"立案": "met"}


def test_the_archive_names_all_that_a_paper_lacks_r31_1() -> None:
    told = script(
        "  - {at: 2026-03-05, file: docket_approval, as: 立案}\n  - {at: 2026-05-10, archive: true}\n"
    )
    message = found("R31.1", told)["立案"].message
    assert all(word in message for word in ("没有执法人员的签名", "没有批准", "没有签发"))


def test_a_settled_finding_explains_the_obligation_r30_1() -> None:
    explained = "  - {at: 2026-04-18, explain: R30.1, text: 已申请法院强制执行, subject: 决定.fine.open}\n"
    assert still_open(DECIDED % SERVED + explained + CLOSED) == set()


def test_an_outside_source_need_not_tell_of_payment_r30_1() -> None:
    told = script(DECIDED % SERVED + CLOSED)
    assert outcomes("R30.1", told, outside=True)["决定.fine.open"] == "unknown"
