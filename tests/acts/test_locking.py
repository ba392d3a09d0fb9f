"""Locks follow retention, and destruction follows locks: never locked longer than kept, destroyed once the lock has ended."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from liuhen.acts import disposing, fixity, locking, reapplying, slips
from liuhen.acts.storage import vault
from liuhen.acts.upkeep import upkeep
from liuhen.records.append import New, append
from liuhen.records.audit import audit
from liuhen.records.models import Body, Entry
from liuhen.records.project import project
from liuhen.vault import holdings
from liuhen.vault.errors import StoreUnreachable
from liuhen.vault.filesystem import Filesystem
from liuhen.vault.models import VaultObject
from liuhen.vault.places import FIRST, SECOND
from tests.archives import making
from tests.vault.stores import CREDENTIALS, PHOTO, OnFilesystem, OnS3, digest_of, moto

DIGEST = digest_of(PHOTO)


@pytest.fixture(scope="module")
def service():
    with moto() as address, pytest.MonkeyPatch.context() as patch:
        for name, value in CREDENTIALS.items():
            patch.setenv(name, value)
        yield address


@pytest.fixture
def bucket(service, settings):
    """A second place that locks."""
    on = OnS3(service, lock=True)
    settings.LIUHEN_VAULT_SECOND = f"s3://{on.bucket}?endpoint={service}"
    return on


@pytest.fixture
def folder(settings, tmp_path):
    """A second place that does not."""
    (tmp_path / "elsewhere").mkdir()
    settings.LIUHEN_VAULT_SECOND = str(tmp_path / "elsewhere")
    return OnFilesystem(tmp_path / "elsewhere")


def closed(people):
    """A closed case with one deposited file, short: no paper is set."""
    drive = making.driving.Drive(people)
    drive.deposit(PHOTO, "现场.jpg", what="现场照片")
    with making.driving.day("2026-03-30 09:00"):
        append(f"case/{drive.case}", "jia", [New("Closed", {"outcome": "终结"})])
        project(drive.case)
    return drive


@pytest.fixture
def unprinted(monkeypatch):
    making.unprinted(monkeypatch)


def end_of_2056():
    return datetime(2056, 12, 31, 16, tzinfo=UTC)


class TestRetention:
    def test_a_file_of_an_open_case_is_locked_for_some_time_and_that_again_and_again(self, bucket, bureau):
        closed(bureau)
        first = vault().second.held_until(DIGEST)
        assert timedelta(days=89) < first - datetime.now(UTC) < timedelta(days=91)
        fixity.run(vault())
        assert vault().second.held_until(DIGEST) == first

    def test_archived_it_is_locked_to_the_end_of_its_retention_and_not_a_second_longer(
        self, bucket, bureau, unprinted
    ):
        drive = closed(bureau)
        making.archive(drive)
        assert vault().second.held_until(DIGEST) == end_of_2056()
        assert locking.kept_until(drive.state()) == end_of_2056()

    def test_what_archiving_could_not_lock_the_next_reading_does(self, bucket, bureau, unprinted, settings):
        drive, second = closed(bureau), settings.LIUHEN_VAULT_SECOND
        settings.LIUHEN_VAULT_SECOND = "s3://bucket?endpoint=http://127.0.0.1:9"
        making.archive(drive)
        settings.LIUHEN_VAULT_SECOND = second
        assert vault().second.held_until(DIGEST) < end_of_2056()
        fixity.run(vault())
        assert vault().second.held_until(DIGEST) == end_of_2056()

    def test_what_an_open_case_names_too_is_not_locked_for_the_archived_one_alone(
        self, bucket, bureau, unprinted
    ):
        drive, other = closed(bureau), making.driving.Drive(bureau)
        other.deposit(PHOTO, "现场.jpg", what="现场照片")
        making.archive(drive)
        assert vault().second.held_until(DIGEST) < datetime.now(UTC) + timedelta(days=91)


class TestDisposal:
    @pytest.fixture
    def archived(self, bureau_committed, unprinted):
        def make():
            drive = closed(bureau_committed)
            making.archive(drive)
            making.approved(drive)
            return drive

        return make

    def dispose(self, drive, at="2057-06-01 09:00"):
        return making.dispose(drive, at=at)

    def test_it_goes_from_both_places_and_from_what_was_set_aside(self, folder, archived, settings):
        drive = archived()
        folder.alter(DIGEST, b"forged")
        fixity.run(vault())
        assert list(folder.store.aside()) != []

        self.dispose(drive)

        assert not vault().exists(DIGEST)
        assert list(folder.store.aside()) == []
        assert not VaultObject.objects.filter(digest=DIGEST).exists()
        (order,) = disposing.orders(drive.case)
        assert (order.version, order.body["places"]) == (3, [FIRST, SECOND])
        assert "locked" not in order.body
        assert disposing.unfinished() == []
        assert audit(vault()).faults == []

    def test_what_a_store_still_holds_is_planned_and_destroyed_when_the_lock_has_ended(
        self, bucket, archived, monkeypatch
    ):
        drive = archived()
        self.dispose(drive)

        (order,) = disposing.orders(drive.case)
        assert order.body["locked"] == [{"digest": DIGEST, "place": SECOND, "until": "2056-12-31T16:00:00Z"}]
        assert not vault().first.exists(DIGEST)
        assert vault().second.exists(DIGEST)
        assert disposing.unfinished() == [drive.case]
        assert holdings.doomed() == {DIGEST}
        assert audit(vault()).faults == []
        assert fixity.run(vault()).findings == []
        assert upkeep() == []
        assert vault().second.exists(DIGEST)

        released(bucket)
        assert upkeep() == []
        assert bucket.versions() == []
        assert disposing.unfinished() == []
        assert holdings.doomed() == set()

    def test_while_a_place_does_not_answer_nothing_is_decided(self, folder, archived, settings):
        """Nobody can say then what it still holds."""
        drive = archived()
        settings.LIUHEN_VAULT_SECOND = "s3://bucket?endpoint=http://127.0.0.1:9"
        with pytest.raises(StoreUnreachable):
            self.dispose(drive)
        assert disposing.orders(drive.case) == []
        assert vault().first.exists(DIGEST)

    def test_a_place_that_fails_while_destroying_is_tried_again(self, folder, archived, monkeypatch):
        drive, destroy = archived(), Filesystem.destroy

        def failing(store, digest):
            if store.address == str(folder.root):
                raise StoreUnreachable(store.address, "没有权限")
            return destroy(store, digest)

        with monkeypatch.context() as patch:
            patch.setattr(Filesystem, "destroy", failing)
            self.dispose(drive)
        assert disposing.unfinished() == [drive.case]
        assert folder.store.exists(DIGEST)
        disposing.recover()
        assert not folder.store.exists(DIGEST)
        assert disposing.unfinished() == []


def released(on):
    """The lock ends: what years do, the service's own store does here."""
    for each in on.versions():
        on.client.put_object_retention(
            Bucket=on.bucket, Key=each["Key"], VersionId=each["VersionId"],
            Retention={"Mode": "COMPLIANCE", "RetainUntilDate": datetime.now(UTC) - timedelta(days=1)},
        )  # fmt: skip


class Restored(Exception):
    """The database goes back to where it was."""


class TestRestoredFromBackup:
    """R31: what was destroyed does not come back with a backup."""

    @pytest.fixture
    def disposed(self, folder, bureau_committed, unprinted):
        drive = closed(bureau_committed)
        making.archive(drive)
        making.approved(drive)
        making.dispose(drive)
        return drive

    def test_files_that_came_back_go_again(self, disposed, folder):
        vault().first.put(PHOTO)
        folder.store.put(PHOTO)
        (done,) = reapplying.reapply()
        assert (done.files, done.bodies, done.recorded, done.held) == (1, 0, False, 0)
        assert done.case_no == disposed.state().case_no
        assert not vault().exists(DIGEST)
        assert reapplying.reapply() == []

    def test_a_record_from_before_the_disposal_gets_it_again_from_the_slip(
        self, folder, bureau_committed, unprinted
    ):
        drive = closed(bureau_committed)
        making.archive(drive)
        making.approved(drive)

        def undone(drive):
            with transaction.atomic():
                disposing.dispose(drive.case, drive.people["gui"], supervisors=making.WATCHING)
                raise Restored

        with making.driving.day("2057-06-01 09:00"):
            with pytest.raises(Restored):
                undone(drive)
            vault().first.put(PHOTO)
            folder.store.put(PHOTO)
            assert not Entry.objects.filter(kind="Disposed").exists()
            assert len(list(slips.slips())) == 1

            (done,) = reapplying.reapply()

        assert done.recorded
        assert done.bodies > 0
        (order,) = disposing.orders(drive.case)
        assert (order.actor, order.body["approval"]) == (
            "system",
            "鉴定批次2057年第1批，副局长辛2057年6月1日批准",
        )
        assert order.body["reason"] == "保管期限届满，已无保存价值（恢复备份后重新执行）"
        assert not Body.objects.filter(entry__hash__in=order.body["entries"]).exists()
        assert not vault().exists(DIGEST)
        assert audit(vault()).faults == []
        assert reapplying.reapply() == []

    def test_a_file_that_another_case_names_meanwhile_stays(self, disposed, bureau_committed):
        other = making.driving.Drive(bureau_committed)
        other.deposit(PHOTO, "现场.jpg", what="现场照片")
        assert reapplying.reapply() == []
        assert vault().exists(DIGEST)

    def test_a_case_that_the_record_never_knew_leaves_no_files(self, folder, bureau):
        slips.keep(slips.Slip("UNKNOWN", "0" * 64, {"case_no": "LC-1", "entries": [], "objects": [DIGEST]}))
        vault().put(PHOTO)
        (done,) = reapplying.reapply()
        assert (done.case_no, done.files) == ("LC-1", 1)
        assert not vault().exists(DIGEST)
        assert reapplying.reapply() == []
