"""Where things happen: points inside the grid's cells, with an address that a resident would give."""

from __future__ import annotations

import json
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import shapely

from yiwang.tables import sound_rows

_POINTS = 48  # places kept ready in a cell
_NEAR = 0.004  # degrees; a road or river within some 400 m is near


@dataclass(frozen=True, slots=True)
class Spot:
    """A point (WGS84) and the neighbourhood and street in which it lies."""

    lon: float
    lat: float
    neighbourhood: str
    street: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What one names a place by in a neighbourhood: 听荷, 青禾, its streets, the water nearby."""

    name: str
    street: str
    town: str
    roads: tuple[str, ...]
    water: str


class Places:
    """The land of a pack, ready for drawing places from; the same for one seed in every process."""

    def __init__(self, pack: Path, phrases: dict[str, Any], weights: dict[str, float], seed: int) -> None:
        self._phrases = phrases
        units = {u["code"]: u for u in sound_rows(pack / "units.csv", ["code"])}
        waters = [(p["name_zh"], shape) for p, shape in _features(pack, "river")]
        roads = [(p["name_zh"], shape) for p, shape in _features(pack, "roads")]
        wet = shapely.union_all([shape for _, shape in waters])
        rng = np.random.default_rng(seed)
        self._cells: list[tuple[str, np.ndarray]] = []
        self._sums: list[float] = []
        total = 0.0
        for properties, shape in _features(pack, "cells"):
            points = _points(shape.difference(wet), rng)
            if len(points):
                street = units[properties["unit"]]["parent"]
                total += weights.get(street, 1.0) * shape.area**0.35
                self._cells.append((properties["unit"], points))
                self._sums.append(total)
        self._street = {code: unit["parent"] for code, unit in units.items()}
        self.around = {
            kept["unit"]: self._surroundings(units, kept, shape, roads, waters)
            for kept, shape in _features(pack, "neighbourhoods")
        }
        self._of: dict[str, list[int]] = {}
        for i, (unit, _) in enumerate(self._cells):
            self._of.setdefault(unit, []).append(i)

    def draw(self, rng: Random, neighbourhood: str | None = None) -> Spot:
        """A spot somewhere in the district, or in one neighbourhood."""
        found = by_weight(rng, self._sums) if neighbourhood is None else rng.choice(self._of[neighbourhood])
        unit, points = self._cells[found]
        lon, lat = points[rng.randrange(len(points))]
        return Spot(float(lon), float(lat), unit, self._street[unit])

    def address(self, rng: Random, kind: str, spot: Spot) -> str:
        """How a resident names the place: 听荷支路218弄3号, 耕读路近麦浪路."""
        around = self.around[spot.neighbourhood]
        road = rng.choice(around.roads)
        cross = rng.choice([one for one in around.roads if one != road])
        pattern: str = rng.choice(self._phrases["places"][kind])
        return pattern.format(
            road=road,
            cross=cross,
            nb=around.name,
            street=around.street,
            town=around.town,
            water=around.water,
            estate=around.name + rng.choice(self._phrases["estates"]),
            n=rng.randint(1, 36),
            m=rng.randrange(2, 998, 2),
        )

    def _surroundings(
        self, units: dict[str, Any], properties: dict[str, Any], shape: Any, roads: list[Any], waters: list[Any]
    ) -> Surroundings:
        name = properties["name_zh"].removesuffix("居委").removesuffix("村委")
        own = [name + lane for lane in self._phrases["lanes"]][: 3 + len(properties["code"]) % 2]
        near = [
            road for road, line in roads if line.distance(shape) < _NEAR and not road.endswith(("高架路", "快速路"))
        ]
        water = min(waters, key=lambda one: one[1].distance(shape))[0]
        town = units[units[properties["unit"]]["parent"]]["short_zh"]
        street = town.removesuffix("街道").removesuffix("镇")
        return Surroundings(name, street, town, tuple(own + near * 2), water)


def _features(pack: Path, layer: str) -> list[tuple[dict[str, Any], Any]]:
    kept = json.loads((pack / "geo" / f"{layer}.geojson").read_text("utf-8"))["features"]
    shapes = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in kept])
    return [(feature["properties"], shape) for feature, shape in zip(kept, shapes, strict=True)]


def _points(shape: Any, rng: np.random.Generator) -> np.ndarray:
    """Up to `_POINTS` points well inside a shape: a place on a border could belong to the neighbour."""
    inner = shape.buffer(-1e-4)
    if inner.is_empty:
        return np.empty((0, 2))
    west, south, east, north = inner.bounds
    tries = rng.uniform((west, south), (east, north), (_POINTS * 3, 2)).round(6)
    found: np.ndarray = tries[shapely.contains_xy(inner, tries[:, 0], tries[:, 1])]
    return found[:_POINTS]


def by_weight(rng: Random, sums: Sequence[float]) -> int:
    """The place in `sums` (running sums of weights) that one random number falls into."""
    return min(bisect(sums, rng.random() * sums[-1]), len(sums) - 1)


def cumulative(weights: Sequence[float]) -> list[float]:
    """Running sums, for drawing by weight with one random number."""
    return [float(one) for one in np.cumsum(weights)]
