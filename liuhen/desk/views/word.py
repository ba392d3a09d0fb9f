"""A document as DOCX beside its PDF, final or draft: who may read the paper may have it so; every reading is logged (R33.1)."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from liuhen.acts.finishing import mark_of, paper_context
from liuhen.desk import drafting
from liuhen.desk.doing import document_in, seen
from liuhen.desk.shown import secrets
from liuhen.desk.sight import actor_of
from liuhen.desk.views.document import Gone, opened
from liuhen.papers.word import MEDIA_TYPE, word
from liuhen.records.reveal import consulted


@require_safe
def paper_docx(request: HttpRequest, case: str, document: str) -> HttpResponse:
    """The current text of a document made here, with the opinions and signatures that it has."""
    view = seen(request, case)
    found = document_in(view, document)
    text, kind = found.current, found.declared
    if text.origin != "made" or kind.layout == "received":
        raise Http404
    if secrets.hidden(found):
        raise secrets.Closed(found.title, reverse("read_document", args=[case, document]))
    places = {wanted.role for wanted in kind.signatures}
    data = word(
        kind,
        found.values,
        paper_context(view.case, found, text.commitment),
        final=True,
        strokes=[mark_of(sign) for sign in text.signatures if sign.role in places],
    )
    consulted(actor_of(request), f"case/{case}/{document}", f"取《{found.title}》DOCX")
    return _sent(data, found.title)


@require_safe
def draft_docx(request: HttpRequest, draft: str) -> HttpResponse:
    """A draft, marked as such, its gaps named."""
    try:
        found, view = opened(request, draft)
    except Gone as gone:
        raise Http404 from gone
    kind = drafting.kind_of(found)
    if kind.layout == "received":
        raise Http404
    title = drafting.title_of(found)
    data = word(kind, drafting.printable(kind, found.values), drafting.paper_of(found, view.case), draft=True)
    consulted(actor_of(request), f"case/{view.case.id}/{found.document}", f"取草稿《{title}》DOCX")
    return _sent(data, f"{title}（草稿）")


def _sent(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.docx"
    response["Cache-Control"] = "private, no-store"
    return response


urlpatterns = [
    path("cases/<str:case>/documents/<str:document>/paper.docx", paper_docx, name="paper_docx"),
    path("drafts/<str:draft>/draft.docx", draft_docx, name="draft_docx"),
]
