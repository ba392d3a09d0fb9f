"""Promises that a system of forms breaks, kept by the acts and the pages: the act is the record, and all of it is shown."""

import re

import pytest
from django.urls import reverse

from liuhen.acts import facts, issuing
from liuhen.acts import media as deposits
from liuhen.acts.situation import Invalid, Stopped
from liuhen.archives.catalogue import items, recordings
from liuhen.compliance.judge import context, judge
from liuhen.measures.releases import CURRENT
from liuhen.records import clock, read
from liuhen.records.models import CaseRow, Entry
from liuhen.scripts.facts import case_of
from liuhen.scripts.script import load
from tests.acts import drive as d
from tests.acts.test_stops import early
from tests.desk.doing import Desk, html
from tests.desk.pages import browser, page, text

MOMENT = "2026-03-03 09:00"
PDF = b"%PDF-1.4 somebody else's papers"


@pytest.fixture
def drive(bureau):
    return d.Drive(bureau)


def entries(drive):
    return list(
        Entry.objects.filter(stream=f"case/{drive.case}").order_by("id").values_list("hash", flat=True)
    )


def test_a_wrong_name_is_corrected_by_an_entry_and_the_old_one_stays(drive, bureau):
    """Corrected: old, new, reason, confirmation; after the notice only by a served correction."""
    d.source(drive)
    d.investigation(drive)
    record = drive.document("site_inspection_record")
    right = {**record.values["party"], "name": "某粮食集团有限公司"}
    with d.day("2026-03-04 09:00"):
        facts.correct(drive.case, bureau["jia"], record.current.filed, "/values/party", right, "写错名称")

    (correction,) = drive.state().corrections
    assert drive.document("site_inspection_record").values["party"]["name"] == "某粮食集团有限公司"
    assert correction.old["name"] == d.PARTY["name"]
    assert (correction.reason, correction.confirmed) == ("写错名称", False)
    d.report(drive)
    d.notice(drive)
    notice = drive.document("penalty_notice").current.filed
    with d.day("2026-03-10 09:00"), pytest.raises(Invalid, match="文书补正"):
        facts.correct(drive.case, bureau["jia"], notice, "/values/party", d.PARTY, "写错名称")


def test_a_wrong_attachment_is_sealed_away_and_its_digest_stays(drive, bureau):
    """Voided: not shown to anybody, still proved."""
    d.source(drive)
    (receipt,) = [r for r in drive.deposit(PDF, "别人的材料.pdf", at=MOMENT, what="误传的材料") if r]
    entry = Entry.objects.get(hash=receipt.hash)
    (digest,) = [r.digest for r in drive.state().recordings.values() if r.entry == receipt.hash]
    with d.day("2026-03-03 10:00"):
        facts.void(drive.case, bureau["jia"], receipt.hash, "误传别人的材料")
    with d.day("2026-03-03 11:00"):
        answer = browser("jia").get(reverse("media_file", args=[drive.case, digest]))
    assert answer.status_code in (403, 404, 409, 410)
    assert digest in Entry.objects.get(pk=entry.pk).body.content


def test_what_was_stopped_leaves_a_trace_and_no_act(drive, bureau):
    """No entry, no act; the refusal itself is recorded with the codes."""
    for step in (d.source, d.investigation, d.report):
        step(drive)
    early(drive, "2026-03-09")
    before = entries(drive)
    with d.day("2026-03-09 11:00"), pytest.raises(Stopped):
        issuing.issue(drive.case, bureau["jia"], drive.documents["penalty_decision"])

    assert entries(drive) == before
    refused = Entry.objects.filter(kind="Refused").latest("id")
    assert "R15.1" in refused.body.content
    assert drive.case in refused.body.content


def test_all_that_stands_in_the_way_is_told_at_once(drive, bureau):
    """One preflight by the same rules: at the act, on the page; nothing is found only after another is mended."""
    d.source(drive)
    drive.file("penalty_decision", {
        "facts": d.FACTS, "nature": "未建台账", "reasons": "违法。", "basis": d.BASIS, "penalties": d.FINE,
        "evidence": [{"number": "1", "name": "无", "proves": "无"}], "defence_outcome": "未提出。",
        "performance": "十五日内缴纳。", "discretion": [{"kind": "一般", "circumstance": "没有其他情节"}],
    }, at=MOMENT)  # fmt: skip
    document = drive.documents["penalty_decision"]
    with d.day("2026-03-03 10:00"):
        told = issuing.issue_preflight(drive.case, bureau["jia"], document).stops
        with pytest.raises(Stopped) as stop:
            issuing.issue(drive.case, bureau["jia"], document)
        answer = browser("jia").post(reverse("issue", args=[drive.case, document]))

    assert {f.code for f in told} >= {"R15.1", "R22.1", "R14.1", "R17.1"}
    assert [f.line for f in told] == [f.line for f in stop.value.findings]
    shown = text(html(answer))
    assert not [f.line for f in told if f.line not in shown]


def test_an_approver_sees_the_whole_paper_that_is_approved(drive):
    """The opinion names the hash of exactly this text."""
    for step in (d.source, d.investigation, d.report, d.notice):
        step(drive)
    drive.file("decision_approval", {}, at="2026-03-18 09:00")
    drive.sign("decision_approval", "jia", "yi", at="2026-03-18 09:10")
    document, at = drive.documents["decision_approval"], "2026-03-18 10:00"
    shown = page(browser("ding"), "approve", drive.case, document, at=at)
    pages = set(re.findall(rf"{document}/sheet/(\d+)\.png", shown))

    with d.day(at):
        sheets = [browser("ding").get(reverse("sheet", args=[drive.case, document, int(n)])) for n in pages]
    assert pages
    assert {answer.status_code for answer in sheets} == {200}
    assert 'name="seen"' in shown
    drive.approve("decision_approval", "ding", at="2026-03-18 10:00")
    paper = drive.document("decision_approval")
    decided = Entry.objects.filter(stream=f"case/{drive.case}", kind="Decided").latest("id")
    assert paper.current.filed in decided.body.content


def test_every_paper_and_recording_has_its_place_in_the_file(settings):
    """R31.1: the catalogue is made from the record, not from a list of kinds."""
    case = case_of(load(settings.BASE_DIR / "cases/demo-1-archived.yaml"))
    listed = {item.document for item in items(case)}

    assert {d.id for d in case.documents.values() if not d.voided} <= listed
    assert len(recordings(case)) == len([r for r in case.recordings.values() if r.recorded and not r.voided])
    receipts = [d for d in case.documents.values() if d.service]
    assert len([item for item in items(case) if item.kind == "service_receipt"]) >= len(receipts)


def test_photographs_and_films_have_a_place_before_any_form(drive, bureau):
    """A case is open from the first minute."""
    with d.day("2026-03-02 09:05"):
        deposits.deposit(
            drive.case, bureau["jia"], b"film", "现场.mp4", what="检查录像", recorded=True,
            starts=d.local("2026-03-02 08:30"), ends=d.local("2026-03-02 09:00"),
        )  # fmt: skip
    case = drive.state()
    assert not case.documents
    assert [r.name for r in case.recordings.values()] == ["现场.mp4"]


def test_every_running_limit_stands_on_the_page_of_the_case(drive):
    """One register of limits drives judgement, list and page."""
    for step in (d.source, d.investigation, d.report, d.notice):
        step(drive)
    with d.day("2026-03-10 09:00"):
        judged = judge(drive.state(), context(clock.now(), read.office()))
        limits = [one for one in judged.deadlines if one.state in ("open", "overdue")]
        shown = text(page(browser("jia"), "case", drive.case, at="2026-03-10 09:00"))
    assert len(limits) >= 2
    assert not [one.title for one in limits if one.title not in shown]


def test_every_paper_of_the_procedure_is_begun_by_a_button(drive):
    """Nobody types a code: the list comes from the Measures."""
    d.source(drive)
    begun = set(re.findall(r'action="[^"]*/new/([a-z_]+)/"', page(browser("jia"), "add", drive.case)))
    wanted = {kind.code for kind in CURRENT.offered("penalty_ordinary") if "officer" in kind.authors}
    assert wanted <= begun


def test_a_long_list_says_how_long_it_is_and_gives_the_rest(drive):
    row = CaseRow.objects.get()
    for n in range(230):
        row.pk, row.case_no = f"COPY{n}", f"LC-P-2025-{n:04d}"
        row.save(force_insert=True)
    client, seen = browser("jia"), set()
    for number in range(1, 11):
        shown = page(client, "cases", query=f"?page={number}")
        seen |= set(re.findall(r"LC-P-2025-\d{4}", shown))
        assert "共 231 件" in text(shown)
    assert len(seen) == 230


def test_every_paper_is_downloaded_by_the_link_on_its_page(bureau):
    """With what the form really sends, and what the page really links to."""
    desk = Desk.until(bureau, d.source, d.investigation, d.report, d.notice)
    fetched = 0
    for document in desk.state().documents.values():
        shown = html(desk.get("jia", desk.path("read_document", document.id), "2026-03-10 09:00"))
        for link in set(re.findall(r'href="([^"]+paper\.pdf[^"]*)"', shown)):
            answer = desk.get("jia", link.replace("&amp;", "&"), "2026-03-10 09:00")
            assert answer.status_code == 200
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert body.startswith(b"%PDF")
            fetched += 1
    assert fetched >= 7


def test_saving_a_second_time_with_nothing_changes_nothing_recorded(bureau):
    """A request told once is told: opening its form again and sending it empty appends nothing."""
    desk = Desk.until(bureau, d.source, d.investigation, d.report, d.notice)
    before = Entry.objects.count()
    url = desk.path("state", "hearing_requested")
    answer = desk.submit("jia", url, "2026-03-10 09:00", at="", form="")
    assert answer.status_code != 302
    assert Entry.objects.filter(stream=f"case/{desk.case}").count() <= before
    assert not desk.state().happened("hearing_requested")


def test_a_file_is_there_whole_or_not_at_all(tmp_path, monkeypatch):
    """A write that dies leaves what was there before: a new file is renamed into its place at the end."""
    from pathlib import Path

    from liuhen.vault.filesystem import Filesystem
    from liuhen.vault.places import Vault

    vault = Vault(Filesystem(tmp_path))
    kept = vault.put(b"whole")

    def died(self, target):
        raise OSError("the power is gone")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", died)
        with pytest.raises(OSError, match="power"):
            vault.put(b"half written")
    assert list(vault.all()) == [kept.digest]
    assert vault.verify(kept.digest) == "ok"
