"""Definitions show to whoever has entered the district."""

from django.db import migrations

from yiwang.org.migrations._as_first_run import IN_DISTRICT, row_security


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial"), ("org", "0002_row_security")]

    operations = [
        migrations.RunSQL(row_security(table, IN_DISTRICT), migrations.RunSQL.noop)
        for table in ("indicators_indicator", "indicators_vital")
    ]
