"""引用此刻: a film, and of one moment of it the picture, the time and the digests, to be quoted in a paper."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from liuhen.acts import previewing
from liuhen.acts.storage import previews, vault
from liuhen.casefile.moments import ZONE
from liuhen.casefile.state import Recording
from liuhen.desk import files
from liuhen.desk.doing import page, seen
from liuhen.desk.shown import secrets
from liuhen.desk.sight import actor_of
from liuhen.office.policy import NotPermitted
from liuhen.recordings.apart import frame_at
from liuhen.records.reveal import View, consulted


def _recording(view: View, entry: str) -> Recording:
    found = view.case.recording(entry)
    if found is None or found.voided or found.place != "vault":
        raise Http404
    if found.digest in secrets.guarded(view.case):
        raise NotPermitted("这段音像里有你无权查看的内容，需要的请本科室负责人办理")
    return found


def _seconds(request: HttpRequest) -> float:
    """The moment asked for, from the beginning of the film; the beginning when it cannot be read."""
    try:
        asked = float(request.GET.get("t", "0"))
    except ValueError:
        return 0.0
    return round(asked, 1) if 0 <= asked < 10_000_000 else 0.0


@require_safe
def moment(request: HttpRequest, case: str, entry: str) -> HttpResponse:
    """The film with the moment that is to be quoted."""
    view = seen(request, case)
    found, seconds = _recording(view, entry), _seconds(request)
    with vault().open(found.digest) as file:
        picture = frame_at(file, seconds)
    told = previews().told(found.digest)
    context = {
        "recording": found,
        "seconds": f"{seconds:g}",
        "told": told,
        "coming": previewing.want(found.digest, found.media_type),
        "plays": (told is None and found.media_type in files.SHOWN) or (told is not None and told.plays),
        "quote": quote(found, seconds, picture) if picture else "",
    }
    return page(request, "desk/moment.html", view, **context)


def quote(found: Recording, seconds: float, picture: bytes) -> str:
    """The line for a paper: which film, when in it, what o'clock, both digests."""
    place = str(timedelta(seconds=int(seconds)))
    clock = ""
    if isinstance(found.starts, datetime):
        at = (found.starts + timedelta(seconds=seconds)).astimezone(ZONE)
        clock = f"（{at.year}年{at.month}月{at.day}日 {at:%H:%M:%S}）"
    digest = hashlib.sha256(picture).hexdigest()
    return f"录像“{found.what}”（{found.name}，校验值 {found.digest}）第 {place} 处{clock}的画面，画面校验值 sha256:{digest}"


@require_safe
def frame(request: HttpRequest, case: str, entry: str) -> HttpResponse:
    """The picture of that moment, logged as read."""
    found, seconds = _recording(seen(request, case), entry), _seconds(request)
    with vault().open(found.digest) as file:
        picture = frame_at(file, seconds)
    if picture is None:
        raise Http404
    consulted(actor_of(request), f"case/{case}/{found.digest}", f"截取第 {seconds:g} 秒的画面")
    return HttpResponse(picture, content_type="image/jpeg", headers={"Cache-Control": "private, no-store"})


urlpatterns = [
    path("cases/<str:case>/recordings/<str:entry>/", moment, name="moment"),
    path("cases/<str:case>/recordings/<str:entry>/frame.jpg", frame, name="frame"),
]
