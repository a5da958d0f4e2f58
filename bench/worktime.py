"""Deadlines a second, one by one and a million at once.

peer    workalendar (add_working_days) and business-duration (office hours between two instants)
limit   numpy.busday_offset / busday_count: dates without times, zones or make-up working days
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from typing import Any

import numpy as np

FIRST = datetime(2022, 1, 4, 1, 30, tzinfo=UTC)


def run(scale: float = 1.0) -> list[dict[str, Any]]:
    """`scale` 1 counts 1,000,000 clocks at once and 100,000 one by one."""
    from yiwang.worktime import Calendar, Limit, due, due_many, elapsed

    cn = Calendar.load("cn")
    days_off = [date for date in _days() if cn.day(date).kind == "holiday"]
    weekdays = np.busdaycalendar(holidays=days_off)
    workdays, hours = Limit.parse("5 workdays"), Limit.parse("12 work hours")
    three = [workdays, Limit.parse("4 hours"), Limit.parse("30 days")]

    many = max(1000, int(1_000_000 * scale))
    step = np.timedelta64(2 * 365 * 86_400_000_000 // many, "us")
    starts = np.datetime64(FIRST.replace(tzinfo=None), "us") + step * np.arange(many)
    dates = starts.astype("datetime64[D]")
    mixed = [three[n % 3] for n in range(many)]
    offset = _rate(lambda: np.busday_offset(dates, 5, roll="backward", busdaycal=weekdays), many)

    few = max(200, int(100_000 * scale))
    singles = [FIRST + timedelta(minutes=9 * n) for n in range(few)]
    ends = [start + timedelta(hours=200) for start in singles]
    single_dates = [np.datetime64(start.date()) for start in singles]
    one_offset = _rate(
        lambda: [np.busday_offset(day, 5, roll="backward", busdaycal=weekdays) for day in single_dates], few
    )
    slow = max(20, few // 50)  # the peers take as long for so many
    add = _rate(_workalendar(singles[:slow]), slow)
    return [
        _line("due, one by one", _rate(lambda: [due(start, workdays, cn) for start in singles], few), add, one_offset),
        _line(
            "due in work hours, one by one",
            _rate(lambda: [due(start, hours, cn) for start in singles], few),
            None,
            None,
        ),
        _line(
            "elapsed, one by one",
            _rate(lambda: [elapsed(a, b, cn) for a, b in zip(singles, ends, strict=True)], few),
            _rate(_business_duration(singles[:slow], ends[:slow]), slow),
            _rate(lambda: [np.busday_count(day, day + 8, busdaycal=weekdays) for day in single_dates], few),
        ),
        _line("due_many, workdays", _rate(lambda: due_many(starts, workdays, cn), many), add, offset),
        _line("due_many, work hours", _rate(lambda: due_many(starts, hours, cn), many), None, offset),
        _line("due_many, three limits mixed", _rate(lambda: due_many(starts, mixed, cn), many), None, offset),
    ]


def _days() -> list[Any]:
    return [(FIRST + timedelta(days=n)).date() for n in range(3 * 365)]


def _workalendar(starts: list[datetime]) -> Callable[[], object]:
    from workalendar.asia import China

    china = China()  # its make-up days end with 2023
    return lambda: [china.add_working_days(start.date(), 5) for start in starts]


def _business_duration(starts: list[datetime], ends: list[datetime]) -> Callable[[], object]:
    import pandas
    from business_duration import businessDuration

    pairs = [
        (pandas.Timestamp(a.replace(tzinfo=None)), pandas.Timestamp(b.replace(tzinfo=None)))
        for a, b in zip(starts, ends, strict=True)
    ]
    return lambda: [businessDuration(a, b, clock_time(9), clock_time(17), [5, 6], unit="hour") for a, b in pairs]


def _rate(work: Callable[[], object], count: int) -> float:
    """The best of three runs, in clocks a second."""
    best = float("inf")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _ in range(3):
            begun = time.perf_counter()
            work()
            best = min(best, time.perf_counter() - begun)
    return count / best


def _line(name: str, ours: float, peer: float | None, limit: float | None) -> dict[str, Any]:
    return {
        "name": name,
        "ours": round(ours),
        "peer": peer and round(peer),
        "limit": limit and round(limit),
        "unit": "clocks/s",
        "ratio_to_peer": peer and round(ours / peer, 2),
        "ratio_to_limit": limit and round(ours / limit, 3),
    }
