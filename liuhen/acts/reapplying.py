"""Disposals again after a restore from backup: what was destroyed must not stay because a backup brought it back.

Files that an older backup brought back are destroyed by the entries that the record still has. A record restored from before
a disposal gets ``Disposed`` again from the slip, saying so, and is carried out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from liuhen.acts import disposing, previewing
from liuhen.acts.slips import Slip, slips
from liuhen.records.append import New, append_anyway
from liuhen.records.models import Body, Entry
from liuhen.records.naming import named_elsewhere
from liuhen.records.project import project
from liuhen.records.seal import seal
from liuhen.vault import holdings
from liuhen.vault.errors import VaultError

AGAIN = "（恢复备份后重新执行）"


@dataclass(frozen=True)
class Reapplied:
    """What was done again for one case: bodies and files that were there; whether the record had lost its ``Disposed``; files
    that a store still holds."""

    case_no: str
    bodies: int
    files: int
    recorded: bool = False
    held: int = 0


def reapply() -> list[Reapplied]:
    """Carry out every disposal again that the record or a slip knows of. Returns those for which something was left to do."""
    again = {
        slip.case for slip in slips() if not Entry.objects.filter(hash=slip.hash).exists() and _recorded(slip)
    }
    done = [_without_case(slip) for slip in slips() if not _known(slip.case)]
    streams = Entry.objects.filter(kind="Disposed").values_list("stream", flat=True).distinct()
    for case in sorted(stream.removeprefix("case/") for stream in streams):
        done.append(replace(_carried_out(case), recorded=case in again))
    return [one for one in done if one.bodies or one.files or one.recorded or one.held]


def _known(case: str) -> bool:
    return Entry.objects.filter(stream=f"case/{case}").exists()


def _recorded(slip: Slip) -> bool:
    """Append ``Disposed`` again where the record has lost it: of the case's bodies those that there are."""
    if not _known(slip.case):
        return False
    done = {hash_ for order in disposing.orders(slip.case) for hash_ in (order.body or {}).get("entries", ())}
    if set(slip.body["entries"]) <= done:
        return False
    body = {**slip.body, "reason": slip.body["reason"] + AGAIN}
    append_anyway(f"case/{slip.case}", "system", [New("Disposed", body)], within=lambda _: project(slip.case))
    seal()
    return True


def _carried_out(case: str) -> Reapplied:
    orders = disposing.orders(case)
    named = [order.body for order in orders if order.body is not None]
    bodies = Body.objects.filter(
        entry__hash__in=[hash_ for body in named for hash_ in body["entries"]]
    ).count()
    files = disposing.carry_out(case)
    held = len(holdings.doomed() & {digest for body in named for digest in body["objects"]})
    return Reapplied(
        next((str(body["case_no"]) for body in named if "case_no" in body), case), bodies, files, held=held
    )


def _without_case(slip: Slip) -> Reapplied:
    """A record restored from before the case began: of it only files can have come back."""
    objects = set(slip.body["objects"]) - named_elsewhere(slip.body["objects"], f"case/{slip.case}")
    files = held = 0
    for digest in sorted(objects):
        try:
            files += previewing.destroy(digest)
        except VaultError:
            held += 1
    return Reapplied(str(slip.body.get("case_no", slip.case)), 0, files, held=held)
