"""Who sees a matter follows the tree of units: when a load of a pack moves a unit, it is worked out again (R1.1)."""

from __future__ import annotations

from django.db import transaction

from yiwang.org.asker import Asker
from yiwang.org.queries import facts

from .models import Matter
from .queries import state_of
from .taking_part import involved

AT_ONCE = 1000  # matters


@transaction.atomic
def see_anew(asker: Asker) -> int:
    """Let every matter be seen by the units that take part in it and all that stand above them now.

    It follows from the state and the tree, so there is nothing to write into the matters' ledgers; that the tree was
    changed is an entry of the pack's. Returns how many matters changed hands.
    """
    district, changed, last = facts(asker), 0, 0
    while rows := list(Matter.objects.filter(district=asker.district, pk__gt=last).order_by("pk")[:AT_ONCE]):
        last = rows[-1].pk
        moved = []
        for row in rows:
            units = (district.by_code[unit].id for unit in involved(state_of(asker, row)))
            seen_by = district.seen_by(*units)
            if seen_by != row.seen_by:
                row.seen_by = seen_by
                moved.append(row)
        changed += Matter.objects.bulk_update(moved, ["seen_by"])
    return changed
