"""The pages of a district."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("org", "0008_mode")]

    operations = [
        migrations.CreateModel(
            name="Page",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=20)),
                ("definition", models.JSONField()),
                ("district", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="org.district")),
            ],
            options={
                "db_table": "pages_page",
                "constraints": [models.UniqueConstraint(fields=("district", "name"), name="pages_page_name")],
            },
        ),
    ]
