"""Upkeep: what is put in order at every start, so that nothing a crash interrupted waits for somebody to notice."""

from __future__ import annotations

from liuhen.acts import archiving, disposing, tray
from liuhen.acts.keys import register_log_key
from liuhen.acts.storage import vault
from liuhen.records import clock
from liuhen.records.models import Checkpoint
from liuhen.records.seal import keep_daily, seal
from liuhen.vault import holdings
from liuhen.vault.errors import VaultError


def upkeep() -> list[str]:
    """Record the log's key, seal the tail, finish packages and destructions, record whole uploads, sweep, bring what waits to
    the second place, keep the day's checkpoint.

    Returns Chinese sentences about what cannot be put in order.
    """
    register_log_key()
    seal(all_of_it=True)
    disposing.recover()
    lost = archiving.recover()
    lost += tray.recover()
    try:
        vault().sweep()
        carried = holdings.carry(vault(), clock.now())
    except VaultError as error:
        lost.append(str(error))
    else:
        lost += [f"{carried.left} 个文件还没有存到第二处：{carried.hindrance}"] if carried.hindrance else []
    newest = Checkpoint.objects.order_by("-size").first()
    if newest is not None:
        keep_daily(newest.note)
    return lost
