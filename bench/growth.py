"""G1 to G5: what the same work costs in a large bureau and in a small one."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache, partial
from itertools import count
from pathlib import Path
from statistics import quantiles
from typing import Any

from django.test import Client

from bench import machine, world
from bench.desk import get, page, signed_in
from bench.files import timed
from bench.ledger import leaves
from bench.place import folder
from bench.records import PROOFS, one_append
from bench.shape import CASES, TALL, Bench, Duel, Seconds, Work
from liuhen.ledger import merkle
from liuhen.records import seal
from liuhen.records.models import TreeNode

FEW = CASES // 10
PAGES = 40
ROUNDS = 3
APPENDS = 20
STEP = 37  # from one case that is looked at to the next, so that they lie far apart
SHORT = max(PROOFS, TALL // 100)
BATCH = 10_000  # leaves
numbers = count()
LISTS = tuple(
    f"/cases/{asked}" for asked in ("", "?watch=soon", "?stage=归档&state=all", "?page=4", "?state=all")
)


@dataclass(frozen=True)
class Bureau:
    """A database file with so many cases."""

    database: Path
    cases: list[str]

    def far_apart(self, count: int) -> list[str]:
        """Ids of cases that lie far from each other in the database."""
        return [self.cases[n * STEP % len(self.cases)] for n in range(count)]


@cache
def bureaus() -> tuple[Bureau, Bureau]:
    """One with all cases, and as it was with a tenth of them; made once."""
    kept = Path(tempfile.mkdtemp())
    with world.bureau() as model:
        few = world.fill(model, FEW)
        small = Bureau(world.keep(kept / "few"), few)
        many = few + world.fill(model, CASES - FEW)
        return Bureau(world.keep(kept / "many"), many), small


def in_turn(ready: Callable[[Client, Bureau], Work], amount: float = 1) -> AbstractContextManager[Duel]:
    """The same work in the large bureau and in the small one."""

    def side(bureau: Bureau) -> Work:
        world.link(bureau.database)
        return ready(signed_in(), bureau)

    @contextmanager
    def stage() -> Iterator[Duel]:
        large, small = bureaus()
        with world.bureau():
            yield Duel(
                liuhen=partial(side, large),
                peer=partial(side, small),
                version=f"{FEW:,} 件，{machine.of('django')}",
                amount=amount,
            )

    return stage()


def pages(client: Client, bureau: Bureau) -> Work:
    """G1: pages of cases far apart."""
    chosen = bureau.far_apart(PAGES)
    for case in chosen[:3]:
        page(client, case)
    return lambda: [page(client, case) for case in chosen]


def slowest(client: Client, bureau: Bureau) -> Work:
    """G2: of such pages the time that nineteen in twenty do not exceed."""
    chosen = bureau.far_apart(PAGES)
    for case in chosen[:3]:
        page(client, case)
    return lambda: Seconds(quantiles([timed(partial(page, client, case)) for case in chosen], n=20)[-1])


def lists(client: Client, bureau: Bureau) -> Work:
    """G3: the list of open cases, by filter and page, in the order of their due dates."""
    get(client, LISTS[0])
    return lambda: [get(client, address) for address in LISTS * ROUNDS]


def appends(_: Client, bureau: Bureau) -> Work:
    """G4: an entry for each of some cases far apart."""
    chosen, n = bureau.far_apart(APPENDS), next(numbers)
    one_append(chosen[0], n)
    return lambda: [one_append(case, n) for case in chosen]


def planted(old: int, size: int) -> None:
    """Let the tree of ``old`` leaves in the database grow to so many."""
    for start in range(old, size, BATCH):
        hashes = merkle.leaf_hashes(leaves(min(size, start + BATCH), start))
        new = merkle.appended(start, hashes, seal.get_node)
        world.insert(
            TreeNode, [(*key, value.hex()) for key, value in new.items()], ("level", "index", "hash")
        )


@contextmanager
def proofs() -> Iterator[Duel]:
    """G5."""
    with world.bureau(), folder() as place:
        trees: dict[int, Path] = {}
        old = seal.size()
        for size in (SHORT, TALL):
            planted(old, size)
            trees[size], old = world.keep(place / str(size)), size

        def side(size: int) -> Work:
            world.link(trees[size])
            chosen = range(0, size, size // PROOFS)
            seal.inclusion_proofs(chosen, size)
            return lambda: seal.inclusion_proofs(chosen, size)

        yield Duel(
            liuhen=partial(side, TALL),
            peer=partial(side, SHORT),
            version="SQLite " + sqlite3.sqlite_version,
            amount=PROOFS,
        )


def _grown(
    id: str, title: str, work: Callable[[Client, Bureau], Work], floor: float, aim: float, **told: Any
) -> Bench:
    amount = told.pop("amount", 1)
    return Bench(
        id=id,
        title=f"{title}，库中 {CASES:,} 件案件",
        peer=f"同样的事，库中 {FEW:,} 件案件",
        unit="秒",
        compare="time",
        floor=floor,
        aim=aim,
        stage=partial(in_turn, work, amount),
        **told,
    )


BENCHES = (
    _grown("G1", "案件页", pages, 1.3, 1.15, amount=PAGES),
    _grown("G2", "案件页，二十次中第十九快的", slowest, 2, 1.5),
    _grown(
        "G3",
        f"案件列表（{world.OPEN:,} 件在办；筛选、排序、翻页）",
        lists,
        1.3,
        1.1,
        amount=len(LISTS) * ROUNDS,
    ),
    _grown("G4", "追加一条并更新案件表", appends, 1.5, 1.2, amount=APPENDS, gates=False),
    Bench(
        id="G5",
        title=f"由库中节点取收录证明，日志中 {TALL:,} 条",
        peer=f"同样的事，日志中 {SHORT:,} 条",
        unit="秒",
        compare="time",
        floor=2.5,
        aim=1.8,
        stage=proofs,
    ),
)
