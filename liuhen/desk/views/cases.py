"""案件: where is the case? And 新建: register a source in under a minute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import F, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from liuhen.acts import clues
from liuhen.acts.cases import handling_sections, open_case
from liuhen.acts.documents import new_draft
from liuhen.acts.situation import Invalid
from liuhen.desk import words
from liuhen.desk.forms import UNPROCESSABLE, FormErrors
from liuhen.desk.sight import actor_of, as_text, names, only_window, visible_cases
from liuhen.measures import PROCEDURES
from liuhen.measures.counting import Due
from liuhen.measures.vocabulary import STAGES
from liuhen.office.policy import Actor, NotPermitted, Subject, may, require
from liuhen.records import clock, read
from liuhen.records.models import CaseRow, TaskRow
from liuhen.records.project import refresh

A_PAGE = 25
SOON = timedelta(days=words.SOON)
STATES = {"open": "在办", "closed": "已办结", "archived": "已归档", "all": "全部"}
WATCH = {"soon": "临期", "late": "逾期", "issues": "有问题"}


# A procedure whose case is opened by the page on which all of it is done.
ON_ONE_PAGE = "penalty_summary"


@dataclass(frozen=True)
class Choice:
    """One chip of a filter."""

    value: str
    label: str


@dataclass(frozen=True)
class Filter:
    """A row of chips for one parameter of the address."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    chosen: str


def _filters(request: HttpRequest) -> list[Filter]:
    seen = visible_cases(request)
    sections = sorted(seen.order_by().values_list("section", flat=True).distinct())
    procedures = sorted(seen.order_by().values_list("procedure", flat=True).distinct())
    # A search looks everywhere; only a list that nobody asked anything of begins with what is open.
    state = "all" if request.GET.get("q") else "open"
    rows = (
        ("section", "科室", [(s, s) for s in sections] if len(sections) > 1 else [], ""),
        ("procedure", "程序", [(p, _procedure(p)) for p in procedures] if len(procedures) > 1 else [], ""),
        ("stage", "阶段", [(s, s) for s in STAGES], ""),
        ("state", "状态", list(STATES.items()), state),
        ("watch", "留意", list(WATCH.items()), ""),
    )
    found: list[Filter] = []
    for name, label, choices, default in rows:
        whole = [] if default else [("", "全部")]
        given = request.GET.get(name, default)
        chosen = given if given in dict(choices) else default
        options = tuple(Choice(value, text) for value, text in [*whole, *choices])
        if choices:
            found.append(Filter(name, label, options, chosen))
    return found


def _procedure(code: str, *, short: bool = False) -> str:
    found = PROCEDURES.get(code)
    if found is None:
        return code
    return found.name if short else found.title


def _searched(rows: QuerySet[CaseRow], words_: str) -> QuerySet[CaseRow]:
    for word in words_.split():
        rows = rows.filter(
            Q(case_no__icontains=word)
            | Q(party__icontains=word)
            | Q(title__icontains=word)
            | Q(numbers__icontains=word)
        )
    return rows


def _state(rows: QuerySet[CaseRow], state: str) -> QuerySet[CaseRow]:
    if state == "open":
        return rows.filter(archived_on=None, closed_on=None)
    if state == "closed":
        return rows.filter(archived_on=None).exclude(closed_on=None)
    return rows.exclude(archived_on=None) if state == "archived" else rows


def _watched(rows: QuerySet[CaseRow], watch: str) -> QuerySet[CaseRow]:
    today = words.today()
    if watch == "late":
        return rows.filter(due_on__lt=today)
    if watch == "soon":
        return rows.filter(due_on__gte=today, due_on__lte=today + SOON)
    return rows.filter(Q(stops__gt=0) | Q(flags__gt=0)) if watch == "issues" else rows


def _found(request: HttpRequest, filters: list[Filter]) -> QuerySet[CaseRow]:
    chosen = {f.name: f.chosen for f in filters}
    rows = _searched(visible_cases(request), request.GET.get("q", "").strip())
    for column in ("section", "procedure", "stage"):
        if chosen.get(column):
            rows = rows.filter(**{column: chosen[column]})
    rows = _watched(_state(rows, chosen["state"]), chosen.get("watch", ""))
    if request.GET.get("mine"):
        rows = rows.alias(officers_text=as_text("officers")).filter(
            names("officers_text", actor_of(request).person)
        )
    steps = Prefetch("tasks", TaskRow.objects.filter(optional=False).order_by("order"), "steps")
    return rows.order_by(
        F("due_on").asc(nulls_last=True), F("due_at").asc(nulls_last=True), "case_no"
    ).prefetch_related(steps)


@dataclass(frozen=True)
class Line:
    """One row of the list."""

    row: CaseRow
    due: Due | None
    about: str
    procedure: str
    step: str
    officers: str


def _lines(page: Page[CaseRow]) -> list[Line]:
    office = read.office()
    return [
        Line(
            row,
            words.due_of(row),
            row.title.removeprefix(row.party).removesuffix("案") if row.party else "",
            _procedure(row.procedure, short=True),
            row.steps[0].title if row.steps else "",  # type: ignore[attr-defined]
            "、".join(office.name(p) for p in row.officers[:1]),
        )
        for row in page.object_list
    ]


def cases(request: HttpRequest) -> HttpResponse:
    """The list, with one search box and chips."""
    refresh()
    filters = _filters(request)
    page = Paginator(_found(request, filters), A_PAGE).get_page(request.GET.get("page"))
    seen = visible_cases(request).filter(archived_on=None, closed_on=None)
    actor = actor_of(request)
    values: dict[str, Any] = {
        "here": "cases",
        "q": request.GET.get("q", "").strip(),
        "mine": bool(request.GET.get("mine")),
        "filters": filters,
        "page": page,
        "lines": _lines(page),
        "pages": list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)),
        "open": seen.count(),
        "ours": seen.filter(section=actor.section).count(),
        "may_open": may(actor, "register_source", Subject(section=actor.section)),
        "only_window": only_window(actor),
        "filtered": any(
            name in request.GET for name in ("q", "section", "procedure", "stage", "watch", "mine", "state")
        ),
    }
    return render(request, "desk/cases.html", values)


@require_http_methods(["GET", "POST"])
def new_case(request: HttpRequest) -> HttpResponse:
    """Open a case in the first minute and go straight to the registration of its source."""
    actor = actor_of(request)
    require(actor, "register_source", Subject(section=actor.section))
    if request.method == "GET":
        return _new_form(request)
    given = request.POST
    if given.get("procedure") == ON_ONE_PAGE:
        return redirect(f"{reverse('summary_new')}?{urlencode({'title': given.get('title', '')})}")
    try:
        case = _opened(
            actor, given.get("from", ""), {n: given.get(n, "") for n in ("title", "procedure", "section")}
        )
    except Invalid as error:
        return _new_form(request, FormErrors.of(error, "还不能登记"), UNPROCESSABLE)
    messages.success(request, "案件已经建立，案号已经取得")
    kind = first_paper(given["procedure"])
    known = clues.begins_with(actor, given["from"], kind) if given.get("from") else {}
    try:
        return redirect("document", new_draft(case, actor, kind, known).document)
    except NotPermitted:
        # At the window a source is registered for those who then write its papers.
        return redirect("case", case)


def _opened(actor: Actor, origin: str, said: Mapping[str, str]) -> str:
    """The new case, alone or out of another. Raises Invalid, NotPermitted."""
    return clues.take_up(actor, origin, **said) if origin else open_case(actor, **said)


def first_paper(procedure: str) -> str:
    """The kind of document that a procedure begins with."""
    steps = PROCEDURES[procedure].steps
    return next(step.does.partition(":")[2] for step in steps if step.does.startswith("file:"))


def _offered(actor: Actor, sections: list[str]) -> list[tuple[str, str, str]]:
    """The procedures that somebody can carry on when this person begins them: code, what happened, title. At the window
    those that are handed to a section, elsewhere those of the own section."""
    window = "window_clerk" in actor.roles and bool(sections)
    found = [code for code, p in PROCEDURES.items() if (p.window and window) or actor.section in sections]
    return [(code, PROCEDURES[code].when, PROCEDURES[code].title) for code in found]


def _new_form(request: HttpRequest, errors: FormErrors | None = None, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    sections = handling_sections(read.office(), clock.now())
    procedures = _offered(actor, sections)
    window = "window_clerk" in actor.roles
    asked = request.POST.get("from", "") or request.GET.get("from", "")
    origin = visible_cases(request).filter(case=asked).first()
    usual = "penalty_ordinary" if origin is not None and origin.procedure == "inspection" else ""
    usual = procedures[0][0] if len(procedures) == 1 else usual
    values = {
        "here": "cases",
        "errors": errors,
        "origin": origin,
        "sections": sections if window else [],
        "own": actor.section in sections,
        "only_window": only_window(actor),
        "on_the_spot": any(code == ON_ONE_PAGE for code, _, _ in procedures),
        "section": request.POST.get("section", ""),
        "title": request.POST.get("title", ""),
        "procedures": procedures,
        "procedure": request.POST.get("procedure") or usual,
    }
    return render(request, "desk/new.html", values, status=status)


urlpatterns = [
    path("cases/", cases, name="cases"),
    path("new/", new_case, name="new_case"),
]
