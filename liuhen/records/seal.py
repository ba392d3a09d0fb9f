"""Sealing: unsealed entries become leaves of the bureau's one RFC 6962 log, and a checkpoint is signed.

Commit point: the COMMIT of the transaction that writes leaves, nodes and checkpoint together. The queue is the unsealed
tail itself, so a seal that died is simply done again; of two sealers at once one loses on the leaf's key and does nothing.
The first checkpoint of each day is kept as a file too, to be mailed or printed: only what lies elsewhere can tell of a log
that was rewritten as a whole.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from liuhen.casefile.moments import day
from liuhen.ledger import merkle, notes
from liuhen.records import clock
from liuhen.records.models import Checkpoint, Entry, Leaf, TreeNode

LOOKED_BACK = 1_000  # entries
KEYS = "office/keys"


def log_name() -> str:
    """The log's origin and key name."""
    return f"liuhen.{settings.LIUHEN_BUREAU}"


def key_path() -> Path:
    """Where the log's signing key is kept."""
    return Path(settings.LIUHEN_DATA) / "keys" / "log.pem"


def next_key_path() -> Path:
    """Where the key waits that is to follow: until the handover to it is sealed under the old one."""
    return key_path().with_name("next.pem")


def signing_key() -> notes.SigningKey:
    """The log's signing key, made at the first call; the next one as soon as the handover to it is sealed."""
    path, following = key_path(), next_key_path()
    if not path.exists():
        _make_key(path)
    if following.exists() and _handed_over(notes.load_key(following).verifier):
        # The old private key is gone with this: nobody can sign in its name any more.
        with suppress(FileNotFoundError):
            following.replace(path)
    return notes.load_key(path)


def next_key() -> notes.SigningKey:
    """The key that is to follow, made at the first call."""
    if not next_key_path().exists():
        _make_key(next_key_path())
    return notes.load_key(next_key_path())


def _handed_over(key: notes.VerifierKey) -> bool:
    found = Entry.objects.filter(stream=KEYS, kind="KeySet", body__content__contains=str(key))
    return Leaf.objects.filter(hash__in=found.values("hash")).exists()


def _make_key(path: Path) -> None:
    """Make the key under its name whole or not at all; of two makers at once the first one's stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
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


def inclusion_proofs(indexes: Iterable[int], size: int) -> list[list[bytes]]:
    """The proofs of these leaves in the log of ``size`` entries (RFC 6962 §2.1.1), from one query for each level.

    Raises ValueError for a leaf beyond the size, KeyError when a node is lost.
    """
    wanted: dict[int, set[int]] = {}

    def want(level: int, index: int) -> bytes:
        wanted.setdefault(level, set()).add(index)
        return b""

    chosen = list(indexes)
    for index in chosen:
        merkle.inclusion_proof(index, size, want)
    found = _nodes(wanted)
    return [merkle.inclusion_proof(i, size, lambda *key: found[key]) for i in chosen]


def _nodes(wanted: Mapping[int, set[int]]) -> dict[merkle.NodeKey, bytes]:
    return {
        (level, index): bytes.fromhex(value)
        for level, indexes in wanted.items()
        for index, value in TreeNode.objects.filter(level=level, index__in=indexes).values_list(
            "index", "hash"
        )
    }


def _held(wanted: Sequence[merkle.NodeKey]) -> dict[merkle.NodeKey, bytes]:
    """These nodes from one query, as far as they are there."""
    if not wanted:
        return {}
    quote, table = connection.ops.quote_name, TreeNode._meta.db_table
    place = f"({quote('level')} = %s AND {quote('index')} = %s)"
    asked = (
        f"SELECT level, {quote('index')}, hash FROM {quote(table)} WHERE {' OR '.join([place] * len(wanted))}"  # noqa: S608
    )
    with connection.cursor() as cursor:
        cursor.execute(asked, [part for key in wanted for part in key])
        return {(level, index): bytes.fromhex(value) for level, index, value in cursor.fetchall()}


def size() -> int:
    """The number of sealed entries."""
    last = Leaf.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def unsealed() -> Sequence[Entry]:
    """The entries that are not in the log yet, in the order they were written."""
    return list(_tail(0))


def _tail(after: int) -> QuerySet[Entry]:
    sealed = Leaf.objects.filter(hash=OuterRef("hash"))
    return Entry.objects.filter(~Exists(sealed), id__gt=after).order_by("id")


def _looked_at() -> int:
    """The id after which an entry may be unsealed: some way before that of the last leaf."""
    last = Leaf.objects.order_by("-index").values_list("hash", flat=True).first()
    found = Entry.objects.filter(hash=last).values_list("id", flat=True).first()
    return max(0, (found or 0) - LOOKED_BACK)


def seal(*, all_of_it: bool = False) -> Checkpoint | None:
    """Seal the unsealed tail; None when there is none or another sealer was faster.

    What is looked at are the latest entries, so that an act costs no more in a long record than in a short one;
    ``all_of_it`` finds also an entry whose transaction was held up while thousands of others went by.
    """
    try:
        with transaction.atomic():
            made = _seal(0 if all_of_it else _looked_at())
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


def _seal(after: int) -> Checkpoint | None:
    tail = list(_tail(after).values_list("hash", "stream", "position"))
    if not tail:
        return None
    # Asked before the leaves are there: a handover is sealed by the key that hands over.
    key = signing_key()
    old = size()
    hashes = merkle.leaf_hashes(bytes.fromhex(entry) for entry, _, _ in tail)
    held = _held(merkle.edge(old))
    nodes = merkle.appended(old, hashes, lambda *key: held[key])
    _insert(Leaf, [(old + n, *each) for n, each in enumerate(tail)], "index", "hash", "stream", "position")
    _insert(TreeNode, [(*key, value.hex()) for key, value in nodes.items()], "level", "index", "hash")
    new = old + len(tail)
    root = merkle.tree_root(new, lambda *key: nodes.get(key) or held[key])
    note = notes.sign_checkpoint(new, root, key)
    return Checkpoint.objects.create(size=new, root=root.hex(), note=note, at=clock.now())


def _insert(table: type[Leaf | TreeNode], rows: Sequence[tuple[str | int, ...]], *columns: str) -> None:
    """Insert plain rows: a model for each of some hundred thousand would take longer than the database does."""
    quote = connection.ops.quote_name
    into = f"{quote(table._meta.db_table)} ({', '.join(map(quote, columns))})"
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {into} VALUES ({', '.join(['%s'] * len(columns))})", rows)  # noqa: S608
