"""Where benches run: a folder on the disk that Liuhen's data stands on, with Django ready. Imports no room itself."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def workshop() -> Iterator[Path]:
    """The folder in which everything is made, removed at the end; LIUHEN_BENCH_FOLDER puts it on another disk."""
    beside = Path(os.environ.get("LIUHEN_BENCH_FOLDER") or ROOT / "var")
    beside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=beside, ignore_cleanup_errors=True) as name:
        # PostgreSQL, which refuses to run as root, must get through to its own folder.
        Path(name).chmod(0o711)
        tempfile.tempdir = name
        os.environ |= {"LIUHEN_DATA": name, "LIUHEN_DATABASE_URL": ""}
        start_django({})
        try:
            yield Path(name)
        finally:
            tempfile.tempdir = None


def start_django(environment: Mapping[str, str]) -> None:
    """Make Liuhen's rooms usable in this process; what is given is set in its environment first."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "liuhen.project.settings", **environment}
    django.setup()


def processes(count: int, environment: Mapping[str, str] | None = None) -> ProcessPoolExecutor:
    """So many new processes, with Django ready and what is given in their environment.

    Spawned, since a child that is forked after a paper was made hangs at its first own.
    """
    return ProcessPoolExecutor(
        count, get_context("spawn"), initializer=start_django, initargs=(environment or {},)
    )


@contextmanager
def folder() -> Iterator[Path]:
    """An empty folder, removed at the end."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        yield Path(name)
