"""Giving out what a case holds: the PDF of a document, films and photographs with seeking. Every reading is logged."""

from __future__ import annotations

from collections.abc import Callable

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from liuhen.acts.finishing import printed_titles
from liuhen.acts.storage import previews, vault
from liuhen.archives import corrections
from liuhen.archives import sheets as printed
from liuhen.casefile.state import Document, Rendition
from liuhen.desk import files, ranges, sheets
from liuhen.desk.doing import document_in, seen
from liuhen.desk.shown import secrets
from liuhen.desk.sight import actor_of
from liuhen.office.policy import NotPermitted
from liuhen.recordings import apart, shelf
from liuhen.records.read import NoSuchCase
from liuhen.records.reveal import consulted

CLOSED = "里面有你无权查看的内容，需要的请本科室负责人办理"


def shown_rendition(document: Document) -> Rendition | None:
    """The bytes of a document that people see: the final ones, else those for signature."""
    return document.rendition("final") or document.rendition("for_signature")


@files.viewer
@require_safe
def paper(request: HttpRequest, case: str, document: str) -> HttpResponseBase:
    """The PDF of a document, final or for signature; of old paper its scan."""
    found = document_in(seen(request, case), document)
    rendition = shown_rendition(found)
    digest = rendition.digest if rendition else str(found.current.backfill.get("scan", ""))
    if not digest:
        raise Http404
    if secrets.hidden(found):
        raise secrets.Closed(found.title, reverse("read_document", args=[case, document]))
    consulted(actor_of(request), f"case/{case}/{document}", f"打开《{found.title}》纸面")
    media_type = "application/pdf" if rendition or _is_pdf(digest) else "application/octet-stream"
    return files.send(digest, f"{found.title}.pdf", media_type)


@files.viewer
@require_safe
def receipt(request: HttpRequest, case: str, document: str) -> HttpResponseBase:
    """The proof of service of a document as PDF, printed from its steps with the signatures drawn in (A27)."""
    view = seen(request, case)
    found = document_in(view, document)
    if not found.service:
        raise Http404
    if secrets.hidden(found):
        raise secrets.Closed(found.title, reverse("read_document", args=[case, document]))
    consulted(actor_of(request), f"case/{case}/{document}", f"打开《{found.title}》的送达回证")
    return _pdf(printed.printed_receipt(view.case, found, printed_titles(view.case), vault()))


@files.viewer
@require_safe
def correction_sheet(request: HttpRequest, case: str, document: str) -> HttpResponseBase:
    """What was corrected on a paper that stays as it was made, as PDF (A32)."""
    view = seen(request, case)
    found = document_in(view, document)
    if not corrections.lines(view.case, found):
        raise Http404
    consulted(actor_of(request), f"case/{case}/{document}", f"打开《{found.title}》的更正页")
    return _pdf(printed.printed_corrections(view.case, found))


def _pdf(data: bytes) -> HttpResponse:
    return HttpResponse(data, content_type="application/pdf", headers={"Cache-Control": "private, no-store"})


def _is_pdf(digest: str) -> bool:
    with vault().open(digest) as file:
        return file.read(5) == b"%PDF-"


@require_safe
def media_file(request: HttpRequest, case: str, digest: str) -> HttpResponseBase:
    """A file of the case by its digest, whole or in parts; ``?size=thumb`` gives a small picture of a photograph or film,
    ``strip`` a row of them, ``play`` what is played instead of the original."""
    view = seen(request, case)
    if digest not in secrets.file_digests(view.case):
        raise Http404
    if digest in secrets.guarded(view.case):
        raise NotPermitted(f"这个文件{CLOSED}")
    kept = next((r for r in view.case.recordings.values() if r.digest == digest and r.place == "vault"), None)
    if kept is None and any(
        r.digest == digest and r.place == "device" for r in view.case.recordings.values()
    ):
        raise NoSuchCase("这个文件存于专用存储设备，系统里只有它的校验值")
    if request.GET.get("size"):
        return preview_answer(request, digest, f"case/{case}/{digest}")
    name, media_type = (kept.name, kept.media_type) if kept else _guessed(digest)
    return send_part(request, digest, name, media_type, f"case/{case}/{digest}")


def send_part(
    request: HttpRequest, digest: str, name: str, media_type: str, subject: str
) -> HttpResponseBase:
    """A file of the vault, whole or the part that is asked for (seeking); its beginning is logged as one reading."""
    # No name: it may say who informed us, and the access stream outlives the file.
    read = (subject, "打开原始文件")
    return _sent(request, vault().size(digest), read, lambda: files.send(digest, name, media_type))


def _sent(
    request: HttpRequest, size: int, read: tuple[str, str], whole_file: Callable[[], FileResponse]
) -> HttpResponseBase:
    try:
        span = ranges.wanted(request, size)
    except ValueError:
        return ranges.outside(size)
    if ranges.begins(request):
        consulted(actor_of(request), *read)
    whole = whole_file()
    if span is not None:
        return ranges.cut(whole, span, size)
    whole["Accept-Ranges"] = "bytes"
    return whole


def _guessed(digest: str) -> tuple[str, str]:
    """Name and type of a file that was never deposited under a name: a scan of a signature or of old paper."""
    with vault().open(digest) as file:
        head = file.read(8)
    if head.startswith(b"%PDF-"):
        return "扫描件.pdf", "application/pdf"
    if head.startswith(b"\x89PNG"):
        return "扫描件.png", "image/png"
    return (
        ("扫描件.jpg", "image/jpeg") if head.startswith(b"\xff\xd8") else ("文件", "application/octet-stream")
    )


def preview_answer(request: HttpRequest, digest: str, subject: str) -> HttpResponseBase:
    """A preview of a file that the reader may have: ``thumb``, ``strip`` or ``play``. What is played is logged as read."""
    wanted = request.GET["size"]
    if wanted == "play":
        told = previews().told(digest)
        path = previews().path(digest, told.played) if told else None
        if told is None or path is None:
            raise Http404
        media_type = shelf.PLAYED[told.played]
        read = (subject, "播放预览")
        return _sent(
            request,
            path.stat().st_size,
            read,
            lambda: files.send_opened(path.open("rb"), path.name, media_type),
        )
    if wanted == "strip":
        consulted(actor_of(request), subject, "查看画面缩略")
    small = thumb(digest) if wanted == "thumb" else _small(digest, shelf.STRIP) if wanted == "strip" else None
    if small is None:
        raise Http404
    return HttpResponse(small, content_type="image/jpeg", headers={"Cache-Control": "private, max-age=600"})


def _small(digest: str, name: str) -> bytes | None:
    path = previews().path(digest, name)
    return path.read_bytes() if path else None


def thumb(digest: str) -> bytes | None:
    """A small picture of a photograph or a film, None when it is none; made on the spot while the worker has not come to it."""
    if previews().told(digest) is not None:
        return _small(digest, shelf.THUMB)
    with vault().open(digest) as file:
        return apart.thumbnail(file)


@require_safe
def sheet(request: HttpRequest, case: str, document: str, number: int) -> HttpResponse:
    """A page of a text that is final and not rendered yet (a letter before its number), or of a copy with the secrets
    blotted out, PNG; logged as read."""
    view = seen(request, case)
    found = document_in(view, document)
    images = sheets.pages(view.case, found)
    if not 1 <= number <= len(images):
        raise Http404
    consulted(actor_of(request), f"case/{case}/{document}", f"查看《{found.title}》第 {number} 页")
    return HttpResponse(
        images[number - 1], content_type="image/png", headers={"Cache-Control": "private, no-store"}
    )


urlpatterns = [
    path("cases/<str:case>/documents/<str:document>/sheet/<int:number>.png", sheet, name="sheet"),
    path("cases/<str:case>/documents/<str:document>/paper.pdf", paper, name="paper"),
    path("cases/<str:case>/documents/<str:document>/receipt.pdf", receipt, name="receipt"),
    path(
        "cases/<str:case>/documents/<str:document>/corrections.pdf", correction_sheet, name="correction_sheet"
    ),
    path("cases/<str:case>/media/<str:digest>", media_file, name="media_file"),
]
