"""Wipe: give the freed pages of the database back, so that what was deleted cannot be read out of its files.

PostgreSQL keeps a deleted row for as long as any transaction of the cluster might still see it, also through VACUUM FULL, and
that command fails outright where a table's long values were cleaned up before their row. So the older transactions are
waited for first.
"""

from __future__ import annotations

import time
from typing import Any

from django.db import InternalError, connection

from liuhen.records.models import (
    ArchiveRow,
    Body,
    CaseRow,
    Draft,
    FindingRow,
    LimitRow,
    Named,
    PaperRow,
    TaskRow,
)

TABLES = tuple(
    model._meta.db_table
    for model in (Body, Named, Draft, CaseRow, ArchiveRow, TaskRow, FindingRow, LimitRow, PaperRow)
)
OLDER = """
    SELECT count(*) FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'
      AND greatest(age(backend_xid), age(backend_xmin)) > age(%s::xid)
"""


def wipe(patience: float = 60) -> bool:
    """Rewrite the tables that held deleted content; True when nothing of it is left in them.

    False when a transaction that might still see it ran for more than ``patience`` seconds: wipe again later. Within a
    transaction nothing can be wiped, and nothing is tried. Backups and write-ahead archives are the bureau's to let run out
    (docs/threat-model.md).
    """
    if connection.in_atomic_block:
        return False
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return True
    until = time.monotonic() + patience
    with connection.cursor() as cursor:
        if not _alone(cursor, until):
            return False
        return all(_rewritten(cursor, table, until) for table in TABLES)


def _alone(cursor: Any, until: float) -> bool:
    """Wait until every transaction that is older than this moment has ended."""
    cursor.execute("SELECT pg_current_xact_id()::xid::text")
    (now,) = cursor.fetchone()
    while True:
        cursor.execute(OLDER, [now])
        if cursor.fetchone() == (0,):
            return True
        if time.monotonic() > until:
            return False
        time.sleep(0.05)


def _rewritten(cursor: Any, table: str, until: float) -> bool:
    while True:
        try:
            cursor.execute(f"VACUUM FULL {table}")
        except InternalError:
            # A transaction that began in between took over the horizon of an older one elsewhere.
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
        else:
            return True
