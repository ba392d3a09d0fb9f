"""权限: who may do what, as the program holds it (R5, R33; domain §5)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from liuhen.desk.sight import actor_of
from liuhen.measures.vocabulary import ROLE_NAMES
from liuhen.office.policy import ACTS, LABELS, Subject, reach, require


@require_safe
def permissions(request: HttpRequest) -> HttpResponse:
    """The table of acts and roles, with the reader's own posts marked."""
    actor = actor_of(request)
    require(actor, "see_office", Subject())
    rows = [(LABELS[act], [(role, reach(act, role)) for role in ROLE_NAMES]) for act in ACTS]
    values = {"here": "measures", "roles": ROLE_NAMES.items(), "rows": rows, "own": actor.roles}
    return render(request, "desk/permissions.html", values)


urlpatterns = [path("permissions/", permissions, name="permissions")]
