"""监督's pages: ordering, answering, drawing, reporting in the browser's forms (R32.1, R34.2)."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from liuhen.acts import supervising
from liuhen.records.models import FindingRow
from tests.acts import drive as d
from tests.archives import making
from tests.desk.pages import browser, text

AT = "2026-04-10 09:00"
SECTION = "粮食和物资储备科"


def get(who, name, *args, at=AT, **query):
    with d.day(at):
        return browser(who).get(reverse(name, args=args), query)


def post(who, name, *args, at=AT, **data):
    with d.day(at):
        return browser(who).post(reverse(name, args=args), data, follow=True)


@pytest.fixture
def late(bureau):
    """A case with a finding: its recording was deposited late."""
    drive = making.closed(bureau)
    film = {"what": "现场录像", "recorded": True, "ends": d.local("2026-03-03 10:00")}
    drive.deposit(b"film", "a.mp4", at="2026-04-01 08:00", **film)
    assert FindingRow.objects.exists()
    return drive


def test_from_a_finding_to_the_recheck(late):
    finding = FindingRow.objects.first()
    page = text(get("geng", "supervised_findings", state="all").content.decode())
    assert finding.message in page
    assert finding.message in text(get("geng", "rectifications", finding=finding.pk).content.decode())
    post(
        "geng",
        "rectifications",
        action="order",
        finding=finding.pk,
        person=["ding"],
        demand="今后按时",
        due="2026-04-20",
    )
    (made,) = supervising.supervision().rectifications.values()
    assert (made.section, made.findings[0]["code"]) == (SECTION, finding.code)
    assert "答复" in text(get("ding", "rectification", made.entry).content.decode())
    post(
        "ding",
        "rectification",
        made.entry,
        action="answer",
        text="已经整改",
        proofs=SimpleUploadedFile("a.txt", b"proof"),
    )
    post("geng", "rectification", made.entry, action="recheck", text="合格", passed="yes")
    (made,) = supervising.supervision().rectifications.values()
    assert [step.action for step in made.steps] == ["answered", "rechecked"]
    assert made.steps[0].proofs
    assert "已了结" in text(get("geng", "rectifications").content.decode())


def test_errors_stand_at_their_fields_and_nothing_is_lost(late):
    answer = post("geng", "rectifications", action="order", demand="要这样改", other="别的问题")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "要这样改" in page
    assert "别的问题" in page
    assert "期限应是今天以后的日期" in text(page)
    assert not supervising.supervision().rectifications


def test_another_section_does_not_see_it(late, bureau):
    with d.day(AT):
        supervising.order(
            bureau["geng"],
            SECTION,
            ["ding"],
            [{"case": "", "case_no": "", "code": "", "subject": "", "message": "x"}],
            "改",
            date(2026, 5, 1),
        )
    (made,) = supervising.supervision().rectifications
    assert get("wu", "rectification", made).status_code == 403
    assert "还没有责令过整改" in text(get("wu", "rectifications").content.decode())


def test_a_failing_is_entered_with_its_evidence(late):
    answer = post("geng", "rectifications", action="failing", failing="2", section=SECTION, text="泄露")
    assert "附上证据" in text(answer.content.decode())
    post(
        "geng",
        "rectifications",
        action="failing",
        failing="2",
        section=SECTION,
        text="泄露举报人",
        proofs=SimpleUploadedFile("a.txt", b"x"),
    )
    assert [one.failing for one in supervising.supervision().failings] == [2]


def test_files_are_drawn_scored_and_reviewed(late):
    post("geng", "samples", title="评查", seed="1", count="1")
    (made,) = supervising.supervision().samples.values()
    page = get("geng", "sample", made.entry).content.decode()
    assert re.search(r"<b>\d+(\.\d)? 分</b>", page)
    post(
        "geng",
        "sample",
        made.entry,
        case=late.case,
        points="95",
        text="良好",
        deductions="告知 5 没有写明期限",
    )
    (made,) = supervising.supervision().samples.values()
    assert made.reviews[late.case].deductions[0] == {"item": "告知", "points": "5", "reason": "没有写明期限"}


def test_too_many_are_not_drawn(late):
    assert "1 到 1 之间" in text(post("geng", "samples", title="评查", seed="1", count="9").content.decode())


def test_the_head_reports_last_years_list(late):
    page = get("ding", "annual_lists", at="2027-01-20 09:00")
    assert "还没有报送" in text(page.content.decode())
    assert get("ding", "annual_list", 2026, SECTION, at="2027-01-20 09:00").content[:2] == b"PK"
    post("ding", "annual_list", 2026, SECTION, at="2027-01-20 09:00")
    assert "已报送" in text(get("geng", "annual_lists", at="2027-02-20 09:00").content.decode())
    assert get("jia", "annual_lists").status_code == 403
    assert get("wu", "annual_list", 2026, SECTION).status_code == 403
