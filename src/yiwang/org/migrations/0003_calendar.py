"""A district keeps the days of its calendar, not a name or a path that may mean something else tomorrow."""

from django.db import migrations, models

DAYS = """
ALTER TABLE org_district ALTER COLUMN calendar DROP DEFAULT;
ALTER TABLE org_district ALTER COLUMN calendar TYPE jsonb
USING jsonb_build_object('calendar', calendar, 'extends', calendar);
"""
NAME = """
ALTER TABLE org_district ALTER COLUMN calendar TYPE varchar(60) USING calendar->>'calendar';
"""


class Migration(migrations.Migration):
    dependencies = [("org", "0002_row_security")]

    operations = [
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(DAYS, NAME)],
            [
                migrations.AlterField(
                    "district",
                    "calendar",
                    models.JSONField(help_text="working days as Calendar.from_mapping reads them (R0.1)"),
                )
            ],
        )
    ]
