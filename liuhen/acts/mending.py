"""Mend 修复: a copy that is lost or rotten in one place comes back from the other, or from an earlier version of the same.

**Order**: the source is read and found whole; the row says that a mending is under way; what is rotten is set aside, and is
evidence from then on; the whole copy takes its place, its digest checked once more on the way; ``Restored`` is recorded
together with the row. **Crash story**: killed before the copy stands, the next reading finds nothing there and mends; killed
after it, the next reading finds it whole where a mending was under way, and records what was done.
"""

from __future__ import annotations

from typing import Any

from liuhen.records import clock
from liuhen.records.append import New, append_anyway
from liuhen.records.naming import mentions
from liuhen.records.read import KEEPING
from liuhen.records.seal import seal
from liuhen.vault import holdings
from liuhen.vault.errors import ObjectUnreadable, VaultError
from liuhen.vault.models import FixityPass, VaultObject
from liuhen.vault.places import NAMES, Vault
from liuhen.vault.store import hex_of
from liuhen.vault.verifying import hashed

EARLIER = "earlier"
SOURCES = {**NAMES, EARLIER: "同一处较早的版本"}


class NotMended(RuntimeError):
    """No whole copy was found, or it could not be brought; the Chinese message says which."""


def mend(vault: Vault, row: VaultObject, fault: str, reading: FixityPass) -> str:
    """Bring back the object of a row, which was found ``fault``; from where, as a name of ``SOURCES``. Raises NotMended."""
    known = dict(row.mending)
    holdings.seen_faulty(row, known.get("fault", fault), clock.now(), reading)
    try:
        source = _source(vault, row)
        row.mending = known | {"fault": row.state, "from": source}
        if "found" not in known and (found := _digest_found(vault, row)):
            row.mending["found"] = found
        row.state = VaultObject.MENDING
        row.save(update_fields=["state", "mending"])
        vault.places[row.place].set_aside(row.digest)
        _bring(vault, row, source)
    except (VaultError, OSError) as error:
        raise NotMended(str(error)) from error
    record(vault, row)
    return source


def _source(vault: Vault, row: VaultObject) -> str:
    for place, store in vault.places.items():
        if place != row.place and store.verify(row.digest) == "ok":
            return place
    if vault.places[row.place].earlier(row.digest):
        return EARLIER
    raise NotMended("另一处也没有完好的一份" if vault.second is not None else "没有第二处可以恢复")


def _digest_found(vault: Vault, row: VaultObject) -> str:
    """The digest of what stands in place of the object: it seals the evidence. Empty for nothing or what cannot be read."""
    try:
        with vault.places[row.place].open(row.digest) as file:
            return f"sha256:{hashed(file)}"
    except (VaultError, OSError):
        return ""


def _bring(vault: Vault, row: VaultObject, source: str) -> None:
    if source != EARLIER:
        row.size = vault.copy(row.digest, source, row.place).size
    elif vault.places[row.place].revive(row.digest):
        row.size = vault.places[row.place].size(row.digest)
    else:
        raise ObjectUnreadable(row.digest, "较早的版本不见了")


def record(vault: Vault, row: VaultObject) -> None:
    """Append ``Restored`` for a mending that is done and set the row whole, both or neither."""
    beginning = f"quarantine/{hex_of(row.digest)}"
    kept = [name for name in vault.places[row.place].aside() if name.startswith(beginning)]
    body: dict[str, Any] = {
        "digest": row.digest,
        "size": row.size,
        "place": row.place,
        "cases": sorted({mention.case for mention in mentions(row.digest)} - {""}),
        **row.mending,
    }
    if kept and body["fault"] != VaultObject.MISSING:
        body["kept"] = kept[-1]

    def settle(_: list[Any]) -> None:
        now = clock.now()
        row.state, row.mending, row.since, row.last_seen_whole = VaultObject.WHOLE, {}, now, now
        row.save(update_fields=["state", "mending", "since", "size", "last_seen_whole"])

    append_anyway(KEEPING, "system", [New("Restored", body)], within=settle)
    seal()
