"""Spellings of one number are one: what they share stands beside the number as it was spelled."""

from django.db import migrations, models

# digits in groups with blanks between, or with dashes between groups of one length, ten digits and more
PARTED = "|".join(["[0-9]+( [0-9]+)+", *(f"([0-9]{{{n}}}-)+[0-9]{{1,{n}}}" for n in range(3, 61))])


class Migration(migrations.Migration):
    dependencies = [("signals", "0003_kinds_named")]

    operations = [
        migrations.AddField("signal", "same", models.CharField(max_length=120, default=""), preserve_default=False),
        migrations.RunSQL(
            f"UPDATE signals_signal SET same = CASE WHEN external_id ~ '^({PARTED})$'"
            " AND length(translate(external_id, ' -', '')) >= 10"
            " THEN translate(external_id, ' -', '') ELSE external_id END",
            migrations.RunSQL.noop,
        ),
        migrations.AddIndex("signal", models.Index(fields=["district", "source", "same"], name="signals_signal_same")),
    ]
