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

_Object = dict[object, object]
_Array = list[object]
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
    if not _is_plain(value, depth):
        _refuse(value, "", depth)
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError as error:
        raise CanonicalError("有不成对的代理字符，无法编码") from error


def digest(value: object) -> str:
    """Return the lower-case hex SHA-256 of ``encode(value)``; raises what ``encode`` raises."""
    return hashlib.sha256(encode(value)).hexdigest()


def _is_plain(value: object, depth: int) -> bool:
    # Level by level and without paths: every body of the record passes here, few are refused.
    level = [value]
    while level and depth <= MAX_DEPTH:
        below: list[object] = []
        for each in level:
            # Exact types: orjson would write a subclass (an enum, say) by rules of its own.
            kind = type(each)
            if kind is dict:
                if not all(map(_is_key, cast(_Object, each))):
                    return False
                below += cast(_Object, each).values()
            elif kind is list or kind is tuple:
                below += cast(_Array, each)
            elif kind is int:
                if not -MAX_INTEGER <= cast(int, each) <= MAX_INTEGER:
                    return False
            elif kind is not str and kind is not bool:
                return False
        level, depth = below, depth + 1
    return not level


def _is_key(key: object) -> bool:
    return type(key) is str and (key.isascii() or max(key) <= _BMP_END)


def _refuse(value: object, path: str, depth: int) -> None:
    """Raise CanonicalError where the value is not plain."""
    kind = type(value)
    if depth > MAX_DEPTH:
        raise CanonicalError(f"嵌套超过 {MAX_DEPTH} 层")
    if kind is str or kind is bool:
        return
    if kind is int:
        if not -MAX_INTEGER <= cast(int, value) <= MAX_INTEGER:
            raise CanonicalError(f"{_at(path)}整数超出 ±(2^53-1)")
    elif kind is dict:
        for key, item in cast(_Object, value).items():
            _refuse(item, f"{path}/{_key(key, path)}", depth + 1)
    elif kind is list or kind is tuple:
        for index, item in enumerate(cast(_Array, value)):
            _refuse(item, f"{path}/{index}", depth + 1)
    else:
        raise CanonicalError(f"{_at(path)}不能是{_REFUSED.get(kind, f'类型 {kind.__name__}')}")


def _key(key: object, path: str) -> str:
    if type(key) is not str:
        raise CanonicalError(f"{_at(path)}的键必须是文字：{key!r}")
    if not _is_key(key):
        raise CanonicalError(f"{_at(path)}的键有基本平面以外的字符：{key}")
    return key


def _at(path: str) -> str:
    return f"“{path}”" if path else "这个值"
