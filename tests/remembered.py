"""What many tests start from is made once in a process and from then on put back: rows and files as they were.

``remembered(build, …)`` for a set-up of one's own, as ``people`` in ``tests/conftest.py``; ``@step`` on a function that brings
the case of a ``Drive`` further, as in ``tests/acts/drive.py``. Both hold for the world they started from: where one row or one
file was different, the set-up is made anew.
"""

import copy
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models, transaction

from liuhen.project.settings import LIUHEN_DATA as SHARED

T = TypeVar("T")
Rows = Mapping[type[models.Model], Sequence[tuple[Any, ...]]]
Files = Mapping[Path, tuple[int, bytes]]
# The same in every test database, though under other ids once it was flushed.
SAME = {"django_content_type", "auth_permission"}


@dataclass(frozen=True)
class World:
    """All that is kept at a moment: the rows of each table; mode and bytes of each file of the data folder."""

    rows: Rows
    files: Files

    def name(self) -> str:
        """The same for equal worlds alone."""
        whole = hashlib.sha256(
            repr([(table._meta.db_table, rows) for table, rows in self.rows.items()]).encode()
        )
        for path, (mode, content) in sorted(self.files.items()):
            whole.update(repr((str(path), mode, len(content))).encode())
            whole.update(content)
        return whole.hexdigest()


@dataclass(frozen=True)
class Change:
    """What led from one world to another, and what its maker answered."""

    gone: Rows
    come: Rows
    written: Files
    removed: Sequence[Path]
    answer: Any


_CHANGES: dict[tuple[str, str, bool], Change] = {}
_REAL = [False]


def remembered(build: Callable[..., T], *given: Any) -> T:
    """What ``build(*given)`` answers, with database and data folder as it leaves them. It runs once in the process for each
    world that it starts from and what it is given; each caller has a copy of the answer. Within a test's transaction or
    with real ones. Without a data folder of the test's own (``own_data``) everything is made anew.
    """
    return _remembered((build.__module__, build.__qualname__, given), lambda: build(*given))


def step(function: Callable[..., T]) -> Callable[..., T]:
    """A stretch of a case: ``function(drive, …)``, remembered with what it leaves in the drive; played for real in a test
    that patched something."""

    @wraps(function)
    def played(drive: Any, *given: Any, **named: Any) -> T:
        def build() -> tuple[T, dict[str, Any]]:
            return function(drive, *given, **named), vars(drive)

        key = (function.__module__, function.__qualname__, vars(drive), given, named)
        answer, left = build() if _REAL[0] else _remembered(key, build)
        vars(drive).update(left)
        return answer

    return played


def play_for_real(always: bool) -> None:
    """Whether steps are played for real in this test: one that patches something may lead elsewhere."""
    _REAL[0] = always


def _remembered(key: object, build: Callable[[], T]) -> T:
    if SHARED == settings.LIUHEN_DATA:
        return build()
    before = _world()
    known = (repr(key), before.name(), connection.in_atomic_block)
    if known in _CHANGES:
        _put_back(_CHANGES[known])
    else:
        _CHANGES[known] = _change(before, build())
    return copy.deepcopy(_CHANGES[known].answer)


@cache
def _tables() -> dict[type[models.Model], str]:
    """The tables, and the names of their columns as they are read and written."""
    quote = connection.ops.quote_name
    return {
        table: ", ".join(quote(field.column) for field in table._meta.local_concrete_fields)
        for table in apps.get_models(include_auto_created=True)
        if table._meta.db_table not in SAME
    }


def _world() -> World:
    rows, folder = {}, Path(settings.LIUHEN_DATA)
    with connection.cursor() as cursor:
        for table, columns in _tables().items():
            cursor.execute(f'SELECT {columns} FROM "{table._meta.db_table}" ORDER BY 1')
            rows[table] = cursor.fetchall()
    files = [path for path in folder.rglob("*") if path.is_file()]
    return World(rows, {p.relative_to(folder): (p.stat().st_mode & 0o777, p.read_bytes()) for p in files})


def _change(before: World, answer: Any) -> Change:
    now = _world()
    return Change(
        _missing(now.rows, before.rows),
        _missing(before.rows, now.rows),
        {path: file for path, file in now.files.items() if before.files.get(path) != file},
        [path for path in before.files if path not in now.files],
        copy.deepcopy(answer),
    )


def _missing(here: Rows, there: Rows) -> Rows:
    """The rows that are only there."""
    only = {}
    for table, rows in there.items():
        known = set(here[table])
        only[table] = [row for row in rows if row not in known]
    return {table: rows for table, rows in only.items() if rows}


def _put_back(change: Change) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table, rows in change.gone.items():
            cursor.executemany(
                f'DELETE FROM "{table._meta.db_table}" WHERE "{table._meta.pk.column}" = %s',
                [(row[_place_of_key(table)],) for row in rows],
            )
        for table, rows in change.come.items():
            marks = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(
                f'INSERT INTO "{table._meta.db_table}" ({_tables()[table]}) VALUES ({marks})', rows
            )
        for statement in connection.ops.sequence_reset_sql(no_style(), list(change.come)):
            cursor.execute(statement)
    folder = Path(settings.LIUHEN_DATA)
    for path in change.removed:
        (folder / path).unlink()
    for path, (mode, content) in change.written.items():
        whole = folder / path
        whole.parent.mkdir(parents=True, exist_ok=True)
        whole.unlink(missing_ok=True)
        whole.write_bytes(content)
        whole.chmod(mode)


def _place_of_key(table: type[models.Model]) -> int:
    return table._meta.local_concrete_fields.index(table._meta.pk)
