"""What may be asked of the matters that one hangs together with: of those alone that the asker sees.

Who sees one side of a link and not the other learns no number, no title and no count of it: every figure here is that
of the rows beside it.
"""

from __future__ import annotations

from typing import Any

from yiwang.org.asker import Asker
from yiwang.org.session import acting_as, for_the_district

from .linked import CALLERS, CAUSED, INTO, LED_TO, MERGED, ONE_WITH
from .models import Link, Matter
from .queries import OneMatter, one
from .repeats_queries import repeated


def waits_for(asker: Asker, matter: OneMatter) -> list[Matter]:
    """The matter with which one is; none where it is with none, or with one out of sight."""
    if not matter.state.get(ONE_WITH):
        return []
    return list(Matter.objects.filter(district=asker.district, number=matter.state[INTO]))


def waiting_for(asker: Asker, matter: OneMatter) -> list[Matter]:
    """The matters that wait for one, or ended with it."""
    if matter.state.get(CALLERS, 1) == 1:
        return []
    ids = Link.objects.filter(district=asker.district, kind=MERGED, to_matter=matter.row.pk).values("from_matter")
    return list(Matter.objects.filter(pk__in=ids).order_by("pk"))


def led_to(asker: Asker, matter: OneMatter) -> list[Matter]:
    """The matters to which one led: opened or linked by an outcome of it."""
    if not matter.state.get(LED_TO):
        return []
    ids = Link.objects.filter(district=asker.district, kind=CAUSED, from_matter=matter.row.pk).values("to_matter")
    return list(Matter.objects.filter(pk__in=ids).order_by("pk"))


def came_from(asker: Asker, matter: OneMatter) -> list[Matter]:
    """The matters that led to one."""
    ids = Link.objects.filter(district=asker.district, kind=CAUSED, to_matter=matter.row.pk).values("from_matter")
    return list(Matter.objects.filter(pk__in=ids).order_by("pk"))


def numbers_of(asker: Asker, matter: OneMatter) -> dict[str, Any]:
    """Every link of a matter by the numbers at its other ends, for a program that asks."""
    every = {"merged_here": waiting_for, "repeats": repeated, "led_to": led_to, "came_from": came_from}
    into = next((row.number for row in waits_for(asker, matter)), None)
    return {"merged_into": into, **{name: [row.number for row in ask(asker, matter)] for name, ask in every.items()}}


def leading(asker: Asker, matter: OneMatter) -> OneMatter | None:
    """The matter with which one is, or was until the end that they had together, as the platform sees it: who reported
    the one is told how the other stands, but of none that takes more to be seen."""
    if not matter.state.get(INTO):
        return None
    with acting_as(for_the_district(asker)) as platform:
        other = one(platform, number=matter.state[INTO])
    return other if other and other.state["sensitivity"] <= matter.state["sensitivity"] else None
