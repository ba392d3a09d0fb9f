"""问题、责令整改、失职情形: what was found across cases, what a section was ordered to put right, and how it ended (R34.1, R34.2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from liuhen.acts import supervising
from liuhen.acts.situation import Invalid
from liuhen.acts.storage import vault
from liuhen.casefile.supervision import FAILINGS, Rectification
from liuhen.desk.forms import UNPROCESSABLE, FormErrors
from liuhen.desk.sight import actor_of
from liuhen.desk.views.supervising import may_see
from liuhen.desk.words import today
from liuhen.measures import REQUIREMENTS
from liuhen.office.policy import Actor, NotPermitted, Subject, may, require
from liuhen.records import read
from liuhen.records.models import FindingRow

A_PAGE = 50
STANDINGS = {
    "open": ("等科室答复", "open"), "late": ("逾期没有答复", "stop"), "answered": ("等复查", "open"),
    "failed": ("复查不合格，重新整改", "flag"), "done": ("复查合格，已了结", "met"), "escalated": ("已移送处理", "flag"),
}  # fmt: skip
STEPS = {"answered": "答复", "rechecked": "复查", "escalated": "移送"}


@require_safe
def supervised_findings(request: HttpRequest) -> HttpResponse:
    """Every finding of every case, to be narrowed; ticked ones go into an order to rectify."""
    may_see(request)
    given = request.GET
    found: QuerySet[FindingRow] = FindingRow.objects.select_related("case").order_by(
        "case__section", "case__case_no", "id"
    )
    for name, column in (("section", "case__section"), ("code", "code"), ("severity", "severity")):
        if value := given.get(name, ""):
            found = found.filter(**{column: value})
    if given.get("state", "open") == "open":
        found = found.filter(explained="")
    shown = Paginator(found, A_PAGE).get_page(given.get("page"))
    context = {
        "here": "supervise", "tab": "findings", "page": shown, "given": given.dict(), "sections": _sections(),
        "codes": _asked_of(),
        "may_order": may(actor_of(request), "supervise", Subject()),
    }  # fmt: skip
    return render(request, "desk/supervised_findings.html", context)


def _asked_of() -> list[tuple[str, str]]:
    """What the findings there are are about: code and title of the requirement, in the order of the code."""
    codes = sorted(FindingRow.objects.order_by().values_list("code", flat=True).distinct())
    return [(code, REQUIREMENTS[code].title if code in REQUIREMENTS else code) for code in codes]


def _sections() -> list[str]:
    return sorted({person.section for person in read.office().people.values() if person.section})


def _people() -> list[Any]:
    return sorted(read.office().people.values(), key=lambda person: (person.section, person.id))


@require_http_methods(["GET", "POST"])
def rectifications(request: HttpRequest) -> HttpResponse:
    """The orders to rectify and the failings entered; 政策法规科 adds to both, a section's head sees the own."""
    actor = actor_of(request)
    if not may(actor, "answer_rectification", Subject()):
        may_see(request)
    if request.method == "GET":
        return _rectifications(request, actor)
    try:
        if request.POST.get("action") == "failing":
            _enter(request, actor)
            messages.success(request, "失职情形已经登记")
        else:
            _order(request, actor)
            messages.success(request, "责令整改已经记入，科室负责人会在工作台看到")
    except Invalid as error:
        return _rectifications(request, actor, FormErrors.of(error, "还没有记入"))
    return redirect("rectifications")


def _order(request: HttpRequest, actor: Actor) -> None:
    given = request.POST
    rows = FindingRow.objects.filter(
        pk__in=[n for n in given.getlist("finding") if n.isdigit()]
    ).select_related("case")
    found = [
        {
            "case": r.case.case,
            "case_no": r.case.case_no,
            "code": r.code,
            "subject": r.subject,
            "message": r.message,
        }
        for r in rows
    ]
    if given.get("other", "").strip():
        found.append(
            {"case": "", "case_no": "", "code": "", "subject": "", "message": given["other"].strip()}
        )
    sections = {r.case.section for r in rows}
    section = given.get("section", "") or (sections.pop() if len(sections) == 1 else "")
    supervising.order(
        actor, section, given.getlist("person"), found, given.get("demand", ""), _day(given.get("due", ""))
    )


def _enter(request: HttpRequest, actor: Actor) -> None:
    given = request.POST
    require(actor, "supervise", Subject())
    number = given.get("failing", "")
    supervising.enter_failing(
        actor, int(number) if number.isdigit() else 0, given.get("section", ""), given.get("text", ""),
        persons=given.getlist("person"), proofs=_kept(request),
    )  # fmt: skip


def _kept(request: HttpRequest) -> list[str]:
    """The files sent along, put into the vault."""
    return [
        vault().put(cast("BinaryIO", file)).digest for file in request.FILES.getlist("proofs") if file.size
    ]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _rectifications(request: HttpRequest, actor: Actor, errors: FormErrors | None = None) -> HttpResponse:
    found = supervising.supervision()
    all_of_them = may(actor, "see_supervision", Subject())
    orders = [o for o in found.rectifications.values() if all_of_them or o.section == actor.section]
    ticked = request.POST.getlist("finding") or request.GET.getlist("finding")
    chosen = FindingRow.objects.filter(pk__in=[n for n in ticked if n.isdigit()]).select_related("case")
    context = {
        "here": "supervise" if all_of_them else "work", "tab": "rectifications", "errors": errors, "post": request.POST,
        "orders": [(o, *STANDINGS[o.standing(today())], _names(o.persons)) for o in reversed(orders)],
        "failings": list(reversed(found.failings)) if all_of_them else [], "kinds": FAILINGS, "chosen": list(chosen),
        "sections": _sections(), "people": _people(), "persons_chosen": request.POST.getlist("person"), "may_order": may(actor, "supervise", Subject()), "tabs": all_of_them,
    }  # fmt: skip
    return render(request, "desk/rectifications.html", context, status=UNPROCESSABLE if errors else 200)


def _names(persons: Sequence[str]) -> str:
    office = read.office()
    return "、".join(office.name(person) for person in persons)


@require_http_methods(["GET", "POST"])
def rectification(request: HttpRequest, order: str) -> HttpResponse:
    """One order: what was found, what was demanded, every step since; the section answers, 政策法规科 looks again."""
    actor = actor_of(request)
    found = supervising.supervision().rectifications.get(order)
    seen = may(actor, "see_supervision", Subject()) or (found is not None and found.section == actor.section)
    if found is None or not seen:
        raise NotPermitted("没有这次责令整改，或者你无权查看")
    if request.method == "GET":
        return _rectification(request, found)
    try:
        _step(request, actor, order)
    except Invalid as error:
        return _rectification(request, found, FormErrors.of(error, "还没有记入"))
    messages.success(request, "已经记入")
    return redirect("rectification", order)


def _step(request: HttpRequest, actor: Actor, order: str) -> None:
    given, action = request.POST, request.POST.get("action")
    if action == "answer":
        require(actor, "answer_rectification", Subject())
        supervising.answer(actor, order, given.get("text", ""), _kept(request))
    elif action == "escalate":
        supervising.escalate(actor, order, given.get("to", ""), given.get("text", ""))
    else:
        require(actor, "supervise", Subject())
        passed = {"yes": True, "no": False}.get(given.get("passed", ""))
        supervising.recheck(actor, order, passed, given.get("text", ""), _kept(request))


def _rectification(
    request: HttpRequest, found: Rectification, errors: FormErrors | None = None
) -> HttpResponse:
    actor, standing, office = actor_of(request), found.standing(today()), read.office()
    context = {
        "here": "supervise", "tab": "rectifications", "tabs": may(actor, "see_supervision", Subject()), "order": found,
        "errors": errors, "post": request.POST, "said": STANDINGS[standing], "persons": _names(found.persons),
        "steps": [(step, STEPS[step.action], office.name(step.actor)) for step in found.steps],
        "may_answer": may(actor, "answer_rectification", Subject()) and actor.section == found.section
        and standing in ("open", "late", "failed"),
        "may_recheck": may(actor, "supervise", Subject()) and standing == "answered",
        "may_escalate": may(actor, "supervise", Subject()) and standing not in ("done", "escalated"),
    }  # fmt: skip
    return render(request, "desk/rectification.html", context, status=UNPROCESSABLE if errors else 200)


urlpatterns = [
    path("supervision/findings/", supervised_findings, name="supervised_findings"),
    path("supervision/rectifications/", rectifications, name="rectifications"),
    path("supervision/rectifications/<str:order>/", rectification, name="rectification"),
]
