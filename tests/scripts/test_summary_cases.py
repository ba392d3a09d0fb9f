"""The scripts of the summary penalty are worked through the acts to the archive, and their packages verified (R26.1, R26.2, P52.1)."""

from pathlib import Path

import pytest
from pytest_django import Settings

from liuhen.archives.catalogue import ordered
from liuhen.casefile.state import CaseFile
from liuhen.compliance.answers import Judgement
from liuhen.compliance.retention import retention
from liuhen.scripts.play import outcome, package, play
from liuhen.scripts.scratch import prepare
from liuhen.scripts.script import load
from verifier.verify import verify

CASES = sorted((Path(__file__).parents[2] / "cases").glob("sum-*.yaml"))
NAMES = ["sum-01-warning", "sum-02-collected", "sum-03-paid-at-bank", "sum-04-converted"]


@pytest.fixture
def bureau(db: None, settings: Settings, tmp_path: Path) -> None:
    settings.LIUHEN_DATA = tmp_path
    prepare()


def worked(name: str, folder: Path) -> tuple[CaseFile, Judgement]:
    """The case as played, its package verified."""
    (one,) = play([load(next(path for path in CASES if path.stem == name))])
    found = verify(package(one, folder))
    assert found.problems == []
    return outcome(one)


def test_every_summary_script_is_worked_here() -> None:
    assert [path.stem for path in CASES] == NAMES


@pytest.mark.usefixtures("bureau")
@pytest.mark.parametrize("name", NAMES)
def test_a_summary_case_plays_to_the_archive(name: str, tmp_path: Path) -> None:
    case, judged = worked(name, tmp_path / "packages")
    assert (judged.state, case.outcome) == ("已归档", "行政处罚")
    assert [f.line for f in judged.violated()] == []
    assert retention(case).term.label == "30年"


@pytest.mark.usefixtures("bureau")
def test_the_file_of_a_summary_case_is_in_its_order(tmp_path: Path) -> None:
    """Domain §8.1: decision, record, receipt, filing form."""
    case, _ = worked("sum-02-collected", tmp_path / "packages")
    assert [d.kind for d in ordered(case)] == [
        "summary_decision", "summary_inspection_record", "collection_receipt", "summary_filing_form",
        "cash_handover", "closing_report",
    ]  # fmt: skip


@pytest.mark.usefixtures("bureau")
def test_p52_1_the_converted_case_goes_on_with_its_record(tmp_path: Path) -> None:
    case, judged = worked("sum-04-converted", tmp_path / "packages")
    assert case.procedure == "penalty_ordinary"
    record = case.latest("summary_inspection_record")
    docket = case.latest("docket_approval")
    assert record is not None
    assert docket is not None
    assert docket.values["party"] == record.values["party"]
    assert docket.current.sources["cause"] == "case.cause"
    assert "R13.1" in {f.code for f in judged.met if f.subject == record.id}
