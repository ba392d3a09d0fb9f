"""Dispose 销毁: destroy bodies, salts, files, drafts and packages of an archived case after its retention.

Commit point: the ``Disposed`` entry, which names every body and file, and the places. Headers, hashes and proofs stay, so that the
log and copies handed out before still verify. Killed after the entry, ``recover`` carries out what it names; so it does with a
file that a store still held then, once its lock has ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from liuhen.acts import archiving, previewing, slips
from liuhen.acts.engine import nothing, perform
from liuhen.acts.filekeeping import due
from liuhen.acts.situation import Situation, invalid
from liuhen.acts.storage import vault
from liuhen.casefile.entries import Entry as CaseEntry
from liuhen.casefile.moments import write
from liuhen.casefile.values import clean
from liuhen.compliance.answers import words
from liuhen.compliance.custody import Appraisal, appraised
from liuhen.office.policy import LEADERS, Actor, NotPermitted
from liuhen.records import clock, read
from liuhen.records.append import New, Receipt
from liuhen.records.models import Body, Disposal, Draft, Entry, Named, TrayRow, TrayTie
from liuhen.records.naming import digests, named_elsewhere
from liuhen.records.project import project
from liuhen.records.wiping import wipe
from liuhen.vault import holdings
from liuhen.vault.errors import VaultError

# What stays says that the case ended, what its package was, who got copies and why it was destroyed; nothing of its content.
KEPT = ("Closed", "Archived", "Handed", "Disposed")


def decide(case: str, actor: Actor, agree: bool, text: str = "") -> list[Receipt]:
    """A leader's word on the destruction that an appraisal proposes: the second hand, never that of the proposer. Raises Invalid,
    NotPermitted."""

    def opinion(here: Situation) -> list[New]:
        found, said = appraised(here.case), clean(text).strip()
        if found is None or not found.pending:
            raise invalid("case", "没有等待批准的销毁建议")
        if agree:
            due(here)
        if found.by == actor.person:
            raise NotPermitted("提出销毁的人不能自己批准")
        if not agree and not said:
            raise invalid("text", "不同意的，写明理由")
        role = next(role for role in LEADERS if role in actor.roles)
        word = "agree" if agree else "refuse"
        return [New("Decided", {"entry": found.entry, "role": role, "opinion": word, "text": said or "同意"})]

    return perform("approve_disposal", case, actor, opinion, heeds=nothing)


def dispose(case: str, actor: Actor, *, supervisors: Sequence[str]) -> list[Receipt]:
    """Destroy the content of an archived case whose destruction was proposed by one hand and approved by another, and what came
    late to it; ``supervisors`` are the two who watch it 监销人. Raises Invalid, NotPermitted."""

    def order(here: Situation) -> list[New]:
        found = appraised(here.case)
        if not here.case.disposed:
            due(here)
            if found is None or not found.approved:
                raise invalid("case", "销毁须先由档案人员提出鉴定意见，经局领导批准")
        names = list(dict.fromkeys(name for one in supervisors if (name := clean(one).strip())))
        if len(names) < 2:
            raise invalid("supervisors", "写明两名监销人")
        body = _named(here, found, names)
        if not body["entries"] and not body["objects"]:
            raise invalid("case", "案卷内容已经销毁")
        return [New("Disposed", body)]

    receipts = perform("dispose", case, actor, order, heeds=nothing)
    carry_out(case)
    return receipts


def _named(here: Situation, found: Appraisal | None, supervisors: Sequence[str]) -> dict[str, Any]:
    """What is destroyed, and on whose word: proposal and approval stay, to be read beside the order."""
    objects = {d for e in here.entries for d in digests(e.body)}
    brought = _brought(here.case.id)
    objects -= named_elsewhere(objects, f"case/{here.case.id}", besides=brought)
    there = sorted(o for o in objects if vault().exists(o))
    return {
        "entries": [e.hash for e in here.entries if e.body is not None and not _stays(e, found)] + brought,
        "objects": there,
        **_on_whose_word(here, found),
        "case_no": here.case.case_no,
        "section": here.case.section,
        "procedure": here.case.procedure,
        "supervisors": list(supervisors),
        "places": list(vault().places),
        **({"locked": locked} if (locked := _locked(there)) else {}),
    }


def _stays(entry: CaseEntry, found: Appraisal | None) -> bool:
    own = {found.entry, found.decision.entry} if found and found.decision else set[str]()
    return entry.kind in KEPT or entry.hash in own


def _on_whose_word(here: Situation, found: Appraisal | None) -> dict[str, str]:
    """Reason, approval and the entries that say so; for what came after a destruction, those of the first order."""
    if found is None or found.decision is None:
        first = here.case.destroyed
        names = ("reason", "approval", "proposal", "decision")
        return {name: str(first[name]) for name in names if name in first}
    return {
        "reason": found.opinion,
        "approval": f"鉴定批次{found.list}，{found.decision.name}{words(found.decision.at)}批准",
        "proposal": found.entry,
        "decision": found.decision.entry,
    }


def _brought(case: str) -> list[str]:
    """The deposits of recordings that came into this case from the tray and belong to no other: they go with it."""
    shared = TrayTie.objects.exclude(case=case).values("row_id")
    own = TrayTie.objects.filter(case=case).exclude(row_id__in=shared)
    return sorted(own.values_list("row_id", flat=True))


def _locked(objects: Sequence[str]) -> list[dict[str, str]]:
    """Which of the files a store holds, and until when: they are destroyed when the lock has ended."""
    return [
        {"digest": digest, "place": place, "until": write(until)}
        for place, store in vault().places.items()
        if store.locks
        for digest in objects
        if (until := store.held_until(digest)) is not None
    ]


def carry_out(case: str) -> int:
    """Do what ``Disposed`` names; done again after a crash it changes nothing more. How many files were still there."""
    removed = 0
    for order in orders(case):
        assert order.body is not None
        slips.keep(slips.Slip(case, order.hash, dict(order.body)))
        doomed = _unshared(order.body["objects"], case, order.body["entries"])
        with transaction.atomic():
            _destroy_bodies(order.hash, order.body["entries"])
            Draft.objects.filter(case=case).delete()
            holdings.doom(doomed, vault().places, clock.now())
            project(case)
        removed += sum(_destroyed(digest) for digest in sorted(doomed))
    # Last, since the package still standing tells that not all was done.
    if wipe():
        archiving.remove(case)
    return removed


def orders(case: str) -> list[CaseEntry]:
    """The ``Disposed`` entries of a case."""
    return [e for e in read.case_entries(case) if e.kind == "Disposed" and e.body is not None]


def _destroyed(digest: str) -> bool:
    """Destroy a file in all places; one that a store holds, or that a place does not answer about, is tried again later."""
    try:
        return previewing.destroy(digest)
    except VaultError:
        return False


def _unshared(objects: Iterable[str], case: str, gone: Sequence[str]) -> set[str]:
    """The files that no entry elsewhere has come to name meanwhile, those apart whose bodies go too."""
    return set(objects) - named_elsewhere(objects, f"case/{case}", besides=gone)


def _destroy_bodies(order: str, hashes: Iterable[str]) -> None:
    rows = Entry.objects.filter(hash__in=list(hashes))
    for row in rows:
        Disposal.objects.get_or_create(entry=row, defaults={"by": order})
    Named.objects.filter(entry__in=rows).delete()
    TrayRow.objects.filter(entry__in=list(hashes)).delete()
    Body.objects.filter(entry__in=rows).delete()


def unfinished() -> list[str]:
    """The cases whose destruction was decided and not carried out to the end."""
    cases: set[str] = set()
    doomed = holdings.doomed()
    for order in Body.objects.filter(entry__kind="Disposed").select_related("entry"):
        case = order.entry.stream.removeprefix("case/")
        named = read.entry_of(order.entry, order).body
        assert named is not None
        bodies = Body.objects.filter(entry__hash__in=list(named["entries"])).exists()
        files = doomed & set(named["objects"])
        if bodies or _unshared(files, case, named["entries"]) or archiving.place(case).exists():
            cases.add(case)
    return sorted(cases)


def recover() -> None:
    """Carry out what a crash interrupted, and what waited for a lock to end."""
    for case in unfinished():
        carry_out(case)
