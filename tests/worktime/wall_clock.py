"""Moments and pauses as a clerk of Shanghai would write them, and the calendars that they are counted by."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from yiwang.worktime import Calendar, Pause

SHANGHAI = ZoneInfo("Asia/Shanghai")
CN = Calendar.load("cn")
MIDNIGHT = CN.amended(conventions="to midnight", name="cn to midnight")
LUNCH = CN.amended(hours="09:00-12:00 13:30-17:30", name="cn with lunch")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def shown(moment: datetime | None) -> str:
    assert moment is not None
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def pause(begin: str, end: str | None) -> Pause:
    return Pause(at(begin), at(end) if end else None, "委托鉴定", "王科长")
