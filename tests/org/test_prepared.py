"""Statements of the hot path are planned once a connection: the server says so itself, with a pool and without."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(params=[0, 3], ids=["no pool", "pool"])
def joined(request: pytest.FixtureRequest, database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A connection of the application's own, as a command (no pool) and as a server (pool) has it."""
    from django.db import connection as usual
    from django.db.backends.postgresql.base import DatabaseWrapper

    from yiwang.org import session
    from yiwang.run import database as db

    entry = {**usual.settings_dict, **db.django_database(db.app_url(), pool=request.param, within=db.PAGE)}
    made = DatabaseWrapper(entry, f"joined{request.param}")
    monkeypatch.setattr(session, "connection", made)
    yield made
    made.close()
    if request.param:
        made.close_pool()


def planned(joined: Any) -> dict[str, int]:
    """What the server has planned for this connection, and how often each was used since."""
    with joined.cursor() as cursor:
        cursor.execute("SELECT statement, generic_plans + custom_plans FROM pg_prepared_statements")
        return dict(cursor.fetchall())


def test_a_statement_is_planned_once_and_used_again(joined: Any) -> None:
    from yiwang.org.session import prepared

    joined.ensure_connection()
    for n in range(7):
        assert prepared("SELECT %s::int + 1", [n]).fetchone() == (n + 1,)
    assert planned(joined) == {"SELECT $1::int + 1": 7}


def test_what_a_rollback_makes_the_driver_forget_is_planned_anew(joined: Any) -> None:
    from yiwang.org.session import prepared

    joined.ensure_connection()
    for _ in range(3):
        joined.set_autocommit(False)
        prepared("SELECT %s::int", [1])
        joined.rollback()
        joined.set_autocommit(True)
        assert prepared("SELECT %s::int", [2]).fetchone() == (2,)
        assert planned(joined) == {"SELECT $1::int": 1}


def test_an_act_uses_the_plans_of_the_one_before(database: str) -> None:
    from django.db import connection

    from tests.support.district import make_district
    from tests.support.tickets import do, ticket

    district = make_district()
    connection.close()
    connection.ensure_connection()
    try:
        for _ in range(3):
            do(district, "dispatcher-1", ticket(district), "assign", {"unit": "water"}, "2026-10-12T10:20")
        used = planned(connection)
        assert sum("set_config('app.district'" in text and n >= 3 for text, n in used.items()) == 1
        assert sum(text.endswith("WHERE id = $1 FOR UPDATE") and n >= 3 for text, n in used.items()) == 1
    finally:
        connection.close()
