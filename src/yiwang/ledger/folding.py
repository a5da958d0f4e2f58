"""Rows as the entries of the ledger add them up, beside the rows that are there (rows.py)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection, models

from .reading import as_json
from .rows import district_column, said_sql

MOST = 1000  # findings of one table: after so many nobody reads on

_FOLDED = """
WITH pieces AS MATERIALIZED (
  SELECT (r.value->>'id')::bigint AS id, e.subject, e.id AS entry, r.n, coalesce(r.value->'set', '{{}}') AS said,
         r.value ? 'gone' AS gone
  FROM ledger_entry e, jsonb_array_elements(e.data->'rows') WITH ORDINALITY AS r(value, n)
  WHERE e.district_id = %(district)s AND e.data ? 'rows' AND r.value->>'table' = %(table)s
), folded AS (
  SELECT id, (array_agg(subject ORDER BY entry DESC, n DESC))[1] AS subject,
         ledger_merge(said ORDER BY entry, n) AS said, (array_agg(gone ORDER BY entry DESC, n DESC))[1] AS gone
  FROM pieces GROUP BY id
), there(id, said) AS ({there} WHERE {of} = %(district)s)
SELECT coalesce(f.id, t.id), f.subject, f.said, t.said, f.gone FROM folded f FULL JOIN there t ON t.id = f.id
WHERE f.id IS NULL OR f.gone <> (t.id IS NULL) OR EXISTS (
  SELECT FROM jsonb_each(f.said) AS s WHERE t.said ? s.key AND t.said->s.key IS DISTINCT FROM s.value)
ORDER BY 1 LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Deviation:
    """A row that is not what its entries say.

    subject  the one in whose chain it stands last; None: no entry speaks of it
    then     column -> what the entries add up to;  now  what the row says, None where there is no row
    gone     the last entry says that it was removed
    """

    id: int
    subject: str | None
    then: dict[str, Any] | None
    now: dict[str, Any] | None
    gone: bool

    def columns(self) -> list[str]:
        """The columns that differ."""
        then, now = self.then or {}, self.now or {}
        return sorted(name for name, value in then.items() if name in now and now[name] != value)


def deviations(model: type[models.Model], district: int) -> list[Deviation]:
    """The rows of a table that are not what the ledger of a district says; at most MOST."""
    sql = _FOLDED.format(there=said_sql(model), of=district_column(model))
    with connection.cursor() as cursor:
        cursor.execute(sql, {"district": district, "table": model._meta.db_table, "most": MOST})
        return [
            Deviation(pk, subject, as_json(then), as_json(now), bool(gone))
            for pk, subject, then, now, gone in cursor.fetchall()
        ]
