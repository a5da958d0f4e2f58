"""One statement for a figure, however it is divided; the same conditions list the matters behind it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from django.db import connection
from psycopg import ClientCursor

from yiwang.matters.clock_state import fact_of, pauses_from
from yiwang.worktime import Calendar, Pause, elapsed, elapsed_many

from .kept import Ready
from .sources import Source
from .sql import FALSE, NOTHING, TRUE, Sql, either, every, joined, sql
from .units import Members

CasePart = Literal["numerator", "denominator", "against", "excluded", "merged"]
ALL_IN_ONE = Sql("0")


@dataclass(frozen=True, slots=True)
class Frame:
    """What is counted over: where, between which instants (None: what stands open), of which unit.

    group  what tells the groups of one statement apart; 0 for a single figure
    """

    source: Source
    begin: datetime | None
    end: datetime | None
    members: Members | None = None
    group: Sql = ALL_IN_ONE

    def counts(self, ready: Ready) -> Sql:
        """Which matters this frame speaks of, as far as one indicator is concerned."""
        terms = []
        if ready.kinds is not None:
            terms.append(sql("m.kind = ANY(%s::text[])", list(ready.kinds)))
        if ready.counted is None:
            terms.append(Sql("m.closed_at IS NULL"))
        else:
            if self.begin is not None:
                terms.append(sql("%s >= %s", ready.counted, self.begin))
            if self.end is not None:
                terms.append(sql("%s < %s", ready.counted, self.end))
            terms.append(sql("%s <= m.now", ready.counted))
        if self.members:
            terms.append(sql(f"m.{self.members.column} = ANY(%s::bigint[])", self.members.ids))
        return every(terms)

    def table(self, indicators: Sequence[Ready]) -> Sql:
        """The matters that can count for any of these, without a look into their facts."""
        terms = []
        kinds = [one.kinds for one in indicators]
        if all(kinds):
            named = sorted({name for some in kinds for name in some or ()})
            terms.append(sql("b.kind = ANY(%s::text[])", named))
        if self.end is not None:
            terms.append(sql("b.created_at < %s", self.end))
        # what happened in the period has moved the matter since it began; only a limit can run out by itself
        if self.begin is not None and all(one.counted and one.happens for one in indicators):
            terms.append(sql("b.moved_at >= %s", self.begin))
        if self.members and not self.source.past:
            terms.append(sql(f"b.{self.members.column} = ANY(%s::bigint[])", self.members.ids))
        return self.source.table(every(terms), unpacked=any(one.looks_into_facts for one in indicators))

    def part(self, ready: Ready, part: CasePart) -> Sql:
        """The condition of one part of the figure, beyond `counts`."""
        if part == "excluded":
            return every([ready.denominator, ready.excluded, ready.once]) if ready.excluded else FALSE
        if part == "merged":
            return every([ready.denominator, sql("NOT %s", ready.once)]) if ready.once else FALSE
        terms = [ready.denominator, sql("NOT %s", ready.excluded) if ready.excluded else NOTHING, ready.once]
        if part == "numerator":
            terms.append(ready.numerator)
        if part == "against":
            terms.append(sql("NOT %s", ready.numerator))
        return every(terms)


@dataclass(slots=True)
class Counted:
    """How many matters lie in the denominator, in the numerator, outside the rate; `hours` for a median."""

    denominator: int = 0
    numerator: int = 0
    excluded: int = 0
    codes: dict[str, int] = field(default_factory=dict)
    hours: list[timedelta] = field(default_factory=list)


def count_sql(frame: Frame, indicators: Sequence[Ready]) -> Sql:
    """The statement that counts: a row a group, three counts and the reason codes an indicator."""
    alone = len(indicators) == 1
    columns = [sql("%s AS grouped", frame.group)]
    for ready in indicators:
        inside = TRUE if alone else frame.counts(ready)
        parts = {part: every([inside, frame.part(ready, part)]) for part in _COUNTED}
        columns += [sql("count(*) FILTER (WHERE %s)", condition) for condition in parts.values()]
        columns.append(
            sql("array_agg(%s) FILTER (WHERE %s)", ready.code, parts["excluded"]) if ready.code else Sql("NULL")
        )
    where = either(frame.counts(one) for one in indicators)
    return sql("SELECT %s FROM %s WHERE %s GROUP BY 1", joined(", ", columns), frame.table(indicators), where)


_COUNTED: tuple[CasePart, ...] = ("denominator", "numerator", "excluded")


def count(frame: Frame, indicators: Sequence[Ready]) -> dict[Any, list[Counted]]:
    """group -> what was counted for each indicator. One statement."""
    counts = {}
    for group, *cells in _rows(count_sql(frame, indicators)):
        fours = [cells[i : i + 4] for i in range(0, len(cells), 4)]
        counts[group] = [Counted(d, n, e, dict(Counter(codes or ()))) for d, n, e, codes in fours]
    return counts


def _rows(statement: Sql) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.values)
        return list(cursor.fetchall())


def spans_sql(frame: Frame, ready: Ready) -> Sql:
    """The statement that reads the running times of a clock: a row a matter."""
    assert ready.definition.median
    clock = ready.definition.median.clock
    started, stopped = _ends(clock)
    pauses = sql("m.facts->%s", fact_of(clock, "pauses"))
    return sql(
        "SELECT %s, (%s)::timestamptz, (%s)::timestamptz, %s FROM %s WHERE %s",
        frame.group, started, stopped, pauses, frame.table([ready]),
        every([frame.counts(ready), frame.part(ready, "numerator"), *_both_known(clock)]),
    )  # fmt: skip


def _ends(clock: str) -> list[Sql]:
    """When a clock began and stopped, as text."""
    return [sql("m.facts->>%s", fact_of(clock, part)) for part in ("started", "stopped")]


def _both_known(clock: str) -> list[Sql]:
    return [sql("%s IS NOT NULL", end) for end in _ends(clock)]


def spans(frame: Frame, ready: Ready, calendar: Calendar) -> dict[Any, list[Counted]]:
    """group -> the working hours of its matters. One statement; the hours are counted by `worktime`."""
    rows = _rows(spans_sql(frame, ready))
    plain = elapsed_many([row[1] for row in rows], [row[2] for row in rows], calendar).astype(object)
    by_group: dict[Any, Counted] = {}
    for (group, started, stopped, kept), span in zip(rows, plain, strict=True):
        pauses = _pauses(kept)
        counted = by_group.setdefault(group, Counted())
        counted.numerator += 1
        counted.hours.append(elapsed(started, stopped, calendar, pauses=pauses) if pauses else span)
    return {group: [counted] for group, counted in by_group.items()}


def _pauses(pauses: str | list[Any] | None) -> list[Pause]:
    """The pauses of a clock as its matter keeps them; Django's cursors hand jsonb out as text."""
    read = json.loads(pauses) if isinstance(pauses, str) else pauses
    return pauses_from(read)


def cases_sql(frame: Frame, ready: Ready, part: CasePart) -> Sql:
    """The statement that lists the matters of a part, oldest first."""
    known = _both_known(ready.definition.median.clock) if ready.definition.median else []
    where = every([frame.counts(ready), frame.part(ready, part), *known])
    order = ready.counted or Sql("m.created_at")
    return sql("SELECT m.id, count(*) OVER () FROM %s WHERE %s ORDER BY %s, m.id", frame.table([ready]), where, order)


def cases(frame: Frame, ready: Ready, part: CasePart, *, offset: int, size: int) -> tuple[list[int], int]:
    """(ids of one page, how many there are in all)."""
    listed = cases_sql(frame, ready, part)
    rows = _rows(sql("%s LIMIT %s OFFSET %s", listed, size, offset))
    if not rows and offset:  # beyond the last page the window function has no row to ride on
        return [], int(_rows(sql("SELECT count(*) FROM (%s) c", listed))[0][0])
    return [row[0] for row in rows], rows[0][1] if rows else 0


def with_values(statement: Sql) -> str:
    """A statement with its values written in, as a person can run it."""
    with connection.cursor() as cursor:
        mogrify = getattr(cursor.cursor, "mogrify", None) or _mogrify(cursor)
        return " ".join(str(mogrify(statement.text, statement.values)).split())


def _mogrify(cursor: Any) -> Any:
    return ClientCursor(cursor.connection).mogrify
