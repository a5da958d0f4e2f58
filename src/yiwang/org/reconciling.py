"""After every migration the database is made what the rooms declare: row security, triggers, functions, rights.

Nothing is locked and nothing written where nothing differs. What was put right is told in the log; a table that no room
declares stops the migration: nobody gets rights by forgetting.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration

from . import catalog, granting
from .catalog import OWNER, Guard, Made, Named, Signature, ask
from .declared import Protection, Table

log = logging.getLogger(__name__)


class NotDeclared(Exception):
    """A table that no room declares."""


def declarations() -> dict[str, Protection]:
    """room -> what it declares."""
    by_room = {}
    for app in apps.get_app_configs():
        name = f"{app.name}.protection"
        if app.name.startswith("yiwang.") and find_spec(name):
            by_room[app.label] = import_module(name).PROTECTION
    return by_room


def tables_declared(rooms: Iterable[Protection]) -> dict[str, Table]:
    """table -> its declaration, with the policies that other rooms add."""
    rooms = list(rooms)
    tables = {name: table for room in rooms for name, table in room.tables.items()}
    for room in rooms:
        for name, policies in room.elsewhere.items():
            tables[name] = replace(tables[name], policies=(*(tables[name].policies or ()), *policies))
    return tables


def after_migration(plan: Sequence[tuple[Migration, bool]] = (), **_: Any) -> None:
    """Reconcile, and warn in the log of what was not as declared; of what follows from the migrations themselves (all
    that a first installation brings, the rights that a new table has yet to get) it is only told.

    While migrations are still to come, tables are those of an earlier day: the application gets nothing.
    Raises NotDeclared.
    """
    if migrations_to_come():
        granting.take_everything()
        return
    first = any((one.app_label, one.name) == ("org", "0001_initial") for one, _ in plan)
    for line in reconcile():
        expected = first or (plan and line.endswith(granting.RIGHTS))
        log.log(logging.INFO if expected else logging.WARNING, "%s", line)


def migrations_to_come() -> bool:
    """Whether the database is still on its way to the tables of this version."""
    executor = MigrationExecutor(connections[OWNER])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def reconcile() -> list[str]:
    """Make the database what the rooms declare, in one transaction; returns what was put right. Raises NotDeclared."""
    rooms = declarations()
    tables = tables_declared(rooms.values())
    with transaction.atomic(using=OWNER):
        ask("SELECT pg_advisory_xact_lock(hashtext('yiwang protection'))")
        if missing := [table for table in granting.tables() if table not in tables]:
            raise NotDeclared(
                f"No room says what protects {', '.join(missing)}: add it to the room's protection.py"
                " (yiwang.org.protection for tables of packages)."
            )
        there, guards = catalog.functions(), catalog.guards()
        functions = [one for room in rooms.values() for one in room.functions]
        wanted = catalog.functions_as_declared(functions)
        put_right = _make_functions(dict(zip(wanted, functions, strict=True)), wanted, there)
        as_declared = catalog.guards_as_declared(tables)
        for name, table in tables.items():
            put_right += _protect(name, table, guards[name], as_declared[name])
        put_right += _drop_functions(rooms, wanted, there)
        return put_right + granting.give({name: one.rights for name, one in tables.items()}, set(wanted))


def _make_functions(
    functions: Mapping[Signature, Any], wanted: dict[Signature, Made], there: dict[Signature, Made]
) -> list[str]:
    put_right = []
    for signature, function in functions.items():
        now = there.get(signature)
        if now == wanted[signature]:
            continue
        if now and now.shape != wanted[signature].shape:
            ask(f"DROP ROUTINE {_called(signature)}")
        ask(function.sql("public"))
        put_right.append(f"{_called(signature)}: {'was not as declared' if now else 'was missing'}")
    return put_right


def _drop_functions(rooms: Iterable[str], wanted: Iterable[Signature], there: Iterable[Signature]) -> list[str]:
    """Functions in a room's name that it does not declare are left over, or somebody's own."""
    ours = tuple(f"{room}_" for room in rooms)
    strangers = [one for one in there if one not in set(wanted) and one[0].startswith(ours)]
    for signature in strangers:
        ask(f"DROP ROUTINE {_called(signature)}")
    return [f"{_called(signature)}: nobody declares it" for signature in strangers]


def _called(signature: Signature) -> str:
    return "{}({})".format(*signature)


def _protect(name: str, table: Table, now: Guard, wanted: Guard) -> list[str]:
    put_right = []
    if now.rows != wanted.rows:
        put_right.append(f"{name}: row security was not as declared")
        switch = "DISABLE" if table.policies is None else "ENABLE"
        ask(f"ALTER TABLE {name} {switch} ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY")
    makes = {one.name: one.sql(name) for one in table.parts()}
    put_right += _renew("POLICY", name, now.policies, wanted.policies, makes)
    if table.triggers is not None:
        put_right += _renew("TRIGGER", name, now.triggers, wanted.triggers, makes)
    return put_right


def _renew(what: str, table: str, now: Named, wanted: Named, makes: Mapping[str, str]) -> list[str]:
    put_right = []
    for name in sorted(now.keys() | wanted.keys()):
        if now.get(name) == wanted.get(name):
            continue
        if name in now:
            ask(f'DROP {what} "{name}" ON {table}')
        if name in wanted:
            ask(makes[name])
        how = "nobody declares it" if name not in wanted else "was not as declared" if name in now else "was missing"
        put_right.append(f"{table}: {what.lower()} {name}: {how}")
    return put_right
