"""Where an appointment comes from, and who ended it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("org", "0006_fewest")]

    operations = [
        migrations.AddField("appointment", "source", models.CharField(default="pack", max_length=10)),
        migrations.AddField("appointment", "ended", models.DateField(null=True)),
        migrations.AddField("appointment", "struck", models.BooleanField(default=False)),
    ]
