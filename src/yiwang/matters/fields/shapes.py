"""Lines and areas as they come in: drawn on a map, typed, pasted or sent by a program. Pure.

Taken are pairs of longitude and latitude, one a line; a list of them in JSON; GeoJSON (RFC 7946); and WKT (ISO 19125).
Degrees are those of WGS84, as of every place. Kept are [[longitude, latitude], …] to a centimetre; the corners of an
area without the first said again at the end.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import shapely

from yiwang.org.district import District
from yiwang.org.personal import in_short
from yiwang.typed.forms import Wrong
from yiwang.why import Words, say

from . import measured
from .reading import Seen
from .spec import FieldSpec

MOST_POINTS = 500
_LONGEST = 200_000  # signs of what is typed or pasted
_DIGITS = 7  # of a degree: a centimetre
_WKT = re.compile(r"(LINESTRING|POLYGON)\s*Z?\s*\(([^()]*|\s*\([^()]*\)\s*)\)", re.IGNORECASE)
_PAIR = re.compile(r"([+-]?[0-9]{1,3}(?:\.[0-9]{1,15})?)(?:\s*,\s*|\s+)([+-]?[0-9]{1,3}(?:\.[0-9]{1,15})?)")
_OPEN, _CLOSED = "LineString", "Polygon"


def line(raw: Any, spec: FieldSpec, seen: Seen) -> list[list[float]]:
    return _sound(_points(raw, _OPEN), spec, seen.world.district)


def area(raw: Any, spec: FieldSpec, seen: Seen) -> list[list[float]]:
    points = _points(raw, _CLOSED)
    return _sound(points[:-1] if len(points) > 1 and points[0] == points[-1] else points, spec, seen.world.district)


# --- what was said ------------------------------------------------------------------------------------------------


def _points(raw: Any, wanted: str) -> list[list[float]]:
    """Positions in their order, each once in a row. Raises Wrong."""
    said = _written(raw, wanted) if isinstance(raw, str) else raw
    if isinstance(said, Mapping):
        said = _of_geometry(said, wanted)
    if not isinstance(said, list | tuple):
        raise Wrong(say("matters.no_shape"))
    if len(said) > MOST_POINTS + 1:
        raise Wrong(say("matters.too_many_points", n=len(said), most=MOST_POINTS))
    points: list[list[float]] = []
    for one in map(_position, said):
        if not points or one != points[-1]:
            points.append(one)
    return points


def _written(raw: str, wanted: str) -> Any:
    text = unicodedata.normalize("NFKC", raw).strip()
    if len(text) > _LONGEST:
        raise Wrong(say("matters.shape_too_long", most=MOST_POINTS))
    if text[:1] in ("[", "{"):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            raise Wrong(say("matters.no_shape")) from None
    if well_known := _WKT.fullmatch(text):
        _is_wanted({"LINESTRING": _OPEN, "POLYGON": _CLOSED}[well_known[1].upper()], wanted)
        return [_numbers(pair) for pair in well_known[2].strip().strip("()").split(",")]
    if re.match("(MULTI|GEOM|LINE|POLY)", text, re.IGNORECASE):
        raise Wrong(say("matters.shape_of_parts"))
    parts = [part.strip() for part in re.split(r"[\n;]+", text)]
    if len(parts) == 1:  # all in one line
        parts = re.split(r"(?<=[0-9])\s+(?=[+-]?[0-9.]+\s*,)", text)
    pairs = [_PAIR.fullmatch(part.strip(" ,()")) for part in parts if part]
    if not pairs or not all(pairs):
        raise Wrong(say("matters.no_shape"))
    return [[float(pair[1]), float(pair[2])] for pair in pairs if pair]


def _numbers(pair: str) -> list[Any]:
    try:
        return [float(one) for one in pair.split()]
    except ValueError:
        raise Wrong(say("matters.no_shape")) from None


def _of_geometry(said: Mapping[str, Any], wanted: str) -> Any:
    """The positions of GeoJSON: of a feature, or of a geometry alone."""
    geometry = said.get("geometry") if said.get("type") == "Feature" else said
    if not isinstance(geometry, Mapping):
        raise Wrong(say("matters.no_shape"))
    _is_wanted(geometry.get("type"), wanted)
    coordinates = geometry.get("coordinates")
    if wanted == _CLOSED:
        if not isinstance(coordinates, list | tuple) or not coordinates:
            raise Wrong(say("matters.no_shape"))
        if len(coordinates) > 1:
            raise Wrong(say("matters.shape_of_parts"))
        return coordinates[0]
    return coordinates


def _is_wanted(type_: Any, wanted: str) -> None:
    if type_ not in (_OPEN, _CLOSED):
        known = isinstance(type_, str) and type_.startswith(("Multi", "GeometryC", "FeatureC"))
        raise Wrong(say("matters.shape_of_parts" if known else "matters.no_shape"))
    if type_ != wanted:
        raise Wrong(say("matters.line_wanted" if wanted == _OPEN else "matters.area_wanted"))


def _position(raw: Any) -> list[float]:
    """A position as it is kept; what it says of height is left out."""
    if not isinstance(raw, list | tuple) or not 2 <= len(raw) <= 4 or not all(map(_is_number, raw)):
        raise Wrong(say("matters.no_shape"))
    lon, lat = raw[0], raw[1]
    if abs(lat) >= 90 and abs(lon) < 90 and abs(lat) < 180:
        raise Wrong(say("matters.latitude_first", mend=f"{lat:g}, {lon:g}"))
    if not (abs(lon) < 180 and abs(lat) < 90):
        raise Wrong(say("matters.no_degrees", value=in_short(f"{lon}, {lat}", 40)))
    return [round(float(lon), _DIGITS), round(float(lat), _DIGITS)]


def _is_number(raw: Any) -> bool:
    return isinstance(raw, int | float) and not isinstance(raw, bool) and raw == raw


# --- whether it is a shape ----------------------------------------------------------------------------------------


def _sound(points: list[list[float]], spec: FieldSpec, district: District) -> list[list[float]]:
    closed, fewest = spec.type == "area", 3 if spec.type == "area" else 2
    if len(points) > MOST_POINTS:
        raise Wrong(say("matters.too_many_points", n=len(points), most=MOST_POINTS))
    if len({tuple(one) for one in points}) < fewest:
        raise Wrong(say("matters.too_few_points", n=fewest))
    if at := crossing(points, closed=closed):
        raise Wrong(say("matters.shape_crosses", at=f"{at[0]:.5f}, {at[1]:.5f}"))
    size = measured.size(spec.type, points)
    if size < 1:
        raise Wrong(say("matters.shape_flat"))
    if why := _too_large_or_small(spec, size):
        raise Wrong(why)
    if district.middle(points, closed=closed) is None:
        turned = [[lat, lon] for lon, lat in points]
        if all(abs(lat) < 90 for _, lat in turned) and district.middle(turned, closed=closed):
            raise Wrong(say("matters.latitude_first", mend=f"{turned[0][0]:g}, {turned[0][1]:g}"))
        raise Wrong(say("matters.shape_outside", district=district.title))
    return points


def _too_large_or_small(spec: FieldSpec, size: float) -> Words | None:
    for bound, word, beyond in ((spec.most, "large", 1), (spec.least, "small", -1)):
        if bound is not None and (float(bound) - size) * beyond < 0:
            told, limit = (measured.in_unit(one, bound.unit, digits=4) for one in (size, float(bound)))
            return say(f"matters.shape_too_{word}", size=told, limit=limit)
    return None


def crossing(points: list[list[float]], *, closed: bool) -> tuple[float, float] | None:
    """(longitude, latitude) where sides meet that do not follow one another, or one runs back over the other.

    >>> crossing([[0, 0], [2, 2], [2, 0], [0, 2]], closed=True)
    (1.0, 1.0)
    >>> crossing([[0, 0], [2, 2], [2, 0]], closed=True), crossing([[0, 0], [2, 0], [1, 0]], closed=False)
    (None, (1.5, 0.0))
    """
    around = [*points, points[0]] if closed else points
    sides = [shapely.LineString(pair) for pair in pairwise(around)]
    ring = closed or points[0] == points[-1]
    these, those = shapely.STRtree(sides).query(sides, predicate="intersects")
    for here, there in zip(these.tolist(), those.tolist(), strict=True):
        if here >= there:
            continue
        next_to = there - here == 1 or (ring and there - here == len(sides) - 1)
        met = sides[here].intersection(sides[there])
        if not next_to or met.geom_type != "Point":
            at = met.representative_point() if met.geom_type == "Point" else met.interpolate(0.5, normalized=True)
            return at.x, at.y
    return None
