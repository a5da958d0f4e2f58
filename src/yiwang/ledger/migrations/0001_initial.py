"""The ledger of every noun: entries that nobody changes, and the ends of their chains, which only `ledger_add` moves."""

import django.db.models.deletion
from django.db import migrations, models

APPEND_ONLY = """
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
FOR EACH STATEMENT EXECUTE FUNCTION org_refuse_change();
"""

# An entry shows to who may read the whole ledger of the district, and to the person who made it.
SIGHT = """
ALTER TABLE ledger_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY sight ON ledger_entry FOR SELECT USING (
  ledger_entry.district_id = (SELECT nullif(current_setting('app.district', true), '')::bigint)
  AND ((SELECT coalesce(current_setting('app.audits', true), '') = '1')
       OR ledger_entry.person_id = (SELECT nullif(current_setting('app.person', true), '')::bigint)));
ALTER TABLE ledger_head ENABLE ROW LEVEL SECURITY;
CREATE POLICY sight ON ledger_head FOR SELECT USING (
  ledger_head.district_id = (SELECT nullif(current_setting('app.district', true), '')::bigint)
  AND (SELECT coalesce(current_setting('app.audits', true), '') = '1'));
"""

# The application writes through these two alone. The lock is taken before anything is read, in a statement of its own:
# what the one before has committed meanwhile is seen then.
WRITING = """
CREATE FUNCTION ledger_tail(in_district bigint, in_subject text, in_key text)
RETURNS TABLE(seq int, hash bytea, repeated int) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
BEGIN
  INSERT INTO ledger_head (district_id, subject, seq, hash)
  VALUES (in_district, in_subject, 0, decode(repeat('00', 32), 'hex')) ON CONFLICT (district_id, subject) DO NOTHING;
  PERFORM 1 FROM ledger_head h WHERE h.district_id = in_district AND h.subject = in_subject FOR UPDATE;
  RETURN QUERY SELECT h.seq, h.hash,
      (SELECT e.seq FROM ledger_entry e WHERE e.district_id = in_district AND e.key = in_key)
    FROM ledger_head h WHERE h.district_id = in_district AND h.subject = in_subject;
END $$;

CREATE FUNCTION ledger_add(
  in_district bigint, in_stream text, in_subject text, in_seq int, in_at timestamptz, in_action text, in_person bigint,
  in_data jsonb, in_key text, in_prev bytea, in_hash bytea, in_seal bytea, in_head_seal bytea
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  UPDATE ledger_head h SET seq = in_seq, hash = in_hash, seal = in_head_seal
  WHERE h.district_id = in_district AND h.subject = in_subject AND h.seq = in_seq - 1 AND h.hash = in_prev;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'entry % of % does not follow from the one before', in_seq, in_subject;
  END IF;
  INSERT INTO ledger_entry
    (district_id, stream, subject, seq, at, action, person_id, data, key, prev, hash, seal)
  VALUES (in_district, in_stream, in_subject, in_seq, in_at, in_action, in_person, in_data, in_key, in_prev, in_hash, in_seal);
END $$;
"""
UNWRITING = """
DROP FUNCTION ledger_tail(bigint, text, text);
DROP FUNCTION ledger_add(bigint, text, text, int, timestamptz, text, bigint, jsonb, text, bytea, bytea, bytea, bytea);
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("org", "0003_calendar"),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stream", models.CharField(max_length=40)),
                ("subject", models.CharField(max_length=120)),
                ("seq", models.IntegerField()),
                ("at", models.DateTimeField()),
                ("action", models.CharField(max_length=40)),
                ("data", models.JSONField(default=dict)),
                ("key", models.CharField(max_length=120, null=True)),
                ("prev", models.BinaryField(max_length=32)),
                ("hash", models.BinaryField(max_length=32)),
                ("seal", models.BinaryField(max_length=16, null=True)),
                (
                    "district",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.district"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                    ),
                ),
            ],
            options={
                "db_table": "ledger_entry",
                "indexes": [models.Index(fields=["district", "stream", "-at"], name="ledger_entry_stream")],
                "constraints": [
                    models.UniqueConstraint(fields=("district", "subject", "seq"), name="ledger_entry_seq"),
                    models.UniqueConstraint(
                        condition=models.Q(("key__isnull", False)), fields=("district", "key"), name="ledger_entry_key"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=120)),
                ("seq", models.IntegerField(default=0)),
                ("hash", models.BinaryField(max_length=32)),
                ("seal", models.BinaryField(max_length=16, null=True)),
                (
                    "district",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.district"
                    ),
                ),
            ],
            options={
                "db_table": "ledger_head",
                "constraints": [models.UniqueConstraint(fields=("district", "subject"), name="ledger_head_subject")],
            },
        ),
        migrations.RunSQL(APPEND_ONLY, migrations.RunSQL.noop),
        migrations.RunSQL(SIGHT, migrations.RunSQL.noop),
        migrations.RunSQL(WRITING, UNWRITING),
    ]
