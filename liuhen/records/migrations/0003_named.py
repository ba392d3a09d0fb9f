"""An index of the files that entries name, filled from the bodies there are."""

import json
import re

from django.db import migrations, models

DIGEST = re.compile("sha256:[0-9a-f]{64}")


def values(body):
    """Every text within a body; keys are none."""
    inner = body.values() if isinstance(body, dict) else body if isinstance(body, list) else ()
    yield from [body] if isinstance(body, str) else (text for each in inner for text in values(each))


def fill(apps, schema_editor):
    """Write a row for every digest that a body names."""
    body, named = apps.get_model("records", "Body"), apps.get_model("records", "Named")
    rows = body.objects.filter(content__contains='"sha256:').values_list("entry_id", "content")
    for entry, content in rows.iterator(chunk_size=2000):
        found = dict.fromkeys(text for text in values(json.loads(content)) if DIGEST.fullmatch(text))
        named.objects.bulk_create(named(entry_id=entry, digest=digest) for digest in found)


class Migration(migrations.Migration):
    """Files are looked up by digest."""

    dependencies = [("records", "0002_triggers")]
    operations = [
        migrations.CreateModel(
            name="Named",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(db_index=True, max_length=71)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=models.deletion.CASCADE, related_name="+", to="records.entry"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "digest"), name="one_name_an_entry")
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
