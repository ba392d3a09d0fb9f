"""不能办理: the page for an act that rules stop. What was to be done, the rule, the facts, and every way on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liuhen.acts.situation import Stopped
from liuhen.casefile.moments import day
from liuhen.casefile.state import CaseFile
from liuhen.compliance.answers import Deadline, Finding, Way
from liuhen.compliance.deadlines import end_of
from liuhen.desk import law, links, words
from liuhen.measures.releases import CURRENT
from liuhen.measures.vocabulary import Cite
from liuhen.records.models import Draft
from liuhen.records.reveal import View, look

# What each act is called when it was to be done to a document, and to the case.
ACTS = {
    "finalise": "将《{}》定稿",
    "approve": "批准《{}》",
    "sign": "签署《{}》",
    "issue": "签发《{}》",
    "serve": "登记《{}》的送达",
    "revise": "修改《{}》",
    "correct": "更正《{}》",
    "confirm": "确认《{}》",
    "backfill": "补录《{}》",
}
PLAIN = {
    "state_fact": "登记事实",
    "deposit": "存入音像或者材料",
    "archive": "归档",
    "assign": "指派人员",
    "mark": "标注案件",
    "explain": "说明问题",
    "confirm": "确认补录、更正",
    "correct": "更正记录",
    "void": "封存记录",
    "hand_out": "提供案卷材料",
    "appraise": "鉴定案卷",
    "approve_disposal": "批准销毁",
    "hold_file": "法律保全",
    "keep_file": "保管、借阅案卷",
    "transfer": "移交进馆",
    "dispose": "销毁案卷",
}
BAR = 100.0
CROWDED = 40.0


@dataclass(frozen=True)
class Exit:
    """A way on: its words, where it is done, and from when waiting alone suffices."""

    text: str
    href: str
    icon: str
    from_day: date | None = None


@dataclass(frozen=True)
class Period:
    """A running time limit as a bar: percent of today and of its last day, the days under it."""

    title: str
    starts: date
    last: date
    now: float
    end: float
    ticks: tuple[tuple[float, str], ...]
    today: date

    @property
    def crowded(self) -> bool:
        """Whether today and the last day stand too near to each other for both to be told in full."""
        return self.end - self.now < CROWDED


def stop_page(request: HttpRequest, error: Stopped) -> HttpResponse:
    """The page, with status 409; nothing was recorded in the case."""
    target = _target(request)
    view = look(target["case"], request.user.actor) if target["case"] else None  # type: ignore[union-attr]
    return render(request, "desk/stop.html", _context(error, target, view), status=409)


def _target(request: HttpRequest) -> dict[str, str]:
    """Which case, document and draft the refused request was about, from its address."""
    given = request.resolver_match.kwargs if request.resolver_match else {}
    draft = Draft.objects.filter(document=given.get("draft", "")).first()
    return {
        "case": str(given.get("case") or (draft.case if draft else "")),
        "document": str(given.get("document", "")),
        "draft": draft.document if draft else "",
        "kind": draft.kind if draft else "",
        "fact": str(given.get("fact", "")),
    }


def _context(error: Stopped, target: dict[str, str], view: View | None) -> dict[str, Any]:
    case = view.case if view else None
    under = (case.release if case else CURRENT).requirements
    return {
        "here": "cases",
        "case": case,
        "wanted": wanted(error.act, target, case),
        "rules": [under[f.code] for f in error.findings if f.code in under],
        "findings": error.findings,
        "cites": cites_of(error.findings),
        "laws": [(cite, law.summary(cite)) for cite in cites_of(error.findings) if law.summary(cite)],
        "periods": periods(error.findings, view),
        "exits": [(f, exits(f, error.act, target, case)) for f in error.findings],
        "draft": links.path("document", target["draft"]) if target["draft"] else "",
        "timeline": links.path("case_timeline", case.id) if case else "",
    }


def wanted(act: str, target: dict[str, str], case: CaseFile | None) -> str:
    """要办的事 in words."""
    under = case.release if case else CURRENT
    if act == "state_fact" and target["fact"] in under.facts:
        return f"登记“{under.facts[target['fact']].label}”"
    document = case.documents.get(target["document"]) if case else None
    title = document.title if document else ""
    if not title and target["kind"] in under.documents:
        title = under.documents[target["kind"]].title
    return ACTS[act].format(title) if act in ACTS and title else PLAIN.get(act, "办理这一步")


def cites_of(findings: Sequence[Finding]) -> list[Cite]:
    """The articles that the findings rest on, each once."""
    return list(dict.fromkeys(cite for finding in findings for cite in finding.cites))


def exits(finding: Finding, act: str, target: dict[str, str], case: CaseFile | None) -> list[Exit]:
    """The ways on that the rule names, with their places on the desk."""
    return [_exit(way, finding, act, target, case) for way in finding.ways]


def _exit(way: Way, finding: Finding, act: str, target: dict[str, str], case: CaseFile | None) -> Exit:
    if way.does == "edit" and target["draft"]:
        href = links.path("document", target["draft"])
    else:
        known = finding.subject if case and finding.subject in case.documents else target["document"]
        does = "assign" if act == "assign" and way.does == "edit" else way.does
        href = links.act_path(case.id, does, known) if case and does else ""
    until = day(way.until) if way.until else None
    return Exit(way.text, href, "clock" if until else links.act_icon(way.does), until)


def periods(findings: Sequence[Finding], view: View | None) -> list[Period]:
    """The running limits whose end the findings wait for, as bars."""
    if view is None:
        return []
    untils = {day(m) for f in findings for m in (f.until, *(w.until for w in f.ways)) if m is not None}
    found = {
        (d.title, d.due.day): d
        for d in view.judgement.deadlines
        if d.state == "open" and day(end_of(d.due)) in untils
    }
    return [_period(d, day(view.now)) for d in found.values()]


def _period(deadline: Deadline, today: date) -> Period:
    starts, last = day(deadline.starts), deadline.due.day
    days = [starts + timedelta(days=n) for n in range(1, (last - starts).days + 2)]
    if deadline.due.unit == "working_day":
        calendar = words.calendar()
        days = [d for d in days if not calendar.knows(d) or calendar.is_working_day(d) or d > last]
    width = BAR / len(days)
    step = max(1, len(days) // 8)
    ticks = tuple(
        (round(width * (n + 0.5), 2), f"{d.day} 日" if d <= last else f"{d.day} 日起")
        for n, d in enumerate(days)
        if n % step == 0 or d > last
    )
    gone = sum(1 for d in days if d < today)
    now = width * (gone + 0.5) if today <= last else BAR
    end = width * (len(days) - 1)
    return Period(deadline.title, starts, last, round(now, 2), round(end, 2), ticks, today)
