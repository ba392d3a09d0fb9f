"""空白决定书: the numbered blanks of decisions on the spot; handed out by the section head, each accounted for (A26; 罚 52)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods

from liuhen.acts import blanks, issuing
from liuhen.acts.situation import Invalid
from liuhen.desk.forms import UNPROCESSABLE, FormErrors
from liuhen.desk.sight import actor_of
from liuhen.desk.words import today
from liuhen.office.policy import Actor, Subject, may, require
from liuhen.records import clock, read


@require_http_methods(["GET", "POST"])
def stock(request: HttpRequest) -> HttpResponse:
    """The blanks of the year: who holds them, which are used or voided; the section head hands out and voids."""
    actor = actor_of(request)
    require(actor, "register_source", Subject(section=actor.section))
    if request.method == "GET":
        return _page(request, actor)
    given = request.POST
    try:
        if given.get("action") == "void":
            issuing.void_number(actor, given.get("number", ""), given.get("reason", ""))
            messages.success(request, f"{given.get('number', '').strip()}已经作废，登记在册")
        else:
            count = given.get("count", "").strip()
            made = blanks.draw(actor, given.get("holder", ""), int(count) if count.isdecimal() else 0)
            messages.success(request, f"已登记领用：{made[0].text}至{made[-1].text}")
    except Invalid as error:
        return _page(request, actor, FormErrors.of(error, "还没有登记"))
    return redirect("blanks")


def _page(request: HttpRequest, actor: Actor, errors: FormErrors | None = None) -> HttpResponse:
    office, now = read.office(), clock.now()
    heads = may(actor, "draw_blanks", Subject(section=actor.section))
    ours = {
        p.id: p.name
        for p in office.people.values()
        if p.section == actor.section and "officer" in p.roles(now)
    }
    shown = [
        one
        for one in blanks.stock(today().year)
        if (one.holder in ours if heads else one.holder == actor.person)
    ]
    values: dict[str, Any] = {
        "here": "cases", "errors": errors, "post": request.POST, "heads": heads, "officers": ours, "year": today().year,
        "rows": [(one, office.name(one.holder)) for one in shown],
        "free": [one.number for one in shown if one.state == "未用"],
    }  # fmt: skip
    return render(request, "desk/blanks.html", values, status=UNPROCESSABLE if errors else 200)


urlpatterns = [path("blanks/", stock, name="blanks")]
