"""Checkpoints that witnesses cosigned: taken in as files, checked against the log, and put into packages.

A witness keeps its key on another machine. What is taken in here was signed by this log's key, stands on this log's tree,
and carries the cosignature of a witness whose key was registered in ``office/keys`` (docs/threat-model.md).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from liuhen.ledger import merkle, notes
from liuhen.records.models import Body, Checkpoint
from liuhen.records.seal import KEYS, checkpoint_folder, get_node, key_path, signing_key, size, write_whole


@dataclass(frozen=True)
class Seen:
    """A checkpoint with its note: ``size`` leaves under ``root`` (hex)."""

    size: int
    root: str
    note: str


def consistency(m: int, n: int) -> list[str]:
    """The proof, in hex, that the log of ``m`` entries is the beginning of that of ``n``. Raises ValueError."""
    if n > size():
        raise ValueError(f"日志只有 {size()} 条")
    return [node.hex() for node in merkle.consistency_proof(m, n, get_node)]


def registered(use: str) -> list[notes.VerifierKey]:
    """The public keys in the office register of keys, ``use`` is log or witness, in order of registration."""
    texts = dict.fromkeys(body["vkey"] for body in _set() if body["use"] == use)
    return [notes.VerifierKey.parse(text) for text in texts]


def handovers() -> list[str]:
    """The notes by which the log's keys handed over, in order."""
    return [body["handover"] for body in _set() if body.get("handover")]


def _set() -> list[dict[str, str]]:
    found = Body.objects.filter(entry__kind="KeySet", entry__stream=KEYS).order_by("entry_id")
    return [json.loads(body.content) for body in found]


def log_keys() -> list[notes.VerifierKey]:
    """Every key that the log ever signed with, the present one last."""
    present = signing_key().verifier
    return [key for key in registered("log") if key != present] + [present]


def refuse_local(key: notes.VerifierKey) -> None:
    """Raise NoteError for a witness's key whose private half lies in this log's own data folder, or is the log's."""
    lines = [path.read_bytes().split(b"\n", 1)[0] for path in sorted(key_path().parent.glob("*.pem"))]
    local = {notes.VerifierKey.parse(line.decode()).public for line in lines}
    if key.public in local | {signing_key().verifier.public}:
        raise notes.NoteError("同一数据目录里的密钥不能作见证")


def _folder() -> Path:
    return checkpoint_folder() / "cosigned"


def take_in(note: str) -> Path:
    """Keep a cosigned checkpoint of this log, and return its file.

    Raises NoteError when it is not this log's, stands on another tree, or no registered witness cosigned it.
    """
    seen = _checked(note)
    if not _witnesses(note):
        raise notes.NoteError("检查点上没有已登记见证人的共签")
    name = f"{seen.size}-{hashlib.sha256(note.encode()).hexdigest()[:16]}.txt"
    write_whole(_folder() / name, note)
    return _folder() / name


def _checked(note: str) -> Seen:
    notes.verify_note(note, log_keys())
    seen = notes.parse_checkpoint(note)
    if not 0 < seen.size <= size() or merkle.tree_root(seen.size, get_node) != seen.root:
        raise notes.NoteError("检查点与本局的日志不符")
    return Seen(seen.size, seen.root.hex(), note)


def _witnesses(note: str) -> list[notes.VerifierKey]:
    found: list[notes.VerifierKey] = []
    for key in registered("witness"):
        try:
            notes.verify_cosignature(note, key)
        except notes.NoteError:
            continue
        found.append(key)
    return found


def cosigned() -> list[Seen]:
    """The cosigned checkpoints that hold, the largest first; files that do not are passed over."""
    found: list[Seen] = []
    for path in sorted(_folder().glob("*.txt")):
        try:
            note = path.read_text(encoding="utf-8")
            if _witnesses(note):
                found.append(_checked(note))
        except (notes.NoteError, UnicodeDecodeError):
            continue
    return sorted(found, key=lambda seen: -seen.size)


def best(index: int) -> Seen | None:
    """The checkpoint for proofs of entries up to leaf ``index``: the newest cosigned one that covers it, else the newest
    of the log's own; None while the log is empty."""
    covering = [seen for seen in cosigned() if seen.size > index]
    own = Checkpoint.objects.order_by("-size").first()
    if covering:
        return covering[0]
    return Seen(own.size, own.root, own.note) if own else None
