"""A signal shows to whom its matter shows; a quarantined row to who sees the whole district; readings to all in it."""

from django.db import migrations

from yiwang.org.migrations._as_first_run import IN_DISTRICT, IN_SIGHT, row_security

OF_ITS_MATTER = "{t}.district_id = {district} AND EXISTS (SELECT FROM matters_matter m WHERE m.id = {t}.matter_id)"


class Migration(migrations.Migration):
    dependencies = [("signals", "0001_initial"), ("matters", "0002_sight_and_ledger")]

    operations = [
        migrations.RunSQL(row_security("signals_signal", OF_ITS_MATTER), migrations.RunSQL.noop),
        migrations.RunSQL(row_security("signals_quarantine", IN_SIGHT), migrations.RunSQL.noop),
        migrations.RunSQL(row_security("signals_reading", IN_DISTRICT), migrations.RunSQL.noop),
    ]
