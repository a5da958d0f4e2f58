"""What rows of a noun's own tables say, as the ledger keeps it and as a verification compares it.

Both come from the same SQL, so they agree to the letter or somebody has written between them: numbers as text, so that
no digit is lost, instants in UTC, long texts by their SHA-256, bytes in hex. What the ledger must not hold itself (a
password's hash, a message as it came) stands in it by its digest (`DIGESTED` of a room's `auditing`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

from . import rooms

LONG = 4000  # characters; longer texts are kept by their digest


def district_column(model: type[models.Model]) -> str:
    """What says of a row of table `t` to which district it belongs: its own column, else what its room says."""
    if said := rooms.district_of().get(model._meta.db_table):
        return said
    return "t.district_id" if any(f.column == "district_id" for f in model._meta.concrete_fields) else "t.id"


def rows_of(model: type[models.Model], district: int) -> list[int]:
    """The numbers of a district's rows of a table, in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT t.id FROM {model._meta.db_table} AS t WHERE {district_column(model)} = %s ORDER BY t.id",
            [district],
        )
        return [pk for (pk,) in cursor.fetchall()]


def digest(text: str) -> str:
    """How a text that the ledger does not hold itself stands in it; as `column_sql` says it."""
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def column_sql(field: models.Field[Any, Any], table: str = "t") -> str:
    """How one column is written down."""
    name = f"{table}.{connection.ops.quote_name(str(field.column))}"
    if field.column in rooms.digested().get(field.model._meta.db_table, ()):
        return f"'sha256:' || encode(sha256(convert_to({name}::text, 'UTF8')), 'hex')"
    if isinstance(field, models.BinaryField):
        return f"encode({name}, 'hex')"
    if isinstance(field, models.DecimalField):
        return f"{name}::text"
    if isinstance(field, models.DateTimeField):
        return f"to_char({name} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')"
    if isinstance(field, models.TextField) and not isinstance(field, models.CharField):
        return (
            f"CASE WHEN length({name}) > {LONG}"
            f" THEN 'sha256:' || encode(sha256(convert_to({name}, 'UTF8')), 'hex') ELSE {name} END"
        )
    return name


def columns_of(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns that the ledger keeps of a table: all but its number and what its room sets aside."""
    aside = rooms.aside().get(model._meta.db_table, {})
    return [field for field in model._meta.concrete_fields if not field.primary_key and field.column not in aside]


def said_sql(model: type[models.Model], fields: Sequence[str] | None = None) -> str:
    """A SELECT of (id, json) over table `t`, to be continued with WHERE."""
    chosen = [f for f in columns_of(model) if fields is None or f.attname in fields or f.name in fields]
    listed = ", ".join(f"{column_sql(field)} AS {connection.ops.quote_name(str(field.column))}" for field in chosen)
    table = connection.ops.quote_name(model._meta.db_table)
    return f"SELECT t.id, (SELECT to_jsonb(said) FROM (SELECT {listed}) AS said) FROM {table} AS t"


def snapshot(
    model: type[models.Model], ids: Iterable[int], fields: Sequence[str] | None = None
) -> list[dict[str, Any]]:
    """[{"table": …, "id": 7, "set": {column: value}}], or {"gone": true} for a row that is not there."""
    wanted = sorted(set(ids))
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"{said_sql(model, fields)} WHERE t.id = ANY(%s)", [wanted])
        found = {pk: json.loads(said) if isinstance(said, str) else said for pk, said in cursor.fetchall()}
    return [{"table": table, "id": pk, "set": found[pk]} if pk in found else gone(model, pk) for pk in wanted]


def gone(model: type[models.Model], number: int) -> dict[str, Any]:
    """What `snapshot` says of a row that is not there."""
    return {"table": model._meta.db_table, "id": number, "gone": True}
