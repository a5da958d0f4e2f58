"""What counts come to, and at which level a reading stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.indicators import rules
from yiwang.indicators.definition import Bands, Levels, indicator_from

RATES = [
    # numerator, denominator, digits, per cent
    (8, 87, 0, "9"),  # five units of a real bulletin: only one channel's tickets are in the denominator (R2.10)
    (6, 70, 0, "9"),
    (5, 66, 0, "8"),
    (3, 56, 0, "5"),
    (5, 39, 0, "13"),
    (7536, 8086, 1, "93.2"),  # problems solved of problems collected (R0.10)
    (1, 8, 1, "12.5"),
    (1, 800, 1, "0.1"),  # 0.125 rounds half up
    (9996, 10000, 1, "100.0"),
    (0, 7, 1, "0.0"),
]


@pytest.mark.parametrize(("numerator", "denominator", "digits", "told"), RATES)
def test_a_rate_is_rounded_half_up(numerator: int, denominator: int, digits: int, told: str) -> None:
    assert rules.rate(numerator, denominator, digits) == Decimal(told)
    assert str(rules.rate(numerator, denominator, digits)) == told


def test_nothing_to_divide_by_is_no_rate() -> None:
    assert rules.rate(0, 0, 1) is None


@given(st.fractions(-(10**15), 10**15), st.integers(0, 6))
def test_rounding_moves_a_value_by_half_a_digit_at_most(value: Fraction, digits: int) -> None:
    assert abs(Fraction(rules.rounded(value, digits)) - value) <= Fraction(1, 2 * 10**digits)


@given(st.lists(st.integers(0, 10**12), min_size=1))
def test_the_middle_of_hours_is_the_median(micros: list[int]) -> None:
    spans = [timedelta(microseconds=one) for one in micros]
    assert rules.middle(spans, 3) == rules.rounded(Fraction(median(map(Fraction, micros))) / 3_600_000_000, 3)


BANDED = [
    # better, value, lamp        with ok at 90 and watch at 80 (up), ok at 5 and watch at 10 (down)
    ("up", "90.0", "ok"),
    ("up", "89.9", "watch"),
    ("up", "80.0", "watch"),
    ("up", "79.9", "alarm"),
    ("down", "5.0", "ok"),
    ("down", "5.1", "watch"),
    ("down", "10.1", "alarm"),
    ("up", None, "unknown"),
]


@pytest.mark.parametrize(("better", "value", "lamp"), BANDED)
def test_the_value_that_is_shown_is_the_value_that_is_judged(better: str, value: str | None, lamp: str) -> None:
    bands = {"ok": 90, "watch": 80} if better == "up" else {"ok": 5, "watch": 10}
    title = {"zh": "率", "en": "rate"}
    one = indicator_from(
        {
            "indicator": "x", "title": title, "version": "2026-01-01", "reference": "", "kind": "any",
            "counted_by": "open", "numerator": {"title": title}, "unit": title, "better": better, "bands": bands,
        }
    )  # fmt: skip
    assert rules.lamp(one, Decimal(value) if value else None) == lamp


ORDERS = [("up", 90, 80, True), ("up", 80, 90, False), ("down", 5, 10, True), ("down", 9, 5, False)]


@pytest.mark.parametrize(("better", "ok", "watch", "fits"), ORDERS)
def test_bands_lie_on_the_good_side(better: str, ok: float, watch: float, fits: bool) -> None:
    assert rules.bands_in_order(Bands(ok, watch), better) is fits


HIGH, LOW = Levels(yellow=35, orange=37, red=40), Levels(blue=0, yellow=-4, orange=-7, red=-10)
LEVELS = [
    (20.0, "normal", "ok"),
    (34.9, "normal", "ok"),
    (35.0, "yellow", "watch"),
    (38.0, "orange", "alarm"),
    (41.0, "red", "alarm"),
    (0.0, "blue", "watch"),
    (-8.0, "orange", "alarm"),
    (-10.0, "red", "alarm"),
]


@pytest.mark.parametrize(("value", "level", "lamp"), LEVELS)
def test_four_levels_on_either_side(value: float, level: str, lamp: str) -> None:
    found, _ = rules.level(value, HIGH, LOW)
    assert (found, rules.lamp_of(found)) == (level, lamp)


@given(st.floats(-50, 50), st.floats(0, 20))
def test_hotter_is_never_milder(value: float, more: float) -> None:
    severity = [rules.SEVERITY.index(rules.level(v, HIGH, None)[0]) for v in (value, value + more)]
    assert severity == sorted(severity)


def test_a_reading_keeps_until_its_time_is_over() -> None:
    at, keeps = datetime(2026, 10, 12, 8, tzinfo=UTC), timedelta(minutes=15)
    assert not rules.is_stale(at, at + keeps, keeps)
    assert rules.is_stale(at, at + keeps + timedelta(microseconds=1), keeps)
