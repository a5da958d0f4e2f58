"""The table of notices."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from yiwang.org.models import District, Unit


class Notice(models.Model):
    """What a unit tells until a day, both in the district's calendar."""

    district = models.ForeignKey(District, models.CASCADE)
    unit = models.ForeignKey(Unit, models.PROTECT)
    text = models.CharField(max_length=400)
    until = models.DateField()
    seen_by = ArrayField(models.BigIntegerField())

    class Meta:
        db_table = "notices_notice"
