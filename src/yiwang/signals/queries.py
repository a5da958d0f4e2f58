"""What may be asked of signals: what waits in quarantine, what the sensors said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from yiwang.org.asker import Asker
from yiwang.org.session import acting_as

from .models import Quarantined, Reading


def quarantined(asker: Asker, *, source: str = "", page: int = 1, size: int = 50) -> tuple[list[Quarantined], int]:
    """(one page of the rows that opened no matter, how many there are), the latest first."""
    with acting_as(asker):
        rows = Quarantined.objects.filter(district=asker.district).order_by("-received_at", "line")
        if source:
            rows = rows.filter(source=source)
        begin = (max(page, 1) - 1) * size
        return list(rows[begin : begin + size]), rows.count()


def latest(
    asker: Asker, series: Sequence[str], now: datetime, *, n: int = 1
) -> dict[str, list[tuple[datetime, float]]]:
    """series -> its last `n` readings up to `now`, oldest first; a series without any is left out. One statement."""
    by_series: dict[str, list[tuple[datetime, float]]] = {}
    with acting_as(asker), connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.series, r.at, r.value FROM unnest(%s::text[]) AS c(series) CROSS JOIN LATERAL ("
            " SELECT at, value FROM signals_reading WHERE district_id = %s AND series = c.series AND at <= %s"
            " ORDER BY at DESC LIMIT %s) r",
            [list(series), asker.district, now, n],
        )
        for name, at, value in cursor.fetchall():
            by_series.setdefault(name, []).append((at, value))
    return {name: readings[::-1] for name, readings in by_series.items()}


def readings(asker: Asker, series: str, since: datetime, until: datetime) -> list[tuple[datetime, float]]:
    """What a series said from `since` up to, not including, `until`, oldest first."""
    with acting_as(asker):
        rows = Reading.objects.filter(district=asker.district, series=series, at__gte=since, at__lt=until)
        return list(rows.order_by("at").values_list("at", "value"))
