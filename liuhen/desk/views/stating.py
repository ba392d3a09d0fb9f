"""登记事实: what happened that no document of ours carries; and 说明原因 of a finding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from liuhen.acts import cases, facts
from liuhen.acts.filekeeping import STATED
from liuhen.acts.situation import Invalid
from liuhen.casefile.moments import Moment, parse
from liuhen.compliance.judge import context as judging
from liuhen.compliance.prefill import Prefilled, prefill
from liuhen.desk.doing import may_do, next_of, offers_for, page, plain, seen
from liuhen.desk.fields import Prefill, groups, parse_value, show
from liuhen.desk.fields import parse as parse_fields
from liuhen.desk.forms import FormErrors
from liuhen.desk.shown import earlier
from liuhen.desk.sight import actor_of
from liuhen.measures.vocabulary import Fact
from liuhen.office.policy import Actor
from liuhen.records import read
from liuhen.records.reveal import View

# What a fact's form begins with that no case of itself knows: fact, field, where it comes from.
_BEGIN = {"earlier_penalties_checked": {"found": earlier.fines}}
# Which of a fact's fields says when it happened.
_WHEN = ("at", "on", "to")


def _prefilled(fact: Fact, view: View, actor: Actor, known: Mapping[str, Any]) -> dict[str, Prefilled]:
    return prefill(fact, view.case, judging(view.now, read.office()), actor.person, known=known)


def _happened(values: Mapping[str, Any]) -> Moment | None:
    """When it happened, from the values; None when they do not say, or not so that it can be read."""
    for name in _WHEN:
        if isinstance(values.get(name), str):
            try:
                return parse(values[name])
            except ValueError:
                return None
    return None


@require_http_methods(["GET", "POST"])
def state(request: HttpRequest, case: str, fact: str) -> HttpResponse:
    """The page of one kind of fact."""
    view = seen(request, case)
    declared = view.case.release.facts.get(fact)
    act, keep = STATED.get(fact, ("state_fact", None))
    if declared is None or (keep is None and any(field.system for field in declared.fields)):
        raise Http404
    may_do(actor_of(request), act, view)
    known: dict[str, Any] = {"document": request.GET["document"]} if request.GET.get("document") else {}
    if fact in _BEGIN:
        known |= {name: begin(view, actor_of(request)) for name, begin in _BEGIN[fact].items()}
    given = _prefilled(declared, view, actor_of(request), known)
    before = {**{name: p.value for name, p in given.items()}, **known}
    if request.method == "GET":
        return _page(request, view, declared, before, given)
    values = parse_fields(declared.fields, request.POST, offers_for(view), before)
    action = request.POST.get("action", "")
    if action.startswith("add:"):
        return _page(request, view, declared, values, given, more=action.removeprefix("add:"))
    try:
        if keep is not None:
            keep(case, actor_of(request), values)
        else:
            facts.state_fact(
                case, actor_of(request), fact, values, at=_happened(values), document=_document(view, values),
                proofs=[file["digest"] for file in _proofs(request, view)],
            )  # fmt: skip
    except Invalid as error:
        return _page(request, view, declared, values, given, FormErrors.of(error))
    messages.success(request, f"已登记：{declared.label}")
    return redirect(next_of(request, reverse("case", args=[case])))


def _document(view: View, values: Mapping[str, Any]) -> str:
    document = values.get("document")
    return document if isinstance(document, str) and document in view.case.documents else ""


def _proof_field(fact: Fact) -> Any:
    return plain("proofs", "凭证", "files", required=fact.proof)


def _proofs(request: HttpRequest, view: View) -> list[Any]:
    return parse_value(plain("proofs", "凭证", "files"), request.POST, "proofs", offers_for(view)) or []


def _page(
    request: HttpRequest,
    view: View,
    fact: Fact,
    values: Mapping[str, Any],
    given: Mapping[str, Prefilled],
    errors: FormErrors | None = None,
    more: str = "",
) -> HttpResponse:
    offers = offers_for(view)
    told = {p.field: p.message for p in reversed(list(errors or ()))}
    sources = {name: Prefill(p.value, p.where) for name, p in given.items()}
    proofs = _proofs(request, view) if request.method == "POST" else None
    context = {
        "fact": fact,
        "offers": offers,
        "groups": groups(fact, values, offers=offers, sources=sources, messages=told, more_rows=more),
        "proofs": None
        if fact.code in STATED
        else show(_proof_field(fact), "proofs", proofs, offers=offers, message=told.get("proofs", "")),
        "upload_url": reverse("upload", args=[view.case.id]),
        "next": next_of(request, ""),
    }
    return page(request, "desk/state.html", view, errors, **context)


@require_http_methods(["GET", "POST"])
def explain(request: HttpRequest, case: str) -> HttpResponse:
    """Explain a finding: it stays, with the explanation beside it."""
    view = seen(request, case)
    may_do(actor_of(request), "explain", view)
    code = request.POST.get("code") or request.GET.get("code", "")
    subject = request.POST.get("subject") or request.GET.get("subject", "")
    finding = next((f for f in view.judgement.violated() if f.key == (code, subject)), None)
    if finding is None:
        messages.info(request, "这个问题已经不在了")
        return redirect("case_check", case)
    errors = None
    if request.method == "POST":
        try:
            cases.explain(case, actor_of(request), code, subject, request.POST.get("text", ""))
        except Invalid as error:
            errors = FormErrors.of(error)
        else:
            messages.success(request, "说明已经记下，与问题放在一起")
            return redirect("case_check", case)
    return page(request, "desk/explain.html", view, errors, finding=finding, post=request.POST)


urlpatterns = [
    path("cases/<str:case>/state/<str:fact>/", state, name="state"),
    path("cases/<str:case>/explain/", explain, name="explain"),
]
