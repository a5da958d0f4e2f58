"""What may be asked of the matters that one hangs together with: of those alone that the asker sees.

Who sees one side of a link and not the other learns no number, no title and no count of it: every figure here is that
of the rows beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from yiwang.org.asker import Asker
from yiwang.org.session import acting_as, for_the_district
from yiwang.why import Receipt, Words, say

from . import rules
from .definition import Kind
from .joined import Repeats
from .linked import CALLERS, CAUSED, INTO, LED_TO, LINKED, MERGED, ONE_WITH, REPEATED, REPEATS
from .merging import name_of
from .models import Link, Matter
from .page_rows import MatterRow
from .queries import OneMatter, one, state_of


def waits_for(asker: Asker, found: OneMatter) -> list[Matter]:
    """The matter with which one is; none where it is with none, or with one out of sight."""
    if not found.state.get(ONE_WITH):
        return []
    return list(Matter.objects.filter(district=asker.district, number=found.state[INTO]))


def waiting_for(asker: Asker, found: OneMatter) -> list[Matter]:
    """The matters that wait for one, or ended with it."""
    if found.state.get(CALLERS, 1) == 1:
        return []
    ids = Link.objects.filter(district=asker.district, kind=MERGED, to_matter=found.row.pk).values("from_matter")
    return list(Matter.objects.filter(pk__in=ids).order_by("pk"))


def led_to(asker: Asker, found: OneMatter) -> list[Matter]:
    """The matters to which one led: opened or linked by an outcome of it."""
    if not found.state.get(LED_TO):
        return []
    ids = Link.objects.filter(district=asker.district, kind=CAUSED, from_matter=found.row.pk).values("to_matter")
    return list(Matter.objects.filter(pk__in=ids).order_by("pk"))


def came_from(asker: Asker, found: OneMatter) -> list[Matter]:
    """The matters that led to one."""
    ids = Link.objects.filter(district=asker.district, kind=CAUSED, to_matter=found.row.pk).values("from_matter")
    return list(Matter.objects.filter(pk__in=ids).order_by("pk"))


def repeated(asker: Asker, found: OneMatter) -> list[Matter]:
    """The earlier matters that one repeats, the newest first; none where who reported is hidden from the asker."""
    units = _units_of(asker)
    if not found.state.get(REPEATED) or not rules.shows_reporter(found.state, units):
        return []
    ids = Link.objects.filter(district=asker.district, kind=REPEATS, from_matter=found.row.pk).values("to_matter")
    rows = Matter.objects.filter(pk__in=ids).order_by("-created_at", "-pk")
    return [row for row in rows if rules.shows_reporter(state_of(asker, row), units)]


def numbers_of(asker: Asker, found: OneMatter) -> dict[str, Any]:
    """Every link of a matter by the numbers at its other ends, for a program that asks."""
    every = {"merged_here": waiting_for, "repeats": repeated, "led_to": led_to, "came_from": came_from}
    into = next((row.number for row in waits_for(asker, found)), None)
    return {"merged_into": into, **{name: [row.number for row in ask(asker, found)] for name, ask in every.items()}}


@dataclass(frozen=True, slots=True)
class Marks:
    """How many reported a matter, and how many earlier ones it repeats: as far as the asker sees these."""

    callers: int = 1
    repeats: int = 0


def marks_of(asker: Asker, rows: Iterable[MatterRow]) -> dict[int, Marks]:
    """matter -> its marks, of those that have any; nothing is asked where no row tells of a link."""
    told, units = [one for one in rows if one.facts.get(LINKED)], _units_of(asker)
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


def _units_of(asker: Asker) -> tuple[str, ...]:
    return tuple(post.unit_code for post in asker.posts)


def why_repeated(asker: Asker, found: OneMatter) -> Receipt | None:
    """Why it counts as reported again: the rule of its kind, and the earlier ones that the asker may see."""
    earlier, how = repeated(asker, found), found.kind.repeats
    if not earlier or how is None:
        return None
    because = [Receipt(rule_of(found.kind, how), source=found.kind.reference)]
    because += [Receipt(row.number, row.title, source=f"matter:{row.pk}") for row in earlier]
    claim = say("matters.repeats_claim", number=found.row.number, n=len(earlier))
    return Receipt(claim, len(earlier), because)


def rule_of(kind: Kind, how: Repeats) -> Words:
    """What must be the same of two, in words."""
    same, any_of = ([name_of(kind, word) for word in words] for words in (how.same, how.or_))
    if not how.or_ or not how.same:
        return say("matters.repeats_rule", within=how.within, same=same or any_of, kind=kind.title.mapping())
    return say("matters.repeats_rule_or", within=how.within, same=same, any=any_of, kind=kind.title.mapping())


def leading(asker: Asker, found: OneMatter) -> OneMatter | None:
    """The matter with which one is, as the platform sees it: who reported the one is told how the other stands, but of
    none that takes more to be seen."""
    if not found.state.get(ONE_WITH):
        return None
    with acting_as(for_the_district(asker)) as platform:
        other = one(platform, number=found.state[INTO])
    return other if other and other.state["sensitivity"] <= found.state["sensitivity"] else None
