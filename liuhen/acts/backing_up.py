"""Backup and restore 备份、恢复: the database at one moment, every original that it names, keys, checkpoints and packages.

A backup is a folder. Originals are copied first, then the database at one moment, then the originals that came meanwhile: so that
whatever the copied record names is there, although people go on working. A second backup into the same folder copies only
what is new of the originals. What a backup is worth shows when it is restored: :func:`restore` proves every file by its digest.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from liuhen.acts.storage import vault
from liuhen.records import clock
from liuhen.records.seal import size
from liuhen.vault.filesystem import Filesystem

MANIFEST = "backup.json"
BESIDE = ("keys", "checkpoints", "packages", "disposals")
_POSTGRES = "/usr/lib/postgresql"


class BackupError(RuntimeError):
    """A backup that cannot be made or restored; the Chinese message says why."""


@dataclass(frozen=True)
class Backup:
    """What a backup holds: sealed entries, originals, bytes of the originals; ``copied`` of them by this run."""

    entries: int
    objects: int
    bytes: int
    copied: int


def back_up(target: Path) -> Backup:
    """Back up everything into a folder, of which an earlier backup may already stand there. Raises BackupError."""
    target.mkdir(parents=True, exist_ok=True)
    target.chmod(0o700)
    store = Filesystem(target / "vault")
    copied = _copy_originals(store)
    database = target / f".{_database_name()}.part"
    database.unlink(missing_ok=True)
    _dump(database)
    sealed = size()
    copied += _copy_originals(store)
    files = {path: _copied(path, target) for path in _beside()}
    database.replace(target / _database_name())
    found = [(digest, store.size(digest)) for digest in store.all()]
    manifest = {
        "format": 1, "made_at": clock.now().isoformat(), "bureau": settings.LIUHEN_BUREAU, "sealed": sealed,
        "database": {"name": _database_name(), "sha256": _sha256(target / _database_name())},
        "files": files, "objects": [digest for digest, _ in found],
    }  # fmt: skip
    _write(target / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode())
    return Backup(sealed, len(found), sum(each for _, each in found), copied)


def restore(source: Path) -> Backup:
    """Put a backup back into a database and data folder that hold nothing yet, every file proved by its digest.

    Raises BackupError: when something is there already, when a file is lost or altered, or when it is of another kind of
    database. The caller then brings tables up to date, applies disposals again and audits.
    """
    manifest = _read(source)
    if manifest["database"]["name"] != _database_name():
        raise BackupError(f"备份的是另一种数据库（{manifest['database']['name']}），与现在设置的不同")
    if _holds_something():
        raise BackupError("现在的数据库或者原件库里已有内容：恢复只能到空的数据目录和空的数据库")
    _check(source, manifest)
    store, total = Filesystem(source / "vault"), 0
    # Straight into the stores: the tables that tell of them come with the database.
    for digest in manifest["objects"]:
        for place in vault().places.values():
            with store.open(digest) as file:
                place.put(file, expect=digest)
        total += store.size(digest)
    for path in manifest["files"]:
        goal = Path(settings.LIUHEN_DATA) / path
        goal.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source / "data" / path, goal)
    _load(source / _database_name())
    return Backup(manifest["sealed"], len(manifest["objects"]), total, len(manifest["objects"]))


def _copy_originals(store: Filesystem) -> int:
    own, copied = vault(), 0
    for digest in own.all():
        if not store.exists(digest):
            with own.open(digest) as file:
                store.put(file, expect=digest)
            copied += 1
    return copied


def _beside() -> list[str]:
    data = Path(settings.LIUHEN_DATA)
    found = (path for name in BESIDE for path in sorted((data / name).rglob("*")) if path.is_file())
    # What is being built or written at this moment has a name that begins with a dot.
    return [
        p.relative_to(data).as_posix() for p in found if not any(part.startswith(".") for part in p.parts)
    ]


def _copied(path: str, target: Path) -> str:
    goal = target / "data" / path
    goal.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(Path(settings.LIUHEN_DATA) / path, goal)
    return _sha256(goal)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _read(source: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((source / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BackupError(f"不是备份，或者没有做完：{source}（{error}）") from error
    if manifest.get("format") != 1:
        raise BackupError("备份的格式不认识，请用做备份时的版本恢复")
    return manifest


def _check(source: Path, manifest: dict[str, Any]) -> None:
    """Whether every file is what the manifest says, before anything is put anywhere."""
    expected = {source / _database_name(): manifest["database"]["sha256"]}
    expected |= {source / "data" / path: digest for path, digest in manifest["files"].items()}
    for path, digest in expected.items():
        if not path.is_file() or _sha256(path) != digest:
            raise BackupError(f"备份里的文件丢失或者被改动：{path.relative_to(source)}")
    for digest, verdict in Filesystem(source / "vault").verify_all(manifest["objects"]):
        if verdict != "ok":
            raise BackupError(f"备份里的原件丢失或者被改动：{digest}")


def _holds_something() -> bool:
    if connection.vendor == "sqlite":
        database = Path(str(connection.settings_dict["NAME"])).exists()
    else:
        database = bool(connection.introspection.table_names())
    return database or next(iter(vault().all()), None) is not None


def _database_name() -> str:
    return "database.sqlite3" if connection.vendor == "sqlite" else "database.dump"


def _dump(path: Path) -> None:
    """The database as it stands at one moment."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        return
    _postgres("pg_dump", "--format=custom", "--no-owner", f"--file={path}")


def _load(path: Path) -> None:
    if connection.vendor == "sqlite":
        connection.close()
        shutil.copyfile(path, Path(str(connection.settings_dict["NAME"])))
        return
    _postgres("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", str(path))


def _postgres(program: str, *arguments: str) -> None:
    """One of PostgreSQL's own programs on our database; its words are in the error when it fails."""
    found = shutil.which(program) or next(
        (str(p) for p in sorted(Path(_POSTGRES).glob(f"*/bin/{program}"), reverse=True)), None
    )
    if found is None:
        raise BackupError(f"没有找到 {program}，请安装 postgresql-client")
    given = connection.settings_dict
    named = {"host": given["HOST"], "port": given["PORT"], "username": given["USER"], "dbname": given["NAME"]}
    options = [f"--{name}={value}" for name, value in named.items() if value]
    environment = os.environ | ({"PGPASSWORD": str(given["PASSWORD"])} if given["PASSWORD"] else {})
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own program, without a shell
        [found, *options, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise BackupError(f"{program} 没有成功：{done.stderr.strip()}")
