"""The bureau's log as tiles (c2sp.org/tlog-tiles), read from the tables of the log.

Nothing but hashes of entries is in it, so anyone may have it.
"""

from __future__ import annotations

from liuhen.ledger.tiles import HEIGHT, WIDTH, Tile, bundle
from liuhen.records.checkpoints import cosigned
from liuhen.records.models import Checkpoint, Leaf, TreeNode


def tile_bytes(tile: Tile) -> bytes | None:
    """The hashes of a tile, or the entries of a bundle; None unless the log is long enough to hold them all."""
    first, after = tile.index * WIDTH, tile.index * WIDTH + tile.width
    if tile.level is None:
        leaves = Leaf.objects.filter(index__gte=first, index__lt=after).order_by("index")
        entries = [bytes.fromhex(entry) for entry in leaves.values_list("hash", flat=True)]
        return bundle(entries) if len(entries) == tile.width else None
    nodes = TreeNode.objects.filter(level=tile.level * HEIGHT, index__gte=first, index__lt=after)
    hashes = nodes.order_by("index").values_list("hash", flat=True)
    found = b"".join(bytes.fromhex(value) for value in hashes)
    return found if len(found) == 32 * tile.width else None


def newest_note() -> str | None:
    """The newest checkpoint as it is handed out, with its cosignatures where a witness saw that very size."""
    own = Checkpoint.objects.order_by("-size").first()
    if own is None:
        return None
    seen = [each.note for each in cosigned() if each.size == own.size]
    return seen[0] if seen else own.note
