"""案卷评查 and 年度清单: files drawn by a recorded seed and scored; last year's list confirmed, sent, downloaded (R32.1; domain §8.4)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from liuhen.acts import supervising
from liuhen.acts.situation import Invalid
from liuhen.casefile.settle import settle
from liuhen.casefile.supervision import Sample, Supervision
from liuhen.compliance.judge import context, judge
from liuhen.compliance.scoring import score
from liuhen.desk.forms import UNPROCESSABLE, FormErrors
from liuhen.desk.frame import bureau_name
from liuhen.desk.sight import actor_of
from liuhen.desk.views.supervising import may_see, sheet
from liuhen.desk.words import today
from liuhen.measures import PROCEDURES
from liuhen.office.policy import NotPermitted, Subject, may, require
from liuhen.papers.report import points
from liuhen.records import clock, read
from liuhen.records.models import CaseRow
from liuhen.records.reveal import consulted
from liuhen.supervision import annual


@require_http_methods(["GET", "POST"])
def samples(request: HttpRequest) -> HttpResponse:
    """The samples drawn so far, and drawing another."""
    may_see(request)
    if request.method == "GET":
        return _samples(request)
    given = request.POST
    require(actor_of(request), "supervise", Subject())
    frame = {name: value for name in ("from", "to", "section", "procedure") if (value := given.get(name, ""))}
    try:
        count = int(given["count"]) if given.get("count", "").isdigit() else 0
        supervising.sample(
            actor_of(request), given.get("title", ""), given.get("seed", ""), frame, _population(frame), count
        )
    except Invalid as error:
        return _samples(request, FormErrors.of(error, "还没有抽取"))
    messages.success(request, "已经抽取，抽样范围、种子和结果都记入，任何人可以照样重抽核对")
    return redirect("samples")


def _population(frame: dict[str, str]) -> dict[str, str]:
    """The closed cases of a frame: number → id."""
    found = CaseRow.objects.exclude(closed_on=None)
    for name, column in (("from", "closed_on__gte"), ("to", "closed_on__lte")):
        try:
            found = found.filter(**{column: date.fromisoformat(frame[name])}) if name in frame else found
        except ValueError:
            continue
    for name in ("section", "procedure"):
        found = found.filter(**{name: frame[name]}) if name in frame else found
    return dict(found.values_list("case_no", "case"))


def _samples(request: HttpRequest, errors: FormErrors | None = None) -> HttpResponse:
    found = supervising.supervision()
    sections = sorted(CaseRow.objects.order_by().values_list("section", flat=True).distinct())
    shown = {
        "here": "supervise", "tab": "samples", "errors": errors, "post": request.POST,
        "samples": list(reversed(found.samples.values())), "sections": sections,
        "procedures": [(code, one.title) for code, one in PROCEDURES.items()],
        "may_draw": may(actor_of(request), "supervise", Subject()), "closed": len(_population({})),
    }  # fmt: skip
    return render(request, "desk/samples.html", shown, status=UNPROCESSABLE if errors else 200)


@require_http_methods(["GET", "POST"])
def sample(request: HttpRequest, entry: str) -> HttpResponse:
    """One sample: its files with the score the rules give, and the result of each."""
    may_see(request)
    found = supervising.supervision().samples.get(entry)
    if found is None:
        raise NotPermitted("没有这次抽样")
    if request.method == "GET":
        return _sample(request, found)
    given = request.POST
    require(actor_of(request), "supervise", Subject())
    try:
        supervising.review(
            actor_of(request), entry, given.get("case", ""), given.get("points", ""), given.get("text", ""),
            deductions=_deductions(given.get("deductions", "")), veto=given.get("veto", ""),
        )  # fmt: skip
    except Invalid as error:
        return _sample(request, found, FormErrors.of(error, "还没有记入"))
    messages.success(request, "评查结果已经记入")
    return redirect("sample", entry)


def _deductions(text: str) -> list[dict[str, str]]:
    """One a line: item, points, reason, apart by spaces."""
    rows = [line.split(None, 2) for line in text.splitlines() if line.strip()]
    return [dict(zip(("item", "points", "reason"), [*row, "", ""], strict=False)) for row in rows]


def _sample(request: HttpRequest, found: Sample, errors: FormErrors | None = None) -> HttpResponse:
    shown = {
        "here": "supervise", "tab": "samples", "sample": found, "errors": errors, "post": request.POST,
        "rows": [_scored(case, found) for case in found.cases], "may_review": may(actor_of(request), "supervise", Subject()),
    }  # fmt: skip
    return render(request, "desk/sample.html", shown, status=UNPROCESSABLE if errors else 200)


def _scored(case: str, found: Sample) -> dict[str, Any]:
    row, now, office = CaseRow.objects.filter(case=case).first(), clock.now(), read.office()
    if row is None:
        return {"row": None, "review": found.reviews.get(case)}
    whole = settle(read.case_entries(case), office)
    told = score(whole, judge(whole, ctx := context(now, office)), ctx)
    suggested = points(told.score) if told and told.score is not None else ""
    return {
        "row": row,
        "score": suggested,
        "grade": told.grade if told else "",
        "review": found.reviews.get(case),
    }


@require_safe
def annual_lists(request: HttpRequest) -> HttpResponse:
    """Which sections have reported last year's list: 政策法规科 sees all, a head the own."""
    actor = actor_of(request)
    if not may(actor, "report_list", Subject()):
        may_see(request)
    all_of_them = may(actor, "see_supervision", Subject())
    given = request.GET.get("year", "")
    year = int(given) if given.isdigit() and len(given) == 4 else today().year - 1
    found = supervising.supervision()
    sections = sorted(CaseRow.objects.order_by().values_list("section", flat=True).distinct())
    mine = [s for s in sections if all_of_them or s == actor.section]
    shown = {
        "here": "supervise" if all_of_them else "work", "tab": "lists", "tabs": all_of_them, "year": year, "due": annual.due(year),
        "rows": [_list(found, year, section, actor.section) for section in mine],
        "years": range(today().year - 1, today().year - 6, -1), "may_report": may(actor, "report_list", Subject()),
    }  # fmt: skip
    return render(request, "desk/annual_lists.html", shown)


def _list(found: Supervision, year: int, section: str, own: str) -> dict[str, Any]:
    sent = found.reported(year, section)
    now = annual.recorded(annual.cases(year, section))
    changed = sent is not None and [list(row) for row in sent.cases] != now
    late = sent.late if sent else today() > annual.due(year)
    return {
        "section": section,
        "count": len(now),
        "sent": sent,
        "late": late,
        "changed": changed,
        "own": section == own,
    }


@require_http_methods(["GET", "POST"])
def annual_list(request: HttpRequest, year: int, section: str) -> HttpResponse:
    """GET: a section's list as XLSX. POST: its head confirms and sends it."""
    actor = actor_of(request)
    own = actor.section == section and may(actor, "report_list", Subject())
    if not own:
        may_see(request)
    file = annual.file(year, section, bureau_name())
    if request.method == "GET":
        consulted(actor, f"list/{year}", f"导出{section}{year}年度清单")
        return sheet(file, f"cases-{year}")
    require(actor, "report_list", Subject())
    try:
        supervising.report_list(actor, year, section, annual.recorded(annual.cases(year, section)), file)
    except Invalid as error:
        messages.error(request, str(error))
        return redirect("annual_lists")
    messages.success(request, f"{year}年度清单已经报送政策法规科")
    return redirect("annual_lists")


urlpatterns = [
    path("supervision/samples/", samples, name="samples"),
    path("supervision/samples/<str:entry>/", sample, name="sample"),
    path("supervision/lists/", annual_lists, name="annual_lists"),
    path("supervision/lists/<int:year>/<str:section>/", annual_list, name="annual_list"),
]
