"""Slips 销毁单: what each disposal said, ``disposals/<hash>.json`` in the data folder, nothing of the content.

A database restored from before a disposal has no ``Disposed`` entry any more; a slip that was kept elsewhere gives it back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from liuhen.records.seal import write_whole


@dataclass(frozen=True)
class Slip:
    """What a disposal said: the case, the hash of its ``Disposed`` entry and its body."""

    case: str
    hash: str
    body: dict[str, Any]


def folder() -> Path:
    """Where slips are kept."""
    return Path(settings.LIUHEN_DATA) / "disposals"


def keep(slip: Slip) -> None:
    """Write a slip, once."""
    target = folder() / f"{slip.hash}.json"
    if not target.exists():
        write_whole(target, json.dumps(asdict(slip), ensure_ascii=False, indent=1))


def slips() -> Iterator[Slip]:
    """All slips there are, in order of name."""
    for path in sorted(folder().glob("*.json")):
        yield Slip(**json.loads(path.read_text(encoding="utf-8")))
