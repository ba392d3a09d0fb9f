"""上传签名扫描件: papers signed by hand come back as one scan, are found by their codes, and who signed is registered (A14)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from liuhen.acts import scanning, signatures
from liuhen.acts.showing import shown
from liuhen.acts.situation import Invalid, invalid
from liuhen.acts.storage import vault
from liuhen.casefile.state import Document, Recording
from liuhen.casefile.values import Problem
from liuhen.desk.doing import document_in, local_moment, may_do, page, seen
from liuhen.desk.forms import FormErrors
from liuhen.desk.places import Place, places, suggestions
from liuhen.desk.shown import secrets
from liuhen.desk.sight import actor_of
from liuhen.office.policy import Actor
from liuhen.papers import page_count
from liuhen.records.read import NoSuchCase
from liuhen.records.reveal import View, consulted


@dataclass(frozen=True)
class Line:
    """A place to sign with what the form holds for it: ticked or not, the name, the page."""

    place: Place
    open: bool
    ticked: bool
    name: str
    page: str


@require_http_methods(["GET", "POST"])
def scan(request: HttpRequest, case: str) -> HttpResponse:
    """Upload a scan; one paper leads on to registering who signed it, several back to the list of them."""
    view = seen(request, case)
    may_do(actor_of(request), "deposit", view)
    if request.method == "GET":
        return _page(request, view)
    file = request.FILES.get("file")
    try:
        if file is None:
            raise invalid("file", "选择扫描件")
        if (file.size or 0) > scanning.LARGEST:
            raise invalid("file", "扫描件超过 200 MB，请分开上传")
        kept, noted = scanning.keep(case, actor_of(request), file.read(), file.name or "")
    except Invalid as error:
        return _page(request, view, FormErrors.of(error, "还没有存入"))
    messages.success(request, f"已存入{'、'.join(f'《{one.title}》' for one in kept)}的签名扫描件")
    for words in noted:
        messages.warning(request, words)
    return redirect("scan_signed", case, kept[0].entry) if len(kept) == 1 else redirect("scan", case)


def _page(request: HttpRequest, view: View, errors: FormErrors | None = None) -> HttpResponse:
    case, actor = view.case, actor_of(request)
    kept = [(one, *_left(places(case.documents[one.document]), actor)) for one in scanning.originals(case)]
    return page(request, "desk/scan.html", view, errors, kept=kept)


def _left(found: list[Place], actor: Actor) -> tuple[bool, bool]:
    """Whether a signature that must be there is this person's to register; whether one that may be there is."""
    free = [place for place in found if place.open_to(actor)]
    return any(place.required for place in free), bool(free)


@require_http_methods(["GET", "POST"])
def scan_signed(request: HttpRequest, case: str, entry: str) -> HttpResponse:
    """Look at the signed original and say who signed it, where; the colleagues say so of themselves on the same page."""
    view = seen(request, case)
    actor = actor_of(request)
    may_do(actor, "sign", view)
    recording = view.case.recording(entry)
    if recording is None or recording.voided or recording.document not in view.case.documents:
        raise NoSuchCase("案卷里没有这份签名扫描件")
    document = document_in(view, recording.document)
    if secrets.hidden(document):
        raise secrets.Closed(document.title, reverse("read_document", args=[case, document.id]))
    if request.method == "GET":
        return _signed_page(request, view, document, recording)
    try:
        names = _register(request, view, document, recording)
    except Invalid as error:
        fresh = seen(request, case)
        return _signed_page(
            request, fresh, document_in(fresh, document.id), recording, FormErrors.of(error, "还没有登记")
        )
    messages.success(request, f"已登记{'、'.join(names)}在《{document.title}》上的签名")
    return redirect("read_document", case, document.id)


def _register(request: HttpRequest, view: View, document: Document, recording: Recording) -> list[str]:
    """Register the signatures that are ticked. Raises Invalid with what is wrong before any is registered."""
    actor, given = actor_of(request), request.POST
    at, problems = local_moment(given.get("at", ""), "签名时间", "at")
    lines = [line for line in _lines(request, document, actor, recording) if line.open and line.ticked]
    if not lines:
        problems.append(Problem("places", "签名", "勾选扫描件上已经签名的人", True))
    last = _pages(recording)
    for line in lines:
        name = f"page-{line.place.index}"
        if not line.page.isdigit() or not 1 <= int(line.page) <= last:
            problems.append(
                Problem(name, "页次", f"“{line.place.label}”的签名在第几页，填 1 到 {last}", False)
            )
        if not line.place.mine(actor) and not line.name:
            problems.append(
                Problem(f"name-{line.place.index}", "姓名", f"填写“{line.place.label}”的姓名", True)
            )
    if problems:
        raise Invalid(problems)
    names: list[str] = []
    for line in lines:
        own = line.place.own or (line.place.mine(actor) and not line.name)
        signatures.sign(
            view.case.id, actor, document.id,
            role=line.place.role,
            name="" if own else line.name,
            means="paper",
            original=recording.digest,
            page=int(line.page),
            at=at,
            seen=given.get("seen", ""),
        )  # fmt: skip
        names.append(actor.name if own else line.name)
    return names


def _lines(request: HttpRequest, document: Document, actor: Actor, recording: Recording) -> list[Line]:
    posted, last = request.method == "POST", _pages(recording)
    return [
        Line(
            place,
            place.open_to(actor),
            str(place.index) in request.POST.getlist("signed"),
            request.POST.get(f"name-{place.index}", "").strip() if posted else place.name,
            request.POST.get(f"page-{place.index}", "").strip()
            if posted
            else str(1 if place.every_page else last),
        )
        for place in places(document)
    ]


def _pages(recording: Recording) -> int:
    """How many pages the original has; a picture has one."""
    with vault().open(recording.digest) as file:
        data = file.read()
    return page_count(data) if data.startswith(b"%PDF-") else 1


def _signed_page(
    request: HttpRequest,
    view: View,
    document: Document,
    recording: Recording,
    errors: FormErrors | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    consulted(actor, f"case/{view.case.id}/{document.id}", f"查看《{document.title}》的签名扫描件")
    lines = _lines(request, document, actor, recording)
    others = [x.place for x in lines if x.place.sign is None and x.place.required and not x.open]
    must, may = _left([line.place for line in lines], actor)
    context: dict[str, Any] = {
        "document": document,
        "must": must,
        "may": may,
        "others": [place.name or place.label for place in others],
        "original": reverse("media_file", args=[view.case.id, recording.digest]),
        "picture": recording.media_type.startswith("image/"),
        "lines": lines,
        "seen": shown(document),
        "suggestions": suggestions(document),
        "pages": _pages(recording),
        "post": request.POST,
    }
    return page(request, "desk/scan_signed.html", view, errors, **context)


urlpatterns = [
    path("cases/<str:case>/scan/", scan, name="scan"),
    path("cases/<str:case>/scan/<str:entry>/", scan_signed, name="scan_signed"),
]
