"""Where a matter is, as its page draws it: the mark of its kind, its lines and areas, and what lies around them."""

from __future__ import annotations

import math

from yiwang.look.land import land
from yiwang.look.mapping import Dot, Drawing, Point, Shape
from yiwang.look.speech import speak
from yiwang.matters.drawn import shapes_of
from yiwang.matters.queries import OneMatter
from yiwang.org.asker import Asker

_WIDE, _HIGH = 260.0, 160.0  # of what is seen around a place, in units of the drawing
_FARTHEST, _NEAREST = -2, 4  # how often that is doubled to see a shape as large as can be (look/static/look/map.css)
_ROOM = 1.3  # what is seen of a shape: so many times its size


def map_of(asker: Asker, matter: OneMatter) -> Drawing | None:
    """None of what is nowhere."""
    row, ground = matter.row, land(asker)
    shapes = tuple(
        Shape.on(ground.projection, one.type, one.points, speak(one.title))
        for one in shapes_of(matter.kind.fields, matter.state)
    )
    at = ground.projection(row.lon, row.lat) if row.lon is not None and row.lat is not None else None
    if at is None and not shapes:
        return None
    dots = (Dot(matter.kind.mark, at, speak(row.called), lamp="here"),) if at else ()
    points = [point for shape in shapes for point in shape.points] + ([at] if at else [])
    nearer = _doubled(points) if shapes else 0
    return ground.drawing(dots=dots, shapes=shapes, seen=_around(points, nearer), nearer=nearer)


def _doubled(points: list[Point]) -> int:
    """How often what is seen can be doubled so that all points are still seen."""
    needed = max(_across(points, 0) / _WIDE, _across(points, 1) / _HIGH) * _ROOM
    return max(_FARTHEST, min(_NEAREST, math.floor(-math.log2(needed)))) if needed else _NEAREST


def _across(points: list[Point], axis: int) -> float:
    return max(one[axis] for one in points) - min(one[axis] for one in points)


def _around(points: list[Point], nearer: int) -> tuple[float, float, float, float]:
    """x, y, width, height of what is seen, the points in its middle."""
    wide, high = _WIDE / 2**nearer, _HIGH / 2**nearer
    x, y = ((max(one[axis] for one in points) + min(one[axis] for one in points)) / 2 for axis in (0, 1))
    return round(x - wide / 2, 2), round(y - high / 2, 2), wide, high
