"""What must hold for every calendar, limit and pause (design: proven properties 2; R0.1-R0.5)."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from yiwang.worktime import (
    Calendar,
    Clock,
    Conventions,
    Extension,
    Limit,
    Pause,
    Unit,
    closings,
    due,
    due_many,
    elapsed,
    elapsed_workdays,
    moves,
    remaining,
    running,
)

from .oracle import naive_due
from .strategies import amounts, calendars, clocks, dates, days_of_year, instants, limits, pauses_after, spans

QUIET = Conventions.parse("receipt day not counted, as received, no roll")


def after(calendar: Calendar, day: date) -> datetime:
    """The midnight that ends a day."""
    return datetime.combine(day + timedelta(days=1), time(), calendar.zone)


SHARE = float(os.environ.get("PROPERTY_SHARE", "1"))  # mutation testing asks less of each mutant


def often(examples: int) -> settings:
    return settings(
        max_examples=max(4, int(examples * SHARE)),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


@often(100)
@given(clocks())
def test_a_deadline_is_what_walking_minute_by_minute_finds(
    clock: tuple[datetime, Limit, Calendar, list[Pause]],
) -> None:
    start, limit, calendar, pauses = clock
    assert due(start, limit, calendar, pauses=pauses).at == naive_due(start, limit, calendar, pauses)


@often(120)
@given(instants, limits, calendars(), st.integers(0, 5))
def test_a_longer_limit_is_never_due_earlier(start: datetime, limit: Limit, calendar: Calendar, more: int) -> None:
    longer = replace(limit, amount=limit.amount + more)
    assert due(start, limit, calendar).at <= due(start, longer, calendar).at


@often(120)
@given(instants, limits | dates, calendars(), days_of_year, st.data())
def test_a_new_holiday_never_makes_it_earlier(
    start: datetime, limit: Limit, calendar: Calendar, day: date, data: st.DataObject
) -> None:
    assume(calendar.rules_for(limit).roll != "back")
    pauses = data.draw(pauses_after(start, open_end=False))
    with_holiday = calendar.amended(days=[{"date": day, "kind": "off"}])
    before, after = (due(start, limit, one, pauses=pauses).at for one in (calendar, with_holiday))
    assert before <= after


@often(120)
@given(clocks())
def test_a_pause_moves_it_by_exactly_the_time_inside_it(clock: tuple[datetime, Limit, Calendar, list[Pause]]) -> None:
    start, limit, calendar, pauses = clock
    assume(limit.amount)
    limit = limit.counted(QUIET)
    without = due(start, limit, calendar).at
    found = due(start, limit, calendar, pauses=pauses).at
    assume(found is not None)
    assert found >= without
    if limit.unit is Unit.MINUTES:
        assert found - without == (found - start) - running(start, found, pauses)
    elif limit.unit is Unit.WORK_MINUTES:
        inside = elapsed(start, found, calendar) - elapsed(start, found, calendar, pauses=pauses)
        assert elapsed(without, found, calendar) == inside
    elif limit.unit is Unit.WORKDAYS:
        end = after(calendar, due(start, limit, calendar, pauses=pauses).day)
        first = after(calendar, start.astimezone(calendar.zone).date())
        inside = closings(first, end, calendar) - closings(first, end, calendar, pauses)
        assert closings(after(calendar, due(start, limit, calendar).day), end, calendar) == inside


@often(120)
@given(clocks())
def test_what_has_elapsed_at_the_deadline_is_the_limit(clock: tuple[datetime, Limit, Calendar, list[Pause]]) -> None:
    start, limit, calendar, pauses = clock
    found = due(start, limit, calendar, pauses=pauses).at
    assume(found is not None)
    if limit.unit is Unit.MINUTES and limit.conventions.outside != "next opening":
        assert running(start, found, pauses) == timedelta(minutes=limit.amount)
    elif limit.unit is Unit.WORK_MINUTES:
        assert elapsed(start, found, calendar, pauses=pauses) == timedelta(minutes=limit.amount)
    elif limit.unit is Unit.WORKDAYS and limit.amount:
        assert elapsed_workdays(start, found, calendar, pauses=pauses, conventions=limit.conventions) == limit.amount


@often(100)
@given(
    st.lists(instants, min_size=1, max_size=40),
    st.lists(limits | dates, min_size=1, max_size=4),
    calendars(),
    st.data(),
)
def test_many_at_once_are_the_same_as_one_by_one(
    starts: list[datetime], some: list[Limit], calendar: Calendar, data: st.DataObject
) -> None:
    chosen = [data.draw(st.sampled_from(some)) for _ in starts]
    odd = [start + timedelta(seconds=n, microseconds=7 * n) for n, start in enumerate(starts)]
    found = due_many(odd, chosen, calendar)
    one_by_one = [due(start, limit, calendar) for start, limit in zip(odd, chosen, strict=True)]
    assert found.tolist() == [one.at.replace(tzinfo=None) for one in one_by_one]
    assert found.provisional.tolist() == [one.provisional for one in one_by_one]
    alike = due_many(np.array([start.replace(tzinfo=None) for start in odd], "datetime64[us]"), some[0], calendar)
    assert alike.tolist() == [due(start, some[0], calendar).at.replace(tzinfo=None) for start in odd]


@often(150)
@given(instants, spans, calendars(), st.data())
def test_an_extension_is_the_longer_limit(start: datetime, unit: Unit, calendar: Calendar, data: st.DataObject) -> None:
    assume(unit is not Unit.MONTHS)
    rules = calendar.conventions
    assume(rules.roll == "none" or unit is not Unit.DAYS)
    n, more = data.draw(amounts(unit)) + 1, data.draw(amounts(unit))
    pauses = data.draw(pauses_after(start, open_end=False))
    asked = Extension(Limit(unit, more), "reason", "approver", start)
    found = due(start, Limit(unit, n), calendar, pauses=pauses, extensions=[asked])
    assert found.at == due(start, Limit(unit, n + more), calendar, pauses=pauses).at
    assert [one.extension for one in found.refused] == ([] if more else [asked])


@often(150)
@given(instants, limits | dates, calendars(), st.lists(days_of_year, max_size=5), st.sampled_from(["off", "work"]))
def test_a_certain_deadline_hangs_on_no_unpublished_year(
    start: datetime, limit: Limit, calendar: Calendar, days: list[date], kind: str
) -> None:
    """Whatever the notice of another year will say, a deadline that is not provisional stays."""
    found = due(start, limit, calendar)
    assume(not found.provisional)
    unpublished = [day.replace(day=min(day.day, 28)) for day in days if not calendar.covers(day.year)]
    notice = calendar.amended(days=[{"date": day, "kind": kind} for day in unpublished], years={2024: "", 2026: ""})
    assert due(start, limit, notice).at == found.at


@often(150)
@given(clocks(), st.integers(0, 20000))
def test_what_is_left_and_what_is_used_make_the_limit(
    clock: tuple[datetime, Limit, Calendar, list[Pause]], later: int
) -> None:
    start, limit, calendar, pauses = clock
    now = start + timedelta(minutes=later)
    left = remaining(start, now, limit, calendar, pauses=pauses)
    found = due(start, limit, calendar, pauses=pauses).at
    if found is None:
        assert left == (None, None, None)
        return
    assert (left.wall <= timedelta()) is (now >= found) or running(
        min(now, found), max(now, found), pauses
    ) == timedelta()
    if limit.unit is Unit.WORK_MINUTES:
        assert elapsed(start, now, calendar, pauses=pauses) + left.working == timedelta(minutes=limit.amount)
    if limit.unit is Unit.MINUTES and limit.conventions.outside != "next opening":
        assert running(start, now, pauses) + left.wall == timedelta(minutes=limit.amount)
    low, high = sorted((now, found))
    assert abs(left.workdays) == closings(low, high, calendar, pauses)


@often(100)
@given(st.lists(clocks(), max_size=4), calendars(), days_of_year)
def test_a_preview_names_exactly_the_clocks_that_move(
    some: list[tuple[datetime, Limit, Calendar, list[Pause]]], calendar: Calendar, day: date
) -> None:
    running_clocks = []
    for number, (start, limit, _, pauses) in enumerate(some):
        found = due(start, limit, calendar, pauses=pauses)
        running_clocks.append(Clock(number, start, limit, found.at, found.provisional, tuple(pauses)))
    assert list(moves(running_clocks, calendar)) == []
    new = calendar.amended(days=[{"date": day, "kind": "off"}])
    moved = {move.clock.id: move for move in moves(running_clocks, new)}
    for clock in running_clocks:
        after = due(clock.start, clock.limit, new, pauses=clock.pauses)
        assert (clock.id in moved) is ((after.at, after.provisional) != (clock.due, clock.provisional))
        if clock.id in moved and clock.due is not None and after.at is not None:
            assert clock.due + moved[clock.id].by == after.at


@often(150)
@given(clocks())
def test_the_receipt_counts_every_day_once_and_up_to_the_limit(
    clock: tuple[datetime, Limit, Calendar, list[Pause]],
) -> None:
    start, limit, calendar, pauses = clock
    found = due(start, limit, calendar, pauses=pauses)
    counting = next(one for one in found.receipt.because if one.claim.key == "worktime.counting")
    days = [line.claim.args["day"] for line in counting.because]
    assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
    counts = [line.value for line in counting.because if line.value is not None]
    assert counts == sorted(counts)
    if found.at is None:
        return
    if limit.unit in (Unit.WORKDAYS, Unit.DAYS):
        assert counts == list(range(1, limit.amount + 1))
    elif limit.unit in (Unit.WORK_MINUTES, Unit.MINUTES) and limit.amount:
        assert counts[-1] == timedelta(minutes=limit.amount)
    rolled_back = limit.unit in (Unit.DAYS, Unit.MONTHS) and calendar.rules_for(limit).roll == "back"
    if not rolled_back and (found.local.hour, found.local.minute) != (0, 0):  # 00:00 is 24:00 of the day before
        assert days[-1] == found.day
    assert found.receipt.text("zh")
    assert found.receipt.text("en")


def test_rules_differ_only_by_what_a_limit_says_itself() -> None:
    assert Conventions.parse("same time").over(Conventions.parse("to midnight, roll back")) == Conventions(
        ends="same time", roll="back"
    )


@often(60)
@given(calendars())
def test_a_calendar_written_down_is_the_same_calendar(calendar: Calendar) -> None:
    again = Calendar.from_mapping(json.loads(json.dumps(calendar.mapping())))
    assert again.mapping() == calendar.mapping()
    span = [date(2024, 12, 20) + timedelta(days=n) for n in range(800)]
    assert [again.day(day) for day in span] == [calendar.day(day) for day in span]
    assert [again.covers(year) for year in range(2024, 2029)] == [calendar.covers(year) for year in range(2024, 2029)]
    assert (again.zone, again.conventions) == (calendar.zone, calendar.conventions)
