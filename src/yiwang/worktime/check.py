"""Does a city's own log agree with its rules? Every deadline and every verdict of the log, computed again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from .calendar import Calendar
from .due import due
from .errors import InstantError
from .log import Row, Times, rows
from .log_rules import LogRules


class Columns(NamedTuple):
    start: str
    due: str
    closed: str | None = None
    verdict: str | None = None


class Disagreement(NamedTuple):
    """A row (by its line in the file) on which log and rules differ."""

    line: int
    limit: str
    start: datetime
    logged: datetime
    computed: datetime


@dataclass(slots=True)
class Tally:
    """What became of the rows of one kind.

    rows             rows with a deadline in the log
    agree            deadlines within the tolerance of the computed one
    provisional      deadlines computed on an unpublished year
    judged           closed rows with a verdict that the rules know
    verdict_agree    verdicts that follow from the log's own deadline
    verdict_by_rule  verdicts that follow from the computed deadline
    """

    rows: int = 0
    agree: int = 0
    provisional: int = 0
    judged: int = 0
    verdict_agree: int = 0
    verdict_by_rule: int = 0
    disagreements: list[Disagreement] = field(default_factory=list)
    verdict_lines: list[int] = field(default_factory=list)

    @property
    def share(self) -> float | None:
        """Deadlines that agree, of all; None when there are none."""
        return self.agree / self.rows if self.rows else None

    @property
    def verdict_share(self) -> float | None:
        return self.verdict_agree / self.judged if self.judged else None


@dataclass(slots=True)
class Report:
    """`unruled` counts rows whose kind (or day of receipt) has no rule, `unread` names lines with no usable time."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    unruled: dict[str, int] = field(default_factory=dict)
    without_due: int = 0
    unread: list[int] = field(default_factory=list)

    def all(self) -> Tally:
        """The sums over every kind."""
        whole = Tally()
        for one in self.tallies.values():
            for name in ("rows", "agree", "provisional", "judged", "verdict_agree", "verdict_by_rule"):
                setattr(whole, name, getattr(whole, name) + getattr(one, name))
        return whole


def check(path: Path, columns: Columns, rules: LogRules, calendar: Calendar, show: int = 3) -> Report:
    """Reads the log row by row; keeps the first `show` disagreements of each kind."""
    named = [rules.type_column, *(column for column in columns if column is not None)]
    return tally(rows(path, named), columns, rules, calendar, show)


def tally(lines: Iterable[tuple[int, Row]], columns: Columns, rules: LogRules, calendar: Calendar, show: int) -> Report:
    report = Report()
    times = {name: Times(calendar.zone, rules.time_format) for name in columns if name}
    for line, row in lines:
        try:
            start, logged, closed = (
                times[name].read(row[name]) if name else None for name in (columns.start, columns.due, columns.closed)
            )
        except ValueError:
            report.unread.append(line)
            continue
        kind = row[rules.type_column] or ""
        rule = rules.rules.get(kind)
        limit = rule.on(start.astimezone(calendar.zone).date()) if rule and start else None
        if start is None or logged is None:
            report.without_due += 1
            continue
        if limit is None:
            report.unruled[kind] = report.unruled.get(kind, 0) + 1
            continue
        try:
            computed = due(start, limit, calendar)
        except InstantError:
            report.unread.append(line)
            continue
        assert computed.at is not None  # no pauses, so nothing stands
        one = report.tallies.setdefault(kind, Tally())
        one.rows += 1
        one.provisional += computed.provisional
        if abs((computed.at - logged).total_seconds()) <= rules.tolerance_seconds:
            one.agree += 1
        elif len(one.disagreements) < show:
            local = computed.at.astimezone(calendar.zone)
            one.disagreements.append(Disagreement(line, str(limit), start, logged, local))
        verdict = rules.verdicts.get((row[columns.verdict] or "").strip()) if columns.verdict else None
        if closed is None or verdict is None:
            continue
        one.judged += 1
        one.verdict_by_rule += (closed > computed.at) is verdict
        if (closed > logged) is verdict:
            one.verdict_agree += 1
        elif len(one.verdict_lines) < show:
            one.verdict_lines.append(line)
    return report
