"""A notice shows in its district to the units that it names."""

from django.db import migrations

from yiwang.org.migrations._as_first_run import row_security

SEEN = "{t}.district_id = {district} AND {t}.seen_by && {units}"


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]

    operations = [migrations.RunSQL(row_security("notices_notice", SEEN), migrations.RunSQL.noop)]
