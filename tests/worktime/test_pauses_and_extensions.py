"""What holds a clock and what lengthens it, as a clerk would check it with a wall calendar: pauses, extensions."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.worktime.wall_clock import CN, at, pause, shown
from yiwang.worktime import Extension, Limit, Pause, due, remaining, running


# R0.5: whoever holds the running clock at the close has had the day
@pytest.mark.parametrize(
    ("limit", "paused", "deadline", "why"),
    [
        ("5 workdays", ("2026-11-24T10:00", "2026-11-26T10:00"), "2026-12-01 17:00", "the 24th and the 25th"),
        ("5 workdays", ("2026-11-24T00:00", "2026-11-26T00:00"), "2026-12-01 17:00", "the same two days"),
        ("5 workdays", ("2026-11-24T09:00", "2026-11-24T17:00"), "2026-11-30 17:00", "one whole day"),
        ("5 workdays", ("2026-11-24T17:00", "2026-11-25T09:00"), "2026-11-27 17:00", "a night"),
        ("5 workdays", ("2026-11-21T00:00", "2026-11-23T00:00"), "2026-11-27 17:00", "a weekend"),
        ("5 workdays", ("2026-11-18T00:00", "2026-11-20T12:00"), "2026-11-27 17:00", "before the day of receipt ended"),
        ("5 workdays", ("2026-11-30T00:00", "2026-12-20T12:00"), "2026-11-27 17:00", "after it was due"),
        ("10 work hours", ("2026-11-23T10:00", "2026-11-23T13:00"), "2026-11-24 13:00", "three office hours"),
        ("10 work hours", ("2026-11-20T17:00", "2026-11-23T09:00"), "2026-11-24 10:00", "a weekend without any"),
        ("10 hours", ("2026-11-20T18:00", "2026-11-20T19:30"), "2026-11-21 03:30", "an hour and a half"),
        ("10 days", ("2026-11-21T10:00", "2026-11-24T10:00"), "2026-12-03 17:00", "three midnights"),
        ("2026-11-30", ("2026-11-21T10:00", "2026-11-24T10:00"), "2026-11-30 17:00", "a date does not move"),
    ],
)
def test_a_pause_gives_back_the_time_inside_it(limit: str, paused: tuple[str, str], deadline: str, why: str) -> None:
    found = due(at("2026-11-20T16:00"), Limit.parse(limit), CN, pauses=[pause(*paused)])
    assert shown(found.at) == deadline, why


@pytest.mark.parametrize("limit", ["5 workdays", "10 work hours", "10 hours", "30 days", "2 months"])
def test_while_the_clock_stands_there_is_no_deadline(limit: str) -> None:
    begin = "2026-11-20T17:30" if limit == "10 hours" else "2026-11-23T10:00"
    found = due(at("2026-11-20T16:00"), Limit.parse(limit), CN, pauses=[pause(begin, None)])
    assert found.at is None
    assert found.day is None
    assert found.local is None
    assert repr(found) == "Due(standing)"
    assert "暂停" in found.receipt.text("zh")
    assert remaining(
        at("2026-11-20T16:00"), at("2026-11-30T16:00"), Limit.parse(limit), CN, pauses=[pause(begin, None)]
    ) == (
        None,
        None,
        None,
    )


def test_a_pause_that_begins_after_the_deadline_holds_nothing() -> None:
    limits = ["5 workdays", "10 work hours", "10 hours", "5 days", "2026-11-30"]
    for limit in map(Limit.parse, limits):
        start = at("2026-11-20T16:00")
        assert due(start, limit, CN, pauses=[pause("2026-12-01T10:00", None)]) == due(start, limit, CN)


def test_a_reopened_clock_does_not_count_the_time_it_was_closed() -> None:
    closed = Pause.while_closed(at("2026-11-24T10:00"), at("2026-11-30T10:00"), "群众不满意，重办", "热线办")
    found = due(at("2026-11-20T16:00"), Limit.parse("5 workdays"), CN, pauses=[closed])
    assert found.day == date(2026, 12, 3)


def test_overlapping_pauses_count_once() -> None:
    one = pause("2026-11-24T10:00", "2026-11-25T18:00")
    two = pause("2026-11-25T10:00", "2026-11-26T10:00")
    three = pause("2026-11-26T10:00", "2026-11-26T10:00")
    found = due(at("2026-11-20T16:00"), Limit.parse("5 workdays"), CN, pauses=[two, three, one])
    assert found == due(
        at("2026-11-20T16:00"), Limit.parse("5 workdays"), CN, pauses=[pause("2026-11-24T10:00", "2026-11-26T10:00")]
    )


def test_running_time_is_wall_time_minus_suspended_time() -> None:
    start, end = at("2026-11-20T16:00"), at("2026-11-24T16:00")
    paused = [pause("2026-11-21T10:00", "2026-11-21T12:00"), pause("2026-11-24T15:00", "2026-11-25T09:00")]
    assert running(start, end, paused) == timedelta(days=4) - timedelta(hours=3)
    assert running(start, start, paused) == timedelta()


# R2.6: an extension is asked for before the deadline, or not at all
@pytest.mark.parametrize(
    ("asked", "more", "last_day", "refused"),
    [
        ("2026-11-27T16:59", "15个工作日", "2026-12-18", 0),
        ("2026-11-27T17:00", "15个工作日", "2026-12-18", 0),
        ("2026-11-27T17:01", "15个工作日", "2026-11-27", 1),
        ("2026-11-25T10:00", "2026-12-04", "2026-12-04", 0),
        ("2026-11-25T10:00", "2026-11-26", "2026-11-27", 1),
        ("2026-11-25T10:00", "2 days", "2026-11-29", 0),
        ("2026-11-25T10:00", "4 work hours", "2026-11-30", 0),
        ("2026-11-25T10:00", "0 workdays", "2026-11-27", 1),
    ],
)
def test_an_extension(asked: str, more: str, last_day: str, refused: int) -> None:
    extension = Extension(Limit.parse(more), "案情复杂", "区热线办", at(asked))
    found = due(at("2026-11-20T16:00"), Limit.parse("5 workdays"), CN, extensions=[extension])
    assert found.day == date.fromisoformat(last_day)
    assert len(found.refused) == refused
    for one in found.refused:
        assert one.reason.speak("zh")
        assert one.reason.speak("en") in found.receipt.text("en")


def test_a_late_extension_is_told_both_moments_on_the_wall_clock() -> None:
    late = Extension(Limit.parse("15 workdays"), "复杂", "热线办", datetime(2026, 11, 30, 2, tzinfo=UTC))
    (refusal,) = due(at("2026-11-20T16:00"), Limit.parse("5 workdays"), CN, extensions=[late]).refused
    assert refusal.extension is late
    assert refusal.reason.speak("zh") == "申请于 2026-11-30 10:00 提出，已过截止时间 2026-11-27 17:00"


def test_a_second_extension_begins_where_the_first_ended() -> None:
    first = Extension(Limit.parse("3 workdays"), "案情复杂", "区热线办", at("2026-11-26T10:00"))
    second = Extension(Limit.parse("2 workdays"), "等待检测", "区热线办", at("2026-12-02T10:00"))
    found = due(at("2026-11-20T16:00"), Limit.parse("5 workdays"), CN, extensions=[second, first])
    assert (found.day, found.refused) == (date(2026, 12, 4), ())


def test_one_that_does_not_count_leaves_the_next_its_chance() -> None:
    asked = at("2026-11-26T10:00")
    short = Extension(Limit.parse("2026-11-20"), "笔误", "区热线办", asked)
    late = Extension(Limit.parse("9 workdays"), "迟交", "区热线办", at("2026-12-03T10:00"))
    good = Extension(Limit.parse("3 workdays"), "案情复杂", "区热线办", at("2026-11-26T11:00"))
    found = due(at("2026-11-20T16:00"), Limit.parse("5 workdays"), CN, extensions=[short, good, late])
    assert found.day == date(2026, 12, 2)
    assert [(one.extension, one.reason.speak("en")) for one in found.refused] == [
        (short, "“20 November 2026” is not later than the present deadline"),
        (late, "it was asked for at 2026-12-03 10:00, after the deadline 2026-12-02 17:00"),
    ]
    found = due(at("2026-11-20T16:00"), Limit.parse("5 workdays"), CN, extensions=[late, late])
    assert [one.extension for one in found.refused] == [late, late]


def test_an_extension_at_a_clock_time_counts_from_the_deadline_not_the_next_opening() -> None:
    more = Extension(Limit.parse("1 workday, same time, from next opening"), "复杂", "热线办", at("2026-11-23T10:00"))
    found = due(at("2026-11-20T20:15"), Limit.parse("1 workday, same time, from next opening"), CN, extensions=[more])
    assert shown(found.at) == "2026-11-25 09:00"


def test_an_extension_asked_while_the_clock_stands_waits_with_it() -> None:
    more = Extension(Limit.parse("3 workdays"), "案情复杂", "区热线办", at("2026-11-26T10:00"))
    found = due(
        at("2026-11-20T16:00"),
        Limit.parse("5 workdays"),
        CN,
        pauses=[pause("2026-11-23T10:00", None)],
        extensions=[more],
    )
    assert (found.at, found.refused) == (None, ())


@pytest.mark.parametrize(
    ("now", "hours", "wall", "workdays"),
    [
        # due on Wednesday 25 November at 17:00; the clock stood on Tuesday 10:00 to 12:00 and on Thursday until 11:00
        ("2026-11-23T16:00", 1 + 6 + 8, 47, 3),
        ("2026-11-25T17:00", 0, 0, 0),
        ("2026-11-26T12:00", -1, -8, 0),
    ],
)
def test_what_is_left_leaves_out_where_the_clock_stands(now: str, hours: int, wall: int, workdays: int) -> None:
    pauses = [
        Pause(at(f"2026-11-{begin}"), at(f"2026-11-{end}"), "鉴定", "王")
        for begin, end in (("24T10:00", "24T12:00"), ("26T00:00", "26T11:00"))
    ]
    left = remaining(at("2026-11-20T10:00"), at(now), Limit.parse("3 workdays"), CN, pauses=pauses)
    assert (left.working, left.wall, left.workdays) == (timedelta(hours=hours), timedelta(hours=wall), workdays)
