"""Where matters are counted: as they stand, or as their ledger adds up at a moment (design §10.7).

Both are a table `m` with the columns of matters_matter and `now`, the moment for which it is asked: one statement is
counted over either, and the two must agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from yiwang.matters.facts import COLUMNS, UNIT_COLUMNS
from yiwang.org.asker import Asker

from .sql import NOTHING, Sql, every, joined, sql

_CASTS = {
    "created_at": "timestamptz",
    "closed_at": "timestamptz",
    "lon": "float8",
    "lat": "float8",
    "sensitivity": "smallint",
    "simulated": "boolean",
}
_NULLABLE = frozenset({"lon", "lat", "created_at", "closed_at", "sensitivity", "simulated"})

# the due of the most pressing clock that runs and is not paused, as `clocks.most_pressing` finds it
_DUE_AT = sql("""(
  SELECT min((c.value #>> '{}')::timestamptz) FROM jsonb_each(f.state) c
  WHERE c.key LIKE 'clock.%%.due' AND c.value <> 'null'
    AND f.state->>(left(c.key, -4) || '.stopped') IS NULL
    AND (f.state->(left(c.key, -4) || '.pauses')->-1->1) IS DISTINCT FROM 'null'::jsonb
)""")


class Source(Protocol):
    """Where is counted."""

    @property
    def past(self) -> bool:
        """Whether it shows another time than now: then a matter's present unit says nothing."""
        ...

    def table(self, narrow: Sql = NOTHING, *, unpacked: bool = True) -> Sql:
        """The table `m`, of the matters `b` for which `narrow` holds; `unpacked` when many look into their facts."""
        ...


@dataclass(frozen=True, slots=True)
class Standing:
    """The matters as they stand, with the predicate of sight as a filter beside the row security."""

    asker: Asker
    now: datetime
    only_open: bool
    past = False

    def table(self, narrow: Sql = NOTHING, *, unpacked: bool = True) -> Sql:
        # OFFSET 0 keeps this a step of its own, so that facts are unpacked once a matter and not once a condition
        where = every([_seen(self.asker), _OPEN if self.only_open else NOTHING, narrow])
        facts = _UNPACKED_FACTS if unpacked else _FACTS
        columns = joined(", ", [*_PLAIN, facts, sql("%s::timestamptz AS now", self.now)])
        return sql("(SELECT %s FROM matters_matter b WHERE %s OFFSET 0) m", columns, where)


_PLAIN = [Sql(f"b.{column}") for column in ("id", *COLUMNS.values(), *UNIT_COLUMNS.values(), "due_at")]
_FACTS, _UNPACKED_FACTS = Sql("b.facts"), Sql("b.facts || '{}' AS facts")
_OPEN = Sql("b.closed_at IS NULL")


@dataclass(frozen=True, slots=True)
class Folded:
    """The matters as their ledgers add up to at each moment, whatever came later; `m.moment` numbers them from 1.

    What is closed now and was closed before a moment was closed at that moment too, so `only_open` may leave it out
    before folding; what was reopened since has no closing time and stays in.
    """

    asker: Asker
    moments: Sequence[datetime]
    only_open: bool
    past = True

    def table(self, narrow: Sql = NOTHING, *, unpacked: bool = True) -> Sql:
        narrowed = _OPEN_THEN if self.only_open else NOTHING
        where = every([_seen(self.asker), Sql("b.created_at <= t.at"), narrowed, narrow])
        return sql(_FOLDED, _FOLDED_COLUMNS, list(self.moments), where, _UNITS)


_FOLDED = """(SELECT %s FROM (
  SELECT t.moment, t.at, b.id, b.district_id, matters_merge(e.delta ORDER BY e.seq) AS state
  FROM unnest(%s::timestamptz[]) WITH ORDINALITY AS t(at, moment)
  JOIN matters_matter b ON %s
  JOIN matters_entry e ON e.matter_id = b.id AND e.at <= t.at
  GROUP BY t.moment, t.at, b.id, b.district_id) f
%s) m"""
_OPEN_THEN = Sql("(b.closed_at IS NULL OR b.closed_at > t.at)")


def _folded(name: str, column: str) -> Sql:
    """A column of a matter, from the state that its ledger adds up to."""
    value = f"(f.state->>'{name}')"
    return Sql(
        f"{value}::{_CASTS[column]} AS {column}" if column in _NULLABLE else f"coalesce({value}, '') AS {column}"
    )


_FOLDED_COLUMNS = joined(
    ", ",
    [
        Sql("f.moment, f.at AS now, f.id, f.state AS facts"),
        sql("%s AS due_at", _DUE_AT),
        *(_folded(name, column) for name, column in COLUMNS.items()),
        *(Sql(f"{name}.id AS {column}") for name, column in UNIT_COLUMNS.items()),
    ],
)
_UNITS = joined(
    "\n",
    (
        Sql(f"LEFT JOIN org_unit {name} ON {name}.district_id = f.district_id AND {name}.code = f.state->>'{name}'")
        for name in UNIT_COLUMNS
    ),
)


def _seen(asker: Asker) -> Sql:
    text, values = asker.filter("b")
    return Sql(text, tuple(values))
