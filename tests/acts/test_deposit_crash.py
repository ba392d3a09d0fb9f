"""A deposit killed, starved of room, raced or fed with a changing file: no half file, no entry without its file, none unaccounted
for, and a retry succeeds (R31.2, R34.3)."""

import errno
import io
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from liuhen.acts import engine, fixity, storage
from liuhen.acts.situation import Invalid
from liuhen.acts.storage import vault
from liuhen.acts.upkeep import upkeep
from liuhen.records.audit import audit
from liuhen.records.models import Body, Entry
from liuhen.records.naming import recorded_files
from liuhen.vault import copying, filesystem, holdings
from liuhen.vault.errors import VaultFull
from liuhen.vault.filesystem import Filesystem
from liuhen.vault.places import Vault
from tests.acts.drive import Drive
from tests.records.killing import died_at
from tests.vault.stores import digest_of

FILM = os.urandom(3 * 1024**2)
KILLED = {
    "the first byte not written": (filesystem, "copy", "before"),
    "half of the bytes written": (copying, "_write", "after"),
    "written, not yet on the disk": (os, "fsync", "before"),
    "on the disk, not yet read-only": (os, "fchmod", "before"),
    "before the rename": (Filesystem, "_publish", "before"),
    "renamed, the folder not on the disk": (filesystem, "_sync_folder", "before"),
    "in the first place, not in the second": (Vault, "copy", "before"),
    "half way to the second place": (Filesystem, "_publish", "before", 2),
    "in both, not yet noted": (holdings, "note", "before"),
    "noted, not told": (storage, "_noted", "after"),
    "stored, no entry yet": (Filesystem, "put", "after", 2),
    "before the header is written": (Entry, "save", "before"),
    "between header and body": (Body, "save", "before"),
    "not committed": (engine, "project", "after"),
    "committed, not sealed": (engine, "seal", "before"),
    "sealed, not answered": (engine, "seal", "after"),
}


@pytest.fixture
def drive(two, bureau_committed):
    return Drive(bureau_committed)


def deposit(drive, source=FILM):
    return drive.deposit(source, "检查.mp4", what="检查录像")


def deposited(drive):
    return Entry.objects.filter(stream=f"case/{drive.case}", kind="Deposited").count()


def is_sound(two):
    """What is to be seen is whole; every entry has its file; a file that no entry names is counted."""
    assert audit(vault()).faults == []
    for on in two.values():
        assert {verdict for _, verdict in on.store.verify_all(on.store.all())} <= {"ok"}
    unclaimed = set(vault().all()) - {digest for digest, _ in recorded_files()}
    summary = fixity.run(vault())
    assert (summary.findings, summary.ended, summary.reading.unclaimed) == ([], True, len(unclaimed))


@pytest.mark.parametrize("step", KILLED)
def test_killed_at_any_step(drive, two, step):
    owner, name, when, *nth = KILLED[step]
    assert died_at(owner, name, when, lambda: deposit(drive), *nth)

    done = deposited(drive)
    assert done == (step in ("committed, not sealed", "sealed, not answered"))
    is_sound(two)
    if not done:
        deposit(drive)
    assert upkeep() == []
    assert deposited(drive) == 1
    assert vault().leftovers() == []
    assert all(on.store.verify(digest_of(FILM)) == "ok" for on in two.values())
    is_sound(two)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_disk_that_fills_up_on_the_way(drive, two, monkeypatch, code):
    with monkeypatch.context() as patch:
        written = []

        def full(target, data):
            written.append(len(data))
            if len(written) > 1:
                raise OSError(code, "full")

        patch.setattr(copying, "_write", full)
        with pytest.raises(VaultFull, match="空间不足，未存入"):
            deposit(drive)
    assert deposited(drive) == 0
    assert list(vault().all()) == vault().leftovers() == []
    is_sound(two)
    deposit(drive)
    is_sound(two)


FULL = """
import sys
from pathlib import Path
from liuhen.vault.errors import VaultFull
from liuhen.vault.filesystem import Filesystem
store = Filesystem(Path(sys.argv[1]) / "vault", reserve=0)
class Endless:
    seekable = staticmethod(lambda: False)
    read = staticmethod(lambda size: bytes(size))
try:
    store.put(Endless())
except VaultFull as full:
    print(full)
assert list(store.all()) == store.leftovers() == []
print(store.put(b"small").digest)
"""


def test_a_real_disk_that_is_full(tmp_path):
    """A small disk of its own: what comes without end fills it, is refused, and leaves the room free again."""
    script = f'mount -t tmpfs -o size=6m none "{tmp_path}" && exec "{sys.executable}" -c "$0" "{tmp_path}"'
    probe = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
    try:
        able = subprocess.run([*probe, f'mount -t tmpfs none "{tmp_path}"'], capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("no unshare here")
    if able.returncode:
        pytest.skip("this account may mount nothing of its own here")
    done = subprocess.run([*probe, script, FULL], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "空间不足，未存入" in done.stdout
    assert done.stdout.endswith(digest_of(b"small") + "\n")


def test_the_same_file_at_once_by_threads_is_one_file_and_one_entry(drive, two):
    def put(_):
        try:
            return deposit(drive)
        except Invalid as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(put, range(4)))
    assert sum(isinstance(answer, list) for answer in answers) == deposited(drive) == 1
    assert all("已经存入本案" in str(answer) for answer in answers if not isinstance(answer, list))
    assert list(vault().all()) == [digest_of(FILM)]
    is_sound(two)


PUT = """
import sys
from pathlib import Path
from liuhen.vault.filesystem import Filesystem
print(Filesystem(Path(sys.argv[1])).put(Path(sys.argv[2]).open("rb")).digest)
"""


def test_the_same_file_at_once_by_processes_is_one_object(tmp_path):
    (tmp_path / "film").write_bytes(FILM)
    command = [sys.executable, "-c", PUT, str(tmp_path / "vault"), str(tmp_path / "film")]
    writers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert {writer.communicate()[0].strip() for writer in writers} == {digest_of(FILM)}
    store = Filesystem(tmp_path / "vault")
    assert list(store.all()) == [digest_of(FILM)]
    assert store.verify(digest_of(FILM)) == "ok"
    assert store.leftovers() == []


def test_a_file_that_changes_while_it_is_read_is_recorded_as_it_was_stored(drive, two, tmp_path):
    path = tmp_path / "film"
    path.write_bytes(FILM)

    class Overwritten(io.FileIO):
        def read(self, size=-1):
            given = super().read(size)
            with path.open("r+b") as other:
                other.write(bytes(len(FILM)))
            return given

    with Overwritten(path) as source:
        deposit(drive, source)
    assert deposited(drive) == 1
    is_sound(two)
