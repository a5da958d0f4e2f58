"""Who sits on a panel and has yet to answer: it stands in their inbox."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0015_parties")]

    operations = [
        migrations.AddField(
            model_name="matter",
            name="awaited",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=80),
                default=list,
                help_text="who has yet to answer (panels)",
                size=None,
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("awaited", []), _negated=True), fields=["awaited"], name="matters_awaited"
            ),
        ),
    ]
