from collections.abc import Sequence
from typing import Any

from django.db import models

from yiwang.org.models import District, Person
from yiwang.typed.moments import YEARS


class WithinYears(models.DateTimeField):  # type: ignore[type-arg]
    """A moment that is unknown where it lies outside of every calendar: a row from before there were bounds keeps what
    a camera's broken clock wrote, as its ledger does, and nobody can read it as a moment."""

    def deconstruct(self) -> Any:
        """To the database it is a moment like every other."""
        name, _, args, given = super().deconstruct()
        return name, "django.db.models.DateTimeField", args, given

    def select_format(self, compiler: Any, sql: str, params: Sequence[Any]) -> tuple[str, tuple[Any, ...]]:
        """What is read of the column."""
        first, last = YEARS[0], YEARS[1] + 1
        within = f"{sql} >= '{first}-01-01 00:00+00' AND {sql} < '{last}-01-01 00:00+00'"
        return f"CASE WHEN {within} THEN {sql} END", (*params, *params, *params)


class File(models.Model):
    """A photo or document that somebody handed in. Its bytes lie on the shelf under `sha256`.

    noun, subject  what it belongs to ("matter", 12); "" and None: to nothing yet, and then its uploader alone sees it.
                   Each noun adds its own policy to this table; once a file belongs to something that is never changed.
    came           SHA-256 of the bytes as they came, before they were cleaned
    rules          the version of the rules by which it was cleaned (0: before there were any, or as it came)
    """

    district = models.ForeignKey(District, models.CASCADE, db_index=False)
    noun = models.CharField(max_length=20, blank=True)
    subject = models.BigIntegerField(null=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    came = models.CharField(max_length=64)
    rules = models.SmallIntegerField(default=0)
    at = models.DateTimeField()
    person = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    taken_at = WithinYears(null=True)

    class Meta:
        db_table = "files_file"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(noun="", subject__isnull=True)
                | (~models.Q(noun="") & models.Q(subject__isnull=False)),
                name="files_file_belongs",
            ),
        )
        indexes = (
            models.Index(fields=["noun", "subject"], name="files_file_subject"),
            models.Index(fields=["sha256"], name="files_file_sha256"),
            models.Index(fields=["at"], name="files_file_loose", condition=models.Q(noun="")),
        )

    @property
    def as_it_came(self) -> bool:
        """Whether nothing could be taken out of it, because it could not be opened."""
        return self.media_type == "application/octet-stream"

    @property
    def shown(self) -> bool:
        """Whether a page may show it in place; everything else is only handed out."""
        return self.media_type in ("image/jpeg", "image/png")
