"""What a calendar is made of: its days, the exceptions among them, its seasons, and all that a file says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from zoneinfo import ZoneInfo

from .conventions import Conventions
from .hours import Hours

Kind = Literal["workday", "weekend", "makeup", "holiday", "half_day"]
Title = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Day:
    """What one day is: `name` is {zh, en} of a named day, `hours` is None on a day off, `source` what made it so."""

    date: date
    kind: Kind
    name: Title | None
    working: bool
    hours: Hours | None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A dated exception to the week; `hours` None means the usual hours (or none on a day off)."""

    kind: Kind
    name: Title | None
    hours: Hours | None
    source: str


@dataclass(frozen=True, slots=True)
class Season:
    """Other office hours from one day of the year to another, both included, as (month, day)."""

    first: tuple[int, int]
    last: tuple[int, int]
    hours: Hours

    def holds(self, day: date) -> bool:
        today = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= today <= self.last
        return today >= self.first or today <= self.last


@dataclass(frozen=True, eq=False)
class Content:
    """All that a calendar says.

    `chain` names the calendars it was made of, nearest first; `conventions` are complete; `years` maps each year
    that was published to the notice that published it, `every_year` says that no notice is needed.
    """

    name: str
    title: Title
    version: str
    zone: ZoneInfo
    week: tuple[bool, ...]
    hours: tuple[Hours, ...]
    seasons: tuple[Season, ...]
    entries: Mapping[int, Entry]
    years: Mapping[int, str]
    every_year: bool
    conventions: Conventions
    chain: tuple[str, ...]
