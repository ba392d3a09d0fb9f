"""The bureau's log for witnesses and monitors: checkpoint and tiles (c2sp.org/tlog-checkpoint, c2sp.org/tlog-tiles).

Open to everyone: it holds hashes of hashes and nothing else.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from liuhen.ledger.tiles import parse
from liuhen.records.tiles import newest_note, tile_bytes

FOREVER = "public, max-age=31536000, immutable"


@login_not_required
@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest checkpoint; 404 while the log is empty."""
    note = newest_note()
    if note is None:
        raise Http404
    return HttpResponse(note, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})


@login_not_required
@require_safe
def tile(request: HttpRequest, name: str) -> HttpResponse:
    """A tile or an entry bundle; 404 for one that the log does not have yet."""
    wanted = parse(name)
    found = tile_bytes(wanted) if wanted else None
    if found is None:
        raise Http404
    return HttpResponse(found, content_type="application/octet-stream", headers={"Cache-Control": FOREVER})


urlpatterns = [
    path("log/checkpoint", checkpoint, name="log_checkpoint"),
    path("log/tile/<path:name>", tile, name="log_tile"),
]
