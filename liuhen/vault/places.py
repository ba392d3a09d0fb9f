"""The bureau's vault: one store, or two of which each holds every original, so that what one loses the other gives back.

**Commit point**: a `put` is done when the first place has the object. With `both` the second has it then too; without, a
large one may follow: `noted` is told what still waits before `put` returns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, TypeVar

from liuhen.vault.errors import ObjectMissing, ObjectUnreadable, StoreUnreachable, VaultError
from liuhen.vault.store import Store, Stored, Takes, Verdict

FIRST, SECOND = "first", "second"
NAMES = {FIRST: "第一处", SECOND: "第二处"}
# Bytes up to which an object goes to the second place at once: a paper or a photograph costs nobody a wait.
AT_ONCE = 32 * 1024**2

T = TypeVar("T")
# Told of an object and of the places that have it, once it is durable in the first.
Noted = Callable[[Stored, tuple[str, ...]], None]


def _unnoted(stored: Stored, places: tuple[str, ...]) -> None:
    """Nobody keeps a list."""


@dataclass(frozen=True)
class Vault:
    """One or two places. `both`: nothing counts as stored that the second place does not have as well."""

    first: Store
    second: Store | None = None
    both: bool = False
    noted: Noted = _unnoted

    @property
    def places(self) -> dict[str, Store]:
        """The stores by the names of their places, the first one first."""
        return {FIRST: self.first} | ({SECOND: self.second} if self.second is not None else {})

    def put(
        self, stream: BinaryIO | bytes, *, expect: str | None = None, keep_until: datetime | None = None
    ) -> Stored:
        """Store the bytes and give their digest, as `Store.put` does; the second place gets them from the first.

        With `both`, raises whatever keeps the second place from having them; else what it could not take now waits.
        """
        return self._followed(self.first.put(stream, expect=expect, keep_until=keep_until), keep_until)

    def take(self, path: Path, digest: str, *, keep_until: datetime | None = None) -> Stored:
        """Store a file that is durable and was hashed to `digest` while it was written, as `put` does; it stands at `path`
        no more then. A first place that can moves it instead of copying."""
        if isinstance(self.first, Takes):
            return self._followed(self.first.take(path, digest), keep_until)
        with path.open("rb") as stream:
            stored = self.put(stream, expect=digest, keep_until=keep_until)
        path.unlink()
        return stored

    def _followed(self, stored: Stored, keep_until: datetime | None) -> Stored:
        """What the first place has, brought to the second or noted as waiting for it."""
        there = [FIRST]
        if self.second is not None and (self.both or stored.size <= AT_ONCE):
            try:
                self.copy(stored.digest, FIRST, SECOND, keep_until=keep_until)
                there.append(SECOND)
            except (VaultError, OSError):
                if self.both:
                    raise
        self.noted(stored, tuple(there))
        return stored

    def copy(self, digest: str, source: str, target: str, *, keep_until: datetime | None = None) -> Stored:
        """Let the place `target` have what `source` has. The digest is checked on the way, so that damage is not passed on:
        raises `DigestDiffers` then, and what `Store.open` and `Store.put` raise."""
        with self.places[source].open(digest) as stream:
            return self.places[target].put(stream, expect=digest, keep_until=keep_until)

    def open(self, digest: str) -> BinaryIO:
        """The object from the first place that gives it, as `Store.open`."""
        return self._from_any(lambda store: store.open(digest))

    def size(self, digest: str) -> int:
        """The bytes of an object. Raises `ObjectMissing`."""
        return self._from_any(lambda store: store.size(digest))

    def exists(self, digest: str) -> bool:
        """Whether any place has it."""
        try:
            self.size(digest)
        except ObjectMissing:
            return False
        return True

    def verify(self, digest: str) -> Verdict:
        """Read it again in every place; "ok" when each has it whole, else what is wrong with the first that has not.
        Raises `ObjectUnreadable`."""
        for store in self.places.values():
            if (verdict := store.verify(digest)) != "ok":
                return verdict
        return "ok"

    def all(self) -> Iterator[str]:
        """Every digest that any place has, in order."""
        return (digest for digest, _ in groupby(merge(*(store.all() for store in self.places.values()))))

    def destroy(self, digest: str) -> bool:
        """Remove the object from every place, as `Store.destroy`; whether it was anywhere. Raises the first refusal, once
        every place was asked."""
        found, refused = False, None
        for store in self.places.values():
            try:
                found = store.destroy(digest) or found
            except VaultError as error:
                refused = refused or error
        if refused is not None:
            raise refused
        return found

    def leftovers(self) -> list[str]:
        """What dead writers left, in all places."""
        return [name for store in self.places.values() for name in store.leftovers()]

    def sweep(self) -> int:
        """Remove what dead writers left, in all places; how many."""
        return sum(store.sweep() for store in self.places.values())

    def _from_any(self, ask: Callable[[Store], T]) -> T:
        failed: VaultError | None = None
        for store in self.places.values():
            try:
                return ask(store)
            except (ObjectMissing, ObjectUnreadable, StoreUnreachable) as error:
                # That a place does not answer says more than that another one has nothing.
                failed = error if failed is None or isinstance(failed, ObjectMissing) else failed
        assert failed is not None
        raise failed
