"""How long and how large something is on the ground, from its points in degrees of WGS84. Pure.

Between two points a shape runs straight in degrees, as GeoJSON says (RFC 7946 §3.1.1); what lies between is measured on
the ellipsoid of WGS84 itself, and on no projection: lengths along it by the radii of curvature in the meridian and
across it (Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395, 1987, eq. 4-18 to 4-20), areas by
what lies between the equator and a parallel (eq. 3-12). Both are integrals along a side, taken by Gauss's three points
over pieces of at most half a degree: what is lost is far below a millimetre and a square millimetre in a district.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

AXIS = 6_378_137.0  # metres, half of the equator's diameter
FLATTENING = 1 / 298.257223563
_E2 = FLATTENING * (2 - FLATTENING)
_E = math.sqrt(_E2)
_PIECE = 0.5  # degrees
_GAUSS = ((0.5 - math.sqrt(0.15), 5 / 18), (0.5, 8 / 18), (0.5 + math.sqrt(0.15), 5 / 18))  # (share of a piece, weight)

Points = Sequence[Sequence[float]]  # [longitude, latitude]


def length(points: Points) -> float:
    """Metres along a line.

    >>> round(length([[0, 0], [1, 0]]), 1), round(length([[0, 45], [0, 46]]), 1)
    (111319.5, 111141.5)
    """
    return sum(map(_side, points, points[1:]))


def _side(here: Sequence[float], there: Sequence[float]) -> float:
    lon, lat = math.radians(there[0] - here[0]), math.radians(there[1] - here[1])

    def speed(at: float) -> float:
        curved = 1 - _E2 * math.sin(at) ** 2
        along = AXIS * (1 - _E2) / curved**1.5
        across = AXIS / math.sqrt(curved) * math.cos(at)
        return math.hypot(along * lat, across * lon)

    return _mean(speed, here, there)


def area(corners: Points) -> float:
    """Square metres within corners, the first of which may or may not be said again at the end.

    >>> round(area([[0, 0], [1, 0], [1, 1], [0, 1]]) / 1e6, 1)
    12308.5
    """
    around = [*corners, corners[0]]
    return abs(sum(map(_under, around, around[1:])))


def _under(here: Sequence[float], there: Sequence[float]) -> float:
    """What lies between a side and the equator, signed by its way."""
    return math.radians(there[0] - here[0]) * _mean(_to_equator, here, there)


def _to_equator(lat: float) -> float:
    """m² between the equator and a parallel, for each radian of longitude: half of a²q."""
    s = math.sin(lat)
    return AXIS**2 * (1 - _E2) / 2 * (s / (1 - _E2 * s * s) + math.atanh(_E * s) / _E)


def _mean(of: Callable[[float], float], here: Sequence[float], there: Sequence[float]) -> float:
    """The mean of a function of the latitude (radians) along a side."""
    pieces = max(1, math.ceil(max(abs(there[0] - here[0]), abs(there[1] - here[1])) / _PIECE))
    start, whole = math.radians(here[1]), math.radians(there[1] - here[1])
    return sum(w * of(start + whole * (n + at) / pieces) for n in range(pieces) for at, w in _GAUSS) / pieces
