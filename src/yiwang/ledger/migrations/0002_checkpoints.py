"""Checkpoints and their leaves, which nobody changes; and how the pieces of a row add up."""

import django.db.models.deletion
from django.db import migrations, models

APPEND_ONLY = """
CREATE TRIGGER {t}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {t}
FOR EACH STATEMENT EXECUTE FUNCTION org_refuse_change();
ALTER TABLE {t} ENABLE ROW LEVEL SECURITY;
"""
SIGHT = """
CREATE POLICY sight ON ledger_checkpoint FOR SELECT USING (
  ledger_checkpoint.district_id = (SELECT nullif(current_setting('app.district', true), '')::bigint));
"""
MERGE = "CREATE AGGREGATE ledger_merge(jsonb) (SFUNC = jsonb_concat, STYPE = jsonb, INITCOND = '{}')"


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0001_initial"),
        ("org", "0003_calendar"),
    ]

    operations = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("n", models.IntegerField()),
                ("at", models.DateTimeField()),
                ("leaves", models.BigIntegerField()),
                ("root", models.BinaryField(max_length=32)),
                ("prev", models.BinaryField(max_length=32)),
                ("hash", models.BinaryField(max_length=32)),
                ("signed_by", models.CharField(max_length=16)),
                ("signature", models.BinaryField(max_length=64)),
                ("marks", models.JSONField(default=dict)),
                ("reached", models.JSONField(default=dict)),
                ("snapshot", models.BigIntegerField()),
                (
                    "district",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.district"),
                ),
            ],
            options={
                "db_table": "ledger_checkpoint",
            },
        ),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=20)),
                ("subject", models.CharField(max_length=120)),
                ("seq", models.IntegerField()),
                ("hash", models.BinaryField(max_length=32)),
                (
                    "checkpoint",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.checkpoint",
                    ),
                ),
            ],
            options={
                "db_table": "ledger_leaf",
            },
        ),
        migrations.AddConstraint(
            model_name="checkpoint",
            constraint=models.UniqueConstraint(fields=("district", "n"), name="ledger_checkpoint_n"),
        ),
        migrations.AddIndex(
            model_name="leaf",
            index=models.Index(fields=["subject", "seq"], name="ledger_leaf_end"),
        ),
        migrations.AddConstraint(
            model_name="leaf",
            constraint=models.UniqueConstraint(fields=("checkpoint", "source", "subject"), name="ledger_leaf_subject"),
        ),
        migrations.RunSQL(APPEND_ONLY.format(t="ledger_checkpoint"), migrations.RunSQL.noop),
        migrations.RunSQL(APPEND_ONLY.format(t="ledger_leaf"), migrations.RunSQL.noop),
        migrations.RunSQL(SIGHT, migrations.RunSQL.noop),
        migrations.RunSQL(MERGE, "DROP AGGREGATE ledger_merge(jsonb)"),
    ]
