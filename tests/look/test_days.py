"""Why 13 October? The table that a clerk reads under the date."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from yiwang.look.days import days_of
from yiwang.look.receipts import rows_of
from yiwang.why import Receipt
from yiwang.worktime import Calendar, Limit, due

SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_five_working_days_over_the_national_day(database: str) -> None:
    found = due(datetime(2026, 9, 30, 17, 6, tzinfo=SHANGHAI), Limit.parse("5 workdays"), Calendar.load("cn"))
    days = days_of(found.receipt, datetime(2026, 10, 12, 10, 26, tzinfo=SHANGHAI))
    assert [(d.day.strftime("%m-%d"), d.weekday, d.counted) for d in days] == [
        ("09-30", "周三", "—"),
        ("10-01", "周四", "—"),
        ("10-02", "周五", "—"),
        ("10-03", "周六", "—"),
        ("10-04", "周日", "—"),
        ("10-05", "周一", "—"),
        ("10-06", "周二", "—"),
        ("10-07", "周三", "—"),
        ("10-08", "周四", "1"),
        ("10-09", "周五", "2"),
        ("10-10", "周六", "3"),
        ("10-11", "周日", "—"),
        ("10-12", "周一", "4"),
        ("10-13", "周二", "5"),
    ]
    said = {d.day.strftime("%m-%d"): (d.note, d.classes) for d in days}
    assert said["09-30"] == ("收到之日不计", "off")
    assert said["10-01"] == ("法定节假日，不计", "off")
    assert said["10-10"] == ("周六，调休上班", "counts made-up")
    assert said["10-11"] == ("休息，不计", "off")
    assert said["10-12"] == ("今天", "counts today")
    assert said["10-13"][0] == "17:00 到期"
    assert said["10-13"][1] == "counts due"
    assert not any(row.sentence.startswith("2026-10-0") for row in rows_of(found.receipt))


def test_a_receipt_that_counts_no_days_has_no_table(database: str) -> None:
    assert days_of(Receipt("在办", 3, [Receipt("热线", 3)]), datetime.now(SHANGHAI)) == []


def test_the_due_day_is_marked_inside_a_larger_receipt_too(database: str) -> None:
    found = due(datetime(2026, 11, 11, 14, 13, tzinfo=SHANGHAI), Limit.parse("5 workdays"), Calendar.load("cn"))
    whole = Receipt("办理时限", found.at, [Receipt("规则"), found.receipt])
    last = days_of(whole, datetime(2026, 11, 12, 9, 0, tzinfo=SHANGHAI))[-1]
    assert (last.day.isoformat(), last.note, last.classes) == ("2026-11-18", "17:00 到期", "counts due")


@pytest.mark.parametrize("limit", ["12 days", "200 hours", "3 workdays", "40 work hours", "1 months"])
def test_no_day_that_counts_is_told_as_one_that_does_not(database: str, limit: str) -> None:
    """A clock of hours or of natural days runs on through a weekend and a holiday."""
    begins = datetime(2026, 9, 26, 11, 4, tzinfo=SHANGHAI)
    days = days_of(due(begins, Limit.parse(limit), Calendar.load("cn")).receipt, begins)
    assert [day for day in days if "不计" in day.note and day.counted != "—"] == []
    off = [day for day in days if day.classes.startswith("off") and day.day.isoformat() > "2026-09-26"]
    assert [day for day in off if not day.note] == []
