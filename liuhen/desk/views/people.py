"""人员与当事人: who holds which part; a section head gives a part, hands it over, lets somebody leave it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods

from liuhen.acts import cases
from liuhen.acts.cases import PARTS as PART_CODES
from liuhen.acts.cases import SINGLE
from liuhen.acts.situation import Invalid
from liuhen.casefile.state import CaseFile
from liuhen.casefile.values import Problem
from liuhen.desk import words
from liuhen.desk.forms import UNPROCESSABLE, FormErrors
from liuhen.desk.shown import people
from liuhen.desk.shown.sentences import PARTS
from liuhen.desk.sight import actor_of, allowed
from liuhen.desk.views.case import case_values, view_of
from liuhen.records.reveal import View

# The parts that every case wants, in the order in which they are given.
WANTED = ("lead_officer", "assist_officer")


@require_http_methods(["GET", "POST"])
def case_people(request: HttpRequest, case: str) -> HttpResponse:
    """The page; a section head assigns people here (POST ``part``, ``person``, ``reason``) or lets them leave
    (``act`` = ``leave``). Whoever takes a part from somebody else is asked for first (``replace`` = who holds it)."""
    view = view_of(request, case)
    if request.method == "GET":
        return _page(request, view)
    leaves = request.POST.get("act") == "leave"
    holder = "" if leaves else _held_by(request, view)
    if holder:
        return _page(request, view, replaced=holder, status=UNPROCESSABLE)
    try:
        told = _relieved(request, view) if leaves else _assigned(request, view)
    except Invalid as error:
        return _page(
            request, view, FormErrors.of(error, "没有登记" if leaves else "没有指派"), status=UNPROCESSABLE
        )
    messages.success(request, told)
    return redirect("case_people", case)


def _held_by(request: HttpRequest, view: View) -> str:
    """Who would lose the part unasked; empty when nobody does, or it was said so."""
    given = request.POST
    part, person = given.get("part", ""), given.get("person", "")
    if part not in SINGLE or not person or not allowed(actor_of(request), "assign", view):
        return ""
    others = [p for p in view.case.holders(part) if p != person]
    return others[0] if others and given.get("replace") != others[0] else ""


def _assigned(request: HttpRequest, view: View) -> str:
    """Give the part; returns what to tell. Raises Invalid, NotPermitted, Stopped."""
    given, office = request.POST, view.case.office
    part, person = given.get("part", ""), given.get("person", "")
    if not person and allowed(actor_of(request), "assign", view):
        raise Invalid([Problem("person", "人员", "选择人员", True)])
    receipts = cases.assign(
        view.case.id, actor_of(request), {person: part}, reason=given.get("reason", "").strip()
    )
    name, title = words.name(office, person), PARTS.get(part, part)
    return f"已指派{name}担任{title}" if receipts else f"{name}已经是{title}"


def _relieved(request: HttpRequest, view: View) -> str:
    """Let somebody leave a part; returns what to tell. Raises Invalid, NotPermitted."""
    given = request.POST
    part, person = given.get("part", ""), given.get("person", "")
    cases.relieve(view.case.id, actor_of(request), person, part, reason=given.get("reason", "").strip())
    return f"{words.name(view.case.office, person)}不再担任{PARTS.get(part, part)}"


def _open_part(case: CaseFile) -> str:
    """The part to be given next; empty when all that every case wants are held."""
    return next((part for part in WANTED if not case.holders(part)), "")


def _page(
    request: HttpRequest, view: View, errors: FormErrors | None = None, replaced: str = "", status: int = 200
) -> HttpResponse:
    part = request.POST.get("part") or _open_part(view.case)
    values = {
        **case_values(request, view, "case_people"),
        "errors": errors,
        "holders": people.holders(view),
        "changes": people.changes(view.case),
        "party": people.party(view.case),
        "may_assign": allowed(actor_of(request), "assign", view),
        "part": part,
        "part_title": PARTS.get(part, part),
        "part_choices": [(code, PARTS.get(code, code)) for code in PART_CODES],
        "candidates": people.candidates(view.case.office, view, part),
        "replaced": replaced,
        "replaced_name": words.name(view.case.office, replaced) if replaced else "",
        "chosen_name": words.name(view.case.office, request.POST.get("person", "")) if replaced else "",
        "given": request.POST,
    }
    return render(request, "desk/case_people.html", values, status=status)


urlpatterns = [path("cases/<str:case>/people/", case_people, name="case_people")]
