"""The contract of a store 存放处: originals written once, found by their digest, proved by reading them again.

:class:`liuhen.vault.filesystem.Filesystem` and :class:`liuhen.vault.s3.S3` keep it, and the same tests hold both to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Literal, Protocol, runtime_checkable

from liuhen.vault.errors import DigestInvalid

Verdict = Literal["ok", "missing", "altered"]
Told = Verdict | Literal["unreadable"]
# Called with a number of bytes before they are read; it may wait, so that reading everything again disturbs nobody.
Pace = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Stored:
    """What was stored: `digest` as `sha256:<hex>`, `size` in bytes."""

    digest: str
    size: int


class Store(Protocol):
    """A write-once store, safe for several processes and threads at once. Every method that takes a digest raises
    `DigestInvalid` for what is none, and `StoreUnreachable` when the store does not answer."""

    @property
    def address(self) -> str:
        """Where it is, as it is shown to people; never with a password in it."""
        ...

    @property
    def locks(self) -> bool:
        """Whether it can keep everybody from removing an object."""
        ...

    def put(
        self, stream: BinaryIO | bytes, *, expect: str | None = None, keep_until: datetime | None = None
    ) -> Stored:
        """Store the bytes from where the stream stands and give their digest; durable when it returns.

        The same bytes twice is one object. A store that can lock objects locks this one, never beyond `keep_until`. Raises
        `DigestDiffers` when the bytes are not those `expect` names, `VaultFull` when there is no room, and `ObjectAltered`
        when the same object is already here but damaged (it is not overwritten).
        """
        ...

    def open(self, digest: str) -> BinaryIO:
        """The object for reading and seeking; the caller closes it. Raises `ObjectMissing`, `ObjectUnreadable`."""
        ...

    def exists(self, digest: str) -> bool:
        """Whether an object of `digest` is here; its bytes are not looked at."""
        ...

    def size(self, digest: str) -> int:
        """The bytes that stand under `digest`. Raises `ObjectMissing`."""
        ...

    def verify(self, digest: str, pace: Pace | None = None) -> Verdict:
        """Read the object again and compare. Raises `ObjectUnreadable` when the store does not give it."""
        ...

    def verify_all(self, digests: Iterable[str], pace: Pace | None = None) -> Iterator[tuple[str, Told]]:
        """Each digest with its verdict, in the order given; what cannot be read is "unreadable", the rest go on."""
        ...

    def all(self) -> Iterator[str]:
        """Every digest stored, in order, with little memory."""
        ...

    def destroy(self, digest: str) -> bool:
        """Remove the object for good, with every version and what was set aside of it; whether anything was there.

        Only for the disposal of archives (档案销毁) after its approval, when the `Disposed` entry stands. Durable when it
        returns. Raises `ObjectLocked` while the store holds it; what was not held is gone then.
        """
        ...

    def leftovers(self) -> list[str]:
        """What writers left that died, by name. It holds no object and may go."""
        ...

    def sweep(self) -> int:
        """Remove what dead writers left, never what is being written; how many."""
        ...

    def set_aside(self, digest: str) -> str:
        """Take what stands under `digest`, which is not whole, out of the way and keep it as evidence; under which name.
        Empty when nothing was there."""
        ...

    def earlier(self, digest: str) -> bool:
        """Whether the store still has an earlier version of the object that is whole, beneath what stands there now."""
        ...

    def revive(self, digest: str) -> bool:
        """Let an earlier version that is whole stand under `digest` again; whether there was one."""
        ...

    def aside(self) -> Iterator[str]:
        """The names of everything that was set aside, in order."""
        ...

    def hold(self, digest: str, until: datetime) -> datetime | None:
        """Let nobody remove the object before `until`, if this store can; never shortens. Until when it is held then."""
        ...

    def renew(self, digest: str, keep_until: datetime | None = None) -> None:
        """Keep the first lock of an object from running out, never beyond `keep_until`."""
        ...

    def held_until(self, digest: str) -> datetime | None:
        """Until when the store lets nobody remove the object; None when it is free to go or not there."""
        ...

    def free(self) -> int | None:
        """How many bytes may still be put; None when the store does not tell."""
        ...


@runtime_checkable
class Takes(Protocol):
    """A store that can take a file over without copying it."""

    def take(self, path: Path, digest: str) -> Stored:
        """Store the file at `path`, which is durable and was hashed to `digest` while it was written; it stands at `path` no
        more then. Moved where that is possible, else copied and checked. Raises what `Store.put` raises."""
        ...


def hex_of(digest: str) -> str:
    """The 64 hexadecimal digits of a digest. Raises `DigestInvalid`."""
    algorithm, _, value = digest.partition(":")
    if algorithm != "sha256" or not is_hex(value):
        raise DigestInvalid(digest)
    return value


def is_hex(value: str) -> bool:
    """Whether these are the digits of a SHA-256."""
    return re.fullmatch(r"[0-9a-f]{64}", value) is not None


def key_of(hex_digest: str) -> str:
    """Where an object stands below a store's root: `objects/ab/cd/<64 hex digits>`, alike everywhere."""
    return f"objects/{hex_digest[:2]}/{hex_digest[2:4]}/{hex_digest}"
