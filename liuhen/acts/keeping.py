"""How the originals stand: what each place keeps, when all was last read, what waits, how much room is left."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from liuhen.acts.storage import vault
from liuhen.casefile.moments import instant, parse
from liuhen.records import clock
from liuhen.records.models import Body, Entry
from liuhen.records.read import KEEPING
from liuhen.vault import holdings
from liuhen.vault.errors import VaultError
from liuhen.vault.filesystem import Filesystem
from liuhen.vault.holdings import Holding
from liuhen.vault.models import FixityPass
from liuhen.vault.places import NAMES

# Bits a second of a recorder of law enforcement at its usual setting, until films were deposited that tell.
USUAL_BITRATE = 4_000_000
FILMS = 200
# Days after which everything should have been read again.
READ_AGAIN = 30
# Hours that a file may wait for the second place before it is said on every page that tells of keeping.
WAITING_LONG = timedelta(hours=24)


@dataclass(frozen=True)
class Room:
    """Bytes still free, None where the store does not tell; bits a second of a film, ``measured`` on those deposited."""

    free: int | None
    bitrate: int
    measured: bool

    @property
    def hours(self) -> int | None:
        """Hours of film that still fit."""
        return None if self.free is None else self.free * 8 // self.bitrate // 3600

    @property
    def low(self) -> bool:
        """Whether that is less than the setting asks for."""
        return self.hours is not None and self.hours < settings.LIUHEN_VAULT_LOW_HOURS

    def __str__(self) -> str:
        if self.hours is None:
            return "还可存多少不知道：存储服务不告诉剩余空间"
        by = "按已存入录像的平均码率" if self.measured else "按常用码率"
        return f"还可存约 {self.hours:,} 小时录像（{by} {self.bitrate / 1_000_000:.1f} Mbit/s 估算）"


USUAL = Room(None, USUAL_BITRATE, measured=False)


@dataclass(frozen=True)
class Remark:
    """What is to be minded; ``wrong``: originals are in danger now."""

    words: str
    wrong: bool = False

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class Standing:
    """Everything that the page and the commands tell."""

    places: tuple[tuple[Holding, str], ...]
    last: FixityPass | None
    under_way: FixityPass | None
    restored: int
    waiting: int
    waiting_since: datetime | None
    doomed: int
    room: Room | None
    remarks: tuple[Remark, ...]


def room() -> Room | None:
    """How much may still be put; of two places that of the fuller one. None when a place does not answer."""
    try:
        told = [store.free() for store in vault().places.values()]
    except VaultError:
        return None
    known = [free for free in told if free is not None]
    bits, seconds = (sum(column) for column in zip((0, 0.0), *_films(), strict=True))
    measured = seconds >= 60
    return Room(
        min(known) if known else None, max(1, int(bits / seconds)) if measured else USUAL_BITRATE, measured
    )


def _films() -> Iterator[tuple[int, float]]:
    """Bits and seconds of the films deposited last."""
    found = Body.objects.filter(entry__kind="Deposited", content__contains='"video/').order_by("-entry_id")
    for content in found.values_list("content", flat=True)[:FILMS]:
        body = json.loads(content)
        if seconds := _length(body):
            yield body["size"] * 8, seconds


def _length(body: dict[str, Any]) -> float:
    taken = body.get("taken") or {}
    if taken.get("duration"):
        return int(taken["duration"]) / 1000
    if "from" in body and "to" in body:
        return max(0.0, (instant(parse(body["to"])) - instant(parse(body["from"]))).total_seconds())
    return 0.0


def standing() -> Standing:
    """How the originals stand, by the rows; nothing is read for it."""
    ended = FixityPass.objects.exclude(ended_at=None).order_by("-pk").first()
    under_way = FixityPass.objects.filter(ended_at=None).order_by("-pk").first()
    waiting, since = holdings.waiting_since()
    held = [(holdings.holding(name), store.address) for name, store in vault().places.items()]
    free = room()
    return Standing(
        places=tuple(held),
        last=ended,
        under_way=under_way,
        restored=Entry.objects.filter(stream=KEEPING, kind="Restored").count(),
        waiting=waiting,
        waiting_since=since,
        doomed=len(holdings.doomed()),
        room=free,
        remarks=tuple(_remarks([holding for holding, _ in held], ended, waiting, since, free)),
    )


def _remarks(
    held: Sequence[Holding], last: FixityPass | None, waiting: int, since: datetime | None, free: Room | None
) -> Iterator[Remark]:
    now = clock.now()
    for holding in held:
        if holding.faults:
            yield Remark(f"{NAMES[holding.place]}有 {holding.faults} 个文件不完好，没有恢复", wrong=True)
    if free is None:
        yield Remark("有一处存放处现在用不了", wrong=True)
    elif free.low:
        yield Remark(f"空间不多了：{free}")
    if waiting and since is not None and now - since > WAITING_LONG:
        yield Remark(f"{waiting} 个文件还没有存到第二处，最早的已等 {waited(since)}")
    if last is None and any(holding.objects for holding in held):
        yield Remark("还没有全部复读核对过，运行 liuhen fixity")
    elif last is not None and last.ended_at is not None and now - last.ended_at > timedelta(days=READ_AGAIN):
        yield Remark(f"上次全部复读核对是 {(now - last.ended_at).days} 天以前")
    if len(held) == 1:
        yield Remark("只有一处存放：坏了的文件没有第二处可以恢复")
    elif _same_disk():
        yield Remark("两处在同一块磁盘上：磁盘坏了两处一起坏")


def waited(since: datetime) -> str:
    """How long something has waited: 3 小时, 2 天."""
    hours = int((clock.now() - since).total_seconds() // 3600)
    return f"{hours // 24} 天" if hours >= 48 else f"{hours} 小时" if hours else "不到 1 小时"


def amount(size: int) -> str:
    """A number of bytes in words: 1.2 TB."""
    unit, power = next(
        ((u, p) for u, p in (("TB", 40), ("GB", 30), ("MB", 20), ("KB", 10)) if size >> p), ("B", 0)
    )
    return f"{size / (1 << power):,.1f} {unit}" if power else f"{size} B"


def _same_disk() -> bool:
    stores = list(vault().places.values())
    folders = [store for store in stores if isinstance(store, Filesystem)]
    try:
        devices = {store.device() for store in folders}
    except OSError:
        return False
    return len(folders) == len(stores) and len(devices) == 1
