"""A store that speaks S3: every original once, under its SHA-256, locked where the bucket can lock.

    objects/ab/cd/<64 hex digits>   what is stored
    quarantine/<64 hex digits>-…    what was found damaged, kept as evidence

**Commit point**: the one request that makes the object visible (or the last of a large one), then the proof: the whole
object is read back and hashed by us before `put` returns, whatever checksum the store says it checked. Only what is proved
is locked, in COMPLIANCE mode, which nobody can lift, for `lock` at first, and later for as long as `hold` is told.

**Crash story**: killed before the commit point, parts of an upload are left; `sweep` gives them up once they are older than
any upload takes, since nobody can tell a living writer's from a dead one's here. Killed before the proof, the object is
there unlocked and unannounced, and the retry proves it.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial
from typing import Any, BinaryIO
from uuid import uuid4

from botocore.exceptions import ClientError

from liuhen.vault.copying import CHUNK
from liuhen.vault.errors import (
    DigestDiffers,
    NotProved,
    ObjectAltered,
    ObjectLocked,
    ObjectMissing,
    ObjectUnreadable,
)
from liuhen.vault.s3_client import DENIED, GONE, NO_LOCK, Ranged, buffered, client, code_of, refusals
from liuhen.vault.s3_sending import measured, piece, send_large, send_small
from liuhen.vault.store import Pace, Stored, Told, Verdict, hex_of, is_hex, key_of
from liuhen.vault.verifying import hashed, told_in_order

PART = 16 * 1024**2
LOCK = timedelta(days=90)
ABANDONED = timedelta(days=3)
# Waiting for a network, not for a processor.
THREADS = 8
OBJECTS, QUARANTINE = "objects/", "quarantine/"


class S3:
    """A store (:class:`liuhen.vault.store.Store`) in a bucket, below `prefix`.

    `endpoint`: address of the service, empty for the one of AWS. `lock`: for how long an object is locked when it is put.
    `part`: bytes sent at a time. Making one asks nothing of the store.
    """

    def __init__(
        self,
        bucket: str,
        *,
        prefix: str = "",
        endpoint: str = "",
        region: str = "",
        lock: timedelta = LOCK,
        part: int = PART,
    ) -> None:
        self.bucket, self.prefix = bucket, f"{prefix}/" if prefix else ""
        self._endpoint, self._region = endpoint, region
        self._lock, self._part = lock, part

    @cached_property
    def client(self) -> Any:
        """The client that speaks to the store."""
        with refusals(self.address):
            return client(self._endpoint, self._region)

    @property
    def address(self) -> str:
        """Bucket, prefix and service."""
        return f"s3://{self.bucket}/{self.prefix}" + (f"（{self._endpoint}）" if self._endpoint else "")

    @property
    def locks(self) -> bool:
        """Whether the bucket can lock objects; asked once."""
        return self._can_lock

    @cached_property
    def _can_lock(self) -> bool:
        with refusals(self.address):
            try:
                told = self.client.get_object_lock_configuration(Bucket=self.bucket)
            except ClientError as error:
                if code_of(error) in NO_LOCK:
                    return False
                raise
        return told["ObjectLockConfiguration"].get("ObjectLockEnabled") == "Enabled"

    def put(
        self, stream: BinaryIO | bytes, *, expect: str | None = None, keep_until: datetime | None = None
    ) -> Stored:
        """See `Store.put`. Raises `NotProved` too, when the store gives back other bytes than it was given."""
        wanted = hex_of(expect) if expect is not None else None
        source = io.BytesIO(stream) if isinstance(stream, bytes) else stream
        first = piece(source, self._part)
        with refusals(self.address):
            if len(first) < self._part:
                stored, written = self._put_small(first, wanted)
            else:
                stored, written = self._put_large(source, first, wanted)
        self._prove(stored.digest, written)
        self.renew(stored.digest, keep_until)
        return stored

    def open(self, digest: str) -> io.BufferedReader:
        """See `Store.open`; what is read is one and the same object, even when another is put in its place meanwhile."""
        head = self._head(digest)
        where = {"Bucket": self.bucket, "Key": self._key(digest), "IfMatch": head["ETag"]}

        def get(start: int) -> Any:
            with refusals(self.address, digest):
                return self.client.get_object(**where, Range=f"bytes={start}-")["Body"]

        return buffered(Ranged(get, head["ContentLength"], digest))

    def exists(self, digest: str) -> bool:
        """See `Store.exists`."""
        try:
            self._head(digest)
        except ObjectMissing:
            return False
        return True

    def size(self, digest: str) -> int:
        """See `Store.size`."""
        return self._head(digest)["ContentLength"]

    def verify(self, digest: str, pace: Pace | None = None) -> Verdict:
        """See `Store.verify`."""
        try:
            with self.open(digest) as file:
                return "ok" if hashed(file, pace) == hex_of(digest) else "altered"
        except ObjectMissing:
            return "missing"

    def verify_all(self, digests: Iterable[str], pace: Pace | None = None) -> Iterator[tuple[str, Told]]:
        """See `Store.verify_all`; several at once, since each waits for the network."""
        return told_in_order(partial(self.verify, pace=pace), digests, lambda _: True, THREADS)

    def all(self) -> Iterator[str]:
        """See `Store.all`; a page of the listing at a time in memory."""
        for key in self._keys(OBJECTS):
            name = key.rpartition("/")[2]
            if is_hex(name) and key == self.prefix + key_of(name):
                yield f"sha256:{name}"

    def destroy(self, digest: str) -> bool:
        """See `Store.destroy`: every version and every mark of deletion."""
        beginnings = (self._key(digest), self.prefix + QUARANTINE + hex_of(digest))
        found, held = False, False
        for beginning in beginnings:
            for key, version in list(self._versions(beginning)):
                found = True
                held = not self._removed(key, version) or held
        if held:
            raise ObjectLocked(digest, self.held_until(digest) or datetime.now(UTC))
        return found

    def leftovers(self) -> list[str]:
        """See `Store.leftovers`: uploads in parts that were begun long ago and never completed."""
        return [key for key, _ in self._uploads()]

    def sweep(self) -> int:
        """See `Store.sweep`."""
        found = list(self._uploads())
        for key, upload in found:
            with refusals(self.address):
                self.client.abort_multipart_upload(Bucket=self.bucket, Key=key, UploadId=upload)
        return len(found)

    def set_aside(self, digest: str) -> str:
        """See `Store.set_aside`: copied within the store, then removed; a bucket with versions keeps it beneath a mark."""
        if not self.exists(digest):
            return ""
        where = {"Bucket": self.bucket, "Key": self._key(digest)}
        kept = f"{QUARANTINE}{hex_of(digest)}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{uuid4().hex[:8]}"
        with refusals(self.address, digest):
            self.client.copy(where, self.bucket, self.prefix + kept)
            self.client.delete_object(**where)
        return kept

    def earlier(self, digest: str) -> bool:
        """See `Store.earlier`: every version is read until one is whole."""
        return self._whole_version(digest) is not None

    def revive(self, digest: str) -> bool:
        """See `Store.revive`: the version is copied on top, since those above it may be locked."""
        version = self._whole_version(digest)
        if version is None:
            return False
        source = {"Bucket": self.bucket, "Key": self._key(digest), "VersionId": version}
        with refusals(self.address, digest):
            self.client.copy(source, self.bucket, self._key(digest))
        self._prove(digest, written=True)
        self.renew(digest)
        return True

    def aside(self) -> Iterator[str]:
        """See `Store.aside`."""
        return (key.removeprefix(self.prefix) for key in self._keys(QUARANTINE))

    def hold(self, digest: str, until: datetime) -> datetime | None:
        """See `Store.hold`."""
        if not self.locks:
            return None
        head = self._head(digest)
        held: datetime | None = head.get("ObjectLockRetainUntilDate")
        if held is not None and held >= until:
            return held
        retention = {"Mode": "COMPLIANCE", "RetainUntilDate": until}
        where = {"Bucket": self.bucket, "Key": self._key(digest)}
        if "VersionId" in head:
            where["VersionId"] = head["VersionId"]
        with refusals(self.address, digest):
            self.client.put_object_retention(**where, Retention=retention)
        return until

    def renew(self, digest: str, keep_until: datetime | None = None) -> None:
        """See `Store.renew`: when half of the first lock is over."""
        now = datetime.now(UTC).replace(microsecond=0)
        until = min(now + self._lock, keep_until) if keep_until is not None else now + self._lock
        if not self._lock or until <= now or not self.locks:
            return
        held = self._head(digest).get("ObjectLockRetainUntilDate")
        if held is None or held < min(until, now + self._lock / 2):
            self.hold(digest, until)

    def held_until(self, digest: str) -> datetime | None:
        """See `Store.held_until`: the longest of all its versions."""
        if not self.locks:
            return None
        now, found = datetime.now(UTC), list[datetime]()
        for key, version in self._versions(self._key(digest), marks=False):
            with refusals(self.address, digest):
                head = self.client.head_object(Bucket=self.bucket, Key=key, VersionId=version)
            found.append(head.get("ObjectLockRetainUntilDate") or now)
        return max((until for until in found if until > now), default=None)

    def free(self) -> int | None:
        """See `Store.free`: the protocol has no word for it."""
        return None

    def _key(self, digest: str) -> str:
        return self.prefix + key_of(hex_of(digest))

    def _head(self, digest: str) -> dict[str, Any]:
        with refusals(self.address, digest):
            return self.client.head_object(Bucket=self.bucket, Key=self._key(digest))

    def _put_small(self, data: bytes, wanted: str | None) -> tuple[Stored, bool]:
        found = hashlib.sha256(data).hexdigest()
        if wanted not in (None, found):
            raise DigestDiffers(f"sha256:{wanted}", f"sha256:{found}")
        stored = Stored(f"sha256:{found}", len(data))
        if self.exists(stored.digest):
            return stored, False
        return stored, send_small(self.client, self.bucket, self._key(stored.digest), data)

    def _put_large(self, source: BinaryIO, first: bytes, wanted: str | None) -> tuple[Stored, bool]:
        with measured(source, first, wanted) as it:
            digest = f"sha256:{it.hex}"
            written, size = send_large(self.client, self.bucket, self._key(digest), it, self._part)
        return Stored(digest, size), written

    def _prove(self, digest: str, written: bool) -> None:
        verdict = self.verify(digest)
        if verdict == "ok":
            return
        if not written:
            raise ObjectAltered(digest)
        if verdict == "altered":
            self._removed(self._key(digest), self._head(digest).get("VersionId", ""))
        raise NotProved(digest, self.address)

    def _removed(self, key: str, version: str) -> bool:
        """Remove one version; False when the store holds it."""
        where = {"Bucket": self.bucket, "Key": key} | ({"VersionId": version} if version else {})
        with refusals(self.address):
            try:
                self.client.delete_object(**where)
            except ClientError as error:
                if code_of(error) in DENIED and self.locks:
                    return False
                if code_of(error) not in GONE:
                    raise
        return True

    def _whole_version(self, digest: str) -> str | None:
        for key, version in self._versions(self._key(digest), marks=False):
            with suppress(ObjectUnreadable, ObjectMissing), refusals(self.address, digest):
                body = self.client.get_object(Bucket=self.bucket, Key=key, VersionId=version)["Body"]
                with closing(body):
                    found = hashlib.sha256()
                    for chunk in body.iter_chunks(CHUNK):
                        found.update(chunk)
                if found.hexdigest() == hex_of(digest):
                    return version
        return None

    def _versions(self, beginning: str, *, marks: bool = True) -> Iterator[tuple[str, str]]:
        for page in self._pages("list_object_versions", beginning):
            for each in (*page.get("Versions", ()), *(page.get("DeleteMarkers", ()) if marks else ())):
                yield each["Key"], each["VersionId"]

    def _keys(self, beginning: str) -> Iterator[str]:
        for page in self._pages("list_objects_v2", self.prefix + beginning):
            for each in page.get("Contents", ()):
                yield each["Key"]

    def _uploads(self) -> Iterator[tuple[str, str]]:
        before = datetime.now(UTC) - ABANDONED
        for page in self._pages("list_multipart_uploads", self.prefix + OBJECTS):
            for each in page.get("Uploads", ()):
                if each["Initiated"] < before:
                    yield each["Key"], each["UploadId"]

    def _pages(self, what: str, beginning: str) -> Iterator[dict[str, Any]]:
        with refusals(self.address):
            yield from self.client.get_paginator(what).paginate(Bucket=self.bucket, Prefix=beginning)
