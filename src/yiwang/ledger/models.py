"""What was done, by whom and when; append-only, chained per subject."""

from django.db import models

from yiwang.org.models import District, Person


class Entry(models.Model):
    """One thing that happened to a subject ("goal:7"), chained to the one before it of the same subject. Append-only.

    stream  what kind of happening ("goals", "sign-ins", "exports"): what an auditor asks for
    data    JSON; `rows` in it holds what rows of the noun's own tables said afterwards (store.Rows)
    key     the client's name for this attempt: a retry happens once
    seal    by a key that is not in the database (chain.entry_seal); none: written before there were seals
    """

    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    stream = models.CharField(max_length=40)
    subject = models.CharField(max_length=120)
    seq = models.IntegerField()
    at = models.DateTimeField()
    action = models.CharField(max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False)
    data = models.JSONField(default=dict)
    key = models.CharField(max_length=120, null=True)
    prev = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    seal = models.BinaryField(max_length=16, null=True)

    class Meta:
        db_table = "ledger_entry"
        constraints = (
            models.UniqueConstraint(fields=["district", "subject", "seq"], name="ledger_entry_seq"),
            models.UniqueConstraint(
                fields=["district", "key"], name="ledger_entry_key", condition=models.Q(key__isnull=False)
            ),
        )
        indexes = (models.Index(fields=["district", "stream", "-at"], name="ledger_entry_stream"),)


class Head(models.Model):
    """Where a subject's chain ends. Held by who appends to it; written by `ledger_add` alone."""

    district = models.ForeignKey(District, models.PROTECT, related_name="+", db_index=False)
    subject = models.CharField(max_length=120)
    seq = models.IntegerField(default=0)
    hash = models.BinaryField(max_length=32)
    seal = models.BinaryField(max_length=16, null=True)

    class Meta:
        db_table = "ledger_head"
        constraints = (models.UniqueConstraint(fields=["district", "subject"], name="ledger_head_subject"),)


class Checkpoint(models.Model):
    """What had been written up to a moment, signed: makes visible what is removed or written anew afterwards.

    n          1, 2, 3 … in each district; each carries the hash of the one before
    root       Merkle root over the leaves: the ends of all chains that have grown since the one before
    marks      source -> the number of entry up to which nothing can come in any more (checkpoints.py)
    snapshot   the first transaction that had not begun; with `reached`, how the next ones find their marks
    signed_by  the fingerprint of the key (signing.fingerprint); the key itself is not in the database
    """

    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    n = models.IntegerField()
    at = models.DateTimeField()
    leaves = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    prev = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    signed_by = models.CharField(max_length=16)
    signature = models.BinaryField(max_length=64)
    marks = models.JSONField(default=dict)
    reached = models.JSONField(default=dict)
    snapshot = models.BigIntegerField()

    class Meta:
        db_table = "ledger_checkpoint"
        constraints = (models.UniqueConstraint(fields=["district", "n"], name="ledger_checkpoint_n"),)


class Leaf(models.Model):
    """The end of one chain at a checkpoint. Append-only."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="+", db_index=False)
    source = models.CharField(max_length=20)
    subject = models.CharField(max_length=120)
    seq = models.IntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "ledger_leaf"
        constraints = (models.UniqueConstraint(fields=["checkpoint", "source", "subject"], name="ledger_leaf_subject"),)
        indexes = (models.Index(fields=["subject", "seq"], name="ledger_leaf_end"),)
