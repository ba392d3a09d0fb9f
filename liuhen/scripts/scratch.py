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
from liuhen.project.database import sqlite
from liuhen.scripts import demo

ALIAS = "default"


@contextmanager
def scratch() -> Iterator[Path]:
    """Within the block everything is kept in a temporary folder, in a bureau that its first entry marks 演示."""
    before, data = connections.settings[ALIAS], settings.LIUHEN_DATA
    with tempfile.TemporaryDirectory(prefix="liuhen-", ignore_cleanup_errors=True) as folder:
        _use(_like(before, sqlite(Path(folder))), Path(folder))
        try:
            call_command("migrate", interactive=False, verbosity=0)
            prepare()
            yield Path(folder)
        finally:
            connections[ALIAS].close()
            _use(before, data)


def _like(before: dict[str, Any], database: dict[str, Any]) -> dict[str, Any]:
    """The settings of another database, completed by the defaults that Django gave the former one."""
    return {**before, "CONN_MAX_AGE": 0, "USER": "", "PASSWORD": "", "HOST": "", "PORT": "", **database}


def _use(database: dict[str, Any], data: Path) -> None:
    connections.settings[ALIAS] = database
    del connections[ALIAS]
    settings.LIUHEN_DATA = data


def prepare() -> None:
    """The settings of the demonstration bureau, without its people."""
    for name, value in demo.SETTINGS.items():
        bureau.set_value(bureau.SYSTEM, name, value, basis=demo.BASIS, since=demo.SINCE)
