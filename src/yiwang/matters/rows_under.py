"""How matters under a matter lie in the database: those of a whole, the whole of one, those whose whole has ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import connection

from yiwang.org.asker import Asker
from yiwang.org.session import prepared

from . import facts
from .clock_state import State
from .facts import COLUMNS, UNIT_COLUMNS
from .rows import as_json, state_of


def whole_of(matter: int) -> int | None:
    """The matter under which one stands."""
    found = prepared("SELECT whole_id FROM matters_matter WHERE id = %s", [matter]).fetchone()
    return found[0] if found else None


def under(asker: Asker, matter: int) -> list[tuple[State, date]]:
    """(state, version of its kind) of every matter under one, in the order in which they were opened."""
    columns = [*COLUMNS.values(), *UNIT_COLUMNS.values(), "facts", "kind_version"]
    rows = prepared(
        f"SELECT {', '.join(columns)} FROM matters_matter WHERE whole_id = %s ORDER BY id", [matter]
    ).fetchall()
    return [(state_of(asker, row) | facts.read(as_json(row[-2])), row[-1]) for row in rows]


def orphans(
    asker: Asker, following: Sequence[tuple[str, date, str]], at_most: int, after: int = 0
) -> list[tuple[int, str]]:
    """(matter, action) of open matters whose whole has ended, those after the last that was read before.

    following  (kind, version, action) of the kinds that end after their whole
    """
    kinds, versions, actions = ([one[at] for one in following] for at in range(3))
    with connection.cursor() as cursor:
        cursor.execute(_ORPHANS, [kinds, versions, actions, asker.district, after, at_most])
        return list(cursor.fetchall())


_ORPHANS = """
SELECT m.id, f.action
FROM matters_matter m
JOIN matters_matter w ON w.id = m.whole_id AND w.closed_at IS NOT NULL
JOIN unnest(%s::text[], %s::date[], %s::text[]) AS f(kind, version, action)
  ON f.kind = m.kind AND f.version = m.kind_version
WHERE m.district_id = %s AND m.closed_at IS NULL AND m.id > %s
ORDER BY m.id LIMIT %s
"""


_ABOVE = """
WITH RECURSIVE above(id, top) AS (
  SELECT id, whole_id FROM matters_matter WHERE id IN (%s, %s)
  UNION SELECT m.id, m.whole_id FROM above JOIN matters_matter m ON m.id = above.top)
SELECT count(*) FROM above WHERE top IN (%s, %s)
"""


def in_one_family(one: int, other: int) -> bool:
    """Whether one of two matters stands under the other, at whatever depth."""
    found = prepared(_ABOVE, [one, other, one, other]).fetchone()
    return bool(found and found[0])
