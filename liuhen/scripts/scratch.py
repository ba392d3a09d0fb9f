"""A throw-away bureau: a data folder and an SQLite file that are gone afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from liuhen.acts import bureau
from liuhen.scripts import demo

ALIAS = "default"


@contextmanager
def scratch() -> Iterator[Path]:
    """Within the block everything is kept in a temporary folder, in a bureau that its first entry marks 演示."""
    with (
        tempfile.TemporaryDirectory(prefix="liuhen-", ignore_cleanup_errors=True) as folder,
        kept_in(Path(folder)),
    ):
        call_command("migrate", interactive=False, verbosity=0)
        prepare()
        yield Path(folder)


@contextmanager
def kept_in(folder: Path) -> Iterator[None]:
    """Within the block everything is kept in this folder: what it holds of a bureau already is that bureau."""
    connection, before, data = connections[ALIAS], connections.settings[ALIAS], settings.LIUHEN_DATA
    settings.LIUHEN_DATA = folder
    connections.settings[ALIAS] = {**before, **_sqlite(folder)}
    connections[ALIAS] = connections.create_connection(ALIAS)
    try:
        yield
    finally:
        connections[ALIAS].close()
        settings.LIUHEN_DATA = data
        connections.settings[ALIAS], connections[ALIAS] = before, connection


def _sqlite(folder: Path) -> dict[str, Any]:
    """A database that need not survive a power cut: only the way transactions begin is as in a real one."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / "liuhen.sqlite3",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA synchronous=OFF"},
        "CONN_MAX_AGE": 0,
    }


def prepare() -> None:
    """The settings of the demonstration bureau, without its people."""
    for name, value in demo.SETTINGS.items():
        bureau.set_value(bureau.SYSTEM, name, value, basis=demo.BASIS, since=demo.SINCE)
