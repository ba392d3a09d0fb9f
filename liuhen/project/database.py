"""Which database the bureau's tables stand in."""

from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

# Durability before speed: an entry once acknowledged must survive a power cut.
SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL"
DJANGO_NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def database_settings(url: str, data: Path) -> dict[str, Any]:
    """Django's settings for one database.

    `url` is a libpq address (postgresql://…); when empty, an SQLite file in `data`, whose writers queue up to
    20 seconds for each other. A malformed address raises `psycopg.ProgrammingError`.
    """
    return postgresql(url) if url else sqlite(data)


def sqlite(data: Path) -> dict[str, Any]:
    """SQLite with one writer at a time from the first statement of a transaction on."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": data / "liuhen.sqlite3",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
        # A file, since threads that compete for it do not share a database in memory.
        "TEST": {"NAME": str(data / "test.sqlite3")},
    }


def postgresql(url: str) -> dict[str, Any]:
    """PostgreSQL; parameters that Django has no name for are handed to the driver."""
    given = conninfo_to_dict(url)
    named = {DJANGO_NAMES[key]: str(value) for key, value in given.items() if key in DJANGO_NAMES}
    options = {key: value for key, value in given.items() if key not in DJANGO_NAMES}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **named,
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
