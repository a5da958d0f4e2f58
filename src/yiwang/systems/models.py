"""The directory of a district as its pack has said it."""

from django.db import models

from yiwang.org.models import District


class Directory(models.Model):
    """The pack's systems.yaml; a pack without one has no row."""

    district = models.OneToOneField(District, models.CASCADE)
    definition = models.JSONField()

    class Meta:
        db_table = "systems_directory"
