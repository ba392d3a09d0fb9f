"""Reading a document: its values, its paper, who said and signed what, how it was served."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import path

from liuhen.acts.serving import WHAT_WORDS
from liuhen.archives import corrections
from liuhen.casefile.state import CaseFile, Document, Revision
from liuhen.compliance.prefill import share_of
from liuhen.compliance.rules.recordings import unsuitable
from liuhen.compliance.steps import unsigned_roles
from liuhen.desk import files, links, sheets, words
from liuhen.desk.shown import checks, duties, file, secrets, steps, values
from liuhen.desk.shown.sentences import MEANS, OPINIONS
from liuhen.desk.sight import actor_of, allowed
from liuhen.desk.views.case import case_values, view_of
from liuhen.measures.vocabulary import ROLE_NAMES
from liuhen.office.policy import Actor
from liuhen.records.reveal import View, consulted

# Who signs in service, besides the places a kind declares.
SIGNERS = {"recipient": "收件人", "server": "送达人", "witness": "见证人"}


def _document(view: View, document: str) -> Document:
    found = view.case.documents.get(document)
    if found is None or found.voided:
        raise Http404
    return found


def _revision(request: HttpRequest, document: Document) -> Revision:
    """The text asked for by ``?text=``, else the current one."""
    asked = request.GET.get("text", "")
    return next((r for r in document.revisions if str(r.number) == asked), document.current)


def _protected(document: Document) -> bool:
    """Whether reading is logged: a secret kind, or one with secret values."""
    return document.declared.secret or any(
        field.secret and field.name in document.values for field in document.declared.fields
    )


def read_document(request: HttpRequest, case: str, document: str) -> HttpResponse:
    """One document, as it stands or stood."""
    view = view_of(request, case)
    found = _document(view, document)
    shown = _revision(request, found)
    actor = actor_of(request)
    if view.case.archived_at is not None or (_protected(found) and not secrets.hidden(found)):
        consulted(actor, _subject(case, document), f"查看《{found.title}》")
    status, icon, state = file.status_of(view.case, found, set())
    context = {
        **case_values(request, view, "case"),
        "document": found,
        "kind": found.declared,
        "revision": shown,
        "older": shown is not found.current,
        "status": status, "icon": icon, "state": state,
        "groups": values.read_list(view.case, found, shown),
        "closed": secrets.hidden(found),
        "corrected": corrections.lines(view.case, found) if shown is found.current else [],
        "pages": _pages(view, found, shown),
        "scanned": bool(shown.backfill.get("scan")),
        "paper": links.path("paper", case, document) if not secrets.hidden(found) else "",
        "word": _word(view, found, shown),
        "opinions": _opinions(shown), "signatures": _signatures(found, shown),
        "unsigned": unsigned_roles(found) if shown is found.current else [],
        "service": _service(view.case, found),
        "films": [r for r in view.case.recordings.values() if r.document == document and not r.voided],
        "todos": _todos(view, actor, document),
        "duties": _duties(view, found),
        "findings": [f for f in view.judgement.violated() if f.subject.split(".")[0] == document],
        "cards": [c for c in checks.cards(view, actor) if c.finding.subject.split(".")[0] == document],
        "may_correct": allowed(actor, "correct", view),
        "correct": links.path("correct", case, shown.filed),
        "share": share_of(shown),
        "typed_by": words.name(view.case.office, shown.actor),
    }  # fmt: skip
    return render(request, "desk/read_document.html", context)


def _duties(view: View, document: Document) -> list[duties.Told]:
    """What must still be recorded, or excused, of the act of a document."""
    filmed = any(
        r.document == document.id and not r.voided and r.recorded for r in view.case.recordings.values()
    )
    return (
        []
        if view.past or filmed or unsuitable(view.case, document)
        else duties.of_kind(view.case, document.kind)
    )


def _subject(case: str, what: str) -> str:
    return f"case/{case}/{what}"


def _todos(view: View, actor: Actor, document: str) -> list[steps.Todo]:
    """What this document wants next."""
    found = steps.todos(view, view.eyes, [])
    return [t for t in (*found.ready, *found.waiting) if t.subject == document]


def _pages(view: View, document: Document, revision: Revision) -> list[str]:
    """The addresses of the pictures of a text's pages; none when there is no paper or it is not to be seen."""
    rendition = _rendition(revision)
    if rendition is None or secrets.hidden(document):
        return [] if view.past or revision is not document.current else sheets.addresses(view.case, document)
    args = (view.case.id, document.id, str(revision.number))
    return [links.path("page_image", *args, str(n)) for n in range(1, rendition.pages + 1)]


def _word(view: View, document: Document, revision: Revision) -> str:
    """Where the current text is had as DOCX: of a paper made here, by eyes that may see its paper; as it stands now."""
    ours = document.current.origin == "made" and document.declared.layout != "received"
    current = revision is document.current and not view.past
    return (
        links.path("paper_docx", view.case.id, document.id)
        if ours and current and not secrets.hidden(document)
        else ""
    )


def _rendition(revision: Revision) -> Any:
    final = [r for r in revision.renditions if r.purpose == "final"]
    return (final or revision.renditions or [None])[-1]


def _opinions(revision: Revision) -> list[dict[str, Any]]:
    return [
        {
            "role": ROLE_NAMES.get(o.role, o.role),
            "name": o.name,
            "acting": o.acting_for,
            "opinion": OPINIONS.get(o.opinion, o.opinion),
            "state": {"agree": "met", "confirm": "met"}.get(o.opinion, "flag"),
            "choice": o.choice,
            "text": o.text,
            "at": o.at,
        }
        for o in revision.opinions
    ]


def _signatures(document: Document, revision: Revision) -> list[dict[str, Any]]:
    labels = {**SIGNERS, **{s.role: s.label for s in document.declared.signatures}}
    return [
        {
            "role": labels.get(s.role, s.role),
            "name": secrets.signer(document, s.role, s.name),
            "refused": s.refused,
            "means": MEANS.get(s.means, ""),
            "pages": "逐页" if s.pages == "all" else "",
            "reason": s.reason,
            "witness": s.witness,
            "at": s.at,
        }
        for s in revision.signatures
    ]


def _service(case: CaseFile, document: Document) -> list[dict[str, Any]]:
    return [
        {
            "at": step.at,
            "method": step.method,
            "what": WHAT_WORDS.get(step.what, step.what),
            "to": secrets.named(document, str(step.body.get("recipient") or step.addressee)),
            "more": "，".join(_of_step(case, step.body)),
            "effective": step.effective,
            "proofs": [links.path("media_file", case.id, str(p)) for p in step.body.get("proofs", [])],
        }
        for step in document.service
    ]  # fmt: skip


def _of_step(case: CaseFile, body: Mapping[str, Any]) -> Iterator[str]:
    """Where, by whom, and what else was recorded of a step of service."""
    servers = "、".join(
        words.name(case.office, s) if isinstance(s, str) else str(s.get("name", ""))
        for s in body.get("servers", [])
    )
    yield from [str(body["place"])] if body.get("place") else []
    yield from [f"送达人 {servers}"] if servers else []
    yield from (str(body[k]) for k in ("tracking", "carrier", "reason", "witness") if body.get(k))


def page_image(request: HttpRequest, case: str, document: str, text: int, page: int) -> HttpResponseBase:
    """The picture of one page of a document's paper, logged as read."""
    view = view_of(request, case)
    found = _document(view, document)
    revision = next((r for r in found.revisions if r.number == text), None)
    rendition = _rendition(revision) if revision else None
    if rendition is None or page > rendition.pages:
        raise Http404
    if secrets.hidden(found):
        raise secrets.Closed(found.title, links.path("read_document", case, document))
    consulted(actor_of(request), _subject(case, document), f"查看《{found.title}》第 {page} 页")
    return files.send_page(rendition.digest, page)


urlpatterns = [
    path("cases/<str:case>/documents/<str:document>/", read_document, name="read_document"),
    path(
        "cases/<str:case>/documents/<str:document>/pages/<int:text>/<int:page>/",
        page_image,
        name="page_image",
    ),
]
