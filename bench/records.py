"""L2, L4, L6, L8: the ledger in its database (SQLite, every commit waits for the disk)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from itertools import count
from pathlib import Path

import orjson
import pymerkle
from django.db import connection

from bench import machine, world
from bench.ledger import leaves
from bench.place import folder
from bench.shape import APPENDS, LEAVES, LOG, SEALED, Bench, Duel, Work, at_once
from liuhen.ledger import chain, merkle
from liuhen.records import append, read, seal
from liuhen.records.models import Entry, TreeNode
from liuhen.records.project import project

PROOFS = 200
# About as long as an entry's.
HEADER, BODY = "h" * 700, "b" * 120
INSERT = "INSERT INTO entry (stream, position, header, body) VALUES (?, ?, ?, ?)"
COLUMNS = [field.name for field in Entry._meta.concrete_fields]


def cases_for(entries: int) -> int:
    """How many copies of the model case have so many entries."""
    return -(-entries // world.ENTRIES)


def grow(size: int) -> merkle.GetNode:
    """Let the tree in the database have so many leaves; returns a reader of the same tree in memory."""
    old = seal.size()
    new = merkle.appended(old, merkle.leaf_hashes(leaves(size - old)), seal.get_node)
    rows = (TreeNode(level=level, index=index, hash=value.hex()) for (level, index), value in new.items())
    TreeNode.objects.bulk_create(rows, batch_size=5_000)
    whole = {(n.level, n.index): bytes.fromhex(n.hash) for n in TreeNode.objects.iterator()}
    return lambda level, index: whole[level, index]


@contextmanager
def sealing() -> Iterator[Duel]:
    """L2."""
    with world.bureau() as case, folder() as kept:
        seal.seal()
        world.fill(case, cases_for(SEALED))
        data = [bytes.fromhex(entry.hash) for entry in seal.unsealed()]
        unsealed = world.keep(kept / "unsealed")
        names = count()

        def liuhen() -> Work:
            world.use(unsealed)
            connection.ensure_connection()
            return seal.seal

        def peer() -> Work:
            tree = pymerkle.SqliteTree(str(kept / f"tree{next(names)}"), algorithm="sha256")
            return lambda: tree.append_entries(data)

        yield Duel(liuhen=liuhen, peer=peer, version=machine.of("pymerkle"), amount=len(data))
        assert not seal.unsealed()


@contextmanager
def proofs() -> Iterator[Duel]:
    """L4."""
    chosen = range(0, LEAVES, LEAVES // PROOFS)
    with world.bureau():
        get = grow(LEAVES)
        expected = [merkle.inclusion_proof(i, LEAVES, get) for i in chosen]
        assert seal.inclusion_proofs(chosen, LEAVES) == expected
        yield Duel(
            liuhen=at_once(lambda: seal.inclusion_proofs(chosen, LEAVES)),
            peer=at_once(lambda: [merkle.inclusion_proof(i, LEAVES, get) for i in chosen]),
            version="liuhen.ledger.merkle",
            amount=len(chosen),
        )


def verified() -> None:
    """The whole log from its rows: every header, every chain, every leaf, the root."""
    hashes: list[bytes] = []

    def headers() -> Iterator[tuple[dict[str, object], str]]:
        for row in Entry.objects.order_by("stream", "position").iterator(chunk_size=2_000):
            hashes.append(bytes.fromhex(row.hash))
            yield read.header(row), row.hash

    assert not chain.check_chain(headers())
    merkle.root(merkle.leaf_hashes(hashes))


def bare_loop() -> None:
    """The least that takes: the same rows, their bytes, three hashes each."""
    rows = Entry.objects.order_by("stream", "position").iterator(chunk_size=2_000)
    for row in rows:
        data = orjson.dumps({name: getattr(row, name) for name in COLUMNS}, option=orjson.OPT_SORT_KEYS)
        leaf = sha256(b"\x00" + sha256(data).digest()).digest()
        sha256(b"\x01" + leaf + leaf).digest()


@contextmanager
def whole_log() -> Iterator[Duel]:
    """L6."""
    with world.bureau() as case:
        world.fill(case, cases_for(LOG))
        yield Duel(
            liuhen=at_once(verified),
            peer=at_once(bare_loop),
            version=f"SQLite {sqlite3.sqlite_version}，{machine.of('orjson')}",
            amount=Entry.objects.count(),
        )


def bare_table(file: Path) -> sqlite3.Connection:
    """A table of entries as durable as Liuhen's: WAL, synchronous FULL."""
    database = sqlite3.connect(file, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, stream, position, header, body)")
    database.execute("CREATE UNIQUE INDEX place ON entry (stream, position)")
    return database


def news(n: int) -> list[append.New]:
    """One small entry."""
    return [append.New("Marked", {"mark": f"标注{n}", "set": True, "reason": "测速"})]


@contextmanager
def appending() -> Iterator[Duel]:
    """L8: a case of sixty entries; each append is read, decided on, inserted and projected in its own transaction."""
    with world.bureau() as case, folder() as kept:
        copies = iter(world.fill(case, 200))
        database = bare_table(kept / "bare")
        numbers = count(1)

        def liuhen() -> Work:
            mine = next(copies)
            return lambda: [one_append(mine, n) for n in range(APPENDS // 10)]

        def bare() -> None:
            for _ in range(APPENDS // 10):
                database.execute("BEGIN IMMEDIATE")
                database.execute(INSERT, ("case/1", next(numbers), HEADER, BODY))
                database.execute("COMMIT")

        yield Duel(
            liuhen=liuhen,
            peer=at_once(bare),
            version=f"SQLite {sqlite3.sqlite_version}",
            amount=APPENDS // 10,
        )
        database.close()


def one_append(case: str, n: int) -> None:
    """Append one entry to a case as an act does once its rules are asked."""
    known = read.case_entries(case)
    append.append(
        f"case/{case}", "bench", news(n), expect=known[-1].position,
        within=lambda new: project(case, [*known, *new]),
    )  # fmt: skip


BENCHES = (
    Bench(
        id="L2",
        title=f"入账 {SEALED:,} 条：读出、成叶、写节点、签检查点",
        peer="pymerkle SqliteTree.append_entries",
        unit="条/秒",
        compare="speed",
        floor=0.35,
        aim=0.6,
        stage=sealing,
    ),
    Bench(
        id="L4",
        title=f"由库中节点取收录证明（{LEAVES:,} 叶，每次 {PROOFS}）",
        peer="内存中的收录证明",
        unit="份/秒",
        compare="speed",
        floor=0.1,
        aim=0.3,
        stage=proofs,
    ),
    Bench(
        id="L6",
        title=f"核对整个日志（{LOG:,} 条：行、字节、链、叶、根）",
        peer="同一查询、orjson、三次 SHA-256 的空循环",
        unit="条/秒",
        compare="speed",
        floor=0.6,
        aim=0.8,
        stage=whole_log,
    ),
    Bench(
        id="L8",
        title=f"向 {world.ENTRIES} 条的案件追加一条并更新案件表（SQLite FULL）",
        peer="同样耐久的 INSERT 加 COMMIT",
        unit="条/秒",
        compare="speed",
        floor=0.08,
        aim=0.15,
        stage=appending,
        gates=False,
    ),
)
