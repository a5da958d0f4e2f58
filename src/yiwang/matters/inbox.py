"""What waits for a person, read once: an inbox is grouped, counted and listed from the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from yiwang.org.asker import Asker
from yiwang.org.queries import facts
from yiwang.pages.queries import pages_of
from yiwang.why import NotThere

from .filtering import NOWHERE, Filter, matters, most_pressing_first, of_a_kind
from .models import Matter
from .sections import edges_of, section_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """One matter whose move it is the asker's; `group` is its section, `street` is a unit's id."""

    pk: int
    kind: str
    stage: str
    street: int | None
    group: str


def waiting(asker: Asker, *, now: datetime, queue: str = "") -> list[Waiting]:
    """All that waits for the asker, or all that they see in a queue, the most pressing first, by one statement."""
    wanted = Filter(queue=queue) if queue else Filter(scope="mine")
    edges = edges_of(now, facts(asker).zone, pages_of(asker).desk)
    mine = most_pressing_first(matters(asker, wanted, now=now))
    rows = mine.values_list("pk", "kind", "stage", "street_id", "due_at")
    return [Waiting(pk, kind, stage, street, section_of(due, edges)) for pk, kind, stage, street, due in rows]


def fitting(asker: Asker, mine: Sequence[Waiting], wanted: Filter, *, now: datetime) -> list[Waiting]:
    """Those of what waits (`waiting`) that a filter means, in the same order."""
    kind, stage = of_a_kind(wanted.stage)
    unit = facts(asker).by_code.get(wanted.street)
    rest = wanted.but(scope="", kind="", stage="", street="", group="", queue="")
    others: set[int] | None = None
    if rest != Filter():
        inside = matters(asker, rest, now=now).filter(pk__in=[one.pk for one in mine])
        others = set(inside.values_list("pk", flat=True))
    return [
        one
        for one in mine
        if wanted.kind in ("", one.kind)
        and kind in ("", one.kind)
        and stage in ("", one.stage)
        and wanted.group in ("", one.group)
        and (not wanted.street or (one.street is None if wanted.street == NOWHERE else unit and one.street == unit.id))
        and (others is None or one.pk in others)
    ]


def in_order(asker: Asker, pks: Sequence[int]) -> list[Matter]:
    """The rows of matters that were just listed, in that order. Raises NotThere: list again."""
    found = Matter.objects.filter(district=asker.district).in_bulk(pks)
    if len(found) < len(pks):
        raise NotThere
    return [found[pk] for pk in pks]
