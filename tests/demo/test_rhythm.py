"""When things happen in the demo: messages by hour and season, work in office hours, sensors by the clock."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yiwang.demo.arrivals import YEAR, ZONE, Arrivals
from yiwang.demo.definition import Habit
from yiwang.demo.files import year_of
from yiwang.demo.office import DAY, Office, habits_of
from yiwang.demo.sensors import Sensors
from yiwang.demo.voice import read_leaves
from yiwang.worktime import Calendar

PACK = Path(__file__).parents[2] / "packs" / "demo"
UNTIL = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
YEARLY = year_of(PACK)


@cache
def arrivals() -> Arrivals:
    listed = csv.DictReader((PACK / "categories.csv").read_text("utf-8").splitlines())
    leaves = read_leaves(PACK, {row["code"]: row for row in listed})
    return Arrivals(YEARLY, leaves, Calendar.load("cn"), 7)


@cache
def office() -> Office:
    return Office(Calendar.load("cn"), datetime(2025, 1, 1).date(), datetime(2026, 12, 31).date())


def test_a_year_of_messages_is_in_order_and_ends_when_it_should() -> None:
    times = arrivals().times(20_000, UNTIL)
    assert len(times) == 20_000
    assert times == sorted(times)
    assert UNTIL - YEAR - timedelta(hours=1) <= times[0] < times[-1] <= UNTIL
    assert times == arrivals().times(20_000, UNTIL)


def test_people_call_by_day_on_weekdays_and_less_on_holidays() -> None:
    days: dict[str, list[int]] = {}
    times = [at.astimezone(ZONE) for at in arrivals().times(30_000, UNTIL)]
    by_day = {}
    for at in times:
        by_day[at.date()] = by_day.get(at.date(), 0) + 1
    for day, n in by_day.items():
        days.setdefault(Calendar.load("cn").day(day).kind, []).append(n)
    mean = {kind: sum(found) / len(found) for kind, found in days.items()}
    assert mean["workday"] > mean["weekend"] > mean["holiday"]
    night = sum(at.hour < 6 for at in times)
    assert night < sum(9 <= at.hour < 12 for at in times) / 5


def test_a_storm_brings_water_and_winter_brings_ice() -> None:
    rng = Random(4)
    summer = [datetime(2026, 7, 1, 2, tzinfo=UTC) + timedelta(days=n) for n in range(60)]
    wet = next(day for day in summer if arrivals().storm(day.date()))
    dry = next(day for day in summer if not arrivals().storm(day.date()))
    flood = {day: sum(arrivals().leaf(rng, "grid", day).code == "E0201" for _ in range(2000)) for day in (wet, dry)}
    assert flood[wet] > 3 * flood[dry]
    january = datetime(2026, 1, 14, 2, tzinfo=UTC)
    assert not [1 for _ in range(2000) if arrivals().leaf(rng, "hotline", january).name == "飞絮扰民"]


@pytest.mark.parametrize(
    ("at", "minutes", "then", "why"),
    [
        ("2026-10-14T10:00", 30, "2026-10-14T10:30", "within a morning"),
        ("2026-10-14T17:00", 60, "2026-10-15T09:30", "over the evening"),
        ("2026-10-16T17:00", 60, "2026-10-19T09:30", "over a weekend"),
        ("2026-09-30T17:00", 60, "2026-10-08T09:30", "over the National Day holiday"),
        ("2026-10-10T10:00", 30, "2026-10-10T10:30", "on a Saturday that is worked"),
        ("2026-10-14T03:00", 10, "2026-10-14T09:10", "what came at night is taken up in the morning"),
        ("2026-10-14T09:00", 2 * DAY + 5, "2026-10-16T09:05", "two days and five minutes"),
    ],
)
def test_office_time(at: str, minutes: int, then: str, why: str) -> None:
    start = datetime.fromisoformat(at).replace(tzinfo=ZONE)
    assert office().later(start, minutes).astimezone(ZONE).replace(tzinfo=None).isoformat()[:16] == then, why


@settings(max_examples=300)
@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 11, 1)), st.floats(1, 3000), st.floats(1, 3000))
def test_more_work_never_ends_earlier_and_always_in_office_hours(at: datetime, less: float, more: float) -> None:
    start = at.replace(tzinfo=UTC, microsecond=0)
    first, second = (office().later(start, n) for n in sorted((less, more)))
    assert start <= first <= second
    local = second.astimezone(ZONE)
    assert Calendar.load("cn").day(local.date()).working
    assert 9 * 60 <= local.hour * 60 + local.minute <= 17 * 60 + 30


def test_a_units_own_habit_goes_before_its_kinds_and_that_before_the_default() -> None:
    with pytest.raises(IndexError):  # pack check asks for each in the default
        habits_of({"default": Habit(late=0.0), "bureau": Habit(pace=1.0)}, "bureau-water")
    default = Habit(late=0.1, wrong=0.0, pace=0.4, contact_late=0.0, solved=0.9, quick=0.2)
    habits = {"default": default, "bureau": Habit(late=0.2, pace=0.5), "bureau-water": Habit(late=0.3)}
    assert (habits_of(habits, "bureau-water").late, habits_of(habits, "bureau-water").pace) == (0.3, 0.5)
    assert habits_of(habits, "street-qinghe").late == 0.1


@cache
def sensors() -> Sensors:
    return Sensors(PACK, 7)


def test_sensors_speak_by_the_clock_and_one_is_broken() -> None:
    history = list(sensors().history(UNTIL))
    last: dict[str, datetime] = {}
    for series, at, _ in history:
        assert series not in last or at > last[series]
        last[series] = at
    assert set(last) == {sign.code for sign in sensors().signs}
    stale = [sign.code for sign in sensors().signs if UNTIL - last[sign.code] > sign.keeps]
    assert stale == [sensors().silent]


@settings(max_examples=100)
@given(st.integers(0, 400_000), st.integers(1, 7200), st.integers(1, 7200))
def test_what_a_sensor_says_does_not_depend_on_how_often_it_is_asked(begin: int, first: int, second: int) -> None:
    start = UNTIL - timedelta(seconds=begin)
    middle, end = start + timedelta(seconds=first), start + timedelta(seconds=first + second)
    once = sensors().due(start, end)
    twice = sensors().due(start, middle) + sensors().due(middle, end)
    assert sorted(once) == sorted(twice)


def test_most_sensors_are_within_their_bands_and_a_few_are_not() -> None:
    beyond = total = 0
    for sign in sensors().signs:
        for hours in range(0, 24 * 30):
            value = sensors().value(sign, UNTIL - timedelta(hours=hours))
            high = sign.high.listed()[0][1] if sign.high else float("inf")
            low = sign.low.listed()[0][1] if sign.low else float("-inf")
            beyond, total = beyond + (not low < value < high), total + 1
    assert 0.005 < beyond / total < 0.12
