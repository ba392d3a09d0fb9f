"""The case that a case came from, looked up from there."""

import json

from django.db import migrations, models


def fill(apps, schema_editor):
    """Read it out of what opened each case."""
    entries, cases = apps.get_model("records", "Entry"), apps.get_model("records", "CaseRow")
    opened = entries.objects.filter(kind="Opened", body__isnull=False).select_related("body")
    for entry in opened.iterator(chunk_size=2000):
        origin = json.loads(entry.body.content).get("origin", {}).get("case", "")
        if origin:
            cases.objects.filter(case=entry.stream.removeprefix("case/")).update(origin=origin)


class Migration(migrations.Migration):
    dependencies = [("records", "0006_limit_rows")]

    operations = [
        migrations.AddField(
            model_name="caserow",
            name="origin",
            field=models.CharField(blank=True, db_index=True, default="", max_length=40),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
