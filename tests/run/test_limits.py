"""The limits of a connection, and which troubles pass by themselves."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from yiwang.look.trouble import is_passing
from yiwang.run import database

SHOWN = "SELECT name, setting::int FROM pg_settings WHERE name LIKE '%%timeout' AND name = ANY(%s)"
NAMES = ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"]


def connected(url: str, limits: database.Limits) -> psycopg.Connection[Any]:
    entry = database.django_database(url, within=limits)
    options = {name: value for name, value in entry["OPTIONS"].items() if name != "pool"}
    named = {"dbname": entry["NAME"], "user": entry["USER"], "host": entry["HOST"], "password": entry["PASSWORD"]}
    return psycopg.connect(**{k: v for k, v in named.items() if v}, port=entry["PORT"] or None, **options)


@pytest.mark.parametrize(
    ("limits", "milliseconds"),
    [(database.PAGE, [30_000, 3_000, 60_000]), (database.WORK, [3_600_000, 60_000, 3_600_000])],
)
def test_a_connection_carries_its_limits(postgres_url: str, limits: database.Limits, milliseconds: list[int]) -> None:
    with connected(postgres_url, limits) as connection:
        assert dict(connection.execute(SHOWN, [NAMES]).fetchall()) == dict(zip(NAMES, milliseconds, strict=True))


def test_what_the_address_says_comes_after_the_limits_and_prevails(postgres_url: str) -> None:
    url = psycopg.conninfo.make_conninfo(postgres_url, options="-c lock_timeout=7s -c search_path=public")
    with connected(url, database.PAGE) as connection:
        found = dict(connection.execute(SHOWN, [NAMES]).fetchall())
        assert found == {NAMES[0]: 30_000, NAMES[1]: 7_000, NAMES[2]: 60_000}


@pytest.fixture
def table(postgres_url: str) -> Iterator[str]:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE held (n int PRIMARY KEY CHECK (n < 100)); INSERT INTO held VALUES (1), (2)")
        yield postgres_url
        connection.execute("DROP TABLE held")


QUICK = database.Limits(statement=0.5, lock=0.2, idle=0.3)


def trouble_of(url: str, *statements: str, pause: float = 0.0) -> BaseException:
    try:
        with connected(url, QUICK) as connection:
            for statement in statements:
                connection.execute(statement)  # type: ignore[arg-type]
                time.sleep(pause)
    except psycopg.Error as trouble:
        return trouble
    pytest.fail("nothing went wrong")


def test_a_lock_that_is_held_a_long_statement_and_an_idle_transaction_pass(table: str) -> None:
    with psycopg.connect(table) as other:
        other.execute("UPDATE held SET n = n WHERE n = 1")
        assert is_passing(trouble_of(table, "UPDATE held SET n = n WHERE n = 1"))
    assert is_passing(trouble_of(table, "SELECT pg_sleep(5)"))
    assert is_passing(trouble_of(table, "SELECT 1", "SELECT 2", pause=0.8))


def test_a_server_that_is_away_or_ends_a_connection_passes(table: str) -> None:
    assert is_passing(trouble_of(table, "SELECT pg_terminate_backend(pg_backend_pid())"))
    with pytest.raises(psycopg.Error) as caught:
        psycopg.connect("postgresql://nobody@127.0.0.1:1/none", connect_timeout=2)
    assert is_passing(caught.value)


def test_one_of_two_who_wait_for_each_other_may_try_again(table: str) -> None:
    troubles: list[BaseException] = []

    def turn(first: int, second: int, met: threading.Barrier) -> None:
        try:
            with psycopg.connect(table) as connection:
                connection.execute("UPDATE held SET n = n WHERE n = %s", [first])
                met.wait(10)
                connection.execute("UPDATE held SET n = n WHERE n = %s", [second])
        except psycopg.Error as trouble:
            troubles.append(trouble)

    met = threading.Barrier(2)
    turns = [threading.Thread(target=turn, args=(*pair, met)) for pair in ((1, 2), (2, 1))]
    for one in turns:
        one.start()
    for one in turns:
        one.join(20)
    assert [is_passing(one) for one in troubles] == [True]


@pytest.mark.parametrize(
    "statement",
    ["INSERT INTO held VALUES (1)", "INSERT INTO held VALUES (500)", "SELECT 1/0", "SELECT nothing", "SELEC"],
)
def test_what_will_fail_again_does_not_pass(table: str, statement: str) -> None:
    assert not is_passing(trouble_of(table, statement))


def test_a_fault_of_ours_behind_a_handled_one_is_told_by_what_it_came_from() -> None:
    assert not is_passing(None)
    assert not is_passing(ValueError("ours"))
    wrapped = RuntimeError("Django's")
    wrapped.__cause__ = psycopg.errors.LockNotAvailable()
    assert is_passing(wrapped)
