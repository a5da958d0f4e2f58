"""A line of a log holds nothing of what somebody wrote: not in its words, not in what the database says (R9.3)."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

TEXT = "王小明住霜桥路99弄5号302室"
PHONE = "13912345678"
FAILING = (
    "SELECT %s::int",
    "SELECT %s::date",
    "INSERT INTO auth_group (name) VALUES (%s), (%s)",
    "INSERT INTO auth_group (id, name) VALUES (%s)",
    "SELECT * FROM nothing WHERE n = %s",
    "SELECT %s /",
)


@pytest.fixture(scope="module")
def line_of(database: str) -> Callable[..., str]:
    """What is written of a record: message, arguments, and the exception that is being handled."""
    from yiwang.org.visitor import InLog
    from yiwang.run.logs import Careful

    careful = Careful("{asctime} {levelname} {visitor} {name} {message}", style="{")

    def line(message: str, *args: Any) -> str:
        record = logging.LogRecord("yiwang.test", logging.ERROR, __file__, 1, message, args, sys.exc_info())
        InLog().filter(record)
        return careful.format(record)

    return line


@pytest.mark.parametrize("statement", FAILING)
@pytest.mark.parametrize("through", ["django", "driver"])
def test_what_the_database_says_is_left_out(line_of: Callable[..., str], statement: str, through: str) -> None:
    from django.db import DatabaseError, connection

    said, line = "", ""
    with connection.cursor() as cursor:
        raw = psycopg.ClientCursor(connection.connection)
        try:
            (cursor if through == "django" else raw).execute(statement, [f"{TEXT}，{PHONE}"] * statement.count("%s"))
        except (DatabaseError, psycopg.Error) as trouble:
            said, line = str(trouble), line_of("it failed: %s", trouble)
    assert said
    assert PHONE not in line
    assert "霜桥路" not in line
    assert "王小明" not in line
    assert "Traceback" in line
    assert "what the database said is left out" in line


def test_the_words_of_other_faults_are_masked_and_kept(line_of: Callable[..., str]) -> None:
    try:
        try:
            raise KeyError(f"no person {PHONE}")
        except KeyError as inner:
            raise ValueError(f"cannot read the form of {PHONE}") from inner
    except ValueError:
        line = line_of("a form failed")
    assert PHONE not in line
    assert "ValueError: cannot read the form of 139****5678" in line
    assert "KeyError: 'no person 139****5678'" in line


def test_the_drivers_own_words_of_a_server_that_is_away_are_kept(line_of: Callable[..., str]) -> None:
    try:
        psycopg.connect("postgresql://nobody@127.0.0.1:1/none", connect_timeout=2)
    except psycopg.OperationalError as trouble:
        line = line_of("it failed: %s", trouble)
    assert "127.0.0.1" in line


def test_a_group_of_faults_tells_no_more_than_each(line_of: Callable[..., str]) -> None:
    try:
        raise ExceptionGroup("several", [ValueError(PHONE), psycopg.DataError(f"bad: {TEXT}")])
    except ExceptionGroup:
        line = line_of("it failed")
    assert PHONE not in line
    assert "霜桥路" not in line
    assert "ValueError" in line


@given(st.sampled_from(["from %s", "%s", "phone=%s", "电话%s"]), st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_a_phone_number_in_a_message_is_masked(line_of: Callable[..., str], message: str, phone: str) -> None:
    assert phone not in line_of(message, phone)
