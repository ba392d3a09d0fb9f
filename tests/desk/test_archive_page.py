"""归档's page: what came late is archived and taken from there as the first package was (R31.1)."""

import io
import zipfile

import pytest
from django.urls import reverse

from tests.acts import drive as d
from tests.archives import making
from tests.desk.pages import browser, text

AT = "2026-05-01 10:00"


@pytest.fixture
def drive(bureau):
    drive = making.archived(bureau)
    drive.deposit(b"late", "迟到.jpg", at="2026-05-01 09:00", what="迟到的照片")
    return drive


def page(drive, who="gui"):
    with d.day(AT):
        return browser(who).get(reverse("archive", args=[drive.case])).content.decode()


def test_what_came_late_is_archived_from_the_page_and_downloaded(drive, tmp_path):
    assert "还没有补充归档" in text(page(drive))
    with d.day(AT):
        assert browser("gui").post(reverse("archive", args=[drive.case])).status_code == 302
        answer = browser("gui").get(reverse("supplement", args=[drive.case, 1]))
    assert reverse("supplement", args=[drive.case, 1]) in page(drive)
    assert "还没有补充归档" not in text(page(drive))
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as packed:
        packed.extractall(tmp_path / "taken")
    (folder,) = (path.parent for path in (tmp_path / "taken").rglob("bagit.txt"))
    assert making.load("liuhen_verify", making.VERIFIER).verify(folder).problems == []


def test_with_nothing_new_there_is_nothing_to_archive(bureau):
    drive = making.archived(bureau)
    assert "补充归档</button>" not in page(drive)
    with d.day(AT):
        assert browser("gui").get(reverse("supplement", args=[drive.case, 1])).status_code == 400
