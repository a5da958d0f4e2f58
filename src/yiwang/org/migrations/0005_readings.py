"""What a reading was for becomes a code of the pack with a reason beside it; the district keeps its purposes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("org", "0004_tries")]

    operations = [
        migrations.AddField(
            model_name="district",
            name="personal",
            field=models.JSONField(default=dict, help_text="purposes.Purposes: reading personal data"),
        ),
        migrations.AddField(
            model_name="reading",
            name="reason",
            field=models.CharField(blank=True, max_length=200, default=""),
            preserve_default=False,
        ),
        migrations.AddField(model_name="reading", name="nth", field=models.IntegerField(default=0)),
        migrations.AddIndex(
            model_name="reading", index=models.Index(fields=["district", "-at"], name="org_reading_at")
        ),
    ]
