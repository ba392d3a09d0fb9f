"""Interpretations of the Measures and their releases: what 政策法规科 gives, replaces, withdraws and puts in force (A35, A36)."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from liuhen.acts import bureau
from liuhen.acts.situation import Invalid, invalid
from liuhen.desk.forms import FormErrors
from liuhen.desk.sight import actor_of
from liuhen.desk.views.measures import article_page, measures_page
from liuhen.office.policy import Subject, require


@require_POST
def interpret(request: HttpRequest, number: int) -> HttpResponse:
    """Give an interpretation of an article, in place of an earlier one when ``replaces`` names it, or withdraw one."""
    actor, given = actor_of(request), request.POST
    require(actor, "interpret", Subject())
    withdrawn = given.get("action") == "withdraw"
    try:
        if withdrawn:
            bureau.withdraw_interpretation(actor, number, given.get("replaces", ""), given.get("text", ""))
        else:
            bureau.interpret(
                actor, number, given.get("text", ""), question=given.get("question", ""),
                basis=given.get("basis", ""), replaces=given.get("replaces", ""),
            )  # fmt: skip
    except Invalid as error:
        return article_page(request, number, FormErrors.of(error))
    messages.success(
        request, "解释已经收回，留在记录里" if withdrawn else "解释已经记入，引用这一条的地方都能看到"
    )
    return redirect("article", number)


@require_POST
def adopt(request: HttpRequest) -> HttpResponse:
    """Put a release in force from a day."""
    actor, given = actor_of(request), request.POST
    require(actor, "adopt_release", Subject())
    try:
        bureau.adopt_release(actor, given.get("release", ""), _day(given.get("since", "")))
    except Invalid as error:
        return measures_page(request, FormErrors.of(error))
    messages.success(request, "版本已经登记；自施行之日起开案的，按它对照")
    return redirect("measures")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise invalid("since", "填写施行日期，如 2027-01-01") from error


urlpatterns = [
    path("measures/<int:number>/interpret/", interpret, name="interpret"),
    path("measures/releases/", adopt, name="adopt_release"),
]
