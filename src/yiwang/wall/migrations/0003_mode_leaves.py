"""The mode of the district belongs to org: its table stays as it is, with its rows, policies and trigger."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("wall", "0002_sight")]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("ModeSwitch")]),
    ]
