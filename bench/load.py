"""W2, W3, F8, F9: the real server, asked by many at once and sent a film."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import count, islice
from pathlib import Path
from statistics import median, quantiles

from bench import machine, world
from bench.desk import page, signed_in
from bench.files import MIB, bytes_of
from bench.place import folder
from bench.served import WORKERS, Site, serving
from bench.shape import SENT_MIB, VISITS, Bench, Duel, Seconds, Work, at_once

CLIENTS = 8
TUS = {
    "Tus-Resumable": "1.0.0",
    "Upload-Metadata": "filename Zi5tcDQ=",
    "Content-Type": "application/offset+octet-stream",
}


def visits(site: Site, cases: Sequence[str]) -> list[float]:
    """Each client opens its share of the pages on a line of its own; the seconds that every page took."""
    with ThreadPoolExecutor(CLIENTS) as pool:
        shares = [cases[n::CLIENTS] for n in range(CLIENTS)]
        return [took for told in pool.map(partial(_visits, site), shares) for took in told]


def _visits(site: Site, cases: Sequence[str]) -> list[float]:
    told: list[float] = []
    with site.visitor() as visitor:
        for case in cases:
            began = time.perf_counter()
            visitor.ask("GET", f"/cases/{case}/")
            told.append(time.perf_counter() - began)
    return told


@contextmanager
def throughput() -> Iterator[Duel]:
    """W2: the peer is as many processes as the server has, each as fast as a page is in process."""
    with world.bureau() as model:
        cases = world.fill(model, 200)
        with serving("archivist") as site:
            client, chosen = signed_in(), list(islice(cases, VISITS // CLIENTS))
            yield Duel(
                liuhen=at_once(lambda: visits(site, cases[:VISITS])),
                peer=at_once(lambda: [page(client, case) for case in chosen]),
                version=machine.of("granian"),
                amount=VISITS,
                peer_amount=WORKERS * len(chosen),
            )


@contextmanager
def latency() -> Iterator[Duel]:
    """W3: of the same visits the time that nineteen in twenty do not exceed, and the median."""
    with world.bureau() as model:
        cases = world.fill(model, 200)[:VISITS]
        with serving("archivist") as site:
            told = visits(site, cases)

            def slowest() -> Seconds:
                told[:] = visits(site, cases)
                return Seconds(quantiles(told, n=20)[-1])

            yield Duel(
                liuhen=at_once(slowest),
                peer=at_once(lambda: Seconds(median(told))),
                version=machine.of("granian"),
            )


def sent(site: Site, pieces: Sequence[bytes]) -> None:
    """A film sent by tus in these pieces."""
    with site.visitor() as visitor:
        begun = visitor.ask("POST", "/upload/", {**TUS, "Upload-Length": str(sum(map(len, pieces)))})
        path, offset, entry = begun.headers["Location"], 0, ""
        for piece in pieces:
            answer = visitor.ask("PATCH", path, {**TUS, "Upload-Offset": str(offset)}, piece)
            offset += len(piece)
            entry = answer.headers["Liuhen-Entry"]
        assert entry


def written(target: Path, pieces: Sequence[bytes]) -> None:
    """The least that takes: each piece written and hashed and brought to the disk."""
    digest = hashlib.sha256()
    with target.open("wb", buffering=0) as file:
        for piece in pieces:
            digest.update(piece)
            file.write(piece)
            os.fsync(file.fileno())


@contextmanager
def upload(piece: int) -> Iterator[Duel]:
    """F8, F9: another film each time, since one that is known already is kept once."""
    numbers = count()
    with world.bureau(), folder() as place, serving("officer") as site:

        def pieces() -> list[bytes]:
            film = b"".join(bytes_of(SENT_MIB * MIB, next(numbers)))
            os.sync()
            return [film[start : start + piece] for start in range(0, len(film), piece)]

        def side(work: partial[None]) -> Work:
            return partial(work, pieces())

        yield Duel(
            liuhen=partial(side, partial(sent, site)),
            peer=partial(side, partial(written, place / "film")),
            version="hashlib、os.fsync",
            amount=SENT_MIB,
        )


def _upload(id: str, mib: int, floor: float, aim: float) -> Bench:
    size = min(mib, SENT_MIB)
    return Bench(
        id=id,
        title=f"以 tus 上传 {SENT_MIB} MiB，每段 {size} MiB，经网页服务存入待归案音像",
        peer="每段写入、SHA-256、fsync 的空循环，不经网络",
        unit="MiB/秒",
        compare="speed",
        floor=floor,
        aim=aim,
        stage=partial(upload, size * MIB),
        gates=False,
    )


BENCHES = (
    Bench(
        id="W2",
        title=f"案件页，{CLIENTS} 个客户端同时打开，{WORKERS} 个进程的网页服务",
        peer=f"进程内一页的用时所能及的（{WORKERS} 页除以用时）",
        unit="页/秒",
        compare="speed",
        floor=0.6,
        aim=0.8,
        stage=throughput,
        gates=False,
    ),
    Bench(
        id="W3",
        title=f"案件页，{CLIENTS} 个客户端同时打开，二十次中第十九快的",
        peer="同一批的中位数",
        unit="秒",
        compare="time",
        floor=2.5,
        aim=2,
        stage=latency,
        gates=False,
    ),
    _upload("F8", 64, 0.4, 0.6),
    _upload("F9", 8, 0.3, 0.5),
)
