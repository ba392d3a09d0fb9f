"""Papers by their id, and what came of each reserved number, as the entries tell."""

import json

import django.db.models.deletion
from django.db import migrations, models


def fill(apps, schema_editor):
    """Read both out of the entries."""
    entries = apps.get_model("records", "Entry")
    papers, uses, cases = (apps.get_model("records", name) for name in ("PaperRow", "NumberUse", "CaseRow"))
    rows = {row.case: row for row in cases.objects.all()}
    filed, reserved, used = set(), {}, {}
    wanted = ("Filed", "NumberReserved", "NumberVoided", "Opened", "Issued")
    found = entries.objects.filter(kind__in=wanted, body__isnull=False).select_related("body").order_by("id")
    for entry in found.iterator(chunk_size=2000):
        body = json.loads(entry.body.content)
        if entry.kind == "Filed":
            filed.add((entry.stream.removeprefix("case/"), body["document"]))
        elif entry.kind == "NumberReserved":
            reserved[body["number"]] = entry.hash
        elif entry.kind == "Issued":
            used[body.get("reservation")] = False
        else:
            number = body["number"] if entry.kind == "NumberVoided" else body["case_no"]
            used.setdefault(reserved.get(number), entry.kind == "NumberVoided")
    used.pop(None, None)
    papers.objects.bulk_create(
        (papers(case=rows[case], document=document) for case, document in sorted(filed) if case in rows),
        batch_size=2000,
    )
    uses.objects.bulk_create((uses(reservation=r, gone=g) for r, g in used.items()), batch_size=2000)


class Migration(migrations.Migration):
    dependencies = [("records", "0003_named")]

    operations = [
        migrations.CreateModel(
            name="NumberUse",
            fields=[
                ("reservation", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("gone", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="PaperRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("document", models.CharField(db_index=True, max_length=40)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="papers",
                        to="records.caserow",
                    ),
                ),
            ],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
