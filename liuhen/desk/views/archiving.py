"""归档: is the file complete? Catalogue, what is wanting, the package and how to verify it (A31)."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from liuhen.acts import archiving
from liuhen.acts.filekeeping import STATED
from liuhen.acts.situation import Invalid
from liuhen.acts.storage import vault
from liuhen.archives.catalogue import Volume, items, numbered, volumes
from liuhen.archives.originals import counted
from liuhen.casefile.state import CaseFile
from liuhen.compliance.retention import retention
from liuhen.compliance.rules.keeping import lacking
from liuhen.desk import zipping
from liuhen.desk.doing import may_do, page, seen
from liuhen.desk.forms import FormErrors
from liuhen.desk.shown import checks
from liuhen.desk.sight import actor_of, can
from liuhen.desk.views import printing, properties
from liuhen.office.policy import NotPermitted, Subject, may
from liuhen.records.reveal import View, consulted
from liuhen.records.seal import signing_key


@require_http_methods(["GET", "POST"])
def archive(request: HttpRequest, case: str) -> HttpResponse:
    """The archive page of one case; archiving builds the package, which may take a while for many recordings."""
    view = seen(request, case)
    if request.method == "GET":
        if view.case.archived_at is not None:
            consulted(actor_of(request), f"case/{case}", "查看归档案卷")
        return _page(request, view)
    try:
        archiving.archive(case, actor_of(request))
    except archiving.Unsound as unsound:
        errors = FormErrors.of(unsound, "四性检测不通过，还不能归档")
        return properties.shown(request, view, unsound.found, None, errors)
    except Invalid as error:
        return _page(request, view, FormErrors.of(error, "还不能归档"))
    messages.success(request, "已归档")
    return redirect("archive", case)


def _page(request: HttpRequest, view: View, errors: FormErrors | None = None) -> HttpResponse:
    case, actor = view.case, actor_of(request)
    subject = Subject(case.section, case.officers, {a.person for a in case.assignments if a.taken})
    found = volumes(case, items(case, counted(vault())))
    context: dict[str, Any] = {
        "archived": case.archived,
        "archived_at": case.archived_at,
        "wanting": wanting(case),
        "cards": checks.cards(view, actor),
        "parts": _parts(found),
        "retention": retention(case).term.label,
        "may_archive": may(actor, "archive", subject) and (case.archived_at is None or bool(case.unpackaged)),
        "ready": case.closed_at is not None,
        "may_take": case.archived_at is not None and _may_take(request, view),
        "key": str(signing_key().verifier) if case.archived_at else "",
        "package": case.case_no,
        "tested": (case.packages[-1].get("checks") if case.packages else None) or {},
        "printed": printing.offered(view, actor) if case.packages and not case.disposed else [],
        "may_see_readings": may(actor, "see_archives", subject),
        "may_test": may(actor, "archive", subject),
        "supplements": range(1, len(case.packages)),
        "unpackaged": case.unpackaged,
        "keeps": [(code, case.release.facts[code].label) for code in STATED if can(actor, f"state:{code}", view)],
        "may_see_disposal": may(actor, "see_disposal", subject),
    }  # fmt: skip
    return page(request, "desk/archive.html", view, errors, **context)


def wanting(case: CaseFile) -> list[tuple[str, str, str]]:
    """The documents that are not finished: id, title, what each of them lacks."""
    documents = [d for d in case.documents.values() if not d.voided]
    return [(d.id, d.title, "，".join(lacks)) for d in documents if (lacks := lacking(d))]


def _parts(found: Sequence[Volume]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The catalogue as it will be printed, by volume; numbers and pages begin anew in each."""
    return [(volume.name, numbered(volume.items)) for volume in found]


def _may_take(request: HttpRequest, view: View) -> bool:
    """The whole package is for the archivist, and for those of the case from whom nothing in it is hidden."""
    return "archivist" in actor_of(request).roles or not view.masked


@require_safe
def package(request: HttpRequest, case: str, supplement: int = 0) -> HttpResponseBase:
    """The package, or a supplement to it, as one .zip file, with the newest proofs; logged as read."""
    view = seen(request, case)
    may_do(actor_of(request), "archive", view)
    if not _may_take(request, view):
        raise NotPermitted("案卷包里有你无权查看的内容，请档案人员办理")
    archiving.archived_row(case, supplement)
    name = f"{view.case.case_no}-{supplement}" if supplement else view.case.case_no
    consulted(actor_of(request), f"case/{case}", "下载补充归档" if supplement else "下载案卷包")
    response = StreamingHttpResponse(_published(case, name, supplement), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    response["Cache-Control"] = "private, no-store"
    return response


def _published(case: str, name: str, supplement: int) -> Iterator[bytes]:
    with tempfile.TemporaryDirectory(prefix=".taken-", dir=archiving.packages()) as folder:
        yield from zipping.stream(archiving.publish(case, Path(folder) / name, supplement), name)


urlpatterns = [
    path("cases/<str:case>/archive/", archive, name="archive"),
    path("cases/<str:case>/package.zip", package, name="package"),
    path("cases/<str:case>/supplement-<int:supplement>.zip", package, name="supplement"),
]
