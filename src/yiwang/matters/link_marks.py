"""What stands beside a matter in a list: by how many it was reported, how many earlier ones it repeats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from yiwang.org.asker import Asker

from . import rules
from .linked import LINKED, MERGED, REPEATS
from .models import Link
from .page_rows import MatterRow
from .queries import state_of
from .repeats_queries import units_of


@dataclass(frozen=True, slots=True)
class Marks:
    """How many reported a matter, and how many earlier ones it repeats: as far as the asker sees these."""

    callers: int = 1
    repeats: int = 0


def marks_of(asker: Asker, rows: Iterable[MatterRow]) -> dict[int, Marks]:
    """matter -> its marks, of those that have any; nothing is asked where no row tells of a link."""
    told, units = [one for one in rows if one.facts.get(LINKED)], units_of(asker)
    shown = [one.pk for one in told if rules.shows_reporter(state_of(asker, one), units)]
    if not told:
        return {}
    with_others = Link.objects.filter(kind=MERGED, to_matter__in=[one.pk for one in told])
    again = Link.objects.filter(kind=REPEATS, from_matter__in=shown).select_related("to_matter")
    callers = Counter(with_others.values_list("to_matter", flat=True))
    repeats = Counter(
        link.from_matter_id for link in again if rules.shows_reporter(state_of(asker, link.to_matter), units)
    )
    return {pk: Marks(1 + callers[pk], repeats[pk]) for pk in {*callers, *repeats}}
