"""One statement for a figure, whatever it is told apart by; the same conditions list the matters behind it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from django.db import connection
from psycopg import ClientCursor

from yiwang.matters.clock_state import fact_of, pauses_from
from yiwang.worktime import Calendar, Pause, elapsed, elapsed_many

from .kept import Ready
from .sources import Source
from .units import Members

CasePart = Literal["numerator", "denominator", "against", "excluded"]


@dataclass(frozen=True, slots=True)
class Frame:
    """What is counted over: where, between which instants (None: what stands open), of which unit.

    group  SQL that tells the groups of one statement apart; "0" for a single figure
    """

    source: Source
    begin: datetime | None
    end: datetime | None
    members: Members | None = None
    group: str = "0"
    params: dict[str, Any] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        found = {**self.source.params, **self.params, "begin": self.begin, "end": self.end}
        if self.members:
            found["unit"] = self.members.ids
        return found

    def counts(self, one: Ready) -> str:
        """Which matters this frame speaks of, as far as one indicator is concerned."""
        terms = []
        if one.kinds is not None:
            terms.append(f"m.kind IN ({_quoted(one.kinds)})")
        if one.counted is None:
            terms.append("m.closed_at IS NULL")
        else:
            counted = self.at_now(one.counted)
            if self.begin is not None:
                terms.append(f"{counted} >= %(begin)s")
            if self.end is not None:
                terms.append(f"{counted} < %(end)s")
            terms.append(f"{counted} <= {self.source.now}")
        if self.members:
            terms.append(f"m.{self.members.column} = ANY(%(unit)s)")
        return " AND ".join(terms)

    def table(self, indicators: Sequence[Ready]) -> str:
        """The matters that can count for any of these, without a look into their facts."""
        terms = []
        kinds = [one.kinds for one in indicators]
        if all(kinds):
            terms.append(f"b.kind IN ({_quoted(sorted({name for some in kinds for name in some or ()}))})")
        if self.end is not None:
            terms.append("b.created_at < %(end)s")
        # what happened in the period has moved the matter since it began; only a limit can run out by itself
        if self.begin is not None and all(one.counted and one.happens for one in indicators):
            terms.append("b.moved_at >= %(begin)s")
        if self.members and not self.source.past:
            terms.append(f"b.{self.members.column} = ANY(%(unit)s)")
        return self.source.table(" AND ".join(terms), unpacked=any(one.looks_into_facts for one in indicators))

    def at_now(self, sql: str) -> str:
        """An expression's SQL, asked for this frame's moment."""
        return sql.format(now=self.source.now)

    def part(self, one: Ready, part: CasePart) -> str:
        """The condition of one part of the figure, beyond `counts`."""
        inside = self.at_now(one.denominator)
        if part == "excluded":
            return f"{inside} AND {self.at_now(one.excluded)}" if one.excluded else "false"
        terms = [inside, f"NOT {self.at_now(one.excluded)}" if one.excluded else ""]
        if part == "numerator":
            terms.append(self.at_now(one.numerator))
        if part == "against":
            terms.append(f"NOT {self.at_now(one.numerator)}")
        return " AND ".join(term for term in terms if term not in ("", "true")) or "true"


def _quoted(names: Iterable[str]) -> str:
    return ", ".join("'" + name.replace("'", "''").replace("%", "%%") + "'" for name in names)


@dataclass(slots=True)
class Counted:
    """How many matters lie in the denominator, in the numerator, outside the rate; `hours` for a median."""

    denominator: int = 0
    numerator: int = 0
    excluded: int = 0
    codes: dict[str, int] = field(default_factory=dict)
    hours: list[timedelta] = field(default_factory=list)


def count_sql(frame: Frame, indicators: Sequence[Ready]) -> str:
    """The statement that counts: a row a group, three counts and the reason codes an indicator."""
    alone = len(indicators) == 1
    columns = [f"{frame.group} AS grouped"]
    for one in indicators:
        inside = "" if alone else f"{frame.counts(one)} AND "
        columns += [
            f"count(*) FILTER (WHERE {inside}{frame.part(one, 'denominator')})",
            f"count(*) FILTER (WHERE {inside}{frame.part(one, 'numerator')})",
            f"count(*) FILTER (WHERE {inside}{frame.part(one, 'excluded')})",
            f"array_agg({one.code}) FILTER (WHERE {inside}{frame.part(one, 'excluded')})" if one.code else "NULL",
        ]
    where = " OR ".join(f"({frame.counts(one)})" for one in indicators)
    return f"SELECT {', '.join(columns)} FROM {frame.table(indicators)} WHERE {where} GROUP BY 1"


def count(frame: Frame, indicators: Sequence[Ready]) -> dict[Any, list[Counted]]:
    """group -> what was counted for each indicator. One statement."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(count_sql(frame, indicators), frame.values())
        for group, *cells in cursor.fetchall():
            fours = [cells[i : i + 4] for i in range(0, len(cells), 4)]
            found[group] = [Counted(d, n, e, dict(Counter(codes or ()))) for d, n, e, codes in fours]
    return found


def spans_sql(frame: Frame, one: Ready) -> str:
    """The statement that reads the running times of a clock: a row a matter."""
    assert one.definition.median
    clock = one.definition.median.clock
    times = [f"m.facts->>'{fact_of(clock, part)}'" for part in ("started", "stopped")]
    return (
        f"SELECT {frame.group}, {', '.join(f'({time})::timestamptz' for time in times)},"
        f" m.facts->'{fact_of(clock, 'pauses')}' FROM {frame.table([one])}"
        f" WHERE {frame.counts(one)} AND {frame.part(one, 'numerator')}"
        f" AND {' AND '.join(f'{time} IS NOT NULL' for time in times)}"
    )


def spans(frame: Frame, one: Ready, calendar: Calendar) -> dict[Any, list[Counted]]:
    """group -> the working hours of its matters. One statement; the hours are counted by `worktime`."""
    with connection.cursor() as cursor:
        cursor.execute(spans_sql(frame, one), frame.values())
        rows = cursor.fetchall()
    plain = elapsed_many([row[1] for row in rows], [row[2] for row in rows], calendar).astype(object)
    found: dict[Any, Counted] = {}
    for (group, started, stopped, kept), span in zip(rows, plain, strict=True):
        pauses = _pauses(kept)
        counted = found.setdefault(group, Counted())
        counted.numerator += 1
        counted.hours.append(elapsed(started, stopped, calendar, pauses=pauses) if pauses else span)
    return {group: [counted] for group, counted in found.items()}


def _pauses(kept: str | list[Any] | None) -> list[Pause]:
    """The pauses of a clock as its matter keeps them; Django's cursors hand jsonb out as text."""
    read = json.loads(kept) if isinstance(kept, str) else kept
    return pauses_from(read)


def cases_sql(frame: Frame, one: Ready, part: CasePart) -> str:
    """The statement that lists the matters of a part, oldest first."""
    where = f"{frame.counts(one)} AND {frame.part(one, part)}"
    if one.definition.median:
        clock = one.definition.median.clock
        where += "".join(f" AND m.facts->>'{fact_of(clock, kept)}' IS NOT NULL" for kept in ("started", "stopped"))
    order = "m.created_at" if one.counted is None else frame.at_now(one.counted)
    return f"SELECT m.id, count(*) OVER () FROM {frame.table([one])} WHERE {where} ORDER BY {order}, m.id"


def cases(frame: Frame, one: Ready, part: CasePart, *, offset: int, size: int) -> tuple[list[int], int]:
    """(ids of one page, how many there are in all)."""
    with connection.cursor() as cursor:
        cursor.execute(f"{cases_sql(frame, one, part)} LIMIT {int(size)} OFFSET {int(offset)}", frame.values())
        rows = cursor.fetchall()
        if not rows and offset:  # beyond the last page the window function has no row to ride on
            cursor.execute(f"SELECT count(*) FROM ({cases_sql(frame, one, part)}) c", frame.values())
            return [], int(cursor.fetchone()[0])
    return [row[0] for row in rows], rows[0][1] if rows else 0


def told(sql: str, values: dict[str, Any]) -> str:
    """A statement with its values written in, as a person can run it."""
    with connection.cursor() as cursor:
        mogrify = getattr(cursor.cursor, "mogrify", None) or _mogrify(cursor)
        return " ".join(str(mogrify(sql, values)).split())


def _mogrify(cursor: Any) -> Any:
    return ClientCursor(cursor.connection).mogrify
