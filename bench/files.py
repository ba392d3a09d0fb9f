"""F1 to F3: the vault."""

from __future__ import annotations

import hashlib
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from bench import machine
from bench.place import folder
from bench.shape import BIG_MIB, FILES, Bench, Duel, Seconds, Work, at_once
from liuhen.vault.filesystem import Filesystem

MIB = 1024**2
SMALL = 37_000  # bytes; a document or a photograph
LARGE = 4  # files that the large amount is cut into for reading


def bytes_of(size: int, n: int = 0) -> Iterator[bytes]:
    """Bytes that no disk can make smaller, other ones for each ``n``, MiB by MiB."""
    block = bytearray(os.urandom(min(size, MIB)))
    for start in range(0, size, MIB):
        block[:16] = n.to_bytes(8, "big") + start.to_bytes(8, "big")
        yield bytes(block[: size - start])


def large_file(path: Path, mib: int) -> Path:
    """A file of so many MiB, in the page cache and on the disk."""
    with path.open("wb") as file:
        file.writelines(bytes_of(mib * MIB))
        os.fsync(file.fileno())
    return path


def stocked(root: Path, files: int, size: int) -> tuple[Filesystem, list[str]]:
    """A vault with so many objects of a size, laid where ``put`` would lay them; returns their digests too."""
    vault, digests = Filesystem(root), list[str]()
    for n in range(files):
        data = b"".join(bytes_of(size, n))
        digests.append(f"sha256:{hashlib.sha256(data).hexdigest()}")
        place = vault.path(digests[-1])
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    os.sync()
    return vault, digests


def call(*command: str | Path, given: str = "") -> None:
    """Run a peer's program; CalledProcessError when it fails."""
    subprocess.run(command, input=given, text=True, stdout=subprocess.DEVNULL, check=True)


def timed(work: Work) -> float:
    """Seconds that a piece of work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


@contextmanager
def deposit(mib: int) -> Iterator[Duel]:
    """F1: the peer is the slower of hashing the file and copying it durably."""
    with folder() as place:
        source, copied = large_file(place / "source", mib), place / "copied"
        vault = Filesystem(place / "vault", reserve=0)

        def put() -> str:
            with source.open("rb") as stream:
                return vault.put(stream).digest

        known = put()

        def liuhen() -> Work:
            vault.destroy(known)
            os.sync()
            return put

        def copy() -> None:
            call("cp", source, copied)
            call("sync", "-d", copied)

        def peer() -> Work:
            copied.unlink(missing_ok=True)
            os.sync()
            return lambda: Seconds(
                max(timed(copy), timed(lambda: call("openssl", "dgst", "-sha256", source)))
            )

        version = f"{machine.program('openssl', 'version')}，{machine.program('cp', '--version')}"
        yield Duel(liuhen=liuhen, peer=peer, version=version, amount=mib)


@contextmanager
def verify(files: int, size: int, each: str) -> Iterator[Duel]:
    """F2, F3: every object read again; the peer shares them out to two processes."""
    with folder() as place:
        vault, digests = stocked(place, files, size)
        paths = "\n".join(str(vault.path(digest)) for digest in digests)

        def liuhen() -> None:
            assert {verdict for _, verdict in vault.verify_all(digests)} == {"ok"}

        yield Duel(
            liuhen=at_once(liuhen),
            peer=at_once(
                lambda: call("xargs", "-P2", f"-n{each}", "openssl", "dgst", "-sha256", given=paths)
            ),
            version=f"{machine.program('openssl', 'version')}，{machine.program('xargs', '--version')}",
            amount=files * size / MIB,
        )


def _deposit(id: str, mib: int) -> Bench:
    return Bench(
        id=id,
        title=f"存入原件 {mib:,} MiB（含落盘、改名、目录落盘）",
        peer="openssl dgst 与 cp 加 sync -d 中较慢的",
        unit="MiB/秒",
        compare="speed",
        floor=0.6,
        aim=0.85,
        stage=partial(deposit, mib),
        gates=False,
    )


BENCHES = (
    _deposit("F1", BIG_MIB),
    _deposit("F1S", max(1, BIG_MIB // 4)),
    Bench(
        id="F2",
        title=f"核对原件库：{LARGE} 个大文件，共 {BIG_MIB:,} MiB",
        peer="xargs -P2 openssl dgst -sha256",
        unit="MiB/秒",
        compare="speed",
        floor=0.9,
        aim=1,
        stage=partial(verify, LARGE, BIG_MIB * MIB // LARGE, "1"),
    ),
    Bench(
        id="F3",
        title=f"核对原件库：{FILES:,} 个小文件",
        peer="xargs -P2 -n500 openssl dgst -sha256",
        unit="MiB/秒",
        compare="speed",
        floor=0.6,
        aim=0.9,
        stage=partial(verify, FILES, SMALL, "500"),
    ),
)
