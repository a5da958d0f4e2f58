"""Areas and ways as people draw them around a place: a few corners, none too regular."""

from __future__ import annotations

import math
from random import Random

_METRES = 111_320.0  # of a degree of latitude, near enough for what is made up


def outline(rng: Random, lon: float, lat: float, square_metres: float, corners: int) -> list[list[float]]:
    """About so large, its corners in order around the place."""
    reach = math.sqrt(square_metres / (corners / 2 * math.sin(2 * math.pi / corners))) / _METRES
    wide = reach / math.cos(math.radians(lat))
    turned = rng.uniform(0, math.pi)
    angles = [turned + 2 * math.pi * (n + rng.uniform(-0.2, 0.2)) / corners for n in range(corners)]
    return [[round(lon + wide * math.cos(one), 6), round(lat + reach * math.sin(one), 6)] for one in angles]


def way(rng: Random, lon: float, lat: float, metres: float, legs: int) -> list[list[float]]:
    """About so long, from the place onwards, bending a little at every leg."""
    heading, points = rng.uniform(0, 2 * math.pi), [[lon, lat]]
    for _ in range(legs):
        heading += rng.uniform(-0.5, 0.5)
        reach = metres / legs / _METRES
        east = reach * math.cos(heading) / math.cos(math.radians(lat))
        points.append([points[-1][0] + east, points[-1][1] + reach * math.sin(heading)])
    return [[round(one, 6) for one in point] for point in points]
