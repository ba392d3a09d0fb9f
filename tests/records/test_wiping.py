"""What was deleted is out of the database's files, also while others read (A31; R31.1, story of the years)."""

import secrets
from contextlib import ExitStack

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone

from liuhen.records.models import Draft
from liuhen.records.wiping import wipe

pytestmark = pytest.mark.django_db(transaction=True)


def another(stack, database=None):
    """A further connection to the same server, closed with the stack; None where the database is a file of its own."""
    if connection.vendor != "postgresql":
        return None
    told = connection.settings_dict
    session = psycopg.connect(host=told["HOST"], user=told["USER"], dbname=database or told["NAME"])
    stack.callback(session.close)
    return session


def written_and_deleted():
    """A draft too long for its page, deleted again."""
    Draft.objects.create(
        document="d",
        case="c",
        kind="k",
        author="jia",
        values={"what": secrets.token_hex(40_000)},
        updated_at=timezone.now(),
    )
    Draft.objects.all().delete()


def test_deleted_rows_are_wiped():
    written_and_deleted()
    assert wipe()


def test_a_transaction_of_another_database_does_not_break_the_wiping():
    """Its age is taken over by a snapshot here, after the long values were cleaned up and before their row was."""
    with ExitStack() as stack:
        elsewhere = another(stack, "postgres")
        if elsewhere is not None:
            elsewhere.execute("SELECT pg_current_xact_id()")
        written_and_deleted()
        reader = another(stack)
        if reader is not None:
            with connection.cursor() as cursor:
                table = [Draft._meta.db_table]
                cursor.execute("SELECT reltoastrelid::regclass FROM pg_class WHERE relname = %s", table)
                cursor.execute(f"VACUUM {cursor.fetchone()[0]}")
            reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            reader.execute("SELECT 1")
            assert not wipe(patience=0.2)
    assert wipe()


def test_nothing_is_tried_within_a_transaction():
    with transaction.atomic():
        assert not wipe()
