"""Where matters are counted: as they stand, or as their ledger adds up at a moment (design §10.7).

Both are a table `m` with the columns of matters_matter: one statement is counted over either, and the two must agree.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from yiwang.matters.facts import COLUMNS, UNIT_COLUMNS
from yiwang.org.asker import Asker

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
_DUE_AT = """(
  SELECT min((c.value #>> '{}')::timestamptz) FROM jsonb_each(f.state) c
  WHERE c.key LIKE 'clock.%%.due' AND c.value <> 'null'
    AND f.state->>(left(c.key, -4) || '.stopped') IS NULL
    AND (f.state->(left(c.key, -4) || '.pauses')->-1->1) IS DISTINCT FROM 'null'::jsonb
)"""


_NARROW, _UNPACKED = "/*narrow*/", "/*unpacked*/"


@dataclass(frozen=True, slots=True)
class Source:
    """Where is counted.

    now     SQL for the moment
    moment  tells several moments of one statement apart
    past    whether it shows another time than now: then a matter's present unit says nothing
    """

    sql: str
    now: str
    params: dict[str, Any] = field(default_factory=dict)
    moment: str = "0"
    past: bool = False

    def table(self, narrow: str = "", *, unpacked: bool = True) -> str:
        """The table `m`, of the matters `b` for which `narrow` holds; `unpacked` when many look into their facts."""
        sql = self.sql.replace(_UNPACKED, "|| '{}'" if unpacked else "")
        return sql.replace(_NARROW, f" AND {narrow}" if narrow else "")


def standing(asker: Asker, now: datetime, *, only_open: bool) -> Source:
    """The matters as they stand, with the predicate of sight as a filter beside the row security."""
    seen, params = asker.filter("b")
    where = f"{seen} AND b.closed_at IS NULL" if only_open else seen
    plain = ", ".join(f"b.{column}" for column in ("id", *COLUMNS.values(), *UNIT_COLUMNS.values(), "due_at"))
    # OFFSET 0 keeps this a step of its own, so that the facts of a matter are unpacked once and not once a condition
    sql = f"(SELECT {plain}, b.facts {_UNPACKED} AS facts FROM matters_matter b WHERE {where}{_NARROW} OFFSET 0) m"
    return Source(sql, "%(now)s::timestamptz", params | {"now": now})


def folded(asker: Asker, moments: list[datetime], *, only_open: bool) -> Source:
    """The matters as their ledgers add up to at each moment, whatever came later.

    What is closed now and was closed before a moment was closed at that moment too, so `only_open` may leave it out
    before folding; what was reopened since has no closing time and stays in.
    """
    seen, params = asker.filter("b")
    narrowed = " AND (b.closed_at IS NULL OR b.closed_at > t.at)" if only_open else ""
    columns = [f"f.moment, f.at AS at_moment, f.id, f.state AS facts, {_DUE_AT} AS due_at"]
    for name, column in COLUMNS.items():
        value = f"(f.state->>'{name}')"
        if column in _NULLABLE:
            columns.append(f"{value}::{_CASTS[column]} AS {column}")
        else:
            columns.append(f"coalesce({value}, '') AS {column}")
    columns += [f"{name}.id AS {column}" for name, column in UNIT_COLUMNS.items()]
    units = "\n".join(
        f"LEFT JOIN org_unit {name} ON {name}.district_id = f.district_id AND {name}.code = f.state->>'{name}'"
        for name in UNIT_COLUMNS
    )
    sql = f"""(SELECT {", ".join(columns)} FROM (
  SELECT t.moment, t.at, b.id, b.district_id, matters_merge(e.delta ORDER BY e.seq) AS state
  FROM unnest(%(moments)s::timestamptz[]) WITH ORDINALITY AS t(at, moment)
  JOIN matters_matter b ON {seen} AND b.created_at <= t.at{narrowed}{_NARROW}
  JOIN matters_entry e ON e.matter_id = b.id AND e.at <= t.at
  GROUP BY t.moment, t.at, b.id, b.district_id) f
{units}) m"""
    return Source(sql, "m.at_moment", params | {"moments": moments}, "m.moment - 1", past=True)
