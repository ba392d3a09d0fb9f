"""Sketches on their way into the record: what a draft holds as it was drawn lies in the vault once it is recorded (R7.3)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from liuhen.acts.storage import vault
from liuhen.casefile import sketch
from liuhen.casefile.sketch import BadSketch
from liuhen.compliance.reading import rows
from liuhen.measures.vocabulary import Document as Kind
from liuhen.measures.vocabulary import Fact
from liuhen.vault.errors import VaultError

Values = Mapping[str, Any]
LARGEST = 40 << 20  # bytes: a photograph, not a film


def _fields(kind: Kind | Fact) -> list[str]:
    return [field.name for field in kind.fields if field.type == "sketch"]


def keep(kind: Kind | Fact, values: Values) -> None:
    """Put every sketch that was drawn into the vault, before anything is recorded that names it."""
    for name in _fields(kind):
        for row in rows(values.get(name)):
            if isinstance(row.get("drawn"), str):
                vault().put(row["drawn"].encode())


def by_digest(kind: Kind | Fact, values: Values) -> dict[str, Any]:
    """The values as they are recorded: a drawn sketch named by the digest of its SVG."""
    return {
        **values,
        **{
            name: [_named(row) for row in rows(values[name])]
            for name in _fields(kind)
            if rows(values.get(name))
        },
    }


def _named(row: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(row.get("drawn"), str):
        return dict(row)
    digest = hashlib.sha256(row["drawn"].encode()).hexdigest()
    return {"digest": f"sha256:{digest}", "name": str(row.get("name") or sketch.NAME)}


def drawn_again(kind: Kind | Fact, values: Values) -> dict[str, Any]:
    """Recorded values with their own sketches as drawings again, to be drawn on in a further text."""
    return {
        **values,
        **{
            name: [_drawn(row) for row in rows(values[name])]
            for name in _fields(kind)
            if rows(values.get(name))
        },
    }


def _drawn(row: Mapping[str, Any]) -> dict[str, Any]:
    data = _read(str(row.get("digest", ""))) if row.get("name") == sketch.NAME else None
    if data is None:
        return dict(row)
    try:
        return {"drawn": sketch.tidy(data.decode("utf-8", "replace")), "name": sketch.NAME}
    except BadSketch:
        return dict(row)


def pictures(kind: Kind | Fact, values: Values) -> dict[str, bytes]:
    """The bytes of the sketches that values name, for the paper; what the vault does not hold is left out."""
    named = [str(row.get("digest", "")) for name in _fields(kind) for row in rows(values.get(name))]
    found = {digest: _read(digest) for digest in named if digest}
    return {digest: data for digest, data in found.items() if data is not None}


def _read(digest: str) -> bytes | None:
    """What the vault holds under a digest; None when it holds nothing, or something too large for a picture on paper."""
    try:
        if not vault().exists(digest) or vault().size(digest) > LARGEST:
            return None
        with vault().open(digest) as file:
            return file.read()
    except VaultError:
        return None
