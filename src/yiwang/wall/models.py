"""Whether the district works in its normal or in its emergency mode. Append-only: who switched it, when and why."""

from django.db import models

from yiwang.org.models import District, Person


class ModeSwitch(models.Model):
    """The mode from this moment on."""

    district = models.ForeignKey(District, models.CASCADE)
    mode = models.CharField(max_length=20)
    at = models.DateTimeField()
    person = models.ForeignKey(Person, models.PROTECT)
    reason = models.CharField(max_length=200)

    class Meta:
        db_table = "wall_mode"
        indexes = (models.Index(fields=["district", "-at"], name="wall_mode_at"),)
