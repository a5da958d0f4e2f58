"""Instants and spans as they are read: local time, the end of a day as 24:00, the two largest parts of a span."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from yiwang.why.words import weekday

from .speech import language, spoken


def instant(value: Any) -> datetime | None:
    """An aware local instant of a datetime or its ISO text; None stays None."""
    if value in (None, ""):
        return None
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if timezone.is_naive(moment):
        raise ValueError("an instant needs its offset from UTC")
    return timezone.localtime(moment)


def local_text(value: Any, style: str = "full", now: datetime | None = None) -> str:
    """A time in the district's zone: full, date, day (10-12), time, clock (with seconds), long, due, or short.

    "short" leaves out what is the same as now; "due" writes midnight as 24:00 of the day before.
    """
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.strftime("%m-%d") if style in ("day", "short") else value.isoformat()
    at = instant(value)
    if at is None:
        return "—"
    if style == "due":
        return due_text(at, now)
    if style == "long":
        return spoken("look.date_long", year=str(at.year), month=at.month, day=at.day, weekday=weekday(at, language()))
    if style == "weekday":
        return weekday(at, language())
    if style == "bar":
        day, hour = weekday(at, language()), at.strftime("%H:%M")
        return spoken("look.date_bar", month=at.month, day=at.day, weekday=day, time=hour)
    if style == "today":  # the hour of today, the day before that
        style = "time" if at.date() == timezone.localtime(now).date() else "day"
    if style == "short":
        today = timezone.localtime(now)
        style = "time" if at.date() == today.date() else "minute" if at.year == today.year else "full"
    return at.strftime(_STYLES[style])


_STYLES = {
    "full": "%Y-%m-%d %H:%M",
    "minute": "%m-%d %H:%M",
    "date": "%Y-%m-%d",
    "day": "%m-%d",
    "time": "%H:%M",
    "clock": "%H:%M:%S",
    "moment": "%Y-%m-%d %H:%M:%S",
}


def due_text(at: datetime, now: datetime | None = None) -> str:
    """A due instant: month and day, and 24:00 for the end of a day; the year when it is another one."""
    day, hour = due_parts(at)
    same_year = day.year == timezone.localtime(now).year
    return f"{day.strftime('%m-%d' if same_year else '%Y-%m-%d')} {hour}"


def due_parts(at: datetime) -> tuple[date, str]:
    """The day that the clerk names and the hour on it: midnight belongs to the day that ends with it."""
    here = timezone.localtime(at)
    if here.time() == time(0):
        return here.date() - timedelta(days=1), "24:00"
    return here.date(), here.strftime("%H:%M")


def span_text(span: timedelta | float | None) -> str:
    """The two largest parts of a span; seconds only when it is shorter than a minute."""
    if span is None:
        return "—"
    seconds = abs(int(span.total_seconds() if isinstance(span, timedelta) else span))
    if seconds < 60:
        return spoken("look.seconds", n=seconds)
    minutes = seconds // 60
    days, minutes = divmod(minutes, 1440)
    hours, minutes = divmod(minutes, 60)
    parts = [spoken(f"look.{name}", n=n) for name, n in (("days", days), ("hours", hours), ("minutes", minutes)) if n]
    return " ".join(parts[:2])


def age_text(value: Any, now: datetime | None = None) -> str:
    """How long ago: "3 小时 12 分前"."""
    at = instant(value)
    if at is None:
        return "—"
    return spoken("look.ago", span=span_text((now or timezone.now()) - at))
