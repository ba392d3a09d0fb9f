"""L1, L3, L5, L7: the pure ledger in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pymerkle
import rfc8785

from bench import machine
from bench.shape import LEAVES, Bench, Duel, at_once
from liuhen.ledger import canonical, merkle

BATCH = 1_000
FEWER = max(1, LEAVES // 5)
BODIES = 2_000
# An entry's body of about 1.2 KB, as a document that was filled in.
BODY: dict[str, Any] = {
    "document": "d-0123456789",
    "revision": 1,
    "document_kind": "site_inspection_record",
    "values": {
        "started_at": "2026-03-03T09:00",
        "certificates_shown": True,
        "officers": [{"person": f"p{n}", "name": "执法人员", "certificate_no": f"示例-{n}"} for n in (1, 2)],
        "situation": "第2号仓储存玉米，货位卡载明入库日期。仓内无当日出库作业。磅房留存出库磅单四十三份。\n"
        * 6,
    },
}


def leaves(end: int, begin: int = 0) -> list[bytes]:
    """Entry hashes, as many as there are numbers from ``begin`` to before ``end``."""
    return [hashlib.sha256(n.to_bytes(8, "big")).digest() for n in range(begin, end)]


def appended(data: list[bytes]) -> merkle.GetNode:
    """Append data to an empty tree in batches; returns the reader of its nodes."""
    batches: list[dict[merkle.NodeKey, bytes]] = []

    def get(level: int, index: int) -> bytes:
        last_leaf = ((index + 1) << level) - 1
        return batches[last_leaf // BATCH][level, index]

    for start in range(0, len(data), BATCH):
        batches.append(merkle.appended(start, merkle.leaf_hashes(data[start : start + BATCH]), get))
    return get


def two_hashes(data: list[bytes]) -> None:
    """The least a tree costs: for each leaf one hash of itself and one of a node."""
    sha256 = hashlib.sha256
    for each in data:
        leaf = sha256(b"\x00" + each).digest()
        sha256(b"\x01" + leaf + leaf).digest()


@contextmanager
def append_batches() -> Iterator[Duel]:
    """L1."""
    data = leaves(LEAVES)
    yield Duel(
        liuhen=at_once(lambda: appended(data)),
        peer=at_once(lambda: two_hashes(data)),
        version="hashlib",
        amount=len(data),
    )


def pymerkle_tree(data: list[bytes]) -> pymerkle.InmemoryTree:
    """The same tree by pymerkle."""
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    tree.append_entries(data)
    return tree


@contextmanager
def append_more() -> Iterator[Duel]:
    """L3."""
    data = leaves(FEWER)
    yield Duel(
        liuhen=at_once(lambda: appended(data)),
        peer=at_once(lambda: pymerkle_tree(data)),
        version=machine.of("pymerkle"),
        amount=len(data),
    )


@contextmanager
def verify_proofs() -> Iterator[Duel]:
    """L5."""
    data = leaves(FEWER)
    get, tree, size = appended(data), pymerkle_tree(data), len(data)
    root = merkle.tree_root(size, get)
    assert tree.get_root() == root
    chosen = range(0, size, 7)
    ours = [(merkle.leaf_hash(data[i]), i, merkle.inclusion_proof(i, size, get)) for i in chosen]
    theirs = [(tree.get_leaf(i + 1), tree.prove_inclusion(i + 1)) for i in chosen]

    def liuhen() -> None:
        assert all(merkle.verify_inclusion(leaf, i, size, proof, root) for leaf, i, proof in ours)

    def peer() -> None:
        for leaf, proof in theirs:
            pymerkle.verify_inclusion(leaf, root, proof)

    yield Duel(liuhen=at_once(liuhen), peer=at_once(peer), version=machine.of("pymerkle"), amount=len(chosen))


def repeated(encode: Callable[[Any], bytes]) -> None:
    """Encode the body again and again, keeping nothing: new memory would cost more than the work."""
    for _ in range(BODIES):
        encode(BODY)


@contextmanager
def canonical_bytes() -> Iterator[Duel]:
    """L7."""
    assert canonical.encode(BODY) == rfc8785.dumps(BODY)
    yield Duel(
        liuhen=at_once(lambda: repeated(canonical.encode)),
        peer=at_once(lambda: repeated(rfc8785.dumps)),
        version=machine.of("rfc8785"),
        amount=BODIES,
    )


BENCHES = (
    Bench(
        id="L1",
        title=f"日志追加 {LEAVES:,} 叶，每批 {BATCH:,}，内存",
        peer="每叶两次 SHA-256 的空循环",
        unit="叶/秒",
        compare="speed",
        floor=0.6,
        aim=0.85,
        stage=append_batches,
    ),
    Bench(
        id="L3",
        title=f"日志追加 {FEWER:,} 叶，每批 {BATCH:,}，内存",
        peer="pymerkle InmemoryTree.append_entries",
        unit="叶/秒",
        compare="speed",
        floor=4,
        aim=6,
        stage=append_more,
    ),
    Bench(
        id="L5",
        title=f"核对收录证明（{FEWER:,} 叶）",
        peer="pymerkle verify_inclusion",
        unit="次/秒",
        compare="speed",
        floor=1,
        aim=1.3,
        stage=verify_proofs,
    ),
    Bench(
        id="L7",
        title="规范字节（1.2 KB 条目，含检查）",
        peer="rfc8785.dumps",
        unit="次/秒",
        compare="speed",
        floor=3,
        aim=8,
        stage=canonical_bytes,
    ),
)
