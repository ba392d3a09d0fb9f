"""Sealing: unsealed entries become leaves of the bureau's one RFC 6962 log, and a checkpoint is signed.

Commit point: the COMMIT of the transaction that writes leaves, nodes and checkpoint together. The queue is the unsealed
tail itself, so a seal that died is simply done again; of two sealers at once one loses on the leaf's key and does nothing.
The first checkpoint of each day is kept as a file too, to be mailed or printed: only what lies elsewhere can tell of a log
that was rewritten as a whole.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Exists, OuterRef

from liuhen.casefile.moments import day
from liuhen.ledger import merkle, notes
from liuhen.records import clock
from liuhen.records.models import Checkpoint, Entry, Leaf, TreeNode


def log_name() -> str:
    """The log's origin and key name."""
    return f"liuhen.{settings.LIUHEN_BUREAU}"


def key_path() -> Path:
    """Where the log's signing key is kept."""
    return Path(settings.LIUHEN_DATA) / "keys" / "log.pem"


def signing_key() -> notes.SigningKey:
    """The log's signing key, made at the first call."""
    path = key_path()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _make_key(path)
    return notes.load_key(path)


def _make_key(path: Path) -> None:
    """Make the key under its name whole or not at all; of two makers at once the first one's stays."""
    part = path.with_name(f".{uuid4().hex}.part")
    notes.save_key(notes.SigningKey.generate(log_name(), notes.LOG), part)
    with part.open("rb") as file:
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        path.hardlink_to(part)
    part.unlink()


def get_node(level: int, index: int) -> bytes:
    """A complete subtree's hash out of the database; KeyError when it is not there."""
    found = TreeNode.objects.filter(level=level, index=index).values_list("hash", flat=True).first()
    if found is None:
        raise KeyError((level, index))
    return bytes.fromhex(found)


def size() -> int:
    """The number of sealed entries."""
    last = Leaf.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def unsealed() -> Sequence[Entry]:
    """The entries that are not in the log yet, in the order they were written."""
    sealed = Leaf.objects.filter(hash=OuterRef("hash"))
    return list(Entry.objects.filter(~Exists(sealed)).order_by("id"))


def seal() -> Checkpoint | None:
    """Seal the unsealed tail; None when there is none or another sealer was faster."""
    try:
        with transaction.atomic():
            made = _seal()
    except (IntegrityError, OperationalError):
        return None
    if made is not None:
        transaction.on_commit(partial(keep_daily, made.note))
    return made


def checkpoint_folder() -> Path:
    """Where checkpoints are kept as files."""
    return Path(settings.LIUHEN_DATA) / "checkpoints"


def keep_daily(note: str) -> None:
    """Keep the note as the day's checkpoint, ``checkpoints/YYYY-MM-DD.txt``, unless the day has one."""
    target = checkpoint_folder() / f"{day(clock.now()).isoformat()}.txt"
    if not target.exists():
        write_whole(target, note)


def write_whole(target: Path, text: str) -> None:
    """Write a small file so that its name stands for all of it or for nothing, durably."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{uuid4().hex}.part")
    with part.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(target)


def _seal() -> Checkpoint | None:
    tail = unsealed()
    if not tail:
        return None
    old = size()
    leaves = [
        Leaf(index=old + n, hash=entry.hash, stream=entry.stream, position=entry.position)
        for n, entry in enumerate(tail)
    ]
    hashes = merkle.leaf_hashes(bytes.fromhex(entry.hash) for entry in tail)
    new_nodes = merkle.appended(old, hashes, get_node)
    Leaf.objects.bulk_create(leaves)
    TreeNode.objects.bulk_create(
        TreeNode(level=level, index=index, hash=value.hex()) for (level, index), value in new_nodes.items()
    )
    new = old + len(leaves)
    root = merkle.tree_root(new, get_node)
    note = notes.sign_checkpoint(new, root, signing_key())
    return Checkpoint.objects.create(size=new, root=root.hex(), note=note, at=clock.now())
