"""审批: what am I asked to agree to? The page itself, what the rules say, the opinion; the next one opens at once.

And 确认: a backfill, correction or sealing that waits for the section head.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from liuhen.acts import approvals
from liuhen.acts.engine import Ahead
from liuhen.acts.showing import shown
from liuhen.acts.situation import Invalid
from liuhen.casefile.entries import KINDS, Entry
from liuhen.casefile.state import APPROVER_ROLES, Document
from liuhen.casefile.values import Problem
from liuhen.compliance.answers import Finding, NextStep
from liuhen.desk import links, queue, sheets
from liuhen.desk.doing import document_in, page, seen
from liuhen.desk.fields import wording
from liuhen.desk.forms import FormErrors
from liuhen.desk.shown import checks, secrets
from liuhen.desk.shown.sentences import corrected, document_of, say
from liuhen.desk.shown.values import read_list
from liuhen.desk.sight import actor_of
from liuhen.measures.vocabulary import ROLE_NAMES
from liuhen.office.policy import Actor, NotPermitted
from liuhen.papers.wording import OPINIONS
from liuhen.records.read import NoSuchCase
from liuhen.records.reveal import View, consulted

USUAL = {
    "section_head": (
        "同意。",
        "事实清楚，证据充分，同意承办人意见。",
        "同意，报局领导审批。",
        "请补充证据后再报。",
    ),
    "legal_reviewer": ("同意。", "事实清楚，适用法律正确，程序合法，同意。", "请就法律适用补充说明。"),
    "bureau_leader": ("同意。", "同意科室意见。", "同意，请依法办理。", "请进一步核实后再报。"),
    "principal_leader": ("同意。", "同意，请依法办理。", "请进一步核实后再报。"),
}
SHOWN = 5


@require_http_methods(["GET", "POST"])
def approve(request: HttpRequest, case: str, document: str) -> HttpResponse:
    """The approval page of one document."""
    view = seen(request, case)
    found = document_in(view, document)
    if request.method == "GET":
        consulted(actor_of(request), f"case/{case}/{document}", f"审批前阅看《{found.title}》")
        return _page(request, view, found)
    following = queue.after(queue.waiting(request), document)
    try:
        _check_choice(request, found)
        approvals.approve(
            case, actor_of(request), document, request.POST.get("opinion", ""), request.POST.get("text", ""),
            choice=request.POST.get("choice", ""), seen=request.POST.get("seen", ""),
        )  # fmt: skip
    except Invalid as error:
        return _page(request, view, found, FormErrors.of(error, "意见还没有签署"))
    word = OPINIONS[request.POST["opinion"]]
    messages.success(request, f"《{found.title}》：{word}，已签署")
    return redirect(following.href if following and following.href else "work")


def _check_choice(request: HttpRequest, document: Document) -> None:
    """The section head says what is to become of a source. Raises Invalid."""
    options = document.declared.choices
    if options and request.POST.get("opinion") == "agree" and request.POST.get("choice") not in options:
        raise Invalid([Problem("choice", "处理意见", f"选择处理意见：{'、'.join(options)}", True)])


def _page(
    request: HttpRequest, view: View, document: Document, errors: FormErrors | None = None
) -> HttpResponse:
    actor = actor_of(request)
    found = queue.waiting(request)
    role = APPROVER_ROLES.get(document.next_approver, "")
    step = next((s for s in view.judgement.steps if s.does == "approve" and s.subject == document.id), None)
    following = queue.after(found, document.id)
    context: dict[str, Any] = {
        "here": "work",
        "document": document,
        "kind": document.declared,
        "gist": _gist(document),
        "pages": sheets.standing(view.case, document),
        "closed": secrets.hidden(document),
        "values": read_list(view.case, document, document.current),
        "marks": _marks(view, document, actor),
        "signed": [s for s in document.current.signatures if not secrets.hidden(document)],
        "opinions": [(ROLE_NAMES.get(o.role, o.role), o) for o in document.current.opinions],
        "role": ROLE_NAMES.get(role, ""),
        "mine": _mine(step, view, actor),
        "step": step,
        "results": tuple(OPINIONS.items()),
        "choices": document.declared.choices,
        "usual": USUAL.get(role, ()),
        "seen": shown(document),
        "place": queue.place_of(found, document.id),
        "count": len(found),
        "following": following,
        "post": request.POST,
    }
    return page(request, "desk/approve.html", view, errors, **context)


def _gist(document: Document) -> str:
    """What it is about in one line: the penalties, else the topic, ground, proposal or cause."""
    for name in ("penalties", "topic", "ground", "proposal", "cause", "source_kind"):
        value = document.values.get(name)
        if value:
            return wording.words(document.declared.field(name), value)
    return document.declared.summary


def _mine(step: NextStep | None, view: View, actor: Actor) -> bool:
    """Whether this person's opinion is the one wanted next, in their own post or by delegation."""
    if step is None:
        return False
    return approvals.standing_of(view.case, view.case.office, actor, step.role, view.now) is not None


def _marks(view: View, document: Document, actor: Actor) -> list[tuple[str, Finding]]:
    """What the rules say: what would stop an agreement or be found of it, what is violated in the case, what is met by this
    paper."""
    ahead = _ahead(view, document, actor)
    found: list[tuple[str, Finding]] = [(f.severity, f) for f in (*ahead.stops, *ahead.flags)]
    told = {f.key for _, f in found}
    found += [(f.severity, f) for f in view.judgement.violated() if f.key not in told]
    ours = [f for f in view.judgement.met if f.subject.split(".")[0] == document.id]
    rest = [f for f in view.judgement.met if f not in ours]
    return found + [("met", f) for f in (*ours, *rest) if f.message][: max(0, SHOWN - len(found))]


def _ahead(view: View, document: Document, actor: Actor) -> Ahead:
    try:
        return approvals.approve_preflight(view.case.id, actor, document.id)
    except (Invalid, NotPermitted):
        return Ahead()


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, case: str, entry: str) -> HttpResponse:
    """Confirm a backfill, a correction or a sealing."""
    view = seen(request, case)
    found = next((e for e in view.entries if e.hash == entry), None)
    if found is None:
        raise NoSuchCase("案卷里没有这一条")
    if request.method == "GET":
        return _confirm_page(request, view, found)
    following = queue.after(queue.waiting(request), entry)
    try:
        approvals.confirm(case, actor_of(request), entry, request.POST.get("text", ""))
    except Invalid as error:
        return _confirm_page(request, view, found, FormErrors.of(error, "还不能确认"))
    messages.success(request, "已确认，以后的步骤可以据以办理")
    return redirect(following.href if following and following.href else "work")


def _confirm_page(
    request: HttpRequest, view: View, entry: Entry, errors: FormErrors | None = None
) -> HttpResponse:
    body = entry.body or {}
    what, sub = say(view.case, entry)
    document = document_of(view.case, entry.hash)
    correction = next((c for c in view.case.corrections if c.entry == entry.hash), None)
    about = body.get("backfill", {})
    scan = str(about.get("scan", ""))
    with_it = {u.entry for u in view.case.unconfirmed if u.paper == entry.hash}
    context: dict[str, Any] = {
        "entry": entry,
        "kind": KINDS[entry.kind].title,
        "what": what,
        "sub": sub,
        "who": view.case.office.name(entry.actor),
        "own": entry.actor == actor_of(request).person,
        "waits": any(u.entry == entry.hash for u in view.case.unconfirmed),
        "reason": about.get("reason") or body.get("reason", ""),
        "with_it": [say(view.case, one)[0] for one in view.entries if one.hash in with_it],
        "stopped": bool(about.get("stopped_before")),
        "scan": links.path("media_file", view.case.id, scan) if scan else "",
        "change": corrected(view.case, correction) if correction else None,
        "groups": read_list(view.case, document, document.current)
        if document and entry.kind == "Filed"
        else [],
        "card": checks.cards(view, actor_of(request))[:3],
        "post": request.POST,
    }
    return page(request, "desk/confirm.html", view, errors, **context)


urlpatterns = [
    path("cases/<str:case>/documents/<str:document>/approve/", approve, name="approve"),
    path("cases/<str:case>/entries/<str:entry>/confirm/", confirm, name="confirm"),
]
