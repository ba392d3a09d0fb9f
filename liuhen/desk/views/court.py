"""举证材料: choose what is shown to the reconsideration body or the court, say what each piece proves, take the pack (复 48; 诉 67)."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import path
from django.views.decorators.http import require_http_methods

from liuhen.acts import archiving, court
from liuhen.acts.situation import Invalid
from liuhen.archives.court import Piece, offered
from liuhen.casefile.moments import day
from liuhen.compliance.contest import answer_due, contests, ended
from liuhen.compliance.judge import context
from liuhen.desk import zipping
from liuhen.desk.doing import may_do, page, seen
from liuhen.desk.forms import FormErrors
from liuhen.desk.sight import actor_of
from liuhen.office.policy import NotPermitted
from liuhen.records import clock, read
from liuhen.records.reveal import View, consulted, sees_personal


@require_http_methods(["GET", "POST"])
def court_pack(request: HttpRequest, case: str) -> HttpResponseBase:
    """The pack of one case: the form, and on POST the pack as one .zip file; logged as handed in and as read."""
    view = seen(request, case)
    may_do(actor_of(request), "hand_in", view)
    if not sees_personal(view.eyes, view.case):
        raise NotPermitted("案卷里有你无权查看的内容，请主办人或者科室负责人办理")
    if request.method == "GET":
        return _page(request, view)
    name = f"{view.case.case_no}-举证材料"
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix=".taken-", dir=archiving.packages()))
        try:
            pack = court.hand_in(
                case, actor_of(request), Path(folder) / name, _wanted(request),
                route=request.POST.get("route", ""), to=request.POST.get("to", ""),
            )  # fmt: skip
        except Invalid as error:
            return _page(request, view, FormErrors.of(error, "举证材料还没有生成"))
        sent = _sent(pack, name, stack.pop_all())
    consulted(actor_of(request), f"case/{case}", "生成举证材料")
    response = StreamingHttpResponse(sent, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{view.case.case_no}-evidence.zip"'
    response["Cache-Control"] = "private, no-store"
    return response


def _sent(pack: Path, name: str, folder: ExitStack) -> Iterator[bytes]:
    with folder:
        yield from zipping.stream(pack, name)


def _wanted(request: HttpRequest) -> list[tuple[str, str]]:
    return [(key, request.POST.get(f"proves-{key}", "")) for key in request.POST.getlist("pieces")]


def _page(request: HttpRequest, view: View, errors: FormErrors | None = None) -> HttpResponse:
    ticked = set(request.POST.getlist("pieces")) if request.method == "POST" else None
    rows = [
        (
            piece,
            piece.chosen if ticked is None else piece.key in ticked,
            request.POST.get(f"proves-{piece.key}", piece.proves),
        )
        for piece in offered(view.case)
    ]
    groups = [(name, list(each)) for name, each in groupby(rows, lambda row: _group(row[0]))]
    running = [c for c in contests(view.case) if not ended(view.case, c)]
    ctx = context(clock.now(), read.office())
    dues = [(c.route, answer_due(view.case, c, ctx)) for c in running]
    route = request.POST.get("route") or (running[-1].route if running else "")
    return page(
        request, "desk/court.html", view, errors, groups=groups, routes=court.ROUTES, route=route,
        to=request.POST.get("to", _addressee(view, route)), dues=[(r, d) for r, d in dues if d is not None],
    )  # fmt: skip


def _group(piece: Piece) -> str:
    return piece.group


def _addressee(view: View, route: str) -> str:
    """Whom the remedies in the decision name, as the bureau set it."""
    names = {"行政复议": "bureau_reconsideration_body", "行政诉讼": "bureau_court"}
    on = day(clock.now())
    return str(view.case.office.setting(names[route], on, "")) if route in names else ""


urlpatterns = [path("cases/<str:case>/court/", court_pack, name="court")]
