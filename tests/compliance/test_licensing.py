"""Licensing: acceptance, excluded and extended time, handover, review, hearing, decision (R6.1–R8.2; 许 32–48)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.casefile.settle import settle
from liuhen.compliance.deadlines import running
from liuhen.compliance.judge import context, flags, judge
from liuhen.compliance.licensing import acceptance, excluded
from liuhen.scripts.script import read_script
from tests.compliance.told import HEAD, at, found, ours, outcomes, stopped_by_last

LICENSING = HEAD.replace("penalty_ordinary", "licensing")
ENERGY, APPROVAL = "固定资产投资项目节能审查", "企业投资项目核准"
RECEIPT = "  - {at: 2026-03-02 09:00, file: material_receipt, as: 凭证, values: {matter: %s, received_at: 2026-03-02 09:00}}\n"
ACCEPTED = (
    "  - {at: %s, file: license_acceptance_notice, as: 受理, values: {matter: %s, accepted_on: %s}, "
    "issued: true, served: %s}\n"
)
SPECIAL = (
    "  - {at: %s, file: special_procedure_notice, as: %s, values: {procedure_kind: 专家评审, days_needed: %s, from_on: %s}, "
    "issued: true%s}\n"
)
GRANT = "  - {at: %s, file: license_grant_decision, as: 准予, issued: true}\n"


def script(steps):
    return read_script(f"{LICENSING}\nsteps:\n{steps}")


def accepted(matter=ENERGY, on="2026-03-02"):
    return RECEIPT % matter + ACCEPTED % (on, matter, on, on)


def case_of(told, now="2026-12-01"):
    entries, office = ours(told)
    case = settle(entries, office)
    return case, context(at(now), office)


def due(steps, code="TL-02", now="2026-12-01"):
    deadline = running(*_split(script(steps), code, now))
    return deadline.due.day.isoformat() if deadline else ""


def _split(told, code, now):
    case, ctx = case_of(told, now)
    return case, code, ctx


def special(name, on, days, served=True):
    told = f", served: {on}" if served is True else f", served: {served}" if served else ""
    return SPECIAL % (on, name, days, on, told)


def test_the_matter_says_which_limit_runs_tl_02_tl_04() -> None:
    assert due(accepted(ENERGY), "TL-02") == "2026-03-30"
    assert due(accepted(ENERGY), "TL-04") == ""
    assert due(accepted(APPROVAL), "TL-04") == "2026-03-30"
    assert due(accepted(APPROVAL), "TL-02") == ""
    assert due(accepted("企业投资项目核准变更"), "TL-05") == "2026-03-30"


def test_a_penalty_case_has_no_licensing_limit() -> None:
    told = read_script(f"{HEAD}\nsteps:\n  - {{at: 2026-03-02, file: case_source_form}}\n")
    case, ctx = case_of(told)
    assert not {"TL-01", "TL-02", "TL-04", "TL-05", "TL-07", "TL-08"} & {
        d.code for d in judge(case, ctx).deadlines
    }


def test_time_of_a_special_procedure_is_left_out_once_told_l45_1() -> None:
    told = accepted() + special("评审", "2026-03-09", 5)
    assert due(told) == "2026-04-07"
    assert outcomes("L45.1", script(told)) == {"评审": "met"}


def test_time_not_told_in_writing_is_not_left_out_l45_1() -> None:
    told = accepted() + special("评审", "2026-03-09", 5, served=False)
    assert due(told) == "2026-03-30"
    assert outcomes("L45.1", script(told)) == {"评审": "violated"}


def test_time_before_the_notice_was_served_counts_l45_1() -> None:
    told = accepted() + special("评审", "2026-03-09", 5, served="2026-03-12")
    assert due(told) == "2026-04-01"
    assert found("L45.1", script(told))["评审"].outcome == "violated"


def test_a_day_of_two_special_procedures_is_left_out_once() -> None:
    one, two = special("评审", "2026-03-09", 5), special("检验", "2026-03-11", 5)
    assert due(accepted() + one) == "2026-04-07"
    assert due(accepted() + one + two) == "2026-04-09"


def test_time_before_acceptance_and_time_to_come_are_not_left_out() -> None:
    early = special("评审", "2026-03-02", 1)
    assert due(accepted() + early) == "2026-03-30"
    later = accepted() + special("评审", "2026-03-09", 10)
    assert due(later, now="2026-03-10") == "2026-04-01"
    assert due(later, now="2026-03-08") == "2026-03-30"


def test_a_procedure_that_ended_early_leaves_out_only_its_own_days() -> None:
    ended = "  - {at: 2026-03-10, state: special_procedure_ended, values: {on: 2026-03-10, document: 评审}, document: 评审}\n"
    assert due(accepted() + special("评审", "2026-03-09", 10) + ended) == "2026-04-01"


@given(st.integers(1, 40), st.integers(0, 60), st.integers(1, 40), st.integers(0, 60))
def test_excluded_days_never_shorten_a_limit_nor_lie_in_the_future(a: int, b: int, c: int, d: int) -> None:
    first, second = (date(2026, 3, 3) + timedelta(days=n) for n in (b, d))
    told = accepted() + special("甲程序", first.isoformat(), a) + special("乙程序", second.isoformat(), c)
    now = "2026-05-01"
    case, ctx = case_of(script(told), now)
    days = excluded(case, ctx)
    assert all(day <= ctx.today for day in days)
    deadline = running(case, "TL-02", ctx)
    assert deadline is not None
    assert deadline.due.day >= date(2026, 3, 30)


EXTENDED = (
    "  - {at: %s, file: license_extension_approval, as: 报批, values: {matter: %s, extra_days: %s}, "
    "approved: {S: %s, B: %s}}\n"
    "  - {at: %s, file: license_extension_notice, as: 延长, values: {extra_days: %s}, issued: true, served: %s}\n"
)


def extended(on, days, matter=ENERGY):
    return EXTENDED % (on, matter, days, on, on, on, days, on)


def test_an_extension_approved_and_told_before_the_end_adds_its_days_l42_1() -> None:
    told = accepted() + extended("2026-03-26", 10)
    assert due(told) == "2026-04-14"
    assert outcomes("L42.1", script(told)) == {"延长": "met"}


@pytest.mark.parametrize(("on", "days", "why"), [("2026-04-02", 10, "届满"), ("2026-03-26", 11, "最多")])
def test_an_extension_too_late_or_too_long_is_stopped_l42_1(on: str, days: int, why: str) -> None:
    answer = found("L42.1", script(accepted() + extended(on, days)))["延长"]
    assert (answer.outcome, answer.severity) == ("violated", "stop")
    assert why in answer.message


def test_an_extension_without_approval_adds_nothing_l42_1() -> None:
    notice = extended("2026-03-26", 10).splitlines()[1] + "\n"
    assert due(accepted() + notice) == "2026-03-30"
    assert outcomes("L42.1", script(accepted() + notice)) == {"延长": "violated"}


def test_the_extension_of_a_project_approval_is_the_principal_leaders_l42_1() -> None:
    told = accepted(APPROVAL) + extended("2026-03-26", 30, APPROVAL)
    assert "没有主要负责人批准延长" in found("L42.1", script(told))["延长"].message


@pytest.mark.parametrize(
    ("now", "deemed"), [("2026-03-09", None), ("2026-03-10", date(2026, 3, 2))], ids=["day five", "day six"]
)
def test_silence_is_acceptance_from_the_day_of_receipt_r6_2(now: str, deemed: date | None) -> None:
    case, ctx = case_of(script(RECEIPT % ENERGY), now)
    stands = acceptance(case, ctx)
    assert (stands.on if stands else None) == deemed
    assert outcomes("R6.2", script(RECEIPT % ENERGY), now)["凭证"] == ("violated" if deemed else "open")


def test_an_outside_source_that_tells_of_no_notice_deems_nothing_r6_2() -> None:
    assert outcomes("R6.2", script(RECEIPT % ENERGY), outside=True).get("凭证") != "violated"


def test_acceptance_after_a_supplement_dates_from_the_day_the_materials_were_complete_r6_2() -> None:
    told = (
        RECEIPT % ENERGY
        + "  - {at: 2026-03-04, file: license_supplement_notice, issued: true, served: 2026-03-04}\n"
        + "  - {at: 2026-03-11 09:00, state: materials_completed, values: {at: 2026-03-11 09:00}}\n"
        + ACCEPTED % ("2026-03-13", ENERGY, "2026-03-13", "2026-03-13")
    )
    case, ctx = case_of(script(told))
    stands = acceptance(case, ctx)
    assert stands is not None
    assert (stands.on, stands.deemed) == (date(2026, 3, 11), False)


def test_the_acceptance_notice_names_the_day_by_which_the_decision_is_due_r6_2() -> None:
    notice = ACCEPTED.replace("accepted_on: %s", "accepted_on: 2026-03-02, due_on: %s")
    right, wrong = (
        script(RECEIPT % ENERGY + notice % ("2026-03-02", ENERGY, on, "2026-03-02"))
        for on in ("2026-03-30", "2026-04-30")
    )
    assert outcomes("R6.2", right)["受理.due"] == "met"
    assert outcomes("R6.2", wrong)["受理.due"] == "violated"


HANDED = "  - {at: 2026-03-03, file: license_handover, signed: {hander: 甲%s}}\n"
REVIEW = (
    "  - {at: 2026-03-10, file: license_review_record, as: 审查, values: {%s}, signed: {officer: [甲, 乙]}}\n"
)


def test_review_is_stopped_until_both_have_signed_the_handover_r6_3() -> None:
    assert "R6.3" in stopped_by_last(script(REVIEW % ""), last=3)
    assert "R6.3" in stopped_by_last(script(HANDED % "" + REVIEW % ""), last=3)
    assert outcomes("R6.3", script(HANDED % ", receiver: 乙" + REVIEW % "")) == {"审查": "met"}


FORM = "  - {at: 2026-03-12, file: license_approval_form, as: 审批, values: {proposal: 准予%s}, approved: {S: 2026-03-12, B: 2026-03-13}}\n"


def conditions(*met):
    names = (
        "符合节能法律法规、标准和政策",
        "用能分析客观准确",
        "节能措施合理可行",
        "能源消费量和能效水平符合要求",
        "碳排放水平符合要求",
    )
    rows = [f"{{condition: {name}, met: {answer}}}" for name, answer in zip(names, met, strict=False)]
    return f"condition_checks: [{', '.join(rows)}]"


def test_a_proposal_is_stopped_while_a_condition_of_the_matter_has_no_answer_r7_1() -> None:
    short = script(accepted() + REVIEW % conditions("符合", "符合", "符合") + FORM % "")
    assert "能源消费量和能效水平符合要求" in found("R7.1", short)["审批"].message
    assert "R7.1" in stopped_by_last(short, last=3)
    whole = script(accepted() + REVIEW % conditions("符合", "符合", "符合", "符合", "符合") + FORM % "")
    assert outcomes("R7.1", whole)["审批"] == "met"


def test_a_grant_against_a_failed_condition_wants_a_reason_l38_1() -> None:
    failed = REVIEW % conditions("符合", "不符合", "符合", "符合")
    bare = script(accepted() + failed + FORM % "" + GRANT % "2026-03-16")
    reasoned = script(accepted() + failed + FORM % ", reasons: 已按整改意见完善" + GRANT % "2026-03-16")
    assert outcomes("L38.1", bare) == {"准予": "violated"}
    assert outcomes("L38.1", reasoned) == {"准予": "met"}


def test_a_decision_is_stopped_without_its_approval_r8_2() -> None:
    assert "R8.2" in stopped_by_last(script(accepted() + GRANT % "2026-03-16"))
    approved = script(accepted() + FORM % "" + GRANT % "2026-03-16")
    assert outcomes("R8.2", approved)["准予"] == "met"
    other = script(accepted() + FORM.replace("准予", "不予") % "" + GRANT % "2026-03-16")
    assert outcomes("R8.2", other)["准予"] == "violated"


INTERESTED = (
    "  - {at: 2026-03-09, file: interested_party_notice, as: 告知, issued: true, served: 2026-03-09}\n"
)


@pytest.mark.parametrize(("on", "outcome"), [("2026-03-16", "violated"), ("2026-03-17", "met")])
def test_the_decision_waits_for_interested_persons_l36_1(on: str, outcome: str) -> None:
    assert outcomes("L36.1", script(accepted() + INTERESTED + GRANT % on)) == {"准予.告知": outcome}


def test_interested_persons_who_were_not_told_are_found_l36_1() -> None:
    told = script(accepted() + REVIEW % "affects_others: true" + GRANT % "2026-03-20")
    assert outcomes("L36.1", told) == {"准予": "violated"}


ASKED = "  - {at: %s 09:00, state: license_hearing_requested, values: {by: 某公司}}\n"
RIGHT = "  - {at: 2026-03-09, file: license_hearing_right_notice, issued: true, served: 2026-03-09}\n"


@pytest.mark.parametrize(("on", "outcome"), [("2026-03-16", "violated"), ("2026-03-17", "na")])
def test_a_hearing_asked_for_in_time_is_held_before_the_decision_l46_1(on: str, outcome: str) -> None:
    told = script(accepted() + RIGHT + ASKED % on + GRANT % "2026-04-20")
    assert outcomes("L46.1", told).get("准予", "na") == outcome


HEARING = (
    "  - {at: 2026-03-02, file: license_hearing_notice, issued: true, served: 2026-03-02}\n"
    "  - {at: %s, file: license_hearing_record, as: 笔录, values: {started_at: %s 09:00}}\n"
)


@pytest.mark.parametrize(
    ("held", "severity"), [("2026-03-10", "stop"), ("2026-03-11", "flag"), ("2026-03-12", "")]
)
def test_a_hearing_is_told_of_seven_working_days_before_l48_1(held: str, severity: str) -> None:
    answer = found("L48.1", script(HEARING % (held, held)))["笔录"]
    assert (answer.severity if answer.outcome == "violated" else "") == severity


def test_a_matter_that_the_bureau_has_not_confirmed_is_found_l32_1() -> None:
    assert outcomes("L32.1", script(accepted())) == {"受理": "violated"}
    assert outcomes("L32.1", script(accepted()), outside=True) == {}


def test_k4_nobody_approves_what_they_drafted_in_licensing_too() -> None:
    form = "  - {at: 2026-03-12, by: 科长, file: license_approval_form, as: 审批, approved: {S: {by: 科长, on: 2026-03-12}}}\n"
    assert outcomes("K4", script(form)) == {"审批.section_head": "violated"}


def test_k5_approvals_follow_one_another_in_licensing_too() -> None:
    form = "  - {at: 2026-03-05, file: license_approval_form, as: 审批, approved: {S: 2026-03-09, B: 2026-03-06}}\n"
    assert outcomes("K5", script(form))["审批.bureau_leader"] == "violated"


def test_what_an_entry_would_bring_to_light_is_told_before_it_missed_limits_too() -> None:
    """An acceptance of March that is entered in July is late at once (TL-02); a limit that runs is no finding."""
    steps = RECEIPT % ENERGY + ACCEPTED % ("2026-03-02", ENERGY, "2026-03-02", "2026-03-02")
    entries, office = ours(script(steps))
    ahead = {
        now: {f.code for f in flags(entries[:2], entries[2:], office, at(now))}
        for now in ("2026-03-03", "2026-07-01")
    }
    assert "R8.1" in ahead["2026-07-01"] - ahead["2026-03-03"]
