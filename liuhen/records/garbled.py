"""Text that is none: a flipped bit can leave bytes that are no UTF-8, over which SQLite's driver refuses the whole query."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


def _told(data: bytes) -> str:
    return data.decode("utf-8", "backslashreplace")


@contextmanager
def told() -> Iterator[None]:
    """Within it such text is read with the strange bytes written out (``\\xe4``): a row that cannot hash to what it should,
    and can be named. PostgreSQL keeps no such text; there nothing is changed."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    driver = connection.connection
    before, driver.text_factory = driver.text_factory, _told
    try:
        yield
    finally:
        driver.text_factory = before
