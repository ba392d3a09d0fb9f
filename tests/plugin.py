"""Where tests keep their data: never in the project's own folder; on PostgreSQL when LIUHEN_TEST_DB=postgres.

A pytest plugin of its own, since the environment has to be ready before Django's settings are read. With
several workers the first process prepares it once and the workers inherit it.
"""

import gc
import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tools import postgres

MEMORY, ENOUGH = Path("/dev/shm"), 6 << 30
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_serialized_rollback", "live_server"}


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        stack = ExitStack()
        early_config.add_cleanup(stack.close)
        files_in_memory(stack)
        os.environ["LIUHEN_DATA"] = stack.enter_context(tempfile.TemporaryDirectory(prefix="liuhen-"))
        os.environ["LIUHEN_DATABASE_URL"] = database_address(stack)
    return (yield)


def files_in_memory(stack: ExitStack) -> None:
    """Where the machine has the room, what tests write lies in memory: they ask a thousand times that a file be on the
    disk, and would wait for it as often."""
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ENOUGH:
        return
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="liuhen-", dir=MEMORY))
    Path(folder).chmod(0o711)
    os.environ["TMPDIR"], tempfile.tempdir = folder, None


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_auto_num_workers() -> int:
    """One worker more than cores: tests with a browser or a server wait more than they reckon."""
    return (os.cpu_count() or 1) + 1


def database_address(stack: ExitStack) -> str:
    """The address of the database that this run is to use; empty for SQLite."""
    wanted = os.environ.get("LIUHEN_TEST_DB", "sqlite")
    if wanted == "sqlite":
        return ""
    if wanted != "postgres":
        raise pytest.UsageError(f"LIUHEN_TEST_DB 只能是 sqlite 或 postgres，不能是 {wanted!r}")
    try:
        return stack.enter_context(postgres.running())
    except (FileNotFoundError, RuntimeError) as error:
        raise pytest.UsageError(str(error)) from error


# The rooms that speak to the database themselves, and of the others what goes through them from end to end.
SPEAKING = ("records", "archives", "acts", "cli", "vault", "project", "recordings", "supervision")
SAMPLES = ("test_play.py", "test_demo.py", "pen-14-hearing", "lic-01-granted", "ins-03-penalty", "sum-02-collected",
           "test_case_pages.py", "test_lists.py", "test_document.py")  # fmt: skip


def pytest_collection_finish() -> None:
    """What was loaded by now stays: it need not be looked at each time that memory is cleared."""
    gc.collect()
    gc.freeze()


def on_postgres(item: pytest.Item) -> bool:
    """Whether a test of the database runs on PostgreSQL in `make test` too; `make test-all` runs there what is left."""
    room = item.path.parent.name
    return room in SPEAKING or any(sample in item.nodeid for sample in SAMPLES)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test that touches the database carries the mark `db`, so that none is left out on PostgreSQL, and `postgres`
    where it runs there every time; every property the mark `fuzz`, so that `make test-all` tries it at length. The long
    ones (mark `long`) come first, so that no worker is left with one at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    for item in items:
        if getattr(getattr(item, "function", None), "is_hypothesis_test", False):
            item.add_marker("fuzz")
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker("db")
            if on_postgres(item):
                item.add_marker("postgres")
