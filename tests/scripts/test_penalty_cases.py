"""The penalty scripts of `cases/`: every way out is worked through the acts to the archive (R10.2–R31.1; domain §3.2, §3.4)."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from liuhen.acts.archiving import place
from liuhen.casefile.settle import settle
from liuhen.compliance.judge import context, judge
from liuhen.compliance.retention import retention
from liuhen.measures.procedures import PENALTY_ORDINARY, SERVING
from liuhen.records import read
from liuhen.scripts.play import Played, outcome, play
from liuhen.scripts.scratch import prepare
from liuhen.scripts.script import load
from verifier.verify import main as verify

CASES = sorted((Path(__file__).parents[2] / "cases").glob("pen-*.yaml"))
# How each case ends, and for how long its file is kept (domain §8.3).
ENDS = {
    "pen-01-docket-refused": ("不予立案", "10年"),
    "pen-02-no-jurisdiction": ("移送", "30年"),
    "pen-03-transferred": ("移送", "30年"),
    "pen-04-crime-transferred": ("移送公安机关", "永久"),
    "pen-05-crime-refused": ("行政处罚", "永久"),
    "pen-06-withdrawn": ("销案", "30年"),
    "pen-07-terminated": ("终结", "30年"),
    "pen-08-no-penalty": ("不予行政处罚", "30年"),
    "pen-09-sampling": ("行政处罚", "30年"),
    "pen-10-hold": ("行政处罚", "30年"),
    "pen-11-seizure": ("行政处罚", "30年"),
    "pen-12-recusal": ("行政处罚", "30年"),
    "pen-13-defence": ("行政处罚", "30年"),
    "pen-14-hearing": ("行政处罚", "永久"),
    "pen-15-service": ("行政处罚", "30年"),
    "pen-16-electronic": ("行政处罚", "30年"),
    "pen-17-cure": ("行政处罚", "30年"),
    "pen-18-goods": ("行政处罚", "30年"),
    "pen-19-instalments": ("行政处罚", "30年"),
    "pen-20-court": ("行政处罚", "30年"),
    "pen-21-anew": ("行政处罚", "永久"),
    "pen-22-annulled": ("处罚决定被撤销", "30年"),
}
# What may be done in any case at any time, and what each officer does for themselves: no step leads to it.
ANY_TIME = {
    *PENALTY_ORDINARY.also, *PENALTY_ORDINARY.facts, *SERVING, "recording_made", "interview_attempted", "party_left",
    "document_read",
}  # fmt: skip


@pytest.fixture
def bureau(db: None, settings: Settings, tmp_path: Path) -> None:
    settings.LIUHEN_DATA = tmp_path
    prepare()


def test_every_penalty_script_has_its_end() -> None:
    assert [path.stem for path in CASES] == list(ENDS)


def not_led_to(one: Played) -> list[str]:
    """What was filed or stated in a case though no next step, ready or optional, led to it at that moment."""
    entries, found = read.case_entries(one.case), list[str]()
    for place_, entry in enumerate(entries):
        body = entry.body or {}
        kind = str(body.get("document_kind") or body.get("fact") or "")
        if not kind or kind in ANY_TIME or body.get("revision", 1) > 1:
            continue
        case = settle(entries[:place_], read.office())
        steps = judge(case, context(entry.recorded_at, case.office)).steps
        does = {step.does for step in steps if not step.locked}
        if not does & {f"file:{kind}", f"state:{kind}"}:
            found.append(f"{entry.at:%m-%d} {kind}")
    return found


@pytest.mark.usefixtures("bureau")
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_penalty_case_plays_to_the_archive(path: Path) -> None:
    """Nothing is found that its script does not say, each step was offered before it was taken, nothing is left to do, and
    the package is whole."""
    (one,) = play([load(path)])
    case, judged = outcome(one)
    ended, kept = ENDS[path.stem]
    assert (judged.state, case.outcome, retention(case).term.label) == ("已归档", ended, kept)
    assert [f"{f.code} {f.message}" for f in judged.violated()] == []
    assert [step.title for step in judged.steps if not step.optional and not step.locked] == []
    assert not_led_to(one) == []
    assert verify([str(place(one.case))]) == 2


@pytest.mark.usefixtures("bureau")
@pytest.mark.parametrize(("steps", "outcome_"), [(4, ""), (5, "不予立案")])
def test_a_refused_docket_closes_by_itself_once_the_named_reporter_was_told(
    steps: int, outcome_: str
) -> None:
    """R10.3, TL-38: no closing report; the record of telling must be signed."""
    whole = load(CASES[0])
    (one,) = play([replace(whole, steps=whole.steps[:steps])])
    case, judged = outcome(one)
    assert case.outcome == outcome_
    assert case.closed_at is None or not case.of("closing_report")
    ready = {step.does for step in judged.steps if not step.optional and not step.locked}
    assert ready == ({"archive"} if outcome_ else {"file:result_notification_record"})
