"""How a number is printed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.why.figures import Rate, figure


@pytest.mark.parametrize(
    ("value", "digits", "printed"),
    [
        (2316, None, "2,316"),
        (-38, None, "−38"),
        (Decimal("84.78"), 1, "84.8"),
        (0.05, 1, "0.1"),  # half goes up, as a clerk rounds
        (2.5, 0, "3"),
        (-0.04, 1, "0.0"),  # never minus nothing
        (1.0, None, "1"),
        (None, None, "—"),
        (float("nan"), 1, "—"),
        ("约 30", None, "约 30"),
    ],
)
def test_printed(value: Any, digits: int | None, printed: str) -> None:
    assert figure(value, digits) == printed


def test_a_difference_carries_its_sign() -> None:
    assert [figure(x, 1, sign=True) for x in (0.4, -0.6, 0)] == ["+0.4", "−0.6", "0.0"]


def test_a_rate_without_a_base_is_a_dash_and_never_zero_or_a_hundred() -> None:
    assert str(Rate(0, 0)) == "—"
    assert Rate(0, 0).percent is None
    assert str(Rate(0, 5)) == "0.0"
    assert str(Rate(986, 1163)) == "84.8"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4), st.integers(0, 3))
def test_reading_a_printed_number_gives_it_back_within_half_a_unit(value: Decimal, digits: int) -> None:
    read = Decimal(figure(value, digits).replace(",", "").replace("−", "-"))
    assert abs(read - value) <= Decimal(1).scaleb(-digits) / 2
