"""People who try whatever comes to mind: through the real acts, too, no decision comes into force unlawfully."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from liuhen.acts import approvals, documents, issuing, serving, signatures
from liuhen.acts.situation import Invalid, Stopped
from liuhen.office.policy import NotPermitted
from liuhen.records import clock, read
from tests.acts import drive as d
from tests.properties.profile import FULL
from tests.properties.test_decisions import assert_lawful, in_force

STEPS = [d.source, d.investigation, d.report, d.notice]
KINDS = ("penalty_notice", "decision_approval", "penalty_decision")
PEOPLE = ("jia", "yi", "bing", "ding", "xin", "ren")
REFUSALS = (Stopped, Invalid, NotPermitted)


def attempt(chance: random.Random, drive: d.Drive) -> None:
    """One act at random: any paper of the decision, any person, in whatever state the case is."""
    who, kind = drive.people[chance.choice(PEOPLE)], chance.choice(KINDS)
    made = drive.documents.get(kind, "none")
    act = chance.choice(("file", "file", "sign", "approve", "approve", "issue", "issue", "serve"))
    if act == "file":
        typed = (
            d.TOO_EARLY
            if kind == "decision_approval"
            else {"defence_outcome": "未提出。"}
            if kind == "penalty_decision"
            else {}
        )
        drive.documents[kind], _ = documents.file_document(drive.case, who, kind, typed)
    elif act == "sign":
        signatures.sign(drive.case, who, made, role="officer", strokes=d.STROKES)
    elif act == "approve":
        approvals.approve(drive.case, who, made, "agree", "同意。")
    elif act == "issue":
        issuing.issue(drive.case, who, made)
    else:
        serving.serve(
            drive.case, who, made, method="直接", what="delivered", place="某路1号", servers=["jia", "yi"],
            recipient="张某", relation="法定代表人", strokes=d.STROKES,
        )  # fmt: skip


@pytest.mark.fuzz
@pytest.mark.parametrize("seed", range(40 if FULL else 3))
def test_no_attempt_through_the_acts_ends_in_an_unlawful_decision(bureau, seed):
    chance, drive = random.Random(seed), d.Drive(bureau)
    for step in STEPS[: chance.randint(2, len(STEPS))]:
        step(drive)
    now = d.local("2026-03-10 09:00")
    for _ in range(60 if FULL else 40):
        now += timedelta(hours=chance.choice((1, 1, 2, 30)))
        with clock.at(now):
            try:
                attempt(chance, drive)
            except REFUSALS:
                continue
    assert_lawful(drive.state(), read.case_entries(drive.case))


def test_a_decision_does_come_into_force_through_the_acts(bureau):
    """What the attempts are held against can be reached."""
    drive = d.Drive(bureau)
    for step in (*STEPS, d.decision):
        step(drive)
    drive.issue("penalty_decision", at="2026-03-18 11:00")
    drive.serve("penalty_decision", at="2026-03-18 14:00")
    assert in_force(drive.state()) is not None
    assert_lawful(drive.state(), read.case_entries(drive.case))
