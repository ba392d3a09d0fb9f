"""Who read what of a case and when: the ``Consulted`` entries of the access stream that name it (R33.1)."""

from __future__ import annotations

from liuhen.casefile.entries import Entry as CaseEntry
from liuhen.records import read
from liuhen.records.models import Body


def readings(case: str, limit: int, before: int = 0) -> list[tuple[int, CaseEntry]]:
    """The newest readings of a case, its papers and files, at most so many, each with a number; ``before``: only those with a lower
    one. It looks through the stream, so a page asks for it and no list does."""
    named = Body.objects.filter(
        entry__stream="access", entry__kind="Consulted", content__contains=f'"subject":"case/{case}'
    )
    if before:
        named = named.filter(entry__lt=min(before, 2**63 - 1))
    found = named.select_related("entry").order_by("-entry")[:limit]
    return [(body.entry.pk, read.entry_of(body.entry, body)) for body in found]
