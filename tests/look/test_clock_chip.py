"""What a clock's chip says at 10:26 on Monday, 12 October 2026."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 10, 12, 10, 26, tzinfo=SHANGHAI)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("clock", "kind", "text"),
    [
        ({"due": at("10-12 10:54")}, "soon", "剩 28 分"),
        ({"due": at("10-12 12:25")}, "soon", "剩 1 小时 59 分"),
        ({"due": at("10-12 12:26")}, "today", "今天 12:26"),
        ({"due": at("10-12 17:30")}, "today", "今天 17:30"),
        ({"due": at("10-13 00:00")}, "today", "今天 24:00"),  # midnight ends the day before
        ({"due": at("10-14 00:00")}, "today", "明天 24:00"),
        ({"due": at("10-15 00:00")}, "enough", "剩 2 工作日"),
        ({"due": at("10-20 00:00")}, "enough", "剩 5 工作日"),
        ({"due": at("10-12 10:12")}, "over", "超 14 分"),
        ({"due": at("10-12 10:54"), "paused": "等材料"}, "pause", "挂起 等材料"),
        ({"due": at("10-12 10:54"), "paused": True}, "pause", "挂起"),
        ({"due": at("10-12 11:00"), "started": at("10-12 10:12"), "stopped": at("10-12 10:26")}, "met", "14 分完成"),
        ({"due": at("10-12 10:00"), "stopped": at("10-12 10:14")}, "late", "晚 14 分"),
        ({"due": at("12-31 00:00"), "provisional": True}, "provisional", "暂定 12-30"),
        ({"due": "2026-10-12T02:54:00+00:00"}, "soon", "剩 28 分"),  # UTC text, as stored
        ({"due": None}, "pause", "未定期限"),
    ],
)
def test_chip(database: str, clock: dict[str, Any], kind: str, text: str) -> None:
    from yiwang.look.clocks import chip_of

    chip = chip_of(clock, NOW)
    assert (chip.kind, chip.text) == (kind, text)


def test_before_a_holiday_the_next_working_day_is_named(database: str) -> None:
    from yiwang.look.clocks import chip_of

    eve = at("09-30 10:00")  # 1 to 7 October 2026 are days off
    assert chip_of({"due": at("10-09 00:00")}, eve).text == "10-08 24:00"
    assert chip_of({"due": at("10-10 00:00")}, eve).text == "剩 2 工作日"


def test_in_english(database: str) -> None:
    from django.utils import translation

    from yiwang.look.clocks import chip_of

    with translation.override("en"):
        assert chip_of({"due": at("10-12 10:54"), "title": {"zh": "派单", "en": "Assign"}}, NOW).text == "28 min left"
