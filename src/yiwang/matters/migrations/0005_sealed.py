"""Seals of entries and heads, and the salt under which the ledger knows who reported."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0004_files"),
    ]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="seal",
            field=models.BinaryField(
                help_text="ledger.chain.entry_seal; none: older than seals", max_length=16, null=True
            ),
        ),
        migrations.AddField(
            model_name="matter",
            name="seal",
            field=models.BinaryField(help_text="of the head (ledger.chain.head_seal)", max_length=16, null=True),
        ),
        migrations.AddField(
            model_name="reporter",
            name="salt",
            field=models.CharField(blank=True, help_text="of the commitment in the first entry", max_length=32),
        ),
    ]
