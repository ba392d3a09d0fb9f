"""What is kept where: one row an object and place, written with each `put`, made again from the stores at any time.

The rows are no proof. They say what to read next, what waits for the second place, and what was wrong when last seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar

from django.db.models import Count, F, Min, QuerySet, Sum

from liuhen.vault.errors import (
    DigestDiffers,
    ObjectAltered,
    ObjectMissing,
    ObjectUnreadable,
    StoreUnreachable,
    VaultFull,
)
from liuhen.vault.models import FixityPass, VaultObject
from liuhen.vault.places import FIRST, NAMES, SECOND, Vault
from liuhen.vault.store import Store, Stored

CHUNK = 500
WHOLE, WAITING, DOOMED = VaultObject.WHOLE, VaultObject.WAITING, VaultObject.DOOMED
MISSING, ALTERED = VaultObject.MISSING, VaultObject.ALTERED

EMPTY = "{}一个文件也没有了，可能挂错了磁盘或者存储桶：{}。确实换了新的，先运行 liuhen vault replaced {}"

T = TypeVar("T")


def note(stored: Stored, there: Iterable[str], places: Iterable[str], now: datetime) -> None:
    """Keep that an object was put: whole in the places ``there``, waiting in the others."""
    has = set(there)
    rows = [
        _row(stored.digest, place, stored.size, now, WHOLE if place in has else WAITING) for place in places
    ]
    VaultObject.objects.bulk_create(
        [row for row in rows if row.state == WHOLE],
        update_conflicts=True, unique_fields=["digest", "place"], update_fields=["state", "mending", "since", "size"],
    )  # fmt: skip
    if waiting := [row for row in rows if row.state == WAITING]:
        VaultObject.objects.bulk_create(waiting, ignore_conflicts=True)


def _row(digest: str, place: str, size: int, now: datetime, state: str) -> VaultObject:
    return VaultObject(digest=digest, place=place, size=size, state=state, since=now)


def sync(vault: Vault, recorded: Iterable[str], now: datetime) -> tuple[int, dict[str, str]]:
    """Make the rows again from what the stores hold and the record names; when an object was last seen stays.

    What the record names and the first place lacks is missing there; what the second place never had waits for it. Rows of
    what is in no store and no record any more go. Returns how many objects no entry names, and the places that did not answer
    with what they said: their rows stay as they are.
    """
    wanted = set(recorded)
    kept: set[str] = set()
    silent: dict[str, str] = {}
    for place, store in vault.places.items():
        found = 0
        try:
            for chunk in _chunks(store.all()):
                kept.update(chunk)
                found += len(chunk)
                _found(place, store, chunk, now)
        except StoreUnreachable as error:
            silent[place] = str(error)
        else:
            if not found and VaultObject.objects.filter(place=place, state=WHOLE).exists():
                silent[place] = EMPTY.format(NAMES[place], store.address, place)
    for place in vault.places.keys() - silent.keys():
        state = WAITING if place == SECOND else MISSING
        for chunk in _chunks(sorted(wanted | (kept if place == SECOND else set()))):
            lacking = set(chunk) - set(_rows(place, chunk).values_list("digest", flat=True))
            rows = [_row(digest, place, _size(digest), now, state) for digest in sorted(lacking)]
            VaultObject.objects.bulk_create(rows, ignore_conflicts=True)
    if not silent:
        _drop(wanted | kept, set(vault.places))
    return len(kept - wanted), silent


def _found(place: str, store: Store, digests: list[str], now: datetime) -> None:
    known = set(_rows(place, digests).values_list("digest", flat=True))
    new = [_row(d, place, store.size(d), now, WHOLE) for d in digests if d not in known]
    VaultObject.objects.bulk_create(new, ignore_conflicts=True)
    _rows(place, digests).filter(state=WAITING).update(state=WHOLE, since=now)


def _size(digest: str) -> int:
    return VaultObject.objects.filter(digest=digest).values_list("size", flat=True).first() or 0


def _drop(standing: set[str], places: set[str]) -> None:
    VaultObject.objects.exclude(place__in=places).delete()
    gone = [
        row
        for row, digest in VaultObject.objects.values_list("pk", "digest").iterator(chunk_size=2000)
        if digest not in standing
    ]
    for chunk in _chunks(gone):
        VaultObject.objects.filter(pk__in=chunk).delete()


def _rows(place: str, digests: Iterable[str]) -> QuerySet[VaultObject]:
    return VaultObject.objects.filter(place=place, digest__in=list(digests))


def _chunks(values: Iterable[T]) -> Iterator[list[T]]:
    left = iter(values)
    while chunk := list(islice(left, CHUNK)):
        yield chunk


def due(reading: FixityPass, places: Iterable[str]) -> QuerySet[VaultObject]:
    """What a pass has still to read: the longest unseen first, and before all what was never read."""
    rows = VaultObject.objects.filter(place__in=list(places), read_in__lt=reading.pk)
    found = rows.exclude(state__in=(WAITING, DOOMED))
    return found.order_by(F("looked_at").asc(nulls_first=True), "digest", "place")


def seen_whole(rows: Iterable[VaultObject], reading: FixityPass, now: datetime) -> None:
    """Keep that objects were read and are whole."""
    found = VaultObject.objects.filter(pk__in=[row.pk for row in rows])
    found.exclude(state=WHOLE).update(since=now)
    found.update(state=WHOLE, mending={}, looked_at=now, last_seen_whole=now, read_in=reading.pk)


def seen_faulty(row: VaultObject, fault: str, now: datetime, reading: FixityPass | None = None) -> None:
    """Keep what is wrong with an object; since when stays while it is the same."""
    row.since = row.since if row.state == fault else now
    row.state, row.looked_at = fault, now
    row.read_in = reading.pk if reading is not None else row.read_in
    row.save(update_fields=["state", "since", "looked_at", "read_in"])


def doom(digests: Iterable[str], places: Iterable[str], now: datetime) -> None:
    """Keep that objects are to be destroyed; until they are forgotten it is still to be done, or waits for a lock to end."""
    rows = [_row(digest, place, _size(digest), now, DOOMED) for digest in digests for place in places]
    VaultObject.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["digest", "place"], update_fields=["state", "mending", "since"]
    )  # fmt: skip


def doomed() -> set[str]:
    """The objects that are to be destroyed and were not yet everywhere."""
    return set(VaultObject.objects.filter(state=DOOMED).values_list("digest", flat=True))


def replaced(place: str) -> int:
    """Drop the rows of a place that was replaced by an empty one: it is filled again. How many it had."""
    return VaultObject.objects.filter(place=place).delete()[0]


def forget(digest: str) -> None:
    """Drop the rows of an object that was destroyed."""
    VaultObject.objects.filter(digest=digest).delete()


@dataclass(frozen=True)
class Carried:
    """What became of the objects that waited: how many went to the second place, how many still wait, what hinders."""

    done: int
    left: int
    hindrance: str = ""


def carry(vault: Vault, now: datetime) -> Carried:
    """Bring what waits to the second place, the longest waiting first; one that cannot go does not keep the others."""
    done, hindrance = 0, ""
    rows = VaultObject.objects.filter(place=SECOND, state=WAITING).order_by("since", "digest")
    for row in list(rows) if vault.second is not None else []:
        try:
            stored = vault.copy(row.digest, FIRST, SECOND)
        except (StoreUnreachable, VaultFull) as error:
            return Carried(done, rows.all().count(), str(error))
        except ObjectAltered as error:
            hindrance = str(error)
            seen_faulty(row, ALTERED, now)
        except (DigestDiffers, ObjectMissing, ObjectUnreadable) as error:
            hindrance = str(error)
        else:
            row.state, row.since, row.size = WHOLE, now, stored.size
            row.save(update_fields=["state", "since", "size"])
            done += 1
    return Carried(done, rows.all().count(), hindrance)


@dataclass(frozen=True)
class Holding:
    """What one place keeps: objects, bytes, how many are in which state, since when the oldest of them."""

    place: str
    objects: int
    bytes: int
    states: Mapping[str, tuple[int, datetime]]
    unseen: int
    oldest_seen: datetime | None

    @property
    def faults(self) -> int:
        """How many were missing, altered or unreadable when last seen."""
        return sum(count for state, (count, _) in self.states.items() if state in VaultObject.FAULTS)

    @property
    def waiting(self) -> int:
        """How many are still to come here."""
        return self.states.get(WAITING, (0,))[0]


def holding(place: str) -> Holding:
    """What one place keeps, as it was last seen."""
    rows = VaultObject.objects.filter(place=place)
    told = {
        state: (count, since)
        for state, count, since in rows.values_list("state").annotate(Count("pk"), Min("since")).order_by("state")
    }  # fmt: skip
    there = rows.exclude(state__in=(WAITING, MISSING))
    sums = there.aggregate(n=Count("pk"), size=Sum("size"), seen=Min("last_seen_whole"))
    unseen = there.filter(last_seen_whole=None).count()
    return Holding(place, sums["n"], sums["size"] or 0, told, unseen, sums["seen"])


def waiting(place: str) -> set[str]:
    """The objects that are still to come to a place."""
    return set(VaultObject.objects.filter(place=place, state=WAITING).values_list("digest", flat=True))


def waiting_since() -> tuple[int, datetime | None]:
    """How many objects wait for the second place, and since when the first of them does."""
    found = VaultObject.objects.filter(state=WAITING).aggregate(n=Count("pk"), since=Min("since"))
    return found["n"], found["since"]
