"""Counters of tries, shared by all processes. The application's role may use the table like any other of Django's."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("org", "0003_calendar")]

    operations = [
        migrations.CreateModel(
            name="Try",
            fields=[
                ("key", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("n", models.IntegerField()),
                ("until", models.DateTimeField(db_index=True)),
            ],
            options={"db_table": "org_try"},
        ),
    ]
