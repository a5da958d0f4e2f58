"""What may be asked of the district: its units, its posts, and which cell a point lies in."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import shapely
from shapely.geometry import shape

from yiwang.why import NotThere, say
from yiwang.worktime import Calendar

from .access import Asker
from .models import Cell, District, Landmark, Person, Post, Reading, Unit
from .purposes import Purposes


class NoDistrict(NotThere):
    """No district is loaded, or not the one that is named."""


def home_district() -> tuple[int, str, int]:
    """(id, code, generation) of the district that this installation shows to passers-by.

    Named by YIWANG_DISTRICT, else the one that was loaded first: a second one does not close it. Raises NoDistrict.
    """
    wanted = os.environ.get("YIWANG_DISTRICT")
    rows = District.objects.order_by("id").values_list("id", "code", "generation")
    found = (rows.filter(code=wanted) if wanted else rows).first()
    if found is None:
        raise NoDistrict(say("org.no_district"))
    return found


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit as the rest of the platform uses it; `path` runs from the root to the unit itself."""

    id: int
    code: str
    kind: str
    name: Mapping[str, str]
    short: Mapping[str, str]
    gb_code: str
    parent: int | None
    path: tuple[int, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is: WGS84 degrees, and the cell, neighbourhood and street that hold the point (R1.1, R9.8)."""

    lon: float
    lat: float
    cell: str
    neighbourhood: int
    street: int


class DistrictFacts:
    """Units and grid of one district, read once and kept until the pack is loaded again."""

    def __init__(self, district: District, units: Iterable[UnitFacts]) -> None:
        self.id = district.pk
        self.code = district.code
        self.title = district.title
        self.demo = district.demo
        self.calendar = Calendar.from_mapping(district.calendar)
        self.digest = district.digest
        self.offices: dict[str, str] = district.offices
        self.fewest: int = district.fewest
        self.personal = Purposes.of(district.personal)
        self.zone = ZoneInfo(district.time_zone)
        self.units = {unit.id: unit for unit in units}
        self.by_code = {unit.code: unit for unit in self.units.values()}

    def unit(self, code: str) -> UnitFacts:
        return self.by_code[code]

    def of_kind(self, kind: str) -> list[UnitFacts]:
        return [unit for unit in self.units.values() if unit.kind == kind]

    @cached_property
    def root(self) -> UnitFacts:
        return next(unit for unit in self.units.values() if unit.parent is None)

    @cached_property
    def centre(self) -> UnitFacts:
        """The unit that dispatches for the whole district."""
        return self.by_code[self.offices.get("dispatch", self.root.code)]

    @cached_property
    def supervision(self) -> UnitFacts:
        """The unit that supervises (督查室)."""
        return self.by_code[self.offices.get("supervision", self.root.code)]

    def street_of(self, unit: int) -> int | None:
        """The street that a unit is or lies in."""
        return next((u for u in reversed(self.units[unit].path) if self.units[u].kind == "street"), None)

    def seen_by(self, *involved: int | None) -> list[int]:
        """Every unit that sees a matter in which `involved` take part: they and all above them, sorted."""
        return sorted({above for unit in involved if unit is not None for above in self.units[unit].path})

    def named(self, text: str) -> UnitFacts | None:
        """The unit that a name, short name or alias means."""
        return self._names.get(text.strip())

    @cached_property
    def _names(self) -> dict[str, UnitFacts]:
        names: dict[str, UnitFacts] = {}
        for unit in self.units.values():
            for name in (unit.code, *unit.name.values(), *unit.short.values(), *unit.aliases):
                names.setdefault(name, unit)
        return names

    @cached_property
    def _grid(self) -> tuple[shapely.STRtree, list[Any], list[tuple[str, int]]]:
        cells = list(Cell.objects.filter(district=self.id).values_list("code", "unit_id", "boundary"))
        shapes = [shape(boundary) for _, _, boundary in cells]
        return shapely.STRtree(shapes), shapes, [(code, unit) for code, unit, _ in cells]

    @property
    def has_map(self) -> bool:
        """Whether the district has a grid at all: without one no place lies inside or outside."""
        return bool(self._grid[2])

    def place(self, lon: float, lat: float) -> Place | None:
        """The cell that holds a point; None outside the district. A point on a border belongs to the lower code."""
        tree, _, cells = self._grid
        hits = tree.query(shapely.Point(lon, lat), predicate="intersects")
        if len(hits) == 0:
            return None
        code, neighbourhood = min(cells[i] for i in hits)
        street = self.street_of(neighbourhood)
        return Place(lon, lat, code, neighbourhood, street if street is not None else neighbourhood)


def facts(asker: Asker) -> DistrictFacts:
    """The asker's district. Call inside `acting_as`; kept in memory per load of the pack."""
    return _facts(asker.district, asker.generation)


@lru_cache(maxsize=64)
def _facts(district: int, generation: int) -> DistrictFacts:
    rows = Unit.objects.filter(district=district).order_by("position")
    return DistrictFacts(
        District.objects.get(pk=district),
        [
            UnitFacts(u.pk, u.code, u.kind, u.name, u.short, u.gb_code, u.parent_id, tuple(u.path), tuple(u.aliases))
            for u in rows
        ],
    )


def boundaries(asker: Asker, kind: str) -> list[tuple[UnitFacts, dict[str, Any]]]:
    """Units of a kind with their GeoJSON outline, in the district's order."""
    known = facts(asker).units
    rows = Unit.objects.filter(district=asker.district, kind=kind, boundary__isnull=False).order_by("position")
    return [(known[pk], boundary) for pk, boundary in rows.values_list("pk", "boundary") if boundary]


def landmarks(asker: Asker, kind: str | None = None) -> list[Landmark]:
    """Water and roads of the map."""
    rows = Landmark.objects.filter(district=asker.district)
    return list(rows.filter(kind=kind) if kind else rows)


def holders(asker: Asker, *, role: str, unit: int | None = None) -> list[Post]:
    """Posts of a role (in a unit)."""
    rows = Post.objects.filter(district=asker.district, role=role)
    return list(rows.filter(unit=unit) if unit else rows)


def person_names(asker: Asker, people: Iterable[int]) -> dict[int, str]:
    """id -> name of those who acted."""
    return dict(Person.objects.filter(district=asker.district, pk__in=set(people)).values_list("pk", "name"))


def readings_of(asker: Asker, subject: str) -> list[Reading]:
    """Who read the personal data of `subject`, newest first (R9.3)."""
    rows = Reading.objects.filter(district=asker.district, subject=subject)
    return list(rows.select_related("person").order_by("-at"))
