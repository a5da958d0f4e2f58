"""A database as an earlier version left it, and how to bring it up to date."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from psycopg import connect

from tests.conftest import as_application, empty_database


@contextmanager
def earlier(server: str, var: Path, *, schema: str = "", **at: str) -> Iterator[tuple[str, Callable[..., None]]]:
    """(the owner's address, migrate): `at` says how far each room's tables had come; `migrate()` goes to today's.

    schema  SQL that makes the tables of an earlier version, with what it knew of its migrations
    """
    from yiwang.run import database as db

    with empty_database(server) as owner:
        app = as_application(owner)
        db.prepare(owner, app)
        environment = {
            **os.environ,
            "DATABASE_URL": owner,
            "DATABASE_APP_URL": app,
            "YIWANG_VAR": str(var),
            "DJANGO_SETTINGS_MODULE": "yiwang.settings",
        }

        def migrate(*to: str) -> None:
            command = [sys.executable, "-m", "django", "migrate", "--database=owner", "--verbosity=0", "--no-input"]
            subprocess.run([*command, *to], env=environment, check=True, timeout=300)

        if schema:
            with connect(owner) as connection:
                connection.execute(schema.encode())
        for room, number in at.items():
            migrate(room, number)
        yield owner, migrate


def insert(cursor: Any, table: str, **given: Any) -> int:
    """A row with what is given and anything fitting in the other columns that must not be empty."""
    cursor.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s AND is_nullable = 'NO'"
        " AND column_default IS NULL AND is_identity = 'NO'",
        [table],
    )
    fitting = {"bigint": 1, "integer": 1, "smallint": 1, "boolean": False, "date": "2026-01-01", "jsonb": "{}"}
    fitting |= {
        "timestamp with time zone": "2026-01-01",
        "ARRAY": "{}",
        "bytea": b"",
        "double precision": 0,
        "numeric": 1,
    }
    values = {name: fitting.get(kind, "x") for name, kind in cursor.fetchall()} | given
    marks = ", ".join(["%s"] * len(values))
    sql = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks}) RETURNING id"
    cursor.execute(sql, list(values.values()))
    return int(cursor.fetchone()[0])
