"""Addresses of stores as settings give them: a folder, or ``s3://bucket/prefix?endpoint=https://…&region=…&lock=90&part=16``.

``lock``: for how many days an object is locked at first, 0 for never; ``part``: MiB sent at a time. Who may write there comes
from the environment (``AWS_ACCESS_KEY_ID`` and the like), never from the address.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from liuhen.vault.errors import AddressInvalid
from liuhen.vault.filesystem import Filesystem
from liuhen.vault.store import Store

_KNOWN = {"endpoint", "region", "lock", "part"}
_SMALLEST_PART, _LARGEST_PART = 5, 5_000  # MiB, of the S3 protocol


@lru_cache(maxsize=32)
def store_at(address: str) -> Store:
    """The store of an address; nothing is asked of it yet. Raises `AddressInvalid`."""
    scheme = urlsplit(address).scheme
    if scheme == "s3":
        return _s3(address)
    if scheme and "://" in address:
        raise AddressInvalid(address, "只能是文件夹或者 s3:// 开头的地址")
    if not Path(address).is_absolute():
        raise AddressInvalid(address, "文件夹要写完整路径")
    return Filesystem(Path(address), stands=True)


def _s3(address: str) -> Store:
    # The client is slow to load, and a bureau with folders never needs it.
    from liuhen.vault.s3 import S3

    parts = urlsplit(address)
    if parts.username or parts.password or "@" in parts.netloc:
        raise AddressInvalid(f"s3://{parts.netloc.rpartition('@')[2]}", "密钥不写在地址里，由环境变量给出")
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    if not parts.netloc:
        raise AddressInvalid(address, "缺少存储桶的名称")
    if unknown := sorted(given.keys() - _KNOWN):
        raise AddressInvalid(address, f"不认识的参数 {'、'.join(unknown)}")
    return S3(
        parts.netloc,
        prefix=parts.path.strip("/"),
        endpoint=given.get("endpoint", ""),
        region=given.get("region", ""),
        lock=timedelta(days=_number(address, given, "lock", 90, 0, 36_500)),
        part=_number(address, given, "part", 16, _SMALLEST_PART, _LARGEST_PART) * 1024**2,
    )


def _number(address: str, given: dict[str, str], name: str, usual: int, least: int, most: int) -> int:
    text = given.get(name, str(usual))
    if not (text.isascii() and text.isdecimal() and least <= int(text) <= most):
        raise AddressInvalid(address, f"{name} 应为 {least} 至 {most} 的整数")
    return int(text)
