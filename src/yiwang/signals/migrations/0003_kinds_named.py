"""A setting that nobody made must not mean "every kind" (the same words as for matters)."""

from django.db import migrations

DISTRICT = "district_id = (SELECT nullif(current_setting('app.district', true), '')::bigint)"
KINDS = "(SELECT string_to_array(current_setting('app.kinds', true), ','))::text[]"
IN_SIGHT = (
    f"{DISTRICT} AND seen_by && (SELECT string_to_array(nullif(current_setting('app.units', true), ''), ',')::bigint[])"
    " AND sensitivity <= (SELECT coalesce(nullif(current_setting('app.clearance', true), '')::int, -1))"
    f" AND ('*' = ANY({KINDS}) OR kind = ANY({KINDS}))"
)


class Migration(migrations.Migration):
    dependencies = [("signals", "0002_sight")]

    operations = [
        migrations.RunSQL(
            f"ALTER POLICY sight ON signals_quarantine USING ({IN_SIGHT})",
            migrations.RunSQL.noop,
        )
    ]
