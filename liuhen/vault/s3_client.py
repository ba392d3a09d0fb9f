"""The S3 protocol as the store speaks it: the client, its refusals as ours, reading by ranges."""

from __future__ import annotations

import io
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import boto3
import urllib3.exceptions
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError, NoCredentialsError

from liuhen.vault.errors import ObjectMissing, ObjectUnreadable, StoreUnreachable

GONE = {"404", "NoSuchKey", "NoSuchVersion"}
DENIED = {"403", "AccessDenied"}
UNMET = {"412", "PreconditionFailed"}
AGAIN = {"409", "ConditionalRequestConflict"}
NOT_OFFERED = {"501", "NotImplemented", "405", "MethodNotAllowed"}
NO_LOCK = NOT_OFFERED | {"ObjectLockConfigurationNotFoundError", "InvalidRequest"}
_BROKEN = (HTTPClientError, urllib3.exceptions.HTTPError, OSError)
_BUFFER = 1024**2


def client(endpoint: str, region: str) -> Any:
    """A client of the store; credentials come from the environment. Safe for threads."""
    return boto3.client(
        "s3",
        endpoint_url=endpoint or None,
        region_name=region or ("us-east-1" if endpoint else None),
        config=Config(
            connect_timeout=10,
            read_timeout=60,
            retries={"total_max_attempts": 4, "mode": "standard"},
            max_pool_connections=16,
            s3={"addressing_style": "path"} if endpoint else {},
            # The checksums that count are given with each request; another one beside them only costs time.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )


def code_of(error: ClientError) -> str:
    """What the store calls its refusal."""
    return str(error.response.get("Error", {}).get("Code", ""))


@contextmanager
def refusals(address: str, digest: str = "") -> Generator[None]:
    """Raise the store's refusals as ours: `ObjectMissing` and `ObjectUnreadable` where an object is asked for,
    `StoreUnreachable` for what concerns the whole store."""
    try:
        yield
    except ClientError as error:
        code = code_of(error)
        if digest and code in GONE:
            raise ObjectMissing(digest) from error
        if code in DENIED:
            raise StoreUnreachable(address, "没有权限") from error
        if digest and code != "NoSuchBucket":
            raise ObjectUnreadable(digest, code) from error
        raise StoreUnreachable(address, code) from error
    except NoCredentialsError as error:
        raise StoreUnreachable(address, "没有给出访问凭据") from error
    except BotoCoreError as error:
        raise StoreUnreachable(address, type(error).__name__) from error


class Ranged(io.RawIOBase):
    """An object of a known size, read from wherever one seeks to; ``get`` gives its bytes from a position on."""

    def __init__(self, get: Callable[[int], Any], size: int, digest: str) -> None:
        self._get, self._size, self._digest = get, size, digest
        self._at = 0
        self._body: Any = None

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """Where the next byte comes from."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go on elsewhere; what was being received is given up."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        target = max(0, start + offset)
        if target != self._at:
            self._drop()
        self._at = target
        return target

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as the store gives bytes. Raises `ObjectUnreadable`, `StoreUnreachable`."""
        if self._at >= self._size or not len(buffer):
            return 0
        if self._body is None:
            self._body = self._get(self._at)
        try:
            data = self._body.read(len(buffer))
        except (*_BROKEN, BotoCoreError) as error:
            raise ObjectUnreadable(self._digest, type(error).__name__) from error
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        """Give the connection back."""
        self._drop()
        super().close()

    def _drop(self) -> None:
        if self._body is not None:
            self._body.close()
            self._body = None


def buffered(raw: Ranged) -> io.BufferedReader:
    """The same, read in large pieces."""
    return io.BufferedReader(raw, _BUFFER)
