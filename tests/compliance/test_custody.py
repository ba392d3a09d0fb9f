"""Who keeps an archived file, who has it, whether it may be destroyed (A32; 档 14, 21; 档例 24, 34)."""

from datetime import UTC, date, datetime

import pytest

from liuhen.casefile.office import Office
from liuhen.casefile.state import CaseFile, Fact, Opinion
from liuhen.compliance.custody import LEGAL_HOLD, custody, custody_changes, custody_steps
from liuhen.compliance.judge import context

ARCHIVED, YEARS_ON = date(2026, 4, 1), date(2057, 1, 5)
LENT = {"borrower": "李某", "unit": "某法院", "purpose": "审理案件", "items": "正卷", "due_on": "2026-06-30"}
APPRAISED = {"list": "2057年第1批", "conclusion": "销毁", "opinion": "期满", "appraisers": "甲、乙"}


def archived(*facts):
    case = CaseFile(
        id="x", office=Office(), procedure="penalty_ordinary", section="粮食科", archived_at=ARCHIVED
    )
    case.facts = [Fact(f"e{n}", code, values, on, "", "gui") for n, (code, on, values) in enumerate(facts)]
    return case


def steps(case, on):
    ctx = context(datetime(on.year, on.month, on.day, 4, tzinfo=UTC), case.office)
    return {(step.does, step.role) for step in custody_steps(case, ctx)}


def test_the_section_keeps_its_file_until_the_archivist_takes_it():
    assert custody(archived(), ARCHIVED).keeper == "粮食科"
    taken = ("custody_taken", date(2026, 4, 20), {"keeper": "档案室", "place": "3号柜", "handed_by": "甲"})
    kept = custody(archived(taken), ARCHIVED)
    assert (kept.keeper, kept.place) == ("档案室", "3号柜")


def test_a_loan_runs_until_it_is_brought_back():
    lent = ("file_lent", date(2026, 6, 1), LENT)
    case = archived(lent)
    loan = custody(case, ARCHIVED).loan
    assert loan is not None
    assert (loan.borrower, loan.due) == ("李某", date(2026, 6, 30))
    assert steps(case, date(2026, 7, 1)) == {("state:file_returned", "archivist")}
    back = ("file_returned", date(2026, 7, 2), {"loan": loan.entry, "state": "完整"})
    assert custody(archived(lent, back), ARCHIVED).loan is None


def test_when_its_term_has_run_it_is_to_be_appraised_and_not_before():
    case = archived()
    assert steps(case, date(2056, 12, 31)) == set()
    assert steps(case, YEARS_ON) == {("state:appraised", "archivist")}
    assert custody_changes(case, ARCHIVED) == [datetime(2056, 12, 31, 16, tzinfo=UTC)]


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        (None, {("disposal", "bureau_leader"), ("disposal", "principal_leader")}),
        ("agree", {("disposal", "archivist")}),
        ("refuse", {("state:appraised", "archivist")}),
    ],
)
def test_a_proposal_waits_for_a_leader_and_then_for_two_supervisors(word, wanted):
    case = archived(("appraised", YEARS_ON, APPRAISED))
    if word:
        case.opinions = [Opinion("o", "e0", "bureau_leader", word, "", "", YEARS_ON, "xin", "副局长辛")]
    assert steps(case, date(2057, 2, 1)) == wanted


def test_a_legal_hold_stops_everything_that_leads_to_destruction():
    case = archived(("appraised", YEARS_ON, APPRAISED))
    case.marks = {LEGAL_HOLD: "法院调查令"}
    assert steps(case, date(2057, 2, 1)) == set()


def test_papers_that_came_late_call_for_a_supplement():
    case = archived()
    case.unpackaged = ["a", "b"]
    assert steps(case, ARCHIVED) == {("archive", "archivist")}
