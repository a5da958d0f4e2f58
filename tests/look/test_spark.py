"""Small lines: what was not read is a gap, not a guess."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from yiwang.look.charts import spark


def test_a_gap_breaks_the_line_and_a_stale_line_has_no_last_point() -> None:
    drawn = spark([50, 51, None, 56, 54, None])
    assert drawn.count("<polyline") == 2
    assert "<circle" not in drawn


def test_a_band_far_away_does_not_flatten_the_line() -> None:
    assert 'class="band"' not in spark([1, 2, 3], high=500)
    assert 'class="band"' in spark([1, 2, 3], high=4)


def test_nothing_read_draws_nothing() -> None:
    assert "<polyline" not in spark([None, None])


@given(st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6)), min_size=1, max_size=60))
def test_every_point_lies_inside_the_drawing(values: list[float | None]) -> None:
    drawn = spark(values)
    points = [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", drawn)]
    assert len(points) == sum(value is not None for value in values)
    assert all(0 <= x <= 68 and 0 <= y <= 28 for x, y in points)
