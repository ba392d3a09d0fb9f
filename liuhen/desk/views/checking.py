"""对照检查 and 案卷评查 of a case: the page, and the same as a PDF that is made for the reader and kept nowhere (R3.1)."""

from __future__ import annotations

import io

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from liuhen.acts.finishing import bureau_name
from liuhen.casefile.moments import day
from liuhen.compliance.checking import lines
from liuhen.desk import files
from liuhen.desk.shown import checks
from liuhen.desk.sight import actor_of
from liuhen.desk.views.case import case_values, view_of
from liuhen.papers.report import check_report, points
from liuhen.records import clock
from liuhen.records.reveal import consulted


@require_safe
def case_check(request: HttpRequest, case: str) -> HttpResponse:
    """对照检查: all, or the requirements with one outcome (``?show=``)."""
    view = view_of(request, case)
    groups = checks.checked(view)
    counted = checks.counts(groups)
    chosen = request.GET.get("show", "")
    chosen = chosen if chosen in counted else ""
    score = checks.scored(view)
    values = {
        **case_values(request, view, "case_check"),
        "chips": [
            (code, f"{label} {counted[code]}") for code, label in checks.CHIPS if counted[code] or not code
        ],
        "chosen": chosen,
        "cards": [c for c in checks.cards(view, actor_of(request)) if chosen in ("", c.finding.severity)],
        "groups": checks.only(groups, chosen),
        "score": score,
        "points": points(score.score) if score and score.score is not None else "",
        "got": points(score.got) if score else "",
        "sheet": checks.sheet_rows(score) if score else [],
    }
    return render(request, "desk/case_check.html", values)


@files.viewer
@require_safe
def check_pdf(request: HttpRequest, case: str) -> HttpResponseBase:
    """The report as PDF, logged as read."""
    view = view_of(request, case)
    actor = actor_of(request)
    pdf = check_report(
        view.case,
        lines(view.case, view.judgement),
        checks.scored(view),
        bureau=bureau_name(view.case.office, day(view.now)),
        as_of=view.now,
        made_at=clock.now(),
        reader=actor.name,
    )
    consulted(actor, f"case/{case}", "生成对照检查报告")
    name = f"{view.case.case_no} 对照检查.pdf"
    response = FileResponse(io.BytesIO(pdf), filename=name, content_type="application/pdf")
    response["Cache-Control"] = "private, no-store"
    return response


urlpatterns = [
    path("cases/<str:case>/check/", case_check, name="case_check"),
    path("cases/<str:case>/check.pdf", check_pdf, name="check_pdf"),
]
