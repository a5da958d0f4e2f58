"""What may reach units of a sort, and what was tried and refused there."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0012_results"), ("org", "0012_rosters")]

    operations = [
        migrations.CreateModel(
            name="Gate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit_kind", models.CharField(max_length=20)),
                ("definition", models.JSONField()),
                ("district", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="org.district")),
            ],
            options={
                "db_table": "matters_gate",
                "constraints": [
                    models.UniqueConstraint(fields=("district", "unit_kind"), name="matters_gate_unit_kind")
                ],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=40)),
                ("action", models.CharField(blank=True, max_length=40)),
                (
                    "seen_by",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                (
                    "district",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="org.district"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        help_text="whose attempt it was",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"),
                ),
            ],
            options={
                "db_table": "matters_attempt",
                "indexes": [models.Index(fields=["district", "-at"], name="matters_attempt_at")],
            },
        ),
    ]
