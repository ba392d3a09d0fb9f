"""The bag: BagIt 1.0 (RFC 8493) as every package and every transfer has it: manifests, digests, files in and out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from liuhen.vault import copying
from liuhen.vault.places import Vault

MANIFEST, TAGMANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
ORIGINALS = "data/originals/"
LARGE = 1 << 20  # bytes: copying and hashing overlap, and the copy is brought to the disk at once


class PackageError(RuntimeError):
    """A package that cannot be built; the Chinese message says why."""


@dataclass(frozen=True)
class Payload:
    """What ``Archived`` says of a payload."""

    manifest: str
    files: int
    bytes: int


def digest_of(path: Path) -> tuple[str, int]:
    """SHA-256 (hex) and size of a file, in constant memory."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return digest, path.stat().st_size


def manifest(root: Path, paths: Iterable[str]) -> str:
    """The lines of a manifest over files of the bag, sorted by path."""
    return "".join(f"{_digest(root, path)}  {path}\n" for path in sorted(paths))


def _digest(root: Path, path: str) -> str:
    # An original stands under its digest, and was hashed while it was copied there: it is not read a second time.
    if path.startswith(ORIGINALS):
        return path.removeprefix(ORIGINALS).partition(".")[0]
    return digest_of(root / path)[0]


def payload_paths(root: Path) -> list[str]:
    """Every file under ``data``, sorted."""
    return [p.relative_to(root).as_posix() for p in sorted((root / "data").rglob("*")) if p.is_file()]


def write(root: Path, path: str, data: bytes) -> None:
    """Write a file of the bag."""
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def copy_out(vault: Vault, digest: str, target: Path) -> None:
    """Copy an object out of the vault, checking its digest on the way. Raises PackageError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with vault.open(digest) as source, target.open("wb") as made:
        if vault.size(digest) > LARGE:
            found, _ = copying.copy(source, made.fileno())
        else:
            data = source.read()
            found = hashlib.sha256(data).hexdigest()
            made.write(data)
    if f"sha256:{found}" != digest:
        raise PackageError(f"库中的文件与记录不符：{digest}")


def payload(root: Path) -> Payload:
    """Write the payload's manifest and return what it comes to."""
    paths = payload_paths(root)
    text = manifest(root, paths)
    write(root, MANIFEST, text.encode())
    size = sum((root / path).stat().st_size for path in paths)
    return Payload(f"sha256:{hashlib.sha256(text.encode()).hexdigest()}", len(paths), size)


def finish_bag(root: Path, *info: str) -> None:
    """Write bagit.txt, bag-info.txt with the lines of ``info`` and the payload's size, and the tag manifest."""
    paths = payload_paths(root)
    size = sum((root / path).stat().st_size for path in paths)
    lines = [*info, f"Payload-Oxum: {size}.{len(paths)}"]
    write(root, "bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    write(root, "bag-info.txt", "".join(f"{line}\n" for line in lines).encode())
    tags = [
        p.relative_to(root).as_posix()
        for p in sorted(root.rglob("*"))
        if p.is_file() and not p.is_relative_to(root / "data") and p.name != TAGMANIFEST
    ]
    write(root, TAGMANIFEST, manifest(root, tags).encode())
