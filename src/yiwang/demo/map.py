"""`yiwang demo map`: draws the demo district from its layout and its units, the same every time for one seed.

Streets partition the district, neighbourhoods the streets, cells the neighbourhoods. Codes are those of
GB/T 30428.1: six digits of the district, three each of street, neighbourhood and cell; the cells of a neighbourhood
are numbered as one reads, in rows from north to south and in a row from west to east.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import shapely.ops
from shapely import LineString, Polygon

from yiwang.tables import sound_rows

from .carve import carve, fit_together, seeds_inside
from .definition import Layout, Road, Waters
from .files import layout_of
from .ground import Warp, curve, ribbon, roughen

SEED = 990106
CELLS = 610
_FINEST = 4e-5  # degrees; bends smaller than about four metres are not kept


@dataclass(frozen=True)
class Area:
    """A polygon of the map: in metres before the warp, in degrees after it."""

    code: str
    unit: str
    name_zh: str
    name_en: str
    shape: Polygon

    def feature(self) -> dict[str, Any]:
        label = [round(value, 6) for value in _name_spot(self.shape)]
        names = {"code": self.code, "unit": self.unit, "name_zh": self.name_zh, "name_en": self.name_en}
        return _feature(names | {"label": label}, self.shape)


def draw(pack: Path, seed: int = SEED) -> dict[str, dict[str, Any]]:
    """layer -> GeoJSON FeatureCollection, from the pack's `layout.yaml` and `units.csv`."""
    layout = layout_of(pack)
    rng = np.random.default_rng(seed)
    units = sound_rows(pack / "units.csv", ["code"])
    outline = Polygon(roughen(np.array([*layout.outline, layout.outline[0]], dtype=float), 0.09, rng))
    river = curve(layout.waters.river.path)
    warp = Warp(rng)

    parts = _cut(units, _streets(layout, outline, river, rng), rng)
    shapes = fit_together([shape for _, shape in parts])
    bent = shapely.coverage_simplify([warp.shape(shape) for shape in shapes], _FINEST)
    if not shapely.coverage_is_valid(bent):
        raise ValueError("the parts do not fit together: another seed, or finer steps")
    cells = _number(units, [(unit, shape) for (unit, _), shape in zip(parts, bent, strict=True)])
    neighbourhoods = _joined(units, "neighbourhood", cells)
    streets = _joined(units, "street", neighbourhoods)
    district = _joined(units, "district", streets)

    layers = {"district": district, "streets": streets, "neighbourhoods": neighbourhoods, "cells": cells}
    drawn = {name: _collection([area.feature() for area in areas]) for name, areas in layers.items()}
    drawn["river"] = _collection(_waters(layout.waters, warp))
    drawn["roads"] = _collection(_roads(layout.roads, warp, district[0].shape))
    return drawn


def write(folder: Path, drawn: dict[str, dict[str, Any]]) -> None:
    """One feature a line, so that a change is seen where it is."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, layer in drawn.items():
        lines = [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in layer["features"]]
        text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
        (folder / f"{name}.geojson").write_text(text, "utf-8")


def _streets(layout: Layout, outline: Polygon, river: np.ndarray, rng: np.random.Generator) -> dict[str, Polygon]:
    banks = sorted(shapely.ops.split(outline, LineString(river)).geoms, key=lambda bank: bank.centroid.x)
    west, east = banks[0], banks[-1]
    streets: dict[str, Polygon] = {}
    for bank, places in ((west, layout.west), (east, layout.east)):
        shapes = carve(bank, np.array(list(places.values()), dtype=float), 0.13, rng)
        streets |= dict(zip(places, shapes, strict=True))
    return streets


def _cut(
    units: list[dict[str, str]], streets: dict[str, Polygon], rng: np.random.Generator
) -> list[tuple[str, Polygon]]:
    """(neighbourhood, cell) for all streets; smaller neighbourhoods get fewer cells, but at least two."""
    places: list[tuple[str, Polygon]] = []
    for street, shape in streets.items():
        names = [unit["code"] for unit in units if unit["parent"] == street]
        seeds = seeds_inside(shape, len(names), rng)
        seeds = seeds[np.lexsort((seeds[:, 0], -np.round(seeds[:, 1] / 900)))]
        places += zip(names, carve(shape, seeds, 0.07, rng), strict=True)
    weights = np.sqrt([shape.area for _, shape in places])
    counts = np.maximum(2, np.round(weights / weights.sum() * CELLS)).astype(int)
    cut = []
    for (name, shape), count in zip(places, counts, strict=True):
        cut += [(name, cell) for cell in carve(shape, seeds_inside(shape, int(count), rng), 0.03, rng)]
    return cut


def _number(units: list[dict[str, str]], cells: list[tuple[str, Polygon]]) -> list[Area]:
    grouped: dict[str, list[Polygon]] = {}
    for code, shape in cells:
        grouped.setdefault(code, []).append(shape)
    areas = []
    for unit in units:
        for number, shape in enumerate(reading_order(grouped.get(unit["code"], [])), 1):
            code = f"{unit['gb_code']}{number:03d}"
            name_zh, name_en = f"{unit['short_zh']}第{number}网格", f"{unit['short_en']}, cell {number}"
            areas.append(Area(code, unit["code"], name_zh, name_en, shape))
    return areas


def reading_order(shapes: list[Polygon]) -> list[Polygon]:
    """Rows from north to south, a row from west to east; a row is as high as the shapes are on average."""
    if len(shapes) < 2:
        return shapes
    height = float(np.mean([shape.bounds[3] - shape.bounds[1] for shape in shapes]))
    north = max(shape.centroid.y for shape in shapes)
    return sorted(shapes, key=lambda shape: (int((north - shape.centroid.y) / height), shape.centroid.x))


def _joined(units: list[dict[str, str]], kind: str, parts: list[Area]) -> list[Area]:
    """The units of one kind, each the union of the parts that are its own or its children's."""
    parents = {unit["code"]: unit["parent"] for unit in units}
    areas = []
    for unit in units:
        if unit["kind"] == kind:
            own = [part.shape for part in parts if unit["code"] in (part.unit, parents[part.unit])]
            joined = shapely.coverage_union_all(own)
            if joined.geom_type != "Polygon":
                raise ValueError(f"{unit['code']} is not of one piece")
            areas.append(Area(unit["gb_code"], unit["code"], unit["short_zh"], unit["short_en"], joined))
    return areas


def _waters(waters: Waters, warp: Warp) -> list[dict[str, Any]]:
    drawn = []
    for code, water in (("river", waters.river), ("creek", waters.creek)):
        if water is None:
            continue
        path, (narrow, wide) = curve(water.path), water.widths
        names = {"code": code, "unit": None, "name_zh": water.zh, "name_en": water.en, "class": code}
        drawn.append(_feature(names, warp.shape(ribbon(path, np.linspace(narrow, wide, len(path))))))
    return drawn


def _roads(roads: list[Road], warp: Warp, district: Polygon) -> list[dict[str, Any]]:
    drawn = []
    for road in roads:
        line = warp.shape(LineString(curve(road.path))).intersection(district)
        names = {
            "code": road.code,
            "unit": None,
            "name_zh": road.zh,
            "name_en": road.en,
            "class": road.sort,
        }
        drawn.append(_feature(names, shapely.transform(line.simplify(2e-5), lambda p: np.round(p, 6))))
    return drawn


def _name_spot(shape: Polygon) -> tuple[float, float]:
    """Where a name stands best: in the middle, unless the shape leaves too little room around it."""
    circle = shapely.maximum_inscribed_circle(shape, tolerance=1e-4)
    middle = shape.centroid
    roomy = shape.contains(middle) and shape.boundary.distance(middle) > 0.6 * circle.length
    lon, lat = middle.coords[0] if roomy else circle.coords[0]
    return float(lon), float(lat)


def _feature(properties: dict[str, Any], shape: shapely.Geometry) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": json.loads(shapely.to_geojson(shape))}


def _collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}
