"""Fixity 复读核对: read everything again, compare, name what is wrong with its cases, and mend what can be mended (R34.3).

A pass reads every object in every place once, the longest unseen first. What was read is kept in the rows after every batch,
so that a pass broken off goes on where it stood, on whichever day.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.db.models import F

from liuhen.acts import mending
from liuhen.acts.locking import Locks
from liuhen.records import clock
from liuhen.records.models import CaseRow
from liuhen.records.naming import Mention, mentions, recorded_files
from liuhen.vault import holdings
from liuhen.vault.errors import StoreUnreachable
from liuhen.vault.models import FixityPass, VaultObject
from liuhen.vault.places import NAMES, Vault
from liuhen.vault.store import Pace
from liuhen.vault.throttle import Throttle

FAULTS = {"missing": "不见了", "altered": "被改动", "unreadable": "读不出"}
# A batch ends after so many objects or bytes, whichever comes first: what is lost when the process is killed.
BATCH_OBJECTS, BATCH_BYTES = 500, 256 * 1024**2
MEGABYTE = 1_000_000


class Busy(RuntimeError):
    """Another reading is under way on this machine."""

    def __init__(self) -> None:
        super().__init__("另一个核对正在进行，等它结束")


@dataclass(frozen=True)
class Finding:
    """One object that is not whole in one place: the fault, where the record names it, and from where it was restored
    (empty when it was not, then ``reason`` says why)."""

    place: str
    digest: str
    fault: str
    mentions: tuple[Mention, ...]
    restored_from: str = ""
    reason: str = ""

    def __str__(self) -> str:
        named = "；".join(dict.fromkeys(_named(mention) for mention in self.mentions)) or "没有条目列出它"
        ended = (
            f"已从{mending.SOURCES[self.restored_from]}恢复"
            if self.restored_from
            else f"没有恢复：{self.reason}"
        )
        return f"{NAMES[self.place]}的文件{FAULTS[self.fault]}：{named}。{self.digest}。{ended}"


def _named(mention: Mention) -> str:
    number = CaseRow.objects.filter(case=mention.case).values_list("case_no", flat=True).first()
    where = (
        f"案件 {number or mention.case} 第 {mention.position} 条"
        if mention.case
        else f"{mention.stream} 第 {mention.position} 条"
    )
    return f"{where}{f'“{mention.name}”' if mention.name else ''}"


@dataclass
class Summary:
    """What a pass came to: its row, what was found, what keeps it from its end, what went to the second place."""

    reading: FixityPass
    findings: list[Finding] = field(default_factory=list[Finding])
    silent: dict[str, str] = field(default_factory=dict[str, str])
    carried: holdings.Carried = field(default_factory=lambda: holdings.Carried(0, 0))

    @property
    def ended(self) -> bool:
        """Whether everything was read."""
        return self.reading.ended_at is not None

    @property
    def unmended(self) -> int:
        """How many objects are still not whole."""
        return sum(not finding.restored_from for finding in self.findings)


Tell = Callable[[Finding], None]


def run(
    vault: Vault, *, rate: float = 0, tell: Tell = lambda _: None, stop: Callable[[], bool] = lambda: False
) -> Summary:
    """Read everything once, or what a pass broken off has left; ``rate`` in MB a second, 0 for as fast as it goes.

    ``tell`` is told each finding at once; ``stop`` is asked after each batch. Raises Busy.
    """
    with _alone():
        return _run(vault, Throttle(rate * MEGABYTE) if rate else None, tell, stop)


def _run(vault: Vault, pace: Pace | None, tell: Tell, stop: Callable[[], bool]) -> Summary:
    summary = _begun(vault)
    locks = Locks()
    while not stop():
        batch = _batch(summary.reading, vault.places.keys() - summary.silent.keys())
        if not batch:
            break
        for place, rows in groupby(sorted(batch, key=lambda row: row.place), key=lambda row: row.place):
            try:
                _read(vault, place, list(rows), summary, pace, locks, tell)
            except StoreUnreachable as error:
                summary.silent[place] = str(error)
    else:
        return summary
    summary.carried = holdings.carry(vault, clock.now())
    if not summary.silent:
        summary.reading.ended_at = clock.now()
        summary.reading.save(update_fields=["ended_at"])
    return summary


def _begun(vault: Vault) -> Summary:
    """A new pass, or the one that was broken off; the rows follow what the stores hold by now."""
    recorded = {digest for digest, _ in recorded_files()}
    unclaimed, silent = holdings.sync(vault, recorded, clock.now())
    reading = FixityPass.objects.filter(ended_at=None).order_by("-pk").first()
    if reading is None:
        reading = FixityPass.objects.create(began_at=clock.now())
    reading.unclaimed = unclaimed
    reading.save(update_fields=["unclaimed"])
    return Summary(reading, silent=silent)


def _batch(reading: FixityPass, places: set[str]) -> list[VaultObject]:
    batch, size = list[VaultObject](), 0
    for row in holdings.due(reading, places)[:BATCH_OBJECTS]:
        if batch and size + row.size > BATCH_BYTES:
            break
        batch.append(row)
        size += row.size
    return batch


def _read(
    vault: Vault,
    place: str,
    rows: list[VaultObject],
    summary: Summary,
    pace: Pace | None,
    locks: Locks,
    tell: Tell,
) -> None:
    store, whole, faulty = vault.places[place], list[VaultObject](), list[tuple[VaultObject, str]]()
    verdicts = store.verify_all([row.digest for row in rows], pace)
    for row, (digest, verdict) in zip(rows, verdicts, strict=True):
        assert digest == row.digest
        if verdict == "ok":
            whole.append(row)
        else:
            faulty.append((row, verdict))
    for row in [row for row in whole if row.state == VaultObject.MENDING]:
        mending.record(vault, row)
    holdings.seen_whole(whole, summary.reading, clock.now())
    for row in whole if store.locks else ():
        locks.keep(store, row.digest)
    found = [_mended(vault, row, fault, summary.reading) for row, fault in faulty]
    summary.findings += found
    FixityPass.objects.filter(pk=summary.reading.pk).update(
        objects_read=F("objects_read") + len(rows),
        bytes_read=F("bytes_read") + sum(row.size for row in rows),
        faults=F("faults") + len(found),
        restored=F("restored") + sum(bool(finding.restored_from) for finding in found),
    )
    summary.reading.refresh_from_db()
    for finding in found:
        tell(finding)


def _mended(vault: Vault, row: VaultObject, fault: str, reading: FixityPass) -> Finding:
    named = tuple(mentions(row.digest))
    try:
        source = mending.mend(vault, row, fault, reading)
    except mending.NotMended as error:
        return Finding(row.place, row.digest, fault, named, reason=str(error))
    return Finding(row.place, row.digest, fault, named, restored_from=source)


@contextmanager
def _alone() -> Generator[None]:
    """One reading at a time on this machine: the kernel drops the lock with the process."""
    with (Path(settings.LIUHEN_DATA) / "fixity.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy from None
        yield
