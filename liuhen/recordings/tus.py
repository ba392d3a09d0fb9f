"""The tus resumable upload protocol 1.0.0 (tus.io): what its headers say, and what each refusal answers.

Core, creation, checksum, termination, expiration. The bytes are :mod:`liuhen.recordings.uploads`'s.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime

from liuhen.recordings import uploads
from liuhen.recordings.uploads import ALGORITHMS, Check, Upload, UploadError

VERSION = "1.0.0"
EXTENSIONS = ("creation", "checksum", "termination", "expiration")
PIECE = "application/offset+octet-stream"
MOST_TOLD = 4096  # characters of one value of the metadata
_KEY = re.compile(r"[\x21-\x2b\x2d-\x7e]+")
STATUSES: tuple[tuple[type[UploadError], int], ...] = (
    (uploads.NoUpload, 404),
    (uploads.Expired, 410),
    (uploads.TooLarge, 413),
    (uploads.NoRoom, 507),
    (uploads.Busy, 423),
    (uploads.WrongOffset, 409),
    (uploads.WrongChecksum, 460),
)


class BadRequest(UploadError):
    """A header that does not say what the protocol asks for."""


def status_of(error: UploadError) -> int:
    """The status that a refusal answers with."""
    return next((status for kind, status in STATUSES if isinstance(error, kind)), 400)


def metadata(header: str) -> dict[str, str]:
    """``Upload-Metadata``: keys with base64 values, separated by commas; a key alone stands for an empty value. Raises
    BadRequest."""
    told: dict[str, str] = {}
    for pair in header.split(",") if header.strip() else []:
        key, _, value = pair.strip().partition(" ")
        if not _KEY.fullmatch(key) or key in told:
            raise BadRequest(f"Upload-Metadata 写得不对：{pair.strip()[:60]}")
        told[key] = _text(value.strip())[:MOST_TOLD]
    return told


def written(told: Mapping[str, str]) -> str:
    """Metadata as a header says it."""
    return ",".join(
        f"{key} {base64.b64encode(value.encode()).decode()}".strip() for key, value in told.items()
    )


def _text(value: str) -> str:
    try:
        return base64.b64decode(value, validate=True).decode()
    except (binascii.Error, ValueError) as error:
        raise BadRequest("Upload-Metadata 的值应为 UTF-8 文字的 base64") from error


def number(headers: Mapping[str, str], name: str) -> int:
    """A header that is a number of bytes. Raises BadRequest."""
    text = headers.get(name, "")
    if not re.fullmatch(r"\d{1,18}", text, re.ASCII):
        raise BadRequest(f"{name} 应为字节数")
    return int(text)


def checksum(header: str) -> Check | None:
    """``Upload-Checksum``: an algorithm and a base64 digest; None when there is none. Raises BadRequest."""
    if not header:
        return None
    algorithm, _, value = header.strip().partition(" ")
    if algorithm not in ALGORITHMS:
        raise BadRequest(f"校验算法应为 {'、'.join(ALGORITHMS)}")
    try:
        return Check(algorithm, base64.b64decode(value, validate=True))
    except (binascii.Error, ValueError) as error:
        raise BadRequest("Upload-Checksum 的值应为 base64") from error


def offered(largest: int) -> dict[str, str]:
    """The headers of an answer to OPTIONS."""
    return {
        "Tus-Version": VERSION,
        "Tus-Extension": ",".join(EXTENSIONS),
        "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
        "Tus-Max-Size": str(largest),
    }


def expiring(upload: Upload) -> dict[str, str]:
    """``Upload-Expires``, while the upload is not whole."""
    return {} if upload.digest else {"Upload-Expires": http_date(upload.expires)}


def http_date(moment: datetime) -> str:
    """A moment as HTTP writes it (RFC 9110 §5.6.7)."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)
