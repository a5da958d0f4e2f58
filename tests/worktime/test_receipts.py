"""Receipts that a clerk reads: every day with what it was and the running count."""

from __future__ import annotations

from datetime import datetime

import pytest

from yiwang.worktime import Calendar, Extension, Limit, Pause, due

from .wall_clock import CN, LUNCH, at

REST = ("Fri", "Sat", "Sun", "Mon", "Tue", "Wed")


def read(start: str, limit: str, calendar: Calendar = CN, language: str = "en", **more) -> list[str]:
    """The lines of a receipt without the sources of the days."""
    text = due(at(start), Limit.parse(limit), calendar, **more).receipt.text(language)
    return [line.split(" [")[0] for line in text.splitlines()]


def test_work_hours_are_counted_as_a_running_sum() -> None:
    assert read("2026-11-20T16:00", "10 work hours", LUNCH) == [
        "“10 work hours” ends: 2026-11-24 10:30",
        "  received 2026-11-20 16:00 (Fri)",
        "  counting “10 work hours”: 2026-11-24 10:30",
        "    2026-11-20 Fri workday: 1 h 30 min",
        "    2026-11-21 Sat weekend",
        "    2026-11-22 Sun weekend",
        "    2026-11-23 Mon workday: 8 h 30 min",
        "    2026-11-24 Tue workday: 10 h",
    ]


def test_hours_are_counted_day_and_night() -> None:
    assert read("2026-11-20T16:00", "40 hours")[3:] == [
        "    2026-11-20 Fri workday: 8 h",
        "    2026-11-21 Sat weekend: 1 d 8 h",
        "    2026-11-22 Sun weekend: 1 d 16 h",
    ]


def test_a_pause_and_an_extension_stand_in_it() -> None:
    paused = Pause(at("2026-11-24T10:00"), at("2026-11-25T10:00"), "鉴定", "王科长")
    more = Extension(Limit.parse("1个工作日"), "复杂", "热线办", at("2026-11-25T12:00"))
    assert read("2026-11-23T10:00", "2个工作日", language="zh", pauses=[paused], extensions=[more]) == [
        "“2个工作日”截止时间：2026-11-27 17:00",
        "  2026-11-23 10:00（周一）收到",
        "  2026-11-24 10:00 至 2026-11-25 10:00 暂停：鉴定（王科长 批准）",
        "  计数“2个工作日”：2026-11-26 17:00",
        "    2026-11-23 周一 工作日，收到之日不计",
        "    2026-11-24 周二 工作日，时钟暂停，不计",
        "    2026-11-25 周三 工作日：1",
        "    2026-11-26 周四 工作日：2",
        "  延期“1个工作日”：2026-11-27 17:00",
        "    2026-11-27 周五 工作日：1",
    ]


def test_pauses_are_told_in_order_and_taken_from_hours() -> None:
    late = Pause(at("2026-11-23T15:00"), at("2026-11-23T16:00"), "乙", "王")
    early = Pause(at("2026-11-23T10:00"), at("2026-11-23T11:00"), "甲", "王")
    lines = read("2026-11-23T09:00", "6 work hours", pauses=[late, early])
    assert [line for line in lines if "paused" in line] == [
        "  paused 2026-11-23 10:00 to 2026-11-23 11:00: 甲 (approved by 王)",
        "  paused 2026-11-23 15:00 to 2026-11-23 16:00: 乙 (approved by 王)",
    ]
    assert lines[-1] == "    2026-11-23 Mon workday, the clock stood 2 h: 6 h"
    assert lines[0].endswith("2026-11-23 17:00")


def test_a_day_on_which_the_clock_of_hours_stood_says_so() -> None:
    paused = Pause(at("2026-11-20T17:00"), at("2026-11-24T10:00"), "鉴定", "王科长")
    assert read("2026-11-20T16:00", "3 work hours", pauses=[paused])[4:] == [
        "    2026-11-20 Fri workday: 1 h",
        "    2026-11-21 Sat weekend",
        "    2026-11-22 Sun weekend",
        "    2026-11-23 Mon workday, the clock stood, not counted",
        "    2026-11-24 Tue workday, the clock stood 1 h: 3 h",
    ]
    assert (
        read("2026-11-20T16:00", "3 hours", pauses=[paused])[5]
        == "    2026-11-21 Sat weekend, the clock stood, not counted"
    )


def test_a_clock_that_stands() -> None:
    standing = Pause(at("2026-11-24T10:00"), None, "鉴定", "王科长")
    assert read("2026-11-20T10:00", "5 workdays", pauses=[standing]) == [
        "“5 workdays”: the clock stands; it gets a deadline when it runs again",
        "  received 2026-11-20 10:00 (Fri)",
        "  paused since 2026-11-24 10:00: 鉴定 (approved by 王科长)",
        "  counting “5 workdays”",
        "    2026-11-20 Fri workday, day of receipt, not counted",
        "    2026-11-21 Sat weekend",
        "    2026-11-22 Sun weekend",
        "    2026-11-23 Mon workday: 1",
        "    2026-11-24 Tue workday, the clock stood, not counted",
    ]


@pytest.mark.parametrize(
    ("start", "limit", "last_lines"),
    [
        (
            "2026-09-29T10:00",
            "2 days, roll forward",
            [
                "    2026-09-29 Tue workday, day of receipt, not counted",
                "    2026-09-30 Wed workday: 1",
                "    2026-10-01 Thu day off (National Day): 2",
                *(f"    2026-10-0{n} {day} day off (National Day)" for n, day in enumerate(REST, start=2)),
                "    2026-10-08 Thu workday, moved here from 2026-10-01, a day off",
            ],
        ),
        (
            "2026-09-29T10:00",
            "2 days, roll back",
            [
                "    2026-09-29 Tue workday, day of receipt, not counted",
                "    2026-09-30 Wed workday: 1",
                "    2026-10-01 Thu day off (National Day), a day off, moved back to 2026-09-30: 2",
            ],
        ),
        ("2026-09-29T10:00", "2026-10-03", ["    2026-10-03 Sat day off (National Day), the named date"]),
        (
            "2026-09-29T10:00",
            "2026-10-03, roll back",
            ["    2026-09-30 Wed workday, moved here from 2026-10-03, a day off"],
        ),
        ("2026-09-29T10:00", "0 workdays", ["    2026-09-29 Tue workday"]),
        (
            "2026-09-29T10:00",
            "2 workdays, receipt day counted",
            ["    2026-09-29 Tue workday: 1", "    2026-09-30 Wed workday: 2"],
        ),
    ],
)  # fmt: skip
def test_last_lines(start: str, limit: str, last_lines: list[str]) -> None:
    assert read(start, limit)[3:] == last_lines


def test_a_receipt_at_night_says_from_when_it_counts() -> None:
    lines = read("2026-11-20T20:00", "1 workday, from next opening")
    assert lines[1] == "  received 2026-11-20 20:00 (Fri) outside office hours, counted from 2026-11-23 09:00"


def test_unpublished_years_and_half_days_and_sources() -> None:
    own = CN.amended(
        name="own",
        days=[
            {"date": "2026-12-31", "kind": "half", "hours": "09:00-12:00", "name": "年末", "source": "区通知"},
            {"date": "2026-12-30", "kind": "half", "hours": "09:00-12:00"},
            {"date": "2026-12-29", "kind": "off"},
            {"date": "2026-12-27", "kind": "work"},
        ],
    )
    receipt = due(at("2026-12-26T10:00"), Limit.parse("5 workdays"), own).receipt
    assert receipt.source == CN.years[2026]
    assert receipt.text("zh").replace(f" [{receipt.source}]", "").splitlines() == [
        "“5个工作日”截止时间（暂定）：2027-01-01 17:00",
        "  2026-12-26 10:00（周六）收到",
        "  计数“5个工作日”：2027-01-01 17:00",
        "    2026-12-26 周六 周末",
        "    2026-12-27 周日 调休上班：1 [own]",
        "    2026-12-28 周一 工作日：2",
        "    2026-12-29 周二 放假 [own]",
        "    2026-12-30 周三 半天上班：3 [own]",
        "    2026-12-31 周四 半天上班（年末）：4 [区通知]",
        "    2027-01-01 周五 工作日（暂定）：5",
        "  以下年份的放假调休安排尚未公布，公布后重新计算：2027",
    ]


def test_a_calendar_without_notices_has_no_source() -> None:
    always = Calendar.from_mapping({"years": "all"})
    found = due(datetime.fromisoformat("2026-11-23T10:00+08:00"), Limit.parse("1 workday"), always)
    assert found.receipt.source is None
    assert found.receipt is found.receipt
