"""Previews come from the queue, by whichever worker is free, and go with the original (R3.3; A31, A32)."""

import io
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from liuhen.acts import previewing, tray
from liuhen.acts.storage import previews, vault
from liuhen.cli.__main__ import main
from liuhen.recordings import apart, shelf
from liuhen.records.models import Entry
from liuhen.vault.errors import ObjectLocked
from liuhen.vault.places import Vault
from tests.acts import drive as driving
from tests.archives import making as archives
from tests.recordings import making
from tests.vault.stores import digest_of


def film():
    return making.film("检查.mkv", codec="mpeg4").read_bytes()


def deposit(drive, data, name="检查.mkv"):
    drive.deposit(data, name, what="检查录像", recorded=True, ends=driving.local("2026-03-02 15:00"))
    return digest_of(data)


def queued():
    return [row.args_kwargs["args"][0] for row in DBTaskResult.objects.filter(status="READY")]


def worked():
    """What a worker does with the queue, within the test's own transaction."""
    for digest in queued():
        previewing.make.call(digest)
    DBTaskResult.objects.all().delete()


def test_what_is_deposited_waits_for_its_previews_and_a_worker_makes_them(bureau):
    drive = driving.Drive(bureau)
    drive.deposit(b"words", "说明.txt", what="说明")
    digest = deposit(drive, film())
    original = vault().open(digest).read()
    assert (queued(), previews().told(digest)) == ([digest], None)
    entries = Entry.objects.count()
    worked()
    assert (queued(), previews().told(digest).played) == ([], "play.mp4")
    assert previewing.want(digest, "video/x-matroska") is False
    assert vault().open(digest).read() == original == film()
    assert Entry.objects.count() == entries


def test_a_recording_that_waits_for_its_case_has_previews_too(bureau):
    stored = vault().put(io.BytesIO(film()))
    tray.keep(bureau["jia"], stored.digest, tray.Source("检查.mkv"))
    assert queued() == [stored.digest]


def test_what_waits_is_not_queued_twice_and_what_is_lost_is_made_again(bureau):
    digest = deposit(driving.Drive(bureau), film())
    assert previewing.want(digest, "video/x-matroska") is True
    assert queued() == [digest]
    worked()
    previews().path(digest, "play.mp4").unlink()
    assert previewing.catch_up() == 1
    worked()
    assert previews().told(digest).played == "play.mp4"


def test_previews_of_what_is_gone_are_dropped(bureau):
    digest = deposit(driving.Drive(bureau), film())
    worked()
    vault().first.destroy(digest)
    assert previewing.catch_up() == 0
    assert list(previews().all()) == []


def test_several_workers_share_the_work(bureau_committed, monkeypatch):
    drive = driving.Drive(bureau_committed)
    for seconds in (1, 2, 3):
        deposit(
            drive, making.sound("声音.flac", seconds=seconds, codec="flac").read_bytes(), f"{seconds}.flac"
        )
    preview, made = apart.preview, []
    monkeypatch.setattr(
        shelf.apart, "preview", lambda *given: (made.append(1), time.sleep(0.1), preview(*given))[2]
    )
    monkeypatch.setattr(Worker, "configure_signals", lambda _: None)

    def work(_):
        try:
            return main(["worker", "--once"])
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(work, range(2))) == [0, 0]
    assert len(made) == len(list(previews().all())) == 3
    assert queued() == []


def planted():
    """Every file of the data folder, and every picture of the previews by its bytes."""
    return [path for path in settings.LIUHEN_DATA.rglob("*") if path.is_file()]


def test_disposal_destroys_the_previews_too(bureau):
    drive = archives.closed(bureau)
    digest = deposit(drive, film())
    worked()
    small = previews().path(digest, shelf.THUMB).read_bytes()
    archives.archive(drive)
    archives.approved(drive)
    archives.dispose(drive)
    assert list(previews().all()) == []
    assert not [path for path in planted() if "previews" in path.parts and path.name != ".lock"]
    assert not [path for path in planted() if small in path.read_bytes()]
    previewing.make.call(digest)
    assert previewing.catch_up() == 0
    assert list(previews().all()) == []


def test_previews_go_even_while_a_store_still_holds_the_original(bureau, monkeypatch):
    digest = deposit(driving.Drive(bureau), film())
    worked()

    def held(*_):
        raise ObjectLocked(digest, driving.local("2030-01-01 00:00"))

    monkeypatch.setattr(Vault, "destroy", held)
    with pytest.raises(ObjectLocked):
        previewing.destroy(digest)
    assert previews().told(digest) is None
