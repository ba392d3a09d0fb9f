"""Sending bytes to S3 under the key that their digest gives: small ones at once, large ones in parts with constant memory.

Nothing is visible before the last request of either: a part that was sent and never completed is no object.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import tempfile
import time
from base64 import b64encode
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import IO, Any, BinaryIO

from botocore.exceptions import ClientError

from liuhen.vault.copying import CHUNK
from liuhen.vault.errors import NO_ROOM, DigestDiffers, VaultFull
from liuhen.vault.s3_client import AGAIN, NOT_OFFERED, UNMET, code_of

# Parts on their way at once; each is held in memory until the store has it.
PARTS_AHEAD = 3
TRIES = 5


class Measured:
    """A stream whose digest is known before it is sent: announced, or found by reading it once beforehand."""

    def __init__(self, source: BinaryIO, first: bytes, hex_digest: str) -> None:
        self.source, self.first, self.hex = source, first, hex_digest


def piece(source: BinaryIO, size: int) -> bytes:
    """The next ``size`` bytes, fewer only at the end: a network gives what it has."""
    parts: list[bytes] = []
    while size > 0 and (part := source.read(size)):
        parts.append(part)
        size -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


@contextmanager
def measured(source: BinaryIO, first: bytes, wanted: str | None) -> Iterator[Measured]:
    """The stream, of which ``first`` is read already, with its digest: the one that is ``wanted``, else a stream that can go
    back is read twice, and one that cannot is kept in a temporary file meanwhile."""
    if wanted is not None:
        yield Measured(source, first, wanted)
        return
    digest = hashlib.sha256(first)
    if source.seekable():
        here = source.tell()
        for chunk in iter(lambda: source.read(CHUNK), b""):
            digest.update(chunk)
        source.seek(here)
        yield Measured(source, first, digest.hexdigest())
        return
    with tempfile.TemporaryFile() as spool:
        for chunk in iter(lambda: source.read(CHUNK), b""):
            digest.update(chunk)
            _spooled(spool, chunk)
        spool.seek(0)
        yield Measured(spool, first, digest.hexdigest())


def _spooled(spool: IO[bytes], chunk: bytes) -> None:
    try:
        spool.write(chunk)
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        raise VaultFull(len(chunk), shutil.disk_usage(tempfile.gettempdir()).free) from error


def send_small(client: Any, bucket: str, key: str, data: bytes, *, once: bool = True) -> bool:
    """Write one object in one request; whether it was written, False when the key was taken."""
    given = {"Bucket": bucket, "Key": key, "Body": data, **_checksum(data), "ChecksumAlgorithm": "SHA256"}
    return _conditionally(lambda more: client.put_object(**given, **more), once)


def send_large(client: Any, bucket: str, key: str, it: Measured, part: int) -> tuple[bool, int]:
    """Write one object in parts; whether it was written and how large it is. Raises `DigestDiffers` when the bytes are not
    those that were announced or measured: then nothing is there."""
    upload = client.create_multipart_upload(Bucket=bucket, Key=key, ChecksumAlgorithm="SHA256")["UploadId"]
    where = {"Bucket": bucket, "Key": key, "UploadId": upload}
    try:
        digest, sent, size = _parts(client, where, it, part)
        if digest != it.hex:
            raise DigestDiffers(f"sha256:{it.hex}", f"sha256:{digest}")
        complete = {**where, "MultipartUpload": {"Parts": sent}}
        if written := _conditionally(lambda more: client.complete_multipart_upload(**complete, **more)):
            return written, size
    except BaseException:
        client.abort_multipart_upload(**where)
        raise
    client.abort_multipart_upload(**where)
    return False, size


def _parts(
    client: Any, where: dict[str, str], it: Measured, part: int
) -> tuple[str, list[dict[str, Any]], int]:
    digest, size = hashlib.sha256(), 0
    running, sent = deque[Future[dict[str, Any]]](), list[dict[str, Any]]()
    with ThreadPoolExecutor(PARTS_AHEAD) as pool:
        data = it.first
        while data:
            running.append(pool.submit(_part, client, where, len(sent) + len(running) + 1, data))
            digest.update(data)
            size += len(data)
            if len(running) >= PARTS_AHEAD:
                sent.append(running.popleft().result())
            data = piece(it.source, part)
        sent += [future.result() for future in running]
    return digest.hexdigest(), sent, size


def _part(client: Any, where: dict[str, str], number: int, data: bytes) -> dict[str, Any]:
    checksum = _checksum(data)
    answer = client.upload_part(**where, PartNumber=number, Body=io.BytesIO(data), **checksum)
    return {"PartNumber": number, "ETag": answer["ETag"], **checksum}


def _checksum(data: bytes) -> dict[str, str]:
    return {"ChecksumSHA256": b64encode(hashlib.sha256(data).digest()).decode()}


def _conditionally(write: Callable[[dict[str, str]], Any], once: bool = True) -> bool:
    """Write unless the key is taken. A store that knows no condition writes without: the same key has the same bytes."""
    more = {"IfNoneMatch": "*"} if once else {}
    for attempt in range(TRIES):
        try:
            write(more)
        except ClientError as error:
            code = code_of(error)
            if code in UNMET:
                return False
            if code in NOT_OFFERED and more:
                more = {}
            elif code in AGAIN and attempt + 1 < TRIES:
                time.sleep(0.1 * 2**attempt)
            else:
                raise
        else:
            return True
    return False
