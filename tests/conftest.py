"""What all tests share."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.core.management.commands import flush
from django.db import connection
from pytest_django import Settings

from tests.remembered import play_for_real, remembered

# A machine shared by other work is slow now and then; that is no fault of the code under test.
hypothesis.settings.register_profile("shared", deadline=None)
hypothesis.settings.register_profile("full", deadline=None, max_examples=2_000)
hypothesis.settings.load_profile("full" if os.environ.get("LIUHEN_FUZZ") == "full" else "shared")


@pytest.fixture(autouse=True)
def fast_password_hashing(settings: Settings) -> None:
    """Making a test person must not cost the quarter of a second that a real password should."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@contextmanager
def triggers_off() -> Iterator[None]:
    """Let tables be emptied whose triggers refuse it; afterwards the triggers stand as before."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            try:
                yield
            finally:
                cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers: list[tuple[str, str]] = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        try:
            yield
        finally:
            for _, sql in triggers:
                cursor.execute(sql)


@pytest.fixture(autouse=True, scope="session")
def append_only_tables_are_emptied_between_tests() -> Iterator[None]:
    """A test with real transactions ends by emptying every table, the append-only ones too."""
    plain_flush = flush.Command.handle

    def flush_all(command: flush.Command, **options: Any) -> None:
        with triggers_off():
            plain_flush(command, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", flush_all)
        yield


class Patching(pytest.MonkeyPatch):
    """Patches as usual; from the first one on the test plays its steps for real (`tests/remembered.py`)."""

    def setattr(self, *given: Any, **named: Any) -> None:
        play_for_real(True)
        super().setattr(*given, **named)

    def setitem(self, *given: Any, **named: Any) -> None:
        play_for_real(True)
        super().setitem(*given, **named)

    def setenv(self, *given: Any, **named: Any) -> None:
        play_for_real(True)
        super().setenv(*given, **named)


@pytest.fixture
def monkeypatch() -> Iterator[pytest.MonkeyPatch]:
    with Patching.context() as patch:
        yield patch
    play_for_real(False)


@pytest.fixture
def rows_equal_rebuilt() -> Iterator[None]:
    """After every act of every test with a bureau, projected rows equal rows rebuilt from the entries."""
    from liuhen.acts import engine
    from liuhen.records.models import CaseRow
    from liuhen.records.stamps import projection_fault

    project = engine.project

    def project_and_compare(case: str, entries: Sequence[Any]) -> None:
        project(case, entries)
        assert projection_fault(CaseRow.objects.get(case=case)) == ""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "project", project_and_compare)
        yield


def people() -> dict[str, Any]:
    """The demonstration bureau: its people by id (jia, yi, bing, ding, wu, ji, geng, xin, ren, gui, chuang, admin)."""
    return remembered(_people)


def _people() -> dict[str, Any]:
    from liuhen.office.models import User
    from liuhen.scripts import demo

    demo.people()
    return {user.username: user.actor for user in User.objects.all()}


@pytest.fixture
def own_data(settings: Settings, tmp_path: Path) -> None:
    """A data folder of the test's own: vault, keys and packages are nobody else's."""
    settings.LIUHEN_DATA = tmp_path


@pytest.fixture
def bureau(db: None, own_data: None, rows_equal_rebuilt: None) -> dict[str, Any]:
    """Actors by id."""
    return people()


@pytest.fixture
def bureau_committed(transactional_db: None, own_data: None, rows_equal_rebuilt: None) -> dict[str, Any]:
    """The same with real transactions, for tests of writers at once."""
    return people()


@pytest.fixture
def two(settings: Settings, tmp_path: Path) -> dict[str, Any]:
    """The settings of a bureau whose vault has two places; by place the means to harm it."""
    from liuhen.vault.places import FIRST, SECOND
    from tests.vault.stores import OnFilesystem

    (tmp_path / "elsewhere").mkdir()
    settings.LIUHEN_VAULT_SECOND = str(tmp_path / "elsewhere")
    return {FIRST: OnFilesystem(tmp_path / "vault"), SECOND: OnFilesystem(tmp_path / "elsewhere")}
