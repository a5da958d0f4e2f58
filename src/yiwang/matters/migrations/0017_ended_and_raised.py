"""Finds the ended matters of which something is asked of somebody."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0016_panels")]

    operations = [
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(models.Q(("raised", []), _negated=True), ("closed_at__isnull", False)),
                fields=["district"],
                name="matters_ended_raised",
            ),
        ),
    ]
