"""物品: the tab of a case that follows each thing from taking to disposal; printed as a list."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from liuhen.desk.shown import things
from liuhen.desk.views.case import case_values, view_of


def case_items(request: HttpRequest, case: str) -> HttpResponse:
    """Every thing on the lists of the case, with its way."""
    view = view_of(request, case)
    found = things.lines(view)
    values = {
        **case_values(request, view, "case_items"),
        "lines": found,
        "held": sum(1 for line in found if line.held),
        "open": sum(1 for line in found if line.open),
    }
    return render(request, "desk/case_items.html", values)


urlpatterns = [path("cases/<str:case>/items/", case_items, name="case_items")]
