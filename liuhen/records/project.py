"""Projections: rows computed from a case's entries, nothing else; each carries a stamp of what it was computed from.

Same stamp and other content means tampering or corruption; another stamp means it is rebuilt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from liuhen import __version__
from liuhen.casefile.entries import Entry as CaseEntry
from liuhen.casefile.moments import day, write
from liuhen.casefile.office import Office
from liuhen.casefile.settle import settle
from liuhen.casefile.state import CaseFile
from liuhen.compliance.answers import Deadline, Judgement, NextStep
from liuhen.compliance.custody import custody
from liuhen.compliance.events import occurrences
from liuhen.compliance.judge import context, judge
from liuhen.compliance.retention import retention
from liuhen.records import clock, tray
from liuhen.records.models import ArchiveRow, CaseRow, FindingRow, LimitRow, PaperRow, TaskRow
from liuhen.records.read import case_entries, office, office_head
from liuhen.records.read import earlier as read_earlier

Rows = dict[str, Any]


@dataclass(frozen=True)
class Computed:
    """The rows of a case: its own, that of its archived file (None before it is archived), what is to do, what is violated, its
    time limits."""

    case: Rows
    archive: Rows | None
    tasks: list[Rows]
    findings: list[Rows]
    limits: list[Rows]


def stamp(case: CaseFile, head: str, now: datetime, office_id: int) -> dict[str, Any]:
    """What the rows of a case were computed from and as of when."""
    heads = {one.id: one.head for one in case.earlier}
    return {
        **({"earlier": heads} if heads else {}),
        "head": head,
        "position": case.head,
        "office": office_id,
        "measures": case.measures,
        "calendar": case.office.calendar().version,
        "software": __version__,
        "as_of": write(now),
    }


def _on(case: CaseFile, event: str) -> date | None:
    found = occurrences(case, event)
    return day(found[0].at) if found else None


def _nearest(deadlines: Sequence[Deadline]) -> Deadline | None:
    ours = [d for d in deadlines if d.severity is not None and d.state in ("open", "overdue")]
    return ours[0] if ours else None


def case_values(case: CaseFile, judgement: Judgement) -> Rows:
    """The columns of a case's row."""
    nearest = None if case.archived_at else _nearest(judgement.deadlines)
    party = case.party
    numbers = sorted({d.issued.number for d in case.documents.values() if d.issued})
    return {
        "case_no": case.case_no,
        "title": case.title,
        "procedure": case.procedure,
        "origin": str(case.origin.get("case", "")),
        "section": case.section,
        "stage": judgement.stage,
        "state": judgement.state,
        "party": str(party.get("name", "")) if party else "",
        "numbers": " ".join(numbers),
        "officers": case.officers,
        "parts": sorted({a.person for a in case.assignments if a.taken}),
        "opened_on": day(case.opened_at) if case.opened_at else None,
        "docketed_on": _on(case, "docketed"),
        "closed_on": day(case.closed_at) if case.closed_at else None,
        "archived_on": day(case.archived_at) if case.archived_at else None,
        "due_on": nearest.due.day if nearest else None,
        "due_at": nearest.due.at if nearest else None,
        "due_what": nearest.title if nearest else "",
        "stops": len(judgement.violated("stop")),
        "flags": len(judgement.violated("flag")),
        "changes_at": judgement.changes_at,
    }


def _task(step: NextStep, case: CaseFile, order: int) -> Rows:
    people = list(step.people) or (case.officers if step.role == "officer" else [])
    return {
        "code": step.code,
        "title": step.title,
        "why": step.why[:400],
        "cites": [cite.short() for cite in step.cites],
        "does": step.does,
        "role": step.role,
        "people": people,
        "subject": step.subject,
        "optional": step.optional,
        "due_on": step.due.day if step.due else None,
        "due_at": step.due.at if step.due else None,
        "provisional": bool(step.due and step.due.provisional),
        "order": order,
    }


def archive_values(case: CaseFile, today: date) -> Rows | None:
    """The columns of an archived file's row; None before it is archived."""
    if case.archived_at is None:
        return None
    kept, told = custody(case, today), case.archived or {}
    return {
        "archive_no": str(told.get("archive_no", "")),
        "retention": str(told.get("retention", "")) if case.disposed else retention(case).term.label,
        "kept_until": None if case.disposed else kept.until,
        "supplements": len(case.packages) - 1,
        "late": kept.late,
        "keeper": kept.keeper,
        "place": kept.place,
        "borrower": f"{kept.loan.unit}{kept.loan.borrower}" if kept.loan else "",
        "due_back": kept.loan.due if kept.loan else None,
        "held": kept.held,
        "appraisal": kept.appraisal.list if kept.appraisal else "",
        "state": kept.appraisal.state if kept.appraisal else "",
        "moved_on": day(case.moved_at) if case.moved_at else None,
        "batch": str(case.moved.get("batch", "")),
        "destroyed_on": day(case.destroyed_at) if case.destroyed_at else None,
    }


def task_values(case: CaseFile, judgement: Judgement) -> list[Rows]:
    """The rows of what can be done now."""
    ready = [s for s in judgement.steps if not s.locked]
    return [_task(step, case, n) for n, step in enumerate(ready)]


def finding_values(judgement: Judgement) -> list[Rows]:
    """The rows of what is violated."""
    return [
        {
            "code": f.code,
            "severity": f.severity,
            "subject": f.subject,
            "message": f.message,
            "cites": [cite.short() for cite in f.cites],
            "at": write(f.at) if f.at else "",
            "explained": f.explained,
        }
        for f in judgement.violated()
    ]


def limit_values(judgement: Judgement) -> list[Rows]:
    """The rows of the time limits that bind us: running, met or missed; whose own clock it is not are left out."""
    return [
        {
            "code": d.code,
            "title": d.title[:300],
            "subject": d.subject,
            "due_on": d.due.day,
            "ended_on": day(d.ended) if d.ended else None,
            "state": d.state,
        }
        for d in judgement.deadlines
        if d.severity is not None
    ]


def papers(entries: Sequence[CaseEntry]) -> set[str]:
    """The documents that were ever filed in a case, as far as their entries were not destroyed."""
    return {entry.body["document"] for entry in entries if entry.kind == "Filed" and entry.body is not None}


def computed(
    entries: Sequence[CaseEntry],
    bureau: Office,
    now: datetime,
    office_id: int,
    earlier: tuple[CaseFile, ...] = (),
) -> Computed:
    """All rows of a case as they must be, from its entries and the cases that it came from."""
    case = settle(entries, bureau, earlier=earlier)
    judgement = judge(case, context(now, bureau))
    values = case_values(case, judgement)
    values["stamp"] = stamp(case, entries[-1].hash, now, office_id)
    return Computed(
        values,
        archive_values(case, day(now)),
        task_values(case, judgement),
        finding_values(judgement),
        limit_values(judgement),
    )


def project(case: str, entries: Sequence[CaseEntry] | None = None) -> None:
    """Write the rows of a case anew, in one transaction."""
    found = entries if entries is not None else case_entries(case)
    bureau = office()
    rows = computed(found, bureau, clock.now(), office_head(), read_earlier(found, bureau))
    with transaction.atomic():
        row = CaseRow(case=case, **rows.case)
        CaseRow.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["case"], update_fields=list(rows.case)
        )
        TaskRow.objects.filter(case=row).delete()
        FindingRow.objects.filter(case=row).delete()
        LimitRow.objects.filter(case=row).delete()
        TaskRow.objects.bulk_create(TaskRow(case=row, **task) for task in rows.tasks)
        FindingRow.objects.bulk_create(FindingRow(case=row, **finding) for finding in rows.findings)
        LimitRow.objects.bulk_create(LimitRow(case=row, **limit) for limit in rows.limits)
        if rows.archive is not None:
            ArchiveRow.objects.update_or_create(case=row, defaults=rows.archive)
        _project_papers(row, papers(found))
        tray.held_by(case, found)


def _project_papers(row: CaseRow, filed: set[str]) -> None:
    known = set(PaperRow.objects.filter(case=row).values_list("document", flat=True))
    if known - filed:
        PaperRow.objects.filter(case=row, document__in=known - filed).delete()
    PaperRow.objects.bulk_create(PaperRow(case=row, document=one) for one in sorted(filed - known))


def project_later(case: str) -> None:
    """Write the rows of the cases that came from this one anew: what is recorded here may matter there."""
    for later in CaseRow.objects.filter(origin=case).values_list("case", flat=True):
        project(later)


def refresh(now: datetime | None = None, limit: int = 100) -> int:
    """Judge anew the cases whose answer has changed by itself since; returns how many."""
    moment = now or clock.now()
    due = list(CaseRow.objects.filter(changes_at__lte=moment).values_list("case", flat=True)[:limit])
    for case in due:
        project(case)
    return len(due)
