"""Between tests even append-only tables are emptied, and stay append-only."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

REFUSALS = {
    "sqlite": [
        "CREATE TRIGGER no_delete BEFORE DELETE ON django_content_type BEGIN SELECT RAISE(ABORT, 'no'); END"
    ],
    "postgresql": [
        "CREATE FUNCTION no_delete() RETURNS trigger AS $$ BEGIN RAISE 'no'; END $$ LANGUAGE plpgsql",
        "CREATE TRIGGER no_delete BEFORE DELETE OR TRUNCATE ON django_content_type "
        "EXECUTE FUNCTION no_delete()",
    ],
}
UNDO = {
    "sqlite": "DROP TRIGGER no_delete",
    "postgresql": "DROP FUNCTION no_delete CASCADE",
}


@pytest.mark.django_db(transaction=True)
def test_a_flush_passes_the_triggers_and_leaves_them() -> None:
    kinds = ContentType.objects.filter(app_label="kept")
    with connection.cursor() as cursor:
        for statement in REFUSALS[connection.vendor]:
            cursor.execute(statement)
        try:
            ContentType.objects.create(app_label="kept", model="first")
            call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
            assert not kinds.exists()
            ContentType.objects.create(app_label="kept", model="second")
            with pytest.raises(DatabaseError), transaction.atomic():
                kinds.delete()
        finally:
            cursor.execute(UNDO[connection.vendor])
    assert kinds.count() == 1
