"""送达: the ways in the order of the law; the form asks only what that way and step needs (A27)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from liuhen.acts import serving, signatures
from liuhen.acts.situation import Invalid
from liuhen.casefile.moments import day
from liuhen.casefile.state import CaseFile, Document, ServiceStep
from liuhen.casefile.values import Problem
from liuhen.compliance import parties
from liuhen.compliance.steps import RECEIPTED
from liuhen.desk import service, words
from liuhen.desk.doing import (
    document_in,
    local_moment,
    may_do,
    now_local,
    offers_for,
    onward,
    page,
    plain,
    seen,
)
from liuhen.desk.fields import parse_value, show
from liuhen.desk.forms import FormErrors
from liuhen.desk.shown import duties
from liuhen.desk.sight import actor_of, allowed
from liuhen.desk.views.signing import strokes_of
from liuhen.office.policy import Actor
from liuhen.records import clock, read
from liuhen.records.reveal import View

PAIR = 2
PROOFS = plain("proofs", "凭证", "files")
USUAL = frozenset({"addressee", "place", "recipient", "relation", "at", "carrier", "tracking"})
TEXTS = ("recipient", "relation", "carrier", "tracking", "reason", "witness")


@require_http_methods(["GET", "POST"])
def serve(request: HttpRequest, case: str, document: str) -> HttpResponse:
    """The service page of one document: the steps so far, and the form for one more."""
    view = seen(request, case)
    found = document_in(view, document)
    actor = actor_of(request)
    may_do(actor, "serve", view)
    if request.method == "GET":
        return _page(request, view, found)
    if request.POST.get("action") == "receipt":
        return _receipt_signed(request, view, found)
    try:
        _served(request, view, found)
    except Invalid as error:
        return _page(request, view, found, FormErrors.of(error, "这一步还没有登记"))
    view = seen(request, case)
    found = document_in(view, document)
    done = f"，{words.on(found.served_at)}送达" if found.served_at else ""
    messages.success(request, f"《{found.title}》的送达已登记{done}")
    return redirect(
        onward(view, actor, document) if found.served_at else reverse("serve", args=[case, document])
    )


def _receipt_signed(request: HttpRequest, view: View, document: Document) -> HttpResponse:
    """A server signs the proof of service with their own account."""
    actor = actor_of(request)
    try:
        strokes = strokes_of(request.POST.get("receipt_strokes", ""))
        signatures.sign(view.case.id, actor, document.id, role="server", strokes=strokes)
    except Invalid as error:
        told = [Problem("receipt", p.label, p.message, p.missing) for p in error.problems]
        return _page(request, view, document, FormErrors.of(told, "还没有签上"))
    messages.success(request, "已在送达回证上签名")
    return redirect("serve", view.case.id, document.id)


def _signers(document: Document, actor: Actor) -> dict[str, Any]:
    """Who is to sign the proof of service as a server: by name, whether signed; and whether it is this person's turn."""
    steps = [s for s in document.service if s.what in RECEIPTED]
    named = dict.fromkeys(str(p) for s in steps for p in s.body.get("servers", []) if isinstance(p, str))
    signed = {sign.person for sign in document.signed_by("server")}
    office = read.office()
    return {
        "handed": bool(steps),
        "recipients": [sign.name for sign in document.signed_by("recipient")],
        "signers": [(words.name(office, person), person in signed) for person in named],
        "my_turn": actor.person in named and actor.person not in signed,
    }


def _served(request: HttpRequest, view: View, document: Document) -> None:
    given = request.POST
    method, what = given.get("method", ""), given.get("what", "")
    at, wrong = local_moment(given.get("at", ""), "时间", "at")
    if wrong:
        raise Invalid(wrong)
    asked = service.ASKED.get((method, what), ())
    files = parse_value(PROOFS, given, "proofs", offers_for(view)) or []
    serving.serve(
        view.case.id, actor_of(request), document.id,
        method=method,
        what=what,
        addressee=given.get("addressee", ""),
        at=at,
        place=given.get("place", "") if "place" in asked else "",
        servers=given.getlist("servers") if "servers" in asked else (),
        proofs=[file["digest"] for file in files],
        strokes=strokes_of(given.get("strokes", "")) if "strokes" in asked else (),
        own=strokes_of(given.get("own", "")) if "own" in asked else (),
        **{name: given.get(name, "") for name in TEXTS if name in asked},
    )  # fmt: skip


def _page(
    request: HttpRequest, view: View, document: Document, errors: FormErrors | None = None
) -> HttpResponse:
    case, given = view.case, request.POST
    method = given.get("method") or request.GET.get("method", "")
    files = parse_value(PROOFS, given, "proofs") if request.method == "POST" else None
    context: dict[str, Any] = {
        "document": document,
        "steps": [_said(view, step) for step in document.service],
        **_signers(document, actor_of(request)),
        "may_correct": allowed(actor_of(request), "correct", view),
        "served_at": document.served_at,
        "expected": _expected(document),
        "ways": [w for w in service.ways_of(case.procedure) if w.usual],
        "others": [w for w in service.ways_of(case.procedure) if not w.usual],
        **_form(method, case.procedure),
        "unagreed": method == "电子" and parties.agreed_electronically(case) is None,
        "duties": duties.of_method(case, method) if method in service.WAYS else [],
        "servers": [(p, case.office.name(p)) for p in _servers(case, actor_of(request))],
        "chosen_servers": given.getlist("servers")
        if request.method == "POST"
        else _usual_servers(case, actor_of(request)),
        "values": _values(view, document, method) | {k: v for k, v in given.items() if k in USUAL},
        "post": given,
        "proofs": show(PROOFS, "proofs", files, offers=offers_for(view)),
        "upload_url": f"{reverse('upload', args=[case.id])}?document={document.id}",
    }
    return page(request, "desk/serve.html", view, errors, **context)


def _usual_servers(case: CaseFile, actor: Actor) -> list[str]:
    """Two officers of the case when one of them registers it; at the window who stands there."""
    return case.officers[:PAIR] if actor.person in case.officers else [actor.person]


def _servers(case: CaseFile, actor: Actor) -> list[str]:
    """Who may have served: the officers of the case and who registers it; while these are not two, the others of the section too."""
    found = list(dict.fromkeys([*case.officers, actor.person]))
    if len(case.officers) >= PAIR:
        return found
    on = clock.now()
    others = [p for p in case.office.people.values() if p.section in (case.section, actor.section)]
    return found + [p.id for p in others if p.id not in found and p.roles(on) & {"officer", "window_clerk"}]


def _form(method: str, procedure: str) -> dict[str, Any]:
    """What the form of one way asks for; without a way there is none yet."""
    way = next((w for w in service.ways_of(procedure) if w.name == method), None)
    whats = way.whats if way else ()
    return {
        "way": way,
        "whats": [(what, service.words(what)) for what in whats],
        "wanted": {
            name: service.wanted(method, name) for name in (*TEXTS, "place", "servers", "strokes", "own")
        },
        "carrier_label": service.CARRIERS.get(method, "承运人"),
        "reasons": sorted({r for what in whats for r in service.REASONS.get(what, ())}),
        "proof_hint": service.PROOFS.get(method, ""),
    }


def _values(view: View, document: Document, method: str) -> dict[str, str]:
    """What the case already knows of whom the paper is for, and the number under which it was posted."""
    to = next(iter(parties.unserved(view.case, document)), "")
    to = to or parties.addressee(view.case, document.declared, document.values)
    return {
        "addressee": to,
        **_reached(_known(view.case, document, to), to),
        "at": now_local(),
        "carrier": "中国邮政" if method == "邮寄" else _account(view.case) if method == "电子" else "",
        "tracking": _tracking(document),
    }


def _account(case: CaseFile) -> str:
    """Where the party agreed to be served electronically."""
    agreed = parties.agreed_electronically(case)
    return (
        " ".join(str(agreed.values.get(name) or "") for name in ("channel", "account")).strip()
        if agreed
        else ""
    )


def _known(case: CaseFile, document: Document, name: str) -> Mapping[str, Any]:
    """What papers of the case know of somebody by name; the party of the paper when they know nobody of that name."""
    own = parties.party_of(document) or case.party or {}
    addressed = [parties.party_in(d.values, d.declared.addressed) for d in case.documents.values()]
    return next((one for one in addressed if one.get("name") == name), own)


def _reached(party: Mapping[str, Any], to: str) -> dict[str, str]:
    """Where and by whom it is usually received: by the party, or by the one who stands for it; of others nothing is known."""
    head = str(party.get("legal_rep") or "")
    if not to or to not in (str(party.get("name") or ""), head):
        return {"place": "", "recipient": "", "relation": ""}
    return {
        "place": str(party.get("service_address") or party.get("address") or ""),
        "recipient": head or to,
        "relation": "法定代表人" if head and to != head else "本人",
    }


def _tracking(document: Document) -> str:
    """The number under which it was posted."""
    known = [str(step.body["tracking"]) for step in document.service if step.body.get("tracking")]
    return known[-1] if known else ""


def _expected(document: Document) -> Any:
    """The day on which a public notice will have served the document; None for every other way."""
    published = [s for s in document.service if s.what == "published"]
    return published[-1].effective if published else None


def _said(view: View, step: ServiceStep) -> dict[str, Any]:
    office = read.office()
    people = [
        office.name(str(s)) if isinstance(s, str) else str(s.get("name", ""))
        for s in step.body.get("servers", [])
    ]
    more = [
        str(step.body[k])
        for k in ("recipient", "relation", "place", "carrier", "tracking", "reason", "witness")
        if step.body.get(k)
    ]
    return {
        "entry": step.entry,
        "at": step.at,
        "day": day(step.at),
        "method": step.method,
        "what": service.words(step.what),
        "more": "，".join(more),
        "servers": "、".join(people),
        "effective": step.effective,
        "proofs": [reverse("media_file", args=[view.case.id, str(p)]) for p in step.body.get("proofs", [])],
    }  # fmt: skip


urlpatterns = [path("cases/<str:case>/documents/<str:document>/serve/", serve, name="serve")]
