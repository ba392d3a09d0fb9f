"""音像: what waits for its case 待归入; uploading, marking as unrelated, comparing clocks, returning to the unit (A31)."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from liuhen.acts import bureau, tray
from liuhen.acts.situation import Invalid, invalid
from liuhen.acts.storage import uploads, vault
from liuhen.desk import recorded, words
from liuhen.desk.doing import local_moment, now_local
from liuhen.desk.forms import UNPROCESSABLE, FormErrors
from liuhen.desk.shown import tray as shown
from liuhen.desk.sight import actor_of, visible_cases
from liuhen.desk.views.papers import preview_answer, send_part
from liuhen.measures.facts import RETURN_REASONS
from liuhen.office.policy import Subject, may, require
from liuhen.records import clock, read
from liuhen.records.models import TrayTie
from liuhen.records.read import TRAY

A_PAGE = 25
VIEWS = {"": "待归入", "tied": "已归入", "unrelated": "与办案无关"}


@require_safe
def recordings(request: HttpRequest) -> HttpResponse:
    """What waits, what has found its case, what has none."""
    return _page(request)


def _page(request: HttpRequest, errors: FormErrors | None = None) -> HttpResponse:
    actor = actor_of(request)
    require(actor, "read", Subject(section=actor.section))
    chosen = request.GET.get("view", "")
    chosen = chosen if chosen in VIEWS else ""
    rows = {
        "": shown.waiting(actor),
        "tied": shown.of_actor(actor).exclude(ties=None).distinct().order_by("-deposited_at", "entry"),
        "unrelated": shown.of_actor(actor).exclude(unrelated="").order_by("-deposited_at", "entry"),
    }[chosen]
    own = request.GET.get("mine") == "1"
    if own:
        rows = rows.filter(by=actor.person)
    page = Paginator(rows.prefetch_related("ties"), A_PAGE).get_page(request.GET.get("page"))
    free, hours = recorded.room()
    values = {
        "here": "recordings",
        "tabs": [(f"?view={code}" if code else "?", label, code == chosen) for code, label in VIEWS.items()],
        "view": chosen,
        "own": own,
        "waiting": shown.waiting(actor).count(),
        "page": page,
        "lines": shown.shown(request, list(page)),
        "may_keep": may(actor, "keep_recording", Subject(section=actor.section)),
        "may_mark": may(actor, "mark_recording", Subject(section=actor.section)),
        "may_return": may(actor, "return_to_unit", Subject()),
        "unfinished": unfinished(request),
        "free": free,
        "hours": hours,
        "devices": _devices(),
        "reasons": RETURN_REASONS,
        "now": now_local(),
        "errors": errors,
        "post": request.POST,
    }
    return render(request, "desk/recordings.html", values, status=UNPROCESSABLE if errors else 200)


def unfinished(request: HttpRequest) -> list[dict[str, object]]:
    """The reader's uploads that can go on, as the page's script knows a file again."""
    store, actor = uploads(), actor_of(request)
    return [
        {
            "id": upload.id, "name": upload.told.get("filename", ""), "size": upload.length,
            "modified": upload.told.get("modified", ""), "offset": store.offset(upload),
        }
        for upload in store.of(actor.person, clock.now())
    ]  # fmt: skip


def _devices() -> list[tuple[str, int, datetime]]:
    """Every device whose clock was compared: name, seconds ahead, when."""
    office = read.office()
    known = {device: office.clock_offset(device) for device, _, _ in office.clocks}
    return [(device, found[0], found[1]) for device, found in sorted(known.items()) if found]  # type: ignore[misc]


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Files sent by the plain form, for a browser without scripts."""
    actor, files = actor_of(request), request.FILES.getlist("file")
    require(actor, "keep_recording", Subject(section=actor.section))
    try:
        if not files:
            raise invalid("file", "选择要存入的文件")
        for file in files:
            if not file.size:
                raise invalid("file", f"“{file.name}”是空的，选择另一个文件")
            stored = vault().put(file.file)  # type: ignore[arg-type]
            source = tray.Source(file.name or "", request.POST.get("device", "")[:60])
            tray.keep(actor, stored.digest, source)
    except Invalid as error:
        return _page(request, FormErrors.of(error, "还没有存入"))
    messages.success(request, f"已存入 {len(files)} 个文件，等待归入案件")
    return redirect("recordings")


@require_http_methods(["GET", "POST"])
def unrelated(request: HttpRequest, entry: str) -> HttpResponse:
    """Mark a recording as having nothing to do with any case, or take that back; with the reason."""
    actor, errors = actor_of(request), None
    require(actor, "mark_recording", Subject(section=actor.section))
    row = tray.row_for(actor, entry)
    back = bool(row.unrelated)
    if request.method == "POST":
        try:
            tray.mark_unrelated(actor, entry, request.POST.get("reason", ""), set_=not back)
        except Invalid as error:
            errors = FormErrors.of(error, "还没有标注")
        else:
            messages.success(
                request, "已取消标注，等待归入案件" if back else "已标为与办案无关；文件仍然保存"
            )
            return redirect("recordings")
    values = {"here": "recordings", "row": row, "errors": errors, "post": request.POST}
    return render(request, "desk/unrelated.html", values, status=UNPROCESSABLE if errors else 200)


@require_POST
def check_clock(request: HttpRequest) -> HttpResponse:
    """Compare a device's clock with the server's."""
    device = request.POST.get("device", "")
    try:
        moment, wrong = local_moment(request.POST.get("shown", ""), "设备显示的时间", "shown")
        if wrong:
            raise Invalid(wrong)
        if not isinstance(moment, datetime):
            raise invalid("shown", "填写设备现在显示的时间，到秒")
        offset = tray.check_clock(actor_of(request), device, moment)
    except Invalid as error:
        return _page(request, FormErrors.of(error, "还没有登记"))
    messages.success(request, f"已登记：{device.strip()}{words.ahead(offset)}，以后从它存入的音像按此校正")
    return redirect("recordings")


@require_http_methods(["POST"])
def returned(request: HttpRequest) -> HttpResponse:
    """Register the return to the unit after continuous or remote duty: the 24 hours run from it."""
    actor, given = actor_of(request), request.POST
    try:
        moment, wrong = local_moment(given.get("at", ""), "回到单位的时间", "at")
        if wrong:
            raise Invalid(wrong)
        if not isinstance(moment, datetime):
            raise invalid("at", "填写回到单位的时间")
        if moment > clock.now():
            raise invalid("at", "不能晚于现在")
        bureau.return_to_unit(actor, actor.person, moment, given.get("reason", ""), given.get("place", ""))
    except Invalid as error:
        return _page(request, FormErrors.of(error, "还没有登记"))
    messages.success(request, "已登记返岗，存入期限自返岗起算")
    return redirect("recordings")


@require_safe
def tray_file(request: HttpRequest, entry: str) -> HttpResponseBase:
    """A recording that waits, whole or in parts, logged as read; ``?size=`` gives a preview, as in a case. One that has found its
    case is the case's: who may see it is asked there, and it is logged there as read."""
    row = tray.row_for(actor_of(request), entry)
    if ties := list(TrayTie.objects.filter(row=row).values_list("case", flat=True)):
        own = visible_cases(request).filter(case__in=ties).values_list("case", flat=True).first()
        answer = redirect("media_file", own or ties[0], row.digest)
        answer["Location"] += f"?{request.GET.urlencode()}" if request.GET else ""
        return answer
    if request.GET.get("size"):
        return preview_answer(request, row.digest, f"{TRAY}/{entry}")
    return send_part(request, row.digest, row.name, row.media_type, f"{TRAY}/{entry}")


urlpatterns = [
    path("recordings/", recordings, name="recordings"),
    path("recordings/keep/", keep, name="keep_recording"),
    path("recordings/clock/", check_clock, name="check_clock"),
    path("recordings/returned/", returned, name="returned"),
    path("recordings/<str:entry>/file", tray_file, name="tray_file"),
    path("recordings/<str:entry>/unrelated/", unrelated, name="unrelated"),
]
