"""Many matters with their ledgers at once, by COPY (design §8)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from yiwang.org.asker import Asker

from .draft import Draft
from .rows import ENTRY, MATTER, columns_of, entry_values, keep_words, numbers_of, said_of

PLAIN = ["district_id", "matter_id", "seq", "field", "text", "salt"]
NUMBER = ["district_id", "matter_id", "digest"]
REPORTER = ["district_id", "matter_id", "name", "phone", "address", "salt"]


def insert_many(asker: Asker, drafts: Iterable[Draft]) -> list[int]:
    """Write new matters with all their entries; returns their ids in order.

    COPY goes into a staging table of this connection, since PostgreSQL allows none into a table under row security;
    the one INSERT that follows passes its checks.
    """
    drafts = list(drafts)
    if not drafts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('matters_matter', 'id')) FROM generate_series(1, %s)", [len(drafts)]
        )
        ids = [one for (one,) in cursor.fetchall()]
        both = list(zip(ids, drafts, strict=True))
        _pour(cursor, "matters_matter", ["id", *MATTER], (_matter_values(asker, i, draft) for i, draft in both))
        _pour(
            cursor,
            "matters_entry",
            ENTRY,
            (entry_values(asker.district, i, *one) for i, draft in both for one in draft.entries),
        )
        if any(draft.plain for draft in drafts):
            told = [[asker.district, i, one.seq, one.field, one.text, one.salt] for i, d in both for one in d.plain]
            _pour(cursor, "matters_plain", PLAIN, told)
            keep_numbers(asker, [(i, [one.text for one in d.plain]) for i, d in both if d.plain])
        keep_words([words for i, draft in both for words in said_of(i, draft)])
        cursor.execute("SELECT pg_notify('yiwang_live', %s)", [f"{asker.district}:matters"])
    return ids


def keep_numbers(asker: Asker, called: Iterable[tuple[int, Iterable[str]]]) -> None:
    """(matter, texts) of many: the numbers in them can be found, and not read."""
    values = [[asker.district, matter, digest] for matter, texts in called for digest in numbers_of(asker, texts)]
    if values:
        with connection.cursor() as cursor:
            _pour(cursor, "matters_number", NUMBER, values)


def keep_reporters(asker: Asker, reporters: Iterable[tuple[int, str, str, str, str]]) -> None:
    """(matter, name, phone, address, salt) of many."""
    values = ([asker.district, *one] for one in reporters)
    with connection.cursor() as cursor:
        _pour(cursor, "matters_reporter", REPORTER, values)


def _matter_values(asker: Asker, matter: int, draft: Draft) -> list[Any]:
    row = columns_of(draft, asker.district)
    return [matter, *(Jsonb(row[column]) if column == "facts" else row[column] for column in MATTER)]


def _pour(cursor: Any, table: str, columns: list[str], values: Iterable[list[Any]]) -> None:
    names = ", ".join(columns)
    cursor.execute(
        f"CREATE TEMP TABLE IF NOT EXISTS poured_{table} ON COMMIT DELETE ROWS"
        f" AS SELECT {names} FROM {table} WITH NO DATA"
    )
    with cursor.copy(f"COPY poured_{table} ({names}) FROM STDIN") as copy:
        for one in values:
            copy.write_row(one)
    cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM poured_{table}")
    cursor.execute(f"TRUNCATE poured_{table}")


def known_keys(asker: Asker, keys: Iterable[str]) -> set[str]:
    """Those of `keys` under which something was written before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key FROM matters_entry WHERE district_id = %s AND key = ANY(%s)", [asker.district, list(keys)]
        )
        return {key for (key,) in cursor.fetchall()}
