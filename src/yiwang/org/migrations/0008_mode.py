"""The mode of the district comes from the wall's room: the table is there already, and keeps its name."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("org", "0007_appointments"), ("wall", "0003_mode_leaves")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="ModeSwitch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("mode", models.CharField(max_length=20)),
                        ("at", models.DateTimeField()),
                        ("reason", models.CharField(max_length=200)),
                        ("district", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="org.district")),
                        ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="org.person")),
                    ],
                    options={
                        "db_table": "wall_mode",
                        "indexes": [models.Index(fields=["district", "-at"], name="wall_mode_at")],
                    },
                )
            ]
        ),
    ]
