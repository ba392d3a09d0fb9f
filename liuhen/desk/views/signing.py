"""签名: one person, one place, full screen: read first, then draw, scan, or refuse with the reason."""

from __future__ import annotations

import io
import json
from typing import Any

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods
from PIL import Image, UnidentifiedImageError

from liuhen.acts import signatures
from liuhen.acts.showing import shown
from liuhen.acts.signatures import OWN_ROLES
from liuhen.acts.situation import Invalid, invalid
from liuhen.acts.storage import vault
from liuhen.casefile.state import Document
from liuhen.desk import sheets
from liuhen.desk.doing import document_in, onward, page, seen
from liuhen.desk.fields.offers import deposited
from liuhen.desk.forms import FormErrors
from liuhen.desk.places import Place, chosen, finished, places, suggestions
from liuhen.desk.sight import actor_of, allowed, person_may
from liuhen.records.reveal import View, consulted

LARGEST = 20 * 1024 * 1024
REASONS = ("对记录内容有异议。", "认为与己无关。", "未说明理由，转身离开。", "要求咨询律师后再签。")


def strokes_of(text: str) -> list[list[int]]:
    """The drawing that the page sends. Raises Invalid when it is none."""
    try:
        found = json.loads(text or "[]")
    except json.JSONDecodeError as error:
        raise invalid("strokes", "笔迹数据不对，请重写") from error
    if not isinstance(found, list) or any(not isinstance(stroke, list) for stroke in found):
        raise invalid("strokes", "笔迹数据不对，请重写")
    return found


def scan_of(request: HttpRequest) -> bytes:
    """The picture of a signature that was uploaded, as PNG or JPEG. Raises Invalid."""
    file = request.FILES.get("scan")
    if file is None:
        return b""
    if (file.size or 0) > LARGEST:
        raise invalid("scan", "图片超过 20 MB，请缩小后再传")
    data = file.read()
    try:
        with Image.open(io.BytesIO(data)) as image:
            image.verify()
            known = image.format in ("PNG", "JPEG")
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise invalid("scan", "选择 PNG 或者 JPG 格式的图片") from error
    if not known:
        raise invalid("scan", "选择 PNG 或者 JPG 格式的图片")
    return data


@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, case: str, document: str) -> HttpResponse:
    """The sign page; after a signature the next place, after the last one the next step."""
    view = seen(request, case)
    found = document_in(view, document)
    actor = actor_of(request)
    place = chosen(places(found), actor, request.POST.get("place") or request.GET.get("place", ""))
    if request.method == "GET" or place is None:
        return _page(request, view, found, place)
    try:
        _signed(request, case, found, place)
    except Invalid as error:
        return _page(request, view, found, place, FormErrors.of(error, "还没有签上"))
    view = seen(request, case)
    found = document_in(view, document)
    refused = request.POST.get("means") == "refused"
    who = actor.name if place.own else request.POST.get("name", "").strip() or place.label
    messages.success(request, f"{who}{'拒绝签名，已经记下' if refused else '已签名'}")
    if any(p.open_to(actor) and p.required for p in places(found)):
        return redirect("sign", case, document)
    return redirect(onward(view, actor, document) if finished(found) else reverse("case", args=[case]))


def _originals(document: Document) -> list[dict[str, str]]:
    """The files of a received paper, digest and name, on the first of which its signature stands; none for papers of ours."""
    files = document.values.get("files") if document.declared.layout == "received" else None
    return list(files) if isinstance(files, list) else []


def _original(document: Document) -> str:
    return next((file["digest"] for file in _originals(document)), "")


def _scan(request: HttpRequest, document: Document, means: str) -> bytes:
    """The picture of a signature: uploaded, or the received paper itself."""
    if means == "original":
        with vault().open(_original(document)) as file:
            return file.read()
    return scan_of(request) if means == "scan" else b""


def _signed(request: HttpRequest, case: str, document: Document, place: Place) -> None:
    given = request.POST
    means = given.get("means", "drawn")
    signatures.sign(
        case, actor_of(request), document.id,
        role=place.role,
        name="" if place.own else given.get("name", place.name),
        means="scan" if means == "original" else means,
        strokes=strokes_of(given.get("strokes", "")) if means == "drawn" else (),
        scan=_scan(request, document, means),
        reason=given.get("reason", ""),
        witness=given.get("witness", ""),
        recording=given.get("recording", ""),
        seen=given.get("seen", ""),
    )  # fmt: skip


def _page(
    request: HttpRequest,
    view: View,
    document: Document,
    place: Place | None,
    errors: FormErrors | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    found = places(document)
    consulted(actor, f"case/{view.case.id}/{document.id}", f"签名前阅看《{document.title}》")
    context: dict[str, Any] = {
        "document": document,
        "place": place,
        "places": found,
        "open": [p.index for p in found if p.open_to(actor)],
        "outside": [p.index for p in found if _is_outside(p, view)],
        "may_assign": allowed(actor, "assign", view),
        "unready": document.rendition("for_signature") is None and not _original(document),
        "original": _original(document),
        "originals": _originals(document),
        "every_page": place is not None and place.every_page,
        "name": request.POST.get("name") or (_own_name(place, request) if place else ""),
        "suggestions": suggestions(document),
        "pages": sheets.addresses(view.case, document),
        "seen": shown(document),
        "films": [r for r in deposited(view.case) if r.recorded],
        "reasons": REASONS,
        "qr": _code(request) if place and not _original(document) else "",
        "post": request.POST,
    }
    return page(request, "desk/sign.html", view, errors, **context)


def _is_outside(place: Place, view: View) -> bool:
    """Whether somebody of the bureau is to sign here who cannot even open the case: nobody gave them a part in it."""
    if place.sign is not None or place.role not in OWN_ROLES or not place.name:
        return False
    named = [p.id for p in view.case.office.people.values() if p.name == place.name]
    return bool(named) and not any(person_may(person, "sign", view) for person in named)


def _own_name(place: Place, request: HttpRequest) -> str:
    return actor_of(request).name if place.mine(actor_of(request)) else place.name


def _code(request: HttpRequest) -> str:
    """The address of this page as a QR code, for a tablet that is signed in on the intranet."""
    code = segno.make(request.build_absolute_uri(), error="m", micro=False)
    return code.svg_inline(border=0, omitsize=True, svgclass="qr qr-l", lineclass=None)


urlpatterns = [path("cases/<str:case>/documents/<str:document>/sign/", sign, name="sign")]
