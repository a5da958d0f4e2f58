"""Which numbers of matters are missing, and which nobody drew: what a verification asks beside the matters."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from yiwang.why import Words, say

_STRAY = """
SELECT e.matter_id, min(e.seq) FROM matters_entry e LEFT JOIN matters_matter m ON m.id = e.matter_id
WHERE e.district_id = %s AND m.id IS NULL GROUP BY e.matter_id ORDER BY e.matter_id LIMIT 100
"""
# Serials are drawn in the transaction that writes the matter, so a day's numbers have no gaps.
_MISSING = """
WITH numbered AS (
  SELECT regexp_match(number, '^(.*)-([0-9]{8})-([0-9]+)$') AS parts FROM matters_matter WHERE district_id = %s
), present AS (
  SELECT parts[1] AS prefix, to_date(parts[2], 'YYYYMMDD') AS day, parts[3]::int AS serial FROM numbered
  WHERE parts IS NOT NULL
), days AS (
  SELECT coalesce(c.prefix, p.prefix) AS prefix, coalesce(c.day, p.day) AS day, coalesce(c.last, 0) AS last,
    coalesce(p.present, 0) AS present, coalesce(p.highest, 0) AS highest
  FROM (SELECT prefix, day, last FROM matters_counter WHERE district_id = %s) c
  FULL JOIN (SELECT prefix, day, count(*) AS present, max(serial) AS highest FROM present GROUP BY prefix, day) p
    ON p.prefix = c.prefix AND p.day = c.day
)
SELECT d.prefix, d.day, s.serial FROM days d, generate_series(1, greatest(d.last, d.highest)) AS s(serial)
WHERE (d.present < d.last OR d.highest > d.last) AND (s.serial > d.last OR NOT EXISTS (
  SELECT FROM present p WHERE p.prefix = d.prefix AND p.day = d.day AND p.serial = s.serial))
ORDER BY d.day, d.prefix, s.serial LIMIT 1000
"""


def numbers_missing(district: int) -> Iterator[tuple[str, Words]]:
    """(number, what is wrong) of matters that were numbered and are not there, and of numbers nobody drew."""
    with connection.cursor() as cursor:
        cursor.execute(_MISSING, [district, district])
        for prefix, day, serial in cursor.fetchall():
            yield f"{prefix}-{day:%Y%m%d}-{serial:04d}", say("ledger.number_missing")
        cursor.execute(_STRAY, [district])
        for matter, seq in cursor.fetchall():
            yield f"matter:{matter}", say("ledger.no_row", n=seq)
