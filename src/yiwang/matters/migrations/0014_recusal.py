"""Who takes no part in a matter: it stands in no inbox of theirs."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0013_gate")]

    operations = [
        migrations.AddField(
            model_name="matter",
            name="recused",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=80),
                default=list,
                help_text="who takes no part (recusal.mark_of)",
                size=None,
            ),
        ),
    ]
