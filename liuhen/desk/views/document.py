"""文书: write a document, with the page beside it as it will print; make it final 定稿; revise it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liuhen.acts import documents
from liuhen.acts.documents import DraftChanged
from liuhen.acts.situation import Invalid, Stopped
from liuhen.casefile.moments import ZONE
from liuhen.casefile.state import Opinion
from liuhen.casefile.values import Problem
from liuhen.compliance.answers import Finding
from liuhen.desk import drafting
from liuhen.desk.doing import document_in, may_do, offers_for, onward, seen
from liuhen.desk.fields import wording
from liuhen.desk.forms import UNPROCESSABLE, FormErrors
from liuhen.desk.shown import duties, player
from liuhen.desk.shown.steps import drafts_of
from liuhen.desk.sight import actor_of
from liuhen.measures.vocabulary import Document as Kind
from liuhen.papers import PaperContext
from liuhen.papers import render as render_paper
from liuhen.records import clock
from liuhen.records.models import Draft
from liuhen.records.reveal import View, consulted

GONE = "这份草稿已经定稿或者删除。"
TRIES = 5
WINDOW = 24


class Gone(Exception):
    """There is no such draft any more."""


def opened(request: HttpRequest, draft: str) -> tuple[Draft, View]:
    """A draft and its case, for those who may write in it. Raises Gone, NotPermitted."""
    found = Draft.objects.filter(document=draft).first()
    if found is None:
        raise Gone
    view = seen(request, found.case)
    may_do(actor_of(request), "draft", view)
    documents.require_sight(found, actor_of(request))
    return found, view


@require_http_methods(["GET", "HEAD", "POST"])
def new_document(request: HttpRequest, case: str, kind: str) -> HttpResponse:
    """Begin a draft with all that the case knows; only a button does, opening the address changes nothing. When one of
    this kind is begun already, ask which is meant."""
    view = seen(request, case)
    declared = view.case.release.documents.get(kind)
    if declared is None:
        raise Http404
    documents.require_place(view.case, actor_of(request), kind)
    begun = [d for d in drafts_of(case) if d.kind == kind and d.revision == 1]
    if request.method != "POST" or (begun and not request.POST.get("another")):
        return _ask(request, view, declared, "起草", begun)
    made = documents.new_draft(case, actor_of(request), kind)
    return redirect("document", made.document)


def _ask(
    request: HttpRequest, view: View, kind: Kind, asked: str, begun: Sequence[Draft] = ()
) -> HttpResponse:
    values = {"here": "cases", "case": view.case, "kind": kind, "asked": asked, "begun": begun}
    return render(request, "desk/begun.html", values)


@require_http_methods(["GET", "POST"])
def document(request: HttpRequest, draft: str) -> HttpResponse:
    """The document page: save, add and take away rows, make final, throw away."""
    try:
        found, view = opened(request, draft)
        return _page(request, found, view) if request.method == "GET" else _worked(request, found, view)
    except (Gone, Draft.DoesNotExist):
        messages.info(request, GONE)
        return redirect("work")


def _worked(request: HttpRequest, found: Draft, view: View) -> HttpResponse:
    draft = found.document
    action = request.POST.get("action", "save")
    if action == "discard":
        return _discard(request, found, view)
    data = drafting.without_row(request.POST, action)
    values = drafting.values_sent(found, data, offers_for(view))
    clashes = _clashes(request, found, values)
    if clashes:
        return _page(request, found, view, values=values, clashes=clashes, status=409)
    found = documents.save_draft(
        draft, actor_of(request), values, found.version, title=_title(request, found), window=_window(request)
    )
    if action == "finalise":
        return _finalise(request, found, view)
    if action == "refill":
        documents.refill_draft(draft, actor_of(request))
    if action.startswith("add:"):
        return _page(request, found, view, more=action.removeprefix("add:"))
    messages.success(request, f"已存稿 {clock.now().astimezone(ZONE):%H:%M:%S}")
    return redirect("document", draft)


def _title(request: HttpRequest, draft: Draft) -> str | None:
    """The other title of the kind, when the form offers it and it was chosen."""
    kind = drafting.kind_of(draft)
    chosen = request.POST.get("title")
    if chosen is None or not kind.alias:
        return None
    return kind.alias if chosen == kind.alias else ""


def _window(request: HttpRequest) -> str:
    """The name that the page gave itself, so that two windows of one person are told apart."""
    return request.POST.get("window", "")[:WINDOW]


def _version(request: HttpRequest, draft: Draft) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else draft.version


def _clashes(
    request: HttpRequest, draft: Draft, values: Mapping[str, Any], dirty: Iterable[str] | None = None
) -> list[drafting.Clash]:
    """The fields that this form would put back or overwrite although somebody else changed them meanwhile."""
    kind = {f.name: f for f in drafting.kind_of(draft).fields}
    names = None if dirty is None else set(dirty)
    return [
        drafting.Clash(c.name, c.label, c.by, c.at, wording.words(kind[c.name], draft.values.get(c.name)))
        for c in drafting.edited_since(draft, _version(request, draft), actor_of(request), _window(request))
        if c.name in kind and (names is None or c.name in names)
        and values.get(c.name) != draft.values.get(c.name)
    ]  # fmt: skip


def _discard(request: HttpRequest, draft: Draft, view: View) -> HttpResponse:
    documents.discard_draft(draft.document, actor_of(request))
    messages.success(request, f"草稿《{drafting.title_of(draft)}》已删除；已定稿的文书没有变化")
    return redirect("case", view.case.id)


def _finalise(request: HttpRequest, draft: Draft, view: View) -> HttpResponse:
    """Make it final, or show the same form with everything that is wanting. A refusal that no field mends is a page."""
    actor = actor_of(request)
    try:
        documents.finalise(draft.document, actor, seen=draft.version)
    except Invalid as error:
        view = seen(request, view.case.id)
        already = view.case.documents.get(draft.document)
        if already is not None and already.current.number >= draft.revision:
            # The button was pressed twice: the first press made it final.
            messages.info(request, f"《{drafting.title_of(draft)}》已定稿")
            return redirect(onward(view, actor, draft.document))
        return _page(request, draft, view, errors=_errors(_wanting(draft, error.problems)))
    except Stopped as error:
        if not any(finding.fields for finding in error.findings):
            raise
        rest = [finding for finding in error.findings if not finding.fields]
        return _page(request, draft, view, errors=_errors(_wanting(draft)), stops=rest)
    messages.success(request, f"《{drafting.title_of(draft)}》已定稿")
    return redirect(onward(seen(request, view.case.id), actor, draft.document))


def _wanting(draft: Draft, also: Iterable[Problem] = ()) -> list[Problem]:
    """All that the draft lacks, in the order of its fields, and what is wrong besides: told at once."""
    kind = drafting.kind_of(draft)
    found = drafting.problems(kind.fields, documents.recorded_values(kind, draft.values))
    return list(dict.fromkeys((*found, *also)))


def _errors(wrong: list[Problem]) -> FormErrors:
    return FormErrors.of(wrong, f"还有 {len(wrong)} 处要补，才能定稿")


def _page(
    request: HttpRequest,
    draft: Draft,
    view: View,
    *,
    values: Mapping[str, Any] | None = None,
    errors: FormErrors | None = None,
    stops: Iterable[Finding] = (),
    clashes: list[drafting.Clash] | None = None,
    more: str = "",
    status: int = 200,
) -> HttpResponse:
    offers = offers_for(view)
    shown = draft.values if values is None else values
    told = drafting.wrong_now(draft) | {p.field: p.message for p in reversed(list(errors or ()))}
    context = {
        "here": "cases",
        "view": view,
        "case": view.case,
        "case_id": view.case.id,
        "draft": draft,
        "kind": drafting.kind_of(draft),
        "title": drafting.title_of(draft),
        "offers": offers,
        "groups": drafting.form_of(draft, offers, shown, told, more, player.quotes(view, draft)),
        "errors": errors,
        "stops": list(stops),
        "returned": _returned(view, draft),
        "duties": duties.of_kind(view.case, draft.kind),
        "clashes": clashes or [],
        "window": _window(request) or secrets.token_hex(WINDOW // 2),
        "to_sign": any(s.role != "bureau" for s in drafting.kind_of(draft).signatures),
        "upload_url": f"{reverse('upload', args=[view.case.id])}?document={draft.document}",
        **_fragments(request, draft, view),
    }
    return render(request, "desk/document.html", context, status=UNPROCESSABLE if errors else status)


def _returned(view: View, draft: Draft) -> Opinion | None:
    """Why the earlier text of the draft came back."""
    document = view.case.documents.get(draft.document)
    return document.returned if document is not None else None


def _fragments(request: HttpRequest, draft: Draft, view: View, mark: str = "") -> dict[str, Any]:
    """What changes with every save: counts, checks, pages, who else is at it."""
    actor = actor_of(request)
    count, unseen = drafting.page_count(draft, view.case, mark)
    return {
        "counts": drafting.counts(draft),
        "checks": drafting.checks(draft, actor),
        "pages": [_page_address(draft, n, mark) for n in range(1, count + 1)],
        "unseen": unseen,
        "others": drafting.last_by_others(draft, actor),
        "saved_at": drafting.local_clock(draft.updated_at.isoformat()),
    }


def _page_address(draft: Draft, number: int, mark: str) -> str:
    address = reverse("document_preview", args=[draft.document, number])
    return f"{address}?v={draft.version}" + (f"&mark={mark}" if mark else "")


@require_POST
def draft_autosave(request: HttpRequest, draft: str) -> JsonResponse:
    """Save the fields that changed; two people's changes of different fields are put together, of one field are told.

    Answers ``version``, ``saved`` (words), ``refresh`` (fields that the page should read again), ``wrong`` (what cannot stand,
    by field), and the fragments ``counts``, ``checks``, ``paper``; 409 with ``clashes``; 410 when the draft is gone.
    """
    dirty = [name for name in request.POST.get("dirty", "").split(",") if name]
    try:
        return _autosaved(request, draft, dirty)
    except (Gone, Draft.DoesNotExist):  # made final or thrown away just now
        return JsonResponse({"message": f"{GONE}文字还在本页，可以复制出来。"}, status=410)


def _autosaved(request: HttpRequest, draft: str, dirty: list[str]) -> JsonResponse:
    actor = actor_of(request)
    for _ in range(TRIES):
        found, view = opened(request, draft)
        values = drafting.values_sent(found, request.POST, offers_for(view), dirty)
        clashes = [] if request.POST.get("mine") else _clashes(request, found, values, dirty)
        if clashes:
            return JsonResponse(
                {"clashes": [c.__dict__ for c in clashes], "version": found.version}, status=409
            )
        since = drafting.edited_since(found, _version(request, found), actor, _window(request))
        theirs = [c.name for c in since]
        try:
            saved = documents.save_draft(draft, actor, values, found.version, window=_window(request))
        except DraftChanged:
            continue
        return _saved(request, saved, view, dirty, [n for n in theirs if n not in dirty])
    return JsonResponse({"message": "几个人同时在改，稍后自动再存。"}, status=503)


def _saved(
    request: HttpRequest, saved: Draft, view: View, dirty: list[str], theirs: list[str]
) -> JsonResponse:
    before = dict(saved.values)
    if drafting.steers(drafting.kind_of(saved), dirty):
        saved = documents.refill_draft(saved.document, actor_of(request))
    refilled = [n for n in {*saved.values, *before} if saved.values.get(n) != before.get(n)]
    fragments = _fragments(request, saved, view, request.POST.get("mark", ""))
    context = {"case": view.case, "kind": drafting.kind_of(saved), "draft": saved, **fragments}
    return JsonResponse({
        "version": saved.version,
        "saved": f"已自动保存 {clock.now().astimezone(ZONE):%H:%M:%S}",
        "others": fragments["others"],
        "wrong": drafting.wrong_now(saved),
        "refresh": sorted({*theirs, *refilled}),
        "counts": render_to_string("desk/parts/draft_counts.html", context, request),
        "checks": render_to_string("desk/parts/draft_checks.html", context, request),
        "paper": render_to_string("desk/parts/draft_paper.html", context, request),
    })  # fmt: skip


@require_GET
def document_preview(request: HttpRequest, draft: str, number: int) -> HttpResponse:
    """One page of a draft as it would print, PNG."""
    try:
        found, view = opened(request, draft)
    except Gone as gone:
        raise Http404 from gone
    images = drafting.pages(found, view.case, request.GET.get("mark", ""))
    if not 1 <= number <= len(images):
        raise Http404
    response = HttpResponse(images[number - 1], content_type="image/png")
    response["Cache-Control"] = "private, max-age=60"
    return response


@require_GET
def draft_paper(request: HttpRequest, draft: str) -> HttpResponseBase:
    """The draft as PDF, marked as a draft, to be printed and taken along."""
    try:
        found, view = opened(request, draft)
    except Gone as gone:
        raise Http404 from gone
    kind = drafting.kind_of(found)
    context: PaperContext = drafting.paper_of(found, view.case)
    paper = render_paper(kind, drafting.printable(kind, found.values), context, draft=True)
    consulted(
        actor_of(request), f"case/{view.case.id}/{found.document}", f"打印草稿《{drafting.title_of(found)}》"
    )
    response = HttpResponse(paper.pdf, content_type="application/pdf")
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: HttpRequest, case: str, document: str) -> HttpResponse:
    """Begin a further text of a document that was returned or is not issued yet; only a button does."""
    if request.method != "POST":
        if Draft.objects.filter(document=document).exists():
            return redirect("document", document)
        view = seen(request, case)
        return _ask(request, view, document_in(view, document).declared, "改写")
    made = documents.revise(case, actor_of(request), document)
    return redirect("document", made.document)


urlpatterns = [
    path("cases/<str:case>/new/<str:kind>/", new_document, name="new_document"),
    path("cases/<str:case>/documents/<str:document>/revise/", revise, name="revise"),
    path("drafts/<str:draft>/", document, name="document"),
    path("drafts/<str:draft>/save/", draft_autosave, name="draft_autosave"),
    path("drafts/<str:draft>/pages/<int:number>.png", document_preview, name="document_preview"),
    path("drafts/<str:draft>/draft.pdf", draft_paper, name="draft_paper"),
]
