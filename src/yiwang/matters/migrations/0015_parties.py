"""What is kept of the codes by which outside parties see a matter."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0014_recusal")]

    operations = [
        migrations.AddField(
            model_name="matter",
            name="doors",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=64),
                default=list,
                help_text="of outside parties (parties.door_of)",
                size=None,
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("doors", []), _negated=True), fields=["doors"], name="matters_doors"
            ),
        ),
    ]
