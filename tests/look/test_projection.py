"""The map: degrees to points and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, box, mapping, shape

from yiwang.look.mapping import Projection, label_point, step_of

DISTRICT = mapping(box(121.86, 30.95, 121.98, 31.05))
PROJECTION = Projection.around([DISTRICT], width=960)


@given(st.floats(121.86, 121.98), st.floats(30.95, 31.05))
def test_there_and_back_is_the_same_place_within_ten_metres(longitude: float, latitude: float) -> None:
    x, y = PROJECTION(longitude, latitude)
    assert 0 <= x <= PROJECTION.width
    assert 0 <= y <= PROJECTION.height
    back = PROJECTION.back(x, y)
    assert back == pytest.approx((longitude, latitude), abs=0.0001)


def test_a_kilometre_east_is_as_long_as_a_kilometre_north() -> None:
    x, y = PROJECTION(121.9, 31.0)
    east, _ = PROJECTION(121.9 + 1 / (111.32 * 0.857), 31.0)
    _, north = PROJECTION(121.9, 31.0 + 1 / 111.32)
    assert east - x == pytest.approx(y - north, rel=0.02)


def test_rings_are_closed_and_lines_are_not() -> None:
    assert PROJECTION.path(DISTRICT).endswith("Z")
    assert not PROJECTION.path({"type": "LineString", "coordinates": [[121.9, 31], [121.91, 31.01]]}).endswith("Z")


def test_a_name_stands_inside_its_area_even_when_the_middle_does_not() -> None:
    bent = mapping(box(0, 0, 3, 3).difference(box(1, 1, 3, 3)))
    assert shape(bent).contains(Point(label_point(bent)))


@pytest.mark.parametrize(
    ("value", "values", "step"),
    [(159, [159, 241], 0), (241, [159, 241], 4), (200, [159, 241], 2), (5, [5, 5], 0), (0, [], 0)],
)
def test_five_grounds_from_the_least_to_the_greatest(value: float, values: list[float], step: int) -> None:
    assert step_of(value, values) == step
