"""The district's map, drawn once and kept until the pack is loaded again: streets, water, roads, places of names."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import shapely
from shapely.geometry import LineString, shape
from shapely.geometry.base import BaseGeometry

from yiwang.org import queries as org
from yiwang.org.asker import Asker
from yiwang.org.district import UnitFacts
from yiwang.org.per_load import per_load

from .mapping import Area, Drawing, Line, Point, Projection, path_of
from .speech import speak

WIDTH = 960
DETAIL = 0.6  # the side of the smallest corner that is kept, in units of the drawing
# kinds of landmark: the class of the line, its rank, whether its name is shown from afar
WATER = {"river": ("water-area", 1, True), "creek": ("water-area", 1, False), "water": ("water-area", 1, True)}
ROADS = {"expressway": 3, "main": 2}  # every other road is of rank 1, its name shown close up


@dataclass(frozen=True, slots=True)
class Outline:
    """A unit's area: its path, where its name stands, the box around it."""

    unit: UnitFacts
    d: str
    at: Point
    box: tuple[float, float, float, float]

    @property
    def name(self) -> Mapping[str, str]:
        return self.unit.short or self.unit.name


@dataclass(frozen=True)
class Land:
    """The whole map without what happens on it."""

    projection: Projection
    streets: tuple[Outline, ...]
    lines: tuple[tuple[Line, Mapping[str, str]], ...]

    def drawing(self, **more: Any) -> Drawing:
        """The map with names in the active language and every street on the first ground."""
        return Drawing(
            projection=self.projection,
            areas=tuple(self.area(outline) for outline in self.streets),
            lines=tuple(replace(line, name=speak(name) if line.at else "") for line, name in self.lines),
            **more,
        )

    def area(self, outline: Outline, **more: Any) -> Area:
        """One street; `more` is its address, step, figure and so on."""
        name = speak(outline.unit.short or outline.unit.name)
        return Area(id=outline.unit.code, name=name, d=outline.d, at=outline.at, box=outline.box, **more)


@per_load
def land(asker: Asker) -> Land:
    """The asker's district, from the outlines and landmarks of its pack; drawn once, it is the same for everybody."""
    return draw(org.boundaries(asker, "street"), org.landmarks(asker))


def draw(streets: Sequence[tuple[UnitFacts, Mapping[str, Any]]], landmarks: Sequence[Any]) -> Land:
    """Shared borders are simplified together, so no gap opens between two streets."""
    projection = Projection.around([boundary for _, boundary in streets], width=WIDTH)
    projected = [_projected(boundary, projection) for _, boundary in streets]
    simple = list(shapely.coverage_simplify(projected, DETAIL)) if projected else []
    outlines = tuple(
        Outline(unit, path_of(area), _inside(area), _box(area)) for (unit, _), area in zip(streets, simple, strict=True)
    )
    taken = [outline.at for outline in outlines]
    water, roads = [], []
    for landmark in sorted(landmarks, key=lambda one: -ROADS.get(one.kind, 1)):  # great roads choose first
        line = _projected(landmark.shape, projection)
        if landmark.kind in WATER:
            water.append((_water(landmark.kind, line, shapely.union_all(simple)), landmark.name))
        else:
            drawn = _road(landmark.kind, line, projection, taken)
            taken.extend([drawn.at] if drawn.at else [])
            roads.append((drawn, landmark.name))
    roads.sort(key=lambda one: one[0].size)
    return Land(projection, outlines, tuple(water + roads))


def _water(kind: str, water: BaseGeometry, ground: BaseGeometry) -> Line:
    """Its name stands where it is widest inside the district."""
    name, size, named = WATER[kind]
    seen = water.intersection(ground)
    at = _inside(seen) if named and not seen.is_empty else None
    return Line(name, path_of(water.simplify(0.4)), at=at, size=size)


def _road(kind: str, road: BaseGeometry, projection: Projection, taken: Sequence[Point]) -> Line:
    """A road's name stands where it is farthest from every other name."""
    at, turn = _along(road, projection, taken)
    return Line("road", path_of(road.simplify(0.3)), at=at, size=ROADS.get(kind, 1), turn=turn)


def _along(road: BaseGeometry, projection: Projection, taken: Sequence[Point]) -> tuple[Point | None, float]:
    longest: LineString = max(getattr(road, "geoms", [road]), key=lambda part: part.length)
    best, most, angle = None, 26.0, 0.0
    for n in range(2, 30):
        here = longest.interpolate(n / 31, normalized=True)
        if not (40 < here.x < projection.width - 40 and 20 < here.y < projection.height - 20):
            continue
        room = min((here.distance(shapely.Point(other)) for other in taken), default=999.0)
        if room > most:
            ahead = longest.interpolate(n / 31 + 0.02, normalized=True)
            best, most = (round(here.x, 1), round(here.y - 3, 1)), room
            angle = _upright(ahead.x - here.x, ahead.y - here.y)
    return best, angle


def _upright(dx: float, dy: float) -> float:
    """Degrees to turn a name so that it runs along and is never upside down."""
    angle = math.degrees(math.atan2(dy, dx))
    return round(angle - 180 if angle > 90 else angle + 180 if angle < -90 else angle, 1)


def _projected(geometry: Mapping[str, Any], projection: Projection) -> BaseGeometry:
    return shapely.transform(shape(geometry), lambda points: [projection(*point) for point in points.tolist()])


def _inside(area: BaseGeometry) -> Point:
    largest = max(getattr(area, "geoms", [area]), key=lambda part: part.area)
    x, y = shapely.maximum_inscribed_circle(largest).coords[0]
    return round(x, 1), round(y, 1)


def _box(area: BaseGeometry) -> tuple[float, float, float, float]:
    west, north, east, south = area.bounds
    return round(west, 1), round(north, 1), round(east - west, 1), round(south - north, 1)


def neighbourhoods(asker: Asker, street: int) -> list[Outline]:
    """The neighbourhoods of a street on the same drawing, shown when somebody has flown in."""
    projection = land(asker).projection
    inside = [(unit, outline) for unit, outline in org.boundaries(asker, "neighbourhood") if street in unit.path]
    shapes = [_projected(outline, projection) for _, outline in inside]
    simple = list(shapely.coverage_simplify(shapes, DETAIL / 4)) if shapes else []
    return [
        Outline(unit, path_of(area), _inside(area), _box(area)) for (unit, _), area in zip(inside, simple, strict=True)
    ]
