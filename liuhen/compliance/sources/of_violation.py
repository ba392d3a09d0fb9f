"""``violation.…``: what the catalogue says of the violation that the case is about."""

from __future__ import annotations

from liuhen.compliance.sources.ask import Ask, Found

PARTS = ("title", "basis", "cure", "penalties", "seizure_basis")


def violation(ask: Ask, name: str) -> Found | None:
    """``violation.<x>`` of the case's violation; None when the case names none of the catalogue."""
    return None
