"""The case page: where does it stand? With its tabs, at any past moment (回溯)."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from liuhen.casefile.moments import ZONE, parse
from liuhen.desk.sight import actor_of
from liuhen.desk.views.work import remember
from liuhen.measures import PROCEDURES
from liuhen.records.reveal import View, look

END_OF_DAY = time(23, 59, 59)


def asked_moment(request: HttpRequest) -> datetime | None:
    """The moment of ``?at=``: an instant, or the end of a day; None for now, also when it cannot be read."""
    try:
        moment = parse(request.GET.get("at", ""))
    except ValueError:
        return None
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, END_OF_DAY, ZONE)


def view_of(request: HttpRequest, case: str) -> View:
    """The case as the signed-in person sees it, at the moment asked for. Raises NoSuchCase, NotPermitted."""
    return look(case, actor_of(request), asked_moment(request))


def base_values(view: View) -> dict[str, Any]:
    """What every page of a case shows."""
    return {
        "here": "cases",
        "view": view,
        "case": view.case,
        "judgement": view.judgement,
        "past": view.known_at,
        "procedure": PROCEDURES[view.case.procedure].title if view.case.procedure in PROCEDURES else "",
    }


def case(request: HttpRequest, case: str) -> HttpResponse:
    """卷宗."""
    view = view_of(request, case)
    remember(request, case)
    return render(request, "desk/case.html", base_values(view))


def case_timeline(request: HttpRequest, case: str) -> HttpResponse:
    """时间线."""
    return render(request, "desk/case.html", base_values(view_of(request, case)))


def case_check(request: HttpRequest, case: str) -> HttpResponse:
    """对照检查."""
    return render(request, "desk/case.html", base_values(view_of(request, case)))


def case_people(request: HttpRequest, case: str) -> HttpResponse:
    """人员与当事人."""
    return render(request, "desk/case.html", base_values(view_of(request, case)))


urlpatterns = [
    path("cases/<str:case>/", case, name="case"),
    path("cases/<str:case>/timeline/", case_timeline, name="case_timeline"),
    path("cases/<str:case>/check/", case_check, name="case_check"),
    path("cases/<str:case>/people/", case_people, name="case_people"),
]
