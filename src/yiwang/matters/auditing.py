"""Is the ledger whole? Checks every chain, and every checkpoint against what is there now (design §6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from django.db import connection, transaction
from django.utils import timezone

from yiwang.ledger import chain
from yiwang.org.access import Asker
from yiwang.org.queries import facts
from yiwang.why import Words, say

from . import ledger
from .models import Checkpoint
from .rows import as_json


@dataclass
class Audit:
    """What a verification came to."""

    matters: int = 0
    entries: int = 0
    checkpoints: int = 0
    broken: list[chain.Break] = field(default_factory=list)
    roots: list[Words] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return not self.broken and not self.roots


_CHAINS = """
SELECT m.id, m.number, m.version, m.head, e.seq, e.at, e.action, e.person_id, e.post_id, e.role, e.from_stage,
       e.to_stage, e.data, e.delta, e.key, e.prev, e.hash
FROM matters_matter m LEFT JOIN matters_entry e ON e.matter_id = m.id
WHERE m.district_id = %s AND (%s = '' OR m.number = %s) ORDER BY m.id, e.seq
"""


def verify(asker: Asker, number: str = "") -> Audit:
    """Check the chain of one matter, or of all that the asker sees and every checkpoint. Call inside `acting_as`."""
    audit, algorithm = Audit(), facts(asker).digest
    for (_, name, version, head), rows in groupby(_rows(asker, number), key=lambda row: row[:4]):
        links = [_link(name, row) for row in rows if row[4] is not None]
        audit.matters += 1
        audit.entries += len(links)
        if found := chain.broken(name, links, chain.Head(version, bytes(head), None), algorithm):
            audit.broken.append(found)
    if not number and asker.system:
        _checkpoints(asker, audit, algorithm)
    return audit


def _rows(asker: Asker, number: str) -> Iterator[tuple]:  # type: ignore[type-arg]
    """The rows of all chains, some thousands at a time, so that memory does not grow with the ledger."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DECLARE chains NO SCROLL CURSOR FOR {_CHAINS}", [asker.district, number, number])
        while True:
            cursor.execute("FETCH 5000 FROM chains")
            rows = cursor.fetchall()
            if not rows:
                break
            yield from rows
        cursor.execute("CLOSE chains")


def _link(number: str, row: tuple) -> chain.Kept:  # type: ignore[type-arg]
    seq, at, action, person, post, role, from_stage, to_stage, data, delta, key, prev, hashed = row[4:]
    link = ledger.Link(
        number, seq, at, action, person, post, role, from_stage, to_stage, as_json(data), as_json(delta), key
    )
    return chain.Kept(link, bytes(prev), bytes(hashed), None)


@transaction.atomic
def checkpoint(asker: Asker, *, at: datetime | None = None) -> Checkpoint:
    """Take the Merkle root over the heads of all matters as they are now.

    Nobody writes to the ledger while the heads are read, so that a root belongs to exactly the entries up to the last.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE matters_entry IN SHARE MODE")
        cursor.execute("SELECT id, head FROM matters_matter WHERE district_id = %s ORDER BY id", [asker.district])
        heads = cursor.fetchall()
        cursor.execute("SELECT coalesce(max(id), 0) FROM matters_entry WHERE district_id = %s", [asker.district])
        (last_entry,) = cursor.fetchone()
    before = Checkpoint.objects.filter(district=asker.district).order_by("-id").first()
    return Checkpoint.objects.create(
        district_id=asker.district,
        at=at or timezone.now(),
        matters=len(heads),
        last_matter=heads[-1][0] if heads else 0,
        last_entry=last_entry,
        root=chain.merkle_root([bytes(head) for _, head in heads], facts(asker).digest),
        prev=before.root if before else chain.GENESIS,
    )


_HEADS_THEN = """
SELECT DISTINCT ON (matter_id) matter_id, hash FROM matters_entry
WHERE district_id = %s AND id <= %s ORDER BY matter_id, seq DESC
"""


def _checkpoints(asker: Asker, audit: Audit, algorithm: str) -> None:
    prev = chain.GENESIS
    for one in Checkpoint.objects.filter(district=asker.district).order_by("id"):
        with connection.cursor() as cursor:
            cursor.execute(_HEADS_THEN, [asker.district, one.last_entry])
            heads = [bytes(head) for _, head in cursor.fetchall()]
        audit.checkpoints += 1
        if chain.merkle_root(heads, algorithm) != bytes(one.root) or bytes(one.prev) != prev:
            audit.roots.append(say("matters.ledger_root", at=one.at.astimezone(facts(asker).zone)))
        prev = bytes(one.root)
