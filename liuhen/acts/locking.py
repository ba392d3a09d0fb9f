"""Locks follow retention: where a store can lock, a file is locked while its case is open and, once it is archived, to the
end of its retention, never beyond; a file that several cases name as long as the last of them wants."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import cache

from liuhen.acts.storage import vault
from liuhen.casefile.moments import ZONE
from liuhen.casefile.settle import settle
from liuhen.casefile.state import CaseFile
from liuhen.compliance.retention import retention
from liuhen.records import read
from liuhen.records.naming import digests, mentions
from liuhen.vault.store import Store


def kept_until(case: CaseFile) -> datetime | None:
    """The moment at which retention has run; None while that is not known, and for what is kept for ever."""
    last = retention(case).until
    return datetime.combine(last + timedelta(days=1), time(), ZONE) if last is not None else None


class Locks:
    """The locks of the files of one reading: each case is settled once."""

    def __init__(self) -> None:
        self._until = cache(_retention)

    def keep(self, store: Store, digest: str) -> None:
        """Lock a file to the end of its retention, or go on locking it while that is not known."""
        if not store.locks:
            return
        cases = {mention.case for mention in mentions(digest)} - {""}
        ends = [self._until(case) for case in cases]
        known = [end for end in ends if end is not None]
        if known and len(known) == len(ends):
            store.hold(digest, max(known))
        elif cases:
            store.renew(digest)


def _retention(case: str) -> datetime | None:
    return kept_until(settle(read.case_entries(case), read.office()))


def lock_archived(case: str) -> None:
    """Lock every file of a case that was just archived to the end of its retention, in every place that can lock."""
    stores = [store for store in vault().places.values() if store.locks]
    if not stores:
        return
    locks = Locks()
    named = {digest for entry in read.case_entries(case) for digest in digests(entry.body)}
    for store in stores:
        for digest in sorted(named):
            if store.exists(digest):
                locks.keep(store, digest)
