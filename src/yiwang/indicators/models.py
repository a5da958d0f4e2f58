"""Definitions as packs brought them; the figures themselves are never stored: they are counted from the work."""

from django.db import models

from yiwang.org.models import District


class IndicatorVersion(models.Model):
    """An indicator as a pack defined it; an older version stays readable for the figures that were told with it."""

    district = models.ForeignKey(District, models.CASCADE)
    code = models.CharField(max_length=60)
    version = models.DateField()
    definition = models.JSONField()
    current = models.BooleanField(default=True)
    position = models.IntegerField(default=0)

    class Meta:
        db_table = "indicators_indicator"
        constraints = (
            models.UniqueConstraint(fields=["district", "code", "version"], name="indicators_indicator_version"),
        )


class VitalSignVersion(models.Model):
    """A vital sign as a pack defined it; `dimension` keeps the title of its group."""

    district = models.ForeignKey(District, models.CASCADE)
    code = models.CharField(max_length=60)
    version = models.DateField()
    definition = models.JSONField()
    dimension = models.JSONField()
    current = models.BooleanField(default=True)
    position = models.IntegerField(default=0)

    class Meta:
        db_table = "indicators_vital"
        constraints = (
            models.UniqueConstraint(fields=["district", "code", "version"], name="indicators_vital_version"),
        )
