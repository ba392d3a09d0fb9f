"""What became of the files themselves: the register ``office/keeping``, by which no case is judged."""

from __future__ import annotations

from liuhen.casefile.entries import Entry as CaseEntry
from liuhen.records.models import Entry
from liuhen.records.read import KEEPING, entry_of


def restored(case: str) -> list[CaseEntry]:
    """The ``Restored`` entries that concern files of a case, in order."""
    rows = Entry.objects.filter(stream=KEEPING, kind="Restored", body__content__contains=case)
    found = [entry_of(row, row.body) for row in rows.select_related("body").order_by("position")]
    return [entry for entry in found if entry.body is not None and case in entry.body["cases"]]


def latest_restored(count: int) -> list[CaseEntry]:
    """The last ``Restored`` entries of all, the newest first."""
    rows = Entry.objects.filter(stream=KEEPING, kind="Restored").select_related("body").order_by("-position")
    return [entry_of(row, row.body) for row in rows[:count]]
