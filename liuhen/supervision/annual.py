"""年度案件清单: a section's cases of a year, as it reports them to 政策法规科 by 31 January (A32; R32.1)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from liuhen.measures import PROCEDURES
from liuhen.records.models import CaseRow
from liuhen.supervision.sheets import workbook

HEAD = ("序号", "案号", "案件名称", "当事人", "程序", "文号", "登记日期", "办结日期", "归档日期", "状态")


def cases(year: int, section: str) -> list[CaseRow]:
    """The cases of a section that began, went on or ended in the year, by number."""
    ended = Q(closed_on=None) | Q(closed_on__year__gte=year)
    found = CaseRow.objects.filter(ended, section=section, opened_on__year__lte=year)
    return list(found.order_by("opened_on", "case_no"))


def rows(found: list[CaseRow]) -> list[list[str]]:
    """The lines of the list, as its columns stand."""
    return [
        [
            str(n), row.case_no, row.title, row.party, PROCEDURES[row.procedure].title, row.numbers,
            _day(row.opened_on), _day(row.closed_on), _day(row.archived_on), row.state,
        ]
        for n, row in enumerate(found, 1)
    ]  # fmt: skip


def recorded(found: list[CaseRow]) -> list[list[str]]:
    """What the record keeps of the list: number, decision, state, day of the end; names are in the file alone."""
    return [[row.case_no, row.numbers, row.state, _day(row.closed_on)] for row in found]


def file(year: int, section: str, bureau: str) -> bytes:
    """The list as XLSX; the same cases give the same bytes."""
    title = f"{bureau}{section}{year}年度行政执法案件清单"
    return workbook(title, HEAD, rows(cases(year, section)))


def due(year: int) -> date:
    """Until when the list of a year is to be reported."""
    return date(year + 1, 1, 31)


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""
