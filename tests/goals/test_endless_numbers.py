"""A number without end is none: nothing is made of it or of a part of it, in no time at all."""

from __future__ import annotations

import math
import time

import pytest

from yiwang.goals import forms
from yiwang.reading import read
from yiwang.reading.normal import flatten
from yiwang.typed.forms import Wrong

LONG = [
    "9" * 16, "9" * 41, "9" * 5000, "9" * 3_000_000, "1," * 100_000 + "1", "一" * 100_000, "９" * 5000, "٣" * 5000,
    "0." + "1" * 500,
]  # fmt: skip


@pytest.mark.parametrize("digits", LONG, ids=lambda digits: f"{digits[0]} x {len(digits)}")
def test_nothing_is_made_of_a_number_without_end(digits: str) -> None:
    begun = time.process_time()
    found = read(f"一、新增养老床位{digits}张。\n二、新增口袋公园6座。\n".encode(), filename="plan.txt", year=2026)
    values = [one.value for one in found.statements if one.value is not None]
    assert 6 in values
    assert all(math.isfinite(value) and value < 10**15 for value in values)
    assert time.process_time() - begun < 60
    assert len(flatten(digits)) == len(digits)


def test_the_longest_real_numbers_stay() -> None:
    assert flatten("123,456,789,012.5万元") == "123,456,789,012.5万元"


@pytest.mark.parametrize("raw", ["0001-01-01", "9999-12-31", "2026-02-31", "２０２６-02-30", "99-01", "2300/1/1"])
def test_a_day_that_no_plan_can_mean_is_no_day(raw: str) -> None:
    with pytest.raises(Wrong):
        forms.day(raw, 2026)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("1000000000000000", "too large"),
        ("9" * 400, "too large"),
        ("1e15%", "too large"),
        ("0.0000001", "at most 6"),
        ("1e-99", "at most 6"),
        ("1e-99999", "not a number"),
        ("1_000", "not a number"),
        ("twelve", "not a number"),
    ],
)
def test_what_cannot_be_kept_as_it_was_typed_is_said_so(raw: str, says: str) -> None:
    with pytest.raises(Wrong) as wrong:
        forms.number(raw)
    assert says in wrong.value.words.speak("en")
