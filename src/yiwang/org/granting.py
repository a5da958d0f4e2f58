"""What the application's role may do with each table: declared by the room that owns it, and nothing beside it (R9.1).

A room's module `grants` holds ``GRANTS = {"matters_matter": "SELECT, INSERT, UPDATE (title, stage)", …}``; an empty
text gives nothing. After every migration all rights are taken away and the declared ones given, in one transaction. A
table that no room declares stops the migration: nobody gets rights by forgetting.

Who loads a pack, makes an account, takes a checkpoint or verifies works as the owner (`session.as_owner`); pages never
do.
"""

from __future__ import annotations

import re
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from .row_security import APPLICATION_ROLE

Rights = dict[str, frozenset[str]]  # "SELECT" or "UPDATE title" -> …; table -> rights
_ONE = re.compile(r"(SELECT|INSERT|UPDATE|DELETE)(?:\s*\(([\w\s,]*)\))?")


class NotDeclared(Exception):
    """A table that no room declares rights for."""


def declared() -> dict[str, str]:
    """table -> the rights that its room gives the application."""
    found: dict[str, str] = {}
    for app in apps.get_app_configs():
        name = f"{app.name}.grants"
        if app.name.startswith("yiwang.") and find_spec(name):
            found |= import_module(name).GRANTS
    return found


def rights(text: str) -> frozenset[str]:
    """Rights one by one: {"SELECT", "UPDATE title"}. Raises ValueError for what is no list of rights."""
    if _ONE.sub("", text).strip(", \n"):
        raise ValueError(text)
    found = set()
    for right, columns in _ONE.findall(text):
        found |= {f"{right} {column.strip()}" for column in columns.split(",")} if columns else {right}
    return frozenset(found)


_TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
ORDER BY c.relname
"""
_HELD = """
SELECT c.relname, a.privilege_type FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
       aclexplode(c.relacl) AS a
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
  AND a.grantee IN (0, %(role)s::regrole)
UNION
SELECT c.relname, a.privilege_type || ' ' || t.attname FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute t ON t.attrelid = c.oid,
     aclexplode(t.attacl) AS a
WHERE n.nspname = 'public' AND a.grantee IN (0, %(role)s::regrole)
"""


def tables() -> list[str]:
    """Every table of the database."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(_TABLES)
        return [name for (name,) in cursor.fetchall()]


def held() -> Rights:
    """table -> what the application's role (or everybody) may do with it, as the database says."""
    found: dict[str, set[str]] = {}
    with connections["owner"].cursor() as cursor:
        cursor.execute(_HELD, {"role": APPLICATION_ROLE})
        for table, right in cursor.fetchall():
            found.setdefault(table, set()).add(right)
    return {table: frozenset(given) for table, given in found.items()}


def grant_to_application(**_: Any) -> None:
    """After every migration: the application's role gets what the rooms declare, and nothing else; while migrations are
    still to come, tables are those of an earlier day and it gets nothing.

    Raises NotDeclared.
    """
    if migrations_to_come():
        with connections["owner"].cursor() as cursor:
            cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {APPLICATION_ROLE}, PUBLIC;")
        return
    said, here = declared(), tables()
    if missing := [table for table in here if table not in said]:
        raise NotDeclared(
            f"No room says what the application may do with {', '.join(missing)}: add it to the GRANTS of the room's"
            " grants.py (yiwang.org.grants for tables of packages)."
        )
    given = [f"GRANT {said[table]} ON {table} TO {APPLICATION_ROLE};" for table in here if said[table]]
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            f"GRANT USAGE ON SCHEMA public TO {APPLICATION_ROLE};"
            f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {APPLICATION_ROLE}, PUBLIC;"
            f"{''.join(given)}"
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APPLICATION_ROLE};"
        )


def migrations_to_come() -> bool:
    """Whether the database is still on its way to the tables of this version."""
    executor = MigrationExecutor(connections["owner"])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
