"""Canonical bytes: RFC 8785 without floats and null, so that one value has exactly one encoding.

Null is left out because *absent* and *不适用 with a reason* are different answers; floats because no amount
or count of ours needs them; keys beyond the BMP because there UTF-16 order and code point order part.
"""

from __future__ import annotations

import hashlib
from typing import cast

import orjson

MAX_INTEGER = 2**53 - 1
MAX_DEPTH = 64

_BMP_END = "\uffff"
_REFUSED: dict[type, str] = {float: "小数", type(None): "空值"}


class CanonicalError(ValueError):
    """A value that has no canonical bytes; the Chinese message says where and why."""


def encode(value: object, depth: int = 0) -> bytes:
    """Return the canonical bytes of a JSON value made of dict, list, tuple, str, int and bool (RFC 8785).

    ``depth`` levels are counted as taken already by what the value will stand in. Raises CanonicalError on
    anything else: float, None, a subclass, a key that is no string or has a character beyond the BMP, an
    integer beyond ±(2^53-1), a lone surrogate, more than 64 levels.
    """
    _check(value, "", depth)
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError as error:
        raise CanonicalError("有不成对的代理字符，无法编码") from error


def digest(value: object) -> str:
    """Return the lower-case hex SHA-256 of ``encode(value)``; raises what ``encode`` raises."""
    return hashlib.sha256(encode(value)).hexdigest()


def _check(value: object, path: str, depth: int) -> None:
    # Exact types: orjson would write a subclass (an enum, say) by rules of its own.
    kind = type(value)
    if depth > MAX_DEPTH:
        raise CanonicalError(f"嵌套超过 {MAX_DEPTH} 层")
    if kind is str or kind is bool:
        return
    if kind is int:
        if not -MAX_INTEGER <= cast(int, value) <= MAX_INTEGER:
            raise CanonicalError(f"{_at(path)}整数超出 ±(2^53-1)")
    elif kind is dict:
        for key, item in cast(dict[object, object], value).items():
            _check(item, f"{path}/{_key(key, path)}", depth + 1)
    elif kind is list or kind is tuple:
        for index, item in enumerate(cast(list[object], value)):
            _check(item, f"{path}/{index}", depth + 1)
    else:
        raise CanonicalError(f"{_at(path)}不能是{_REFUSED.get(kind, f'类型 {kind.__name__}')}")


def _key(key: object, path: str) -> str:
    if type(key) is not str:
        raise CanonicalError(f"{_at(path)}的键必须是文字：{key!r}")
    if key and max(key) > _BMP_END:
        raise CanonicalError(f"{_at(path)}的键有基本平面以外的字符：{key}")
    return key


def _at(path: str) -> str:
    return f"“{path}”" if path else "这个值"
