"""What may be asked of the matters that one hangs together with: each as far as the asker sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from yiwang.org.asker import Asker
from yiwang.org.session import acting_as, for_the_district
from yiwang.why import Receipt, Words, say

from . import rules
from .act import Act
from .clock_state import State
from .definition import Kind
from .joined import Repeats, fact_named
from .kinds import world
from .linked import CALLERS, INTO, ONE_WITH, REPEATED, REPEATED_OF, WAITS
from .merging import against_merging, metres_between, name_of, post_for
from .models import Link, Matter
from .queries import OneMatter, one, state_of

MOST_LIKE = 8  # matters that are offered to be merged with


@dataclass(frozen=True, slots=True)
class Ends:
    """The matters at the other ends of links of one sort: those that the asker sees, and how many more there are."""

    rows: list[Matter]
    hidden: int


@dataclass(frozen=True, slots=True)
class Like:
    """A matter that may be the same thing, with the reasons for thinking so."""

    row: Matter
    because: list[Words]


def waits_for(asker: Asker, found: OneMatter) -> Ends | None:
    """The matter with which one is; None where it is with none."""
    if not found.state.get(ONE_WITH):
        return None
    rows = list(Matter.objects.filter(district=asker.district, number=found.state[INTO]))
    return Ends(rows, 1 - len(rows))


def waiting_for(asker: Asker, found: OneMatter) -> Ends | None:
    """The matters that wait for one, or ended with it; None where there are none."""
    many = int(found.state.get(CALLERS, 1)) - 1
    if not many:
        return None
    ids = Link.objects.filter(district=asker.district, kind="merged", to_matter=found.row.pk).values("from_matter")
    rows = list(Matter.objects.filter(pk__in=ids).order_by("pk"))
    return Ends(rows, max(many - len(rows), 0))


def repeated(asker: Asker, found: OneMatter) -> Ends | None:
    """The earlier matters that one repeats; None where there are none, or who reported is hidden from the asker."""
    many = int(found.state.get(REPEATED, 0))
    units = tuple(post.unit_code for post in asker.posts)
    if not many or not rules.shows_reporter(found.state, units):
        return None
    numbers = found.state.get(REPEATED_OF) or ()
    rows = Matter.objects.filter(district=asker.district, number__in=numbers).order_by("-created_at", "-pk")
    shown = [row for row in rows if rules.shows_reporter(state_of(asker, row), units)]
    return Ends(shown, many - len(shown))


def why_repeated(asker: Asker, found: OneMatter) -> Receipt | None:
    """Why it counts as reported again: the rule of its kind, and the earlier ones that the asker may see."""
    ends, how = repeated(asker, found), found.kind.repeats
    if ends is None or how is None:
        return None
    because = [Receipt(rule_of(found.kind, how), source=found.kind.reference)]
    because += [Receipt(row.number, row.title, source=f"matter:{row.pk}") for row in ends.rows]
    if ends.hidden:
        because.append(Receipt(say("matters.repeats_hidden", n=ends.hidden)))
    n = len(ends.rows) + ends.hidden + 1
    return Receipt(say("matters.repeats_claim", number=found.row.number, n=n), n, because)


def rule_of(kind: Kind, how: Repeats) -> Words:
    """What must be the same of two, in words."""
    same, any_of = ([name_of(kind, word) for word in words] for words in (how.same, how.or_))
    if not how.or_ or not how.same:
        return say("matters.repeats_rule", within=how.within, same=same or any_of, kind=kind.title.mapping())
    return say("matters.repeats_rule_or", within=how.within, same=same, any=any_of, kind=kind.title.mapping())


def may_merge(asker: Asker, found: OneMatter) -> bool:
    """Whether the asker is one of those who merge matters of its kind."""
    how, act = found.kind.merge, Act("", found.row.created_at, {}, asker.person, asker.posts)
    return how is not None and post_for(how, found.state, act, world(asker)) is not None


def like(asker: Asker, found: OneMatter, now: datetime) -> list[Like]:
    """Open matters into which one may be merged, the oldest first: what is nearest to being the same thing."""
    how, kind, row = found.kind.merge, found.kind, found.row
    if how is None or found.state.get(WAITS) or row.closed_at is not None:
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
    act, known = Act("", now, {}, asker.person, asker.posts), world(asker)
    found_like = []
    for other in rows.order_by("created_at", "pk")[:200]:
        state = state_of(asker, other)
        if against_merging(kind, found.state, kind, state, act, known) is None:
            found_like.append(Like(other, list(_alike(found, state))))
    return found_like[:MOST_LIKE]


def like_said(asker: Asker, kind: Kind, category: str, place: tuple[float, float] | None, now: datetime) -> list[Like]:
    """Open matters that may be the same as what is being taken down, by what was said so far: the nearest first."""
    how, said = kind.merge, State(category=category, created_at=now)
    if how is None or place is None or not (how.within.metres or category):
        return []
    said |= {"lon": place[0], "lat": place[1]}
    rows = Matter.objects.filter(district=asker.district, kind=kind.matter, closed_at=None, lat__isnull=False)
    if "category" in how.same:
        rows = rows.filter(category=category)
    if how.within.days:
        rows = rows.filter(created_at__gte=now - timedelta(days=how.within.days))
    if how.within.metres:
        box = how.within.metres / 111_320
        rows = rows.filter(lat__range=(place[1] - box, place[1] + box))
    found = []
    for other in rows.order_by("-created_at", "-pk")[:200]:
        state = state_of(asker, other)
        apart = metres_between(said, state)
        if not state.get(WAITS) and apart is not None and apart <= (how.within.metres or apart):
            found.append((apart, other.pk, Like(other, list(_reasons(kind, said, state)))))
    return [one for _, _, one in sorted(found, key=lambda one: one[:2])[:MOST_LIKE]]


def _alike(found: OneMatter, other: State) -> Iterator[Words]:
    return _reasons(found.kind, found.state, other)


def _reasons(kind: Kind, one: State, other: State) -> Iterator[Words]:
    for word in kind.merge.same if kind.merge else ():
        if one.get(fact_named(word)) == other.get(fact_named(word)):
            yield say("matters.like_same", fact=name_of(kind, word))
    apart = metres_between(one, other)
    if apart is not None:
        yield say("matters.like_near", metres=round(apart))


def leading(asker: Asker, found: OneMatter) -> OneMatter | None:
    """The matter with which one is, as the platform sees it: who reported the one is told how the other stands."""
    if not found.state.get(ONE_WITH):
        return None
    with acting_as(for_the_district(asker)) as platform:
        return one(platform, number=found.state[INTO])
