"""移交进馆: choose archived files, hand them over to the public archives as one batch, print its list again (档 15; 档例 20, 30)."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from liuhen.acts import archiving, transferring
from liuhen.acts.finishing import bureau_name
from liuhen.acts.situation import Invalid
from liuhen.archives.bag import PackageError
from liuhen.archives.registers import transfer_list
from liuhen.casefile.moments import day
from liuhen.casefile.settle import settle
from liuhen.casefile.values import Problem
from liuhen.desk import files, zipping
from liuhen.desk.forms import UNPROCESSABLE, FormErrors
from liuhen.desk.sight import actor_of
from liuhen.desk.views.archives import HERE, watched
from liuhen.desk.words import today
from liuhen.office.policy import Subject, require
from liuhen.records import read
from liuhen.records.models import ArchiveRow
from liuhen.records.reveal import consulted

SHOWN = 200


@require_http_methods(["GET", "POST"])
def transfer(request: HttpRequest) -> HttpResponseBase:
    """The files whose ten years are over, or all (``?all=1``), to choose from; on POST the transfer as one .zip file."""
    actor = actor_of(request)
    require(actor, "transfer", Subject())
    if request.method == "GET":
        return _page(request)
    given, chosen = request.POST, request.POST.getlist("cases")
    batch = given.get("batch", "")
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix=".taken-", dir=archiving.packages()))
        try:
            made = transferring.transfer(
                batch,
                chosen,
                actor,
                Path(folder) / "transfer",
                to=given.get("to", ""),
                note=given.get("note", ""),
            )
        except Invalid as error:
            return _page(request, FormErrors.of(error, "还没有移交"))
        except PackageError as error:
            return _page(request, FormErrors.of([Problem("cases", "案卷", str(error), False)], "还没有移交"))
        sent = _sent(made, batch.strip(), stack.pop_all())
    for case in chosen:
        consulted(actor, f"case/{case}", f"移交进馆（{batch.strip()}）")
    response = StreamingHttpResponse(sent, content_type="application/zip")
    response["Content-Disposition"] = (
        content_disposition_header(True, f"移交 {batch.strip()}.zip") or "attachment"
    )
    response["Cache-Control"] = "private, no-store"
    return response


def _sent(made: Path, name: str, folder: ExitStack) -> Iterator[bytes]:
    with folder:
        yield from zipping.stream(made, "".join(c for c in name if c not in '\\/:*?"<>|'))


def _page(request: HttpRequest, errors: FormErrors | None = None) -> HttpResponse:
    due = watched("to_move", today())
    # A file that is in the public archives already has something to be handed over when it is asked for by name.
    here = ArchiveRow.objects.filter(HERE | Q(case__case=request.GET.get("case", "")))
    everything = bool(request.GET.get("all") or request.GET.get("case"))
    rows = (here if everything else here.filter(due)).select_related("case").order_by("archive_no")
    ripe = set(here.filter(due).values_list("case__case", flat=True))
    given, asked = request.POST, request.GET.get("case", "")
    ticked = set(given.getlist("cases")) if request.method == "POST" else {asked} if asked else ripe
    context = {
        "here": "archives", "errors": errors, "post": given, "everything": everything, "more": max(0, rows.count() - SHOWN),
        "rows": [(row, row.case.case in ripe, row.case.case in ticked) for row in rows[:SHOWN]],
        "moved": list(transferring.batches()),
    }  # fmt: skip
    return render(request, "desk/transfer.html", context, status=UNPROCESSABLE if errors else 200)


@files.viewer
@require_safe
def printed(request: HttpRequest) -> HttpResponseBase:
    """移交清册 of the batch ``?batch=`` once more, as the record tells it."""
    require(actor_of(request), "transfer", Subject())
    batch, office = request.GET.get("batch", ""), read.office()
    taken = transferring.batches().get(batch)
    if not taken:
        raise Http404
    # A file that gave a supplement to a later batch stays on the list of this one.
    rows = ArchiveRow.objects.filter(case__case__in=taken).order_by("archive_no")
    cases = [settle(read.case_entries(case), office) for case in rows.values_list("case__case", flat=True)]
    moved = [one for case in cases for one in transferring.handed_over(case, batch)]
    on, told = next(
        (day(e.at), e.body)
        for e in read.case_entries(cases[0].id)
        if e.kind == "Handed" and e.body and e.body.get("batch") == batch
    )
    pdf = transfer_list(
        batch, moved, bureau=bureau_name(office, on), to=str(told["to"]), note="见移交时的清册", on=on
    )
    for case in cases:
        consulted(actor_of(request), f"case/{case.id}", f"打印移交清册（{batch}）")
    return files.send_opened(io.BytesIO(pdf), f"移交清册 {batch}.pdf", "application/pdf")


urlpatterns = [
    path("archives/transfer/", transfer, name="transfer"),
    path("archives/transfer.pdf", printed, name="transfer_list"),
]
