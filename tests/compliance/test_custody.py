"""Who keeps an archived file, who has it, whether it may be destroyed (A32; 档 14, 21; 档例 24, 34)."""

from datetime import UTC, date, datetime

import pytest

from liuhen.casefile.office import Office
from liuhen.casefile.state import CaseFile, Fact, Opinion
from liuhen.compliance.custody import LEGAL_HOLD, custody, custody_changes, custody_steps
from liuhen.compliance.judge import context
from liuhen.compliance.rules.keeping import kept_by_the_archives

ARCHIVED, YEARS_ON = date(2026, 4, 1), date(2057, 1, 5)
LENT = {"borrower": "李某", "unit": "某法院", "purpose": "审理案件", "items": "正卷", "due_on": "2026-06-30"}
APPRAISED = {"list": "2057年第1批", "conclusion": "销毁", "opinion": "期满", "appraisers": "甲、乙"}


TAKEN = ("custody_taken", date(2026, 4, 20), {"keeper": "档案室", "place": "3号柜", "handed_by": "甲"})


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
    assert steps(archived(), ARCHIVED) == {("state:custody_taken", "archivist")}
    kept = custody(archived(TAKEN), ARCHIVED)
    assert (kept.keeper, kept.place) == ("档案室", "3号柜")
    assert steps(archived(TAKEN), ARCHIVED) == set()


def test_a_loan_runs_until_it_is_brought_back():
    lent = ("file_lent", date(2026, 6, 1), LENT)
    case = archived(lent, TAKEN)
    loan = custody(case, ARCHIVED).loan
    assert loan is not None
    assert (loan.borrower, loan.due) == ("李某", date(2026, 6, 30))
    assert steps(case, date(2026, 7, 1)) == {("state:file_returned", "archivist")}
    back = ("file_returned", date(2026, 7, 2), {"loan": loan.entry, "state": "完整"})
    assert custody(archived(lent, back), ARCHIVED).loan is None


def test_when_its_term_has_run_it_is_to_be_appraised_and_not_before():
    case = archived(TAKEN)
    assert steps(case, date(2056, 12, 31)) == {("transfer", "archivist")}
    assert steps(case, YEARS_ON) == {("state:appraised", "archivist")}
    ends = [datetime(2056, 12, 31, 16, tzinfo=UTC), datetime(2036, 3, 31, 16, tzinfo=UTC)]
    assert custody_changes(case, ARCHIVED) == ends


def test_after_ten_years_the_public_archives_take_it_and_keep_it():
    """档 15; 档例 20."""
    case = archived(TAKEN)
    assert steps(case, date(2036, 3, 31)) == set()
    assert steps(case, date(2036, 4, 1)) == {("transfer", "archivist")}
    case.moved_at, case.moved = date(2036, 6, 1), {"to": "区档案馆", "batch": "1", "purpose": "移交进馆"}
    case.packages, case.handed = [{"cut_at": 1}], [case.moved]
    kept = custody(case, YEARS_ON)
    assert (kept.keeper, kept.place, kept.moves_on, kept.due) == ("区档案馆", "", None, False)
    assert steps(case, YEARS_ON) == set()


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        (None, {("disposal", "bureau_leader"), ("disposal", "principal_leader")}),
        ("agree", {("disposal", "archivist")}),
        ("refuse", {("state:appraised", "archivist")}),
    ],
)
def test_a_proposal_waits_for_a_leader_and_then_for_two_supervisors(word, wanted):
    case = archived(("appraised", YEARS_ON, APPRAISED), TAKEN)
    if word:
        case.opinions = [Opinion("o", "e0", "bureau_leader", word, "", "", YEARS_ON, "xin", "副局长辛")]
    assert steps(case, date(2057, 2, 1)) == wanted


def test_a_legal_hold_stops_everything_that_leads_to_destruction():
    case = archived(("appraised", YEARS_ON, APPRAISED), TAKEN)
    case.marks = {LEGAL_HOLD: "法院调查令"}
    assert steps(case, date(2057, 2, 1)) == set()


def test_papers_that_came_late_call_for_a_supplement():
    case = archived(TAKEN)
    case.unpackaged = ["a", "b"]
    assert steps(case, ARCHIVED) == {("archive", "archivist")}


@pytest.mark.parametrize(
    ("facts", "on", "outcome"),
    [
        ((), date(2026, 5, 1), "open"),
        ((), date(2026, 5, 2), "violated"),
        ((TAKEN,), date(2026, 5, 2), "met"),
        ((("custody_taken", date(2026, 5, 3), TAKEN[2]),), date(2026, 5, 4), "violated"),
        (
            (("custody_taken", date(2026, 4, 20), {**TAKEN[2], "keeper": "粮食科"}),),
            date(2026, 5, 2),
            "violated",
        ),
    ],
)
def test_an_archived_file_goes_to_the_archives_body_in_time(facts, on, outcome):
    """D14.1: thirty days, as the bureau may set them; the section itself is no archives body."""
    case = archived(*facts)
    ctx = context(datetime(on.year, on.month, on.day, 4, tzinfo=UTC), case.office)
    (answer,) = kept_by_the_archives(case, ctx)
    assert answer.outcome == outcome
    case.closed_world = False
    assert list(kept_by_the_archives(case, ctx)) == []
