"""A typhoon closes the offices: which running clocks move, and by how much."""

from __future__ import annotations

from datetime import date, timedelta

from yiwang.worktime import Clock, Limit, Pause, due, moves

from .wall_clock import CN, at, shown

TYPHOON = CN.amended(days=[{"date": "2026-11-24", "kind": "off", "name": "台风"}])


def clock(number: int, limit: str, *pauses: Pause) -> Clock:
    found = due(at("2026-11-20T16:00"), Limit.parse(limit), CN, pauses=pauses)
    return Clock(number, at("2026-11-20T16:00"), Limit.parse(limit), found.at, found.provisional, pauses)


def test_only_what_counts_that_day_moves() -> None:
    clocks = [
        clock(1, "1 workday"),
        clock(2, "5 workdays"),
        clock(3, "10 work hours"),
        clock(4, "100 hours"),
        clock(5, "2026-11-24"),
        clock(6, "5 workdays", Pause(at("2026-11-24T08:00"), at("2026-11-24T18:00"), "鉴定", "王")),
        clock(7, "5 workdays", Pause(at("2026-11-23T08:00"), None, "鉴定", "王")),
    ]
    moved = {move.clock.id: (shown(move.to.at), move.by) for move in moves(clocks, TYPHOON)}
    assert moved == {
        2: ("2026-11-30 17:00", timedelta(days=3)),
        3: ("2026-11-25 10:00", timedelta(days=1)),
        5: ("2026-11-25 00:00", timedelta(hours=7)),  # the office no longer closes on that day
    }


def test_a_published_year_takes_the_provision_away_even_where_nothing_moves() -> None:
    start, limit = at("2026-12-28T10:00"), Limit.parse("6 workdays")
    before = due(start, limit, CN)
    published = CN.amended(years={2027: "the notice"})
    (move,) = moves([Clock("A", start, limit, before.at, before.provisional)], published)
    assert (move.by, move.to.provisional, move.to.day) == (timedelta(), False, date(2027, 1, 5))


def test_a_clock_that_stood_has_no_distance() -> None:
    start, limit = at("2026-11-20T16:00"), Limit.parse("5 workdays")
    (move,) = moves([Clock("A", start, limit, None)], CN)
    assert move.by is None
    standing = (Pause(at("2026-11-23T10:00"), None, "鉴定", "王"),)
    (move,) = moves([Clock("B", start, limit, at("2026-11-27T17:00"), False, standing)], CN)
    assert move.by is None
