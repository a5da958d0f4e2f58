"""Many clocks at once, at the edges: years, zones, tables that are too short, input that is no instant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.worktime import strategies
from yiwang.worktime import Calendar, DueArray, InstantError, Limit, LimitError, due, due_many, elapsed, elapsed_many
from yiwang.worktime.table import FIRST, LAST

LIMITS = [
    "0 workdays",
    "1 workday",
    "300 workdays",
    "0 work hours",
    "9 work hours",
    "4000 work hours",
    "9 hours, from next opening",
    "9 hours",
    "0 days",
    "400 days",
    "30 months",
    "1 month, receipt day counted",
    "1 day, roll back",
    "1 day, roll forward",
    "2 workdays, same time, from next opening",
    "1990-01-06",
    "1990-01-06, roll back",
    "2060-01-01, roll forward",
    "end of month, to midnight",
    "end of quarter, same time",
]
EDGES = [
    "2026-01-01T02:00",  # still 2025 in New York
    "2025-12-31T23:30",
    "2025-03-09T06:59:59.999999",  # the hour that New York's clocks skip
    "2025-03-09T07:00",
    "2025-11-02T05:30",  # the hour that they show twice
    "2025-11-02T06:30",
]


def calendars() -> list[Calendar]:
    some = [{"zone": "America/New_York"}, {"zone": "America/Havana", "hours": "00:00-24:00"}, {"week": ["fri"]}]
    return [Calendar.from_mapping(one | {"years": [2025, 2026]}) for one in some]


@pytest.mark.parametrize("text", LIMITS)
def test_the_same_as_one_by_one(text: str) -> None:
    limit = Limit.parse(text)
    starts = [datetime.fromisoformat(edge).replace(tzinfo=UTC) for edge in EDGES]
    for fresh in calendars():
        alone = Calendar.from_mapping({"zone": str(fresh.zone), "years": [2025, 2026]})  # its table begins with 2025
        assert due_many(starts[:1], limit, alone).tolist() == [due(starts[0], limit, alone).at.replace(tzinfo=None)]
        found = due_many(starts, limit, fresh)
        one_by_one = [due(start, limit, fresh) for start in starts]
        assert found.tolist() == [one.at.replace(tzinfo=None) for one in one_by_one]
        assert found.provisional.tolist() == [one.provisional for one in one_by_one]


def test_an_array_of_instants_is_utc_and_stays_in_order() -> None:
    cn = Calendar.load("cn")
    starts = np.array(["2026-02-24T02:00", "2026-02-13T02:00"], "datetime64[m]")
    found = due_many(starts, [Limit.parse("1 workday"), Limit.parse("4 hours")], cn)
    assert isinstance(found, DueArray)
    assert found.tolist() == [datetime(2026, 2, 25, 9), datetime(2026, 2, 13, 6)]
    assert found.dtype == np.dtype("datetime64[us]")
    assert found[:1].provisional is None
    empty = due_many([], Limit.parse("1 workday"), cn)
    assert (len(empty), len(empty.provisional)) == (0, 0)
    assert len(due_many([], [], cn)) == 0


def test_a_start_and_a_limit_for_each() -> None:
    cn = Calendar.load("cn")
    starts = [datetime(2026, 1, 1, tzinfo=UTC)] * 2
    for limits, says in (([Limit.parse("1 day")], "2 starts but 1 limits"), ("1 day", "'1 day' is not a limit")):
        with pytest.raises(LimitError, match=says):
            due_many(starts, limits, cn)


def test_a_pandas_column_is_read_in_its_own_zone() -> None:
    pandas = pytest.importorskip("pandas")
    cn = Calendar.load("cn")
    column = pandas.Series([datetime(2026, 2, 13, 10, tzinfo=cn.zone), datetime(2026, 7, 1, 3, tzinfo=cn.zone)])
    limits = pandas.Series([Limit.parse("1 workday"), Limit.parse("3 hours")], index=[7, 5])
    expected = [datetime(2026, 2, 14, 9), datetime(2026, 6, 30, 22)]
    for starts in (column, pandas.DatetimeIndex(column), column.dt.tz_convert("America/New_York"), list(column)):
        assert due_many(starts, limits, cn).tolist() == expected
    with pytest.raises(InstantError, match="no time zone"):
        due_many(column.dt.tz_localize(None), limits, cn)
    with pytest.raises(InstantError, match="empty"):
        due_many(pandas.Series([column[0], pandas.NaT]), limits, cn)


@pytest.mark.parametrize(
    ("starts", "says"),
    [
        (np.array(["NaT"], "datetime64[us]"), "empty"),
        (np.array(["1850-01-01"], "datetime64[us]"), "1900 to 2400"),
        (np.array(["2026-01-01", "12000-01-01"], "datetime64[us]"), "1900 to 2400"),
        ([datetime(2026, 1, 1)], "no time zone"),
        (["2026-01-01"], "is not a moment"),
    ],
)
def test_what_is_no_instant_is_refused(starts, says: str) -> None:
    with pytest.raises(InstantError, match=says):
        due_many(starts, Limit.parse("1 workday"), Calendar.load("cn"))


def test_numpy_is_loaded_by_name_only() -> None:
    import yiwang.worktime as room

    assert room.due_many is due_many
    with pytest.raises(AttributeError):
        _ = room.no_such_name


@pytest.mark.parametrize(
    ("limit", "day"),
    [("2026-01-01, roll back", "2025-12-31"), ("2027-12-31, roll forward", "2028-01-03"), ("1 workday", "2026-01-02")],
)
def test_a_roll_may_leave_the_years_that_were_counted(limit: str, day: str) -> None:
    """The table of a calendar holds its published years and one more; both ways of counting look further."""
    days = [{"date": "2026-01-01", "kind": "off"}, {"date": "2027-12-31", "kind": "off"}]
    start = datetime(2025, 12, 31, 20, tzinfo=UTC)  # the 1st of January in Shanghai
    one = due(start, Limit.parse(limit), Calendar.from_mapping({"years": [2026], "days": days}))
    many = due_many([start], Limit.parse(limit), Calendar.from_mapping({"years": [2026], "days": days}))
    assert str(one.day) == day
    assert many.tolist() == [one.at.replace(tzinfo=None)]


def test_a_receipt_after_the_last_opening_waits_for_the_next_table() -> None:
    calendar = Calendar.from_mapping({"years": [2026], "conventions": "from next opening"})
    start = datetime(2027, 12, 31, 12, tzinfo=UTC)
    found = due_many([start], Limit.parse("1 workday"), calendar)
    assert found.tolist() == [due(start, Limit.parse("1 workday"), calendar).at.replace(tzinfo=None)]


@settings(deadline=None)
@given(strategies.calendars(), st.lists(st.tuples(strategies.instants, strategies.instants), max_size=6))
def test_many_spans_are_what_each_of_them_is(calendar: Calendar, pairs: list[tuple[datetime, datetime]]) -> None:
    found = elapsed_many([start for start, _ in pairs], [end for _, end in pairs], calendar)
    assert list(found.astype(object)) == [elapsed(start, end, calendar) for start, end in pairs]


@pytest.mark.parametrize("hours", ["00:00-24:00", "09:00-12:00 13:30-17:30"])
def test_spans_at_the_edges_of_the_table_and_of_the_hours(hours: str) -> None:
    calendar = Calendar.from_mapping({"zone": "UTC", "years": [2026], "week": ["thu", "fri"], "hours": hours})
    texts = "2025-12-31T23:59 2026-01-01T00:00 2026-01-01T09:00 2026-01-01T12:00 2026-01-01T12:30 2026-01-02T17:30"
    moments = [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in [*texts.split(), "2027-12-31T23:59"]]
    pairs = [(a, b) for a in moments for b in moments]  # ends before starts too
    found = elapsed_many([a for a, _ in pairs], [b for _, b in pairs], calendar)
    assert found.dtype == np.dtype("timedelta64[us]")
    assert list(found.astype(object)) == [elapsed(a, b, calendar) for a, b in pairs]


def test_no_spans_and_spans_too_far_away() -> None:
    cn = Calendar.load("cn")
    none = elapsed_many([], [], cn)
    assert (none.tolist(), none.dtype) == ([], np.dtype("timedelta64[us]"))
    just = timedelta(microseconds=1)
    first, last = (datetime(1970, 1, 1, tzinfo=UTC) + edge * just for edge in (FIRST, LAST))
    assert elapsed_many([first], [first], cn).tolist() == [timedelta()]
    for start, end in ((first - just, first), (first, last), (last, last), (first - just, last)):
        with pytest.raises(InstantError, match=r"calendars count the years 1900 to 2400 only"):
            elapsed_many([start], [end], cn)
