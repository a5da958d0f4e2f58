"""What tests stand on: a throw-away PostgreSQL, a migrated database, a browser.

Nothing here starts by itself: a test that names none of these fixtures needs no database.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of an empty database of this run's own, as its owner.

    With DATABASE_URL a new database on that server, dropped afterwards; else a new cluster, deleted afterwards.
    """
    given = os.environ.get("DATABASE_URL")
    if given:
        yield from _database_on(given)
        return
    from yiwang.serve import database
    from yiwang.serve.postgres import Postgres

    with Postgres(tempfile.mkdtemp(prefix="yiwang-test-"), throwaway=True) as cluster:
        yield cluster.url(user=database.OWNER, db=database.NAME)


def _database_on(server: str) -> Iterator[str]:
    from psycopg import connect, sql
    from psycopg.conninfo import make_conninfo

    name = f"yiwang_test_{secrets.token_hex(6)}"
    with connect(server, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name)))
    try:
        yield make_conninfo(server, dbname=name)
    finally:
        with connect(server, autocommit=True) as admin:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def database(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A migrated database, and Django set up to use it as the application's role, with real commits.

    Tests make a fresh district each: row security keeps them apart. Yields the owner's address.
    """
    from psycopg.conninfo import make_conninfo

    from yiwang.serve import database as db

    app = os.environ.get("DATABASE_APP_URL")
    name = make_conninfo(app, dbname=_name(postgres_url)) if app else make_conninfo(postgres_url, user=db.APP)
    os.environ |= {
        "DATABASE_URL": postgres_url,
        "DATABASE_APP_URL": name,
        "YIWANG_VAR": str(tmp_path_factory.mktemp("var")),
        "DJANGO_SETTINGS_MODULE": "yiwang.settings",
    }
    db.prepare(postgres_url, name)
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    yield postgres_url
    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()


def _name(url: str) -> str:
    from psycopg.conninfo import conninfo_to_dict

    return str(conninfo_to_dict(url)["dbname"])


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder that holds `src`, `packs` and `docs`."""
    return Path(__file__).resolve().parents[1]
