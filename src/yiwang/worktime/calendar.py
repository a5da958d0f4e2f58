"""A working-day calendar is dated data (R0.1): days off, weekends that are worked, and when the office is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from .calendar_file import SHIPPED, build, find, read, written
from .conventions import Conventions
from .days import Content, Day
from .hours import Hours
from .limit import Limit
from .table import FIRST_YEAR, LAST_YEAR, Table

SPANS = 4096  # of days between two dates that one calendar keeps


@dataclass(frozen=True, eq=False)
class Calendar(Content):
    """Made by `load`, `from_mapping` or `amended`; never changed afterwards, so it may be shared between threads."""

    _tables: list[Table] = field(default_factory=list, repr=False)
    _rules: dict[Limit, Conventions] = field(default_factory=dict, repr=False)
    _quick: dict[Limit, tuple[int, bool]] = field(default_factory=dict, repr=False)
    _between: dict[tuple[date, date], int] = field(default_factory=dict, repr=False)

    @classmethod
    def load(cls, path_or_name: str | Path, folder: str | Path | None = None) -> Calendar:
        """A calendar file by its path (from `folder`), or a shipped one by its name ("cn"). Raises `CalendarError`."""
        if isinstance(path_or_name, str) and (SHIPPED / f"{path_or_name}.yaml").is_file():
            return _shipped(path_or_name)
        return cls(**vars(read(find(path_or_name, Path(folder) if folder else None))))

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any], folder: str | Path | None = None) -> Calendar:
        """The same as a file's content; `folder` is where `extends` and `days` look for files."""
        return cls(**vars(build(mapping, Path(folder) if folder else None)))

    def amended(
        self,
        days: Sequence[Mapping[str, Any]] = (),
        years: Mapping[int, str] | None = None,
        name: str | None = None,
        **more: Any,
    ) -> Calendar:
        """This calendar with more days said, and more years published: an emergency day off, next year's notice."""
        mapping = {"calendar": name or self.name, "days": list(days), "years": dict(years or {}), **more}
        return Calendar(**vars(build(mapping, None, parent=self)))

    def mapping(self) -> dict[str, Any]:
        """Everything that it says, of JSON's types only and without a file beside it: `from_mapping` reads it again."""
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
        known = self._quick.get(limit)
        if known is None:
            rules = self.rules_for(limit)
            plain = limit.unit.value == "workdays" and not rules.counts_receipt_day and rules.outside == "as received"
            n = limit.amount if plain and rules.ends != "same time" else 0
            known = self._quick[limit] = (n, n > 0 and rules.ends == "midnight")
        return known

    def workdays(self, after: date, until: date) -> int:
        """Working days after one day, up to and with another; none when that is not later."""
        known = self._between.get((after, until))
        if known is None:
            known = sum(self.day(after + timedelta(days=n)).working for n in range(1, (until - after).days + 1))
            if len(self._between) >= SPANS:
                self._between.clear()
            self._between[after, until] = known
        return known

    def counted(self) -> Table:
        """The table of the published years, or of whatever has been asked for."""
        if self._tables:
            return self._tables[0]
        return self.table(min(self.years, default=2020), max(self.years, default=2020) + 1)

    def table(self, first_year: int, last_year: int) -> Table:
        """The days of these years and maybe more, counted out for arithmetic; grows, never shrinks."""
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
    return Calendar(**vars(read(SHIPPED / f"{name}.yaml")))
