"""没有交上的内容: what a form held when its session had ended, sent again by the person who wrote it."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods

from liuhen.desk import carrying

SHOWN = 8  # characters from which a text in Chinese is shown to be copied; what machines wrote is not
_HAN = re.compile(r"[\u4e00-\u9fff]")


@require_http_methods(["GET", "POST"])
def resend(request: HttpRequest) -> HttpResponse:
    """The page with what was kept; its button sends it where it was going, the other one throws it away."""
    found = carrying.kept(request)
    if not found:
        carrying.drop(request)
        messages.info(request, "没有留下来的内容")
        return redirect("work")
    if request.method == "POST":
        carrying.drop(request)
        if "discard" in request.POST:
            messages.info(request, "没有交上的内容已经丢弃")
            return redirect("work")
        # The browser sends the same form to the address that it is told (307).
        return redirect(found["path"], preserve_request=True)
    texts = [value for _, value in found["pairs"] if len(value) >= SHOWN and _HAN.search(value)]
    values = {"here": "", "pairs": found["pairs"], "texts": texts, "files": found["files"]}
    return render(request, "desk/resend.html", values)


urlpatterns = [path("resend/", resend, name="resend")]
