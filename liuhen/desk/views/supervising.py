"""监督: the figures of the bureau, the cases behind each, statistics of any period, publication records (A34; domain §9)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from liuhen.casefile.moments import day
from liuhen.casefile.settle import settle
from liuhen.casefile.state import Document
from liuhen.desk.sight import actor_of
from liuhen.desk.words import today
from liuhen.measures import PROCEDURES, REQUIREMENTS
from liuhen.measures.limits import LIMITS
from liuhen.office.policy import Subject, require
from liuhen.records import read
from liuhen.records.models import CaseRow, FindingRow
from liuhen.records.project import refresh
from liuhen.records.reveal import consulted
from liuhen.supervision import overview as figures
from liuhen.supervision import publication
from liuhen.supervision.overview import Choice, Line, Period
from liuhen.supervision.sheets import workbook

A_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WAYS = {"met": "按期", "missed": "逾期", "open": "未到期"}


def period_of(request: HttpRequest) -> Period:
    """The period that the address names; this year where it names none, or none that is."""
    now = today()
    try:
        first = date.fromisoformat(request.GET.get("from", ""))
        last = date.fromisoformat(request.GET.get("to", ""))
    except ValueError:
        return Period(date(now.year, 1, 1), now)
    return Period(min(first, last), max(first, last))


def may_see(request: HttpRequest) -> None:
    """Raise NotPermitted unless the reader supervises or leads."""
    require(actor_of(request), "see_supervision", Subject())


def sheet(data: bytes, name: str) -> HttpResponse:
    """A table for download."""
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def supervise(request: HttpRequest) -> HttpResponse:
    """The page of figures; ``?table=1`` the same as XLSX."""
    may_see(request)
    refresh()
    found = figures.overview(CaseRow.objects.all(), period_of(request))
    if request.GET.get("table"):
        return sheet(_statistics(found), f"statistics-{found.period.first}-{found.period.last}")
    context = {
        "here": "supervise", "found": found, "figures": figures.FIGURES, "ways": tuple(WAYS.values()),
        "year": today().year,
    }  # fmt: skip
    return render(request, "desk/supervise.html", context)


def _statistics(found: figures.Overview) -> bytes:
    title = f"行政执法统计　{found.period.first}至{found.period.last}"
    head = ["", *(figure.label for figure in figures.FIGURES)]
    return workbook(title, head, [_row(line) for line in (*found.sections, *found.procedures, found.total)])


def _row(line: Line) -> list[str]:
    return [line.label, *(str(cell.number) for cell in line.cells)]


@require_safe
def supervised_cases(request: HttpRequest) -> HttpResponse:
    """The cases behind one number."""
    may_see(request)
    choice = figures.read(request.GET.dict(), period_of(request))
    rows = figures.chosen(CaseRow.objects.all(), choice).order_by("case_no")
    shown = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    findings = FindingRow.objects.filter(case__in=[row.pk for row in shown])
    told: dict[str, list[FindingRow]] = {}
    for one in findings.filter(code=choice.finding) if choice.finding else findings:
        told.setdefault(one.case.case, []).append(one)
    context = {
        "here": "supervise", "words": _words(choice), "page": shown, "total": shown.paginator.count,
        "lines": [(row, PROCEDURES[row.procedure].name, told.get(row.case, [])[:3]) for row in shown],
        "query": urlencode(choice.query()),
    }  # fmt: skip
    return render(request, "desk/supervised_cases.html", context)


def _words(choice: Choice) -> list[str]:
    """What was asked for, in words."""
    figure = {one.code: one.label for one in figures.FIGURES}
    said: list[Any] = [
        choice.section, PROCEDURES[choice.procedure].title if choice.procedure in PROCEDURES else "", choice.stage,
        figure.get(choice.figure, ""), LIMITS[choice.limit].title if choice.limit in LIMITS else "",
        WAYS.get(choice.state, ""), REQUIREMENTS[choice.finding].title if choice.finding in REQUIREMENTS else "",
        f"{choice.month}发生" if choice.month else "",
    ]  # fmt: skip
    return [f"{choice.period.first}至{choice.period.last}", *(str(one) for one in said if one)]


@require_safe
def publication_records(request: HttpRequest, kind: str) -> HttpResponse:
    """The records of 双公示 decided in a period, as XLSX with the national fields; logged as copied out."""
    may_see(request)
    period = period_of(request)
    make = publication.penalty if kind == "penalties" else publication.licence
    office, rows = read.office(), []
    bureau = {name: str(office.setting(f"bureau_{name}", period.last, "")) for name in ("name", "uscc")}
    decided = CaseRow.objects.filter(opened_on__lte=period.last).exclude(numbers="").order_by("case_no")
    for row in decided.iterator():
        case = settle(read.case_entries(row.case), office)
        made = [(d, make(case, d, bureau)) for d in case.documents.values() if d.issued and not d.voided]
        rows += [record for d, record in made if record and period.first <= _on(d) <= period.last]
    consulted(actor_of(request), "publication", f"导出双公示记录 {period.first}至{period.last}")
    title = "行政处罚公示信息" if kind == "penalties" else "行政许可公示信息"
    head = list(rows[0]) if rows else ["没有应公示的决定"]
    return sheet(
        workbook(title, head, [[row[name] for name in head] for row in rows]),
        f"{kind}-{period.first}-{period.last}",
    )


def _on(document: Document) -> date:
    assert document.issued is not None
    return day(document.issued.on)


urlpatterns = [
    path("supervision/", supervise, name="supervise"),
    path("supervision/cases/", supervised_cases, name="supervised_cases"),
    path(
        "supervision/publication/penalties.xlsx",
        publication_records,
        {"kind": "penalties"},
        name="publish_penalties",
    ),
    path(
        "supervision/publication/licences.xlsx",
        publication_records,
        {"kind": "licences"},
        name="publish_licences",
    ),
]
