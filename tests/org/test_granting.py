"""The application may do with each table what its room declares, and nothing beside it (R9.1)."""

from __future__ import annotations

import psycopg
import pytest

pytestmark = pytest.mark.usefixtures("database")


def test_what_the_database_allows_is_what_the_rooms_declare():
    from yiwang.org import granting, reconciling

    tables = reconciling.tables_declared(reconciling.declarations().values())
    said = {name: granting.rights(table.rights) for name, table in tables.items()}
    held = granting.held()
    assert sorted(granting.tables()) == sorted(said), "every table is declared, and every declared table is there"
    assert {table: held.get(table, frozenset()) for table in said} == said


def test_a_table_that_nobody_declares_stops_the_migration(database):
    from yiwang.org import reconciling

    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("CREATE TABLE forgotten (id bigint)")
        try:
            with pytest.raises(reconciling.NotDeclared, match="forgotten"):
                reconciling.after_migration()
        finally:
            owner.execute("DROP TABLE forgotten")


def test_with_a_new_table_the_application_may_do_nothing_until_it_is_declared(database):
    """Also where an older version had let it use whatever would be made later."""
    from tests.conftest import as_application
    from yiwang.org import granting
    from yiwang.run import database as db

    with psycopg.connect(database, autocommit=True) as owner:
        for right, kind in (("SELECT, INSERT, UPDATE, DELETE", "TABLES"), ("USAGE, SELECT", "SEQUENCES")):
            to = granting.APPLICATION_ROLE
            owner.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {right} ON {kind} TO {to}")
        db.prepare(database, as_application(database))
        owner.execute("CREATE TABLE just_made (id bigserial)")
        try:
            assert "just_made" not in granting.held()
            with psycopg.connect(as_application(database)) as application:
                for statement in ("SELECT * FROM just_made", "SELECT nextval('just_made_id_seq')"):
                    with pytest.raises(psycopg.errors.InsufficientPrivilege), application.transaction():
                        application.execute(statement)
        finally:
            owner.execute("DROP TABLE just_made")


def test_rights_given_by_hand_are_taken_away(database):
    from yiwang.org import granting, reconciling

    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute(f"GRANT DELETE, TRUNCATE ON axes_accesslog TO {granting.APPLICATION_ROLE}")
        owner.execute(f"GRANT UPDATE (is_superuser) ON auth_user TO {granting.APPLICATION_ROLE}")
        owner.execute("GRANT SELECT ON ledger_leaf TO PUBLIC")
    assert "UPDATE is_superuser" in granting.held()["auth_user"]
    reconciling.after_migration()
    test_what_the_database_allows_is_what_the_rooms_declare()


REFUSED = [
    "UPDATE auth_user SET password = 'x'",
    "UPDATE auth_user SET is_superuser = true",
    "INSERT INTO auth_user (username, password, is_superuser, first_name, last_name, email, is_staff, is_active,"
    " date_joined) VALUES ('x', 'x', true, '', '', '', true, true, now())",
    "UPDATE org_district SET roles = '{}'",
    "UPDATE org_district SET calendar = '{}'",
    "INSERT INTO org_appointment (district_id, post_id, person_id, since) VALUES (1, 1, 1, now())",
    "DELETE FROM org_cell",
    "DELETE FROM axes_accesslog",
    "UPDATE axes_accesslog SET username = 'x'",
    "DELETE FROM axes_accessfailurelog",
    "DELETE FROM indicators_indicator",
    "UPDATE indicators_indicator SET definition = definition",
    "UPDATE matters_kind SET definition = ''",
    "DELETE FROM matters_matter",
    "UPDATE matters_matter SET number = 'x'",
    "UPDATE matters_matter SET created_at = now()",
    "UPDATE matters_matter SET tracking = 'x'",
    "DELETE FROM matters_entry",
    "UPDATE matters_entry SET at = now()",
    "DELETE FROM matters_counter",
    "DELETE FROM matters_reporter",
    "UPDATE matters_reporter SET phone = 'x'",
    "INSERT INTO matters_checkpoint DEFAULT VALUES",
    "INSERT INTO ledger_checkpoint DEFAULT VALUES",
    "INSERT INTO ledger_entry DEFAULT VALUES",
    "UPDATE ledger_head SET seq = 0",
    "SELECT * FROM ledger_leaf",
    "DELETE FROM org_reading",
    "UPDATE goals_report SET value = 1",
    "DELETE FROM goals_goal",
    "UPDATE goals_plan SET text = 'x'",
    "TRUNCATE matters_counter",
    "DROP TABLE matters_entry",
    "ALTER TABLE matters_entry DISABLE TRIGGER matters_entry_append_only",
    "CREATE TABLE mine (id int)",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_the_application_may_not(statement):
    from django.db import ProgrammingError, connection, transaction

    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        connection.cursor().execute(statement)
