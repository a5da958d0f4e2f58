"""The day-by-day table of a deadline's receipt: which day counted as which, and why the others did not (design §5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from yiwang.why import Receipt, Words
from yiwang.why.figures import NONE

from .speech import language, speak, spoken
from .times import span_text

DAY_KEYS = ("worktime.day", "worktime.day_noted")


@dataclass(frozen=True, slots=True)
class Day:
    """One line: `counted` is the number of the day, or a dash; `classes` mark what it is beside its words."""

    day: date
    weekday: str
    kind: str
    counted: str
    note: str
    classes: str


def is_day(receipt: Receipt) -> bool:
    """Whether a reason is one day of a count."""
    return isinstance(receipt.claim, Words) and receipt.claim.key in DAY_KEYS


def days_of(receipt: Receipt, now: datetime) -> list[Day]:
    """The days under a receipt; empty for a receipt that counts none."""
    found = [one for _, one in receipt.walk() if is_day(one)]
    return list(_lines(found, _due(receipt), timezone.localtime(now).date()))


def _due(receipt: Receipt) -> tuple[str, str]:
    """("2026-10-13", "24:00"): the day and hour at which the count ends, as its receipt says them."""
    counts = [one for _, one in receipt.walk() if one.because and is_day(one.because[-1])]
    text = counts[-1].value if counts and isinstance(counts[-1].value, str) else ""
    day, _, hour = text.partition(" ")
    return day, hour


def _lines(reasons: list[Receipt], due: tuple[str, str], today: date) -> Iterator[Day]:
    for receipt in reasons:
        said: Any = receipt.claim.args if isinstance(receipt.claim, Words) else {}
        day, weekday, kind = said["day"], speak(said["weekday"]), said["kind"].key.rpartition(".")[2]
        marks = [_mark(kind, receipt.value is not None)]
        notes = [speak(said.get("note")) or _told_of(kind, weekday, counts=receipt.value is not None)]
        if day == today:
            marks.append("today")
            notes.append(spoken("look.day.today"))
        if day.isoformat() == due[0]:
            marks.append("due")
            notes.append(spoken("look.day.due", hour=due[1]))
        yield Day(
            day=day,
            weekday=weekday,
            kind=said["kind"].speak(language()),
            counted=_count(receipt.value),
            note="，".join(filter(None, notes)) if language() == "zh" else ", ".join(filter(None, notes)),
            classes=" ".join(marks),
        )


def _count(value: Any) -> str:
    """The number of the day, or for a clock in hours the time counted so far."""
    if value is None:
        return NONE
    return str(value) if isinstance(value, int) else span_text(value)


def _mark(kind: str, counts: bool) -> str:
    if kind.startswith("makeup"):
        return "counts made-up" if counts else "off made-up"
    return "counts" if counts else "off"


def _told_of(kind: str, weekday: str, *, counts: bool) -> str:
    """Why a day does not count, or does though most of its name do not; a day off that counts says no more."""
    if kind == "weekend":
        return "" if counts else spoken("look.day.weekend")
    if kind.startswith("holiday"):
        return "" if counts else spoken("look.day.holiday")
    return spoken("look.day.makeup", weekday=weekday) if kind.startswith("makeup") else ""
