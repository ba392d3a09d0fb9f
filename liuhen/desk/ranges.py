"""Parts of a file on demand (RFC 9110 §14): what a player needs to seek in a film without loading it whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse

PIECE = 256 * 1024
_ONE = re.compile(r"^bytes=(\d*)-(\d*)$")


def part(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte that a ``Range`` header asks for; None when it is to be ignored (absent, malformed, several).

    Raises ValueError when it lies outside the file.
    """
    found = _ONE.match(header.strip())
    if not found or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:
        wanted = min(int(last), size)
        if wanted == 0:
            raise ValueError(header)
        return size - wanted, size - 1
    start, end = int(first), min(int(last), size - 1) if last else size - 1
    if start >= size:
        raise ValueError(header)
    return (start, end) if start <= end else None


def _pieces(file: BinaryIO, start: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        while length > 0:
            piece = file.read(min(PIECE, length))
            if not piece:
                return
            length -= len(piece)
            yield piece


def wanted(request: HttpRequest, size: int) -> tuple[int, int] | None:
    """First and last byte that a request asks for; None for the whole file. Raises ValueError when they lie outside."""
    return part(request.headers.get("Range", ""), size)


def cut(whole: FileResponse, span: tuple[int, int], size: int) -> StreamingHttpResponse:
    """The part of a file instead of the whole, under the same headers, with constant memory."""
    first, last = span
    pieces = _pieces(whole.file_to_stream, first, last - first + 1)  # type: ignore[attr-defined]
    answer = StreamingHttpResponse(pieces, status=206)
    for name in ("Content-Type", "Content-Disposition", "Cache-Control"):
        if name in whole:
            answer[name] = whole[name]
    answer["Accept-Ranges"] = "bytes"
    answer["Content-Length"] = str(last - first + 1)
    answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    return answer


def outside(size: int) -> HttpResponse:
    """416: the file ends before what was asked for."""
    return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})


def begins(request: HttpRequest) -> bool:
    """Whether the request asks for the beginning of a file, or all of it: what is logged as one reading."""
    return not re.match(r"^bytes=(0*[1-9]\d*)-|^bytes=-", request.headers.get("Range", ""))
