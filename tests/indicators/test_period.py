"""Which days a period's name means."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.indicators.period import Period
from yiwang.why import Unreadable

TODAY = date(2026, 10, 12)

NAMED = [
    # name                     first day     day after the last
    ("today", "2026-10-12", "2026-10-13"),
    ("month", "2026-10-01", "2026-11-01"),
    ("quarter", "2026-10-01", "2027-01-01"),
    ("year", "2026-01-01", "2027-01-01"),
    ("2026-10", "2026-10-01", "2026-11-01"),
    ("2026-12", "2026-12-01", "2027-01-01"),
    ("2026", "2026-01-01", "2027-01-01"),
    ("2026-Q3", "2026-07-01", "2026-10-01"),
    ("2024-02", "2024-02-01", "2024-03-01"),
    ("2026-10-01/2026-10-12", "2026-10-01", "2026-10-13"),
    ("2026-01/2026-09", "2026-01-01", "2026-10-01"),
    ("2026-10-05", "2026-10-05", "2026-10-06"),
]


@pytest.mark.parametrize(("name", "first", "until"), NAMED)
def test_a_name_means_these_days(name: str, first: str, until: str) -> None:
    assert Period.parse(name, TODAY) == Period(date.fromisoformat(first), date.fromisoformat(until))


@pytest.mark.parametrize(
    "text",
    ["", "10月", "2026-13", "2026-10-12/2026-10-01", "2026-Q5",
     "2026-W09", "2026-W09-2", "20261012", "2026-285", "/", "2026-02-30", "０００",
     "0001", "0001-01-01", "9999", "9999-12-31", "9999-Q4", "2026-10-01/9999-12-31"],
)  # fmt: skip
def test_what_names_no_days_is_refused_with_examples(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        Period.parse(text, TODAY)
    assert "2026-10" in refused.value.words.speak("en")


days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(days, days)
def test_a_period_reads_back_as_it_is_written(a: date, b: date) -> None:
    period = Period(min(a, b), max(a, b) if a != b else date(2100, 1, 2))
    assert Period.parse(str(period), TODAY) == period


@given(days, days)
def test_months_cover_a_period_without_gap_or_overlap(a: date, b: date) -> None:
    period = Period(min(a, b), Period.of_day(max(a, b)).until)
    months = list(period.months())
    assert months[0].first <= period.first
    assert period.until <= months[-1].until
    assert all(one.until == other.first for one, other in pairwise(months))


def test_a_day_begins_at_midnight_of_the_district() -> None:
    begin, end = Period.parse("2026-10-12", TODAY).instants(ZoneInfo("Asia/Shanghai"))
    assert (begin.isoformat(), end.isoformat()) == ("2026-10-11T16:00:00+00:00", "2026-10-12T16:00:00+00:00")
