"""The moment of a limit of hours, beside its day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0008_tray"),
    ]

    operations = [
        migrations.AddField(
            model_name="caserow",
            name="due_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="taskrow",
            name="due_at",
            field=models.DateTimeField(null=True),
        ),
    ]
