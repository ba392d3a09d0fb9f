"""常用语: the usual wordings of each field, kept by section heads for their section and by 政策法规科 for the bureau."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from liuhen.acts import phrases
from liuhen.acts.situation import Invalid
from liuhen.desk.forms import UNPROCESSABLE, FormErrors
from liuhen.desk.sight import actor_of
from liuhen.measures import DOCUMENTS
from liuhen.measures.vocabulary import STAGES, Document, Field
from liuhen.office.models import Phrase
from liuhen.office.policy import Actor


@dataclass(frozen=True)
class Place:
    """A field with its wordings: declared ones, then each kept one with whether the reader may change it."""

    name: str
    label: str
    field: Field
    kept: list[tuple[Phrase, bool]]


def _places(kind: Document, actor: Actor) -> list[Place]:
    seen = Phrase.objects.filter(kind=kind.code)
    rows = [(one, phrases.keeps(actor, one.section)) for one in seen]
    return [
        Place(name, label, field, [(one, mine) for one, mine in rows if one.field == name])
        for name, label, field in phrases.places(kind)
    ]


def _scopes(actor: Actor) -> list[tuple[str, str]]:
    """For whom the reader may keep wordings."""
    wanted = [("", "全局"), (actor.section, actor.section)]
    return [(code, label) for code, label in dict(wanted).items() if label and phrases.keeps(actor, code)]


@require_http_methods(["GET", "POST"])
def kept(request: HttpRequest) -> HttpResponse:
    """Choose a kind of document, see the wordings of its fields, add, change or remove those one keeps."""
    actor = actor_of(request)
    code = request.POST.get("kind") or request.GET.get("kind", "")
    if code and code not in DOCUMENTS:
        raise Http404
    if request.method == "GET":
        return _page(request, actor, code)
    try:
        said = _done(request, actor, code)
    except Invalid as error:
        return _page(request, actor, code, FormErrors.of(error))
    messages.success(request, said)
    return redirect(f"{reverse('phrases')}?kind={code}")


def _done(request: HttpRequest, actor: Actor, code: str) -> str:
    given = request.POST
    number = given.get("phrase", "")
    phrase = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else None
    if given.get("action") == "remove":
        phrases.remove(actor, phrase or 0)
        return "常用语已经删去；已经写成的文书不受影响"
    phrases.keep(
        actor, code, given.get("field", ""), given.get("text", ""), given.get("section", ""), phrase=phrase
    )
    return "常用语已经保存，填写这一栏时可以选用"


def _page(request: HttpRequest, actor: Actor, code: str, errors: FormErrors | None = None) -> HttpResponse:
    filled = [d for d in DOCUMENTS.values() if d.filled and phrases.places(d)]
    values = {
        "here": "measures",
        "stages": [(stage, [d for d in filled if d.stage == stage]) for stage in STAGES],
        "kind": DOCUMENTS.get(code),
        "fields": _places(DOCUMENTS[code], actor) if code else [],
        "scopes": _scopes(actor),
        "errors": errors,
        "post": request.POST,
    }
    return render(request, "desk/phrases.html", values, status=UNPROCESSABLE if errors else 200)


urlpatterns = [path("phrases/", kept, name="phrases")]
