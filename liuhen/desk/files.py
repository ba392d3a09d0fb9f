"""Giving out files: what the vault keeps by digest, and pictures of a paper's pages. Who may have them is asked before."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, BinaryIO, TypeVar, cast

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import FileResponse, HttpResponse, HttpResponseBase

from liuhen.acts.storage import vault
from liuhen.papers import page_images

# What a browser shows by itself and cannot run; everything else is offered for saving.
SHOWN = frozenset(
    {
        "application/pdf",
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
        "video/mp4",
        "video/webm",
        "audio/mpeg",
        "audio/mp4",
        "audio/ogg",
        "audio/wav",
        "text/plain",
    }
)
DPI = 110
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def viewer(view: View) -> View:
    """For views that answer with a PDF: a browser's own viewer is a plug-in to the page that it makes of the file."""
    return cast(View, csp_update({"object-src": [SELF]})(cast(Any, view)))


def send(digest: str, name: str, media_type: str) -> FileResponse:
    """A file of the vault, shown in the browser where that is safe; never kept by the browser's cache."""
    return send_opened(vault().open(digest), name, media_type)


def send_opened(file: BinaryIO, name: str, media_type: str) -> FileResponse:
    """The same of an open file, which is closed afterwards."""
    shown = media_type in SHOWN
    content_type = media_type if shown else "application/octet-stream"
    response = FileResponse(file, as_attachment=not shown, filename=name, content_type=content_type)
    response["Cache-Control"] = "private, no-store"
    return response


def send_page(digest: str, number: int) -> HttpResponse:
    """One page of a PDF as PNG, counted from 1; IndexError when there is no such page."""
    if number < 1:
        raise IndexError(number)
    response = HttpResponse(pages(digest)[number - 1], content_type="image/png")
    response["Cache-Control"] = "private, no-store"
    return response


@lru_cache(maxsize=16)
def pages(digest: str) -> tuple[bytes, ...]:
    """The pages of a PDF in the vault as PNG; what a digest names never changes."""
    with vault().open(digest) as source:
        return tuple(page_images(source.read(), DPI))
