"""What a clock's chip says: time left rather than the date, in the state that the time left makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.utils import timezone

from yiwang.pages.definition import Desk
from yiwang.worktime import Calendar

from .speech import speak, spoken
from .times import due_parts, due_text, instant, span_text

SOON = Desk().soon  # where nobody says whose district it is
ICONS = {"over": "alarm", "late": "alarm", "pause": "pause", "provisional": "pause", "met": "done"}


@dataclass(frozen=True, slots=True)
class Chip:
    """`kind` is enough, today, soon, over, pause, provisional, met or late; `text` says it, `title` names the clock."""

    kind: str
    text: str
    title: str = ""

    @property
    def shape(self) -> str:
        return ICONS.get(self.kind, "clock")


def chip_of(clock: Any, now: datetime | None = None, calendar: Calendar | None = None, soon: timedelta = SOON) -> Chip:
    """The chip of a clock.

    clock     a mapping or an object with `due` (aware instant or ISO text) and, as far as they apply, `title`
              ({zh, en}, words or text), `started`, `stopped`, `paused` (true or the reason), `provisional`, and
              `late`: whether a part of what has stopped was over before, `ended`: whether its matter's end stopped it
    now       aware; the present when left out
    calendar  whose working days are counted; China's when left out
    soon      what is due within it is urgent
    """
    now = now or timezone.now()
    title = speak(_of(clock, "title"))
    due, stopped, started = (instant(_of(clock, name)) for name in ("due", "stopped", "started"))
    if stopped:
        if _of(clock, "ended") and not (_of(clock, "late") or (due and stopped > due)):
            return Chip("enough", spoken("look.chip.ended"), title)
        return _stopped(title, due, stopped, started, late=bool(_of(clock, "late")))
    if paused := _of(clock, "paused"):
        reason = "" if paused is True else speak(paused)
        return Chip("pause", spoken("look.chip.paused", reason=reason).strip(), title)
    if due is None:
        return Chip("pause", spoken("look.chip.no_limit"), title)
    if now > due:
        return Chip("over", spoken("look.chip.over", span=span_text(now - due)), title)
    if _of(clock, "provisional"):
        return Chip("provisional", spoken("look.chip.provisional", day=_day(due, now)), title)
    return _running(title, due, now, calendar or _china(), soon)


def _stopped(title: str, due: datetime | None, stopped: datetime, started: datetime | None, *, late: bool) -> Chip:
    if due and stopped > due:
        return Chip("late", spoken("look.chip.late", span=span_text(stopped - due)), title)
    if late and started:
        return Chip("late", spoken("look.chip.met_late", span=span_text(stopped - started)), title)
    if started:
        return Chip("met", spoken("look.chip.met", span=span_text(stopped - started)), title)
    return Chip("met", spoken("look.chip.in_time"), title)


def _running(title: str, due: datetime, now: datetime, calendar: Calendar, soon: timedelta) -> Chip:
    if due - now < soon:
        return Chip("soon", spoken("look.chip.left", span=span_text(due - now)), title)
    today, (day, hour) = timezone.localtime(now).date(), due_parts(due)
    if day == today:
        return Chip("today", spoken("look.chip.today", hour=hour), title)
    left = calendar.workdays(today, day)
    if left == 1:
        key = "look.chip.tomorrow" if day == today + timedelta(days=1) else "look.chip.on_day"
        return Chip("today", spoken(key, day=day.strftime("%m-%d"), hour=hour), title)
    if left == 0:  # an hour clock that runs out on a day off
        return Chip("today", spoken("look.chip.left", span=span_text(due - now)), title)
    return Chip("enough", spoken("look.chip.workdays", n=left), title)


def _day(due: datetime, now: datetime) -> str:
    return due_text(due, now).rpartition(" ")[0]


@lru_cache(maxsize=1)
def _china() -> Calendar:
    return Calendar.load("cn")


def _of(clock: Any, name: str) -> Any:
    return clock.get(name) if isinstance(clock, Mapping) else getattr(clock, name, None)
