"""Which matters wait for the platform: a clock ran out without a reminder, or time has brought an act."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import connection

from yiwang.org.asker import Asker

_NOT_REMINDED = """
SELECT m.id, m.due_clock, m.due_at, r.action
FROM matters_matter m
JOIN unnest(%s::text[], %s::date[], %s::text[]) AS r(kind, version, action)
  ON r.kind = m.kind AND r.version = m.kind_version
WHERE m.district_id = %s AND m.closed_at IS NULL AND m.due_at < %s
  AND coalesce((m.facts->>('at.' || r.action))::timestamptz < m.due_at, true)
ORDER BY m.due_at LIMIT %s
"""


def overdue_not_reminded(
    asker: Asker, reminders: Sequence[tuple[str, date, str]], now: datetime, at_most: int
) -> list[tuple[int, str, datetime, str]]:
    """(matter, clock, due, action) of matters whose most pressing clock ran out and that were not reminded of it.

    reminders  (kind, version, action) of the kinds that have a reminder
    """
    kinds, versions, actions = ([one[at] for one in reminders] for at in range(3))
    with connection.cursor() as cursor:
        cursor.execute(_NOT_REMINDED, [kinds, versions, actions, asker.district, now, at_most])
        return list(cursor.fetchall())


_AWAITING = """
SELECT id FROM matters_matter
WHERE district_id = %s AND acts_at <= %s AND (%s::text[] IS NULL OR kind = ANY(%s)) ORDER BY acts_at, id LIMIT %s
"""


def awaiting_acts(asker: Asker, now: datetime, at_most: int, kinds: Collection[str] | None = None) -> list[int]:
    """The matters, of whichever kind or of some, to which time has brought an act of the platform, the longest waiting
    first."""
    of = None if kinds is None else [*kinds]
    with connection.cursor() as cursor:
        cursor.execute(_AWAITING, [asker.district, now, of, of, at_most])
        return [one for (one,) in cursor.fetchall()]
