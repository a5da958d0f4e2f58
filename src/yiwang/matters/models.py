"""One row of state per matter, and an append-only, hash-chained ledger beside it (design §6)."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from yiwang.org.models import District, Person, Post, Unit

from .entitled import TITLES, Called, called


class KindVersion(models.Model):
    """A kind as a pack defined it. Running matters keep the version that they began with."""

    district = models.ForeignKey(District, models.CASCADE)
    code = models.CharField(max_length=40)
    version = models.DateField()
    definition = models.TextField(help_text="JSON as text: the order of stages is part of it, and jsonb keeps no order")
    current = models.BooleanField(default=True)

    class Meta:
        db_table = "matters_kind"
        constraints = (models.UniqueConstraint(fields=["district", "code", "version"], name="matters_kind_version"),)


class Category(models.Model):
    """What a matter is about: a tree, versioned with the pack (R1.4)."""

    district = models.ForeignKey(District, models.CASCADE)
    code = models.CharField(max_length=40)
    parent = models.CharField(max_length=40, blank=True)
    top = models.CharField(max_length=40)
    name = models.JSONField()
    class_name = models.CharField(max_length=20)
    urgency = models.CharField(max_length=20, default="normal")
    position = models.IntegerField(default=0)

    class Meta:
        db_table = "matters_category"
        constraints = (models.UniqueConstraint(fields=["district", "code"], name="matters_category_code"),)
        ordering = ("position",)


class Duty(models.Model):
    """Who handles a category, with the clause that says so."""

    district = models.ForeignKey(District, models.CASCADE)
    category = models.CharField(max_length=40)
    to = models.CharField(max_length=60)
    clause = models.CharField(max_length=200)

    class Meta:
        db_table = "matters_duty"
        constraints = (models.UniqueConstraint(fields=["district", "category"], name="matters_duty_category"),)


class Listed(models.Model):
    """One object of a list of the pack: a river, a building, a row of a checklist. What a list no longer has keeps its
    name, for the matters that name it."""

    district = models.ForeignKey(District, models.CASCADE)
    list_name = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    name = models.JSONField()
    unit = models.CharField(max_length=60, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    class_name = models.CharField(max_length=40, blank=True)
    checklist = models.CharField(max_length=40, blank=True)
    sensitivity = models.SmallIntegerField(default=0)
    avoids = ArrayField(models.CharField(max_length=40), default=list)
    position = models.IntegerField(default=0)
    since = models.DateTimeField(help_text="from when on it is on the list")
    until = models.DateTimeField(null=True, help_text="when a load of the pack found it no longer there")

    class Meta:
        db_table = "matters_listed"
        constraints = (models.UniqueConstraint(fields=["district", "list_name", "code"], name="matters_listed_code"),)
        ordering = ("list_name", "position")


class Result(models.Model):
    """A word of the district for what came of a matter, and its class in the national rules (R6.5)."""

    district = models.ForeignKey(District, models.CASCADE)
    code = models.CharField(max_length=40)
    title = models.JSONField()
    national = models.CharField(max_length=40)
    national_title = models.JSONField()
    position = models.IntegerField(default=0)

    class Meta:
        db_table = "matters_result"
        constraints = (models.UniqueConstraint(fields=["district", "code"], name="matters_result_code"),)
        ordering = ("position",)


class Gate(models.Model):
    """What may be given to units of one sort (gate.py), as the pack says it."""

    district = models.ForeignKey(District, models.CASCADE)
    unit_kind = models.CharField(max_length=20)
    definition = models.JSONField()

    class Meta:
        db_table = "matters_gate"
        constraints = (models.UniqueConstraint(fields=["district", "unit_kind"], name="matters_gate_unit_kind"),)


class Attempt(models.Model):
    """Somebody gave a unit what may not reach it, and was refused. Append-only; counted against their unit."""

    district = models.ForeignKey(District, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="whose attempt it was")
    kind = models.CharField(max_length=40)
    action = models.CharField(max_length=40, blank=True)
    to = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    seen_by = ArrayField(models.BigIntegerField())

    class Meta:
        db_table = "matters_attempt"
        indexes = (models.Index(fields=["district", "-at"], name="matters_attempt_at"),)


class Matter(models.Model):
    """How a matter stands now. Written by `store` alone; `facts` holds what has no column (see facts.py).

    Every action writes this row and all its indexes, so there are only those that a list or an indicator walks.
    """

    district = models.ForeignKey(District, models.CASCADE, db_index=False)
    kind = models.CharField(max_length=40)
    kind_version = models.DateField()
    number = models.CharField(max_length=40)
    title = models.CharField(max_length=400)
    text = models.TextField(blank=True)
    category = models.CharField(max_length=40, blank=True)
    urgency = models.CharField(max_length=20, blank=True)
    channel = models.CharField(max_length=40, blank=True)
    stage = models.CharField(max_length=40)
    holder = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    holder_role = models.CharField(max_length=20, blank=True)
    lead = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    desk = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    street = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    neighbourhood = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    cell = models.CharField(max_length=20, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    due_clock = models.CharField(max_length=40, blank=True)
    acts_at = models.DateTimeField(null=True, help_text="when the platform acts by itself (matters.automatic)")
    raised = ArrayField(models.CharField(max_length=20), default=list, help_text="roles in whose inbox it stands too")
    recused = ArrayField(models.CharField(max_length=80), default=list, help_text="who takes no part (recusal.mark_of)")
    awaited = ArrayField(models.CharField(max_length=80), default=list, help_text="who has yet to answer (panels)")
    doors = ArrayField(models.CharField(max_length=64), default=list, help_text="of outside parties (parties.door_of)")
    sensitivity = models.SmallIntegerField(default=1)
    seen_by = ArrayField(models.BigIntegerField())
    facts = models.JSONField(default=dict)
    simulated = models.BooleanField(default=False)
    tracking = models.CharField(max_length=64, blank=True)
    source = models.CharField(max_length=120, blank=True)
    whole = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    version = models.IntegerField(default=1)
    moved_at = models.DateTimeField()
    last_action = models.CharField(max_length=40)
    head = models.BinaryField(max_length=32)
    seal = models.BinaryField(max_length=16, null=True, help_text="of the head (ledger.chain.head_seal)")

    class Meta:
        db_table = "matters_matter"
        constraints = (models.UniqueConstraint(fields=["district", "number"], name="matters_matter_number"),)
        indexes = (
            # the inbox: whose move it is, the most pressing first
            models.Index(
                fields=["holder", "holder_role", "due_at"],
                name="matters_inbox",
                condition=models.Q(closed_at__isnull=True),
            ),
            models.Index(fields=["district", "due_at"], name="matters_due", condition=models.Q(closed_at__isnull=True)),
            models.Index(fields=["district", "acts_at"], name="matters_acts", condition=~models.Q(acts_at=None)),
            GinIndex(fields=["raised"], name="matters_raised", condition=~models.Q(raised=[])),
            # ended ones of which something is asked: few of many
            models.Index(
                fields=["district"],
                name="matters_ended_raised",
                condition=~models.Q(raised=[]) & models.Q(closed_at__isnull=False),
            ),
            GinIndex(fields=["awaited"], name="matters_awaited", condition=~models.Q(awaited=[])),
            GinIndex(fields=["doors"], name="matters_doors", condition=~models.Q(doors=[])),
            models.Index(fields=["district", "-created_at"], name="matters_created"),
            models.Index(fields=["district", "-closed_at"], name="matters_closed"),
            models.Index(fields=["district", "kind", "-created_at"], name="matters_kind_created"),
            models.Index(fields=["lead", "-created_at"], name="matters_lead"),
            models.Index(fields=["street", "-created_at"], name="matters_street"),
            models.Index(fields=["district", "source"], name="matters_source", condition=~models.Q(source="")),
            models.Index(fields=["whole"], name="matters_whole", condition=~models.Q(whole=None)),
            models.Index(fields=["tracking"], name="matters_tracking", condition=~models.Q(tracking="")),
            GinIndex(fields=["seen_by"], name="matters_seen_by"),
        )

    @property
    def called(self) -> Called:
        """Its title, in each language in which the platform gave it."""
        return called(self.title, self.facts.get(TITLES))


class Link(models.Model):
    """One matter that hangs together with another: it waits for it (`merged`) or repeats it (`linked`).

    Only links that hold stand here: how each was made and undone is told by the ledgers of both matters.
    """

    district = models.ForeignKey(District, models.CASCADE, db_index=False)
    from_matter = models.ForeignKey(Matter, models.PROTECT, related_name="+", db_index=False)
    to_matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)

    class Meta:
        db_table = "matters_link"
        constraints = (
            models.UniqueConstraint(fields=["from_matter", "to_matter", "kind"], name="matters_link_once"),
            models.UniqueConstraint(
                fields=["from_matter"], name="matters_link_waits", condition=models.Q(kind="merged")
            ),
        )


class Reporter(models.Model):
    """Who reported a matter. Read through `disclosure` alone, with a purpose and a trace (R2.15, R9.3).

    The ledger holds a salted digest of it and not a word: what is changed shows, and what is erased is gone.
    """

    district = models.ForeignKey(District, models.CASCADE)
    matter = models.OneToOneField(Matter, models.CASCADE)
    name = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    salt = models.CharField(max_length=32, blank=True, help_text="of the commitment in the first entry")

    class Meta:
        db_table = "matters_reporter"


class Entry(models.Model):
    """One thing that happened, chained to the one before it in the same matter. Append-only.

    Its own hash holds person and post fast, so the database need not look them up again with every entry.
    """

    district = models.ForeignKey(District, models.CASCADE, db_index=False, db_constraint=False)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="entries", db_index=False)
    seq = models.IntegerField()
    at = models.DateTimeField()
    action = models.CharField(max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False, db_constraint=False)
    post = models.ForeignKey(Post, models.PROTECT, null=True, db_index=False, db_constraint=False)
    role = models.CharField(max_length=20, blank=True)
    from_stage = models.CharField(max_length=40, blank=True)
    to_stage = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    delta = models.JSONField(default=dict)
    key = models.CharField(max_length=80, null=True)
    prev = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    seal = models.BinaryField(max_length=16, null=True, help_text="ledger.chain.entry_seal; none: older than seals")

    class Meta:
        db_table = "matters_entry"
        constraints = (
            models.UniqueConstraint(fields=["matter", "seq"], name="matters_entry_seq"),
            models.UniqueConstraint(
                fields=["district", "key"], name="matters_entry_key", condition=models.Q(key__isnull=False)
            ),
        )
        indexes = (models.Index(fields=["district", "-at"], name="matters_entry_at"),)


class Checkpoint(models.Model):
    """A Merkle root over the heads of all matters, of the time before `ledger.Checkpoint`; no more are made."""

    district = models.ForeignKey(District, models.CASCADE)
    at = models.DateTimeField()
    matters = models.BigIntegerField()
    last_matter = models.BigIntegerField()
    last_entry = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    prev = models.BinaryField(max_length=32)

    class Meta:
        db_table = "matters_checkpoint"


class Counter(models.Model):
    """The last serial given out for a prefix and a day (design §10.6)."""

    district = models.ForeignKey(District, models.CASCADE)
    prefix = models.CharField(max_length=20)
    day = models.DateField()
    last = models.IntegerField()

    class Meta:
        db_table = "matters_counter"
        constraints = (models.UniqueConstraint(fields=["district", "prefix", "day"], name="matters_counter_day"),)


class Plain(models.Model):
    """Plain words that a masked text stands for. Read through `disclosure` alone; a digest stands in the entry.

    Never changed: a correction takes one away and adds another, and the ledger says that it did.
    """

    district = models.ForeignKey(District, models.CASCADE, db_index=False)
    matter = models.ForeignKey(Matter, models.CASCADE, db_index=False)
    seq = models.IntegerField()
    field = models.CharField(max_length=100, help_text="of a value in rows: <list>.<row>.<field>")
    text = models.TextField()
    salt = models.CharField(max_length=32)

    class Meta:
        db_table = "matters_plain"
        constraints = (models.UniqueConstraint(fields=["matter", "seq", "field"], name="matters_plain_once"),)


class Number(models.Model):
    """A keyed digest of a telephone, identity or card number in a matter: to find it whole, never to read it."""

    district = models.ForeignKey(District, models.CASCADE, db_index=False)
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=43)

    class Meta:
        db_table = "matters_number"
        indexes = (models.Index(fields=["district", "digest"], name="matters_number_digest"),)
