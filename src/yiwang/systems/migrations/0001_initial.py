"""The directory of a district."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("org", "0008_mode")]

    operations = [
        migrations.CreateModel(
            name="Directory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("definition", models.JSONField()),
                ("district", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, to="org.district")),
            ],
            options={"db_table": "systems_directory"},
        ),
    ]
