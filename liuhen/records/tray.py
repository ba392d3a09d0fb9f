"""The tray 待归入: recordings deposited without a case, as rows; written with the entries, rebuilt from them at any time.

A recording waits until a case holds it (a ``Tied`` of that case that is not sealed away) or it is marked as having nothing to
do with any case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from liuhen.casefile.entries import Entry as CaseEntry
from liuhen.casefile.moments import instant, parse
from liuhen.casefile.office import Office
from liuhen.casefile.settle import settle
from liuhen.records import read
from liuhen.records.models import Body, TrayRow, TrayTie
from liuhen.records.read import TRAY

UNRELATED = "与办案无关"
MISPLACED = "待归入音像表与条目不符，用 liuhen rebuild 重建"


def waiting() -> QuerySet[TrayRow]:
    """What waits for its case, the oldest first."""
    return TrayRow.objects.filter(unrelated="", ties=None).order_by("deposited_at", "entry")


def project(entries: Iterable[CaseEntry]) -> None:
    """Write the rows that new entries of the tray bring about; called in the transaction that appends them."""
    for entry in entries:
        if entry.body is None:
            continue
        if entry.kind == "Deposited":
            TrayRow.objects.create(**row_of(entry))
        elif entry.kind == "Marked" and entry.body["mark"] == UNRELATED:
            reason = entry.body["reason"] if entry.body["set"] else ""
            TrayRow.objects.filter(entry=entry.body["subject"]).update(unrelated=reason)


def row_of(entry: CaseEntry) -> dict[str, Any]:
    """The columns that a ``Deposited`` gives."""
    body: dict[str, Any] = dict(entry.body or {})
    taken = body.get("taken", {})
    return {
        "entry": entry.hash,
        "digest": body["digest"],
        "name": body["name"],
        "media_type": body["media_type"],
        "size": body["size"],
        "by": body.get("by", entry.actor),
        "device": body.get("device", ""),
        "path": taken.get("path", ""),
        "modified": taken.get("modified", ""),
        "starts": instant(parse(body["from"])) if "from" in body else None,
        "ends": instant(parse(body["to"])) if "to" in body else None,
        "deposited_at": instant(entry.at),
    }


def held_by(case: str, entries: Sequence[CaseEntry]) -> None:
    """Write which recordings of the tray a case holds, from its entries."""
    named = any(entry.kind == "Tied" and entry.body and "file" in entry.body for entry in entries)
    before = set(TrayTie.objects.filter(case=case).values_list("row_id", flat=True))
    held = _held(entries) if named else set[str]()
    TrayTie.objects.filter(case=case, row_id__in=before - held).delete()
    known = TrayRow.objects.filter(entry__in=held - before).values_list("entry", flat=True)
    TrayTie.objects.bulk_create(TrayTie(row_id=entry, case=case) for entry in sorted(known))


def _held(entries: Sequence[CaseEntry]) -> set[str]:
    found = settle(entries, Office()).recordings.values()
    return {one.deposited for one in found if one.deposited != one.entry and not one.voided}


def rebuild() -> None:
    """Write all rows anew from the entries; which cases hold them is written when the cases are projected."""
    with transaction.atomic():
        TrayRow.objects.all().delete()
        project(read.stream(TRAY))


def misplaced() -> Iterator[str]:
    """The hashes of the recordings whose rows are not what the entries give."""
    given: dict[str, dict[str, Any]] = {}
    for entry in read.stream(TRAY):
        if entry.body is None:
            continue
        if entry.kind == "Deposited":
            given[entry.hash] = row_of(entry) | {"unrelated": ""}
        elif entry.kind == "Marked" and entry.body["subject"] in given:
            given[entry.body["subject"]]["unrelated"] = entry.body["reason"] if entry.body["set"] else ""
    stored = {row["entry"]: row for row in TrayRow.objects.values()}
    yield from sorted(
        hash_ for hash_ in given.keys() | stored.keys() if given.get(hash_) != stored.get(hash_)
    )
    yield from _mistied()


def _mistied() -> Iterator[str]:
    told = Body.objects.filter(entry__kind="Tied", content__contains='"file":').values_list(
        "entry__stream", flat=True
    )
    cases = {stream.removeprefix("case/") for stream in told} | set(
        TrayTie.objects.values_list("case", flat=True)
    )
    rows = set(TrayRow.objects.values_list("entry", flat=True))
    for case in sorted(cases):
        held = _held(read.stream(f"case/{case}")) & rows
        stored = set(TrayTie.objects.filter(case=case).values_list("row_id", flat=True))
        yield from sorted(held ^ stored)
