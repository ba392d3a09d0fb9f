"""签发: number, date and seal. The page shows all that stands in the way at once, before the button is pressed, and what will
be found of the paper, which is issued all the same when that is said to be known."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from liuhen.acts import issuing
from liuhen.acts.engine import Ahead
from liuhen.acts.showing import shown
from liuhen.acts.situation import Invalid, invalid
from liuhen.casefile.state import Document
from liuhen.compliance.answers import Finding
from liuhen.desk import sheets
from liuhen.desk.doing import document_in, may_do, onward, page, seen
from liuhen.desk.forms import UNPROCESSABLE, FormErrors
from liuhen.desk.shown import checks
from liuhen.desk.sight import actor_of, allowed
from liuhen.measures.vocabulary import ROLE_NAMES
from liuhen.records.reveal import View


@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, case: str, document: str) -> HttpResponse:
    """The issue page of one document."""
    actor = actor_of(request)
    view = seen(request, case)
    found = document_in(view, document)
    if found.issued is not None:
        messages.info(request, f"《{found.title}》已经签发：{found.issued.number}")
        return redirect(onward(view, actor, document))
    may_do(actor, "issue", view)
    if request.method == "GET":
        return _page(request, view, found)
    try:
        if not request.POST.get("known") and _flags(
            view, found, issuing.issue_preflight(case, actor, document)
        ):
            raise invalid("known", "先看签发后会留下的问题；仍要签发的，勾选“已经知道”")
        issuing.issue(case, actor, document, seen=request.POST.get("seen", ""))
    except Invalid as error:
        return _page(request, view, found, FormErrors.of(error, "还没有签发"))
    view = seen(request, case)
    issued = document_in(view, document).issued
    messages.success(request, f"《{found.title}》已签发：{issued.number if issued else ''}")
    return redirect(onward(view, actor, document))


def _flags(view: View, document: Document, ahead: Ahead) -> list[Finding]:
    """What is found of the paper already, and what its issue would add."""
    about = [
        f for f in view.judgement.violated() if not f.explained and f.subject.split(".")[0] == document.id
    ]
    return [*about, *(f for f in ahead.flags if f.key not in {one.key for one in about})]


def _page(
    request: HttpRequest, view: View, found: Document, refused: FormErrors | None = None
) -> HttpResponse:
    errors, ahead = None, Ahead()
    try:
        ahead = issuing.issue_preflight(view.case.id, actor_of(request), found.id)
    except Invalid as error:
        errors = FormErrors.of(error, "还不能签发")
    stopped = [checks.card(view, finding, actor_of(request)) for finding in ahead.stops]
    context = {
        "document": found,
        "seen": shown(found),
        "blocked": bool(stopped or errors),
        "kind": found.declared,
        "may_revise": allowed(actor_of(request), "draft", view),
        "pages": sheets.addresses(view.case, found),
        "cards": stopped,
        "flags": [checks.card(view, f, actor_of(request)) for f in _flags(view, found, ahead)],
        "opinions": [(ROLE_NAMES.get(o.role, o.role), o) for o in found.current.opinions],
    }
    response = page(request, "desk/issue.html", view, refused or errors, **context)
    response.status_code = UNPROCESSABLE if refused else 200
    return response


urlpatterns = [path("cases/<str:case>/documents/<str:document>/issue/", issue, name="issue")]
