"""The mode shows to whoever has entered the district, and what was switched stays written."""

from django.db import migrations

from yiwang.org.migrations._as_first_run import IN_DISTRICT, append_only, row_security


class Migration(migrations.Migration):
    dependencies = [("wall", "0001_initial"), ("org", "0002_row_security")]

    operations = [
        migrations.RunSQL(row_security("wall_mode", IN_DISTRICT), migrations.RunSQL.noop),
        migrations.RunSQL(append_only("wall_mode"), migrations.RunSQL.noop),
    ]
