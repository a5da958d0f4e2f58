"""Plain words apart from what everybody sees: opened for a purpose, erased for good, found by a keyed digest alone."""

import django.db.models.deletion
from django.db import migrations, models

DISTRICT = "(SELECT nullif(current_setting('app.district', true), '')::bigint)"
SUBJECT = "(SELECT nullif(current_setting('app.subject', true), ''))"

# as matters_reporter: only for the one matter for which a reading was written down in this transaction
PLAIN = f"""
ALTER TABLE matters_plain ENABLE ROW LEVEL SECURITY;
CREATE POLICY sight ON matters_plain USING (
  district_id = {DISTRICT} AND matter_id::text = {SUBJECT}
  AND EXISTS (SELECT FROM matters_matter m WHERE m.id = matters_plain.matter_id)
) WITH CHECK (district_id = {DISTRICT});
ALTER TABLE matters_number ENABLE ROW LEVEL SECURITY;
CREATE POLICY adding ON matters_number FOR INSERT WITH CHECK (district_id = {DISTRICT});
CREATE POLICY removing ON matters_number FOR DELETE USING (district_id = {DISTRICT} AND matter_id::text = {SUBJECT});
CREATE POLICY removed ON matters_number FOR SELECT USING (district_id = {DISTRICT} AND matter_id::text = {SUBJECT});
"""

# The digests are read by nobody; this answers with matters in the asker's sight alone.
OF_NUMBER = """
CREATE FUNCTION matters_of_number(digests text[]) RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
  SELECT m.id FROM matters_number n JOIN matters_matter m ON m.id = n.matter_id
  WHERE n.digest = ANY(digests)
    AND n.district_id = (SELECT nullif(current_setting('app.district', true), '')::bigint)
    AND m.district_id = (SELECT nullif(current_setting('app.district', true), '')::bigint)
    AND m.seen_by && (SELECT string_to_array(nullif(current_setting('app.units', true), ''), ',')::bigint[])
    AND m.sensitivity <= (SELECT coalesce(nullif(current_setting('app.clearance', true), '')::int, -1))
    AND ((SELECT string_to_array(nullif(current_setting('app.kinds', true), '*'), ','))::text[] IS NULL
      OR m.kind = ANY((SELECT string_to_array(nullif(current_setting('app.kinds', true), '*'), ','))::text[]))
  ORDER BY m.created_at DESC
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("matters", "0002_sight_and_ledger"), ("org", "0005_readings")]

    operations = [
        migrations.CreateModel(
            name="Plain",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.IntegerField()),
                ("field", models.CharField(max_length=60)),
                ("text", models.TextField()),
                ("salt", models.CharField(max_length=32)),
                (
                    "district",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="org.district"),
                ),
                (
                    "matter",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="matters.matter"),
                ),
            ],
            options={
                "db_table": "matters_plain",
                "constraints": (models.UniqueConstraint(fields=("matter", "seq", "field"), name="matters_plain_once"),),
            },
        ),
        migrations.CreateModel(
            name="Number",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=43)),
                (
                    "district",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="org.district"),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="matters.matter"
                    ),
                ),
            ],
            options={
                "db_table": "matters_number",
                "indexes": (models.Index(fields=["district", "digest"], name="matters_number_digest"),),
            },
        ),
        migrations.RunSQL(PLAIN, migrations.RunSQL.noop),
        migrations.RunSQL(OF_NUMBER, "DROP FUNCTION matters_of_number"),
    ]
