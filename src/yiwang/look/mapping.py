"""The map as a drawing: GeoJSON in degrees becomes SVG paths in a box, the same on every page (design §9).

Plate carrée with the district's own cosine: over a district's few kilometres the error is below a pixel.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from shapely import maximum_inscribed_circle
from shapely.geometry import shape

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Projection:
    """Longitude and latitude (degrees, WGS84) to x and y of a box whose width is `width`."""

    do_not_call_in_templates: ClassVar[bool] = True

    west: float
    north: float
    scale: float
    stretch: float
    width: float
    height: float
    margin: float

    @classmethod
    def around(cls, geometries: Iterable[Mapping[str, Any]], width: float = 960, margin: float = 24) -> Projection:
        """The box that holds all of `geometries`."""
        points = [point for geometry in geometries for line in lines_of(geometry) for point in line]
        if not points:
            return cls(0, 0, 1, 1, width, width, margin)
        west, east = min(p[0] for p in points), max(p[0] for p in points)
        south, north = min(p[1] for p in points), max(p[1] for p in points)
        stretch = math.cos(math.radians((south + north) / 2))
        scale = (width - 2 * margin) / (max(east - west, 1e-9) * stretch)
        return cls(west, north, scale, stretch, width, (north - south) * scale + 2 * margin, margin)

    def __call__(self, longitude: float, latitude: float) -> Point:
        x, y = self.exactly(longitude, latitude)
        return round(x, 1), round(y, 1)

    def exactly(self, longitude: float, latitude: float) -> Point:
        """The same without rounding, for what is looked at close up."""
        return (
            self.margin + (longitude - self.west) * self.stretch * self.scale,
            self.margin + (self.north - latitude) * self.scale,
        )

    def back(self, x: float, y: float) -> Point:
        """The place under a point of the drawing."""
        return (
            self.west + (x - self.margin) / (self.stretch * self.scale),
            self.north - (y - self.margin) / self.scale,
        )

    def path(self, geometry: Mapping[str, Any]) -> str:
        """The `d` of an SVG path for a geometry in degrees."""
        return _path(geometry, lambda point: self(point[0], point[1]))

    def attributes(self) -> dict[str, float]:
        """What the interactive part needs to turn a press into a place."""
        return {"west": self.west, "north": self.north, "scale": self.scale, "stretch": self.stretch}


def path_of(drawn: Any) -> str:
    """The `d` of an SVG path for a shapely geometry that is in the drawing already."""
    return _path(drawn.__geo_interface__, lambda point: (round(point[0], 1), round(point[1], 1)))


def _path(geometry: Mapping[str, Any], place: Callable[[Sequence[float]], Point]) -> str:
    """Rings of polygons are closed, lines are not."""
    closed = "Polygon" in geometry["type"]
    parts = []
    for line in lines_of(geometry):
        points = _without_repeats(place(point) for point in line)
        if closed and points[0] == points[-1]:
            points.pop()
        parts.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points) + ("Z" if closed else ""))
    return "".join(parts)


def lines_of(geometry: Mapping[str, Any]) -> Iterator[Sequence[Sequence[float]]]:
    """Every ring or line of a geometry, as lists of [longitude, latitude]."""
    kind, coordinates = geometry["type"], geometry.get("coordinates", ())
    if kind == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from lines_of(part)
    elif kind == "Point":
        yield [coordinates]
    elif kind == "LineString":
        yield coordinates
    elif kind in ("Polygon", "MultiLineString"):
        yield from coordinates
    elif kind == "MultiPolygon":
        for polygon in coordinates:
            yield from polygon
    else:
        raise ValueError(f"a map draws no {kind}")


def label_point(geometry: Mapping[str, Any]) -> Point:
    """Where a name stands: inside the largest part, as deep as can be."""
    found = shape(geometry)
    largest = max(getattr(found, "geoms", [found]), key=lambda part: part.area)
    centre = maximum_inscribed_circle(largest).coords[0]
    return centre[0], centre[1]


def _without_repeats(points: Iterable[Point]) -> list[Point]:
    line: list[Point] = []
    for point in points:
        if not line or point != line[-1]:
            line.append(point)
    return line


@dataclass(frozen=True, slots=True)
class Area:
    """One area that can be walked to: its name, what stands under the name, the step of its ground (0 to 4)."""

    id: str
    name: str
    d: str
    at: Point
    href: str = ""
    step: int = 0
    figure: str = ""
    alarm: str = ""
    label: str = ""
    chosen: bool = False
    box: tuple[float, float, float, float] = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Line:
    """Water or a road: never pressed. `at` is where its name stands, `size` its rank."""

    kind: str
    d: str
    name: str = ""
    at: Point | None = None
    size: int = 1
    turn: float = 0

    @property
    def placed(self) -> str:
        """Where its name stands and how it is turned, as an SVG transform."""
        x, y = self.at or (0, 0)
        return f"translate({x} {y})" + (f" rotate({self.turn})" if self.turn else "")


@dataclass(frozen=True, slots=True)
class Dot:
    """A point: `shape` says the kind, `lamp` the state."""

    shape: str
    at: Point
    name: str
    href: str = ""
    lamp: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A line or an area that somebody has drawn: `kind` "line" or "area", `lamp` the state."""

    kind: str
    points: tuple[Point, ...]
    name: str = ""
    href: str = ""
    lamp: str = ""

    @classmethod
    def on(cls, projection: Projection, kind: str, degrees: Iterable[Sequence[float]], name: str, **more: str) -> Shape:
        """From points in degrees."""
        return cls(kind, tuple(projection.exactly(*one) for one in degrees), name, **more)

    @property
    def d(self) -> str:
        """Of its SVG path, to the hundredth of a unit."""
        return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in self.points) + ("Z" if self.kind == "area" else "")


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that a map shows, ready for the template."""

    projection: Projection
    areas: tuple[Area, ...] = ()
    inner: tuple[Line, ...] = ()
    lines: tuple[Line, ...] = ()
    dots: tuple[Dot, ...] = ()
    shapes: tuple[Shape, ...] = ()
    name: str = ""
    pin: Point | None = None
    seen: tuple[float, float, float, float] | None = None  # x, y, width, height of a close-up; None: all of it
    nearer: int = 0  # how often the close-up is doubled: words keep their size

    @property
    def view_box(self) -> str:
        """The part of the drawing that is seen, as SVG says it."""
        box = self.seen or (0, 0, self.projection.width, self.projection.height)
        return " ".join(str(one) for one in box)

    @property
    def outline(self) -> str:
        """The `d` of the chosen area; empty where none is."""
        return "".join(area.d for area in self.areas if area.chosen)


def step_of(value: float, values: Sequence[float]) -> int:
    """Which of five grounds a value has among all: equal steps from the least to the greatest."""
    low, high = min(values, default=0), max(values, default=0)
    return 0 if high <= low else min(int((value - low) / (high - low) * 5), 4)
