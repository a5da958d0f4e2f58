"""What may be asked of matters. Every answer is already what the asker may see: list, count, map and export alike,
because each is made from one `Filter` and the database adds the same predicate to all of them (design §7, §10.4).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from yiwang.files import queries as files
from yiwang.files.models import File
from yiwang.org.access import Asker
from yiwang.org.personal import masked
from yiwang.org.queries import DistrictFacts, facts, person_names

from . import facts as matter_facts
from .definition import Kind
from .facts import COLUMNS, UNIT_COLUMNS, State
from .kinds import kind_of
from .models import Entry, Matter
from .world import world

URGENT_WITHIN = timedelta(hours=2)
GROUPS = ("over", "soon", "today", "week", "later")
PAGE = 50
YEARS = (1900, 2200)  # a day outside is no day of a matter


@dataclass(frozen=True, slots=True)
class Filter:
    """Which matters: an empty field does not limit.

    scope   "mine": whose move it is mine; "unit": my units are in charge; "" all that I see
    state   "open", "closed", "overdue"
    group   how pressing: over, soon (2 h), today, week (7 days), later
    since, until  received on these local days, both included
    """

    scope: str = ""
    kind: str = ""
    stage: str = ""
    street: str = ""
    lead: str = ""
    category: str = ""
    channel: str = ""
    state: str = ""
    group: str = ""
    q: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def of(cls, given: Any, **fixed: str) -> Filter:
        """From a query string; unknown names and broken dates are left out."""
        names = {field.name for field in fields(cls)}
        read = {name: str(given.get(name, "")).replace("\x00", "").strip()[:100] for name in names}
        read["q"] = masked(read["q"])  # what is stored is masked, so its mask is what can be found (R9.3)
        for name in ("since", "until"):
            try:
                known = YEARS[0] <= date.fromisoformat(read[name]).year <= YEARS[1]
            except ValueError:
                known = False
            read[name] = read[name] if known else ""
        return cls(**{**read, **fixed})

    def given(self) -> dict[str, str]:
        """What limits, for a link."""
        return {field.name: getattr(self, field.name) for field in fields(self) if getattr(self, field.name)}

    def but(self, **changed: str) -> Filter:
        return replace(self, **changed)


def matters(asker: Asker, wanted: Filter | None = None, *, now: datetime | None = None) -> QuerySet[Matter]:
    """The matters that a filter means, unordered. The one place where a filter becomes a condition."""
    wanted, now, known = wanted or Filter(), now or timezone.now(), facts(asker)
    rows = Matter.objects.filter(district=asker.district)
    if wanted.scope == "mine":
        rows = rows.filter(_mine(asker), closed_at__isnull=True)
    elif wanted.scope == "unit":
        rows = rows.filter(lead__in={post.unit for post in asker.posts})
    for name in ("kind", "stage", "channel"):
        if value := getattr(wanted, name):
            rows = rows.filter(**{name: value})
    for name in ("street", "lead"):
        if code := getattr(wanted, name):
            unit = known.by_code.get(code)
            rows = rows.filter(**{name: unit.id}) if unit else rows.none()
    if wanted.category:
        rows = rows.filter(category__in=_with_below(asker, wanted.category))
    if wanted.state == "open":
        rows = rows.filter(closed_at__isnull=True)
    elif wanted.state == "closed":
        rows = rows.filter(closed_at__isnull=False)
    elif wanted.state == "overdue":
        rows = rows.filter(closed_at__isnull=True, due_at__lt=now)
    if wanted.group:
        rows = rows.filter(_pressing(wanted.group, now, known))
    if wanted.since:
        rows = rows.filter(created_at__gte=_midnight(date.fromisoformat(wanted.since), known))
    if wanted.until:
        rows = rows.filter(created_at__lt=_midnight(date.fromisoformat(wanted.until) + timedelta(days=1), known))
    return rows.filter(pk__in=found(wanted.q)) if wanted.q else rows


def _mine(asker: Asker) -> Q:
    """Whose move it is the asker's: as dispatcher of the desk, as clerk of the unit in charge, as supervisor."""
    mine = Q(pk__in=[])
    for post in asker.posts:
        if post.role == "dispatcher":
            mine |= Q(holder=post.unit, holder_role__in=("dispatcher", "unit"))
        elif post.role in ("clerk", "head"):
            mine |= Q(holder=post.unit, holder_role="unit")
        elif post.role == "supervisor":
            mine |= Q(holder_role="supervisor")
    return mine


def _with_below(asker: Asker, category: str) -> list[str]:
    tree = world(asker).categories
    below, grown = {category}, True
    while grown:
        more = {c.code for c in tree.values() if c.parent in below} - below
        grown = bool(more)
        below |= more
    return sorted(below)


def _pressing(group: str, now: datetime, known: DistrictFacts) -> Q:
    """The groups of an inbox share its matters out among them: each is in exactly one."""
    tonight = _midnight(now.astimezone(known.zone).date() + timedelta(days=1), known)
    soon = now + URGENT_WITHIN
    edges = {
        "over": (None, now),
        "soon": (now, soon),
        "today": (soon, max(soon, tonight)),
        "week": (max(soon, tonight), tonight + timedelta(days=6)),
    }
    if group not in edges:
        return Q(due_at__isnull=True) | Q(due_at__gte=edges["week"][1]) if group == "later" else Q(pk__in=[])
    start, end = edges[group]
    return Q(due_at__lt=end) & (Q(due_at__gte=start) if start else Q())


def _midnight(day: date, known: DistrictFacts) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=known.zone)


def most_pressing_first(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    return rows.order_by(F("due_at").asc(nulls_last=True), "id")


def newest_first(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    return rows.order_by("-created_at", "-id")


def counts(rows: QuerySet[Matter], by: str) -> dict[Any, int]:
    """value -> how many, by one column ("kind", "stage", "street_id", "lead_id", "category")."""
    return dict(rows.order_by().values_list(by).annotate(n=Count("pk")))


def group_counts(asker: Asker, wanted: Filter, *, now: datetime) -> dict[str, int]:
    """How many of a list are over, due soon, today, this week, later; they add up to the list."""
    named = {group: Count("pk", filter=_pressing(group, now, facts(asker))) for group in GROUPS}
    return matters(asker, wanted.but(group=""), now=now).aggregate(**named)


def found(words: str, at_most: int = 500) -> list[int]:
    """Ids of matters whose number, title or text holds `words`, newest first; of one sign, only numbers."""
    words = words.strip()
    if not words:
        return []
    by_number = Matter.objects.filter(number__iexact=words).values_list("pk", flat=True)
    if hits := list(by_number):
        return hits
    with connection.cursor() as cursor:
        cursor.execute("SELECT matters_found(%s, %s)", [words, at_most])
        return [pk for (pk,) in cursor.fetchall()] if len(words) > 1 else []


# --- one matter -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OneMatter:
    """A matter as its page shows it."""

    row: Matter
    kind: Kind
    state: State
    entries: list[Entry]
    people: dict[int, str]
    evidence: list[File]


def state_of(asker: Asker, row: Matter) -> State:
    """The flat state of a row that was read through the ORM."""
    units = facts(asker).units
    state: State = {name: getattr(row, column) for name, column in COLUMNS.items()}
    for name, column in UNIT_COLUMNS.items():
        unit = getattr(row, column)
        state[name] = units[unit].code if unit else None
    return state | matter_facts.read(row.facts)


def one(asker: Asker, *, pk: int | None = None, number: str = "") -> OneMatter | None:
    """A matter with its whole ledger; None when there is none that the asker may see."""
    rows = Matter.objects.filter(district=asker.district)
    row = (rows.filter(pk=pk) if pk is not None else rows.filter(number=number)).first()
    if row is None:
        return None
    entries = list(Entry.objects.filter(matter=row).order_by("seq"))
    return OneMatter(
        row,
        kind_of(asker, row.kind, row.kind_version),
        state_of(asker, row),
        entries,
        person_names(asker, (entry.person_id for entry in entries if entry.person_id)),
        files.belonging_to(asker, "matter", row.pk),
    )


def similar(asker: Asker, row: Matter, *, metres: float = 80, days: int = 120, at_most: int = 5) -> list[Matter]:
    """Matters of the same category close by, in the days before and since (R1.13, R2.12), newest first."""
    if row.lon is None or row.lat is None or not row.category:
        return []
    degrees = metres / 111_000
    rows = Matter.objects.filter(
        district=row.district_id,
        category=row.category,
        lat__range=(row.lat - degrees, row.lat + degrees),
        lon__range=(row.lon - degrees * 1.2, row.lon + degrees * 1.2),
        created_at__range=(row.created_at - timedelta(days=days), row.created_at + timedelta(days=days)),
    )
    return list(newest_first(rows.exclude(pk=row.pk))[:at_most])


@dataclass(frozen=True, slots=True)
class Precedent:
    """Who handled the same category in the same street before, and how often."""

    unit: int
    n: int
    of: int


def precedents(asker: Asker, row: Matter, *, days: int = 365) -> list[Precedent]:
    """Units that closed matters of the same category in the same street, most often first: for a suggestion (R9.14)."""
    if not row.category:
        return []
    rows = Matter.objects.filter(
        district=row.district_id,
        category=row.category,
        street=row.street_id,
        closed_at__gte=row.created_at - timedelta(days=days),
        lead__isnull=False,
    ).exclude(pk=row.pk)
    counted = sorted(counts(rows, "lead_id").items(), key=lambda one: (-one[1], one[0]))
    total = sum(n for _, n in counted)
    return [Precedent(unit, n, total) for unit, n in counted[:4]]


def tracked(asker: Asker, number: str) -> OneMatter | None:
    """The matter whose number and code the asker knows (`Asker.for_tracking`)."""
    return one(asker, number=number) if asker.tracking else None


# --- export ---------------------------------------------------------------------------------------------------------

EXPORTED = ("number", "kind", "title", "category", "stage", "street", "lead", "created_at", "due_at", "closed_at")


def export(asker: Asker, wanted: Filter, *, now: datetime) -> Iterator[list[Any]]:
    """The rows of a list for a spreadsheet, in the list's order, without personal data (R2.15)."""
    units = facts(asker).units
    rows = newest_first(matters(asker, wanted, now=now))
    for row in rows.iterator(chunk_size=2000):
        named = {name: units[pk].name["zh"] if pk else "" for name, pk in _places(row)}
        yield [named[name] if name in named else getattr(row, name) for name in EXPORTED]


def _places(row: Matter) -> tuple[tuple[str, int | None], ...]:
    return ("street", row.street_id), ("lead", row.lead_id)
