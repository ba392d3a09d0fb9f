"""Reading the record: headers exactly as hashed, entries for the fold, the office as it stands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max, Q, QuerySet, Subquery, Value

from liuhen.casefile.entries import Entry as CaseEntry
from liuhen.casefile.moments import parse
from liuhen.casefile.office import Office, settle_office
from liuhen.casefile.settle import settle
from liuhen.casefile.state import CaseFile
from liuhen.measures.releases import Release, release
from liuhen.records.models import Body, Entry

# Where it is told what became of the files themselves; no case is judged by it.
KEEPING = "office/keeping"


class NoSuchCase(LookupError):
    """There is no case of that id."""


def unapplied() -> bool:
    """Whether the tables are older than the program, or not made yet. Raises DatabaseError when there is no database."""
    plan = MigrationExecutor(connection)
    return bool(plan.migration_plan(plan.loader.graph.leaf_nodes()))


def header(row: Entry) -> dict[str, Any]:
    """The header of an entry exactly as it is hashed (docs/entries.md)."""
    values: dict[str, Any] = {
        "v": 1,
        "bureau": row.bureau,
        "stream": row.stream,
        "position": row.position,
        "kind": row.kind,
        "kind_version": row.kind_version,
        "at": row.at,
        "recorded_at": row.recorded_at,
        "actor": row.actor,
        "origin": row.origin,
        "measures": row.measures,
        "commitment": row.commitment,
    }
    if row.previous:
        values["previous"] = row.previous
    if row.assertion is not None:
        values["assertion"] = row.assertion
    return values


def entry_of(row: Entry, body: Body | None) -> CaseEntry:
    """The entry as the fold reads it."""
    return _entry(*(getattr(row, name) for name in _HEADER), body.content if body is not None else None)


# In the order in which an entry of the fold has them; its body comes after the hash.
_HEADER = (
    "stream", "position", "kind", "kind_version", "at", "recorded_at", "actor", "origin", "measures", "hash", "commitment",
)  # fmt: skip


def _entry(*columns: Any) -> CaseEntry:
    stream, position, kind, version, at, recorded_at, actor, origin, measures, hash_, commitment, content = (
        columns
    )
    recorded = parse(recorded_at)
    assert isinstance(recorded, datetime)
    body = json.loads(content) if content is not None else None
    return CaseEntry(
        stream, position, kind, version, parse(at), recorded, actor, origin, measures, hash_, body, commitment
    )


@lru_cache(maxsize=4096)
def _began_under(stream: str) -> str:
    first = Entry.objects.filter(stream=stream, position=1).values_list("measures", flat=True).first()
    if first is None:
        raise NoSuchCase(stream)
    return first


def release_of(case: str) -> Release:
    """The release of the Measures under which a case began (R36.1). Raises NoSuchCase, UnknownRelease."""
    return release(_began_under(f"case/{case}"))


def rows(stream: str) -> list[tuple[Entry, Body | None]]:
    """The rows of one stream in order of position."""
    found = Entry.objects.filter(stream=stream).select_related("body").order_by("position")
    return [(row, _body(row)) for row in found]


def _body(row: Entry) -> Body | None:
    try:
        return row.body  # type: ignore[attr-defined]
    except Body.DoesNotExist:
        return None


def stream(name: str) -> list[CaseEntry]:
    """The entries of one stream in order of position."""
    found = Entry.objects.filter(stream=name).order_by("position")
    return [_entry(*columns) for columns in found.values_list(*_HEADER, "body__content")]


def case_entries(case: str) -> list[CaseEntry]:
    """The entries of a case; NoSuchCase when there are none."""
    found = stream(f"case/{case}")
    if not found:
        raise NoSuchCase("没有这个案件")
    return found


def earlier(
    entries: Sequence[CaseEntry],
    office: Office,
    known_at: datetime | None = None,
    heads: Mapping[str, int] | None = None,
) -> tuple[CaseFile, ...]:
    """The cases that a case came from, the nearest first, as known at a moment, or as far as the positions in ``heads``."""
    found: list[CaseFile] = []
    before = entries
    while origin := _origin(before):
        before = stream(f"case/{origin}")
        if heads is not None:
            before = [entry for entry in before if entry.position <= heads.get(origin, 0)]
        if not before:
            break
        found.append(settle(before, office, known_at))
    return tuple(found)


def _origin(entries: Sequence[CaseEntry]) -> str:
    opened = next((e.body for e in entries if e.kind == "Opened" and e.body is not None), {})
    return str(opened.get("origin", {}).get("case", ""))


def streams(beginning: str) -> Q:
    """The streams whose names begin so.

    On SQLite a range, since its index does not serve LIKE; elsewhere the order of names depends on the database's language.
    """
    if connection.vendor != "sqlite":
        return Q(stream__startswith=beginning)
    return Q(stream__gte=beginning, stream__lt=beginning[:-1] + chr(ord(beginning[-1]) + 1))


# Recordings that wait to be brought into their cases; no register of the office, and many.
TRAY = "office/recordings"


def _folded() -> QuerySet[Entry]:
    """The office registers that the fold reads: all but the numbers, the recordings and their keeping, and what supervision
    does, on which no case rests."""
    found = Entry.objects.filter(streams("office/")).exclude(stream__in=(TRAY, KEEPING))
    return found.exclude(streams("office/number")).exclude(streams("office/supervision-"))


def _office_rows(until: int) -> Iterable[Entry]:
    return _folded().filter(id__lte=until).select_related("body").order_by("id")


@lru_cache
def _newest_query(_vendor: str) -> tuple[str, tuple[Any, ...]]:
    """Composed once a kind of database: a page asks several times, and composing takes ten times what asking does."""
    last = _folded().order_by().values(all=Value(1)).annotate(last=Max("id")).values("last")
    return Entry.objects.filter(id=Subquery(last)).order_by().values("id", "hash").query.sql_with_params()


def _newest() -> tuple[int, str]:
    """Id and hash of the last entry of the office registers that the fold reads; 0 and empty when there is none."""
    with connection.cursor() as cursor:
        cursor.execute(*_newest_query(connection.vendor))
        return cursor.fetchone() or (0, "")


def office_head() -> int:
    """The id of the last entry of the office registers that the fold reads; 0 when there is none."""
    return _newest()[0]


@lru_cache(maxsize=8)
def _office(until: int, first: str) -> Office:
    return settle_office(entry_of(row, _body(row)) for row in _office_rows(until))


def last_id() -> int:
    """The id of the last entry of all; 0 when there is none."""
    return Entry.objects.aggregate(last=Max("id"))["last"] or 0


def office_until(until: int) -> Office:
    """The office as its registers stood when the entry of this id was the last: for judging a stamp."""
    return settle_office(entry_of(row, _body(row)) for row in _office_rows(until))


def office() -> Office:
    """The office as it stands; folded once per state of its registers. Not to be changed by the caller."""
    return _office(*_newest())


def office_at(known_at: datetime) -> Office:
    """The office as known at a moment."""
    return settle_office((entry_of(row, _body(row)) for row in _office_rows(office_head())), known_at)
