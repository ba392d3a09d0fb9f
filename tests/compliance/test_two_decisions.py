"""Two parties in one case, each with a decision of its own: limits, telling, the next round (A25; TL-21 to TL-26, TL-41, TL-45)."""

from __future__ import annotations

import pytest

from liuhen.casefile.settle import settle
from liuhen.casefile.state import CaseFile
from liuhen.compliance.deadlines import deadlines
from liuhen.compliance.exits import taken
from liuhen.compliance.judge import context, judge
from tests.compliance.told import at, ours, outcomes, script

DOCKET = "  - {at: 2026-01-05, by: 甲, file: docket_approval, approved: {S: 2026-01-05, B: 2026-01-05}}\n"
REPORT = "  - {at: 2026-01-06, by: 甲, file: investigation_report, as: 报告, approved: {S: 2026-01-06}}\n"
JOINED = "  - {at: 2026-01-06, by: 甲, state: party_joined, values: {on: 2026-01-06, party: {party_kind: 自然人, name: 张某}, text: 责任人员}}\n"
FIRM, PERSON = "party: {party_kind: 法人, name: 某粮食有限公司}", "party: {party_kind: 自然人, name: 张某}"


def of(party: str, name: str, told: str, on: str, amount: str = "20000元") -> str:
    """Proposal, notice, approval and decision on one party, each paper served on it."""
    to = party.rpartition("name: ")[2].rstrip("}")
    values = f"{{{party}, penalties: [{{kind: 罚款, amount: {amount}}}]}}"
    served = f"served: {{on: %s, to: {to}}}"
    return (
        f"  - {{at: {told} 09:00, by: 甲, file: proposal_approval, as: 拟{name}, values: {values}, "
        f"approved: {{S: {told} 09:10, B: {told} 09:20}}}}\n"
        f"  - {{at: {told} 10:00, by: 甲, file: penalty_notice, as: 告{name}, values: {values}, issued: {told}, "
        f"{served % told}}}\n"
        f"  - {{at: {on} 09:00, by: 甲, file: decision_approval, as: 批{name}, values: {values}, "
        f"approved: {{S: {on} 09:10, B: {on} 09:20}}}}\n"
        f"  - {{at: {on} 10:00, by: 甲, file: penalty_decision, as: 决{name}, values: {values}, issued: {on}, "
        f"{served % on}}}\n"
    )


BOTH = (
    DOCKET
    + REPORT
    + JOINED
    + of(FIRM, "公司", "2026-01-07", "2026-01-20")
    + of(PERSON, "张", "2026-01-07", "2026-01-22")
)


def case_of(text: str) -> CaseFile:
    return settle(*ours(script(text)))


def due(text: str, code: str, now: str) -> dict[str, tuple[str, str]]:
    case = case_of(text)
    found = [d for d in deadlines(case, context(at(now), case.office)) if d.code == code]
    return {d.subject: (d.due.day.isoformat(), d.state) for d in found}


@pytest.mark.parametrize(
    ("code", "firm", "person"),
    [
        ("TL-21", "2026-02-04", "2026-02-06"),
        ("TL-23", "2026-03-23", "2026-03-23"),
        ("TL-24", "2026-07-20", "2026-07-22"),
        ("TL-26", "2026-10-20", "2026-10-22"),
        ("TL-41", "2026-01-29", "2026-02-02"),
    ],
)
def test_each_decision_has_limits_of_its_own(code: str, firm: str, person: str) -> None:
    assert due(BOTH, code, "2026-01-23") == {"决公司": (firm, "open"), "决张": (person, "open")}


def test_they_are_told_apart_by_the_party() -> None:
    case = case_of(BOTH)
    found = [d for d in deadlines(case, context(at("2026-01-23"), case.office)) if d.code == "TL-21"]
    assert [d.subject_title for d in found] == ["行政处罚决定书（某粮食有限公司）", "行政处罚决定书（张某）"]


def test_what_the_one_paid_ends_only_its_own_limit_tl_21() -> None:
    paid = "  - {at: 2026-02-03, by: 甲, state: payment_made, document: 决张, values: {on: 2026-02-03, amount: 20000元}}\n"
    assert due(BOTH + paid, "TL-21", "2026-02-05") == {
        "决公司": ("2026-02-04", "overdue"), "决张": ("2026-02-06", "met"),
    }  # fmt: skip
    assert set(due(BOTH + paid, "TL-22", "2026-02-09")) == {"决公司"}


def test_a_part_of_the_fine_does_not_end_the_limit_tl_21() -> None:
    part = "  - {at: 2026-02-03, by: 甲, state: payment_made, document: 决张, values: {on: 2026-02-03, amount: %s}}\n"
    assert due(BOTH + part % "19999元", "TL-21", "2026-02-09")["决张"][1] == "overdue"


def test_publishing_one_decision_leaves_the_other_tl_41() -> None:
    published = "  - {at: 2026-01-23, by: 甲, state: published, document: 决张, values: {on: 2026-01-23, carrier: 网站}}\n"
    assert due(BOTH + published, "TL-41", "2026-01-25") == {
        "决公司": ("2026-01-29", "open"), "决张": ("2026-02-02", "met"),
    }  # fmt: skip


TOLD = (
    "  - {at: %s 09:00, by: 甲, file: result_notification_record, as: 告知%s, values: {occasion: 处罚, told_at: %s 09:00, "
    "told: {name: %s}, told_as: 被调查人}}\n"
)


def test_each_party_is_told_of_its_own_decision_r25_1_tl_45() -> None:
    firm = TOLD % ("2026-01-23", "公司", "2026-01-23", "某粮食有限公司")
    assert outcomes("R25.1", script(BOTH + firm), "2026-03-01") == {"决公司": "met", "决张": "violated"}
    assert due(BOTH + firm, "TL-45", "2026-01-24") == {
        "决公司": ("2026-01-29", "met"), "决张": ("2026-02-02", "open"),
    }  # fmt: skip
    person = TOLD % ("2026-01-24", "张", "2026-01-24", "张某")
    assert set(outcomes("R25.1", script(BOTH + firm + person), "2026-03-01").values()) == {"met"}


FELL = (
    "  - {at: 2026-04-01 10:00, by: 甲, state: contest_ended, document: 决张, "
    "values: {on: 2026-04-01, route: 行政诉讼, result: %s}}\n"
)


def ready(text: str, now: str) -> set[str]:
    case = case_of(text)
    return {step.title for step in judge(case, context(at(now), case.office)).steps if not step.locked}


def test_one_of_two_parties_is_proposed_and_told_anew_when_its_decision_falls() -> None:
    """诉 70: what was done for the other party, whose decision stands, ends no step of this one."""
    assert not any("报批拟处罚意见" in title for title in ready(BOTH, "2026-01-23"))
    assert "报批拟处罚意见（张某）" in ready(BOTH + FELL % "重作", "2026-04-02")
    approved = of(PERSON, "再张", "2026-04-03", "2026-04-20").splitlines(keepends=True)[0]
    assert "制作行政处罚告知书（张某）" in ready(BOTH + FELL % "重作" + approved, "2026-04-04")
    anew = BOTH + FELL % "重作" + of(PERSON, "再张", "2026-04-03", "2026-04-20")
    assert not any("（张某）" in title for title in ready(anew, "2026-04-21"))


def test_a_decision_that_was_only_annulled_is_not_asked_for_anew() -> None:
    assert not any("（张某）" in title for title in ready(BOTH + FELL % "撤销", "2026-04-02"))


def test_the_case_is_not_out_while_a_decision_is_to_be_made_anew() -> None:
    assert taken(case_of(BOTH)) is not None
    assert taken(case_of(BOTH + FELL % "重作")) is None


def test_an_instalment_of_an_untold_amount_leaves_the_extra_fine_unknown_p72_1() -> None:
    plan = (
        "  - {at: 2026-02-02, by: 甲, file: instalment_decision, issued: true, "
        "values: {decision: 决张, schedule: [{due_on: 2026-03-02, amount: 10000元}, {due_on: 2026-04-02%s}]}}\n"
        "  - {at: 2026-05-06, by: 甲, file: additional_fine_notice, as: 加处, issued: true, "
        "values: {decision: 决张, to_on: 2026-05-06, amount: 20000元}}\n"
    )
    assert outcomes("P72.1", script(BOTH + plan % ""))["加处"] == "unknown"
    assert outcomes("P72.1", script(BOTH + plan % ", amount: 10000元"))["加处"] == "met"
    assert due(BOTH + plan % "", "TL-21", "2026-02-10")["决张"] == ("2026-04-02", "open")


def test_instalments_not_yet_issued_move_nothing_tl_26() -> None:
    plan = (
        "  - {at: 2026-02-02, by: 甲, file: instalment_decision,%s "
        "values: {decision: 决张, schedule: [{due_on: 2026-10-10, amount: 20000元}]}}\n"
    )
    assert due(BOTH + plan % "", "TL-26", "2026-03-01")["决张"] == ("2026-10-22", "open")
    assert due(BOTH + plan % " issued: true,", "TL-26", "2026-03-01")["决张"] == ("2027-01-11", "open")
    assert due(BOTH + plan % " issued: true,", "TL-26", "2026-03-01")["决公司"] == ("2026-10-20", "open")
