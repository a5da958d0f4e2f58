"""How large a line or an area is, as rules know it and people read it; and its form for other programs. Pure.

Beside a shape a matter keeps its size as a fact, in metres or square metres, to a tenth: `form.bank.length`,
`form.plot.area`. Kilometres, hectares and mu are read off it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

from yiwang.org import ground
from yiwang.typed.sizes import GROUNDS, LENGTHS
from yiwang.why import Words, say

from .spec import FieldSpec

SIZES = {"line": "length", "area": "area"}  # type of field -> what of it is a fact
UNITS: dict[str, dict[str, Decimal]] = {  # what -> unit -> how many of it one is
    "length": {"km": Decimal("0.001")},
    "area": {"ha": Decimal("0.0001"), "mu": Decimal("0.0015")},
}
Points = Sequence[Sequence[float]]


def is_shape(spec: FieldSpec) -> bool:
    return spec.type in SIZES


def size(type_: str, points: Points) -> float:
    """Metres or square metres, to a tenth."""
    return round((ground.length if type_ == "line" else ground.area)(points), 1)


def fact_of_size(name: str, spec: FieldSpec) -> str:
    """The fact in which a matter keeps the size of a shape.

    >>> fact_of_size("plot", FieldSpec(type="area"))
    'form.plot.area'
    """
    return f"form.{name}.{SIZES[spec.type]}"


def sizes(fields: Mapping[str, FieldSpec], said: Mapping[str, Any]) -> dict[str, Any]:
    """fact -> size of every shape among what was said; None where one was taken away."""
    shapes = {name: spec for name, spec in fields.items() if is_shape(spec) and f"form.{name}" in said}
    by_fact = {}
    for name, spec in shapes.items():
        points = said[f"form.{name}"]
        by_fact[fact_of_size(name, spec)] = size(spec.type, points) if points else None
    return by_fact


def facts_of_sizes(fields: Mapping[str, FieldSpec]) -> dict[str, str]:
    """fact -> field of all that a rule may know of how large shapes are."""
    shapes = ((name, SIZES[spec.type]) for name, spec in fields.items() if is_shape(spec))
    return {f"form.{name}.{part}": name for name, what in shapes for part in (what, *UNITS[what])}


def bounds_of(fields: Mapping[str, FieldSpec], fact: str) -> tuple[Decimal | None, Decimal | None]:
    """The least and the most that a fact can be, by what its field says: of a number, or of a shape's size in the unit
    of the fact.

    >>> bounds_of({"plot": FieldSpec(type="area", most=Size("20 ha"))}, "form.plot.mu")
    (None, Decimal('300.0000'))
    """
    name, _, part = fact.removeprefix("form.").partition(".")
    spec = fields.get(name)
    if spec is None or (is_shape(spec) != bool(part)):
        return None, None
    if not part:
        return spec.least, spec.most
    share = UNITS[SIZES[spec.type]].get(part, Decimal(1))
    least, most = (bound * share if bound is not None else None for bound in (spec.least, spec.most))
    return least, most


# --- for people ---------------------------------------------------------------------------------------------------


def in_words(type_: str, points: Points) -> Words:
    """A shape on a page: how large it is, and of how many points."""
    extent = size(type_, points)
    if type_ == "line":
        sized = in_unit(extent, "km" if extent >= 1000 else "m")
    else:
        sized = in_unit(extent, "km2" if extent >= 1_000_000 else "ha" if extent >= 10_000 else "m2")
    mu = _rounded(extent / float(GROUNDS["mu"]))
    return say(f"matters.{type_}_said", size=sized, mu=mu, n=len(points))


def in_unit(size: float, unit: str, digits: int | None = None) -> Words:
    """So many metres or square metres in a unit of `typed.sizes`: in three figures, or with so many digits."""
    return say(f"matters.size_{unit}", n=_rounded(size / float({**LENGTHS, **GROUNDS}[unit]), digits))


def _rounded(n: float, digits: int | None = None) -> Decimal:
    digits = digits if digits is not None else 0 if n >= 100 else 1 if n >= 10 else 2
    return Decimal(repr(n)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP).normalize() + 0


# --- for other programs -------------------------------------------------------------------------------------------


def geojson(type_: str, points: Points) -> dict[str, Any]:
    """A geometry of RFC 7946: of an area the ring against the clock, its first corner said again."""
    if type_ == "line":
        return {"type": "LineString", "coordinates": [list(one) for one in points]}
    return {"type": "Polygon", "coordinates": [_ring(points)]}


def bounds(spec: FieldSpec) -> list[Words]:
    """The sizes that what is drawn must keep, as people read them."""
    named = ((spec.least, "matters.draw_at_least"), (spec.most, "matters.draw_at_most"))
    return [say(key, size=in_unit(float(bound), bound.unit, digits=4)) for bound, key in named if bound is not None]


def wkt(type_: str, points: Points) -> str:
    """The same as well-known text (ISO 19125).

    >>> wkt("area", [[0, 0], [0, 1], [1, 0]]), wkt("line", [[121.9, 31], [121.91, 31.005]])
    ('POLYGON ((0 0, 1 0, 0 1, 0 0))', 'LINESTRING (121.9 31, 121.91 31.005)')
    """
    said = ", ".join(f"{lon:.10g} {lat:.10g}" for lon, lat in (points if type_ == "line" else _ring(points)))
    return f"LINESTRING ({said})" if type_ == "line" else f"POLYGON (({said}))"


def _ring(points: Points) -> list[list[float]]:
    around = [list(one) for one in [*points, points[0]]]
    turns = sum(here[0] * there[1] - there[0] * here[1] for here, there in pairwise(around))
    return around if turns >= 0 else around[::-1]
