"""Does a city's own log agree with its rules? Every deadline and every verdict of the log, computed again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from yiwang.why import Words

from .calendar import Calendar
from .due import Due, due
from .errors import InstantError, RulesError
from .log import Times, rows
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
    """
    tallies           what became of the rows of each kind that has a rule
    unruled           the same of kinds (or days of receipt) that no rule covers
    without_due       rows without a start or a deadline
    unread            lines with a time that cannot be read
    unknown_verdicts  words of closed rows that the rules do not know, so that they were not judged
    passed            a sentence for what a workbook hides, which was not read
    """

    tallies: dict[str, Tally] = field(default_factory=dict)
    unruled: dict[str, Tally] = field(default_factory=dict)
    without_due: int = 0
    unread: list[int] = field(default_factory=list)
    unknown_verdicts: Counter[str] = field(default_factory=Counter)
    passed: list[Words] = field(default_factory=list)

    def all(self) -> Tally:
        """The sums over every kind that has a rule."""
        return total(self.tallies.values())


def total(tallies: Iterable[Tally]) -> Tally:
    whole = Tally()
    for one in tallies:
        for name in ("rows", "agree", "provisional", "judged", "verdict_agree", "verdict_by_rule"):
            setattr(whole, name, getattr(whole, name) + getattr(one, name))
    return whole


def check(path: Path, columns: Columns, rules: LogRules, calendar: Calendar, show: int = 3) -> Report:
    """Reads the log row by row; keeps the first `show` disagreements of each kind.

    Raises `RulesError` for a column that is not there, or verdicts without the column of when it was closed.
    """
    if columns.verdict and not columns.closed:
        raise RulesError("worktime.error.never_closed", column=columns.verdict)
    named = [rules.type_column, *(column for column in columns if column is not None)]
    report = Report()
    times = Times(calendar.zone, rules.time_format)
    for line, row in rows(path, named, report.passed):
        try:
            start, closed = (times.read(row.get(column or "")) for column in (columns.start, columns.closed))
            logged = times.read_end(row[columns.due])
        except ValueError:
            report.unread.append(line)
            continue
        if start is None or logged is None:
            report.without_due += 1
            continue
        kind = row[rules.type_column] or ""
        rule = rules.rules.get(kind)
        limit = rule.on(start.astimezone(calendar.zone).date()) if rule else None
        try:
            computed = due(start, limit, calendar) if limit else None
        except InstantError:
            report.unread.append(line)
            continue
        tally = (report.tallies if limit else report.unruled).setdefault(kind, Tally())
        tally.rows += 1
        ends = _compare(tally, line, computed, logged, rules.tolerance_seconds, show) if computed else None
        word = (row[columns.verdict] or "").strip() if columns.verdict else ""
        if closed is None or not word:
            continue
        if word in rules.verdicts:
            said = rules.verdicts[word]
            _judge(tally, line, said, closed > logged, None if ends is None else closed > ends, show)
        else:
            report.unknown_verdicts[word] += 1
    return report


def _compare(tally: Tally, line: int, computed: Due, logged: datetime, tolerance: int, show: int) -> datetime | None:
    """Counts whether the log agrees with the deadline computed again, and gives that deadline."""
    ends = computed.local
    tally.provisional += computed.provisional
    if ends and abs((ends - logged).total_seconds()) <= tolerance:
        tally.agree += 1
    elif ends and len(tally.disagreements) < show:
        asked = computed.asked
        tally.disagreements.append(Disagreement(line, str(asked.limit), asked.start, logged, ends))
    return ends


def _judge(tally: Tally, line: int, said: bool, by_log: bool, by_rule: bool | None, show: int) -> None:
    """A row is overdue when it was closed after its deadline; closing at the deadline is in time."""
    tally.judged += 1
    tally.verdict_by_rule += by_rule is said
    if by_log is said:
        tally.verdict_agree += 1
    elif len(tally.verdict_lines) < show:
        tally.verdict_lines.append(line)
