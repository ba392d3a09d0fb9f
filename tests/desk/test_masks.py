"""举报人信息 (domain §10): who reported is told to the author, the section head and the main officer, on no page to others."""

import json

from django.urls import reverse

from liuhen.acts import facts
from liuhen.desk import sheets
from liuhen.papers import render as real
from liuhen.records import read
from liuhen.records.models import Body
from tests.acts import drive as d
from tests.desk.pages import CASE_PAGES, SECRETS, browser, page, reported_source, status

MAY = ("jia", "ding")
MAY_NOT = ("yi", "ji", "geng", "xin", "ren", "gui")


def reported(bureau):
    drive = d.Drive(bureau)
    reported_source(drive)
    filed = next(e for e in read.case_entries(drive.case) if e.kind == "Filed")
    with d.day("2026-03-03 09:00"):
        facts.correct(drive.case, bureau["jia"], filed.hash, "/values/provider", "周某某", "写错一字")
    return drive


def every_page(drive, who):
    client, document = browser(who), drive.documents["case_source_form"]
    html = [page(client, name, drive.case) for name in CASE_PAGES]
    html += [page(client, "case_timeline", drive.case, query="?order=recorded")]
    html += [
        page(client, "case", drive.case, query="?at=2026-03-02"),
        page(client, "work"),
        page(client, "cases"),
    ]
    html += [page(client, "cases", query="?q=周某某").replace('value="周某某"', "")]
    return [*html, page(client, "read_document", drive.case, document)]


def test_who_reported_stands_on_no_page_of_others(bureau):
    drive = reported(bureau)
    for who in MAY_NOT:
        for html in every_page(drive, who):
            assert not [secret for secret in SECRETS if secret in html], who


def test_those_who_need_it_read_it_in_the_document(bureau):
    drive = reported(bureau)
    document = drive.documents["case_source_form"]
    for who in MAY:
        html = page(browser(who), "read_document", drive.case, document)
        assert all(secret in html for secret in SECRETS), who


def test_the_paper_and_the_attachments_of_a_masked_document_stay_closed(bureau):
    drive = reported(bureau)
    document = drive.documents["case_source_form"]
    drive.deposit(b"letter", "举报信.pdf", what="举报信", document=document)
    letter = next(iter(drive.state().recordings.values())).digest
    paper = drive.document("case_source_form").rendition("final").digest
    for who in (*MAY, *MAY_NOT):
        wanted = 200 if who in MAY else 403
        assert status(browser(who), "page_image", drive.case, document, 1, 1) == wanted, who
        assert status(browser(who), "media_file", drive.case, letter) == wanted, who
        assert status(browser(who), "media_file", drive.case, paper) == wanted, who


def test_who_may_not_see_everything_reads_a_copy_with_the_secrets_blotted_out(bureau):
    """domain §10: the supervisor checks the paper all the same; the way to the original is told, and no dead end."""
    drive = reported(bureau)
    document = drive.documents["case_source_form"]
    for who in MAY_NOT:
        html = page(browser(who), "read_document", drive.case, document)
        sheet = reverse("sheet", args=[drive.case, document, 1])
        assert sheet in html, who
        assert "遮盖样" in html
        answer = browser(who).get(sheet)
        assert answer.status_code == 200
        assert answer.content.startswith(b"\x89PNG")
    closed = browser(MAY_NOT[0]).get(reverse("paper", args=[drive.case, document]))
    assert closed.status_code == 403
    assert reverse("read_document", args=[drive.case, document]) in closed.content.decode()
    assert "主办人" in closed.content.decode()


def test_the_copy_is_drawn_from_masked_values_and_never_shared_with_open_eyes(bureau, monkeypatch):
    drive = reported(bureau)
    document = drive.documents["case_source_form"]
    drawn = []
    monkeypatch.setattr(
        sheets,
        "render",
        lambda kind, values, *more, **marks: (
            drawn.append((values, marks)) or real(kind, values, *more, **marks)
        ),
    )
    browser("xin").get(reverse("sheet", args=[drive.case, document, 1]))
    browser("ding").get(reverse("sheet", args=[drive.case, document, 1]))
    (masked, none), (whole, some) = drawn
    assert not [secret for secret in SECRETS if secret in repr(masked)]
    assert all(secret in repr(whole) for secret in SECRETS)
    assert none["strokes"] == []
    assert len(some["strokes"]) == 1


def test_the_name_of_the_one_who_was_told_is_masked_with_the_document(bureau):
    """R10.3: the reporter is told the result and signs for it; the signature must not say who reported."""
    drive = d.Drive(bureau)
    reported_source(drive)
    told = {"name": "周某某"}
    drive.file(
        "result_notification_record",
        {"method": "当面", "occasion": "其他", "content": "正在核查。", "told": told, "told_as": "举报人"},
        at="2026-03-10 09:00",
    )
    drive.sign("result_notification_record", "jia", party=("told", "周某某"), at="2026-03-10 09:10")
    document = drive.documents["result_notification_record"]

    assert "周某某" in page(browser("jia"), "case_timeline", drive.case)
    for who in MAY_NOT:
        for name, *more in (("case_timeline",), ("case",), ("read_document", document)):
            assert "周某某" not in page(browser(who), name, drive.case, *more), (who, name)


def consultations():
    rows = Body.objects.filter(entry__kind="Consulted").order_by("entry_id")
    return [(row.entry.actor, json.loads(row.content)) for row in rows.select_related("entry")]


def test_reading_what_is_protected_and_opening_files_is_logged(bureau):
    """R33.1: every reading of protected content and every file given out leaves a trace."""
    drive = reported(bureau)
    document = drive.documents["case_source_form"]
    page(browser("xin"), "read_document", drive.case, document)
    assert consultations() == []

    page(browser("ding"), "read_document", drive.case, document)
    status(browser("ding"), "page_image", drive.case, document, 1, 1)
    status(browser("xin"), "page_image", drive.case, document, 1, 1)

    assert [(who, body["what"]) for who, body in consultations()] == [
        ("ding", "查看《案件来源登记表》"),
        ("ding", "查看《案件来源登记表》第 1 页"),
    ]


def test_a_file_is_shown_only_when_a_browser_cannot_run_it(bureau):
    drive = d.Drive(bureau)
    drive.deposit(b"<script>alert(1)</script>", "坏.html", what="网页")
    drive.deposit(b"%PDF-1.4", "好.pdf", what="扫描件")
    for recording in drive.state().recordings.values():
        answer = browser("jia").get(reverse("media_file", args=[drive.case, recording.digest]))
        shown = recording.name == "好.pdf"
        assert answer["Content-Type"] == ("application/pdf" if shown else "application/octet-stream")
        assert answer["Content-Disposition"].startswith("inline" if shown else "attachment")
        assert answer["Cache-Control"] == "private, no-store"
