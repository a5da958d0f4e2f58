"""How the district's matters stand at a moment: counts whose lists hold as many, by street, what presses, what recurs.

Every figure is a selection, a named condition at a moment. The count and the list of a selection are made from the
same condition, so they agree by construction (design §10.8). Call inside `acting_as`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from yiwang.org.asker import Asker
from yiwang.org.queries import facts
from yiwang.pages.definition import COUNTS
from yiwang.pages.queries import pages_of
from yiwang.why import NotThere

from . import queries
from .filtering import PAGE, Filter, most_pressing_first, newest_first
from .kinds import ordered_kind
from .linked import COUNTED_WITH, MERGED
from .models import Link, Matter

RECENT, LATELY = "recent", "lately"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of the district, by codes: a street, a kind, exactly one category; empty leaves it open."""

    street: str = ""
    kind: str = ""
    category: str = ""


EVERYWHERE = Scope()


def selections(asker: Asker, now: datetime) -> dict[str, Q]:
    """name -> condition, all at the moment `now`."""
    midnight = now.astimezone(facts(asker).zone).replace(hour=0, minute=0, second=0, microsecond=0)
    order, pages = ordered_kind(asker), pages_of(asker)
    # what comes in meanwhile does not move a list's pages
    is_open = Q(closed_at__isnull=True, created_at__lte=now) & ~counted_with_another()
    return {
        "open": is_open,
        "overdue": is_open & Q(due_at__lt=now),
        "soon": is_open & Q(due_at__gte=now, due_at__lt=now + pages.desk.soon),
        "opened_today": Q(created_at__gte=midnight, created_at__lte=now),
        "closed_today": Q(closed_at__gte=midnight, closed_at__lte=now),
        RECENT: Q(created_at__gt=now - pages.wall.new, created_at__lte=now),
        "orders": is_open & Q(kind=order.matter if order else ""),
        LATELY: Q(created_at__gt=now - timedelta(days=pages.wall.lately), created_at__lte=now),
    }


def counted_with_another() -> Q:
    """What was merged into another that the asker sees too, and is counted there: one thing is one (R1.13)."""
    links = Link.objects.filter(kind=MERGED, from_matter=OuterRef("pk"))
    return Q(Exists(links)) & Q(facts__contains={COUNTED_WITH: True})


def counted_elsewhere(asker: Asker, now: datetime, scope: Scope = EVERYWHERE) -> int:
    """How many open ones are left out of what stands open, as they are counted with another."""
    rows = _scoped(asker, now, scope).filter(counted_with_another())
    return rows.filter(closed_at__isnull=True, created_at__lte=now).count()


STANDING = COUNTS  # those that are counted together
_NEWEST_FIRST = ("opened_today", RECENT, LATELY)


def _scoped(asker: Asker, now: datetime, scope: Scope) -> QuerySet[Matter]:
    rows = queries.matters(asker, Filter(street=scope.street, kind=scope.kind), now=now).order_by()
    return rows.filter(category=scope.category) if scope.category else rows


def _selected(asker: Asker, now: datetime, selection: str, scope: Scope) -> QuerySet[Matter]:
    try:
        condition = selections(asker, now)[selection]
    except KeyError:
        raise NotThere from None
    return _scoped(asker, now, scope).filter(condition)


def _lively(asker: Asker, now: datetime) -> Q:
    """What a count of STANDING cannot miss: the rest of the year is not looked at."""
    every = selections(asker, now)
    return every["open"] | every["opened_today"] | every["closed_today"] | every[RECENT]


def counts(asker: Asker, now: datetime, scope: Scope = EVERYWHERE) -> dict[str, int]:
    """selection -> how many matters, in one statement."""
    every = selections(asker, now)
    named = {name: Count("pk", filter=every[name]) for name in STANDING}
    return _scoped(asker, now, scope).filter(_lively(asker, now)).aggregate(**named)


def counts_by_street(asker: Asker, now: datetime) -> dict[int, dict[str, int]]:
    """street (unit id) -> selection -> how many; streets without any are left out."""
    every = selections(asker, now)
    rows = _scoped(asker, now, EVERYWHERE).filter(_lively(asker, now), street__isnull=False)
    counted = rows.values_list("street_id").annotate(**{name: Count("pk", filter=every[name]) for name in STANDING})
    return {street: dict(zip(STANDING, numbers, strict=True)) for street, *numbers in counted}


def counts_by_kind(asker: Asker, now: datetime, selection: str, scope: Scope = EVERYWHERE) -> dict[str, int]:
    """kind -> how many of a selection, the most first."""
    counted = _selected(asker, now, selection, scope).values_list("kind").annotate(n=Count("pk"))
    return dict(counted.order_by("-n", "kind"))


def counts_by_stage(
    asker: Asker, now: datetime, selection: str, scope: Scope = EVERYWHERE
) -> dict[tuple[str, str], int]:
    """(kind, stage) -> how many of a selection, the most first. Raises NotThere."""
    counted = _selected(asker, now, selection, scope).values_list("kind", "stage").annotate(n=Count("pk"))
    return {(kind, stage): n for kind, stage, n in counted.order_by("-n", "kind", "stage")}


def cases(
    asker: Asker, now: datetime, selection: str, scope: Scope = EVERYWHERE, page: int = 1, size: int = PAGE
) -> list[Matter]:
    """One page of the list behind a count: the most pressing first, or the newest. Raises NotThere."""
    rows = _selected(asker, now, selection, scope)
    if selection == "closed_today":
        ordered = rows.order_by("-closed_at", "-id")
    else:
        ordered = newest_first(rows) if selection in _NEWEST_FIRST else most_pressing_first(rows)
    start = size * (max(page, 1) - 1)
    return list(ordered[start : start + size])


def pressing(asker: Asker, now: datetime, scope: Scope = EVERYWHERE, most: int = 60) -> list[Matter]:
    """Open matters with a place that are overdue or urgent, the worst first."""
    until = now + pages_of(asker).desk.soon
    rows = _scoped(asker, now, scope).filter(closed_at__isnull=True, lon__isnull=False, due_at__lt=until)
    rows = rows.exclude(counted_with_another())
    return list(most_pressing_first(rows)[:most])


@dataclass(frozen=True, slots=True)
class HotSpot:
    """The same category in the same street again and again: lately, and as long before (R1.10)."""

    category: str
    street: int
    n: int
    before: int


def hot_spots(asker: Asker, now: datetime) -> list[HotSpot]:
    """The categories that came most often in one street lately, beside as many days before."""
    wall = pages_of(asker).wall
    recent, days = selections(asker, now)[LATELY], timedelta(days=wall.lately)
    earlier = Q(created_at__gt=now - 2 * days, created_at__lte=now - days)
    rows = _scoped(asker, now, EVERYWHERE).filter(recent | earlier, street__isnull=False).exclude(category="")
    counted = rows.values_list("category", "street_id").annotate(
        n=Count("pk", filter=recent), before=Count("pk", filter=earlier)
    )
    return [HotSpot(*row) for row in counted.order_by("-n", "before", "category", "street_id")[: wall.hot]]
