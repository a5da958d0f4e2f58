"""A matter's files move to the room of files under their old numbers: entries of the ledger name them."""

from django.db import migrations

DISTRICT = "district_id = (SELECT nullif(current_setting('app.district', true), '')::bigint)"
UPLOADER = "coalesce(person_id, 0) = (SELECT nullif(current_setting('app.person', true), '')::bigint)"
KINDS = "(SELECT string_to_array(current_setting('app.kinds', true), ','))::text[]"
IN_SIGHT = (
    f"{DISTRICT} AND seen_by && (SELECT string_to_array(nullif(current_setting('app.units', true), ''), ',')::bigint[])"
    " AND sensitivity <= (SELECT coalesce(nullif(current_setting('app.clearance', true), '')::int, -1))"
    f" AND ('*' = ANY({KINDS}) OR kind = ANY({KINDS}))"
)
TRACKED = f"tracking <> '' AND tracking = (SELECT nullif(current_setting('app.tracking', true), '')) AND {DISTRICT}"
# a setting that nobody made must not mean "every kind"
KINDS_NAMED = f"ALTER POLICY sight ON matters_matter USING (({IN_SIGHT}) OR ({TRACKED}))"
OURS = f"{DISTRICT} AND noun = 'matter' AND EXISTS (SELECT FROM matters_matter m WHERE m.id = files_file.subject)"

# who sees a matter sees its files, and hands over own files to it; nothing is ever taken away from it
SIGHT = f"""
CREATE POLICY of_a_matter ON files_file FOR SELECT USING ({OURS});
CREATE POLICY new_of_a_matter ON files_file FOR INSERT WITH CHECK ({OURS} AND {UPLOADER});
CREATE POLICY to_a_matter ON files_file FOR UPDATE USING (false) WITH CHECK ({OURS} AND {UPLOADER});
"""

MOVE = """
INSERT INTO files_file (id, district_id, noun, subject, name, media_type, size, sha256, came, rules, at, person_id,
                        lon, lat, taken_at)
SELECT id, district_id, CASE WHEN matter_id IS NULL THEN '' ELSE 'matter' END, matter_id, name, media_type, size,
       sha256, sha256, 0, at, person_id, lon, lat, taken_at
FROM matters_evidence;
SELECT setval(pg_get_serial_sequence('files_file', 'id'), greatest((SELECT max(id) FROM files_file), 1));
"""


class Migration(migrations.Migration):
    dependencies = [("matters", "0003_plain"), ("files", "0001_initial")]

    operations = [
        migrations.RunSQL(KINDS_NAMED, migrations.RunSQL.noop),
        migrations.RunSQL(SIGHT, migrations.RunSQL.noop),
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.DeleteModel("Evidence"),
    ]
