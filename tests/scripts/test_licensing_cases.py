"""The licensing scripts of `cases/` are worked through the acts to the archive, and judged as they say (R6.1–R8.2)."""

from pathlib import Path

import pytest
from pytest_django import Settings

from liuhen.scripts.play import outcome, play
from liuhen.scripts.scratch import prepare
from liuhen.scripts.script import load

CASES = sorted((Path(__file__).parents[2] / "cases").glob("lic-*.yaml"))
OUTCOMES = {
    "lic-01-granted": "准予许可",
    "lic-02-supplemented": "准予许可",
    "lic-03-not-accepted": "不予受理",
    "lic-04-denied": "不予许可",
    "lic-05-withdrawn": "终止办理",
    "lic-06-special-procedure": "准予许可",
    "lic-07-deemed": "准予许可",
    "lic-08-heard": "准予许可",
    "lic-09-extended": "准予许可",
}


@pytest.fixture
def bureau(db: None, settings: Settings, tmp_path: Path) -> None:
    settings.LIUHEN_DATA = tmp_path
    prepare()


def test_every_licensing_script_has_its_outcome() -> None:
    assert [path.stem for path in CASES] == list(OUTCOMES)


@pytest.mark.usefixtures("bureau")
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_licensing_case_plays_to_the_archive(path: Path) -> None:
    (one,) = play([load(path)])
    case, judged = outcome(one)
    assert (judged.state, case.outcome) == ("已归档", OUTCOMES[path.stem])
    assert {(f.code, f.severity) for f in judged.violated()} == {
        (w.code, w.severity) for w in one.script.expect
    }
