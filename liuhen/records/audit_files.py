"""The files' part of the audit: every file that the record names is whole in every place, and evidence is still there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liuhen.records import read
from liuhen.records.models import Entry, Named
from liuhen.records.naming import body_of, place_of, recorded_files
from liuhen.vault import holdings
from liuhen.vault.places import NAMES, SECOND, Vault

if TYPE_CHECKING:
    from liuhen.records.audit import Report

FILE_FAULTS = {
    "missing": ("FILE_LOST", "文件不见了"),
    "altered": ("FILE_ALTERED", "文件被改动"),
    "unreadable": ("FILE_UNREADABLE", "磁盘读不出这个文件"),
}


def check_files(report: Report, vault: Vault) -> None:
    """Read every file again in every place, and name what is not whole by the entry that names it."""
    known: dict[str, str] = {}
    for digest, where in recorded_files():
        known.setdefault(digest, where)
    report.files = len(known)
    for name, store in vault.places.items():
        place = f"{NAMES[name]}的" if len(vault.places) > 1 else ""
        waiting = holdings.waiting(name)
        for digest, state in store.verify_all(digest for digest in known if digest not in waiting):
            if state in FILE_FAULTS:
                code, words = FILE_FAULTS[state]
                report.add(code, known[digest], f"{place}{words}：{digest}")
    extra = sum(1 for digest in vault.all() if digest not in known)
    if extra:
        report.notes.append(f"库中另有 {extra} 个文件没有存入或者成文条目（扫描件、未完成的存入）")
    if count := len(holdings.waiting(SECOND)):
        report.notes.append(f"{count} 个文件还没有存到第二处")
    _restored(report, vault)


def _restored(report: Report, vault: Vault) -> None:
    """What was found damaged and restored is told; the damaged bytes are evidence, and must still be there."""
    rows = Entry.objects.filter(stream=read.KEEPING, kind="Restored").select_related("body")
    told = [(row, body) for row in rows.order_by("position") if (body := body_of(row)) is not None]
    if told:
        report.notes.append(f"有 {len(told)} 次文件损坏，已经恢复（{read.KEEPING} 各条）")
    kept = {
        (row, body["kept"], body["place"])
        for row, body in told
        if "kept" in body and not _gone(body["digest"])
    }
    aside = {
        name: set(vault.places[name].aside())
        for name in {place for _, _, place in kept} & vault.places.keys()
    }
    for row, name, place in kept:
        if place in aside and name not in aside[place]:
            where = place_of(row.stream, row.position)
            report.add("EVIDENCE_LOST", where, f"{NAMES[place]}另存的损坏文件不见了：{name}")


def _gone(digest: str) -> bool:
    """Whether a file was destroyed with its case, and with it what was set aside of it."""
    return Named.objects.filter(digest=digest, entry__kind="Disposed").exists()
