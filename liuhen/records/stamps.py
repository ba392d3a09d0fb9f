"""Whether the rows of a case are what its entries give, whatever the stamp on them claims."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from liuhen import __version__
from liuhen.casefile.moments import instant, parse
from liuhen.records import clock, read
from liuhen.records.models import ArchiveRow, CaseRow, FindingRow, LimitRow, PaperRow, TaskRow
from liuhen.records.project import computed, papers

# Versions of the software that ever computed rows; a stamp that claims another is forged.
RELEASED = frozenset({__version__})


def projection_fault(row: CaseRow) -> str:
    """What is wrong with a case's rows; empty when they are as computed from the entries, or merely outdated.

    The rows are held against the entries whatever the rest of the stamp says, so that a forged stamp excuses nothing;
    only another released version of the software may have computed them otherwise.
    """
    entries = read.case_entries(row.case)
    stamp = row.stamp
    if stamp.get("head") != entries[-1].hash:
        return "案件表与最后一条不符"
    if stamp.get("software") not in RELEASED:
        return f"案件表自称由没有发布过的版本 {stamp.get('software')} 算出"
    as_of = parse(stamp["as_of"])
    if instant(as_of) < entries[-1].recorded_at:
        return "案件表自称算出的时间早于最后一条"
    if stamp["software"] != __version__:
        return ""
    office = read.office_until(stamp["office"])
    earlier = read.earlier(entries, office, heads=stamp.get("earlier", {}))
    rows = computed(entries, office, as_of, stamp["office"], earlier)  # type: ignore[arg-type]
    if wrong := [name for name in _differs(row, rows.case) if name != "stamp"]:
        return "案件表被改动：" + "、".join(wrong)
    if _rows(TaskRow.objects.filter(case=row).order_by("order"), rows.tasks) or _rows(
        FindingRow.objects.filter(case=row).order_by("id"), rows.findings
    ):
        return "待办或者问题表被改动"
    if _rows(LimitRow.objects.filter(case=row).order_by("id"), rows.limits):
        return "期限表被改动"
    if sorted(PaperRow.objects.filter(case=row).values_list("document", flat=True)) != sorted(
        papers(entries)
    ):
        return "文书表被改动"
    if _rows(ArchiveRow.objects.filter(case=row), [rows.archive] if rows.archive else []):
        return "档案表被改动"
    return ""


def outdated(row: CaseRow) -> bool:
    """Whether a case's rows are to be rebuilt: computed by another version, calendar or release, before the office's
    registers last changed, or before the answer changed by itself."""
    stamp = row.stamp
    now = {
        "software": __version__,
        "calendar": read.office().calendar().version,
        "office": read.office_head(),
    }
    due = row.changes_at is not None and row.changes_at <= clock.now()
    entries = read.case_entries(row.case)
    now["measures"] = entries[0].measures
    heads = {one.id: one.head for one in read.earlier(entries, read.office())}
    return (
        due
        or stamp.get("earlier", {}) != heads
        or any(stamp.get(name) != value for name, value in now.items())
    )


def _differs(row: Any, values: dict[str, Any]) -> list[str]:
    return [name for name, value in values.items() if getattr(row, name) != value]


def _rows(rows: Iterable[Any], expected: list[dict[str, Any]]) -> bool:
    found = list(rows)
    return len(found) != len(expected) or any(_differs(r, e) for r, e in zip(found, expected, strict=True))
