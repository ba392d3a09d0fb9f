"""Which files the record names: every digest in every body, wherever it stands, that the vault must hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from liuhen.records.models import Body, Entry

DIGEST = re.compile("sha256:[0-9a-f]{64}")
# What a digest names there is no file of the vault: manifests, copies handed out, published releases, what was shown.
NO_FILES = frozenset(
    {
        ("Archived", "manifest"),
        ("Handed", "copy"),
        ("Released", "digest"),
        ("Filed", "template"),
        ("Decided", "shown"),
    }
)
ELSEWHERE = frozenset({"Voided", "Disposed"})


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
                yield from ((d, place_of(row.stream, row.position)) for d in _digests(value) if d not in gone)


def _gone() -> set[str]:
    """The digests that need not be in the vault any more, or never were."""
    found: set[str] = set()
    sealed: set[str] = set()
    for row in Entry.objects.filter(kind__in=("Voided", "Disposed", "Deposited")).select_related("body"):
        body = body_of(row) or {}
        if row.kind == "Deposited" and body.get("place") == "device":
            found.add(body["digest"])
        elif row.kind != "Deposited":
            found |= set(_digests(body))
            sealed.add(body.get("entry", ""))
    for row in Entry.objects.filter(hash__in=sealed).select_related("body"):
        found |= set(_digests(body_of(row) or {}))
    return found


def _digests(value: Any) -> Iterator[str]:
    """Every file digest within a value."""
    if isinstance(value, str):
        if DIGEST.fullmatch(value):
            yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _digests(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _digests(inner)


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
