"""The clock: real time, unless a play or a test sets it. Nothing else in the product asks the system for the time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_set: ContextVar[datetime | None] = ContextVar("liuhen_clock", default=None)


def now() -> datetime:
    """The current instant, to the second, in UTC."""
    moment = _set.get() or datetime.now(UTC)
    return moment.astimezone(UTC).replace(microsecond=0)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let :func:`now` be ``moment`` within the block; for plays in a demonstration bureau and for tests."""
    token = _set.set(moment)
    try:
        yield
    finally:
        _set.reset(token)
