"""Appending to a stream: the only way anything becomes a fact.

Commit point: the COMMIT of the one transaction that inserts headers, bodies and the case's projection. Killed before it,
nothing is there; after it, everything is; sealing is a later step that starts over from the unsealed tail.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction

from liuhen.casefile.entries import KINDS, Moment, check_body
from liuhen.casefile.entries import Entry as CaseEntry
from liuhen.casefile.moments import write
from liuhen.ledger import canonical, chain, commitment
from liuhen.measures.release import RELEASE
from liuhen.records import clock
from liuhen.records.models import Body, Entry, Named
from liuhen.records.naming import names_of
from liuhen.records.read import entry_of, header

RETRIES = 60


class Conflict(RuntimeError):
    """Another writer took the position; read again and decide again."""


@dataclass(frozen=True)
class Ref:
    """In a body: the hash of the ``n``-th new entry of the same append."""

    n: int


@dataclass(frozen=True)
class New:
    """An entry about to be appended. ``at`` defaults to now; ``seed`` is given when the commitment was needed before."""

    kind: str
    body: Mapping[str, Any]
    at: Moment | None = None
    origin: str = "made"
    seed: bytes = field(default_factory=commitment.new_seed)
    measures: str = ""


@dataclass(frozen=True)
class Receipt:
    """What the actor gets at once: the entry's hash and position (sealed within the declared delay)."""

    stream: str
    position: int
    kind: str
    hash: str


def _resolve(value: Any, hashes: Sequence[str]) -> Any:
    if isinstance(value, Ref):
        return hashes[value.n]
    if isinstance(value, Mapping):
        return {key: _resolve(inner, hashes) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_resolve(inner, hashes) for inner in value]
    return value


def proposed(stream: str, actor: str, news: Sequence[New], head: int) -> list[CaseEntry]:
    """The new entries as the fold would read them, with stand-in hashes: what rules are asked about beforehand."""
    now = clock.now()
    hashes = [f"pending-{n}" for n in range(len(news))]
    return [
        CaseEntry(
            stream, head + 1 + n, new.kind, KINDS[new.kind].version, new.at or now, now, actor,
            new.origin,  # type: ignore[arg-type]
            new.measures or RELEASE, hashes[n], _resolve(new.body, hashes), "0" * 64,
        )
        for n, new in enumerate(news)
    ]  # fmt: skip


def _row(
    stream: str, actor: str, new: New, body: Mapping[str, Any], last: Entry | None, now: datetime
) -> Entry:
    row = Entry(
        bureau=settings.LIUHEN_BUREAU,
        stream=stream,
        position=last.position + 1 if last else 1,
        kind=new.kind,
        kind_version=KINDS[new.kind].version,
        at=write(new.at or now),
        recorded_at=write(now),
        actor=actor,
        origin=new.origin,
        measures=new.measures or RELEASE,
        commitment=commitment.commitment(body, new.seed),
        previous=last.hash if last else "",
    )
    row.hash = chain.entry_hash(header(row))
    return row


def _insert(stream: str, actor: str, news: Sequence[New], expect: int | None) -> list[tuple[Entry, Body]]:
    now = clock.now()
    last = Entry.objects.filter(stream=stream).order_by("-position").first()
    if expect is not None and (last.position if last else 0) != expect:
        raise Conflict(stream)
    written: list[tuple[Entry, Body]] = []
    hashes: list[str] = []
    for new in news:
        body = _resolve(new.body, hashes)
        check_body(new.kind, body)
        row = _row(stream, actor, new, body, last, now)
        row.save(force_insert=True)
        content = Body(entry=row, content=canonical.encode(body).decode(), seed=new.seed.hex())
        content.save(force_insert=True)
        written.append((row, content))
        hashes.append(row.hash)
        last = row
    Named.objects.bulk_create(names_of(body for _, body in written))
    return written


def append(
    stream: str,
    actor: str,
    news: Sequence[New],
    *,
    expect: int | None = None,
    within: Callable[[list[CaseEntry]], None] | None = None,
) -> list[Receipt]:
    """Append entries in one transaction and return their receipts.

    ``expect`` is the head the decision was made on: when another writer was faster, Conflict is raised and nothing is
    written. ``within`` runs in the same transaction with the new entries (projections). Raises BadBody, CanonicalError.
    """
    try:
        with transaction.atomic():
            written = _insert(stream, actor, news, expect)
            if within is not None:
                within([entry_of(row, body) for row, body in written])
    except IntegrityError as error:
        raise Conflict(stream) from error
    except OperationalError as error:
        if connection.vendor == "sqlite" and "locked" in str(error):
            raise Conflict(stream) from error
        raise
    return [Receipt(stream, row.position, row.kind, row.hash) for row, _ in written]


def append_anyway(
    stream: str, actor: str, news: Sequence[New], *, within: Callable[[list[CaseEntry]], None] | None = None
) -> list[Receipt]:
    """Append where nothing depends on what stands before (access log, office registers): retried until it succeeds."""
    for _ in range(RETRIES):
        try:
            return append(stream, actor, news, within=within)
        except Conflict:
            continue
    raise Conflict(stream)


def head(stream: str) -> int:
    """The position of the last entry of a stream; 0 when it is empty."""
    return (
        Entry.objects.filter(stream=stream).order_by("-position").values_list("position", flat=True).first()
        or 0
    )
