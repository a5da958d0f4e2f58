"""From how many on a count is shown to passers-by stands with the portal's page now (pages.0002)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("org", "0009_languages"), ("pages", "0002_before_pages")]

    operations = [migrations.RemoveField("district", "fewest")]
