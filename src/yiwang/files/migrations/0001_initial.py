"""The one table of files. A file that belongs to nothing shows to its uploader alone; each noun adds a policy of its
own for what belongs to it. What belongs to something is never changed or removed."""

import django.db.models.deletion
from django.db import migrations, models

DISTRICT = "district_id = (SELECT nullif(current_setting('app.district', true), '')::bigint)"
# 0 is the platform itself, which has no person; a passer-by is nobody
UPLOADER = "coalesce(person_id, 0) = (SELECT nullif(current_setting('app.person', true), '')::bigint)"
LOOSE = f"{DISTRICT} AND noun = '' AND {UPLOADER}"

SIGHT = f"""
ALTER TABLE files_file ENABLE ROW LEVEL SECURITY;
CREATE POLICY loose ON files_file USING ({LOOSE}) WITH CHECK ({LOOSE});
"""

BELONGS = """
CREATE FUNCTION files_belongs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.noun = '' THEN RETURN coalesce(NEW, OLD); END IF;
  IF TG_OP = 'UPDATE' AND NEW.rules > OLD.rules
     AND (NEW.id, NEW.district_id, NEW.noun, NEW.subject, NEW.came, NEW.at, NEW.person_id)
         IS NOT DISTINCT FROM (OLD.id, OLD.district_id, OLD.noun, OLD.subject, OLD.came, OLD.at, OLD.person_id)
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'a file that belongs to something stays as it is';
END $$;
CREATE TRIGGER files_belongs BEFORE UPDATE OR DELETE ON files_file FOR EACH ROW EXECUTE FUNCTION files_belongs();
"""

# The nightly removal sees no file: it may ask for the removal of what is loose for a day, and which hashes are needed.
TIDY = """
CREATE FUNCTION files_forget() RETURNS SETOF bigint LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  DELETE FROM files_file WHERE noun = '' AND at < now() - interval '1 day' RETURNING id
$$;
CREATE FUNCTION files_needed(hashes text[]) RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$ SELECT DISTINCT sha256::text FROM files_file WHERE sha256 = ANY(hashes) $$;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [("org", "0002_row_security")]

    operations = [
        migrations.CreateModel(
            name="File",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("noun", models.CharField(blank=True, max_length=20)),
                ("subject", models.BigIntegerField(null=True)),
                ("name", models.CharField(max_length=200)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.BigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("came", models.CharField(max_length=64)),
                ("rules", models.SmallIntegerField(default=0)),
                ("at", models.DateTimeField()),
                ("lon", models.FloatField(null=True)),
                ("lat", models.FloatField(null=True)),
                ("taken_at", models.DateTimeField(null=True)),
                (
                    "district",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="org.district"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to="org.person"
                    ),
                ),
            ],
            options={"db_table": "files_file"},
        ),
        migrations.AddConstraint(
            "file",
            models.CheckConstraint(
                condition=models.Q(noun="", subject__isnull=True)
                | (~models.Q(noun="") & models.Q(subject__isnull=False)),
                name="files_file_belongs",
            ),
        ),
        migrations.AddIndex("file", models.Index(fields=["noun", "subject"], name="files_file_subject")),
        migrations.AddIndex("file", models.Index(fields=["sha256"], name="files_file_sha256")),
        migrations.AddIndex("file", models.Index(fields=["at"], name="files_file_loose", condition=models.Q(noun=""))),
        migrations.RunSQL(SIGHT, migrations.RunSQL.noop),
        migrations.RunSQL(BELONGS, "DROP FUNCTION files_belongs CASCADE"),
        migrations.RunSQL(TIDY, "DROP FUNCTION files_forget; DROP FUNCTION files_needed"),
    ]
