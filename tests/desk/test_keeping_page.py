"""原件保管 and what pages tell of it: who sees the page, what is not whole, what was restored, how much room is left (R34.3)."""

import pytest
from django.urls import reverse

from liuhen.acts import fixity
from liuhen.acts.storage import vault
from liuhen.records.models import CaseRow
from liuhen.vault.models import VaultObject
from liuhen.vault.places import FIRST, SECOND
from tests.acts.drive import Drive
from tests.desk.pages import browser, page, status, text
from tests.vault.stores import digest_of

PHOTO = b"photograph"


@pytest.fixture
def drive(two, bureau):
    drive = Drive(bureau)
    drive.deposit(PHOTO, "现场.jpg", what="现场照片")
    return drive


def number(drive):
    return CaseRow.objects.get(case=drive.case).case_no


@pytest.mark.parametrize(
    ("who", "code"), [("gui", 200), ("geng", 200), ("admin", 200), ("jia", 403), ("ding", 403)]
)
def test_archivist_supervision_and_administrator_see_it(drive, who, code):
    assert status(browser(who), "keeping") == code
    assert (reverse("keeping") in page(browser(who), "measures")) is (code == 200)


def test_it_tells_what_is_where_and_when_it_was_read(drive, two):
    shown = text(page(browser("gui"), "keeping"))
    assert "工作台" in text(page(browser("geng"), "keeping"))
    assert "第一处" in shown
    assert "第二处" in shown
    assert "还没有全部复读核对过" in shown
    fixity.run(vault())
    assert "2 个文件、20 B，全部完好" in text(page(browser("gui"), "keeping"))


def test_what_was_restored_stands_there_and_with_its_case(drive, two):
    two[FIRST].alter(digest_of(PHOTO), b"forged")
    fixity.run(vault())

    shown = text(page(browser("gui"), "keeping"))
    assert number(drive) in shown
    assert "被改动" in shown
    told = text(page(browser("jia"), "case_recordings", drive.case, at="2027-03-20 09:00"))
    assert "坏过、已经恢复的文件" in told
    assert "现场.jpg" in told
    assert "发现第一处的一份被改动，已从第二处恢复" in told


def test_the_administrator_is_told_of_no_case(drive, two):
    for on in two.values():
        on.alter(digest_of(PHOTO), b"forged")
    fixity.run(vault())
    seen, counted = (text(page(browser(who), "keeping")) for who in ("gui", "admin"))
    assert number(drive) in seen
    assert number(drive) not in counted
    assert "1 个案件" in counted
    assert "有 1 个文件不完好，没有恢复" in counted


def test_a_case_without_damage_says_nothing_of_it(drive):
    assert "坏过" not in page(browser("jia"), "case_recordings", drive.case)


def test_who_uploads_is_told_how_much_still_fits(drive, monkeypatch, settings):
    monkeypatch.setattr(type(vault().first), "free", lambda _: 18_000_000_000)
    settings.LIUHEN_VAULT_LOW_HOURS = 5
    assert "还可存约 10 小时录像（按常用码率 4.0 Mbit/s 估算）" in page(browser("jia"), "upload", drive.case)


def test_what_waits_is_counted(drive):
    VaultObject.objects.filter(place=SECOND).update(state="waiting")
    assert "待存第二处" in page(browser("gui"), "keeping")
