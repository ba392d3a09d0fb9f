"""The Merkle tree of RFC 6962, kept as its complete subtrees so that a database can hold it.

The complete subtree ``(level, index)`` covers the leaves ``[index * 2**level, (index + 1) * 2**level)``;
once written it never changes, and every root and proof of every earlier size can be had from those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping, Sequence
from hashlib import sha256
from itertools import count, repeat

NodeKey = tuple[int, int]
GetNode = Callable[[int, int], bytes]

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """Return SHA-256(0x00 || data), RFC 6962 §2.1; our data are the 32 bytes of an entry hash."""
    return sha256(b"\x00" + data).digest()


def leaf_hashes(data: Iterable[bytes]) -> list[bytes]:
    """Return the ``leaf_hash`` of each, faster than one by one."""
    return [sha256(b"\x00" + each).digest() for each in data]


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return SHA-256(0x01 || left || right), RFC 6962 §2.1."""
    return sha256(b"\x01" + left + right).digest()


def root(leaf_hashes: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes; of none, the hash of the empty string (RFC 6962 §2.1)."""
    store: dict[NodeKey, bytes] = {}
    append(store, leaf_hashes)
    return tree_root(len(leaf_hashes), _reader(store))


def appended(size: int, leaf_hashes: Iterable[bytes], get_node: GetNode) -> dict[NodeKey, bytes]:
    """Return the complete subtrees that come to a tree of ``size`` leaves by appending leaf hashes.

    Pure: the caller inserts the answer, all of it or nothing. Reads at most one node a level.
    """
    new: dict[NodeKey, bytes] = {}
    level, first, row = 0, size, list(leaf_hashes)
    while row:
        new.update(zip(zip(repeat(level), count(first), strict=False), row, strict=False))
        if first % 2:
            first -= 1
            row.insert(0, get_node(level, first))
        # node_hash, written out: a call for every node is felt in a whole log.
        row = [
            sha256(b"\x01" + left + right).digest() for left, right in zip(row[::2], row[1::2], strict=False)
        ]
        level, first = level + 1, first // 2
    return new


def edge(size: int) -> list[NodeKey]:
    """Return the complete subtrees that make up a tree of ``size`` leaves: all that appending and the new root read."""
    return [(level, (size >> level) - 1) for level in range(size.bit_length()) if size >> level & 1]


def append(nodes_store: MutableMapping[NodeKey, bytes], leaf_hashes: Iterable[bytes]) -> int:
    """Append leaf hashes to a tree held in a mapping and return its new size; counts the leaves each time."""
    size, leaves = sum(level == 0 for level, _ in nodes_store), list(leaf_hashes)
    nodes_store.update(appended(size, leaves, _reader(nodes_store)))
    return size + len(leaves)


def tree_root(size: int, get_node: GetNode) -> bytes:
    """Return the root of the tree's first ``size`` leaves."""
    return _hash_of(0, size, get_node) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, get_node: GetNode) -> list[bytes]:
    """Return the audit path of leaf ``index`` in the tree of ``size`` leaves, lowest first (RFC 6962 §2.1.1).

    Raises ValueError unless 0 ≤ index < size.
    """
    if not 0 <= index < size:
        raise ValueError(f"第 {index} 片叶不在 {size} 片之内")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_hash_of(middle, end, get_node))
            end = middle
        else:
            path.append(_hash_of(start, middle, get_node))
            start = middle
    return path[::-1]


def consistency_proof(m: int, n: int, get_node: GetNode) -> list[bytes]:
    """Return the proof that the tree of ``m`` leaves is the beginning of that of ``n`` (RFC 6962 §2.1.2).

    Empty for m = n and for m = 0. Raises ValueError unless 0 ≤ m ≤ n.
    """
    if not 0 <= m <= n:
        raise ValueError(f"{m} 不在 0 与 {n} 之间")
    if m == 0:
        return []
    path: list[bytes] = []
    start, end = 0, n
    while end != m:
        middle = start + _split(end - start)
        if m <= middle:
            path.append(_hash_of(middle, end, get_node))
            end = middle
        else:
            path.append(_hash_of(start, middle, get_node))
            start = middle
    if start:
        path.append(_hash_of(start, end, get_node))
    return path[::-1]


def verify_inclusion(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Say whether the proof leads from the leaf to the root (RFC 9162 §2.1.3.2); never raises."""
    if not 0 <= index < size:
        return False
    number, last, value = index, size - 1, leaf_hash
    for sibling in proof:
        if last == 0:
            return False
        if number % 2 or number == last:
            value = node_hash(sibling, value)
            while number % 2 == 0 and number:
                number, last = number >> 1, last >> 1
        else:
            value = node_hash(value, sibling)
        number, last = number >> 1, last >> 1
    return last == 0 and value == root


def verify_consistency(m: int, n: int, root_m: bytes, root_n: bytes, proof: Sequence[bytes]) -> bool:
    """Say whether tree ``n`` begins with tree ``m`` (RFC 9162 §2.1.4.2); never raises."""
    if not 0 <= m <= n:
        return False
    if m == 0:
        return not proof and root_m == EMPTY_ROOT
    if m == n:
        return not proof and root_m == root_n
    path = [root_m, *proof] if m & (m - 1) == 0 else list(proof)
    if not path:
        return False
    number, last = m - 1, n - 1
    while number % 2:
        number, last = number >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if number % 2 or number == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while number % 2 == 0 and number:
                number, last = number >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        number, last = number >> 1, last >> 1
    return last == 0 and old == root_m and new == root_n


def _split(size: int) -> int:
    """Return the largest power of two below ``size`` (> 1)."""
    return 1 << (size - 1).bit_length() - 1


def _hash_of(start: int, end: int, get_node: GetNode) -> bytes:
    """Return the hash over leaves ``[start, end)``, a range as RFC 6962 splits them."""
    width = end - start
    level = width.bit_length() - 1
    if width == 1 << level:
        return get_node(level, start >> level)
    middle = start + _split(width)
    return node_hash(_hash_of(start, middle, get_node), _hash_of(middle, end, get_node))


def _reader(store: MutableMapping[NodeKey, bytes]) -> GetNode:
    return lambda level, index: store[level, index]
