"""四性检测: what was found of a file before it was archived and of its package, why, and what to do; the same as PDF (R31.1)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from liuhen.acts import archiving
from liuhen.acts.finishing import bureau_name
from liuhen.archives import properties
from liuhen.archives.properties import PROPERTIES, WORDS, Result
from liuhen.casefile.moments import day, write
from liuhen.desk import files
from liuhen.desk.doing import may_do, page, seen
from liuhen.desk.forms import FormErrors
from liuhen.desk.sight import actor_of
from liuhen.papers import PaperContext, table, wording
from liuhen.records import clock
from liuhen.records.reveal import View, consulted

STATES = {"passed": "met", "failed": "flag", "not_run": "unknown"}


@require_http_methods(["GET", "POST"])
def archive_checks(request: HttpRequest, case: str) -> HttpResponse:
    """The report: of a file not archived yet as it stands; of an archived one as it was recorded, on POST asked anew, which
    reads the whole package and is logged."""
    view = _seen(request, case)
    package = _package(request, view)
    if request.method == "GET":
        return shown(request, view, _found(view, package), package)
    consulted(actor_of(request), f"case/{case}", "重新检测案卷包" if view.case.packages else "四性检测")
    return shown(request, view, archiving.checked(view.case, package), package, anew=True)


def shown(
    request: HttpRequest,
    view: View,
    found: Sequence[Result],
    package: int | None,
    errors: FormErrors | None = None,
    *,
    anew: bool = False,
) -> HttpResponse:
    """The page of these results; with errors it is the answer to an archiving that they stopped."""
    groups = [(name, list(each)) for name, each in groupby(found, lambda r: r.check.group)]
    return page(
        request, "desk/archive_checks.html", view, errors, groups=groups, package=package, anew=anew, found=found,
        states=STATES, counts=[(STATES[name], word, sum(r.outcome == name for r in found)) for name, word in WORDS.items()],
        others=[n for n in range(len(view.case.packages)) if n != package],
    )  # fmt: skip


def _seen(request: HttpRequest, case: str) -> View:
    view = seen(request, case)
    may_do(actor_of(request), "archive", view)
    return view


def _package(request: HttpRequest, view: View) -> int | None:
    """Which package is asked of: the last, or the one that the address names; None before there is any."""
    count = len(view.case.packages)
    asked = request.GET.get("n", "")
    if not asked:
        return count - 1 if count else None
    if not asked.isdecimal() or int(asked) >= count:
        raise Http404
    return int(asked)


def _found(view: View, package: int | None) -> list[Result]:
    if package is None:
        return archiving.checked(view.case)
    return properties.kept(view.case.packages[package].get("checks", {}))


@files.viewer
@require_safe
def archive_checks_pdf(request: HttpRequest, case: str) -> HttpResponseBase:
    """The report as PDF, logged as read; it is kept nowhere."""
    view = _seen(request, case)
    package = _package(request, view)
    pdf = _printed(view, _found(view, package), package, actor_of(request).name)
    consulted(actor_of(request), f"case/{case}", "生成四性检测报告")
    name = f"{view.case.case_no} 四性检测.pdf"
    return files.send_opened(io.BytesIO(pdf), name, "application/pdf")


def _printed(view: View, found: Sequence[Result], package: int | None, reader: str) -> bytes:
    case, last = view.case, view.case.packages[package] if package is not None else {}
    of = "归档以前的案卷" if package is None else f"第 {package} 次补充归档" if package else "案卷包"
    facts = [
        ("案号", case.case_no),
        ("档号", str(last.get("archive_no", ""))),
        ("案卷题名", case.title),
        ("检测对象", of),
    ]
    rows: list[list[str]] = []
    for name in PROPERTIES:
        mine = [r for r in found if r.check.group == name]
        rows += [[name if n == 0 else "", *_row(r)] for n, r in enumerate(mine)]
    columns = [("性质", 18), ("检测项目", 42), ("检测内容", 0), ("结果", 18), ("说明", 48)]
    counted = "，".join(f"{word} {sum(r.outcome == name for r in found)} 项" for name, word in WORDS.items())
    after = [f"{counted}。", f"{reader}于{wording.moment(write(clock.now()))}生成，不归入案卷。"]
    bureau = bureau_name(case.office, day(view.now))
    context = PaperContext(bureau=bureau, facts=[(label, text) for label, text in facts if text])
    return table("电子档案四性检测报告", columns, rows, context, after=after)


def _row(result: Result) -> list[str]:
    return [result.check.title, result.check.looks_at, WORDS[result.outcome], result.words]


urlpatterns: list[Any] = [
    path("cases/<str:case>/archive/checks/", archive_checks, name="archive_checks"),
    path("cases/<str:case>/archive/checks.pdf", archive_checks_pdf, name="archive_checks_pdf"),
]
