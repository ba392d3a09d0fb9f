"""What all pages share on which something is done: the case around them, forms given back, where to go next."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from liuhen.casefile.moments import ZONE, day, parse
from liuhen.casefile.state import Document
from liuhen.casefile.values import Problem
from liuhen.desk import links
from liuhen.desk.fields import Offers, offers_of
from liuhen.desk.forms import UNPROCESSABLE, FormErrors
from liuhen.desk.sight import actor_of
from liuhen.measures.vocabulary import Field
from liuhen.office.policy import Actor, Subject, require
from liuhen.records import clock, read
from liuhen.records.read import NoSuchCase
from liuhen.records.reveal import View, look


def seen(request: HttpRequest, case: str) -> View:
    """The case as the signed-in person sees it now. Raises NoSuchCase, NotPermitted."""
    return look(case, actor_of(request))


def may_do(actor: Actor, act: str, view: View) -> None:
    """Raise NotPermitted unless policy lets the actor do the act in this case: said before the form is filled in."""
    case = view.case
    require(actor, act, Subject(case.section, case.officers, {a.person for a in case.assignments if a.taken}))


def document_in(view: View, document: str) -> Document:
    """A document of the case that is not sealed away. Raises NoSuchCase."""
    found = view.case.documents.get(document)
    if found is None or found.voided:
        raise NoSuchCase("案卷里没有这份文书")
    return found


def offers_for(view: View) -> Offers:
    """What forms of this case may choose from."""
    return offers_of(view.case, read.office(), day(clock.now()))


def page(
    request: HttpRequest, template: str, view: View, errors: FormErrors | None = None, **values: Any
) -> HttpResponse:
    """A page of a case; with errors it is the same form again, and the status says so."""
    status = UNPROCESSABLE if errors else 200
    whole = {
        "here": "cases",
        "view": view,
        "case": view.case,
        "case_id": view.case.id,
        "errors": errors,
        **values,
    }
    return render(request, template, whole, status=status)


def next_of(request: HttpRequest, default: str) -> str:
    """Where to go after this page: the address of this site in ``next``, else ``default``."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else default


def onward(view: View, actor: Actor, document: str) -> str:
    """Where the next step of a document is done when it is this person's; else the case."""
    for step in view.judgement.steps:
        if step.subject != document or step.locked or not _theirs(step.role, step.people, actor, view):
            continue
        href = links.act_path(view.case.id, step.does, document)
        if href:
            return href
    return links.path("case", view.case.id)


def _theirs(role: str, people: tuple[str, ...], actor: Actor, view: View) -> bool:
    if people:
        return actor.person in people
    if role == "officer":
        return actor.person in view.case.officers
    return role in actor.roles and (role != "section_head" or actor.section == view.case.section)


def local_moment(text: str, label: str, name: str) -> tuple[Any, list[Problem]]:
    """A wall time or a day that was typed, and what is wrong with it; None for nothing typed."""
    if not text.strip():
        return None, []
    try:
        return parse(text.strip().replace(" ", "T")), []
    except ValueError:
        return None, [Problem(name, label, f"“{label}”应为日期和时间，如 2026-03-05 09:30", False)]


def now_local() -> str:
    """The present minute as a form holds it."""
    return f"{clock.now().astimezone(ZONE):%Y-%m-%dT%H:%M}"


def plain(name: str, label: str, type_: Any = "text", **more: Any) -> Field:
    """A field of a page that no declaration has."""
    return Field(name=name, label=label, type=type_, **more)
