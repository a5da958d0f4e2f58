"""Bars and strips of a chart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from yiwang.look.charts import share, strip


@given(st.one_of(st.none(), st.floats(-1e6, 1e6)), st.one_of(st.none(), st.floats(0, 1e6)))
def test_a_bar_is_never_longer_than_its_ground(part: float | None, whole: float | None) -> None:
    assert 0 <= share(part, whole) <= 100


def test_a_strip_leaves_out_what_is_not_there() -> None:
    drawn = strip([("ok", 3), ("watch", 0), ("alarm", 1)])
    assert drawn.count("<rect") == 2
    assert 'class="alarm" x="75.0%" width="25.0%"' in drawn
