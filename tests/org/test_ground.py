"""Lengths and areas are those of the ellipsoid of WGS84, against figures that are known."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.org import ground

# the ellipsoid's own figures: NIMA TR8350.2 (quarter of a meridian, surface), and a degree at the equator, a·π/180
QUARTER, SURFACE = 10_001_965.7293, 510_065_621_724_088.0
# GeographicLib's own test of polygons ("Planimeter5", and the octahedron of one degree): sides along geodesics
DIAMOND, AROUND_IT = 24_619_419_146.0, 627_598.2731


@pytest.mark.parametrize(
    ("points", "metres"),
    [
        ([[0, 0], [1, 0]], 6_378_137 * math.pi / 180),
        ([[0, 0], [0, 90]], QUARTER),
        ([[121, 31], [121, 31]], 0.0),
        ([[0, 89], [0, 90], [0, 89]], 2 * 111_693.866),  # the last degree before a pole
    ],
)
def test_a_length_is_known(points: list[list[float]], metres: float) -> None:
    assert ground.length(points) == pytest.approx(metres, abs=1e-2)


def test_an_eighth_of_the_earth_is_an_eighth_of_its_surface() -> None:
    assert ground.area([[0, 0], [90, 0], [90, 90], [0, 90]]) * 8 == pytest.approx(SURFACE, rel=1e-12)


def test_sides_that_run_straight_in_degrees_are_nearly_geodesics() -> None:
    corners = [[-1, 0], [0, -1], [1, 0], [0, 1]]
    assert ground.area(corners) == pytest.approx(DIAMOND, rel=1e-4)
    assert ground.length([*corners, corners[0]]) == pytest.approx(AROUND_IT, rel=1e-8)


def test_a_hectare_in_shanghai_is_a_hectare() -> None:
    """A square of 100 m by the lengths of a degree at 31.2° north (geodesic tables: 110 863.6 m and 95 301 m)."""
    high, wide = (
        100 / ground.length([[121, 31.1995], [121, 31.2005]]),
        100 / ground.length([[121, 31.2], [121.001, 31.2]]),
    )
    corners = [
        [121, 31.2],
        [121 + wide / 1000, 31.2],
        [121 + wide / 1000, 31.2 + high / 1000],
        [121, 31.2 + high / 1000],
    ]
    assert ground.area(corners) == pytest.approx(10_000, abs=0.2)
    assert ground.length([[121, 31.1995], [121, 31.2005]]) == pytest.approx(110.8636, abs=0.01)


PLACES = st.tuples(st.floats(-170, 170), st.floats(-80, 80))


@given(at=PLACES, size=st.floats(1e-4, 0.2), turned=st.floats(0, 6), cut=st.floats(0.1, 0.9))
def test_parts_add_up_to_the_whole_whichever_way_one_goes(
    at: tuple[float, float], size: float, turned: float, cut: float
) -> None:
    corners = [[at[0] + size * math.cos(turned + n * 2), at[1] + size * math.sin(turned + n * 2)] for n in range(3)]
    a, b, c = corners
    on = [a[0] + cut * (b[0] - a[0]), a[1] + cut * (b[1] - a[1])]
    whole = ground.area(corners)
    assert ground.area([a, on, c]) + ground.area([on, b, c]) == pytest.approx(whole, rel=1e-6, abs=1e-2)
    assert ground.area([c, b, a, c]) == pytest.approx(whole, rel=1e-9, abs=1e-3)
    assert ground.length([a, on, b]) == pytest.approx(ground.length([a, b]), rel=1e-9)
