"""Which files the record names: every digest in every body, wherever it stands, that the vault must hold.

``Named`` is a shadow of that, one row a digest and entry, so that a file which another case names too is found by an index:
written with the entries, rebuilt from them, held against them by the audit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from liuhen.records.models import Body, Entry, Named

DIGEST = re.compile("sha256:[0-9a-f]{64}")
# What a digest names there is no file of the vault: manifests, copies handed out, published releases, what was shown.
NO_FILES = frozenset(
    {
        ("Archived", "manifest"),
        ("Handed", "copy"),
        ("Released", "digest"),
        ("Filed", "template"),
        ("Decided", "shown"),
        ("Restored", "digest"),
        ("Restored", "found"),
    }
)
ELSEWHERE = frozenset({"Voided", "Disposed"})
# Kinds that tell of a file's keeping: they name it, and are no reason to keep it.
ABOUT = frozenset({"Restored", "Disposed"})
MISNAMED = "所列文件的索引与条目内容不符，用 liuhen rebuild 重建"
_AT_ONCE = 500  # digests in one query


def recorded_files() -> Iterator[tuple[str, str]]:
    """Every file that must be in the vault, with the entry that says so: whatever digest a body names, wherever in it.

    Not those that were sealed away or destroyed, lie on the dedicated device, or are no file of ours.
    """
    gone = _gone()
    for row in Entry.objects.select_related("body").order_by("id").iterator(chunk_size=2000):
        body = body_of(row)
        if body is None or row.kind in ELSEWHERE:
            continue
        for name, value in body.items():
            if (row.kind, name) not in NO_FILES:
                yield from ((d, place_of(row.stream, row.position)) for d in digests(value) if d not in gone)


def _gone() -> set[str]:
    """The digests that need not be in the vault any more, or never were."""
    found: set[str] = set()
    sealed: set[str] = set()
    by_place: dict[str, set[str]] = {}
    for row in Entry.objects.filter(kind__in=("Voided", "Disposed", "Deposited")).select_related("body"):
        body = body_of(row) or {}
        if row.kind == "Deposited":
            by_place.setdefault(str(body.get("place")), set()).add(str(body.get("digest")))
        else:
            found |= set(digests(body))
            sealed.add(body.get("entry", ""))
    # What followed from the device into the vault must be there.
    found |= by_place.get("device", set()) - by_place.get("vault", set())
    # A recording that was brought into a wrong case waits again where it came from.
    for row in Entry.objects.filter(hash__in=sealed).exclude(kind="Tied").select_related("body"):
        found |= set(digests(body_of(row) or {}))
    return found


def digests(value: Any) -> Iterator[str]:
    """Every ``sha256:`` digest within a value."""
    if isinstance(value, str):
        if DIGEST.fullmatch(value):
            yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from digests(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from digests(inner)


def place_of(stream: str, position: int) -> str:
    """An entry as the audit names it."""
    return f"{stream} 第 {position} 条"


def body_of(row: Entry) -> dict[str, Any] | None:
    """What an entry says; None when that was destroyed or cannot be read."""
    found: Body | None = getattr(row, "body", None)
    try:
        return json.loads(found.content) if found else None
    except ValueError:
        return None


def names_of(bodies: Iterable[Body]) -> list[Named]:
    """The rows of the index that these bodies give."""
    return [
        Named(entry_id=body.entry_id, digest=digest)
        for body in bodies
        if '"sha256:' in body.content
        for digest in dict.fromkeys(digests(json.loads(body.content)))
    ]


def rebuild_names() -> None:
    """Write the index of named files anew from the bodies."""
    bodies = Body.objects.filter(content__contains='"sha256:').order_by("entry_id")
    with transaction.atomic():
        Named.objects.all().delete()
        for body in bodies.iterator(chunk_size=2000):
            Named.objects.bulk_create(names_of([body]))


def misnamed() -> set[int]:
    """The ids of the entries whose rows in the index are not what their bodies name."""
    stored = set(Named.objects.values_list("entry_id", "digest"))
    bodies = Body.objects.filter(content__contains='"sha256:').order_by("entry_id")
    given: set[tuple[int, str]] = set()
    for body in bodies.iterator(chunk_size=2000):
        try:
            given |= {(row.entry_id, row.digest) for row in names_of([body])}
        except ValueError:
            # What cannot be read is named by the audit itself; its rows stand for what it said.
            given |= {pair for pair in stored if pair[0] == body.entry_id}
    return {entry for entry, _ in stored ^ given}


def named_elsewhere(wanted: Iterable[str], stream: str, besides: Iterable[str] = ()) -> set[str]:
    """Those of the digests that an entry outside the stream names too; ``besides``: hashes of entries that do not count."""
    found = list(wanted)
    elsewhere = Named.objects.exclude(entry__stream=stream).exclude(entry__kind__in=ABOUT)
    elsewhere = elsewhere.exclude(entry__hash__in=list(besides))
    shared: set[str] = set()
    for start in range(0, len(found), _AT_ONCE):
        rows = elsewhere.filter(digest__in=found[start : start + _AT_ONCE])
        shared |= set(rows.values_list("digest", flat=True))
    return shared


@dataclass(frozen=True)
class Mention:
    """Where the record names a file: the entry, and the name that it bears there, empty for what the program made."""

    stream: str
    position: int
    kind: str
    name: str

    @property
    def case(self) -> str:
        """The id of the case; empty for a file that is in none."""
        return self.stream.removeprefix("case/") if self.stream.startswith("case/") else ""


def mentions(digest: str) -> list[Mention]:
    """The entries that name a file, by the index."""
    rows = Named.objects.filter(digest=digest).exclude(entry__kind__in=ABOUT).select_related("entry__body")
    found = [row.entry for row in rows.order_by("entry_id")]
    return [Mention(e.stream, e.position, e.kind, str((body_of(e) or {}).get("name", ""))) for e in found]
