"""The database settings: durable, and one writer after the other, on SQLite as on PostgreSQL."""

import threading
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import ConnectionHandler

from liuhen.project.database import database_settings

# synchronous 2 is FULL: a commit is answered when it is on the disk.
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_an_address_becomes_django_settings(tmp_path: Path) -> None:
    made = database_settings("postgresql://clerk:s%40fe@db:5433/cases?sslmode=require", tmp_path)
    assert made["ENGINE"] == "django.db.backends.postgresql"
    assert (made["USER"], made["PASSWORD"], made["HOST"], made["PORT"]) == ("clerk", "s@fe", "db", "5433")
    assert (made["NAME"], made["OPTIONS"]) == ("cases", {"sslmode": "require"})


def test_without_an_address_the_data_folder_holds_the_database(tmp_path: Path) -> None:
    assert database_settings("", tmp_path)["NAME"] == tmp_path / "liuhen.sqlite3"


@pytest.mark.django_db
def test_sqlite_waits_for_the_disk_and_checks_foreign_keys(tmp_path: Path) -> None:
    file = ConnectionHandler({"default": database_settings("", tmp_path)})["default"]
    try:
        with file.cursor() as cursor:
            found = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS]
    finally:
        file.close()
    assert dict(zip(PRAGMAS, found, strict=True)) == PRAGMAS


@pytest.mark.django_db(transaction=True)
def test_writers_that_meet_wait_for_each_other() -> None:
    def write(number: int) -> None:
        try:
            with transaction.atomic():
                before = ContentType.objects.filter(app_label="meeting").count()
                ContentType.objects.create(app_label="meeting", model=f"writer-{number}-{before}")
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert ContentType.objects.filter(app_label="meeting").count() == 8


@pytest.mark.django_db
def test_every_model_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
