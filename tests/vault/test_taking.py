"""A file that is here already, whole and hashed, is taken over: moved where it can be, never twice on the disk (R31.2)."""

import errno
from pathlib import Path

import pytest

from liuhen.vault.errors import DigestDiffers, ObjectAltered
from liuhen.vault.filesystem import READ_ONLY
from liuhen.vault.places import FIRST, SECOND, Vault
from liuhen.vault.store import Stored
from tests.vault.stores import PHOTO, OnFilesystem, digest_of

STORED = Stored(digest_of(PHOTO), len(PHOTO))


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "part"
    path.write_bytes(PHOTO)
    return path


def test_every_store_takes_a_file_over(store, path):
    assert Vault(store).take(path, STORED.digest) == STORED
    assert store.verify(STORED.digest) == "ok"
    assert not path.exists()


def test_a_folder_moves_it(tmp_path, path):
    store, inode = OnFilesystem(tmp_path / "vault").store, path.stat().st_ino
    Vault(store).take(path, STORED.digest)
    kept = store.path(STORED.digest).stat()
    assert (kept.st_ino, kept.st_mode & 0o777) == (inode, READ_ONLY)


def test_from_another_disk_it_is_copied_and_checked(tmp_path, path, monkeypatch):
    store, rename = OnFilesystem(tmp_path / "vault").store, Path.rename

    def other_disk(self, target):
        if self == path:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", other_disk)
    assert store.take(path, STORED.digest) == STORED
    assert store.verify(STORED.digest) == "ok"
    assert not path.exists()

    path.write_bytes(b"other bytes than were announced")
    with pytest.raises(DigestDiffers):
        store.take(path, digest_of(b"something else"))


def test_what_is_there_already_stays_as_it_is(tmp_path, path):
    on = OnFilesystem(tmp_path / "vault")
    on.store.put(PHOTO)
    assert on.store.take(path, STORED.digest) == STORED
    assert not path.exists()

    on.alter(STORED.digest, b"rotten")
    path.write_bytes(PHOTO)
    with pytest.raises(ObjectAltered):
        on.store.take(path, STORED.digest)
    assert path.exists()


def test_the_second_place_gets_it_too(tmp_path, path):
    first, second, noted = OnFilesystem(tmp_path / "first"), OnFilesystem(tmp_path / "second"), []
    vault = Vault(first.store, second.store, noted=lambda *told: noted.append(told))
    vault.take(path, STORED.digest)
    assert second.store.verify(STORED.digest) == "ok"
    assert noted == [(STORED, (FIRST, SECOND))]
