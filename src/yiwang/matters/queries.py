"""What may be asked of matters. Every answer is already what the asker may see: list, count, map and export alike,
because each is made from one `Filter` and the database adds the same predicate to all of them (design §7, §10.4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from yiwang.files import queries as files
from yiwang.files.models import File
from yiwang.org.asker import Asker
from yiwang.org.queries import facts, person_names
from yiwang.pages.queries import pages_of

from . import facts as matter_facts
from .clock_state import State
from .definition import Kind
from .entitled import TITLES, Called, called
from .facts import COLUMNS, UNIT_COLUMNS
from .family_queries import next_by_itself, parts_of, under, whole_of
from .filtering import PAGE, Filter, counts, group_counts, matters, most_pressing_first, newest_first, queue_counts
from .inbox import Waiting, fitting, in_order, waiting
from .kinds import kind_of
from .models import Entry, Matter
from .page_rows import MatterRow
from .parties import party_of
from .whose import whose

__all__ = [
    "PAGE",
    "Filter",
    "MatterKey",
    "OneMatter",
    "Precedent",
    "Waiting",
    "counts",
    "ended_elsewhere",
    "export",
    "fitting",
    "group_counts",
    "in_order",
    "key_of",
    "keys_of",
    "lies_with",
    "matters",
    "most_pressing_first",
    "newest_first",
    "next_by_itself",
    "numbers_and_titles",
    "one",
    "parts_of",
    "precedents",
    "queue_counts",
    "similar",
    "simulated",
    "state_of",
    "tracked",
    "tracked_as",
    "tracked_key",
    "under",
    "waiting",
    "whole_of",
]

# --- one matter -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MatterKey:
    """What a number leads to: enough to do something to the matter, and nothing that grows with its age."""

    id: int
    kind: Kind
    version: int


def keys_of(asker: Asker, numbers: Iterable[str]) -> dict[str, MatterKey]:
    """number -> the matter, of those that the asker may see. One statement."""
    rows = Matter.objects.filter(district=asker.district, number__in=list(numbers))
    found = rows.values_list("number", "pk", "kind", "kind_version", "version")
    return {number: MatterKey(pk, kind_of(asker, kind, of), version) for number, pk, kind, of, version in found}


def key_of(asker: Asker, number: str) -> MatterKey | None:
    """The matter of a number; None when there is none that the asker may see."""
    return keys_of(asker, [number]).get(number)


def lies_with(asker: Asker, number: str) -> Mapping[str, str] | None:
    """The name of the unit whose move a matter is, else of the one in charge, else of the centre."""
    row = Matter.objects.filter(district=asker.district, number=number).values("holder_id", "lead_id").first()
    district = facts(asker)
    unit = (row["holder_id"] or row["lead_id"] or district.centre.id) if row else None
    return district.units[unit].name if unit else None


def ended_elsewhere(matter: OneMatter) -> bool:
    """Whether it had ended before it came here: it came in as history, and its first entry says its end."""
    return bool(matter.entries) and matter.entries[0].delta.get("closed_at") is not None


def numbers_and_titles(asker: Asker, ids: Iterable[int]) -> dict[int, tuple[str, Called]]:
    """id -> (number, what it is called), of those that the asker may see."""
    rows = Matter.objects.filter(district=asker.district, pk__in=list(ids))
    named = rows.values_list("pk", "number", "title", f"facts__{TITLES}")
    return {pk: (number, called(title, titles)) for pk, number, title, titles in named}


def simulated(asker: Asker) -> QuerySet[Matter]:
    """The matters of a demo's simulation."""
    return Matter.objects.filter(district=asker.district, simulated=True)


@dataclass(frozen=True, slots=True)
class OneMatter:
    """A matter as its page shows it."""

    row: Matter
    kind: Kind
    state: State
    entries: list[Entry]
    people: dict[int, str]
    evidence: list[File]


def state_of(asker: Asker, row: MatterRow) -> State:
    """The flat state of a row that was read through the ORM."""
    units = facts(asker).units
    state = State((name, getattr(row, column)) for name, column in COLUMNS.items())
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
        person_names(asker, whose(entries)),
        files.belonging_to(asker, "matter", row.pk),
    )


def similar(asker: Asker, row: Matter) -> list[Matter]:
    """Matters of the same category close by, in the days before and since (R1.13, R2.12), newest first."""
    if row.lon is None or row.lat is None or not row.category:
        return []
    said = pages_of(asker).desk.similar
    degrees, apart = said.metres / 111_000, timedelta(days=said.days)
    rows = Matter.objects.filter(
        district=row.district_id,
        category=row.category,
        lat__range=(row.lat - degrees, row.lat + degrees),
        lon__range=(row.lon - degrees * 1.2, row.lon + degrees * 1.2),
        created_at__range=(row.created_at - apart, row.created_at + apart),
    )
    return list(newest_first(rows.exclude(pk=row.pk))[: said.most])


@dataclass(frozen=True, slots=True)
class Precedent:
    """Who handled the same category in the same street before, and how often."""

    unit: int
    n: int
    of: int


def precedents(asker: Asker, row: Matter) -> list[Precedent]:
    """Units that closed matters of the same category in the same street, most often first: for a suggestion (R9.14)."""
    if not row.category:
        return []
    said = pages_of(asker).desk.precedents
    rows = Matter.objects.filter(
        district=row.district_id,
        category=row.category,
        street=row.street_id,
        closed_at__gte=row.created_at - timedelta(days=said.days),
        lead__isnull=False,
    ).exclude(pk=row.pk)
    counted = sorted(counts(rows, "lead_id").items(), key=lambda one: (-one[1], one[0]))
    total = sum(n for _, n in counted)
    return [Precedent(unit, n, total) for unit, n in counted[: said.most]]


def tracked(asker: Asker, number: str) -> OneMatter | None:
    """The matter whose number and code the asker knows (`Asker.for_tracking`)."""
    return one(asker, number=number) if asker.tracking else None


def tracked_key(asker: Asker, number: str) -> MatterKey | None:
    """The same, to act on it."""
    return key_of(asker, number) if asker.tracking else None


def tracked_as(asker: Asker, key: MatterKey) -> str:
    """What somebody is to the matter whose number and code they know: the outside party of that code, else its
    reporter."""
    row = Matter.objects.filter(pk=key.id).first() if key.kind.parties else None
    return (party_of(key.kind.parties, state_of(asker, row), asker.tracking) if row else "") or "reporter"


# --- export ---------------------------------------------------------------------------------------------------------


def walk(asker: Asker, wanted: Filter, *, now: datetime) -> Iterator[Matter]:
    """The rows of a list for a file, in the list's order, read piece by piece."""
    return newest_first(matters(asker, wanted, now=now)).iterator(chunk_size=2000)


EXPORTED = ("number", "kind", "title", "category", "stage", "street", "lead", "created_at", "due_at", "closed_at")


def export(asker: Asker, wanted: Filter, *, now: datetime) -> Iterator[list[Any]]:
    """The same rows in codes (EXPORTED), for programs; instants are UTC, personal data is masked (R2.15, R9.3)."""
    units = facts(asker).units
    for row in walk(asker, wanted, now=now):
        coded = {name: units[pk].code if pk else "" for name, pk in (("street", row.street_id), ("lead", row.lead_id))}
        yield [coded[name] if name in coded else getattr(row, name) for name in EXPORTED]
