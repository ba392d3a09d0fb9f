"""Which of the log's keys had to sign which checkpoint: each until the checkpoint that seals its handover to the next."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from liuhen.ledger import handover, notes
from liuhen.records.models import Checkpoint, Entry, Leaf
from liuhen.records.seal import KEYS, signing_key


@dataclass(frozen=True)
class Term:
    """``key`` signs the checkpoints of more than ``after`` entries, as far as the next term."""

    key: notes.VerifierKey
    after: int


def terms() -> tuple[list[Term], list[str]]:
    """The terms of the log's keys in order, and what is wrong with the register of keys, in Chinese."""
    found: list[Term] = []
    faults: list[str] = []
    for vkey, note, after in _set():
        try:
            key = notes.VerifierKey.parse(vkey)
            if found:
                _follows(found[-1].key, key, note)
        except notes.NoteError as error:
            faults.append(f"登记的日志公钥 {vkey} 不是由前一把密钥交接的：{error}")
            continue
        found.append(Term(key, after))
    present = signing_key().verifier
    if not found:
        return [Term(present, 0)], faults
    if present not in {term.key for term in found}:
        faults.append(f"现在的日志密钥没有登记，也没有交接：{present}")
    return found, faults


def _follows(old: notes.VerifierKey, new: notes.VerifierKey, note: str) -> None:
    if not note:
        raise notes.NoteError("没有交接")
    if handover.read(note) != handover.Handover(old, new):
        raise notes.NoteError("交接的不是这两把密钥")


def _set() -> Iterator[tuple[str, str, int]]:
    """Each key of the log with its handover and the size of the checkpoint that sealed it; unsealed ones are not in force."""
    rows = Entry.objects.filter(stream=KEYS, kind="KeySet", body__isnull=False)
    for row in rows.select_related("body").order_by("position"):
        try:
            body = json.loads(row.body.content)
        except ValueError:
            continue
        index = Leaf.objects.filter(hash=row.hash).values_list("index", flat=True).first()
        if body.get("use") != "log" or index is None:
            continue
        sealed = Checkpoint.objects.filter(size__gt=index).order_by("size").values_list("size", flat=True)
        yield str(body.get("vkey", "")), str(body.get("handover", "")), sealed.first() or index + 1


def signer(found: Sequence[Term], size: int) -> notes.VerifierKey:
    """The key that had to sign the checkpoint of ``size`` entries."""
    return next((term.key for term in reversed(found[1:]) if size > term.after), found[0].key)
