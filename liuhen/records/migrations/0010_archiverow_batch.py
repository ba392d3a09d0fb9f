"""To whom an archived file was handed over, and in which batch."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0009_due_moments"),
    ]

    operations = [
        migrations.AddField(
            model_name="archiverow",
            name="batch",
            field=models.CharField(blank=True, db_index=True, default="", max_length=60),
            preserve_default=False,
        ),
    ]
