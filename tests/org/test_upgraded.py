"""An installation that was upgraded is what a new one is: schema, policies, triggers, rights, functions.

`first.sql` is the schema of the first installations as PostgreSQL wrote it out, before row security was declared, when
goals kept their documents and matters their photos in tables of their own. It is never made anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.support.catalog import TOLD, told
from tests.support.earlier import earlier, insert

FIRST = Path(__file__).with_name("first.sql").read_text("utf-8")


@pytest.fixture(scope="module")
def fresh(database: str) -> dict[str, set[tuple[Any, ...]]]:
    with psycopg.connect(database) as owner:
        return told(owner)


@pytest.fixture(scope="module")
def upgraded(
    postgres_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, set[tuple[Any, ...]]]]:
    """The first schema with a row of most things in it, brought up to date."""
    with earlier(postgres_server, tmp_path_factory.mktemp("var"), schema=FIRST) as (owner, migrate):
        with psycopg.connect(owner) as connection, connection.cursor() as cursor:
            filled(cursor)
        migrate()
        with psycopg.connect(owner) as connection:
            yield told(connection)


def filled(cursor: Any) -> None:
    district = insert(
        cursor, "org_district", code="old", digest="sha256", calendar='{"calendar": "cn"}', time_zone="Asia/Shanghai"
    )
    of_it = {"district_id": district}
    unit = insert(cursor, "org_unit", **of_it, code="qu", kind="district")
    person = insert(cursor, "org_person", **of_it)
    matter = insert(cursor, "matters_matter", **of_it, number="RX-1", kind="hotline", tracking="a" * 64)
    insert(cursor, "matters_entry", **of_it, matter_id=matter, seq=1, delta="{}", data="{}")
    insert(cursor, "matters_evidence", **of_it, matter_id=matter, sha256="b" * 64)
    plan = insert(cursor, "goals_plan", **of_it, person_id=person, seen_by=[unit])
    insert(cursor, "goals_document", **of_it, plan_id=plan, sha256="c" * 64, content=b"a plan")
    insert(cursor, "wall_mode", **of_it, person_id=person)


@pytest.mark.parametrize("heading", TOLD)
def test_an_upgraded_database_is_what_a_fresh_one_is(heading, fresh, upgraded):
    assert fresh[heading], "there is something to compare"
    assert upgraded[heading] - fresh[heading] == set(), "only in the upgraded one"
    assert fresh[heading] - upgraded[heading] == set(), "only in the fresh one"
