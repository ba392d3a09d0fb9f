"""归入案件: recordings that wait are brought into a case, each with what the officer states of it beside what the file says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from liuhen.acts import tray
from liuhen.acts.situation import Invalid
from liuhen.casefile.moments import ZONE, instant, parse
from liuhen.casefile.values import Problem
from liuhen.desk import recorded
from liuhen.desk.doing import local_moment, may_do, offers_for, page, seen
from liuhen.desk.forms import FormErrors
from liuhen.desk.shown import tray as shown
from liuhen.desk.shown.steps import drafts_of, title_of
from liuhen.desk.sight import actor_of, as_text, names, visible_cases
from liuhen.desk.words import on
from liuhen.measures.duties import DUTIES
from liuhen.recordings import matching, telling
from liuhen.records import read
from liuhen.records.read import NoSuchCase
from liuhen.records.reveal import View

MOST = 50  # recordings at once


@dataclass(frozen=True)
class Form:
    """One recording as its part of the form: what is filled in, what the file says, what differs."""

    entry: str
    name: str
    kind: str
    size: int
    told: tuple[tuple[str, str], ...]
    values: dict[str, str]
    guessed: bool
    late: bool
    differs: tuple[str, ...] = ()

    def field(self, name: str) -> str:
        """The name of one of its controls."""
        return f"{name}.{self.entry[:12]}"

    @property
    def from_field(self) -> str:
        return self.field("from")

    @property
    def to_field(self) -> str:
        return self.field("to")

    @property
    def document_field(self) -> str:
        return self.field("document")

    @property
    def late_field(self) -> str:
        return self.field("late_reason")


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Which case do these recordings belong to? The likely ones first."""
    actor = actor_of(request)
    rows = [tray.row_for(actor, entry) for entry in _asked(request)]
    lines = shown.shown(request, rows)
    own = visible_cases(request).alias(officers_text=as_text("officers")).filter(archived_on=None)
    likely = {line.case.case: line for line in lines if line.case and line.match}
    cases = own.filter(names("officers_text", actor.person)).order_by("-opened_on", "-case")
    query = "&".join(f"recording={row.entry}" for row in rows)
    values = {
        "here": "recordings",
        "lines": lines,
        "likely": list(likely.values()),
        "cases": [case for case in cases[:MOST] if case.case not in likely],
        "query": query,
    }
    return render(request, "desk/tie_choose.html", values)


def _asked(request: HttpRequest) -> list[str]:
    """The recordings that the address or the form names, each once. Raises NoSuchCase."""
    given = request.POST if request.method == "POST" else request.GET
    found = list(dict.fromkeys(given.getlist("recording")))[:MOST]
    if not found:
        raise NoSuchCase("没有选择音像")
    return found


@require_http_methods(["GET", "POST"])
def tie(request: HttpRequest, case: str) -> HttpResponse:
    """The form: for each recording what it is, when, by whom, to which paper and duty it belongs."""
    view, actor = seen(request, case), actor_of(request)
    may_do(actor, "deposit", view)
    forms = [_form(request, view, entry) for entry in _asked(request)]
    if request.method == "GET":
        return _page(request, view, forms)
    wrong = [problem for form in forms for problem in _problems(view, form)]
    if wrong:
        return _page(request, view, forms, FormErrors.of(wrong, "还没有归入"))
    for n, form in enumerate(forms):
        try:
            _tie(request, case, form)
        except Invalid as error:
            told = [
                Problem(form.field(p.field), p.label, f"{form.name}：{p.message}", p.missing)
                for p in error.problems
            ]
            return _page(request, view, forms[n:], FormErrors.of(told, "还没有归入"))
    messages.success(request, f"已归入 {len(forms)} 段音像")
    return redirect("case_recordings", case)


def _form(request: HttpRequest, view: View, entry: str) -> Form:
    row = tray.row_for(actor_of(request), entry)
    body = tray.body_in_tray(entry)
    taken, offset = body.get("taken", {}), body.get("clock_offset")
    given = request.POST if request.method == "POST" else None
    values, guessed = _prefilled(request, view, body)
    if given is not None:
        values = {name: given.get(f"{name}.{entry[:12]}", "") for name in values}
    starts, ends = (_instant(values[name]) for name in ("from", "to"))
    return Form(
        entry, row.name, shown.kind_of(row.media_type), row.size, tuple(telling.lines(taken)), values, guessed,
        recorded.is_late(ends, values["by"], row.deposited_at),
        tuple(telling.differences(taken, starts, ends, offset)),
    )  # fmt: skip


def _prefilled(request: HttpRequest, view: View, body: dict[str, Any]) -> tuple[dict[str, str], bool]:
    """What a form begins with, and whether its times are only a guess by when the file was last changed."""
    taken = body.get("taken", {})
    starts, ends = (_moment(body, name) for name in ("from", "to"))
    guess = telling.moment(taken, "modified") if ends is None else None
    if guess is not None:
        ends, starts = guess, guess - timedelta(milliseconds=int(taken.get("duration", 0)))
    acts = matching.acts_of(view.case, _drafts(view))
    match = matching.best(starts, ends, str(body.get("by", "")), str(body.get("device", "")), acts)
    document = request.GET.get("document") or (match.act.document if match else "")
    duty = request.GET.get("duty") or (match.duty if match and match.act.document == document else "")
    values = {
        "what": f"{DUTIES[duty].step}{_noun(body)}" if duty in DUTIES else "",
        "from": _typed(starts), "to": _typed(ends), "device": str(body.get("device", "")),
        "by": str(body.get("by", "")), "document": document, "duty": duty, "late_reason": "",
    }  # fmt: skip
    return values, guess is not None


def _noun(body: dict[str, Any]) -> str:
    family = str(body["media_type"]).partition("/")[0]
    return {"video": "录像", "audio": "录音", "image": "照片"}.get(family, "音像")


def _drafts(view: View) -> list[matching.Draft]:
    return [matching.Draft(d.document, d.kind, title_of(d), d.values) for d in drafts_of(view.case.id)]


def _moment(body: dict[str, Any], name: str) -> datetime | None:
    return instant(parse(body[name])) if name in body else None


def _typed(moment: datetime | None) -> str:
    return f"{moment.astimezone(ZONE):%Y-%m-%dT%H:%M:%S}" if moment else ""


def _instant(text: str) -> datetime | None:
    moment, _ = local_moment(text, "", "")
    return moment if isinstance(moment, datetime) else None


def _problems(view: View, form: Form) -> list[Problem]:
    """What is wrong with one part of the form before anything is recorded."""
    _, found = local_moment(form.values["from"], "开始时间", form.field("from"))
    ends, more = local_moment(form.values["to"], "结束时间", form.field("to"))
    found = [*found, *more]
    if not more and ends is None:
        found.append(Problem(form.field("to"), "结束时间", f"{form.name}：填写结束时间", True))
    papers = {*view.case.documents, *(d.document for d in drafts_of(view.case.id))}
    if form.values["document"] and form.values["document"] not in papers:
        found.append(Problem(form.field("document"), "归入哪份文书", "选择本案的文书或者草稿", False))
    row = tray.row_for(view.eyes, form.entry)
    return [
        *found,
        *recorded.late(
            form.values["late_reason"], ends, form.values["by"], row.deposited_at, form.field("late_reason")
        ),
    ]


def _tie(request: HttpRequest, case: str, form: Form) -> None:
    given = form.values
    starts, ends = (_instant(given[name]) for name in ("from", "to"))
    stated = {name: given[name] for name in ("what", "device", "by", "late_reason") if given[name].strip()}
    tray.tie(
        case, actor_of(request), form.entry, document=given["document"],
        duty=given["duty"] if given["duty"] in DUTIES else "", starts=starts, ends=ends, **stated,
    )  # fmt: skip


def _page(
    request: HttpRequest, view: View, forms: list[Form], errors: FormErrors | None = None
) -> HttpResponse:
    offers, office = offers_for(view), read.office()
    drafts = [(d.document, f"《{title_of(d)}》（草稿）") for d in drafts_of(view.case.id)]
    papers = [(p.document, f"《{p.title}》，{on(p.on)}" if p.on else f"《{p.title}》") for p in offers.papers]
    people = dict.fromkeys([*view.case.officers, *(form.values["by"] for form in forms if form.values["by"])])
    context = {
        "forms": forms,
        "papers": [*drafts, *papers],
        "duties": [(code, duty.step, duty.means) for code, duty in DUTIES.items()],
        "people": [(person, office.name(person)) for person in people],
        "back": reverse("recordings"),
    }
    return page(request, "desk/tie.html", view, errors, **context)


urlpatterns = [
    path("recordings/tie/", choose, name="tie_choose"),
    path("cases/<str:case>/tie/", tie, name="tie"),
]
