"""What came in: messages that opened matters, rows that could not, and readings of sensors."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from yiwang.matters.models import Matter
from yiwang.org.models import District


class Signal(models.Model):
    """One message of a source, and the matter that it opened. `raw` is the row as it came, with personal cells masked:
    these are kept with the matter's reporter alone (R9.3). `same` is what all spellings of its number share
    (`numbers.compared`)."""

    district = models.ForeignKey(District, models.CASCADE)
    source = models.CharField(max_length=60)
    external_id = models.CharField(max_length=120)
    same = models.CharField(max_length=120)
    content_hash = models.BinaryField(max_length=32)
    received_at = models.DateTimeField()
    raw = models.JSONField()
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="signals")

    class Meta:
        db_table = "signals_signal"
        constraints = (
            models.UniqueConstraint(fields=["district", "source", "external_id"], name="signals_signal_once"),
        )
        indexes = (models.Index(fields=["district", "source", "same"], name="signals_signal_same"),)


class Quarantined(models.Model):
    """A row that could not become a matter: masked (R9.3), with its place in the file and what is wrong with it.

    What no mask recognises may be personal, so it shows only to who sees the whole district, and like a complaint.
    """

    district = models.ForeignKey(District, models.CASCADE)
    source = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    file = models.CharField(max_length=200)
    line = models.BigIntegerField()
    raw = models.TextField()
    reasons = models.JSONField()
    content_hash = models.BinaryField(max_length=32)
    received_at = models.DateTimeField()
    sensitivity = models.SmallIntegerField()
    seen_by = ArrayField(models.BigIntegerField())

    class Meta:
        db_table = "signals_quarantine"
        constraints = (
            models.UniqueConstraint(
                fields=["district", "source", "file", "line", "content_hash"], name="signals_quarantine_once"
            ),
        )


class Reading(models.Model):
    """What a series showed at an instant; the first word stands: a second value for the same instant is not taken."""

    district = models.ForeignKey(District, models.CASCADE)
    series = models.CharField(max_length=80)
    at = models.DateTimeField()
    value = models.FloatField()

    class Meta:
        db_table = "signals_reading"
        constraints = (models.UniqueConstraint(fields=["district", "series", "at"], name="signals_reading_once"),)
