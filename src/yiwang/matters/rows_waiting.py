"""Which matters wait for the platform: a clock ran out without a reminder, or time has brought an act."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from django.db import connection

from yiwang.org.asker import Asker

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Late(NamedTuple):
    """A matter whose most pressing clock ran out, and the action that reminds of it."""

    due: datetime
    matter: int
    clock: str = ""
    action: str = ""


class Waiting(NamedTuple):
    """A matter to which time has brought an act of the platform, and when."""

    at: datetime
    matter: int


NONE_LATE, NONE_WAITING = Late(_LONG_AGO, 0), Waiting(_LONG_AGO, 0)  # stand before the first

_NOT_REMINDED = """
SELECT m.due_at, m.id, m.due_clock, r.action
FROM matters_matter m
JOIN unnest(%s::text[], %s::date[], %s::text[]) AS r(kind, version, action)
  ON r.kind = m.kind AND r.version = m.kind_version
WHERE m.district_id = %s AND m.closed_at IS NULL AND m.due_at < %s
  AND (m.due_at, m.id) > (%s, %s) AND coalesce((m.facts->>('at.' || r.action))::timestamptz < m.due_at, true)
ORDER BY m.due_at, m.id LIMIT %s
"""


def overdue_not_reminded(
    asker: Asker,
    reminders: Sequence[tuple[str, date, str]],
    now: datetime,
    at_most: int,
    after: Late = NONE_LATE,
) -> list[Late]:
    """Matters whose most pressing clock ran out and that were not reminded of it, the longest late first.

    reminders  (kind, version, action) of the kinds that have a reminder
    after      the last of those that were read before
    """
    kinds, versions, actions = ([one[at] for one in reminders] for at in range(3))
    with connection.cursor() as cursor:
        cursor.execute(_NOT_REMINDED, [kinds, versions, actions, asker.district, now, *after[:2], at_most])
        return [Late(*row) for row in cursor.fetchall()]


_AWAITING = """
SELECT acts_at, id FROM matters_matter
WHERE district_id = %s AND acts_at <= %s AND (acts_at, id) > (%s, %s) AND (%s::text[] IS NULL OR kind = ANY(%s))
ORDER BY acts_at, id LIMIT %s
"""


def awaiting_acts(
    asker: Asker, now: datetime, at_most: int, kinds: Collection[str] | None = None, after: Waiting = NONE_WAITING
) -> list[Waiting]:
    """The matters, of whichever kind or of some, to which time has brought an act of the platform, the longest waiting
    first; those after the last that was read before."""
    of = None if kinds is None else [*kinds]
    with connection.cursor() as cursor:
        cursor.execute(_AWAITING, [asker.district, now, *after, of, of, at_most])
        return [Waiting(*row) for row in cursor.fetchall()]
