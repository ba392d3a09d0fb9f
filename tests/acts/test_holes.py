"""Ways round a stop that were tried, each now closed: approvals, revisions, corrections, sealing away, 不适用."""

from datetime import date

import pytest

from liuhen.acts import approvals, backfill, documents, facts, issuing
from liuhen.acts.situation import Invalid, Stopped
from liuhen.measures import DOCUMENTS
from tests.acts import drive as d


@pytest.fixture
def drive(bureau):
    drive = d.Drive(bureau)
    d.source(drive)
    return drive


def codes(error):
    return {finding.code for finding in error.value.findings}


@pytest.mark.parametrize(
    "kind",
    [
        k.code
        for k in DOCUMENTS.values()
        if k.approvals and k.sealed and k.stage != "受理审查" and "license" not in k.code
    ],
)
def test_every_sealed_kind_with_approvals_declares_them_for_the_rule_to_hold(kind):
    assert DOCUMENTS[kind].approvals


def test_a_paper_is_not_issued_before_its_own_approval(drive):
    """domain §1.0: cure_order wants S and B."""
    drive.file(
        "cure_order",
        {
            "facts": "没有台账。",
            "due_on": "2026-04-01",
            "what": "建立台账。",
            "basis": d.BASIS,
            "party": d.PARTY,
        },
        at="2026-03-03 09:00",
    )
    with d.day("2026-03-03 10:00"), pytest.raises(Stopped) as error:
        issuing.issue(drive.case, drive.people["jia"], drive.documents["cure_order"])
    assert "K5" in codes(error)

    drive.approve("cure_order", "ding", "xin", at="2026-03-03 11:00")
    drive.issue("cure_order", "2026-03-03 12:00")
    assert drive.document("cure_order").issued.number == "大金普发改责改〔2026〕1号"


def test_opinions_signatures_and_numbers_of_our_papers_are_not_backfilled(drive):
    drive.file(
        "verification_report",
        {"course": "实地核查。", "result": "属实。", "advice": "立案"},
        at="2026-03-03 09:00",
    )
    report = drive.document("verification_report")
    decided = {"entry": report.current.filed, "role": "section_head", "opinion": "agree", "text": "同意。"}
    issued = {
        "document": report.id, "revision": 1, "number": "别处〔2026〕1号", "date": "2026-03-03", "sealed": True,
        "authority": "大连金普新区发展和改革局",
    }  # fmt: skip
    for kind, body in (("Decided", decided), ("Issued", issued)):
        with d.day("2026-03-04 09:00"), pytest.raises(Invalid, match="本系统制作的文书"):
            backfill.backfill_entry(
                drive.case,
                drive.people["jia"],
                kind,
                body,
                at=date(2026, 3, 3),
                scan=drive.scan(),
                reason="补",
            )


def test_a_confirmation_counts_only_from_someone_who_holds_the_post(drive):
    """A colleague cannot confirm in the section head's name."""
    from liuhen.records.append import New, append

    drive.file(
        "verification_report",
        {"course": "实地核查。", "result": "属实。", "advice": "立案"},
        at="2026-03-03 09:00",
    )
    body = {"fact": "correction_done", "values": {}}
    with d.day("2026-03-04 09:00"):
        receipt = backfill.backfill_entry(
            drive.case,
            drive.people["jia"],
            "Happened",
            body,
            at=date(2026, 3, 3),
            scan=drive.scan(),
            reason="补",
        )[0]
        forged = {"entry": receipt.hash, "role": "section_head", "opinion": "confirm", "text": "属实。"}
        append(f"case/{drive.case}", "yi", [New("Decided", forged)])
    assert receipt.hash in {waiting.entry for waiting in drive.state().unconfirmed}
    with d.day("2026-03-04 10:00"):
        approvals.confirm(drive.case, drive.people["ding"], receipt.hash)
    assert receipt.hash not in {waiting.entry for waiting in drive.state().unconfirmed}


def test_an_issued_paper_is_not_written_anew(drive):
    d.investigation(drive)
    d.report(drive)
    drive.file("penalty_notice", {}, at="2026-03-09 09:00")
    with d.day("2026-03-09 09:10"):
        draft = documents.revise(drive.case, drive.people["jia"], drive.documents["penalty_notice"])
    drive.issue("penalty_notice", at="2026-03-09 09:30")
    with d.day("2026-03-09 09:40"), pytest.raises(Invalid, match="已经签发"):
        documents.finalise(draft.document, drive.people["jia"])
    assert len(drive.document("penalty_notice").revisions) == 1


def test_what_approvers_agreed_to_is_not_corrected_under_them(drive):
    d.investigation(drive)
    d.report(drive)
    sheet = drive.document("proposal_approval")
    with d.day("2026-03-07 09:00"), pytest.raises(Invalid, match="已经就这一项签署意见"):
        facts.correct(
            drive.case,
            drive.people["jia"],
            sheet.current.filed,
            "/values/penalties",
            [{"kind": "警告"}],
            "写错了",
        )


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [
        ("Issued", "/number", "别的"),
        ("Signed", "/name", "李四"),
        ("Filed", "/document_kind", "penalty_decision"),
        ("Filed", "/revision", 9),
        ("Assigned", "/person", "bing"),
        ("Decided", "/opinion", "agree"),
        ("Rendered", "/digest", "sha256:00"),
    ],
)
def test_who_acted_on_what_with_which_number_cannot_be_corrected(drive, kind, path, value):
    from liuhen.records.models import Entry

    entry = Entry.objects.filter(stream=f"case/{drive.case}", kind=kind).first()
    with d.day("2026-03-07 09:00"), pytest.raises(Invalid, match="不能更正"):
        facts.correct(drive.case, drive.people["jia"], entry.hash, path, value, "试试")


def test_an_unconfirmed_sealing_away_hides_no_finding(drive):
    """A record is still judged until the section head has confirmed that it is none of this case."""
    d.investigation(drive)
    record = drive.document("site_inspection_record")
    with d.day("2026-03-04 09:00"):
        receipt = facts.void(drive.case, drive.people["jia"], record.current.filed, "录错案件")[0]
    assert drive.document("site_inspection_record").voided == ""
    with d.day("2026-03-04 10:00"):
        approvals.confirm(drive.case, drive.people["ding"], receipt.hash)
    assert drive.document("site_inspection_record").voided == "录错案件"


def test_a_request_for_a_hearing_ends_only_by_a_signed_withdrawal(drive):
    values = {"party": d.PARTY, "at": "2026-03-10T15:00", "form": "书面"}
    with d.day("2026-03-10 16:00"):
        receipt = facts.state_fact(
            drive.case, drive.people["jia"], "hearing_requested", values, proofs=[drive.scan(b"request")]
        )[0]
    with d.day("2026-03-11 09:00"), pytest.raises(Invalid, match="书面撤回"):
        facts.void(drive.case, drive.people["jia"], receipt.hash, "不想听证")


def test_what_the_law_wants_in_every_decision_cannot_be_not_applicable(drive):
    """R24.1: 不适用 is no answer to party, facts, basis, penalties, remedies."""
    d.investigation(drive)
    d.report(drive)
    nothing = {"not_applicable": "见附件"}
    values = dict.fromkeys(("party", "facts", "basis", "penalties", "remedies"), nothing)
    with d.day("2026-03-09 09:00"), pytest.raises(Stopped) as error:
        documents.file_document(drive.case, drive.people["jia"], "penalty_decision", values)
    assert "R24.1" in codes(error)
    assert "不能不适用" in str(error.value)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"discovered_at": "0001-01-01T00:00"}, "应为日期和时间"),
        ({"discovered_at": "2027-05-05T09:00"}, "不能晚于现在"),
        ({"discovered_at": "99999-01-01T00:00"}, "应为日期和时间"),
    ],
)
def test_times_that_cannot_be_are_refused_at_their_field(bureau, values, message):
    drive = d.Drive(bureau)
    with d.day("2026-03-02 10:00"):
        draft = documents.new_draft(drive.case, bureau["jia"], "case_source_form")
        draft.values |= {"source_kind": "监督检查", "is_named": False, "content": "检查发现。", **values}
        draft.save()
        with pytest.raises(Invalid, match=message):
            documents.finalise(draft.document, bureau["jia"])


def test_a_record_does_not_end_before_it_began(drive):
    values = {
        "started_at": "2026-03-03T10:00", "ended_at": "2026-03-03T09:00", "place": "某处", "certificates_shown": True,
        "recusal_answer": "不申请", "situation": "没有台账。",
    }  # fmt: skip
    with d.day("2026-03-03 11:00"), pytest.raises(Invalid, match="“检查结束”不能早于“检查开始”"):
        documents.file_document(drive.case, drive.people["jia"], "site_inspection_record", values)


def test_an_empty_file_and_a_title_without_end_are_refused(drive):
    from liuhen.acts import cases, media

    with d.day("2026-03-03 11:00"):
        with pytest.raises(Invalid, match="文件是空的"):
            media.deposit(drive.case, drive.people["jia"], b"", "空.png", what="照片")
        with pytest.raises(Invalid, match="不超过 200 字"):
            cases.open_case(drive.people["jia"], title="长" * 5000)
        case = cases.open_case(drive.people["jia"], title="甲\x00公司\u202e案")
    assert read_title(case) == "甲公司案"


def read_title(case):
    from liuhen.records.models import CaseRow

    return CaseRow.objects.get(case=case).title
