"""Who may not do an act puts nothing into the vault by trying, and is told nothing of the case (design: how an act runs)."""

import pytest

from liuhen.acts import documents, scanning, sketches
from liuhen.office.policy import NotPermitted
from tests.acts import drive as d


@pytest.fixture
def drive(bureau):
    return d.Drive(bureau)


def test_a_scan_is_not_read_for_who_may_not_deposit(drive, monkeypatch):
    """The archivist reads every case but deposits in none: titles and texts of papers are not told in passing."""
    monkeypatch.setattr(scanning, "read_scan", lambda data: pytest.fail("the scan was read"))
    with d.day("2026-03-03 10:00"), pytest.raises(NotPermitted):
        scanning.keep(drive.case, drive.people["gui"], b"%PDF-1.4 scan", "扫描件.pdf")


def test_a_sketch_is_not_kept_for_who_may_not_finalise(drive, monkeypatch):
    with d.day("2026-03-03 10:00"):
        draft = documents.new_draft(drive.case, drive.people["jia"], "site_inspection_record", {})
        monkeypatch.setattr(sketches, "keep", lambda kind, values: pytest.fail("the vault was written"))
        with pytest.raises(NotPermitted):
            documents.finalise(draft.document, drive.people["gui"])
