"""The rule book's own examples, as a clerk would check them with a wall calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.worktime.wall_clock import CN, LUNCH, MIDNIGHT, at, pause, shown
from yiwang.worktime import (
    Extension,
    InstantError,
    Limit,
    LimitError,
    Pause,
    due,
    due_many,
    elapsed,
    elapsed_workdays,
    remaining,
)


@pytest.mark.parametrize(
    ("received", "limit", "last_day", "why"),
    [
        ("2026-02-13T10:00", "1个工作日", "2026-02-14", "a Saturday that is worked before Spring Festival"),
        ("2026-02-13T10:00", "5个工作日", "2026-02-27", "over Spring Festival"),
        ("2026-02-13T10:00", "15个工作日", "2026-03-12", "and over the make-up Saturday after it"),
        ("2025-09-26T10:00", "5个工作日", "2025-10-10", "over National Day and Mid-Autumn"),
        ("2024-04-30T10:00", "3个工作日", "2024-05-08", "over Labour Day"),
        ("2026-02-16T10:00", "1个工作日", "2026-02-24", "received on the holiday itself"),
        ("2026-02-13T23:59", "1个工作日", "2026-02-14", "received at night: still the 13th"),
        ("2026-06-01T10:00", "90日", "2026-08-30", "calendar days ask no holidays"),
        ("2026-02-13T10:00", "2026-06-30", "2026-06-30", "a date is a date"),
        ("2026-02-13T10:00", "上半年", "2026-06-30", "the end of June of the year of the start"),
        ("2026-02-13T10:00", "三季度末", "2026-09-30", ""),
        ("2026-02-13T10:00", "年底前", "2026-12-31", ""),
        ("2026-02-13T10:00", "10月底", "2026-10-31", ""),
        ("2026-02-13T10:00", "月底", "2026-02-28", "this month's"),
        ("2026-05-13T10:00", "季度末", "2026-06-30", "this quarter's"),
        ("2026-01-31T10:00", "1个月", "2026-02-28", "no 31 February: the month's last day"),
        ("2025-11-30T10:00", "3个月", "2026-02-28", "over the year's end"),
        ("2026-02-13T10:00", "当日", "2026-02-13", "by the end of today"),
        ("2026-02-13T18:00", "当个工作日", "2026-02-14", "the office has closed: the next working day"),
        ("2026-02-15T10:00", "当个工作日", "2026-02-24", "received on a day off"),
        ("2023-02-01T10:00", "2月29日", "2023-02-28", "not a leap year"),
        ("2026-02-13T10:00", "2个工作日, 含当日", "2026-02-14", "the day of receipt counts by setting"),
        ("2026-02-13T18:00", "1个工作日, 含当日", "2026-02-14", "but not after the office has closed"),
        (
            "2026-02-13T18:00",
            "1个工作日, 次一上班时起",
            "2026-02-24",
            "a night receipt by setting counts as the 14th's",
        ),
        ("2026-09-01T10:00", "30日, 遇休顺延", "2026-10-08", "ends on 1 October: moved over the holiday"),
        ("2026-09-01T10:00", "30日, 遇休提前", "2026-09-30", "or moved before it"),
        ("2026-09-01T10:00", "30日", "2026-10-01", "or left where it is"),
        ("2026-09-26T10:00", "1日, 遇休提前", "2026-09-28", "never moved before its own receipt"),
        ("2026-09-01T10:00", "10月3日, 遇休提前", "2026-09-30", "a date rolls back as well"),
        ("2026-01-15T10:00", "1个月, 含当日", "2026-02-14", "a month whose first day is the 15th"),
    ],
)
def test_last_day(received: str, limit: str, last_day: str, why: str) -> None:
    found = due(at(received), Limit.parse(limit), CN)
    assert found.day == date.fromisoformat(last_day), why
    assert not found.provisional


MAKE_UP_DAYS = {
    2024: "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    2025: "01-26 02-08 04-27 09-28 10-11",
    2026: "01-04 02-14 02-28 05-09 09-20 10-10",
}


@pytest.mark.parametrize(("year", "days"), MAKE_UP_DAYS.items())
def test_make_up_days_of_the_year(year: int, days: str) -> None:
    every = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    worked = [day for day in every if day.year == year and CN.day(day).kind == "makeup"]
    assert [day.strftime("%m-%d") for day in worked] == days.split()
    assert all(day.weekday() >= 5 and CN.day(day).working for day in worked)


def test_the_country_publishes_2004_to_2026() -> None:
    assert [year for year in range(2000, 2030) if CN.covers(year)] == list(range(2004, 2027))
    assert all(str(year) in notice for year, notice in CN.years.items())


@pytest.mark.parametrize(
    ("received", "limit", "deadline", "why"),
    [
        ("2026-11-20T16:00", "4工作时", "2026-11-23 12:00", "Friday 16:00: one hour left, three on Monday"),
        ("2026-11-20T16:00", "4紧急工作时", "2026-11-20 20:00", "the urgent clock never stops"),
        ("2026-11-20T16:00", "1 work hour", "2026-11-20 17:00", "to the minute of the close"),
        ("2026-11-20T17:00", "1 work hour", "2026-11-23 10:00", "received at the close"),
        ("2026-11-21T03:00", "8 work hours", "2026-11-23 17:00", "received at night"),
        ("2026-11-20T23:50", "30 minutes", "2026-11-21 00:20", "minutes run at night"),
        ("2026-11-20T16:00", "0 work hours", "2026-11-20 16:00", "at once"),
        ("2026-11-20T16:20", "2 workdays, same time", "2026-11-24 16:20", "two days of the clock"),
        ("2026-11-21T16:20", "2 workdays, same time", "2026-11-24 16:20", "received on a Saturday"),
        (
            "2026-11-21T16:20",
            "2 workdays, same time, from next opening",
            "2026-11-25 09:00",
            "counted from Monday 09:00",
        ),
        (
            "2026-11-20T08:00",
            "2 workdays, same time, from next opening",
            "2026-11-24 09:00",
            "before the office opened",
        ),
        ("2026-11-20T23:50", "2 hours, from next opening", "2026-11-23 11:00", "only a limit that says so waits"),
        ("2026-11-20T16:20", "30 days, same time", "2026-12-20 16:20", "a Sunday, at the same time"),
        ("2026-11-20T16:20", "2 workdays", "2026-11-24 17:00", "to office close"),
        ("2026-11-20T16:20", "2 workdays, to midnight", "2026-11-25 00:00", "24:00 of the 24th"),
        ("2026-11-20T16:20", "1 day", "2026-11-22 00:00", "a Saturday has no close: 24:00"),
        ("2026-11-20T16:20", "30 November, same time", "2026-11-30 17:00", "a date has no time of day of its own"),
    ],
)
def test_deadline_to_the_minute(received: str, limit: str, deadline: str, why: str) -> None:
    assert shown(due(at(received), Limit.parse(limit), CN).at) == deadline, why


@pytest.mark.parametrize(
    ("received", "limit", "deadline"),
    [
        ("2026-11-20T11:00", "2 work hours", "2026-11-20 14:30"),
        ("2026-11-20T12:10", "1 work hour", "2026-11-20 14:30"),
        ("2026-11-20T12:00", "30 work minutes", "2026-11-20 14:00"),
        ("2026-11-20T11:00", "1 work hour", "2026-11-20 12:00"),
        ("2026-11-20T12:10", "1 workday, same time, from next opening", "2026-11-23 13:30"),
        ("2026-11-20T09:00", "7 work hours", "2026-11-20 17:30"),
    ],
)
def test_lunch_is_no_working_time(received: str, limit: str, deadline: str) -> None:
    assert shown(due(at(received), Limit.parse(limit), LUNCH).at) == deadline


def test_half_day_ends_at_its_own_close() -> None:
    half = CN.amended(days=[{"date": "2026-11-24", "kind": "half", "hours": "09:00-12:00", "name": "防台"}])
    assert shown(due(at("2026-11-23T10:00"), Limit.parse("1 workday"), half).at) == "2026-11-24 12:00"
    assert shown(due(at("2026-11-24T11:00"), Limit.parse("2 work hours"), half).at) == "2026-11-25 10:00"


# R0.2: a year whose calendar has not been published
@pytest.mark.parametrize(
    ("received", "limit", "provisional"),
    [
        ("2026-12-21T10:00", "8 workdays", False),
        ("2026-12-21T10:00", "9 workdays", True),
        ("2027-03-01T10:00", "4 work hours", True),
        ("2027-03-01T10:00", "4 hours", False),
        ("2027-03-01T10:00", "30 days, to midnight", False),
        ("2027-03-01T10:00", "30 days, to midnight, roll forward", True),
        ("2027-03-01T10:00", "30 days", True),  # when that day closes is not known yet
        ("2026-03-01T10:00", "2027-06-30, to midnight", False),
        ("2026-12-31T18:00", "1 hour, from next opening", True),
        ("2003-12-31T10:00", "1 workday", True),
    ],
)
def test_a_year_without_data_is_never_silent(received: str, limit: str, provisional: bool) -> None:
    found = due(at(received), Limit.parse(limit), CN)
    assert found.provisional is provisional
    assert ("provisional" in found.receipt.sentence("en")) is provisional
    assert ("暂定" in found.receipt.sentence("zh")) is provisional
    assert ("尚未公布" in found.receipt.text("zh")) is provisional


def test_the_notice_of_the_next_year_settles_a_provisional_deadline() -> None:
    before = due(at("2026-12-28T10:00"), Limit.parse("5 workdays"), CN)
    published = CN.amended(days=[{"from": "2027-01-01", "to": "2027-01-03", "kind": "off"}], years={2027: "notice"})
    after = due(at("2026-12-28T10:00"), Limit.parse("5 workdays"), published)
    assert (before.provisional, after.provisional) == (True, False)
    assert (before.day, after.day) == (date(2027, 1, 4), date(2027, 1, 5))


@pytest.mark.parametrize(
    ("start", "limit", "ends"),
    [
        ("2026-03-31T10:00", "end of quarter", "2026-03-31 17:00"),
        ("2026-04-01T10:00", "end of quarter", "2026-06-30 17:00"),
        ("2026-06-30T10:00", "end of quarter", "2026-06-30 17:00"),
        ("2026-12-31T10:00", "end of quarter", "2026-12-31 17:00"),
        ("2026-03-02T10:00", "10 June", "2026-06-10 17:00"),
        ("2026-03-02T10:00", "1 June", "2026-06-01 17:00"),
        ("2026-03-02T10:00", "30 June", "2026-06-30 17:00"),
        ("2025-03-02T10:00", "29 February", "2025-02-28 17:00"),
        ("2026-03-02T10:20:30.123456", "1 workday, same time", "2026-03-03 10:20:30.123456"),
        ("2026-03-02T00:00:30", "1 workday, same time", "2026-03-03 00:00:30"),
        ("2026-03-02T10:20:30.123456", "2 work hours", "2026-03-02 12:20:30.123456"),
    ],
)
def test_quarters_days_of_the_year_and_fractions_of_a_second(start: str, limit: str, ends: str) -> None:
    alone = due(at(start), Limit.parse(limit), CN)
    wanted = datetime.fromisoformat(ends).replace(tzinfo=CN.zone)
    assert alone.at == wanted
    assert due_many([at(start)], [Limit.parse(limit)], CN).tolist() == [wanted.astimezone(UTC).replace(tzinfo=None)]


def test_the_24th_hour_belongs_to_the_day_it_ends() -> None:
    found = due(at("2026-02-13T10:00"), Limit.parse("1 workday"), MIDNIGHT)
    assert found.at == datetime(2026, 2, 14, 16, tzinfo=UTC)
    assert found.day == date(2026, 2, 14)
    assert found.receipt.value == "2026-02-14 24:00"
    assert found.receipt.at == at("2026-02-13T10:00")


def test_elapsed_and_remaining() -> None:
    start, now = at("2026-11-20T16:00"), at("2026-11-24T10:00")
    limit = Limit.parse("20 work hours")
    assert elapsed(start, now, CN) == timedelta(hours=1 + 8 + 1)
    assert elapsed(now, start, CN) == timedelta()
    assert elapsed_workdays(start, now, CN) == 1
    assert elapsed_workdays(start, at("2026-11-24T17:00"), CN) == 2
    monday, paused = at("2026-11-23T10:00"), [pause("2026-11-24T10:00", "2026-11-26T10:00")]
    assert elapsed_workdays(monday, at("2026-11-25T17:00"), CN) == 2
    assert elapsed_workdays(monday, at("2026-11-27T17:00"), CN, pauses=paused) == 2
    counted = Limit.parse("1 day, receipt day counted").conventions
    assert elapsed_workdays(monday, at("2026-11-24T17:00"), CN, conventions=counted) == 2
    left = remaining(start, now, limit, CN)
    assert left.working == timedelta(hours=10)
    assert left.wall == timedelta(days=1, hours=2)
    assert left.workdays == 1
    more = Extension(Limit.parse("8 work hours"), "复杂", "热线办", now)
    assert remaining(start, now, limit, CN, extensions=[more]).working == timedelta(hours=18)
    late = remaining(start, at("2026-11-27T12:00"), limit, CN)
    assert (late.working, late.workdays) == (timedelta(hours=-16), -2)
    assert late.wall == -timedelta(days=2)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda: due(datetime(2026, 1, 1), Limit.parse("1 workday"), CN), "2026-01-01 00:00:00 has no time zone"),
        (lambda: due(at("1850-01-01T00:00"), Limit.parse("1 workday"), CN), "1900"),
        (lambda: due(at("2390-01-01T00:00"), Limit.parse("50 years, roll forward"), CN), "2400"),
        (lambda: pause("2026-11-24T10:00", "2026-11-23T10:00"), "before it begins"),
        (lambda: Pause(at("2026-11-24T10:00"), None, " ", "王"), "reason"),
        (lambda: Pause(at("2026-11-24T10:00"), None, "x", ""), "approved"),
        (lambda: Pause(datetime(2026, 1, 1), None, "x", "y"), "2026-01-01 00:00:00 has no time zone"),
        (lambda: Extension(Limit.parse("1 day"), "", "y", at("2026-11-24T10:00")), "reason"),
        (lambda: Extension(Limit.parse("1 day"), "x", "y", datetime(2026, 1, 1)), "2026-01-01 00:00:00 has no time"),
        (lambda: Limit(Limit.parse("1 day").unit, -1), "not understood"),
        (lambda: due(datetime(2026, 1, 1), Limit.parse("1 workday"), CN), r"tzinfo=calendar\.zone"),
        (lambda: due("2026-01-01T10:00", Limit.parse("1 workday"), CN), "'2026-01-01T10:00' is not a moment"),
        (lambda: due(date(2026, 1, 1), Limit.parse("1 workday"), CN), "'2026-01-01' is not a moment"),
        (lambda: elapsed(at("2026-01-01T10:00"), "tomorrow", CN), "'tomorrow' is not a moment"),
        (lambda: due(at("2026-01-01T10:00"), "1 workday", CN), "'1 workday' is not a limit"),
        (lambda: due(datetime.max.replace(tzinfo=UTC), Limit.parse("1 hour"), CN), "1900"),
        (lambda: due(datetime.min.replace(tzinfo=UTC), Limit.parse("1 hour"), CN), "1900"),
        (lambda: elapsed(at("2026-01-01T10:00"), datetime.max.replace(tzinfo=UTC), CN), "1900"),
        (lambda: Pause(at("2026-11-24T10:00"), None, None, "王"), "reason"),
        (
            lambda: elapsed(
                at("2026-01-01T10:00"), at("2026-01-02T10:00"), CN, pauses=[(at("2026-01-01T11:00"), None)]
            ),
            r"'tuple' is not a pause; write Pause\(start",
        ),
        (
            lambda: due(at("2026-01-01T10:00"), Limit.parse("1 day"), CN, extensions=[Limit.parse("2 days")]),
            "'Limit' is not an extension",
        ),
        (lambda: Extension("2 days", "x", "y", at("2026-11-24T10:00")), "'2 days' is not a limit"),
    ],
)
def test_what_cannot_be_counted_is_said_in_a_sentence(wrong, says: str) -> None:
    with pytest.raises((InstantError, LimitError), match=says) as raised:
        wrong()
    assert raised.value.words.speak("zh")


def test_deadlines_compare_by_instant_and_certainty() -> None:
    one = due(at("2026-11-20T16:00"), Limit.parse("5 workdays"), CN)
    two = due(at("2026-11-20T11:00"), Limit.parse("5 workdays"), CN)
    assert one == two
    assert len({one, two}) == 1
    assert one != due(at("2026-11-20T16:00"), Limit.parse("6 workdays"), CN)
    assert one != one.at
    assert hash(one) != hash(due(at("2026-11-20T16:00"), Limit.parse("6 workdays"), CN))
    assert repr(one) == "Due(2026-11-27T17:00:00+08:00)"
    provisional = due(at("2026-12-30T16:00"), Limit.parse("3 workdays"), CN)
    assert repr(provisional) == "Due(2027-01-04T17:00:00+08:00, provisional)"
    unpublished = CN.amended(years={2027: "notice"})
    assert provisional != due(at("2026-12-30T16:00"), Limit.parse("3 workdays"), unpublished)
