"""From how many on a count is shown to passers-by: the district's choice, until now ten everywhere."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("org", "0005_readings")]

    operations = [
        migrations.AddField(
            "district",
            "fewest",
            models.IntegerField(default=10, help_text="a count below it is not shown to passers-by"),
        )
    ]
