"""L9: appending with eight clients on PostgreSQL, every commit waiting for the disk."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connection

from bench.place import processes
from bench.records import BODY, HEADER, one_append
from bench.shape import APPENDS, Absent, Bench, Duel, at_once
from bench.world import ENTRIES, SCRIPT
from liuhen.records.append import New, Ref, append
from liuhen.scripts.script import load
from liuhen.scripts.writing import written
from tools import postgres

PROCESSES, THREADS = 2, 4
EACH = max(1, APPENDS // (PROCESSES * THREADS))
TABLE = """CREATE TABLE bare (id bigserial PRIMARY KEY, stream text, position bigint, header text, body text,
 UNIQUE (stream, position))"""
INSERT = "INSERT INTO bare (stream, position, header, body) VALUES (%s, %s, %s, %s)"


def told() -> list[New]:
    """The first entries of the model case, as a script tells them."""
    entries = written(load(SCRIPT))[:ENTRIES]
    places = {entry.hash: n for n, entry in enumerate(entries)}
    return [New(e.kind, referring(e.body, places), at=e.at, origin="backfilled") for e in entries]


def referring(value: Any, places: dict[str, int]) -> Any:
    """The value with made-up hashes replaced by references to the entries they stand for."""
    if isinstance(value, str):
        return Ref(places[value]) if value in places else value
    if isinstance(value, dict):
        return {key: referring(inner, places) for key, inner in value.items()}
    return [referring(inner, places) for inner in value] if isinstance(value, list) else value


def clients() -> list[str]:
    """The cases that the clients work on, one each."""
    return [f"bench{n}" for n in range(PROCESSES * THREADS)]


def prepare(cases: list[str]) -> None:
    """The tables, and a case for each client."""
    call_command("migrate", interactive=False, verbosity=0)
    news = told()
    for case in cases:
        append(f"case/{case}", "bench", news, expect=0)


def record(cases: list[str]) -> None:
    """Each thread appends to its own case."""
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(_record, cases))


def _record(case: str) -> None:
    for n in range(EACH):
        one_append(case, n)
    connection.close()


def insert(address: str, streams: list[str], run: int) -> None:
    """Each thread inserts bare rows, one commit each."""
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(lambda stream: _insert(address, f"{stream}/{run}"), streams))


def _insert(address: str, stream: str) -> None:
    with psycopg.connect(address, autocommit=True) as client:
        for n in range(EACH):
            client.execute(INSERT, (stream, n, HEADER, BODY))


@contextmanager
def server() -> Iterator[str]:
    """A PostgreSQL of its own."""
    try:
        with postgres.running(durable=True) as address:
            yield address
    except FileNotFoundError as missing:
        raise Absent("本机没有 PostgreSQL，未在它上面测") from missing


@contextmanager
def eight_clients() -> Iterator[Duel]:
    """L9."""
    with server() as address:
        with psycopg.connect(address, autocommit=True) as client:
            client.execute(TABLE)
            version = f"PostgreSQL {client.info.server_version // 10_000}"
        known = {"LIUHEN_DATABASE_URL": address, "LIUHEN_DATA": tempfile.mkdtemp()}
        with processes(PROCESSES, known) as pool:
            cases = clients()
            pool.submit(prepare, cases).result()
            shares = [cases[:THREADS], cases[THREADS:]]
            runs = iter(range(1_000))

            def peer() -> Any:
                run = next(runs)
                return lambda: list(pool.map(insert, [address] * PROCESSES, shares, [run] * PROCESSES))

            yield Duel(
                liuhen=at_once(lambda: list(pool.map(record, shares))),
                peer=peer,
                version=version,
                amount=EACH * len(cases),
            )


BENCHES = (
    Bench(
        id="L9",
        title=f"同上，PostgreSQL，{PROCESSES * THREADS} 个客户端",
        peer="同样多客户端的 INSERT 加 COMMIT",
        unit="条/秒",
        compare="speed",
        floor=0.05,
        aim=0.1,
        stage=eight_clients,
        gates=False,
    ),
)
