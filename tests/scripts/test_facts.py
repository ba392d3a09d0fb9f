"""A script as backfilled entries, and what is found in it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from liuhen.casefile.settle import settle
from liuhen.scripts.facts import against_expected, case_of, check, entries_of, judgement, now_of
from liuhen.scripts.script import load, read_script

CASES = sorted((Path(__file__).parents[2] / "cases").glob("*.yaml"))
SCRIPT = """
id: t
title: 某案
people:
  甲: {name: 执法人员甲, roles: [officer]}
  科长: {name: 科长丙, roles: [section_head]}
party: {party_kind: 法人, name: 某公司}
steps:
  - {at: 2026-03-05, by: 甲, file: penalty_notice, as: 告知书, values: {defence_days: 3}, issued: true, served: 2026-03-05}
  - {at: 2026-03-06, by: 甲, correct: 告知书.served, path: /at, value: 2026-03-06, reason: 回证日期}
  - {at: 2026-03-06, by: 甲, correct: 告知书, path: /values/defence_days, value: 5, reason: 笔误}
  - {at: 2026-03-09, by: 甲, backfill: {at: 2026-03-08, state: defence_waived, values: {on: 2026-03-08}, document: 告知书}}
  - {at: 2026-03-10, by: 科长, confirm: defence_waived}
"""


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_decided_case_gives_the_findings_that_a_careful_lawyer_would_make(path: Path) -> None:
    missing, surplus = against_expected(load(path))
    assert not missing
    assert not [f"{f.code} {f.message}" for f in surplus]


def test_entries_are_numbered_and_have_hashes_of_their_own() -> None:
    entries, _ = entries_of(read_script(SCRIPT))
    assert [e.position for e in entries] == list(range(1, len(entries) + 1))
    assert len({e.hash for e in entries}) == len(entries)
    assert {e.origin for e in entries if e.kind != "Decided"} == {"backfilled"}


def test_corrections_count_and_the_confirmed_backfill_no_longer_waits() -> None:
    script = read_script(SCRIPT)
    case = case_of(script)
    notice = case.documents["告知书"]
    assert notice.served_at == date(2026, 3, 6)
    assert notice.values["defence_days"] == 5
    waived = case.happened("defence_waived")[0]
    assert waived.at == date(2026, 3, 8)
    assert waived.entry not in {waiting.entry for waiting in case.unconfirmed}


def test_what_was_known_on_an_earlier_day_leaves_out_what_was_recorded_later() -> None:
    entries, office = entries_of(read_script(SCRIPT))
    known = settle(entries, office, datetime(2026, 3, 8, 12, tzinfo=UTC))
    assert not known.happened("defence_waived")


def test_the_office_is_known_only_when_a_certificate_is_told() -> None:
    assert not entries_of(read_script(SCRIPT))[1].known
    told = SCRIPT.replace(
        "roles: [officer]}", "roles: [officer], certificate: '1', valid: [2024-01-01, 2028-12-31]}"
    )
    assert entries_of(read_script(told))[1].known


def test_the_case_is_judged_at_the_end_of_the_last_day_told() -> None:
    assert now_of(read_script(SCRIPT)).date() == date(2026, 3, 10)
    assert now_of(read_script("today: 2026-05-01\n" + SCRIPT)).date() == date(2026, 5, 1)


DECISION = """
id: t
title: 某案
steps:
  - {at: 2026-03-05, file: penalty_decision, issued: true}
"""


def test_what_is_not_told_is_unknown_and_not_violated() -> None:
    judged = judgement(read_script(DECISION))
    assert not judged.violated()
    assert "R15.1" in {f.code for f in judged.findings if f.outcome == "unknown"}


def test_what_is_told_to_be_absent_is_violated() -> None:
    assert "R15.1" in {f.code for f in check(read_script("absent: [penalty_notice]\n" + DECISION))}


def test_a_script_that_tells_everything_closes_the_world() -> None:
    codes = {f.code for f in check(read_script("closed: true\n" + DECISION))}
    assert {"R15.1", "R10.1", "R24.1"} <= codes
