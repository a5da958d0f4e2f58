"""In which languages the texts of a district's pack stand: until now Chinese and English everywhere."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("org", "0008_mode")]

    operations = [
        migrations.AddField(
            "district",
            "languages",
            models.CharField(default="zh en", help_text="of its texts, the usual one first", max_length=40),
        )
    ]
