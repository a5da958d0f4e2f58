"""What earlier corrections have taught: names that people gave, and who led the same thing before (R5.4)."""

from __future__ import annotations

from dataclasses import dataclass, field

from yiwang.org.asker import Asker

from ..models import Goal, Statement


@dataclass(frozen=True, slots=True)
class Learnt:
    """`names`: as read -> as confirmed by a person; `leads`: name -> unit that led it last."""

    names: dict[str, str] = field(default_factory=dict)
    leads: dict[str, int] = field(default_factory=dict)


def learnt(asker: Asker) -> Learnt:
    """What the asker's district has learnt; the newest correction of a name counts."""
    rows = Statement.objects.filter(district=asker.district, status="confirmed").order_by("pk")
    names = {
        read: given
        for read, given in rows.values_list("read__indicator", "indicator")
        if read and given and read != given
    }
    goals = Goal.objects.filter(district=asker.district, lead__isnull=False).order_by("year", "pk")
    return Learnt(names, dict(goals.values_list("title", "lead_id")))
