"""Where films are uploaded over a line that breaks: the tus protocol for any client that sends the session's cookie (A31).

Every request but OPTIONS must carry ``Tus-Resumable``, which no page of another site can send without this site's leave; so no
further token against forged requests is asked for. What is whole is in the tray before the last piece is acknowledged.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import BoundedSemaphore
from typing import Any, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, reverse
from django.views.decorators.csrf import csrf_exempt

from liuhen.acts import tray
from liuhen.acts.situation import Invalid
from liuhen.acts.storage import uploads
from liuhen.desk.sight import actor_of
from liuhen.office.policy import NotPermitted, Subject, require
from liuhen.recordings import tus
from liuhen.recordings.uploads import Check, Upload, UploadError
from liuhen.records import clock
from liuhen.vault.errors import VaultError, VaultFull

View = TypeVar("View", bound=Callable[..., HttpResponse])
# Half of the threads at most wait for somebody's line; the pages of the others are answered by the rest.
_PLACES = BoundedSemaphore(max(1, settings.LIUHEN_THREADS // 2))
WAIT, RETRY = 2, 3  # seconds
EMPTY = "文件是空的，选择另一个文件"


def speaks_tus(view: View) -> View:
    """A view that answers a program and no browser: a sign-in that has ended is 401, a refusal a sentence in JSON."""

    def answer(request: HttpRequest, **named: str) -> HttpResponse:
        method = request.headers.get("X-HTTP-Method-Override", request.method or "").upper()
        if method == "OPTIONS":
            return _answer(204, **tus.offered(uploads().largest))
        if request.headers.get("Tus-Resumable") != tus.VERSION:
            return _answer(412, "不支持这一版上传协议", Tus_Version=tus.VERSION)
        try:
            actor = actor_of(request)
            require(actor, "keep_recording", Subject(section=actor.section))
            return view(request, method, **named)
        except NotPermitted as error:
            return _answer(403, str(error))
        except UploadError as error:
            return _answer(tus.status_of(error), str(error))
        except Invalid as error:
            return _answer(400, str(error))
        except VaultError as error:
            return _answer(507 if isinstance(error, VaultFull) else 500, str(error))

    answer.scripted = True  # type: ignore[attr-defined]
    return cast(View, csrf_exempt(answer))


def _answer(status: int, message: str = "", **headers: Any) -> HttpResponse:
    words = {"ensure_ascii": False}
    answer = (
        JsonResponse({"message": message}, status=status, json_dumps_params=words)
        if message
        else HttpResponse(status=status)
    )
    answer["Tus-Resumable"] = tus.VERSION
    answer["Cache-Control"] = "no-store"
    for name, value in headers.items():
        answer[name.replace("_", "-")] = str(value)
    return answer


@speaks_tus
def begin(request: HttpRequest, method: str) -> HttpResponse:
    """POST: an upload of so many bytes begins."""
    if method != "POST":
        return _answer(405, "这里只能开始一次上传", Allow="POST, OPTIONS")
    length = tus.number(request.headers, "Upload-Length")
    if not length:
        raise tus.BadRequest(EMPTY)
    told = tus.metadata(request.headers.get("Upload-Metadata", ""))
    upload = uploads().create(actor_of(request).person, length, told, clock.now())
    return _answer(201, Location=reverse("tus_upload", args=[upload.id]), **tus.expiring(upload))


@speaks_tus
def upload(request: HttpRequest, method: str, id_: str) -> HttpResponse:
    """HEAD: how far it is; PATCH: the next piece; DELETE: give it up."""
    store, actor = uploads(), actor_of(request)
    found = store.find(id_, actor.person, clock.now())
    if method == "HEAD":
        entry = tray.received(found, actor) if found.digest else ""
        told = {"Upload_Metadata": tus.written(found.told)} if found.told else {}
        return _reached(200, found, entry, Upload_Length=found.length, **told)
    if method == "PATCH":
        return _piece(request, found)
    if method != "DELETE":
        return _answer(405, "不能这样办", Allow="HEAD, PATCH, DELETE, OPTIONS")
    if found.entry:
        return _answer(403, "已经存入，不能删除")
    store.give_up(found)
    return _answer(204)


def _piece(request: HttpRequest, found: Upload) -> HttpResponse:
    if request.content_type != tus.PIECE:
        return _answer(415, f"内容类型应为 {tus.PIECE}")
    if "Content-Length" not in request.headers:
        return _answer(411, "应写明 Content-Length")
    length = tus.number(request.headers, "Content-Length")
    offset = tus.number(request.headers, "Upload-Offset")
    check = tus.checksum(request.headers.get("Upload-Checksum", ""))
    if not _PLACES.acquire(timeout=WAIT):
        return _answer(503, "同时上传的文件太多，稍后自动再试", Retry_After=RETRY)
    try:
        return _received(request, found, offset, length, check)
    finally:
        _PLACES.release()


def _received(
    request: HttpRequest, found: Upload, offset: int, length: int, check: Check | None
) -> HttpResponse:
    reached = uploads().add(found, offset, cast(Any, request), length, clock.now(), check)
    entry = tray.received(reached, actor_of(request)) if reached.digest else ""
    return _reached(204, reached, entry)


def _reached(status: int, upload: Upload, entry: str, **headers: Any) -> HttpResponse:
    """How far an upload is; ``Liuhen-Entry`` names the entry by which it was recorded."""
    told = {"Liuhen_Entry": entry} if entry else {}
    return _answer(status, Upload_Offset=uploads().offset(upload), **told, **headers, **tus.expiring(upload))


urlpatterns = [
    path("upload/", begin, name="tus_begin"),
    path("upload/<str:id_>", upload, name="tus_upload"),
]
