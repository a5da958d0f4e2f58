"""Areas as people draw them around a place: a few corners, none too regular."""

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
