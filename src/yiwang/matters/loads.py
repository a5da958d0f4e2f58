"""How many open matters units are in charge of, counted in the whole district whatever the asker sees of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import connection


def open_matters(units: Sequence[int]) -> Mapping[int, int]:
    """id of a unit -> how many; of units of the asker's district. Call inside `acting_as`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT unit, n FROM matters_load(%s::bigint[])", [list(units)])
        return dict(cursor.fetchall())
