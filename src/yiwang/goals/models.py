"""Plans as they were read, the goals adopted from them, and what came of them.

What a person corrects, reports or verifies is added and never overwritten: the row of state beside it is a convenience.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from yiwang.org.models import District, Person, Unit


class Settings(models.Model):
    """The pack's rules of lamps, reports and orders, by version."""

    district = models.ForeignKey(District, models.CASCADE)
    version = models.DateField()
    definition = models.JSONField()
    current = models.BooleanField(default=True)

    class Meta:
        db_table = "goals_settings"
        constraints = (models.UniqueConstraint(fields=["district", "version"], name="goals_settings_version"),)


class Plan(models.Model):
    """A plan or a report as it came; `text` is what was read of it, all offsets point into it.

    `seen_by` names the units that see the whole document with its statements.
    """

    district = models.ForeignKey(District, models.CASCADE)
    title = models.CharField(max_length=200)
    year = models.IntegerField()
    kind = models.CharField(max_length=10)
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    text = models.TextField()
    items = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    person = models.ForeignKey(Person, models.PROTECT, null=True)
    at = models.DateTimeField()
    adopted_at = models.DateTimeField(null=True)
    step = models.IntegerField(default=0, help_text="the last correction's number; undo goes back by steps")
    seen_by = ArrayField(models.BigIntegerField())

    class Meta:
        db_table = "goals_plan"
        constraints = (models.UniqueConstraint(fields=["district", "sha256"], name="goals_plan_sha256"),)


class Statement(models.Model):
    """One statement under review. `read` is what the reader said, unchanged; the columns follow the people."""

    district = models.ForeignKey(District, models.CASCADE)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="statements")
    position = models.IntegerField()
    status = models.CharField(max_length=10, default="to_review")
    kind = models.CharField(max_length=10)
    section = models.CharField(max_length=200, blank=True)
    item_no = models.CharField(max_length=40, blank=True)
    quote = models.TextField()
    quote_offset = models.IntegerField()
    indicator = models.CharField(max_length=200)
    comparator = models.CharField(max_length=8, blank=True)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    value2 = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    unit = models.CharField(max_length=40, blank=True)
    measure = models.CharField(max_length=12, blank=True)
    period = models.CharField(max_length=40, blank=True)
    due = models.DateField(null=True)
    approx = models.BooleanField(default=False)
    stretch = models.BooleanField(default=False)
    scope = models.CharField(max_length=200, blank=True)
    time_frame = models.CharField(max_length=12)
    lead = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    co = ArrayField(models.BigIntegerField(), default=list)
    read = models.JSONField(default=dict)
    doubts = models.JSONField(default=list)
    confidence = models.FloatField(default=1.0)
    origin = models.ForeignKey("self", models.PROTECT, null=True, related_name="pieces")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    version = models.IntegerField(default=1)

    class Meta:
        db_table = "goals_statement"
        indexes = (models.Index(fields=["plan", "position"], name="goals_statement_order"),)


class Correction(models.Model):
    """What a person did to a statement: which fields were what before and after. Append-only.

    Corrections of one press of a key share `step`; an undo is a step of its own that names the step it takes back.
    """

    district = models.ForeignKey(District, models.CASCADE)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="corrections")
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="corrections")
    step = models.IntegerField()
    undoes = models.IntegerField(null=True)
    what = models.CharField(max_length=10)
    before = models.JSONField()
    after = models.JSONField()
    person = models.ForeignKey(Person, models.PROTECT, null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "goals_correction"
        indexes = (models.Index(fields=["plan", "step"], name="goals_correction_step"),)


class Goal(models.Model):
    """A promised value of an indicator, or a milestone, by a date, with a lead unit.

    `indicator` is the code of a defined measure, or empty: then the units report by hand.
    `nature`: flow (adds up), stock (from `base` to the value), rate (holds or not), step (done or not).
    `path` is the planned value at each month's end in the goal's unit, twelve of them; None: the default.
    """

    district = models.ForeignKey(District, models.CASCADE)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="goals")
    statement = models.OneToOneField(Statement, models.PROTECT, null=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    position = models.IntegerField()
    year = models.IntegerField()
    kind = models.CharField(max_length=10)
    section = models.CharField(max_length=200, blank=True)
    item_no = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    quote = models.TextField(blank=True)
    comparator = models.CharField(max_length=8, blank=True)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    value2 = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    unit = models.CharField(max_length=40, blank=True)
    measure = models.CharField(max_length=12, blank=True)
    period = models.CharField(max_length=40, blank=True)
    due = models.DateField(null=True)
    approx = models.BooleanField(default=False)
    stretch = models.BooleanField(default=False)
    nature = models.CharField(max_length=6)
    base = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    path = models.JSONField(null=True)
    indicator = models.CharField(max_length=60, blank=True)
    lead = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    co = ArrayField(models.BigIntegerField(), default=list)
    leader = models.CharField(max_length=60, blank=True)
    contact = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=400, blank=True)
    seen_by = ArrayField(models.BigIntegerField())
    version = models.IntegerField(default=1)

    class Meta:
        db_table = "goals_goal"
        indexes = (
            models.Index(fields=["district", "year", "position"], name="goals_goal_order"),
            GinIndex(fields=["seen_by"], name="goals_goal_seen_by"),
        )


class Change(models.Model):
    """What a person changed of a goal, and what it was before. Append-only."""

    district = models.ForeignKey(District, models.CASCADE)
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="changes")
    what = models.CharField(max_length=12)
    before = models.JSONField()
    after = models.JSONField()
    reason = models.CharField(max_length=400, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "goals_change"


class Report(models.Model):
    """How far a goal has come by a month's end, as its unit says (R5.8). Append-only; the last of a period counts.

    `value` is cumulative since the year began for a flow, the level for a stock or rate, percent done for a milestone.
    """

    district = models.ForeignKey(District, models.CASCADE)
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="reports")
    period = models.CharField(max_length=7)
    value = models.DecimalField(max_digits=24, decimal_places=6)
    note = models.CharField(max_length=1000, blank=True)
    explanation = models.CharField(max_length=1000, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "goals_report"
        indexes = (models.Index(fields=["goal", "period", "at"], name="goals_report_period"),)


class Verification(models.Model):
    """Somebody else looked at a report and its evidence: accepted, or returned with a reason. Append-only."""

    district = models.ForeignKey(District, models.CASCADE)
    report = models.OneToOneField(Report, models.PROTECT, related_name="verification")
    accepted = models.BooleanField()
    note = models.CharField(max_length=1000, blank=True)
    person = models.ForeignKey(Person, models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        db_table = "goals_verification"
