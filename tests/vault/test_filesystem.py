"""A store on a filesystem, beyond what every store promises: permissions, room, disks that fail, power cuts (R34.3)."""

import errno
import io
import os
import shutil
import stat
import subprocess
import sys
from collections import namedtuple
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liuhen.vault import copying, filesystem, verifying
from liuhen.vault.errors import (
    AddressInvalid,
    DigestDiffers,
    DigestInvalid,
    NotProved,
    ObjectAltered,
    ObjectLocked,
    ObjectMissing,
    ObjectUnreadable,
    StoreUnreachable,
    VaultError,
    VaultFull,
)
from liuhen.vault.filesystem import Filesystem
from liuhen.vault.store import Stored
from tests.vault.stores import MEBIBYTE, NOWHERE, PHOTO, digest_of


def alter(path: Path, data: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(data)


@pytest.fixture
def vault(tmp_path: Path) -> Filesystem:
    return Filesystem(tmp_path / "vault")


@pytest.fixture
def parts(tmp_path: Path) -> Path:
    return tmp_path / "vault" / "incoming"


class TestPut:
    def test_large_files_are_flushed_on_the_way(self, vault: Filesystem, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(copying, "FLUSH_EVERY", 2 * MEBIBYTE)
        data = os.urandom(MEBIBYTE) * 17
        stored = vault.put(io.BytesIO(data))
        assert (stored.digest, vault.verify(stored.digest)) == (digest_of(data), "ok")

    def test_objects_are_read_only_and_stand_two_folders_deep(self, vault: Filesystem, tmp_path: Path):
        stored = vault.put(PHOTO)
        name = stored.digest.removeprefix("sha256:")
        place = tmp_path / "vault" / "objects" / name[:2] / name[2:4] / name
        assert vault.path(stored.digest) == place
        assert stat.S_IMODE(place.stat().st_mode) == 0o444

    def test_no_part_file_stays(self, vault: Filesystem, parts: Path):
        vault.put(PHOTO)
        vault.put(PHOTO)
        assert list(parts.iterdir()) == []

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
    @given(st.lists(st.binary(max_size=50), max_size=8))
    def test_one_object_for_each_content(self, tmp_path: Path, contents: list[bytes]):
        shutil.rmtree(tmp_path / "vault", ignore_errors=True)
        vault = Filesystem(tmp_path / "vault")
        for content in contents:
            vault.put(content)
        assert list(vault.all()) == sorted({digest_of(content) for content in contents})


class TestTheSameContentAgain:
    def test_twice_is_one_object_left_as_it_was(self, vault: Filesystem):
        first = vault.put(PHOTO)
        before = vault.path(first.digest).stat()
        assert vault.put(io.BytesIO(PHOTO)) == first
        after = vault.path(first.digest).stat()
        assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)

    def test_at_once_from_many_threads(self, vault: Filesystem, parts: Path):
        data = os.urandom(3 * MEBIBYTE)
        start = Barrier(8)

        def put(_: int) -> Stored:
            start.wait(10)
            return vault.put(io.BytesIO(data))

        with ThreadPoolExecutor(8) as pool:
            answers = set(pool.map(put, range(8)))
        assert answers == {Stored(digest_of(data), len(data))}
        assert list(vault.all()) == [digest_of(data)]
        assert vault.verify(digest_of(data)) == "ok"
        assert list(parts.iterdir()) == []


class TestVerify:
    def test_what_cannot_be_read_is_not_called_altered(self, vault: Filesystem):
        vault.path(NOWHERE).mkdir(parents=True)
        with pytest.raises(ObjectUnreadable, match="无法读取"):
            vault.verify(NOWHERE)

    @pytest.mark.parametrize("small", [0, len(PHOTO)], ids=["by threads", "one by one"])
    @pytest.mark.parametrize("ahead", [0, 1, 1000])
    def test_many_are_told_in_order_whatever_each_is(
        self, vault: Filesystem, monkeypatch: pytest.MonkeyPatch, small: int, ahead: int
    ):
        monkeypatch.setattr(filesystem, "SMALL", small)
        monkeypatch.setattr(verifying, "VERDICTS_AHEAD", ahead)
        whole, altered = (vault.put(PHOTO + bytes([n])).digest for n in range(2))
        alter(vault.path(altered), PHOTO)
        unreadable = digest_of(b"unreadable")
        vault.path(unreadable).mkdir(parents=True)
        told = [
            (unreadable, "unreadable"),
            (whole, "ok"),
            (NOWHERE, "missing"),
            (altered, "altered"),
            (whole, "ok"),
        ]

        assert list(vault.verify_all(iter([digest for digest, _ in told]))) == told
        assert list(vault.verify_all([])) == []

    def test_strangers_in_the_folders_are_no_objects(self, vault: Filesystem, tmp_path: Path):
        digest = vault.put(PHOTO).digest
        (vault.path(digest).parent / "note.txt").write_text("x")
        (tmp_path / "vault" / "objects" / "stray").write_text("x")
        (vault.path(digest).parent / ("0" * 64)).write_text("x")
        assert list(vault.all()) == [digest]


class TestReadOnly:
    def test_looking_creates_nothing(self, vault: Filesystem, tmp_path: Path):
        assert list(vault.all()) == []
        assert vault.verify(NOWHERE) == "missing"
        assert not vault.exists(NOWHERE)
        assert vault.leftovers() == []
        assert vault.sweep() == 0
        assert not vault.destroy(NOWHERE)
        assert not (tmp_path / "vault").exists()

    def test_a_vault_without_write_permission_can_be_verified(self, vault: Filesystem, tmp_path: Path):
        digest = vault.put(PHOTO).digest
        folders = [path for path in (tmp_path / "vault").rglob("*") if path.is_dir()]
        for folder in folders:
            folder.chmod(0o555)
        try:
            assert [vault.verify(each) for each in vault.all()] == ["ok"]
            assert list(vault.aside()) == []
            with vault.open(digest) as file:
                assert not file.writable()
        finally:
            for folder in folders:
                folder.chmod(0o755)


class TestMounted:
    def test_a_disk_that_is_not_mounted_is_not_taken_for_an_empty_one(self, tmp_path: Path):
        store = Filesystem(tmp_path / "disk" / "vault", stands=True)
        for act in (
            lambda: store.put(PHOTO), lambda: list(store.all()), lambda: store.verify(NOWHERE), lambda: store.exists(NOWHERE),
            lambda: store.free(), lambda: list(store.verify_all([NOWHERE])),
        ):  # fmt: skip
            with pytest.raises(StoreUnreachable, match="可能没有挂载"):
                act()
        assert not (tmp_path / "disk").exists()
        (tmp_path / "disk" / "vault").mkdir(parents=True)
        assert store.verify(store.put(PHOTO).digest) == "ok"


class TestRoom:
    def test_too_little_room_is_told_before_anything_is_written(
        self, vault: Filesystem, parts: Path, monkeypatch: pytest.MonkeyPatch
    ):
        usage = namedtuple("usage", "total used free")
        free = filesystem.RESERVE + len(PHOTO) - 1
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(0, 0, free))
        with pytest.raises(VaultFull, match="空间不足，未存入：需要 65 MiB，可用 65 MiB"):
            vault.put(io.BytesIO(PHOTO))
        assert list(parts.iterdir()) == []
        assert vault.put(PHOTO[:-1]).size == len(PHOTO) - 1

    @pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
    def test_running_out_of_room_on_the_way_leaves_nothing(
        self, vault: Filesystem, parts: Path, monkeypatch: pytest.MonkeyPatch, code: int
    ):
        def full(*_: object) -> int:
            raise OSError(code, "full")

        monkeypatch.setattr(os, "write", full)
        with pytest.raises(VaultFull, match="空间不足"):
            vault.put(PHOTO)
        assert list(parts.iterdir()) == []
        assert list(vault.all()) == []

    @pytest.mark.parametrize("syscall", ["fsync", "fdatasync", "write"])
    def test_a_disk_that_fails_is_never_taken_for_stored(
        self, vault: Filesystem, monkeypatch: pytest.MonkeyPatch, syscall: str
    ):
        def broken(*_: object) -> None:
            raise OSError(errno.EIO, "input/output error")

        monkeypatch.setattr(copying, "FLUSH_EVERY", MEBIBYTE)
        monkeypatch.setattr(os, syscall, broken)
        with pytest.raises(OSError, match="input/output error"):
            vault.put(bytes(3 * MEBIBYTE))
        assert list(vault.all()) == []


# What the child does until it kills itself at the named point, as a power cut would.
CHILD = """
import os, signal, sys
from pathlib import Path
from liuhen.vault import copying
from liuhen.vault.filesystem import Filesystem

fault, root = sys.argv[1:]
die = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
rename, sync = Path.rename, os.fsync
if fault == "while writing":
    write, written = os.write, []
    os.write = lambda *given: die() if len(written) > 3 else (written.append(1), write(*given))[1]
elif fault == "before the file is on disk":
    os.fsync = die
elif fault == "before it is made read-only":
    os.fchmod = die
elif fault == "before the rename":
    Path.rename = die
elif fault == "after the rename":
    Path.rename = lambda *given: (rename(*given), die())
Filesystem(Path(root)).put(bytes(range(256)) * 4096 * 8)
"""
BEFORE_COMMIT = [
    "while writing",
    "before the file is on disk",
    "before it is made read-only",
    "before the rename",
]
FILM = bytes(range(256)) * 4096 * 8


def killed_at(fault: str, root: Path) -> None:
    child = subprocess.run([sys.executable, "-c", CHILD, fault, str(root)], timeout=60)
    assert child.returncode == -9


class TestCrash:
    @pytest.mark.parametrize("fault", BEFORE_COMMIT)
    def test_before_the_commit_point_nothing_is_visible_and_a_retry_succeeds(
        self, vault: Filesystem, tmp_path: Path, fault: str
    ):
        killed_at(fault, tmp_path / "vault")
        assert list(vault.all()) == []
        assert len(vault.leftovers()) == 1
        assert vault.verify(vault.put(FILM).digest) == "ok"
        assert vault.sweep() == 1
        assert vault.leftovers() == []
        assert list(vault.all()) == [digest_of(FILM)]

    def test_after_the_commit_point_the_object_is_whole(self, vault: Filesystem, tmp_path: Path):
        killed_at("after the rename", tmp_path / "vault")
        assert [vault.verify(each) for each in vault.all()] == ["ok"]
        assert vault.leftovers() == []
        assert vault.put(FILM) == Stored(digest_of(FILM), len(FILM))

    def test_a_living_writers_file_is_neither_listed_nor_swept(self, vault: Filesystem):
        sweeps: list[int] = []

        def chunks() -> Iterator[bytes]:
            yield PHOTO
            sweeps.append(len(vault.leftovers()))
            sweeps.append(vault.sweep())

        class Slow(io.RawIOBase):
            pieces = chunks()

            def read(self, size: int = -1) -> bytes:
                return next(self.pieces, b"")

        assert vault.put(Slow()).digest == digest_of(PHOTO)
        assert sweeps == [0, 0]
        assert vault.verify(digest_of(PHOTO)) == "ok"

    def test_a_source_that_breaks_off_leaves_nothing(self, vault: Filesystem, parts: Path):
        class Broken(io.RawIOBase):
            def read(self, size: int = -1) -> bytes:
                raise ConnectionResetError("gone")

        with pytest.raises(ConnectionResetError):
            vault.put(Broken())
        assert list(parts.iterdir()) == []

    def test_a_part_file_swept_between_creation_and_lock_is_made_anew(
        self, vault: Filesystem, parts: Path, monkeypatch: pytest.MonkeyPatch
    ):
        lock, swept = filesystem.fcntl.flock, []

        def swept_first(file: int, mode: int) -> None:
            if not swept:
                swept.extend(parts.iterdir())
                swept[0].unlink()
            lock(file, mode)

        monkeypatch.setattr(filesystem.fcntl, "flock", swept_first)
        assert vault.verify(vault.put(PHOTO).digest) == "ok"
        assert len(swept) == 1


def test_every_refusal_is_a_vault_error_in_chinese():
    refusals = [
        DigestInvalid("x"),
        DigestDiffers("a", "b"),
        ObjectMissing("x"),
        ObjectAltered("x"),
        ObjectUnreadable("x", "y"),
        ObjectLocked("x", datetime.now(UTC)),
        NotProved("x", "s3://y"),
        StoreUnreachable("x", "连接超时"),
        AddressInvalid("x", "缺少桶名"),
        VaultFull(1, 2),
    ]
    assert {type(each) for each in refusals} == set(VaultError.__subclasses__())
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in str(each)) for each in refusals)
