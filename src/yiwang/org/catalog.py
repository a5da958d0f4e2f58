"""What a database says of its protection, and what it would say if it were as declared.

PostgreSQL prints policies and triggers in a spelling of its own. So what is declared is made for a moment, in the
session's own temporary schema, and both are read by the same queries: they are equal when they are spelled alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connections, transaction

from .declared import Aggregate, Function, Table

OWNER = "owner"
LIVE, SCRATCH = "'public'::regnamespace", "pg_my_temp_schema()"

_ROWS = """
SELECT c.relname, c.relrowsecurity::text || ' ' || c.relforcerowsecurity::text FROM pg_class c
WHERE c.relnamespace = {schema} AND c.relkind IN ('r', 'p')
"""
_POLICIES = """
SELECT c.relname, p.polname, concat_ws(' ', p.polpermissive, p.polcmd, p.polroles::regrole[],
  'USING', pg_get_expr(p.polqual, p.polrelid), 'CHECK', pg_get_expr(p.polwithcheck, p.polrelid))
FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relnamespace = {schema}
"""
_TRIGGERS = """
SELECT c.relname, t.tgname, t.tgenabled::text || ' ' || pg_get_triggerdef(t.oid, true)
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE c.relnamespace = {schema} AND NOT t.tgisinternal
"""
# those of extensions are not ours
_FUNCTIONS = """
SELECT p.proname, oidvectortypes(p.proargtypes),
  concat_ws(' ', p.prokind, pg_get_function_arguments(p.oid), '->', pg_get_function_result(p.oid)),
  concat_ws(' ', l.lanname, p.provolatile, p.prosecdef, p.proparallel, p.proisstrict, p.proleakproof, p.proconfig,
    a.aggtransfn::regproc, a.aggtranstype::regtype, a.agginitval, p.prosrc)
FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang LEFT JOIN pg_aggregate a ON a.aggfnoid = p.oid
WHERE p.pronamespace = {schema}
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
"""

Signature = tuple[str, str]  # name, types of its arguments
Named = dict[str, str]  # name -> how the database spells it


@dataclass(frozen=True, slots=True)
class Guard:
    """How a table is protected: whether row security is on (and forced upon its owner too), policies, triggers."""

    rows: str
    policies: Named
    triggers: Named


@dataclass(frozen=True, slots=True)
class Made:
    """A function: what may only change by making it anew, and the rest."""

    shape: str
    rest: str


def ask(sql: str, params: Any = None) -> list[tuple[Any, ...]]:
    """The rows of a statement, asked as the owner."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall()) if cursor.description else []


def guards(schema: str = LIVE) -> dict[str, Guard]:
    """table -> how it is protected."""
    by_table = {table: Guard(rows, {}, {}) for table, rows in ask(_ROWS.format(schema=schema))}
    for table, name, said in ask(_POLICIES.format(schema=schema)):
        by_table[table].policies[name] = said
    for table, name, said in ask(_TRIGGERS.format(schema=schema)):
        by_table[table].triggers[name] = said
    return by_table


def functions(schema: str = LIVE) -> dict[Signature, Made]:
    """Every function that no extension brought."""
    return {(name, types): Made(shape, rest) for name, types, shape, rest in ask(_FUNCTIONS.format(schema=schema))}


def functions_as_declared(declared: Iterable[Function | Aggregate]) -> dict[Signature, Made]:
    """What `functions` would say, in the order in which they are declared."""
    by_signature: dict[Signature, Made] = {}
    with for_a_moment():
        ask("SET LOCAL check_function_bodies = off")  # they may call what is not there yet
        for one in declared:
            ask(one.sql("pg_temp"))
            by_signature |= functions(SCRATCH)
    return by_signature


def guards_as_declared(declared: Mapping[str, Table]) -> dict[str, Guard]:
    """What `guards` would say."""
    with for_a_moment():
        for name in declared:
            ask(f"CREATE TEMPORARY TABLE {name} (LIKE public.{name})")
        for name, table in declared.items():
            for statement in made(name, table):
                ask(statement)
        return guards(SCRATCH)


def made(name: str, table: Table) -> Iterator[str]:
    """The statements that protect a table that has no protection yet."""
    if table.policies is not None:
        yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
    for one in table.parts():
        yield one.sql(name)


@contextmanager
def for_a_moment() -> Iterator[None]:
    """What is done inside is taken back at the end."""
    with transaction.atomic(using=OWNER):
        yield
        transaction.set_rollback(True, using=OWNER)
