"""Who and where: districts, the tree of units, posts, people, cells (design §2, R1.1, R5.4)."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class District(models.Model):
    """The tenant: everything belongs to one. `code` is the six digits of GB/T 2260 (R0.8)."""

    code = models.CharField(max_length=12, unique=True)
    title = models.JSONField()
    languages = models.CharField(max_length=40, default="zh en", help_text="of its texts, the usual one first")
    time_zone = models.CharField(max_length=40, default="Asia/Shanghai")
    calendar = models.JSONField(help_text="working days as Calendar.from_mapping reads them (R0.1)")
    demo = models.BooleanField(default=False)
    roles = models.JSONField(default=dict)
    offices = models.JSONField(default=dict)
    personal = models.JSONField(default=dict, help_text="purposes.Purposes: reading personal data")
    digest = models.CharField(max_length=10, default="sha256", help_text="of the ledger: sha256 or sm3 (R9.5)")
    generation = models.IntegerField(default=0, help_text="raised by every load of a pack; caches hang on it")

    class Meta:
        db_table = "org_district"


class Unit(models.Model):
    """A bureau, street, neighbourhood or company. `path` holds the ids from the root down to the unit itself."""

    district = models.ForeignKey(District, models.CASCADE)
    code = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    name = models.JSONField()
    short = models.JSONField(default=dict)
    aliases = ArrayField(models.CharField(max_length=60), default=list)
    gb_code = models.CharField(max_length=15, blank=True)
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    path = ArrayField(models.BigIntegerField(), default=list)
    position = models.IntegerField(default=0)
    boundary = models.JSONField(null=True)

    class Meta:
        db_table = "org_unit"
        constraints = (models.UniqueConstraint(fields=["district", "code"], name="org_unit_code"),)
        ordering = ("district_id", "position")


class Post(models.Model):
    """Work follows the post, history keeps the person (R5.4)."""

    district = models.ForeignKey(District, models.CASCADE)
    code = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, models.CASCADE)
    role = models.CharField(max_length=20)
    title = models.JSONField()

    class Meta:
        db_table = "org_post"
        constraints = (models.UniqueConstraint(fields=["district", "code"], name="org_post_code"),)


class Person(models.Model):
    """Somebody who signs in and acts."""

    district = models.ForeignKey(District, models.CASCADE)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, null=True)
    name = models.CharField(max_length=60)

    class Meta:
        db_table = "org_person"


class Appointment(models.Model):
    """A person holds a post from one day to another; `until` is the first day on which they no longer do.

    source  the pack's list, or an administrator;  ended  the day on which one of them ended it, `struck` by the list
    """

    district = models.ForeignKey(District, models.CASCADE)
    post = models.ForeignKey(Post, models.CASCADE)
    person = models.ForeignKey(Person, models.CASCADE)
    since = models.DateField()
    until = models.DateField(null=True)
    source = models.CharField(max_length=10, default="pack")
    ended = models.DateField(null=True)
    struck = models.BooleanField(default=False)

    class Meta:
        db_table = "org_appointment"
        indexes = (models.Index(fields=["person", "since"], name="org_appointment_person"),)


class Delegation(models.Model):
    """Somebody hands their acts to a colleague for some days: who acts then acts for them (R5.4).

    since, until  the moments between which the colleague may use their posts; `ended`: when one of them ended it before
    """

    district = models.ForeignKey(District, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    deputy = models.ForeignKey(Person, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    ended = models.DateTimeField(null=True)

    class Meta:
        db_table = "org_delegation"


class DutyRoster(models.Model):
    """Who is on duty when (org.roster), as the pack says it."""

    district = models.ForeignKey(District, models.CASCADE, related_name="+")
    code = models.CharField(max_length=20)
    definition = models.JSONField()

    class Meta:
        db_table = "org_roster"
        constraints = (models.UniqueConstraint(fields=["district", "code"], name="org_roster_code"),)


class Cell(models.Model):
    """A polygon of the grid with its 15-digit code, owned by a neighbourhood (R1.1)."""

    district = models.ForeignKey(District, models.CASCADE)
    code = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, models.CASCADE)
    boundary = models.JSONField()

    class Meta:
        db_table = "org_cell"
        constraints = (models.UniqueConstraint(fields=["district", "code"], name="org_cell_code"),)


class Landmark(models.Model):
    """What the map shows beside the units: water, roads."""

    district = models.ForeignKey(District, models.CASCADE)
    kind = models.CharField(max_length=20)
    name = models.JSONField()
    shape = models.JSONField()

    class Meta:
        db_table = "org_landmark"


class Reading(models.Model):
    """Who read somebody's personal data, when and what for (R9.3). Append-only, and chained by the ledger.

    purpose  a code of the pack's personal.yaml (of readings before there were codes: the words); `reason`: the words
    nth      which reading of that person it was on that local day
    """

    district = models.ForeignKey(District, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT)
    subject = models.CharField(max_length=80)
    purpose = models.CharField(max_length=200)
    reason = models.CharField(max_length=200, blank=True)
    nth = models.IntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        db_table = "org_reading"
        indexes = (
            models.Index(fields=["district", "subject"], name="org_reading_subject"),
            models.Index(fields=["district", "-at"], name="org_reading_at"),
        )


class Try(models.Model):
    """A counter of tries, of the installation and not of a district: who is kept as a keyed fingerprint (`limits`)."""

    key = models.CharField(max_length=100, primary_key=True)
    n = models.IntegerField()
    until = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "org_try"


class ModeSwitch(models.Model):
    """The district's mode from this moment on (mode.py). Append-only: who switched it, when and why.

    The table keeps the name that it had in the wall's room: sealed entries of the ledger name it.
    """

    district = models.ForeignKey(District, models.CASCADE)
    mode = models.CharField(max_length=20)
    at = models.DateTimeField()
    person = models.ForeignKey(Person, models.PROTECT)
    reason = models.CharField(max_length=200)

    class Meta:
        db_table = "wall_mode"
        indexes = (models.Index(fields=["district", "-at"], name="wall_mode_at"),)
