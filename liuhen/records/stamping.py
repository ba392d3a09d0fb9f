"""Time stamps on checkpoints by an authority outside the bureau (RFC 3161): the log was that long, at the latest, at that time.

A response is kept as a file under the digest of the checkpoint's text and goes into packages with that checkpoint. What it
covers is the text byte for byte, so ``openssl ts -verify -data checkpoint.txt -in checkpoint.tsr`` checks it anywhere.
"""

from __future__ import annotations

import hashlib
import os
import urllib.error
import urllib.request
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from liuhen.records.seal import checkpoint_folder

PATIENCE = 30  # seconds
MOST = 1 << 20  # bytes of an answer
QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"


class StampError(RuntimeError):
    """No time stamp that holds; the Chinese message says why."""


def place(note: str) -> Path:
    """Where the time stamp on a checkpoint's text is kept, whether there is one or not."""
    return checkpoint_folder() / "stamped" / f"{hashlib.sha256(note.encode()).hexdigest()}.tsr"


def stamped(note: str) -> bytes | None:
    """The authority's response on this text; None when it was not stamped."""
    path = place(note)
    return path.read_bytes() if path.exists() else None


def stamp(note: str, url: str, roots: Sequence[x509.Certificate]) -> datetime:
    """Have the text stamped by the authority at ``url``, keep its response, and return the time that it gives.

    Raises StampError when the authority cannot be reached or refuses, and when its token does not hold under ``roots`` or
    is not over this text: nothing is kept then.
    """
    request = TimestampRequestBuilder().data(note.encode()).hash_algorithm(HashAlgorithm.SHA256).build()
    data = asked(url, request.as_bytes())
    builder = VerifierBuilder.from_request(request)
    try:
        response = decode_timestamp_response(data)
        for root in roots:
            builder = builder.add_root_certificate(root)
        _hold(response, builder, note)
    except (ValueError, VerificationError) as error:
        raise StampError(f"时间戳不成立：{error}") from error
    _keep(place(note), data)
    return response.tst_info.gen_time


def _hold(response: TimeStampResponse, builder: VerifierBuilder, note: str) -> None:
    if response.status not in (PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS):
        raise StampError(f"时间戳机构没有签发：{'；'.join(response.status_string) or response.status}")
    if not builder.build().verify_message(response, note.encode()):
        raise StampError("时间戳不成立")


def asked(url: str, query: bytes) -> bytes:
    """An authority's answer to a query, as it came. Raises StampError when it cannot be reached."""
    if not url.startswith(("http://", "https://")):
        raise StampError(f"时间戳机构的地址应以 http:// 或 https:// 开头：{url}")
    request = urllib.request.Request(url, query, {"Content-Type": QUERY, "Accept": REPLY})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            return answer.read(MOST)
    except (urllib.error.URLError, OSError) as error:
        raise StampError(f"联系不上时间戳机构：{url}（{error}）") from error


def _keep(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{uuid4().hex}.part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(target)
