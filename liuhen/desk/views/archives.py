"""归档: the archived files of the bureau, which of them want something, batches of appraisal, who read a file (A32; 档 14, 21)."""

from __future__ import annotations

import io
from datetime import date

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from liuhen.archives.registers import destruction_list
from liuhen.casefile.settle import settle
from liuhen.compliance.custody import ten_years_before
from liuhen.desk import files
from liuhen.desk.doing import may_do, page, seen
from liuhen.desk.frame import bureau_name
from liuhen.desk.sight import actor_of, visible_cases
from liuhen.desk.views.cases import Choice, Filter
from liuhen.desk.words import today
from liuhen.measures.archive_facts import KEEP
from liuhen.measures.retention import TO_ARCHIVES
from liuhen.office.policy import Subject, may, require
from liuhen.records import read
from liuhen.records.models import ArchiveRow
from liuhen.records.readings import readings
from liuhen.records.reveal import consulted

A_PAGE, READ_AT_ONCE = 50, 100
WHERE = {"section": "承办科室", "body": "档案机构", "moved": "已移交进馆", "destroyed": "已销毁"}
WATCH = {
    "due": "到期待鉴定", "proposed": "拟销毁", "lent": "借出", "overdue": "逾期未还", "held": "法律保全", "late": "待补充归档",
    "to_move": "满十年待移交",
}  # fmt: skip
HERE = Q(moved_on=None, destroyed_on=None)


def watched(watch: str, on: date) -> Q:
    """Which files want what ``watch`` names, on a day."""
    proposed = Q(state__in=("待批准", "已批准"), destroyed_on=None)
    return {
        "due": HERE & Q(kept_until__lt=on, held="") & ~proposed,
        "proposed": proposed,
        "lent": ~Q(borrower=""),
        "overdue": Q(due_back__lt=on),
        "held": ~Q(held=""),
        "late": Q(late__gt=0, destroyed_on=None),
        "to_move": HERE & Q(retention__in=TO_ARCHIVES, case__archived_on__lte=ten_years_before(on)),
    }[watch]


_KEPT = {
    "section": HERE & Q(keeper=F("case__section")),
    "body": HERE & ~Q(keeper=F("case__section")),
    "moved": ~Q(moved_on=None),
    "destroyed": ~Q(destroyed_on=None),
}


@require_safe
def archives(request: HttpRequest) -> HttpResponse:
    """The archived files that the reader may see, as filtered; how many want each thing; the batches of appraisal."""
    require(actor_of(request), "see_archives", Subject(section=actor_of(request).section))
    mine = ArchiveRow.objects.filter(case__in=visible_cases(request))
    on = today()
    filters = _filters(request, mine, on)
    rows, asked = _found(mine, filters, on), request.GET.get("q", "").strip()
    if asked:
        rows = rows.filter(
            Q(archive_no__contains=asked) | Q(case__case_no__contains=asked) | Q(case__title__contains=asked)
        )
    shown = Paginator(
        rows.select_related("case").order_by("-case__archived_on", "archive_no"), A_PAGE
    ).get_page(request.GET.get("page"))
    context = {
        "here": "archives", "filters": filters, "q": asked, "page": shown, "total": mine.count(), "on": on,
        "pages": shown.paginator.get_elided_page_range(shown.number),
        "batches": _batches(mine), "filtered": bool(asked or any(one.chosen for one in filters)),
        "may_transfer": may(actor_of(request), "transfer", Subject()),
    }  # fmt: skip
    return render(request, "desk/archives.html", context)


def _filters(request: HttpRequest, mine: QuerySet[ArchiveRow], on: date) -> list[Filter]:
    counted = {name: f"{label} {mine.filter(watched(name, on)).count()}" for name, label in WATCH.items()}
    years = [str(one.year) for one in mine.dates("case__archived_on", "year", order="DESC")]
    terms = sorted(mine.order_by().values_list("retention", flat=True).distinct())
    rows = (
        ("year", "归档年度", {year: year for year in years}), ("term", "保管期限", {term: term for term in terms if term}),
        ("where", "保管", WHERE), ("watch", "留意", counted),
    )  # fmt: skip
    found: list[Filter] = []
    for name, label, options in rows:
        given = request.GET.get(name, "")
        choices = (Choice("", "全部"), *(Choice(value, text) for value, text in options.items()))
        found.append(Filter(name, label, choices, given if given in options else ""))
    return found


def _found(mine: QuerySet[ArchiveRow], filters: list[Filter], on: date) -> QuerySet[ArchiveRow]:
    chosen = {one.name: one.chosen for one in filters if one.chosen}
    if "year" in chosen:
        mine = mine.filter(case__archived_on__year=int(chosen["year"]))
    if "term" in chosen:
        mine = mine.filter(retention=chosen["term"])
    if "where" in chosen:
        mine = mine.filter(_KEPT[chosen["where"]])
    return mine.filter(watched(chosen["watch"], on)) if "watch" in chosen else mine


def _batches(mine: QuerySet[ArchiveRow]) -> list[dict[str, object]]:
    """The batches that propose a destruction, the last first: how many files, how many of them were destroyed."""
    named = mine.exclude(appraisal="").exclude(state=KEEP)
    counted = named.values("appraisal").annotate(count=Count("pk"), gone=Count("destroyed_on"))
    return list(counted.order_by("-appraisal"))


@files.viewer
@require_safe
def destruction(request: HttpRequest) -> HttpResponseBase:
    """销毁清册 of the batch ``?list=``, as PDF; logged as printed."""
    require(actor_of(request), "see_disposal", Subject(section=actor_of(request).section))
    name, office = request.GET.get("list", ""), read.office()
    rows = ArchiveRow.objects.filter(case__in=visible_cases(request), appraisal=name).exclude(state=KEEP)
    if not name or not rows.exists():
        raise Http404
    ordered = rows.order_by("archive_no").values_list("case__case", flat=True)
    cases = [settle(read.case_entries(case), office) for case in ordered]
    pdf = destruction_list(name, cases, bureau_name(), today())
    for case in cases:
        consulted(actor_of(request), f"case/{case.id}", f"打印销毁清册（{name}）")
    return files.send_opened(io.BytesIO(pdf), f"销毁清册 {name}.pdf", "application/pdf")


@require_safe
def case_readings(request: HttpRequest, case: str) -> HttpResponse:
    """Who read, printed or took what of a file, the newest first; older ones before the number ``?before=``."""
    view = seen(request, case)
    may_do(actor_of(request), "see_archives", view)
    before = request.GET.get("before", "")
    found = readings(case, READ_AT_ONCE + 1, int(before) if before.isdecimal() else 0)
    office = read.office()
    lines = [
        (
            e.recorded_at,
            office.name(e.actor),
            str((e.body or {}).get("what", "")),
            str((e.body or {}).get("reason", "")),
        )
        for _, e in found[:READ_AT_ONCE]
    ]
    older = found[READ_AT_ONCE - 1][0] if len(found) > READ_AT_ONCE else 0
    return page(request, "desk/readings.html", view, lines=lines, older=older)


urlpatterns = [
    path("archives/", archives, name="archives"),
    path("archives/destruction.pdf", destruction, name="destruction_list"),
    path("cases/<str:case>/archive/readings/", case_readings, name="readings"),
]
