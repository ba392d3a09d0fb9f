"""Stores to test, each with the means to do it harm behind its back, as a disk or an administrator would."""

import hashlib
import io
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from liuhen.vault.filesystem import Filesystem
from liuhen.vault.s3 import S3

MEBIBYTE = 1024**2
PHOTO = b"photo" * 1000
NOWHERE = "sha256:" + "0" * 64
# The smallest part that the protocol takes: what is larger goes in parts.
PART = 5 * MEBIBYTE
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}


def digest_of(data):
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


class Trickle(io.RawIOBase):
    """A stream that gives few bytes at a time and cannot seek, as a network does."""

    def __init__(self, data, step):
        self._rest, self._step = data, step

    def readable(self):
        return True

    def read(self, size=-1):
        given, self._rest = self._rest[: self._step], self._rest[self._step :]
        return given


class OnFilesystem:
    """A store in a folder."""

    def __init__(self, root):
        self.root, self.store = Path(root), Filesystem(Path(root))

    def alter(self, digest, data):
        path = self.store.path(digest)
        path.chmod(0o644)
        path.write_bytes(data)

    def lose(self, digest):
        self.store.path(digest).unlink()

    def bytes_aside(self, name):
        return (self.root / name).read_bytes()

    def gone(self):
        shutil.rmtree(self.root)


class OnS3:
    """A store in a bucket of its own."""

    def __init__(self, endpoint, *, lock=False, **settings):
        self.bucket = f"b{uuid4().hex[:20]}"
        self.store = S3(self.bucket, endpoint=endpoint, part=PART, **settings)
        self.client = self.store.client
        self.client.create_bucket(Bucket=self.bucket, ObjectLockEnabledForBucket=lock)

    def key(self, digest):
        name = digest.removeprefix("sha256:")
        return f"objects/{name[:2]}/{name[2:4]}/{name}"

    def alter(self, digest, data):
        self.client.put_object(
            Bucket=self.bucket, Key=self.key(digest), Body=data, ChecksumAlgorithm="SHA256"
        )

    def lose(self, digest):
        self.client.delete_object(Bucket=self.bucket, Key=self.key(digest))

    def bytes_aside(self, name):
        return self.client.get_object(Bucket=self.bucket, Key=name)["Body"].read()

    def versions(self):
        told = self.client.list_object_versions(Bucket=self.bucket)
        return [*told.get("Versions", ()), *told.get("DeleteMarkers", ())]


@contextmanager
def moto():
    """The address of an S3 service of this test's own; what it cannot do stands in test_qualify."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait(server, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.kill()


def _wait(server, port):
    for _ in range(600):
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    pytest.fail("the S3 service did not start")
