"""Chains: within a stream each entry names the hash of the one before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from liuhen.ledger import canonical

What = Literal["gap", "previous", "hash"]
FAULTS: dict[What, str] = {
    "gap": "位次不连续（有缺、有重或者次序不对）",
    "previous": "所记前一条的校验值不对",
    "hash": "条目与其校验值不符",
}


@dataclass(frozen=True)
class Fault:
    """One broken place of a stream; ``what`` is a key of FAULTS."""

    stream: str
    position: int
    what: What

    def __str__(self) -> str:
        return f"{self.stream} 第 {self.position} 条：{FAULTS[self.what]}"


def entry_hash(header: Mapping[str, object]) -> str:
    """Return the hex hash of an entry, which is that of its header; raises CanonicalError."""
    return canonical.digest(dict(header))


def check_chain(entries: Iterable[tuple[Mapping[str, Any], str]]) -> list[Fault]:
    """Return every fault of the chains, given as headers with their stored hashes, whole from position 1.

    Streams may be mixed; within one, entries come in order of position. After a gap the link to the
    entry before it is not judged. An empty answer says: nothing between the first and the last entry was
    changed, removed, inserted or moved. What is missing at the end only the log can tell.
    """
    faults: list[Fault] = []
    heads: dict[str, tuple[int, str | None]] = {}
    for header, stored in entries:
        stream, position = str(header.get("stream")), _position(header)
        last, head = heads.get(stream, (0, None))
        if position != last + 1:
            faults.append(Fault(stream, position, "gap"))
        elif header.get("previous") != head:
            faults.append(Fault(stream, position, "previous"))
        if not _matches(header, stored):
            faults.append(Fault(stream, position, "hash"))
        heads[stream] = position, stored
    return faults


def _position(header: Mapping[str, Any]) -> int:
    position = header.get("position")
    return position if type(position) is int else 0


def _matches(header: Mapping[str, Any], stored: str) -> bool:
    try:
        return entry_hash(header) == stored
    except canonical.CanonicalError:
        return False
