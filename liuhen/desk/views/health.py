"""Whether the server can answer requests: for a balancer or a monitor. Open to everyone; it tells nothing else."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from liuhen.acts.doctor import alive


@login_not_required
@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """200 with ``ok``; 503 while the database or the originals are out of reach."""
    fit = alive()
    return HttpResponse(
        "ok" if fit else "unavailable", status=200 if fit else 503, content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )  # fmt: skip


urlpatterns = [path("health", health, name="health")]
