"""A working-day calendar is dated data (R0.1): days off, weekends that are worked, and when the office is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from .conventions import Conventions
from .hours import Hours

if TYPE_CHECKING:
    from .limit import Limit
    from .table import Table

Kind = Literal["workday", "weekend", "makeup", "holiday", "half_day"]
Title = Mapping[str, str]

SHIPPED = Path(__file__).parent / "calendars"


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
class Calendar:
    """Made by `load`, `from_mapping` or `amended`; never changed afterwards, so it may be shared between threads.

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
    _tables: list[Table] = field(default_factory=list, repr=False)
    _rules: dict[Limit, Conventions] = field(default_factory=dict, repr=False)
    _quick: dict[Limit, tuple[int, bool]] = field(default_factory=dict, repr=False)

    @classmethod
    def load(cls, path_or_name: str | Path, folder: str | Path | None = None) -> Calendar:
        """A calendar file by its path (from `folder`), or a shipped one by its name ("cn"). Raises `CalendarError`."""
        from .calendar_file import find, read

        if isinstance(path_or_name, str) and (SHIPPED / f"{path_or_name}.yaml").is_file():
            return _shipped(path_or_name)
        return read(find(path_or_name, Path(folder) if folder else None))

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any], folder: str | Path | None = None) -> Calendar:
        """The same as a file's content; `folder` is where `extends` and `days` look for files."""
        from .calendar_file import build

        return build(mapping, Path(folder) if folder else None)

    def amended(
        self,
        days: Sequence[Mapping[str, Any]] = (),
        years: Mapping[int, str] | None = None,
        name: str | None = None,
        **more: Any,
    ) -> Calendar:
        """This calendar with more days said, and more years published: an emergency day off, next year's notice."""
        from .calendar_file import build

        mapping = {"calendar": name or self.name, "days": list(days), "years": dict(years or {}), **more}
        return build(mapping, None, parent=self)

    def mapping(self) -> dict[str, Any]:
        """Everything that it says, of JSON's types only and without a file beside it: `from_mapping` reads it again."""
        from .calendar_file import written

        return written(self)

    def day(self, day: date) -> Day:
        """What `day` is in this calendar."""
        entry = self.entries.get(day.toordinal())
        weekday = day.weekday()
        if entry is None:
            if not self.week[weekday]:
                return Day(day, "weekend", None, False, None)
            return Day(day, "workday", None, True, self._usual(day))
        working = entry.kind != "holiday"
        hours = (entry.hours or self._usual(day)) if working else None
        return Day(day, entry.kind, entry.name, working, hours, entry.source)

    def _usual(self, day: date) -> Hours:
        for season in self.seasons:
            if season.holds(day):
                return season.hours
        return self.hours[day.weekday()]

    def covers(self, year: int) -> bool:
        """Has this year been published? Where it has not, a deadline is provisional (R0.2)."""
        return self.every_year or year in self.years

    def rules_for(self, limit: Limit) -> Conventions:
        """How `limit` is counted here: its own conventions, and this calendar's where it has none."""
        rules = self._rules.get(limit)
        if rules is None:
            rules = self._rules[limit] = limit.conventions.over(self.conventions)
        return rules

    def quick(self, limit: Limit) -> tuple[int, bool]:
        """(n, to midnight?) where `limit` is n whole working days after the day of receipt, else (0, False)."""
        found = self._quick.get(limit)
        if found is None:
            rules = self.rules_for(limit)
            plain = limit.unit.value == "workdays" and not rules.counts_receipt_day and rules.outside == "as received"
            n = limit.amount if plain and rules.ends != "same time" else 0
            found = self._quick[limit] = (n, n > 0 and rules.ends == "midnight")
        return found

    def counted(self) -> Table:
        """The table of the published years, or of whatever has been asked for."""
        if self._tables:
            return self._tables[0]
        return self.table(min(self.years, default=2020), max(self.years, default=2020) + 1)

    def table(self, first_year: int, last_year: int) -> Table:
        """The days of these years and maybe more, counted out for arithmetic; grows, never shrinks."""
        from .table import FIRST_YEAR, LAST_YEAR, Table

        held = self._tables[0] if self._tables else None
        if held is not None and held.first_year <= first_year and last_year <= held.last_year:
            return held
        if held is not None:  # grow by half again, so that walking outwards stays cheap
            spare = (held.last_year - held.first_year) // 2 + 1
            if first_year < held.first_year:
                first_year = min(first_year, max(FIRST_YEAR, held.first_year - spare))
            if last_year > held.last_year:
                last_year = max(last_year, min(LAST_YEAR, held.last_year + spare))
            first_year, last_year = min(first_year, held.first_year), max(last_year, held.last_year)
        made = Table(self, first_year, last_year)
        self._tables[:] = [made]
        return made


@lru_cache
def _shipped(name: str) -> Calendar:
    from .calendar_file import read

    return read(SHIPPED / f"{name}.yaml")
