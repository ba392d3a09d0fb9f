"""The case page: where does it stand? With its tabs, at any past moment (回溯)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from liuhen.acts import cases
from liuhen.acts.cases import PARTS as PART_CODES
from liuhen.acts.situation import Invalid
from liuhen.casefile.moments import ZONE, Moment, parse
from liuhen.casefile.state import CaseFile
from liuhen.compliance.answers import Judgement
from liuhen.compliance.events import occurrences
from liuhen.compliance.things import listed
from liuhen.desk import links, words
from liuhen.desk.forms import UNPROCESSABLE, FormErrors
from liuhen.desk.shown import checks, file, head, people, recordings, steps, timeline
from liuhen.desk.shown.sentences import PARTS
from liuhen.desk.sight import actor_of, allowed, visible_cases
from liuhen.desk.views.work import remember
from liuhen.measures import PROCEDURES
from liuhen.measures.lists import ITEM_LISTS
from liuhen.measures.procedures import offered, stated
from liuhen.measures.vocabulary import STAGES, Document
from liuhen.office.policy import Actor, NotPermitted, Subject, may
from liuhen.records.read import NoSuchCase
from liuhen.records.reveal import View, look

END_OF_DAY = time(23, 59, 59)
LATEST = 5
CARDS = 3
TABS = (
    ("case", "卷宗"),
    ("case_items", "物品"),
    ("case_recordings", "音像"),
    ("case_timeline", "时间线"),
    ("case_check", "对照检查"),
    ("case_people", "人员与当事人"),
)


@dataclass(frozen=True)
class Tab:
    """One tab of the case page."""

    label: str
    href: str
    current: bool


def asked_moment(request: HttpRequest) -> datetime | None:
    """The moment of ``?at=``: an instant, or the end of a day; None for now, also when it cannot be read."""
    try:
        moment = parse(request.GET.get("at", ""))
    except ValueError:
        return None
    return moment if isinstance(moment, datetime) else datetime.combine(moment, END_OF_DAY, ZONE)


def view_of(request: HttpRequest, case: str) -> View:
    """The case as the signed-in person sees it, at the moment asked for. Raises NoSuchCase, NotPermitted."""
    view = look(case, actor_of(request), asked_moment(request))
    if not view.entries:
        raise NoSuchCase("那时还没有这个案件")
    return view


def case_values(request: HttpRequest, view: View, tab: str) -> dict[str, Any]:
    """What every page of a case shows."""
    case = view.case
    procedure = PROCEDURES.get(case.procedure)
    return {
        "here": "cases",
        "view": view,
        "case": case,
        "judgement": view.judgement,
        "past": view.known_at,
        "procedure": procedure.title if procedure else "",
        "officers": "、".join(words.name(case.office, p) for p in case.officers),
        "tabs": _tabs(view, tab),
        "may_draft": allowed(actor_of(request), "draft", view),
        "may_deposit": allowed(actor_of(request), "deposit", view),
        "may_backfill": allowed(actor_of(request), "backfill", view),
        "more": _more(actor_of(request), view),
        "origin": view.case.origin.get("case_no", ""),
        "origin_seen": visible_cases(request).filter(case=view.case.origin.get("case", "")).exists(),
    }


def _tabs(view: View, current: str) -> list[Tab]:
    case = view.case
    counted = {
        "case": sum(1 for d in case.documents.values() if not d.voided),
        "case_items": len(
            {str(row.get("item_id", row["name"])) for d in case.of(*ITEM_LISTS) for row in listed(d)}
        ),
        "case_recordings": sum(1 for r in case.recordings.values() if r.recorded and not r.voided),
        "case_check": len(view.judgement.violated()),
    }
    return [
        Tab(
            label + (f" {counted[name]}" if counted.get(name) else ""),
            links.path(name, case.id),
            name == current,
        )
        for name, label in TABS
    ]


def _more(actor: Actor, view: View) -> list[tuple[str, str]]:
    """The acts that are no next step but may be wanted at any time."""
    offers = (
        ("draft", "add", "起草其他文书、登记事实"),
        ("deposit", "upload", "存入音像或者材料"),
        ("deposit", "scan", "上传签名扫描件"),
        ("backfill", "backfill", "补录纸上已有的"),
        ("assign", "case_people", "指派人员"),
        ("archive", "archive", "归档"),
    )
    found = [
        (links.path(name, view.case.id), label) for act, name, label in offers if allowed(actor, act, view)
    ]
    if not view.past and may(actor, "register_source", Subject(section=actor.section)):
        found.append((f"{links.path('new_case')}?from={view.case.id}", "由本案另立案件"))
    return [(href, label) for href, label in found if href]


def beginnings(case: CaseFile) -> list[tuple[str, Moment]]:
    """When the case was docketed or the application accepted: label and moment."""
    found = [
        (label, occurrences(case, event)) for event, label in (("docketed", "立案"), ("accepted", "受理"))
    ]
    return [(label, happened[0].at) for label, happened in found if happened]


def case(request: HttpRequest, case: str) -> HttpResponse:
    """卷宗, with the stages, what is next, the clocks, the findings, the last entries."""
    view = view_of(request, case)
    if not view.past:
        remember(request, case)
    drafts = steps.drafts_of(case) if allowed(actor_of(request), "draft", view) else []
    cards = checks.cards(view, actor_of(request))
    values = {
        **case_values(request, view, "case"),
        "beginnings": beginnings(view.case),
        "stages": head.stages(view),
        "clocks": head.clocks(view),
        "todos": steps.todos(view, view.eyes, drafts),
        "parts": file.parts(view, drafts),
        "materials": file.materials(view.case),
        "cards": cards[:CARDS],
        "cards_more": len(cards) - CARDS,
        "latest": timeline.latest(view, LATEST),
        "settled": _settled(view.judgement),
    }
    return render(request, "desk/case.html", values)


def _settled(judgement: Judgement) -> bool:
    return judgement.state == "已归档"


def case_recordings(request: HttpRequest, case: str) -> HttpResponse:
    """音像."""
    view = view_of(request, case)
    values = {
        **case_values(request, view, "case_recordings"),
        "strips": recordings.strips(view),
        "films": recordings.films(view),
        "duties": recordings.duties(view.case),
        "materials": file.materials(view.case),
    }
    return render(request, "desk/case_recordings.html", values)


def case_timeline(request: HttpRequest, case: str) -> HttpResponse:
    """时间线: every entry, by when it happened or by when it was recorded; from here any past moment is looked at."""
    view = view_of(request, case)
    lines = timeline.lines(view)
    by_record = request.GET.get("order") == "recorded"
    if by_record:
        lines.sort(key=lambda line: line.position)
    values = {
        **case_values(request, view, "case_timeline"),
        "lines": lines,
        "by_record": by_record,
        "may_correct": allowed(actor_of(request), "correct", view),
        "may_confirm": allowed(actor_of(request), "confirm", view),
        "first_day": words.iso(view.entries[0].recorded_at),
        "today": words.iso(words.today()),
    }
    return render(request, "desk/case_timeline.html", values)


@require_http_methods(["GET", "POST"])
def case_people(request: HttpRequest, case: str) -> HttpResponse:
    """人员与当事人; a section head assigns people here (POST ``part``, ``person``, ``reason``) or lets them leave
    (``act`` = ``leave``)."""
    if request.method == "GET":
        return _people(request, case)
    actor, part, person = actor_of(request), request.POST.get("part", ""), request.POST.get("person", "")
    view = view_of(request, case)
    try:
        reason = request.POST.get("reason", "").strip()
        if request.POST.get("act") == "leave":
            cases.relieve(case, actor, person, part, reason=reason)
            messages.success(
                request, f"{words.name(view.case.office, person)}不再担任{PARTS.get(part, part)}"
            )
            return redirect("case_people", case)
        receipts = cases.assign(case, actor, {person: part}, reason=reason)
    except Invalid as error:
        title = "没有登记" if request.POST.get("act") == "leave" else "没有指派"
        return _people(request, case, FormErrors.of(error, title), UNPROCESSABLE)
    name = words.name(view.case.office, person)
    told = f"已指派{name}担任{PARTS.get(part, part)}" if receipts else f"{name}已经是{PARTS.get(part, part)}"
    messages.success(request, told)
    return redirect("case_people", case)


def _people(
    request: HttpRequest, case: str, errors: FormErrors | None = None, status: int = 200
) -> HttpResponse:
    view = view_of(request, case)
    values = {
        **case_values(request, view, "case_people"),
        "errors": errors,
        "holders": people.holders(view),
        "changes": people.changes(view.case),
        "party": people.party(view.case),
        "may_assign": allowed(actor_of(request), "assign", view),
        "part_choices": [(code, PARTS.get(code, code)) for code in PART_CODES],
        "candidates": people.candidates(view.case.office, view, request.POST.get("part", "lead_officer")),
        "given": request.POST,
    }
    return render(request, "desk/case_people.html", values, status=status)


def add(request: HttpRequest, case: str) -> HttpResponse:
    """Every document of the case's procedure that this person may draft and every fact that may be stated, by stage: for
    what is no next step."""
    view = view_of(request, case)
    actor = actor_of(request)
    if not allowed(actor, "draft", view):
        raise NotPermitted(f"{actor.name}不是本案承办人，不能起草文书")
    values = {
        **case_values(request, view, ""),
        "stages": [(stage, _drafted(view.case, actor, stage)) for stage in STAGES],
        "facts": [
            (links.path("state", case, f.code), f)
            for f in stated(view.case.procedure)
            if set(f.stated_by) & actor.roles and f.code != "returned_to_unit"
        ],
        "back": reverse("case", args=[case]),
    }
    return render(request, "desk/add.html", values)


def _drafted(case: CaseFile, actor: Actor, stage: str) -> list[tuple[str, Document]]:
    """The papers of a stage that this person makes in a case of this procedure, and where."""
    return [
        (links.path("new_document", case.id, d.code), d)
        for d in offered(case.procedure)
        if d.stage == stage and set(d.authors) & actor.roles
    ]


urlpatterns = [
    path("cases/<str:case>/", case, name="case"),
    path("cases/<str:case>/recordings/", case_recordings, name="case_recordings"),
    path("cases/<str:case>/timeline/", case_timeline, name="case_timeline"),
    path("cases/<str:case>/people/", case_people, name="case_people"),
    path("cases/<str:case>/add/", add, name="add"),
]
