"""A backup taken while people work is restored elsewhere whole, and one that is altered is not restored at all."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from liuhen.acts import cases
from liuhen.acts.backing_up import BackupError, back_up, restore
from liuhen.acts.storage import vault
from liuhen.cli.__main__ import main
from liuhen.records import checkpoints
from liuhen.records.models import Checkpoint, Entry
from tests.archives import making

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def drive(bureau_committed):
    drive = making.closed(bureau_committed)
    drive.deposit(b"film", "a.txt", at="2026-04-01 08:00", what="材料")
    return drive


@pytest.fixture
def elsewhere(tmp_path):
    """The environment of an empty installation on the same kind of database."""
    environment = {
        **os.environ,
        "LIUHEN_DATA": str(tmp_path / "elsewhere"),
        "LIUHEN_DATABASE_URL": "",
        "PYTHONPATH": str(ROOT),
    }
    (tmp_path / "elsewhere").mkdir()
    if connection.vendor == "sqlite":
        yield environment
        return
    given = connection.settings_dict
    address = {"host": given["HOST"], "user": given["USER"], "port": given["PORT"] or None}
    name = f"restored_{os.getpid()}"
    with psycopg.connect(dbname="postgres", autocommit=True, **address) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(f"CREATE DATABASE {name}")
        url = psycopg.conninfo.make_conninfo(dbname=name, **{k: v for k, v in address.items() if v})
        yield environment | {"LIUHEN_DATABASE_URL": url}
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def liuhen(environment, *arguments):
    command = [sys.executable, "-m", "liuhen.cli", *map(str, arguments)]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.django_db(transaction=True)
def test_a_backup_taken_under_load_is_restored_elsewhere_and_its_audit_is_clean(
    drive, elsewhere, tmp_path, capsys
):
    making.witnessed()
    stop = threading.Event()

    def work():
        while not stop.is_set():
            cases.open_case(drive.people["jia"], title="同时登记的案件")
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        assert main(["backup", str(tmp_path / "backup")]) == 0
    finally:
        stop.set()
        worker.join()
    sealed = int(capsys.readouterr().out.split("：")[1].split(" ")[0])
    assert 0 < sealed <= Entry.objects.count()
    done = liuhen(elsewhere, "restore", tmp_path / "backup")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "核验完整" in done.stdout
    audited = liuhen(elsewhere, "audit")
    assert audited.returncode == 0, audited.stdout


@pytest.mark.django_db(transaction=True)
def test_a_restored_log_that_is_older_than_a_cosigned_checkpoint_is_named(drive, elsewhere, tmp_path):
    back_up(tmp_path / "backup")
    cases.open_case(drive.people["jia"], title="备份以后登记的案件")
    outside = making.witnessed()
    done = liuhen(elsewhere, "restore", tmp_path / "backup", "--checkpoint", outside)
    assert done.returncode == 1
    assert "OUTSIDE_TRUNCATED" in done.stdout


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("victim", ["database", "key", "original"])
def test_what_is_altered_in_a_backup_is_named_and_nothing_restored(drive, elsewhere, tmp_path, victim):
    folder = tmp_path / "backup"
    back_up(folder)
    path = {
        "database": next(folder.glob("database.*")),
        "key": folder / "data/keys/log.pem",
        "original": next(p for p in (folder / "vault/objects").rglob("*") if p.is_file()),
    }[victim]
    path.chmod(0o600)
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    done = liuhen(elsewhere, "restore", folder)
    assert done.returncode == 1
    assert "被改动" in done.stderr
    assert not (Path(elsewhere["LIUHEN_DATA"]) / "vault/objects").exists()


@pytest.mark.django_db(transaction=True)
def test_a_second_backup_copies_only_what_is_new(drive, tmp_path):
    first = back_up(tmp_path / "backup")
    assert first.copied == first.objects > 0
    drive.deposit(b"another", "b.txt", at="2026-04-01 09:00", what="材料")
    second = back_up(tmp_path / "backup")
    assert (second.copied, second.objects) == (1, first.objects + 1)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_restored_over_what_is_there(drive, tmp_path):
    back_up(tmp_path / "backup")
    with pytest.raises(BackupError, match="已有内容"):
        restore(tmp_path / "backup")
    with pytest.raises(BackupError, match="不是备份"):
        restore(tmp_path)
    assert Checkpoint.objects.exists()
    assert next(iter(vault().all()))
    assert checkpoints.cosigned() == []
    assert tmp_path / "backup" != settings.LIUHEN_DATA
