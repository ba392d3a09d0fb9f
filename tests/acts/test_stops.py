"""What the law does not forgive is stopped before the act, in the words of the finding that backfilling the same gives."""

from datetime import date

import pytest

from liuhen.acts import backfill, bureau, documents, issuing
from liuhen.acts.situation import Stopped
from liuhen.compliance.judge import context, judge
from liuhen.records import clock, read
from liuhen.records.models import CaseRow, Draft, Entry
from tests.acts import drive as d


@pytest.fixture
def drive(bureau):
    return d.Drive(bureau)


def until(drive, *steps):
    for step in steps:
        step(drive)


def stopped(act):
    with pytest.raises(Stopped) as stop:
        act()
    return {finding.code: finding.line for finding in stop.value.findings}


def early(drive, at):
    """Approval and text of the decision before the party's time is up: what cannot be prefilled yet is typed."""
    d.decision(drive, at, d.TOO_EARLY, {"defence_outcome": "当事人未提出陈述申辩。"})


def found(drive, at="2026-04-01 09:00"):
    with d.day(at):
        judgement = judge(drive.state(), context(clock.now(), read.office()))
    return {finding.code: finding.line for finding in judgement.violated()}


def entries(drive):
    return Entry.objects.filter(stream=f"case/{drive.case}").count()


def issue_decision(drive, at):
    def act():
        with d.day(at):
            issuing.issue(drive.case, drive.people["jia"], drive.documents["penalty_decision"])

    return act


def backfilled_decision(drive, at, number="大金普发改罚决〔2025〕旧1号"):
    values = drive.document("penalty_decision").values
    with d.day("2026-04-01 09:00"):
        backfill.backfill_document(
            drive.case, drive.people["jia"], "penalty_decision", values,
            at=date.fromisoformat(at), scan=drive.scan(), reason="纸质决定书补录", number=number,
        )  # fmt: skip


def test_a_decision_without_served_notice_is_stopped_and_found_when_backfilled(drive):
    """R15.1"""
    until(drive, d.source, d.investigation, d.report)
    early(drive, "2026-03-09")
    before = entries(drive)

    words = stopped(issue_decision(drive, "2026-03-09 11:00"))

    assert "R15.1" in words
    assert entries(drive) == before
    backfilled_decision(drive, "2026-03-09")
    assert found(drive)["R15.1"] == words["R15.1"]
    filed = Entry.objects.filter(stream=f"case/{drive.case}", kind="Filed", origin="backfilled").get()
    assert drive.state().documents
    assert '"stopped_before":true' in filed.body.content


def test_a_decision_before_the_defence_period_ends_is_stopped_and_found_when_backfilled(drive):
    """P62.1: five working days from service on 9 March end on 16 March."""
    until(drive, d.source, d.investigation, d.report, d.notice)
    early(drive, "2026-03-12")

    words = stopped(issue_decision(drive, "2026-03-12 11:00"))

    assert "P62.1" in words
    assert "2026年3月16日" in words["P62.1"]
    backfilled_decision(drive, "2026-03-12")
    assert found(drive)["P62.1"] == words["P62.1"]


def test_a_decision_before_approval_is_stopped_and_found_when_backfilled(drive):
    """R22.1"""
    until(drive, d.source, d.investigation, d.report, d.notice)
    drive.file("decision_approval", {}, at="2026-03-18 09:00")
    drive.sign("decision_approval", "jia", "yi", at="2026-03-18 09:10")
    drive.file("penalty_decision", {}, at="2026-03-18 10:30")

    words = stopped(issue_decision(drive, "2026-03-18 11:00"))

    assert "R22.1" in words
    backfilled_decision(drive, "2026-03-18")
    assert found(drive)["R22.1"] == words["R22.1"]


def test_an_incomplete_decision_is_stopped_and_found_when_backfilled(drive):
    """R24.1: the seven contents."""
    until(drive, d.source, d.investigation, d.report, d.notice)
    drive.file("decision_approval", {}, at="2026-03-18 09:00")
    drive.sign("decision_approval", "jia", "yi", at="2026-03-18 09:10")
    drive.approve("decision_approval", "ding", "xin", at="2026-03-18 10:00")

    def finalise():
        with d.day("2026-03-18 10:30"):
            documents.file_document(
                drive.case, drive.people["jia"], "penalty_decision", {"facts": "", "performance": "  "}
            )

    words = stopped(finalise)

    assert "填写" in words["R24.1"]
    assert not Draft.objects.exists()
    with d.day("2026-03-18 10:30"):
        draft = documents.new_draft(drive.case, drive.people["jia"], "penalty_decision")
        values = {k: v for k, v in draft.values.items() if k not in ("facts", "performance")}
    with d.day("2026-04-01 09:00"):
        backfill.backfill_document(
            drive.case, drive.people["jia"], "penalty_decision", values,
            at=date(2026, 3, 18), scan=drive.scan(), reason="补录", number="旧2号",
        )  # fmt: skip
    assert found(drive)["R24.1"] == words["R24.1"]


def inspection(**changes):
    return {
        "started_at": "2026-03-03T09:00",
        "ended_at": "2026-03-03T10:00",
        "place": "某街道某路1号",
        "certificates_shown": True,
        "recusal_answer": "不申请",
        "situation": "没有台账。",
        **changes,
    }


ONE = [{"person": "jia", "name": "执法人员甲", "certificate_no": "示例-0001"}]


def test_one_officer_only_is_stopped_and_found_when_backfilled(drive):
    """R13.1: at least two officers with valid certificates on every investigation act."""
    d.source(drive)

    def file(officers):
        with d.day("2026-03-03 11:00"):
            documents.file_document(
                drive.case, drive.people["jia"], "site_inspection_record", inspection(officers=officers)
            )

    words = stopped(lambda: file(ONE))
    twice = stopped(lambda: file([*ONE, *ONE]))

    assert "R13.1" in words
    assert "R13.1" in twice
    with d.day("2026-03-05 09:00"):
        backfill.backfill_document(
            drive.case, drive.people["jia"], "site_inspection_record", inspection(officers=ONE, party=d.PARTY),
            at=date(2026, 3, 3), scan=drive.scan(), reason="外出时写在纸上",
        )  # fmt: skip
    assert found(drive)["R13.1"] == words["R13.1"]


def test_an_expired_certificate_is_stopped(drive):
    """R13.1: the certificate must be valid on the day of the act."""
    d.source(drive)
    bureau.certify(bureau.SYSTEM, "bing", "示例-0098", date(2024, 1, 1), date(2026, 3, 2))
    expired = [*ONE, {"person": "bing", "name": "执法人员丙", "certificate_no": "示例-0098"}]

    def file():
        with d.day("2026-03-03 11:00"):
            documents.file_document(
                drive.case, drive.people["jia"], "site_inspection_record", inspection(officers=expired)
            )

    words = stopped(file)

    assert "示例-0098" in words["R13.1"]


def test_an_unconfirmed_backfill_satisfies_no_stop(drive):
    """A backfilled notice does not let a decision through until the section head has confirmed it."""
    until(drive, d.source, d.investigation, d.report)
    drive.file("penalty_notice", {}, at="2026-03-09 09:00")
    drive.issue("penalty_notice", at="2026-03-09 09:30")
    body = {
        "document": drive.documents["penalty_notice"], "addressee": "某粮食有限公司", "method": "直接",
        "what": "delivered", "place": "某街道某路1号", "servers": ["jia", "yi"], "recipient": "张某",
    }  # fmt: skip
    with d.day("2026-03-18 08:00"):
        receipts = backfill.backfill_entry(
            drive.case, drive.people["jia"], "ServiceStep", body,
            at=d.local("2026-03-09 10:00"), scan=drive.scan(), reason="送达时没有网络",
        )  # fmt: skip
    d.decision(drive)

    words = stopped(issue_decision(drive, "2026-03-18 11:00"))
    assert "R15.1" in words

    from liuhen.acts import approvals

    with d.day("2026-03-18 11:30"):
        approvals.confirm(drive.case, drive.people["ding"], receipts[0].hash)
    drive.issue("penalty_decision", "2026-03-18 12:00")
    assert CaseRow.objects.get(case=drive.case).state == "已决定"


def test_a_preflight_shows_everything_in_the_way_at_once(drive):
    """Not one refusal after another."""
    until(drive, d.source, d.investigation, d.report)
    drive.file(
        "penalty_decision", {"penalties": d.FINE, "defence_outcome": "未提出。"}, at="2026-03-09 10:30"
    )

    with d.day("2026-03-09 11:00"):
        codes = {
            f.code
            for f in issuing.issue_preflight(
                drive.case, drive.people["jia"], drive.documents["penalty_decision"]
            ).stops
        }

    assert {"R15.1", "R22.1"} <= codes


def test_what_comes_from_outside_is_recorded_whatever_it_shows(drive):
    """A hearing asked for in time but registered after the decision is found, never refused (R19.3)."""
    until(drive, d.source, d.investigation, d.report, d.notice, d.decision)
    drive.issue("penalty_decision", "2026-03-18 11:00")
    scan = {"digest": drive.scan(), "name": "申请书.pdf"}
    from liuhen.acts import facts

    with d.day("2026-03-20 09:00"):
        facts.state_fact(
            drive.case, drive.people["jia"], "hearing_requested",
            {"party": d.PARTY, "at": "2026-03-10T15:00", "form": "书面", "text": "邮寄在途"},
            at=d.local("2026-03-10 15:00"), proofs=[scan["digest"]],
        )  # fmt: skip

    assert "R19.3" in found(drive)
