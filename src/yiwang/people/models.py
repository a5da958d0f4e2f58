"""One-time links with which a person sets a password that nobody else has known."""

from django.conf import settings
from django.db import models

from yiwang.org.models import District


class Invitation(models.Model):
    """A link that was given out: only the hash of its secret is kept.

    ended  when it was used or taken back; an open one is neither ended nor past `expires`
    """

    district = models.ForeignKey(District, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    hashed = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField()
    expires = models.DateTimeField()
    ended = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_invitation"
        indexes = (models.Index(fields=["user"], name="people_invitation_user"),)
