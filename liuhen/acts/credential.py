"""The bureau's digital certificate, when one is configured: sealed papers are signed with it as they are finished."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from liuhen.papers import pades
from liuhen.records import clock


def credential() -> pades.Credential | None:
    """What the settings name; None where the bureau has no certificate."""
    if not settings.LIUHEN_SEAL:
        return None
    password = Path(settings.LIUHEN_SEAL_PASSWORD) if settings.LIUHEN_SEAL_PASSWORD else None
    return pades.Credential(Path(settings.LIUHEN_SEAL), password, settings.LIUHEN_SEAL_TSA)


def sign_paper(pdf: bytes, bureau: str) -> bytes:
    """The paper signed with the certificate of the bureau of that name; as it is without one. Raises PaperError."""
    found = credential()
    if found is None:
        return pdf
    return pades.sign(pdf, found, bureau, clock.now())
