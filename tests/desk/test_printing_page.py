"""Printing from the archive page: the main volume for those of the case, the internal one for who may see it, each logged."""

import shutil

import pytest
from django.urls import reverse

from liuhen.acts import archiving
from liuhen.records import read
from liuhen.records.models import Entry
from tests.acts import drive as d
from tests.archives import making
from tests.desk.pages import browser

AT = "2026-05-01 10:00"


@pytest.fixture
def drive(bureau):
    return making.archived(bureau)


def take(drive, who, volume):
    with d.day(AT):
        return browser(who).get(reverse("print_volume", args=[drive.case, volume]))


def test_a_volume_comes_as_pdf_and_is_logged_and_the_page_offers_it(drive):
    with d.day(AT):
        page = browser("gui").get(reverse("archive", args=[drive.case])).content.decode()
    for volume in ("main", "internal"):
        assert reverse("print_volume", args=[drive.case, volume]) in page
    answer = take(drive, "gui", "main")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.getvalue().startswith(b"%PDF")
    row = Entry.objects.filter(stream="access", kind="Consulted").last()
    assert (row.actor, read.entry_of(row, row.body).body["what"]) == ("gui", "打印正卷")
    assert take(drive, "gui", "whole").status_code == 400


def test_a_supplement_offers_the_volumes_that_it_has_and_a_lost_package_keeps_no_page_away(drive):
    drive.deposit(making.blank_sheet(), "迟到.pdf", at="2026-05-01 08:00", what="迟到的材料")
    with d.day("2026-05-01 09:00"):
        archiving.archive(drive.case, drive.people["gui"])
    shutil.rmtree(archiving.place(drive.case))
    with d.day(AT):
        page = browser("gui").get(reverse("archive", args=[drive.case])).content.decode()
    assert reverse("print_supplement", args=[drive.case, 1, "main"]) in page
    assert reverse("print_supplement", args=[drive.case, 1, "internal"]) not in page
    assert not archiving.place(drive.case).exists()
    with d.day(AT):
        made = browser("gui").get(reverse("print_supplement", args=[drive.case, 1, "main"]))
    assert made.getvalue().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("who", "main", "internal"), [("jia", 200, 200), ("ding", 200, 200), ("ji", 200, 403), ("wu", 403, 403), ("admin", 403, 403), ("bing", 403, 403)]
)  # fmt: skip
def test_the_internal_volume_is_for_who_may_see_it(drive, who, main, internal):
    assert (take(drive, who, "main").status_code, take(drive, who, "internal").status_code) == (
        main,
        internal,
    )
