"""Killed at any step of archiving or handing out: no half package under a real name, none without its entry (the crash story)."""

import pytest
from django.conf import settings

from liuhen.acts import archiving, handing
from liuhen.acts.storage import vault
from liuhen.acts.upkeep import upkeep
from liuhen.archives import contents, package
from liuhen.records.audit import audit
from liuhen.records.models import Entry
from tests.archives import making
from tests.records.killing import died_at

NOTHING, EVERYTHING = 0, 1
STEPS = {
    "files being copied": (contents, "copy_out", "after", NOTHING),
    "the payload half written": (package, "write_entries", "before", NOTHING),
    "the payload written, not renamed": (package, "write_payload", "after", NOTHING),
    "the payload waiting, no entry": (archiving, "_built", "after", NOTHING),
    "the entry appended, before the proof": (archiving, "finish", "before", EVERYTHING),
    "the proof half written": (package, "_inclusion", "after", EVERYTHING),
    "the proof written, the tag manifest not": (package, "finish_bag", "before", EVERYTHING),
    "proved, not in its place": (archiving, "prove", "after", EVERYTHING),
    "in its place": (archiving, "finish", "after", EVERYTHING),
}


@pytest.fixture
def drive(bureau_committed, monkeypatch):
    """A closed case, short; and no paper is set, since a typesetter that has run before does not survive a fork."""
    drive = making.driving.Drive(bureau_committed)
    drive.deposit(b"photograph", "现场.jpg", what="现场照片")
    making.short(drive)
    making.unprinted(monkeypatch)
    return drive


def visible():
    return sorted(path.name for path in archiving.packages().iterdir() if not path.name.startswith("."))


def hidden():
    return sorted(path.name.split("-")[0] for path in archiving.packages().glob(".*"))


@pytest.mark.parametrize("step", STEPS)
def test_archiving(drive, step, verifier, monkeypatch):
    owner, name, when, expected = STEPS[step]
    assert died_at(owner, name, when, lambda: making.archive(drive))

    assert Entry.objects.filter(kind="Archived").count() == expected
    assert visible() == ([drive.case] if step == "in its place" else [])
    with making.driving.day(making.CLOSED):
        assert audit(vault()).faults == []

    monkeypatch.setattr(archiving, "ABANDONED", -1)
    assert upkeep() == []
    assert hidden() == []
    if expected == NOTHING:
        making.archive(drive)
    assert visible() == [drive.case]
    report = verifier.verify(archiving.place(drive.case))
    assert (report.verdict, report.problems) == (2, [])
    assert audit(vault()).faults == []


SUPPLEMENTING = {
    "the payload written, not renamed": (package, "write_payload", "after", NOTHING),
    "checked, the payload waiting, no entry": (archiving, "_built", "after", NOTHING),
    "the entry appended, before the proof": (archiving, "finish", "before", EVERYTHING),
    "proved, not in its place": (archiving, "prove", "after", EVERYTHING),
}


@pytest.mark.parametrize("step", SUPPLEMENTING)
def test_a_supplement(drive, step, verifier, monkeypatch):
    """The first package stands untouched; the supplement is whole in its place or not to be seen, and verifies with it."""
    making.archive(drive)
    first = sorted(p.stat().st_mtime_ns for p in archiving.place(drive.case).rglob("*"))
    drive.deposit(b"late", "迟到.jpg", at="2026-05-01 09:00", what="迟到的照片")

    def supplement():
        with making.driving.day("2026-05-01 10:00"):
            archiving.archive(drive.case, drive.people["gui"])

    owner, name, when, expected = SUPPLEMENTING[step]
    assert died_at(owner, name, when, supplement)
    assert Entry.objects.filter(kind="Archived").count() == 1 + expected
    assert visible() == [drive.case]

    monkeypatch.setattr(archiving, "ABANDONED", -1)
    assert upkeep() == []
    assert hidden() == []
    if expected == NOTHING:
        supplement()
    assert visible() == [drive.case, f"{drive.case}+1"]
    assert sorted(p.stat().st_mtime_ns for p in archiving.place(drive.case).rglob("*")) == first
    reports = verifier.verify_together([archiving.place(drive.case), archiving.place(drive.case, 1)])
    assert [(report.verdict, report.problems) for report in reports] == [(2, []), (2, [])]
    with making.driving.day("2026-05-02 09:00"):
        assert audit(vault()).faults == []


HANDING = {
    "the copy half built": (package, "write_entries", "before", NOTHING),
    "the copy built, not recorded": (handing, "prove", "after", NOTHING),
    "recorded, not yet to be seen": (handing, "record", "after", EVERYTHING),
}


@pytest.mark.parametrize("step", HANDING)
def test_handing_out(drive, step, verifier):
    """The record may tell of a copy that nobody got; nobody gets one that the record does not tell of."""
    making.archive(drive)
    target = settings.LIUHEN_DATA / "out" / "copy"

    def hand_out():
        handing.redacted(
            drive.case, drive.people["gui"], target, ["1:/title"], to="复议机关", purpose="行政复议"
        )

    owner, name, when, expected = HANDING[step]
    assert died_at(owner, name, when, hand_out)
    assert not target.exists()
    assert Entry.objects.filter(kind="Handed").count() == expected
    hand_out()
    assert Entry.objects.filter(kind="Handed").count() == expected + 1
    assert verifier.verify(target).verdict == 2


def test_taking_a_package_out(drive, verifier):
    making.archive(drive)
    target = settings.LIUHEN_DATA / "out" / "package"
    assert died_at(archiving, "prove", "before", lambda: archiving.publish(drive.case, target))
    assert not target.exists()
    archiving.publish(drive.case, target)
    assert verifier.verify(target).verdict == 2
