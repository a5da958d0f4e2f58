"""Who is on duty when, as a pack says it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("org", "0011_delegations")]

    operations = [
        migrations.CreateModel(
            name="DutyRoster",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20)),
                ("definition", models.JSONField()),
                (
                    "district",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="org.district"),
                ),
            ],
            options={
                "db_table": "org_roster",
                "constraints": [models.UniqueConstraint(fields=("district", "code"), name="org_roster_code")],
            },
        ),
    ]
