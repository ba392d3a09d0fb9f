"""The agenda of a play: every act at its moment, in an order in which it can be done."""

from datetime import date, datetime

from liuhen.casefile.moments import ZONE
from liuhen.scripts.agenda import agenda, clocked
from liuhen.scripts.script import read_script

HEAD = """
id: t
title: 某案
people:
  甲: {name: 执法人员甲, roles: [officer]}
  科长: {name: 科长丙, roles: [section_head]}
steps:
"""


def order(text: str) -> list[str]:
    return [type(item.does).__name__ for item in agenda(read_script(HEAD + text))]


def test_the_case_is_opened_before_all_else() -> None:
    assert order("  - {at: 2026-03-05, by: 甲, state: defence_waived}") == ["Open", "State"]
    told = "  - {at: 2026-03-05, by: 甲, state: defence_waived}\n  - {at: 2026-03-06, by: 甲, open: true}"
    assert order(told)[0] == "Open"


def test_an_internal_form_is_signed_before_it_is_approved() -> None:
    told = "  - {at: 2026-03-05, by: 甲, file: docket_approval, signed: {officer: 甲}, approved: {S: {by: 科长}}}"
    assert order(told) == ["Open", "File", "Signing", "Approval"]


def test_a_letter_is_signed_after_its_issue() -> None:
    told = """
  - at: 2026-03-05
    by: 甲
    file: sampling_notice
    signed: {officer: 甲}
    approved: {S: {by: 科长}}
    issued: true
    served: 2026-03-05
"""
    assert order(told) == ["Open", "File", "Approval", "Issuing", "Signing", "Serving"]


def test_an_internal_form_gets_its_number_by_itself() -> None:
    told = "  - {at: 2026-03-05, by: 甲, file: docket_approval, issued: true}"
    assert "Issuing" not in order(told)


def test_a_backfill_is_recorded_when_it_is_recorded() -> None:
    told = (
        "  - {at: 2026-03-09 10:00, by: 甲, backfill: {at: 2026-03-05, file: penalty_notice, issued: true}}"
    )
    *_, item = agenda(read_script(HEAD + told))
    assert item.at == datetime(2026, 3, 9, 10, tzinfo=ZONE)


def test_of_two_steps_the_earlier_comes_first_wherever_it_stands() -> None:
    told = """
  - {at: 2026-03-06, by: 甲, file: penalty_decision}
  - {at: 2026-03-05, by: 甲, file: penalty_notice}
"""
    items = agenda(read_script(HEAD + told))
    assert [item.step.name for item in items[1:]] == ["penalty_notice", "penalty_decision"]


def test_a_day_alone_is_the_morning_or_the_moment_before_it() -> None:
    day, noon = date(2026, 3, 5), datetime(2026, 3, 5, 12, tzinfo=ZONE)
    assert clocked(day) == datetime(2026, 3, 5, 9, tzinfo=ZONE)
    assert clocked(day, noon) == noon
    assert clocked(date(2026, 3, 6), noon) == datetime(2026, 3, 6, 9, tzinfo=ZONE)
