"""The map is a real partition: every place in the district lies in exactly one cell, neighbourhood and street."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from yiwang.demo import map as land

PACK = Path(__file__).parents[2] / "packs" / "demo"


@cache
def layer(name: str) -> list[dict]:
    features = json.loads((PACK / "geo" / f"{name}.geojson").read_text("utf-8"))["features"]
    return [f["properties"] | {"shape": shapely.from_geojson(json.dumps(f["geometry"]))} for f in features]


@cache
def units() -> dict[str, dict[str, str]]:
    return {unit["code"]: unit for unit in csv.DictReader((PACK / "units.csv").read_text("utf-8").splitlines())}


@cache
def tree(name: str) -> shapely.STRtree:
    return shapely.STRtree([place["shape"] for place in layer(name)])


@pytest.mark.parametrize("name", ["streets", "neighbourhoods", "cells"])
def test_the_parts_of_a_level_fit_together_without_gap_or_overlap(name: str) -> None:
    shapes = [place["shape"] for place in layer(name)]
    assert shapely.coverage_is_valid(shapes)
    assert all(shape.is_valid and shape.geom_type == "Polygon" for shape in shapes)
    assert shapely.coverage_union_all(shapes).equals(layer("district")[0]["shape"])


@pytest.mark.parametrize(("part", "whole"), [("cells", "neighbourhoods"), ("neighbourhoods", "streets")])
def test_the_parts_of_a_place_are_the_place(part: str, whole: str) -> None:
    for place in layer(whole):
        own = [p["shape"] for p in layer(part) if place["unit"] in (p["unit"], units()[p["unit"]]["parent"])]
        assert shapely.coverage_union_all(own).equals(place["shape"]), place["name_zh"]


def test_a_cell_has_fifteen_digits_that_begin_with_its_street_and_neighbourhood() -> None:
    codes = [cell["code"] for cell in layer("cells")]
    assert len(set(codes)) == len(codes) >= 600
    for cell in layer("cells"):
        neighbourhood = units()[cell["unit"]]
        assert len(cell["code"]) == 15
        assert cell["code"].isdecimal()
        assert cell["code"][:12] == neighbourhood["gb_code"]
        assert cell["code"][:9] == units()[neighbourhood["parent"]]["gb_code"]
        assert cell["code"][:6] == units()["chengjiang"]["gb_code"]


def test_the_cells_of_a_neighbourhood_are_numbered_as_one_reads() -> None:
    for place in layer("neighbourhoods"):
        own = [cell for cell in layer("cells") if cell["unit"] == place["unit"]]
        assert [int(cell["code"][12:]) for cell in own] == list(range(1, len(own) + 1))
        shapes = [cell["shape"] for cell in own]
        assert shapes == land.reading_order(list(reversed(shapes)))


def test_reading_order_goes_along_a_row_before_it_goes_down() -> None:
    box = shapely.box
    north_west, north_east, south_west = box(0, 1, 1, 2), box(1, 1.1, 2, 2.1), box(0, 0, 1, 1)
    assert land.reading_order([south_west, north_east, north_west]) == [north_west, north_east, south_west]


@settings(max_examples=400, deadline=None)
@given(st.floats(0, 1), st.floats(0, 1))
def test_every_point_of_the_district_lies_in_exactly_one_cell(across: float, up: float) -> None:
    district = layer("district")[0]["shape"]
    west, south, east, north = district.bounds
    point = shapely.Point(west + across * (east - west), south + up * (north - south))
    inside = district.contains(point)
    touching = [i for i in tree("cells").query(point, predicate="intersects")]
    within = [i for i in touching if layer("cells")[i]["shape"].contains(point)]
    assert len(within) <= 1
    assert bool(touching) >= inside
    if len(within) == 1:
        cell = layer("cells")[within[0]]
        street = next(s for s in layer("streets") if s["shape"].contains(point))
        assert cell["code"].startswith(street["code"])


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 609), st.integers(0, 609))
def test_no_two_cells_share_ground(one: int, other: int) -> None:
    a, b = (layer("cells")[i % len(layer("cells"))] for i in (one, other))
    if a["code"] != b["code"]:
        assert a["shape"].intersection(b["shape"]).area == 0


def test_the_committed_map_is_what_the_command_draws(tmp_path: Path) -> None:
    land.write(tmp_path, land.draw(PACK))
    for name in ("cells", "streets", "roads"):
        drawn = json.loads((tmp_path / f"{name}.geojson").read_text("utf-8"))["features"]
        assert [f["properties"]["code"] for f in drawn] == [place["code"] for place in layer(name)]
        for f, place in zip(drawn, layer(name), strict=True):
            assert shapely.from_geojson(json.dumps(f["geometry"])).hausdorff_distance(place["shape"]) < 1e-5


def test_every_street_and_neighbourhood_has_its_land_and_the_roads_stay_inside() -> None:
    for kind, name in (("street", "streets"), ("neighbourhood", "neighbourhoods")):
        assert {p["unit"] for p in layer(name)} == {u["code"] for u in units().values() if u["kind"] == kind}
    district = layer("district")[0]["shape"].buffer(1e-4)
    assert len(layer("roads")) >= 20
    assert all(district.contains(road["shape"]) for road in layer("roads"))
    assert {water["class"] for water in layer("river")} == {"river", "creek"}
