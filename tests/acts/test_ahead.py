"""What an act would leave behind is told before it, in the words of the finding, and in nobody's way (R34.1; desk.md no. 6)."""

import pytest

from liuhen.acts import documents, issuing
from liuhen.acts.engine import Ahead, nothing, preflight
from tests.acts import drive as d
from tests.acts.test_licensing import Licensing, application
from tests.acts.test_stops import until


@pytest.fixture
def received(bureau):
    """An application with a material that is missing."""
    drive = Licensing(bureau)
    application(drive, state="缺少")
    return drive


def test_a_draft_tells_what_will_be_found_of_it(received):
    with d.day("2026-03-02 10:00"):
        draft = documents.new_draft(received.case, received.people["chuang"], "license_acceptance_notice")
        ahead = documents.finalise_preflight(draft.document, received.people["chuang"])
        documents.finalise(draft.document, received.people["chuang"])
    assert ahead.stops == ()
    assert [f.code for f in ahead.flags] == ["L34.1"]
    found = received.judged("2026-03-02 10:00").violated()
    assert [(f.key, f.line) for f in ahead.flags] == [(f.key, f.line) for f in found]


def test_what_stands_already_is_not_told_again(received):
    received.file("license_acceptance_notice", {}, who="chuang", at="2026-03-02 10:00")
    with d.day("2026-03-02 10:05"):
        ahead = issuing.issue_preflight(
            received.case, received.people["chuang"], received.documents["license_acceptance_notice"]
        )
    assert ahead == Ahead()


def test_a_stop_that_an_act_does_not_heed_is_told_as_what_will_be_found(bureau):
    """What merely records what happened is not refused; what it shows is said first all the same."""
    drive = d.Drive(bureau)
    until(drive, d.source, d.investigation, d.report)
    drive.file(
        "penalty_decision", {"penalties": d.FINE, "defence_outcome": "未提出。"}, at="2026-03-09 10:30"
    )
    decide = issuing._decide(drive.documents["penalty_decision"])
    with d.day("2026-03-09 11:00"):
        heeded = preflight("issue", drive.case, bureau["jia"], decide)
        unheeded = preflight("issue", drive.case, bureau["jia"], decide, heeds=nothing)
    assert {f.code for f in heeded.stops} >= {"R15.1", "R22.1"}
    assert unheeded == Ahead((), (*heeded.stops, *heeded.flags))
