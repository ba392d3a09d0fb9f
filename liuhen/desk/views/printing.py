"""排印: cover, catalogue, papers and remarks of a volume as one PDF; the internal volume for those who may see it (A31; domain §8, §10)."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import HttpRequest, HttpResponseBase
from django.urls import path
from django.views.decorators.http import require_safe

from liuhen.acts import archiving, printing
from liuhen.archives.catalogue import VOLUMES
from liuhen.desk import files
from liuhen.desk.doing import may_do, seen
from liuhen.desk.shown.secrets import hidden
from liuhen.desk.sight import actor_of, allowed
from liuhen.office.policy import Actor, NotPermitted
from liuhen.records.reveal import View

CODES = {name: code for code, name in VOLUMES.items()}
ACTS = {"main": "print_file", "internal": "print_internal", "whole": "print_internal"}


def offered(view: View, actor: Actor) -> list[tuple[int, str, str]]:
    """What this person may print of an archived file: which package, code and name of the volume. The entries tell it: no package
    is opened, nor built again where it was lost."""
    found: list[tuple[int, str, str]] = []
    before: dict[str, int] = {}
    for n, package in enumerate(view.case.packages):
        pages: dict[str, int] = package.get("pages", {})
        new = [(n, CODES[name], name) for name, last in pages.items() if last != before.get(name, 0)]
        found += sorted(new, key=lambda one: list(ACTS).index(one[1]))
        before = pages
    return [one for one in found if allowed(actor, ACTS[one[1]], view) and not _withheld(view, actor, one[1])]


def _withheld(view: View, actor: Actor, volume: str) -> bool:
    """Whether papers of the volume show what these eyes may not see; the archivist keeps all of it."""
    papers = [
        d
        for d in view.case.documents.values()
        if volume == "whole" or (d.declared.part == "internal") == (volume == "internal")
    ]
    return "archivist" not in actor.roles and any(hidden(document) for document in papers)


@files.viewer
@require_safe
def print_volume(request: HttpRequest, case: str, volume: str, supplement: int = 0) -> HttpResponseBase:
    """One volume of an archived file, or of a supplement, as a PDF that is made for the reader; logged as printed."""
    view, actor = seen(request, case), actor_of(request)
    may_do(actor, ACTS.get(volume, "print_internal"), view)
    if _withheld(view, actor, volume):
        raise NotPermitted("这一卷里有你无权查看的内容，请档案人员办理")
    with tempfile.TemporaryDirectory(prefix=".taken-", dir=archiving.packages()) as folder:
        made = Path(folder) / "volume.pdf"
        printing.print_volume(case, actor, volume, made, supplement)
        pdf = made.open("rb")
    name = f"{view.case.case_no} {VOLUMES[volume]}{f'（第 {supplement} 次补充）' if supplement else ''}.pdf"
    return files.send_opened(pdf, name, "application/pdf")


urlpatterns = [
    path("cases/<str:case>/print/<str:volume>.pdf", print_volume, name="print_volume"),
    path("cases/<str:case>/print/<int:supplement>/<str:volume>.pdf", print_volume, name="print_supplement"),
]
