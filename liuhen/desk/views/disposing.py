"""鉴定销毁: the legal hold on an archived file, the leader's word on its destruction, the destruction itself (档 21; domain §8.3)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from liuhen.acts import disposing, filekeeping
from liuhen.acts.situation import Invalid
from liuhen.casefile.moments import day
from liuhen.compliance.custody import custody
from liuhen.desk.doing import may_do, page, seen
from liuhen.desk.forms import FormErrors
from liuhen.desk.sight import actor_of, allowed
from liuhen.office.policy import LEADERS
from liuhen.records.reveal import View

DONE = {
    "hold": "已经保全，取消以前不能鉴定销毁",
    "lift": "保全已经取消",
    "agree": "已经批准销毁",
    "refuse": "没有批准销毁，意见已经记下",
    "destroy": "案卷内容已经销毁，校验值和证明仍在",
}


@require_http_methods(["GET", "POST"])
def disposal(request: HttpRequest, case: str) -> HttpResponse:
    """The page: how the file stands, and what the reader may do about it."""
    view = seen(request, case)
    may_do(actor_of(request), "see_disposal", view)
    action = request.POST.get("action", "")
    if action not in DONE:
        return _page(request, view)
    try:
        _done(request, case, action)
    except Invalid as error:
        return _page(request, view, FormErrors.of(error, "还没有办理"))
    messages.success(request, DONE[action])
    return redirect("disposal", case)


def _done(request: HttpRequest, case: str, action: str) -> None:
    actor, given = actor_of(request), request.POST
    if action in ("hold", "lift"):
        filekeeping.hold(case, actor, action == "hold", given.get("reason", ""))
    elif action in ("agree", "refuse"):
        disposing.decide(case, actor, action == "agree", given.get("text", ""))
    else:
        disposing.dispose(case, actor, supervisors=[given.get("first", ""), given.get("second", "")])


def _page(request: HttpRequest, view: View, errors: FormErrors | None = None) -> HttpResponse:
    actor, case = actor_of(request), view.case
    kept = custody(case, day(view.now))
    proposed = kept.appraisal
    there = case.archived_at is not None and not case.disposed
    return page(
        request, "desk/disposal.html", view, errors, kept=kept, post=request.POST, disposed=case.disposed,
        proposer=case.office.name(proposed.by) if proposed else "",
        may_hold=there and allowed(actor, "hold_file", view) and (not kept.held or bool(set(LEADERS) & actor.roles)),
        may_decide=there and proposed is not None and proposed.pending and allowed(actor, "approve_disposal", view),
        may_destroy=there and proposed is not None and proposed.approved and allowed(actor, "dispose", view),
    )  # fmt: skip


urlpatterns = [path("cases/<str:case>/disposal/", disposal, name="disposal")]
