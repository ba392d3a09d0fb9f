"""``violation.…``: what the catalogue says of the violation that the case is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from liuhen.compliance.sources.ask import Ask, Found, given
from liuhen.compliance.sources.of_case import entry
from liuhen.measures.catalogue import Violation, printed

CATALOGUE = "违法行为目录"
PARTS: dict[str, Callable[[Violation], Any]] = {
    "title": lambda one: one.conduct,
    "basis": lambda one: printed(one.basis),
    "cure": lambda one: one.cure,
    "penalties": lambda one: [{"kind": kind} for kind in one.penalties],
    "seizure_basis": lambda one: printed(one.seizure),
}


def violation(ask: Ask, name: str) -> Found | None:
    """``violation.<x>`` of the case's violation; None when the case names none of the catalogue."""
    part, one = PARTS[name], entry(ask)
    return given(part(one), CATALOGUE) if one else None
