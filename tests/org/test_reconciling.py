"""The database is what the rooms declare: policies, triggers, functions, rights; every migration makes it so again."""

from __future__ import annotations

import logging
from typing import Any

import psycopg
import pytest

from yiwang.org.row_security import APPLICATION_ROLE

pytestmark = pytest.mark.usefixtures("database")


def declared() -> tuple[dict[str, Any], dict[str, Any]]:
    """(table -> its declaration, function -> its declaration)"""
    from yiwang.org import reconciling

    rooms = reconciling.declarations().values()
    return reconciling.tables_declared(rooms), {one.name: one for room in rooms for one in room.functions}


def test_a_migrated_database_is_as_declared() -> None:
    from yiwang.org import reconciling

    assert reconciling.reconcile() == []


def test_the_catalog_names_what_the_code_names(database: str) -> None:
    """Asked of PostgreSQL's own views, apart from the code that reconciles."""
    tables, functions = declared()
    with psycopg.connect(database) as owner:
        policies = set(owner.execute("SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public'"))
        triggers = set(
            owner.execute(
                "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
                " AND tgrelid::regclass::text NOT LIKE 'procrastinate%'"
            )
        )
        guarded = {
            name: (on, forced)
            for name, on, forced in owner.execute(
                "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class"
                " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
            )
        }
        bodies = dict(
            owner.execute(
                "SELECT proname, prosrc FROM pg_proc p WHERE pronamespace = 'public'::regnamespace"
                " AND proname NOT LIKE 'procrastinate%' AND NOT EXISTS"
                " (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
            ).fetchall()
        )
    assert policies == {(name, one.name) for name, table in tables.items() for one in table.policies or ()}
    assert triggers == {(name, one.name) for name, table in tables.items() for one in table.triggers or ()}
    assert guarded == {name: (table.policies is not None, False) for name, table in tables.items()}
    assert bodies.keys() == functions.keys()
    written = {name: one.body for name, one in functions.items() if hasattr(one, "body")}
    assert {name: bodies[name] for name in written} == written


def test_every_table_of_a_model_is_declared_once_by_its_own_room() -> None:
    from django.apps import apps

    from yiwang.org import reconciling

    rooms = reconciling.declarations()
    names = [name for room in rooms.values() for name in room.tables]
    assert len(names) == len(set(names))
    for model in apps.get_models():
        if model.__module__.startswith("yiwang."):
            assert model._meta.db_table in rooms[model._meta.app_label].tables


def test_what_works_as_the_owner_finds_no_table_of_the_callers() -> None:
    """A caller's temporary table would come before ours in a search path that does not put it last."""
    _, functions = declared()
    assert any(getattr(one, "as_owner", False) for one in functions.values())
    with psycopg.connect(_owner()) as owner:
        paths = dict(owner.execute("SELECT proname, proconfig FROM pg_proc WHERE prosecdef").fetchall())
    assert {name: paths[name] for name in functions if name in paths} == {
        name: ["search_path=public, pg_temp"] for name, one in functions.items() if getattr(one, "as_owner", False)
    }


def _owner() -> str:
    from yiwang.run import database

    return database.owner_url()


BY_HAND = [
    ("DROP POLICY sight ON matters_entry", "matters_entry: policy sight: was missing"),
    ("ALTER POLICY sight ON matters_matter USING (true)", "matters_matter: policy sight: was not as declared"),
    ("ALTER POLICY sight ON org_unit WITH CHECK (true)", "org_unit: policy sight: was not as declared"),
    (f"ALTER POLICY sight ON goals_plan TO {APPLICATION_ROLE}", "goals_plan: policy sight: was not as declared"),
    ("CREATE POLICY mine ON goals_plan USING (true)", "goals_plan: policy mine: nobody declares it"),
    ("ALTER TABLE goals_goal DISABLE ROW LEVEL SECURITY", "goals_goal: row security was not as declared"),
    ("ALTER TABLE matters_plain FORCE ROW LEVEL SECURITY", "matters_plain: row security was not as declared"),
    ("ALTER TABLE org_district ENABLE ROW LEVEL SECURITY", "org_district: row security was not as declared"),
    (
        "DROP TRIGGER matters_entry_append_only ON matters_entry",
        "matters_entry: trigger matters_entry_append_only: was missing",
    ),
    (
        "ALTER TABLE ledger_entry DISABLE TRIGGER USER",
        "ledger_entry: trigger ledger_entry_append_only: was not as declared",
    ),
    (
        "CREATE TRIGGER mine BEFORE INSERT ON org_unit FOR EACH STATEMENT EXECUTE FUNCTION org_refuse_change()",
        "org_unit: trigger mine: nobody declares it",
    ),
    (
        "CREATE OR REPLACE FUNCTION org_refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "org_refuse_change(): was not as declared",
    ),
    ("ALTER FUNCTION matters_of_number(text[]) RESET ALL", "matters_of_number(text[]): was not as declared"),
    ("ALTER FUNCTION files_needed(text[]) SECURITY INVOKER", "files_needed(text[]): was not as declared"),
    ("DROP FUNCTION files_forget()", "files_forget(): was missing"),
    (
        "DROP FUNCTION matters_fold(text); CREATE FUNCTION matters_fold(x text) RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "matters_fold(text): was not as declared",
    ),
    (
        "CREATE FUNCTION matters_all() RETURNS SETOF bigint LANGUAGE sql SECURITY DEFINER"
        " AS 'SELECT id FROM public.matters_matter'",
        "matters_all(): nobody declares it",
    ),
    ("DROP AGGREGATE ledger_merge(jsonb)", "ledger_merge(jsonb): was missing"),
    ("GRANT EXECUTE ON FUNCTION people_set(text, text) TO PUBLIC", "people_set(text, text): rights"),
    (f"GRANT DELETE ON axes_accesslog TO {APPLICATION_ROLE}", "axes_accesslog: rights"),
    (f"GRANT UPDATE (is_superuser) ON auth_user TO {APPLICATION_ROLE}", "auth_user: rights"),
    (f"REVOKE ALL ON SEQUENCE matters_entry_id_seq FROM {APPLICATION_ROLE}", "matters_entry_id_seq: rights"),
]


@pytest.mark.parametrize(("statement", "named"), BY_HAND, ids=[statement[:60] for statement, _ in BY_HAND])
def test_what_was_done_by_hand_is_put_right_and_named(database: str, statement: str, named: str) -> None:
    from yiwang.org import reconciling

    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute(statement.encode())
    put_right = reconciling.reconcile()
    assert named in put_right
    assert all("rights" in line for line in put_right if line != named), put_right
    assert reconciling.reconcile() == []


def test_the_next_migrate_puts_it_right_and_says_so(database: str, caplog: pytest.LogCaptureFixture) -> None:
    from django.core.management import call_command

    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("DROP POLICY sight ON matters_entry; ALTER POLICY sight ON goals_goal USING (true)")
    with caplog.at_level(logging.WARNING, "yiwang.org.reconciling"):
        call_command("migrate", database="owner", verbosity=0, interactive=False)
    assert sorted(record.getMessage() for record in caplog.records) == [
        "goals_goal: policy sight: was not as declared",
        "matters_entry: policy sight: was missing",
    ]


def test_where_nothing_differs_nobody_waits_and_nothing_is_written(database: str) -> None:
    """Somebody who writes into every table, and is not yet done, neither holds up nor is held up."""
    from django.db import connections

    from yiwang.org import reconciling

    def written(owner: psycopg.Connection[Any]) -> list[Any]:
        return owner.execute(
            "SELECT 'class', oid, xmin::text FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " UNION ALL SELECT 'proc', oid, xmin::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            " UNION ALL SELECT 'policy', oid, xmin::text FROM pg_policy"
            " UNION ALL SELECT 'trigger', oid, xmin::text FROM pg_trigger ORDER BY 1, 2"
        ).fetchall()

    tables, _ = declared()
    with psycopg.connect(database) as busy, psycopg.connect(database, autocommit=True) as looking:
        busy.execute(f"LOCK TABLE {', '.join(tables)} IN ROW EXCLUSIVE MODE".encode())
        before = written(looking)
        with connections["owner"].cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
            try:
                assert reconciling.reconcile() == []
            finally:
                cursor.execute("RESET lock_timeout")
        assert written(looking) == before


def test_what_cannot_be_made_changes_nothing(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import DatabaseError

    from yiwang.org import reconciling
    from yiwang.org.declared import Policy, Protection, Table

    rooms = reconciling.declarations()
    wrong = Protection({"org_try": Table("SELECT", (Policy("sight", "no_such_column"),))})
    monkeypatch.setattr(reconciling, "declarations", lambda: {**rooms, "wrong": wrong})
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("DROP POLICY sight ON matters_entry")
    with pytest.raises(DatabaseError):
        reconciling.reconcile()
    monkeypatch.undo()
    assert reconciling.reconcile() == ["matters_entry: policy sight: was missing"]
