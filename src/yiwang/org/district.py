"""A district as decisions see it: its units, its calendar, and which cell of its grid holds a point. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import shapely
from shapely.geometry import shape

from yiwang.worktime import Calendar

from .definition import SEES_FROM_ABOVE
from .purposes import Purposes
from .roles import RoleFacts
from .roster import Roster


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
class PostFacts:
    """A post as the pack has it: of which unit, with which role, and its title."""

    code: str
    unit: str
    role: str
    title: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is: WGS84 degrees, and the cell, neighbourhood and street that hold the point (R1.1, R9.8)."""

    lon: float
    lat: float
    cell: str
    neighbourhood: int
    street: int


class Grid:
    """The cells of a district: (code, id of the neighbourhood, outline as GeoJSON in WGS84 degrees) of each.

    The outlines are kept as shapes alone, which take a sixth of what lists of numbers would.
    """

    def __init__(self, cells: Iterable[tuple[str, int, Mapping[str, Any]]] = ()) -> None:
        known = [((code, neighbourhood), shape(outline)) for code, neighbourhood, outline in cells]
        self._cells = tuple(cell for cell, _ in known)
        self._tree = shapely.STRtree([outline for _, outline in known])

    def __bool__(self) -> bool:
        return bool(self._cells)

    def cell_at(self, lon: float, lat: float) -> tuple[str, int] | None:
        """(code, neighbourhood) of the cell that holds a point; on a border the lower code; None outside all."""
        hits = self._tree.query(shapely.Point(lon, lat), predicate="intersects")
        return min((self._cells[hit] for hit in hits), default=None)

    def within(self, form: shapely.Geometry) -> tuple[float, float] | None:
        """A point of a line or an area that lies in some cell, as far in as can be; None where none does."""
        hits = self._tree.query(form, predicate="intersects")
        if not len(hits):
            return None
        middle = form.interpolate(0.5, normalized=True) if form.geom_type == "LineString" else form.point_on_surface()
        if self.cell_at(middle.x, middle.y) is None:
            parts = [form.intersection(self._tree.geometries[hit]) for hit in hits]
            middle = max(parts, key=lambda part: (part.area, part.length)).point_on_surface()
        return middle.x, middle.y


@dataclass(frozen=True, eq=False)
class District:
    """One district, read once (`queries.facts`) and kept until its pack is loaded again."""

    id: int
    code: str
    title: Mapping[str, str]
    languages: tuple[str, ...]
    demo: bool
    calendar: Calendar
    digest: str
    offices: Mapping[str, str]
    personal: Purposes
    zone: ZoneInfo
    units: Mapping[int, UnitFacts]
    grid: Grid
    roles: Mapping[str, RoleFacts]
    posts: Mapping[str, PostFacts] = field(default_factory=dict)
    rosters: Mapping[str, Roster] = field(default_factory=dict)

    @cached_property
    def by_code(self) -> dict[str, UnitFacts]:
        return {unit.code: unit for unit in self.units.values()}

    def unit(self, code: str) -> UnitFacts:
        return self.by_code[code]

    def of_kind(self, kind: str) -> list[UnitFacts]:
        return [unit for unit in self.units.values() if unit.kind == kind]

    def at_work(self, unit: UnitFacts) -> list[UnitFacts]:
        """A unit and the offices within it: those that matters are given to."""
        within = (one for one in self.units.values() if unit.id in one.path[:-1])
        return [unit, *(one for one in within if one.kind == "office")]

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

    def office_of(self, role: RoleFacts) -> UnitFacts:
        """Where what waits for a role that acts everywhere lies: at the office of supervision, or of the district."""
        return self.supervision if role.supervises else self.root

    def street_of(self, unit: int) -> int | None:
        """The street that a unit is or lies in."""
        return next((u for u in reversed(self.units[unit].path) if self.units[u].kind == "street"), None)

    def seen_by(self, *involved: int | None) -> list[int]:
        """Every unit that sees a matter in which `involved` take part: they and all above them, sorted."""
        return sorted({above for unit in involved if unit is not None for above in self.units[unit].path})

    def sees_from(self, unit: UnitFacts) -> int:
        """The unit whose work people of a unit see: their own, or of some the one above it."""
        above = unit.kind in SEES_FROM_ABOVE and unit.parent is not None
        return unit.parent if above and unit.parent is not None else unit.id

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

    @property
    def has_map(self) -> bool:
        """Whether the district has a grid at all: without one no place lies inside or outside."""
        return bool(self.grid)

    def middle(self, points: Sequence[Sequence[float]], *, closed: bool) -> tuple[float, float] | None:
        """A place on a line, or in an area, that lies in the district; None where none does. Without a map: the middle
        of a line, a place in an area."""
        form = shapely.Polygon(points) if closed else shapely.LineString(points)
        if self.has_map:
            return self.grid.within(form)
        at = form.point_on_surface() if closed else form.interpolate(0.5, normalized=True)
        return at.x, at.y

    def place(self, lon: float, lat: float) -> Place | None:
        """The cell that holds a point; None outside the district. A point on a border belongs to the lower code."""
        cell = self.grid.cell_at(lon, lat)
        if cell is None:
            return None
        code, neighbourhood = cell
        street = self.street_of(neighbourhood)
        return Place(lon, lat, code, neighbourhood, street if street is not None else neighbourhood)
