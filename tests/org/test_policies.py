"""The policies of the database are what the code says: an upgraded installation sees as a new one does (design §7)."""

from __future__ import annotations

import re

import psycopg
import pytest


def plain(text):
    """A predicate without what PostgreSQL adds when it prints one: brackets, casts and aliases of its own."""
    text = re.sub(r"\s+", " ", text or "")
    text = re.sub(r"::(text|bigint|integer|int|smallint|character varying)(\[\])?", "", text)
    text = re.sub(r" AS \w+", "", text)
    return re.sub(r"[()\s\"]", "", text).lower()


@pytest.mark.parametrize("table", ["matters_matter", "signals_quarantine"])
def test_the_one_predicate_is_the_policy(database, table):
    """Each condition of `IN_SIGHT`, with the session's settings, stands in the policy of the tables that it guards."""
    from yiwang.org.asker import IN_SIGHT
    from yiwang.org.row_security import in_session

    with psycopg.connect(database) as owner:
        (kept,) = owner.execute(
            "SELECT string_agg(qual, ' ') FROM pg_policies WHERE tablename = %s AND policyname = 'sight'", [table]
        ).fetchone()
        said = owner.execute(
            "CREATE TEMP TABLE probe AS SELECT * FROM " + table + " WITH NO DATA;"
            "ALTER TABLE probe ENABLE ROW LEVEL SECURITY"
        )
        assert said is not None
        owner.execute(f"CREATE POLICY sight ON probe USING ({in_session(IN_SIGHT, 'probe')})".encode())
        (expected,) = owner.execute("SELECT qual FROM pg_policies WHERE tablename = 'probe'").fetchone()
        owner.rollback()
    assert plain(expected.replace("probe.", f"{table}.")) in plain(kept)


def test_every_table_of_a_district_is_under_row_security(database):
    """A table that says to which district its rows belong shows them to nobody from elsewhere."""
    with psycopg.connect(database) as owner:
        rows = owner.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'district_id'"
            " WHERE n.nspname = 'public' AND c.relkind = 'r' AND NOT c.relrowsecurity ORDER BY 1"
        ).fetchall()
    assert [name for (name,) in rows] == []


def test_no_policy_opens_to_whoever_has_entered_nothing(database):
    """Without a district, units and a person the application sees no row of any table under row security."""

    from tests.conftest import as_application

    with psycopg.connect(database) as owner:
        tables = [
            name
            for (name,) in owner.execute(
                "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                " WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relrowsecurity"
            )
        ]
    with psycopg.connect(as_application(database), autocommit=True) as stranger:
        for table in tables:
            (may,) = stranger.execute("SELECT has_table_privilege(%s, 'SELECT')", [table]).fetchone()
            if may:
                (n,) = stranger.execute(f"SELECT count(*) FROM {table}").fetchone()
                assert n == 0, table


@pytest.mark.parametrize(
    ("kinds", "found"), [(None, False), ("", False), ("-", False), ("request", False), ("hotline", True), ("*", True)]
)
def test_the_searches_that_run_as_the_owner_find_nothing_without_kinds(database, kinds, found):
    """A setting that nobody made is no kind, never every kind."""
    from tests.conftest import as_application
    from tests.matters.personal import PHONE, SAID, received
    from tests.support.district import make_district
    from yiwang.matters import rows
    from yiwang.matters.reported import Reported
    from yiwang.org.keyed import all_keyed
    from yiwang.org.session import acting_as, settings_of

    district = make_district()
    one = received(district, SAID, reporter=Reported("欧阳守拙", PHONE, ""))
    with acting_as(district.system) as asker:
        digests = list(all_keyed(rows.number_purpose(asker), PHONE))
    names = ("district", "units", "clearance", "kinds", "tracking", "person", "audits")
    entered = dict(zip(names, settings_of(district.system), strict=True)) | {"kinds": kinds}
    with psycopg.connect(as_application(database)) as asking:
        for name, value in entered.items():
            if value is not None:
                asking.execute("SELECT set_config('app.' || %s, %s, true)", [name, value])
        by_number = asking.execute("SELECT matters_of_number(%s)", [digests]).fetchall()
        by_word = asking.execute("SELECT matters_holding('路灯', '{}', '{}', '{}')").fetchall()
    assert set(by_number) == set(by_word) == ({(one.id,)} if found else set())
