"""What people say in the demo: every text can be said, and says where."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from random import Random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from yiwang.demo.places import Places
from yiwang.demo.voice import Leaf, Voice, read_leaves

PACK = Path(__file__).parents[2] / "packs" / "demo"


@cache
def voice() -> Voice:
    return Voice(yaml.safe_load((PACK / "texts" / "phrases.yaml").read_text("utf-8")))


@cache
def leaves() -> list[Leaf]:
    listed = csv.DictReader((PACK / "categories.csv").read_text("utf-8").splitlines())
    return read_leaves(PACK, {row["code"]: row for row in listed})


@cache
def places() -> Places:
    return Places(PACK, voice().phrases, {"street-yingyue": 3.0}, 1)


def test_every_category_of_the_lowest_level_has_texts() -> None:
    listed = csv.DictReader((PACK / "categories.csv").read_text("utf-8").splitlines())
    assert [leaf.code for leaf in leaves()] == [row["code"] for row in listed if row["class"]]
    assert all(leaf.weight > 0 and 0 <= leaf.grid <= 1 for leaf in leaves())


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**9), st.integers(0, 10**6))
def test_a_message_names_its_place_and_has_no_gap_left(seed: int, which: int) -> None:
    leaf = leaves()[which % len(leaves())]
    rng = Random(seed)
    spot = places().draw(rng)
    address = places().address(rng, leaf.at, spot)
    for title, text in (
        voice().message(rng, leaf, address, again=bool(seed % 2)),
        voice().patrol(rng, leaf, address),
    ):
        assert address in title
        assert leaf.name in title
        assert len(title) <= 60
        assert text.endswith("。")
        assert not set(title + text + voice().answer(rng, leaf) + voice().result(rng, leaf)) & set("{}")


def test_nobody_who_calls_has_a_telephone_that_could_ring() -> None:
    rng = Random(1)
    phones = [voice().reporter(rng)[1] for _ in range(200)]
    assert all(len(phone) == 11 and phone.startswith("100") for phone in phones)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**9))
def test_a_spot_lies_on_dry_land_of_its_own_neighbourhood(seed: int) -> None:
    import json

    import shapely

    spot = places().draw(Random(seed))
    features = json.loads((PACK / "geo" / "neighbourhoods.geojson").read_text("utf-8"))["features"]
    own = next(f for f in features if f["properties"]["unit"] == spot.neighbourhood)
    assert shapely.from_geojson(json.dumps(own["geometry"])).contains(shapely.Point(spot.lon, spot.lat))


def test_a_street_with_more_weight_gets_more_spots() -> None:
    rng = Random(2)
    streets = [places().draw(rng).street for _ in range(3000)]
    assert streets.count("street-yingyue") > 1.5 * streets.count("street-shuangqiao")


@pytest.mark.parametrize("kind", ["home", "road", "river", "park", "shop", "school", "clinic", "site", "none"])
def test_places_of_every_kind_can_be_named(kind: str) -> None:
    rng = Random(3)
    assert all(places().address(rng, kind, places().draw(rng)) for _ in range(50))
