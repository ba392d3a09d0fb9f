"""A log's key hands over to the next one: a signed note in which the old key names the new and the new confirms it.

The note is a C2SP signed note of three lines: ``<origin>/handover``, the old vkey, the new vkey. Its first line is no log's
origin, so that neither key's signature on it can pass for one on a checkpoint.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from liuhen.ledger import notes

SUFFIX = "/handover"


@dataclass(frozen=True)
class Handover:
    """``old`` and ``new`` are keys of the same log; both signed."""

    old: notes.VerifierKey
    new: notes.VerifierKey


def written(old: notes.SigningKey, new: notes.SigningKey) -> str:
    """The note by which ``old`` hands over to ``new``. Raises NoteError for keys of two logs, or the same key twice."""
    _check(old.verifier, new.verifier)
    body = f"{old.name}{SUFFIX}\n{old.verifier}\n{new.verifier}\n"
    first, second = notes.sign_note(body, old), notes.sign_note(body, new)
    return first + second.rpartition("\n\n")[2]


def read(note: str) -> Handover:
    """What a note says, both signatures checked. Raises NoteError."""
    body, _ = notes.parse_note(note)
    lines = body[:-1].split("\n")
    if len(lines) != 3:
        raise notes.NoteError("不是密钥交接：应为三行")
    found = Handover(notes.VerifierKey.parse(lines[1]), notes.VerifierKey.parse(lines[2]))
    _check(found.old, found.new)
    if lines[0] != f"{found.old.name}{SUFFIX}":
        raise notes.NoteError(f"不是这个日志的密钥交接：{lines[0]}")
    for key in (found.old, found.new):
        notes.verify_note(note, [key])
    return found


def _check(old: notes.VerifierKey, new: notes.VerifierKey) -> None:
    if (old.type, new.type) != (notes.LOG, notes.LOG) or old.name != new.name:
        raise notes.NoteError("密钥交接应在同一日志的两把密钥之间")
    if old.public == new.public:
        raise notes.NoteError("新旧密钥是同一把")


def trusted(keys: Iterable[notes.VerifierKey], handovers: Iterable[str]) -> list[notes.VerifierKey]:
    """The keys given, and those to which they handed over, one after the other. Raises NoteError for a note that is none."""
    known = list(dict.fromkeys(keys))
    pairs = [read(note) for note in handovers]
    for key in known:
        known += [pair.new for pair in pairs if pair.old == key and pair.new not in known]
    return known
