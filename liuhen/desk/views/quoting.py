"""音像: one film or sound with its line of time; of one moment the picture, the time and the digests, to be quoted in a paper,
marked, or filed as evidence."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from liuhen.acts import moments, previewing
from liuhen.acts.situation import Invalid
from liuhen.acts.storage import previews, vault
from liuhen.casefile.state import Recording
from liuhen.desk import files, words
from liuhen.desk.doing import may_do, page, seen
from liuhen.desk.forms import FormErrors
from liuhen.desk.shown import player, secrets
from liuhen.desk.sight import actor_of, allowed
from liuhen.measures.facts import RECORDING_MOMENT
from liuhen.office.policy import NotPermitted
from liuhen.recordings.apart import frame_at
from liuhen.recordings.shelf import Told
from liuhen.records.reveal import View, consulted


def _recording(view: View, entry: str) -> Recording:
    found = view.case.recording(entry)
    if found is None or found.voided or found.place != "vault":
        raise Http404
    if found.digest in secrets.guarded(view.case):
        raise NotPermitted("这段音像里有你无权查看的内容，需要的请本科室负责人办理")
    return found


def _seconds(text: str) -> float:
    """The moment asked for, from the beginning of the film; the beginning when it cannot be read."""
    try:
        asked = float(text or "0")
    except ValueError:
        return 0.0
    return round(asked, 1) if 0 <= asked < 10_000_000 else 0.0


@require_safe
def moment(request: HttpRequest, case: str, entry: str) -> HttpResponse:
    """The film with the moment that is to be quoted."""
    view = seen(request, case)
    return _page(request, view, _recording(view, entry), _seconds(request.GET.get("t", "")))


def _page(
    request: HttpRequest, view: View, found: Recording, seconds: float, errors: FormErrors | None = None
) -> HttpResponse:
    told, picture = previews().told(found.digest), b""
    if not found.media_type.startswith("audio/"):
        with vault().open(found.digest) as file:
            picture = frame_at(file, seconds) or b""
    context = {
        "recording": found,
        "seconds": f"{seconds:g}",
        "source": _source(view.case.id, found, told),
        "sound": found.media_type.startswith("audio/"),
        "told": told or Told(),
        "coming": previewing.want(found.digest, found.media_type),
        "quote": quote(found, seconds, picture) if picture else "",
        "line": player.line(view, found, told),
        "may_mark": allowed(actor_of(request), "state_fact", view),
        "may_file": bool(picture) and allowed(actor_of(request), "deposit", view),
        "phrases": _phrases(view),
        "post": request.POST,
        "papers": [d for d in view.case.documents.values() if not d.voided],
    }
    return page(request, "desk/moment.html", view, errors, **context)


def _source(case: str, found: Recording, told: Told | None) -> str:
    """What the page plays; empty when nothing can be played."""
    href = reverse("media_file", args=[case, found.digest])
    if told is not None and told.played:
        return f"{href}?size=play"
    playable = found.media_type in files.SHOWN if told is None else told.plays
    return href if playable else ""


def _phrases(view: View) -> tuple[str, ...]:
    declared = view.case.release.facts.get(RECORDING_MOMENT)
    return next((f.phrases for f in declared.fields if f.name == "text"), ()) if declared else ()


def quote(found: Recording, seconds: float, picture: bytes) -> str:
    """The line for a paper: which film, when in it, what o'clock, both digests."""
    digest = hashlib.sha256(picture).hexdigest()
    return f"{player.place(found, seconds)}的画面，画面校验值 sha256:{digest}"


@require_safe
def frame(request: HttpRequest, case: str, entry: str) -> HttpResponse:
    """The picture of that moment, logged as read."""
    found, seconds = _recording(seen(request, case), entry), _seconds(request.GET.get("t", ""))
    with vault().open(found.digest) as file:
        picture = frame_at(file, seconds)
    if picture is None:
        raise Http404
    consulted(actor_of(request), f"case/{case}/{found.digest}", f"截取第 {seconds:g} 秒的画面")
    return HttpResponse(picture, content_type="image/jpeg", headers={"Cache-Control": "private, no-store"})


@require_POST
def mark(request: HttpRequest, case: str, entry: str) -> HttpResponse:
    """Mark what is seen or heard at a moment."""
    view, seconds = seen(request, case), _seconds(request.POST.get("t", ""))
    found = _recording(view, entry)
    may_do(actor_of(request), "state_fact", view)
    try:
        moments.mark(case, actor_of(request), found.entry, int(seconds), request.POST.get("text", ""))
    except Invalid as error:
        return _page(request, view, found, seconds, FormErrors.of(error, "还没有标记"))
    messages.success(request, f"已标记第 {words.played(seconds)} 处")
    return redirect(f"{reverse('moment', args=[case, entry])}?t={seconds:g}")


@require_POST
def still(request: HttpRequest, case: str, entry: str) -> HttpResponse:
    """File the picture of a moment as evidence."""
    view, seconds = seen(request, case), _seconds(request.POST.get("t", ""))
    found = _recording(view, entry)
    may_do(actor_of(request), "deposit", view)
    try:
        moments.file_still(
            case, actor_of(request), found.entry, seconds, what=request.POST.get("what", ""),
            document=request.POST.get("document", ""),
        )  # fmt: skip
    except Invalid as error:
        return _page(request, view, found, seconds, FormErrors.of(error, "画面还没有存入"))
    messages.success(request, f"第 {words.played(seconds)} 处的画面已存入本案")
    return redirect(f"{reverse('moment', args=[case, entry])}?t={seconds:g}")


urlpatterns = [
    path("cases/<str:case>/recordings/<str:entry>/", moment, name="moment"),
    path("cases/<str:case>/recordings/<str:entry>/frame.jpg", frame, name="frame"),
    path("cases/<str:case>/recordings/<str:entry>/mark/", mark, name="mark_moment"),
    path("cases/<str:case>/recordings/<str:entry>/still/", still, name="file_still"),
]
