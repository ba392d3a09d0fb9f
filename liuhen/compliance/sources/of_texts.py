"""``text.…``: usual texts filled with what the case knows, and texts told out of the case's own course."""

from __future__ import annotations

from liuhen.compliance.sources.ask import Ask, Found, given
from liuhen.compliance.sources.course import COURSE

TOLD = "按本案经过拟写"


def text(ask: Ask, name: str) -> Found | None:
    """``text.<name>``; None when the case does not know enough to say it."""
    return given(COURSE[name](ask.case), TOLD) if name in COURSE else None


def known(name: str) -> bool:
    """Whether there is such a text."""
    return name in COURSE
