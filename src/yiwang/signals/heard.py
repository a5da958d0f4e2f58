"""Readings of sensors in the ledger: what was heard on a day, value by value, in the chain of that day.

There are many, so an entry says them short: {"readings": {instant: {series: value}}}; numbers as text, so that no digit
is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import connection

from yiwang.ledger import chain, store
from yiwang.ledger.folding import MOST
from yiwang.ledger.reading import fetched
from yiwang.org.asker import Asker
from yiwang.why import say

STREAM = "sensors"
AT_ONCE = 20_000  # readings an entry
# of a row `t`: (series, instant, value) as the ledger says them
SAID = "t.series, to_char(t.at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US'), t.value::text"

_ALL = f"SELECT {SAID} FROM signals_reading t WHERE t.district_id = %s ORDER BY t.at, t.series"
_DIFFERING = f"""
WITH said AS MATERIALIZED (
  SELECT each.key AS series, instants.key AS at, each.value #>> '{{}}' AS value
  FROM ledger_entry e, jsonb_each(e.data->'readings') AS instants, jsonb_each(instants.value) AS each
  WHERE e.district_id = %(district)s AND e.stream = '{STREAM}' AND e.data ? 'readings'
), there(series, at, value) AS (SELECT {SAID} FROM signals_reading t WHERE t.district_id = %(district)s)
SELECT coalesce(s.series, t.series), coalesce(s.at, t.at), s.value, t.value
FROM said s FULL JOIN there t ON t.series = s.series AND t.at = s.at
WHERE s.value IS DISTINCT FROM t.value ORDER BY 2, 1 LIMIT %(most)s
"""


def note(asker: Asker, action: str, heard: Iterable[tuple[str, str, str]]) -> None:
    """Write what was heard, as SAID says it, into the chains of its days."""
    days: dict[str, dict[str, dict[str, str]]] = {}
    for series, at, value in heard:
        days.setdefault(at[:10], {}).setdefault(at, {})[series] = value
    for day in sorted(days):
        store.append(asker, f"readings:{day}", action, {"readings": days[day]}, stream=STREAM)


def take_over(asker: Asker) -> None:
    """Readings that are older than the ledger."""
    some: list[tuple[str, str, str]] = []
    for row in fetched(_ALL, [asker.district]):
        if len(some) >= AT_ONCE and row[1][:10] != some[-1][1][:10]:
            note(asker, "take-over", some)
            some = []
        some.append(row)
    note(asker, "take-over", some)


def differing(district: int) -> Iterator[chain.Break]:
    """Every reading that is not what the ledger says, or is gone, or was never heard."""
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERING, {"district": district, "most": MOST})
        rows = cursor.fetchall()
    for series, at, said, there in rows:
        how = "new" if said is None else "gone" if there is None else "differs"
        yield chain.Break(f"readings:{at[:10]}", 0, say(f"signals.reading_{how}", series=series, at=at))
