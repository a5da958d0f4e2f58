"""Which open matters may be the same thing as another, or as what is being taken down: with the reasons (R1.13)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from yiwang.org.asker import Asker
from yiwang.why import Words, say

from .act import Act
from .clock_state import State
from .definition import Kind
from .joined import fact_named
from .kinds import world
from .linked import WAITS
from .merging import against_merging, metres_between, name_of, post_for
from .models import Matter
from .queries import OneMatter, state_of

MOST_LIKE = 8  # matters that are offered


@dataclass(frozen=True, slots=True)
class Like:
    """A matter that may be the same thing, with the reasons for thinking so."""

    row: Matter
    because: list[Words]


def may_merge(asker: Asker, matter: OneMatter) -> bool:
    """Whether the asker is one of those who merge matters of its kind."""
    how, act = matter.kind.merge, Act.of(asker, "", matter.row.created_at)
    return how is not None and post_for(how, matter.state, act, world(asker)) is not None


def like(asker: Asker, matter: OneMatter, now: datetime) -> list[Like]:
    """Open matters into which one may be merged, the oldest first: what is nearest to being the same thing."""
    how, kind, row = matter.kind.merge, matter.kind, matter.row
    if how is None or matter.state.get(WAITS) or row.closed_at is not None:
        return []
    rows = Matter.objects.filter(district=asker.district, kind=row.kind, closed_at=None).exclude(pk=row.pk)
    if how.within.days:
        apart = timedelta(days=how.within.days)
        rows = rows.filter(created_at__range=(row.created_at - apart, row.created_at + apart))
    if "category" in how.same:
        rows = rows.filter(category=row.category)
    if how.within.metres and row.lat is not None:
        box = how.within.metres / 111_320
        rows = rows.filter(lat__range=(row.lat - box, row.lat + box))
    act, known = Act.of(asker, "", now), world(asker)
    found_like = []
    for other in rows.order_by("created_at", "pk")[:200]:
        state = state_of(asker, other)
        if against_merging(kind, matter.state, kind, state, act, known) is None:
            found_like.append(Like(other, list(_alike(matter, state))))
    return found_like[:MOST_LIKE]


def like_said(asker: Asker, kind: Kind, category: str, place: tuple[float, float] | None, now: datetime) -> list[Like]:
    """Open matters that may be the same as what is being taken down, by what was said so far: the nearest first."""
    how, said = kind.merge, State(category=category, created_at=now)
    if how is None or place is None or not how.within.metres:
        return []
    said |= {"lon": place[0], "lat": place[1]}
    rows = Matter.objects.filter(district=asker.district, kind=kind.matter, closed_at=None, lat__isnull=False)
    if "category" in how.same:
        rows = rows.filter(category=category)
    if how.within.days:
        rows = rows.filter(created_at__gte=now - timedelta(days=how.within.days))
    box = how.within.metres / 111_320
    rows = rows.filter(lat__range=(place[1] - box, place[1] + box))
    act, known, alike = Act.of(asker, "", now), world(asker), []
    for other in rows.order_by("-created_at", "-pk")[:200]:
        state = state_of(asker, other)
        apart = metres_between(said, state)
        if state.get(WAITS) or not post_for(how, state, act, known):
            continue
        if apart is not None and apart <= how.within.metres:
            alike.append((apart, other.pk, Like(other, list(_reasons(kind, said, state)))))
    return [one for _, _, one in sorted(alike, key=lambda one: one[:2])[:MOST_LIKE]]


def _alike(matter: OneMatter, other: State) -> Iterator[Words]:
    return _reasons(matter.kind, matter.state, other)


def _reasons(kind: Kind, state: State, other: State) -> Iterator[Words]:
    for word in kind.merge.same if kind.merge else ():
        if state.get(fact_named(word)) == other.get(fact_named(word)):
            yield say("matters.like_same", fact=name_of(kind, word))
    apart = metres_between(state, other)
    if apart is not None:
        yield say("matters.like_near", metres=round(apart))
