"""One penalty case through the acts, from its source to the archive, without a finding (R3.1)."""

from liuhen.acts import archiving
from liuhen.acts.storage import vault
from liuhen.compliance.judge import context, judge
from liuhen.records import clock, read
from liuhen.records.audit import audit
from tests.acts import drive as d
from tests.remembered import step


def whole(people):
    drive = d.Drive(people)
    worked(drive)
    return drive


@step
def worked(drive):
    for stretch in (d.source, d.investigation, d.report, d.notice, d.decision):
        stretch(drive)
    drive.issue("penalty_decision", "2026-03-18 11:00")
    drive.serve("penalty_decision", "2026-03-18 14:00")
    d.ended(drive)
    with d.day("2026-04-01 09:00"):
        archiving.archive(drive.case, drive.people["gui"])


def test_a_case_done_as_the_measures_want_has_no_finding(bureau):
    drive = whole(bureau)
    with d.day("2026-04-01 10:00"):
        judgement = judge(drive.state(), context(clock.now(), read.office()))

    assert [finding.line for finding in judgement.violated()] == []
    assert (judgement.stage, judgement.state) == ("归档", "已归档")
    assert audit(vault()).faults == []


def test_numbers_are_given_at_issue_and_run_per_series(bureau):
    """R24.1, §9.3: a number is reserved when the approved document is issued, never for a draft."""
    drive = whole(bureau)
    numbers = {doc.kind: doc.issued.number for doc in drive.state().documents.values() if doc.issued}

    assert numbers["penalty_decision"] == "大金普发改罚决〔2026〕1号"
    assert numbers["penalty_notice"] == "大金普发改罚告〔2026〕1号"
    assert numbers["docket_approval"] == "大金普发改立〔2026〕1号"


def test_every_paper_has_its_final_rendition_and_the_same_pages_as_the_one_signed(bureau):
    drive = whole(bureau)
    for document in drive.state().documents.values():
        if document.declared.layout == "received":
            continue
        final, signed = document.rendition("final"), document.rendition("for_signature")
        assert final is not None, document.title
        assert signed is None or signed.pages == final.pages, document.title


def test_the_case_as_it_stood_on_an_earlier_day_can_be_seen_again(bureau):
    """R3.1 可回溯: what did we know on that day?"""
    from liuhen.records.reveal import look

    drive = whole(bureau)
    then = look(drive.case, bureau["ding"], known_at=d.local("2026-03-10 09:00"))

    assert {doc.kind for doc in then.case.documents.values()} >= {"penalty_notice"}
    assert then.case.decision is None
    assert then.judgement.stage == "审查决定"
