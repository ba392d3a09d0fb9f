"""Recordings that came from the tray, in packages and at the end of retention (A31; R34.3)."""

import pytest

from liuhen.acts import archiving, tray
from liuhen.acts.storage import vault
from liuhen.records.audit import audit
from liuhen.records.models import Body, TrayRow
from tests.acts import drive as d
from tests.acts.drive import local
from tests.archives import making
from tests.recordings import making as media


@pytest.fixture
def archived(bureau):
    """An archived case with a film from the tray; the film's ``Deposited``."""
    drive = making.closed(bureau)
    with making.driving.day("2026-03-30 17:00"):
        entry = tray.keep(
            bureau["jia"],
            vault().put(media.film().read_bytes()).digest,
            tray.Source("复查.mp4", device="1号记录仪"),
        )
        tray.tie(drive.case, bureau["jia"], entry, ends=local("2026-03-30 16:50"), what="复查录像")
    making.archive(drive)
    return drive, entry


def test_the_package_holds_the_film_and_the_proof_of_its_deposit(archived, verifier, tmp_path):
    drive, entry = archived
    making.witnessed()
    package = archiving.publish(drive.case, tmp_path / "package")
    row = TrayRow.objects.get(entry=entry)
    assert (package / f"data/originals/{row.digest.removeprefix('sha256:')}.mp4").is_file()
    assert entry in (package / "data/entries/office.jsonl").read_text()
    report = verifier.verify(package)
    assert [problem.code for problem in report.problems] == []


def test_a_package_without_it_is_found_out(archived, verifier, tmp_path):
    drive, entry = archived
    making.witnessed()
    package = archiving.publish(drive.case, tmp_path / "package")
    row = TrayRow.objects.get(entry=entry)
    (package / f"data/originals/{row.digest.removeprefix('sha256:')}.mp4").unlink()
    assert "NOT_IN_PACKAGE" in {problem.code for problem in verifier.verify(package).problems}


def dispose(drive):
    making.approved(drive)
    making.dispose(drive)


def test_the_film_goes_with_its_case(archived):
    drive, entry = archived
    digest = TrayRow.objects.get(entry=entry).digest
    dispose(drive)
    assert not vault().exists(digest)
    assert not Body.objects.filter(entry__hash=entry).exists()
    assert not TrayRow.objects.exists()
    assert audit(vault()).faults == []


def test_a_film_that_another_case_needs_stays(archived):
    drive, entry = archived
    other = d.Drive(drive.people)
    with d.day("2026-04-02 09:00"):
        tray.tie(other.case, drive.people["jia"], entry, ends=local("2026-03-30 16:50"))
    dispose(drive)
    row = TrayRow.objects.get(entry=entry)
    assert vault().exists(row.digest)
    assert {tie.case for tie in row.ties.all()} == {other.case}
    assert audit(vault()).faults == []
