"""Everything is read again, what is wrong is named with its case, and comes back from the other place (R34.3)."""

import os
from datetime import timedelta

import pytest

from liuhen.acts import fixity, mending
from liuhen.acts.storage import vault
from liuhen.records import clock
from liuhen.records.audit import audit
from liuhen.records.keeping import restored
from liuhen.records.models import CaseRow, Entry, Leaf
from liuhen.records.read import case_entries
from liuhen.vault import holdings
from liuhen.vault.filesystem import Filesystem
from liuhen.vault.models import FixityPass, VaultObject
from liuhen.vault.places import FIRST, SECOND
from tests.acts.drive import Drive
from tests.records.killing import died_at
from tests.vault.stores import OnFilesystem, digest_of

PHOTO, FILM = b"photograph", b"film" * 1000


@pytest.fixture
def drive(two, bureau):
    """A case with two deposited files, each in both places."""
    return filled(Drive(bureau))


def filled(drive):
    drive.deposit(PHOTO, "现场.jpg", what="现场照片")
    drive.deposit(FILM, "检查.mp4", what="检查录像")
    return drive


def harm(on, fault, digest):
    if fault == "missing":
        on.lose(digest)
    elif fault == "altered":
        on.alter(digest, b"forged")
    else:
        on.lose(digest)
        on.store.path(digest).mkdir()


def row(digest, place=FIRST):
    return VaultObject.objects.get(digest=digest, place=place)


def test_a_whole_vault_is_read_once_in_every_place(drive):
    objects = VaultObject.objects.count()
    assert objects == 2 * len(list(vault().all())) > 0

    summary = fixity.run(vault())

    assert summary.ended
    assert summary.findings == []
    assert (summary.reading.objects_read, summary.reading.faults) == (objects, 0)
    assert summary.reading.bytes_read == sum(VaultObject.objects.values_list("size", flat=True))
    assert not VaultObject.objects.exclude(state="whole").exists()
    assert not VaultObject.objects.filter(last_seen_whole=None).exists()


@pytest.mark.parametrize("place", [FIRST, SECOND])
@pytest.mark.parametrize("fault", ["missing", "altered", "unreadable"])
def test_a_copy_that_is_not_whole_comes_back_from_the_other_place(drive, two, fault, place):
    digest, other = digest_of(PHOTO), SECOND if place == FIRST else FIRST
    harm(two[place], fault, digest)
    told = []

    summary = fixity.run(vault(), tell=told.append)

    (finding,) = summary.findings
    assert told == [finding]
    assert (finding.place, finding.digest, finding.fault, finding.restored_from) == (
        place,
        digest,
        fault,
        other,
    )
    assert two[place].store.verify(digest) == "ok"
    number = CaseRow.objects.get(case=drive.case).case_no
    assert f"案件 {number}" in str(finding)
    assert "“现场.jpg”" in str(finding)
    assert (summary.reading.faults, summary.reading.restored, summary.unmended) == (1, 1, 0)
    assert row(digest, place).state == "whole"
    assert audit(vault()).faults == []


def test_what_was_restored_is_recorded_sealed_and_told_of_its_case(drive, two):
    digest = digest_of(PHOTO)
    two[FIRST].alter(digest, b"forged")
    before = CaseRow.objects.get(case=drive.case).stamp

    fixity.run(vault())

    (entry,) = restored(drive.case)
    (kept,) = two[FIRST].store.aside()
    assert (entry.stream, entry.actor) == ("office/keeping", "system")
    assert entry.body == {
        "digest": digest, "size": len(PHOTO), "place": FIRST, "fault": "altered", "from": SECOND, "cases": [drive.case],
        "found": digest_of(b"forged"), "kept": kept,
    }  # fmt: skip
    assert two[FIRST].bytes_aside(kept) == b"forged"
    assert Leaf.objects.filter(hash=entry.hash).exists()
    assert CaseRow.objects.get(case=drive.case).stamp == before
    assert restored("another") == []


def test_what_no_place_has_whole_is_named_and_left_as_it_is(drive, two):
    digest = digest_of(PHOTO)
    for on in two.values():
        on.alter(digest, b"forged")

    summary = fixity.run(vault())

    assert [finding.place for finding in summary.findings] == [FIRST, SECOND]
    assert "没有恢复：另一处也没有完好的一份" in str(summary.findings[0])
    assert summary.unmended == 2
    assert [list(on.store.aside()) for on in two.values()] == [[], []]
    assert not Entry.objects.filter(kind="Restored").exists()
    assert row(digest).state == "altered"


def test_since_when_it_is_wrong_is_kept_and_what_was_put_right_by_others_is_not_claimed(bureau, tmp_path):
    """With one place nothing can be mended; the administrator brings the file from a backup."""
    on, digest = OnFilesystem(tmp_path / "vault"), digest_of(PHOTO)
    filled(Drive(bureau))
    on.lose(digest)
    began = clock.now()
    for _ in range(2):
        with clock.at(began):
            (finding,) = fixity.run(vault()).findings
        began += timedelta(days=1)
    assert "没有第二处可以恢复" in str(finding)
    assert row(digest).since == began - timedelta(days=2)

    on.store.put(PHOTO)
    assert fixity.run(vault()).findings == []
    assert row(digest).state == "whole"
    assert not Entry.objects.filter(kind="Restored").exists()


class TestPass:
    def test_one_that_is_broken_off_goes_on_where_it_stood(self, drive, monkeypatch):
        monkeypatch.setattr(fixity, "BATCH_OBJECTS", 1)
        read, verify = [], Filesystem.verify
        monkeypatch.setattr(
            Filesystem,
            "verify",
            lambda store, digest, pace=None: (read.append(digest), verify(store, digest))[1],
        )
        first = fixity.run(vault(), stop=lambda: len(read) >= 2)
        assert (first.ended, first.reading.objects_read) == (False, 2)

        second = fixity.run(vault())

        assert second.ended
        assert second.reading.pk == first.reading.pk
        assert len(read) == second.reading.objects_read == VaultObject.objects.count()
        assert FixityPass.objects.count() == 1

    def test_the_longest_unseen_comes_first_and_the_never_seen_before_all(self, drive):
        fixity.run(vault())
        newest, oldest = digest_of(PHOTO), digest_of(FILM)
        VaultObject.objects.filter(digest=newest).update(looked_at=clock.now() + timedelta(days=1))
        VaultObject.objects.filter(digest=oldest).update(looked_at=clock.now() - timedelta(days=9))
        never = drive.scan(b"a scan")
        reading = FixityPass.objects.create(began_at=clock.now())
        order = [each.digest for each in holdings.due(reading, [FIRST])]
        assert order[:2] == [never, oldest]
        assert order[-1] == newest

    def test_batches_end_by_size_too(self, drive, monkeypatch):
        monkeypatch.setattr(fixity, "BATCH_BYTES", len(FILM))
        reading = FixityPass.objects.create(began_at=clock.now())
        batch = fixity._batch(reading, {FIRST, SECOND})
        assert 0 < len(batch) < VaultObject.objects.count()
        assert fixity.run(vault()).ended

    def test_two_at_once_are_refused(self, drive):
        def again(_):
            with pytest.raises(fixity.Busy, match="另一个核对正在进行"):
                fixity.run(vault())
            asked.append(1)
            return False

        asked = []
        fixity.run(vault(), stop=lambda: again(0))
        assert asked

    def test_the_rate_is_kept(self, drive):
        size = sum(VaultObject.objects.values_list("size", flat=True))
        began = os.times().elapsed
        fixity.run(vault(), rate=size / fixity.MEGABYTE / 0.5)
        assert os.times().elapsed - began > 0.4

    def test_a_place_that_does_not_answer_keeps_the_pass_open_and_the_other_is_read(self, drive, settings):
        settings.LIUHEN_VAULT_SECOND = "s3://bucket?endpoint=http://127.0.0.1:9"
        summary = fixity.run(vault())
        assert not summary.ended
        assert "127.0.0.1:9" in summary.silent[SECOND]
        assert summary.reading.objects_read == VaultObject.objects.filter(place=FIRST).count()

    def test_a_disk_that_is_not_mounted_is_not_a_loss_of_everything(self, drive, two):
        two[SECOND].root.rename(two[SECOND].root.with_name("unplugged"))
        summary = fixity.run(vault())
        assert summary.findings == []
        assert "可能没有挂载" in summary.silent[SECOND]
        two[SECOND].root.with_name("unplugged").rename(two[SECOND].root)
        assert fixity.run(vault()).ended

    @pytest.mark.parametrize("place", [FIRST, SECOND])
    def test_a_place_that_has_lost_everything_is_asked_about_first(self, drive, two, place):
        """An empty disk in place of the right one: only who knows that it was replaced lets it be filled again."""
        for digest in list(two[place].store.all()):
            two[place].lose(digest)
        summary = fixity.run(vault())
        assert "一个文件也没有了" in summary.silent[place]
        assert (summary.findings, summary.ended) == ([], False)

        holdings.replaced(place)
        summary = fixity.run(vault())
        assert (summary.ended, summary.unmended) == (True, 0)
        assert list(two[FIRST].store.all()) == list(two[SECOND].store.all()) != []


class TestRows:
    def test_rows_are_made_again_from_the_stores_and_the_record(self, drive, two):
        """A shadow: whoever empties the table loses when things were last seen, and nothing else."""
        fixity.run(vault())
        shown = set(VaultObject.objects.values_list("digest", "place", "size", "state"))
        VaultObject.objects.all().delete()
        fixity.run(vault())
        assert set(VaultObject.objects.values_list("digest", "place", "size", "state")) == shown

    def test_what_the_record_names_and_the_first_place_lacks_is_missing_there(self, drive, two):
        VaultObject.objects.all().delete()
        two[FIRST].lose(digest_of(PHOTO))
        (finding,) = fixity.run(vault()).findings
        assert (finding.fault, finding.restored_from) == ("missing", SECOND)

    def test_a_second_place_that_is_new_gets_everything(self, bureau, two, settings, tmp_path):
        second, settings.LIUHEN_VAULT_SECOND = settings.LIUHEN_VAULT_SECOND, ""
        filled(Drive(bureau))
        stored = list(vault().all())
        settings.LIUHEN_VAULT_SECOND = second

        summary = fixity.run(vault())

        assert summary.findings == []
        assert (summary.carried.done, summary.carried.left) == (len(stored), 0)
        assert list(two[SECOND].store.all()) == stored

    def test_a_second_place_that_is_given_up_leaves_no_rows(self, drive, settings):
        settings.LIUHEN_VAULT_SECOND = ""
        fixity.run(vault())
        assert not VaultObject.objects.filter(place=SECOND).exists()

    def test_what_no_entry_names_is_counted(self, drive):
        drive.scan(b"put and never recorded")
        assert fixity.run(vault()).reading.unclaimed == 1

    def test_one_put_again_is_whole_again(self, drive, two):
        digest = digest_of(PHOTO)
        VaultObject.objects.filter(digest=digest).update(state="missing")
        vault().put(PHOTO)
        assert set(VaultObject.objects.filter(digest=digest).values_list("state", flat=True)) == {"whole"}


KILLED = {
    "before what is rotten is set aside": (Filesystem, "set_aside", "before"),
    "set aside, nothing in its place": (Filesystem, "set_aside", "after"),
    "the whole copy half written": (Filesystem, "_publish", "before"),
    "restored, not recorded": (mending, "record", "before"),
    "recorded, not sealed": (mending, "seal", "before"),
}


@pytest.mark.parametrize("step", KILLED)
def test_killed_while_mending_the_next_reading_ends_it_and_it_is_recorded_once(two, bureau_committed, step):
    drive, digest = filled(Drive(bureau_committed)), digest_of(PHOTO)
    two[FIRST].alter(digest, b"forged")
    owner, name, when = KILLED[step]

    assert died_at(owner, name, when, lambda: fixity.run(vault()))
    fixity.run(vault())
    fixity.run(vault())

    (entry,) = restored(drive.case)
    assert (entry.body["fault"], entry.body["from"]) == ("altered", SECOND)
    assert entry.body["found"] == digest_of(b"forged")
    assert [two[FIRST].bytes_aside(name) for name in two[FIRST].store.aside()] == [b"forged"]
    assert two[FIRST].store.verify(digest) == "ok"
    assert audit(vault()).faults == []


def test_an_entry_about_keeping_is_in_no_case(drive, two):
    two[FIRST].lose(digest_of(PHOTO))
    heads = len(case_entries(drive.case))
    fixity.run(vault())
    assert len(case_entries(drive.case)) == heads
