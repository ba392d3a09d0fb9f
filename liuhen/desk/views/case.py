"""The case page: where does it stand? With its tabs, at any past moment (回溯)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from liuhen.casefile.moments import ZONE, Moment, parse
from liuhen.casefile.state import CaseFile
from liuhen.compliance.answers import Judgement
from liuhen.compliance.events import occurrences
from liuhen.compliance.things import listed
from liuhen.desk import links, words
from liuhen.desk.errors import NotYet
from liuhen.desk.shown import checks, file, head, recordings, steps, timeline
from liuhen.desk.sight import actor_of, allowed, visible_cases
from liuhen.desk.views.work import remember
from liuhen.measures.facts import RECORDING_MOMENT
from liuhen.measures.lists import ITEM_LISTS
from liuhen.measures.vocabulary import STAGES, Document
from liuhen.office.policy import Actor, NotPermitted, Subject, may
from liuhen.records import clock
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


# Facts with a page of their own.
ELSEWHERE = ("returned_to_unit", RECORDING_MOMENT)


@dataclass(frozen=True)
class Tab:
    """One tab of the case page."""

    label: str
    href: str
    current: bool


def asked_moment(request: HttpRequest) -> datetime | None:
    """The moment of ``?at=``: an instant, or the end of a day; None for now, also when it has not come or cannot be read."""
    try:
        moment = parse(request.GET.get("at", ""))
    except ValueError:
        return None
    at = moment if isinstance(moment, datetime) else datetime.combine(moment, END_OF_DAY, ZONE)
    return at if at < clock.now() else None


def view_of(request: HttpRequest, case: str) -> View:
    """The case as the signed-in person sees it, at the moment asked for. Raises NoSuchCase, NotPermitted."""
    view = look(case, actor_of(request), asked_moment(request))
    if not view.entries:
        raise NotYet(reverse("case", args=[case]))
    return view


def case_values(request: HttpRequest, view: View, tab: str) -> dict[str, Any]:
    """What every page of a case shows."""
    case = view.case
    procedure = case.release.procedures.get(case.procedure)
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
        "restored": recordings.restored_files(view),
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
            for f in view.case.release.stated(view.case.procedure)
            if set(f.stated_by) & actor.roles and f.code not in ELSEWHERE
        ],
        "back": reverse("case", args=[case]),
    }
    return render(request, "desk/add.html", values)


def _drafted(case: CaseFile, actor: Actor, stage: str) -> list[tuple[str, Document]]:
    """The papers of a stage that this person makes in a case of this procedure, and where."""
    return [
        (links.path("new_document", case.id, d.code), d)
        for d in case.release.offered(case.procedure)
        if d.stage == stage and set(d.authors) & actor.roles
    ]


urlpatterns = [
    path("cases/<str:case>/", case, name="case"),
    path("cases/<str:case>/recordings/", case_recordings, name="case_recordings"),
    path("cases/<str:case>/timeline/", case_timeline, name="case_timeline"),
    path("cases/<str:case>/add/", add, name="add"),
]
