"""Bureaus to measure in: thrown away afterwards, filled with copies of one case that was played through the acts."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model

from bench.place import ROOT, folder
from bench.shape import CASES
from liuhen.ledger import chain
from liuhen.measures.vocabulary import STAGES
from liuhen.project.database import SQLITE_PRAGMAS
from liuhen.records import read
from liuhen.records.models import Body, CaseRow, Entry
from liuhen.scripts.play import play
from liuhen.scripts.scratch import kept_in, scratch
from liuhen.scripts.script import load

SCRIPT = ROOT / "cases" / "01-pesticide-defence.yaml"
ENTRIES = 60  # of each case that the model case is copied to
# So many cases are open side by side; their entries are interleaved as in life.
OPEN_AT_ONCE = 500
# So many of the cases stand in the list as open, due on different days; the others as the model case, which is archived.
OPEN = min(500, CASES // 20)
FIRST_DUE = date(2026, 1, 1)


@cache
def _played() -> tuple[Path, str]:
    """The data folder of a bureau in which one case was played, and the case's id."""
    kept = Path(tempfile.mkdtemp())
    with scratch() as data:
        (played,) = play([load(SCRIPT)])
        connection.close()
        shutil.copytree(data, kept, dirs_exist_ok=True)
    return kept, played.case


@contextmanager
def bureau() -> Iterator[str]:
    """Within the block, a bureau of its own in which one whole case was played; yields that case's id."""
    kept, case = _played()
    with folder() as place:
        data = place / "data"
        shutil.copytree(kept, data)
        with kept_in(data):
            # A throw-away bureau does not wait for the disk; one that is measured does, as a real one.
            connection.settings_dict["OPTIONS"]["init_command"] = SQLITE_PRAGMAS
            yield case


def keep(copy: Path) -> Path:
    """Copy the database in use, as it stands, to a file and return it."""
    connection.close()
    shutil.copyfile(connection.settings_dict["NAME"], copy)
    return copy


def use(database: Path) -> None:
    """Put a copy of this database file in the place of the one in use."""
    connection.close()
    shutil.copyfile(database, connection.settings_dict["NAME"])


def fill(model_case: str, cases: int) -> list[str]:
    """Add so many cases, each with the first entries of the model case, chained anew; returns their ids.

    Their rows in the list of cases are those of the model case, but the first are open. Nothing is sealed.
    """
    rows = read.rows(f"case/{model_case}")[:ENTRIES]
    begin = CaseRow.objects.count()
    ids = [f"bench{n:08d}" for n in range(begin, begin + cases)]
    for start in range(0, cases, OPEN_AT_ONCE):
        _fill(rows, ids[start : start + OPEN_AT_ONCE])
    _list(model_case, ids, begin)
    return ids


def _fill(rows: Sequence[tuple[Entry, Body | None]], cases: Sequence[str]) -> None:
    first = read.last_id() + 1
    entries: list[Sequence[Any]] = []
    bodies: list[Sequence[Any]] = []
    heads: dict[str, str] = {}
    for row, body in rows:
        assert body is not None
        for case in cases:
            header = read.header(row) | {"stream": f"case/{case}"}
            if case in heads:
                header["previous"] = heads[case]
            heads[case] = chain.entry_hash(header)
            told = {"previous": "", **header, "id": first + len(entries), "hash": heads[case]}
            entries.append([told.get(name) for name in _columns(Entry)])
            bodies.append([told["id"], body.content, body.seed])
    insert(Entry, entries)
    insert(Body, bodies)


def _columns(model: type[Model]) -> list[str]:
    return [field.column or field.name for field in model._meta.concrete_fields]


def insert(model: type[Model], rows: Sequence[Sequence[Any]], columns: Sequence[str] = ()) -> None:
    """Add rows to a table in one go; all its columns unless some are named."""
    columns = columns or _columns(model)
    places = ", ".join(["%s"] * len(columns))
    named = ", ".join(f'"{column}"' for column in columns)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {model._meta.db_table} ({named}) VALUES ({places})", rows)


def _list(model_case: str, cases: Sequence[str], begin: int) -> None:
    row = CaseRow.objects.get(case=model_case)
    values = {field.name: getattr(row, field.name) for field in CaseRow._meta.concrete_fields}
    copies = [
        CaseRow(**{**values, "case": case, "case_no": case, **_opened(n)})
        for n, case in enumerate(cases, begin)
    ]
    CaseRow.objects.bulk_create(copies, batch_size=1000)


def _opened(n: int) -> dict[str, Any]:
    if n > OPEN:
        return {}
    due = FIRST_DUE + timedelta(days=n % 90)
    return {"closed_on": None, "archived_on": None, "stage": STAGES[1], "due_on": due}


def data_folder() -> Path:
    """The data folder of the bureau in use."""
    return Path(settings.LIUHEN_DATA)


def link(database: Path) -> None:
    """Use this database file itself from now on."""
    connection.close()
    connection.settings_dict["NAME"] = database
