"""存入音像和材料: photographs, films, papers go into the vault with progress and are tied to document and duty (A31)."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from liuhen.acts import keeping, media
from liuhen.acts.fitness import NO_PICTURE, is_picture
from liuhen.acts.originals import not_original
from liuhen.acts.situation import Invalid
from liuhen.casefile.values import Problem
from liuhen.desk import words
from liuhen.desk.doing import local_moment, may_do, next_of, offers_for, page, seen
from liuhen.desk.drafting import title_of
from liuhen.desk.forms import UNPROCESSABLE, FormErrors
from liuhen.desk.recorded import late, room
from liuhen.desk.shown import duties
from liuhen.desk.shown.steps import drafts_of
from liuhen.desk.sight import actor_of
from liuhen.desk.views.tray import unfinished
from liuhen.records import clock
from liuhen.records.append import Receipt
from liuhen.records.reveal import View

_NO_PAPER = Problem("document", "归入哪份文书", "选择本案的文书或者草稿", False)


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, case: str) -> HttpResponseBase:
    """The upload page. A script sends one file a request and is answered in JSON, so that each has its own progress."""
    view = seen(request, case)
    may_do(actor_of(request), "deposit", view)
    if request.method == "GET":
        return _page(request, view)
    try:
        stored = _tied(request, view) if request.POST.get("tie") else _stored(request, view)
    except Invalid as error:
        if request.POST.get("ajax"):
            return JsonResponse(_refusal(request, view, error), status=UNPROCESSABLE)
        return _page(request, view, FormErrors.of(error, "还没有存入"), _known(error))
    if request.POST.get("ajax"):
        return JsonResponse(stored[0])
    done = "已归入" if request.POST.get("tie") else f"已存入 {len(stored)} 个文件"
    messages.success(request, done)
    return redirect(next_of(request, reverse("case", args=[case])))


def _stored(request: HttpRequest, view: View) -> list[dict[str, Any]]:
    """Store every file that was sent; one that is there already keeps none of the others back. Raises Invalid."""
    stored, there = [], []
    for file in _files(request) or [None]:
        try:
            stored.append(_deposited(request, view, file))
        except media.AlreadyThere as error:
            there.append(error)
    if stored and there:
        messages.success(request, f"已存入 {len(stored)} 个文件")
    if there:
        raise there[0]
    return stored


def _tied(request: HttpRequest, view: View) -> list[dict[str, Any]]:
    """Tie a file that is there already to what the form says. Raises Invalid."""
    given, entry = request.POST, request.POST["tie"]
    document, duty = given.get("document", ""), given.get("duty", "")
    if document and document not in _belonging(view):
        raise Invalid([_NO_PAPER])
    media.tie(
        view.case.id,
        actor_of(request),
        entry,
        document=document,
        duty=duty if duty in view.case.release.duties else "",
    )
    return [_told(request, view.case.id, entry)]


def _known(error: Invalid) -> str:
    """The entry that deposited the file before; empty when that is not what is wrong."""
    return error.entry if isinstance(error, media.AlreadyThere) else ""


def _refusal(request: HttpRequest, view: View, error: Invalid) -> dict[str, Any]:
    """What is wrong, for a script; of a file that is there already also which one it is."""
    told = {
        "message": "；".join(p.message for p in error.problems),
        "fields": [p.field for p in error.problems],
    }
    entry = _known(error)
    if not entry:
        return told
    there = {"tie": entry, "where": _where(view, entry), "stored": _told(request, view.case.id, entry)}
    return told | there


def _where(view: View, entry: str) -> str:
    """What a file that is there already is, since when, where it belongs: in a sentence."""
    found = view.case.recordings[entry]
    titles = {d.document: title_of(d) for d in drafts_of(view.case.id)}
    titles |= {d.id: d.title for d in view.case.documents.values()}
    place = f"归入《{titles[found.document]}》" if found.document in titles else "没有归入文书"
    return f"本案已有“{found.what}”（{found.name}），{words.on(found.deposited_at)}存入，{place}。"


def _files(request: HttpRequest) -> list[Any]:
    found = request.FILES.getlist("file")
    if not found and not _on_device(request):
        raise Invalid([Problem("file", "文件", "选择要存入的文件", True)])
    return found


def _on_device(request: HttpRequest) -> bool:
    """Whether the file stays on the bureau's dedicated device and is registered by its digest only."""
    return request.POST.get("place") == "device"


def _digested(request: HttpRequest, file: Any) -> tuple[str, int, str]:
    """Digest, size and name of a file on the device: computed from the file that was chosen, else as they were typed."""
    given = request.POST
    if file is None:
        size = given.get("size", "").replace(",", "").strip()
        digest = given.get("digest", "").strip().lower().removeprefix("sha256:")
        return f"sha256:{digest}", int(size) if size.isdecimal() else 0, given.get("name", "")
    return f"sha256:{hashlib.file_digest(file.file, 'sha256').hexdigest()}", file.size, file.name


def _deposited(request: HttpRequest, view: View, file: Any) -> dict[str, Any]:
    """Store one file; its bytes are read from the temporary file in pieces, never as a whole."""
    given = request.POST
    recorded = given.get("recorded") == "1"
    starts, wrong = local_moment(given.get("from", ""), "开始时间", "from")
    ends, more = local_moment(given.get("to", ""), "结束时间", "to")
    document = given.get("document") or request.GET.get("document", "")
    problems = [*wrong, *more]
    if recorded:
        problems += late(given.get("late_reason", ""), ends, given.get("by", ""), clock.now())
    if document and document not in _belonging(view):
        problems.append(_NO_PAPER)
    told = _unfit(file, recorded, given.get("media", "")) if file is not None else ""
    if told:
        problems.append(Problem("file", "文件", told, False))
    if problems:
        raise Invalid(problems)
    if file is None or _on_device(request):
        digest, size, name = _digested(request, file)
        store: Any = partial(media.register, view.case.id, actor_of(request), digest, size, name)
    else:
        store = partial(media.deposit, view.case.id, actor_of(request), file.file, file.name)
    receipts: list[Receipt] = store(
        what=given.get("what", ""),
        recorded=recorded,
        document=document,
        duty=given.get("duty", "") if recorded and given.get("duty") in view.case.release.duties else "",
        starts=starts if recorded else None,
        ends=ends if recorded else None,
        device=given.get("device", "") if recorded or _on_device(request) else "",
        by=given.get("by", "") if recorded else "",
        late_reason=given.get("late_reason", "") if recorded else "",
    )  # fmt: skip
    return _told(request, view.case.id, receipts[0].hash)


def _unfit(file: Any, recorded: bool, media: str) -> str:
    """Why a file cannot be what it is sent as: a photograph, an original. What a camera made is looked at elsewhere."""
    if media == "image":
        return "" if is_picture(file.file) else NO_PICTURE
    return "" if recorded else not_original(file.file, file.name)


def _belonging(view: View) -> set[str]:
    """The documents and drafts of the case to which a file may belong."""
    return set(view.case.documents) | {draft.document for draft in drafts_of(view.case.id)}


def _told(request: HttpRequest, case: str, entry: str) -> dict[str, Any]:
    kept = seen(request, case).case.recording(entry)
    assert kept is not None
    href = reverse("media_file", args=[case, kept.digest])
    image = kept.media_type.startswith("image/") and kept.place == "vault"
    return {
        "digest": kept.digest, "name": kept.name, "size": words.size(kept.size), "image": image,
        "href": f"{href}?size=thumb" if image else href,
    }  # fmt: skip


def _page(
    request: HttpRequest, view: View, errors: FormErrors | None = None, there: str = ""
) -> HttpResponse:
    there = there or request.POST.get("tie", "")
    offers = offers_for(view)
    drafts = [(d.document, f"《{title_of(d)}》（草稿）") for d in drafts_of(view.case.id)]
    papers = [
        (p.document, f"《{p.title}》，{words.on(p.on)}" if p.on else f"《{p.title}》") for p in offers.papers
    ]
    chosen = request.POST.get("document") or request.GET.get("document", "")
    kinds = {d.id: d.kind for d in view.case.documents.values()} | {
        d.document: d.kind for d in drafts_of(view.case.id)
    }
    declared = view.case.release.duties
    usual = next((code for code, duty in declared.items() if duty.document == kinds.get(chosen)), "")
    free, hours = room()
    context = {
        "papers": [*drafts, *papers],
        "there": there,
        "where": _where(view, there) if there in view.case.recordings else "",
        "chosen": chosen,
        "duties": duties.of_case(view.case),
        "duty": request.POST.get("duty") or request.GET.get("duty") or usual,
        "officers": [(p, view.case.office.name(p)) for p in view.case.officers],
        "by": request.POST.get("by") or actor_of(request).person,
        "device": request.POST.get("device") or _last_device(view),
        "recorded": request.POST.get("recorded") == "1" if request.method == "POST" else request.GET.get("recorded") != "0",
        "to": _tie_path(view, chosen, request.GET.get("duty", "")),
        "unfinished": unfinished(request),
        "free": free,
        "hours": hours,
        "then": next_of(request, reverse("case_recordings", args=[view.case.id])),
        "post": request.POST,
        "room": keeping.room(),
    }  # fmt: skip
    return page(request, "desk/upload.html", view, errors, **context)


def _tie_path(view: View, document: str, duty: str) -> str:
    """Where what was uploaded is brought into this case."""
    chosen = {name: value for name, value in (("document", document), ("duty", duty)) if value}
    return reverse("tie", args=[view.case.id]) + (f"?{urlencode(chosen)}" if chosen else "")


def _last_device(view: View) -> str:
    devices = [r.device for r in view.case.recordings.values() if r.device]
    return devices[-1] if devices else ""


urlpatterns = [path("cases/<str:case>/upload/", upload, name="upload")]
