"""What the application's role may do: with each table what its room declares, and nothing beside it (R9.1).

Who loads a pack, makes an account, takes a checkpoint or verifies works as the owner (`session.as_owner`); pages never
do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .catalog import Signature, ask
from .row_security import APPLICATION_ROLE

Rights = dict[str, frozenset[str]]  # "SELECT" or "UPDATE title" -> …; table -> rights
_ONE = re.compile(r"(SELECT|INSERT|UPDATE|DELETE)(?:\s*\(([\w\s,]*)\))?")


def rights(text: str) -> frozenset[str]:
    """Rights one by one: {"SELECT", "UPDATE title"}. Raises ValueError for what is no list of rights."""
    if _ONE.sub("", text).strip(", \n"):
        raise ValueError(text)
    granted = set()
    for right, columns in _ONE.findall(text):
        granted |= {f"{right} {column.strip()}" for column in columns.split(",")} if columns else {right}
    return frozenset(granted)


_TABLES = """
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
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
# what a database gives without being told: a sequence to nobody, a function to everybody
_SEQUENCES = """
SELECT c.relname,
       coalesce(array_agg(DISTINCT a.privilege_type::text) FILTER (WHERE a.grantee = %(role)s::regrole), '{}'),
       coalesce(bool_or(a.grantee = 0), false)
FROM pg_class c LEFT JOIN LATERAL aclexplode(c.relacl) AS a ON true
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'S' GROUP BY c.relname
"""
_CALLED = """
SELECT p.proname, oidvectortypes(p.proargtypes), coalesce(bool_or(a.grantee = %(role)s::regrole), false),
       coalesce(bool_or(a.grantee = 0), false)
FROM pg_proc p LEFT JOIN LATERAL aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a ON true
WHERE p.pronamespace = 'public'::regnamespace GROUP BY p.oid
"""
RIGHTS = ": rights"  # how a line about them ends
_ROLE = {"role": APPLICATION_ROLE}


def tables() -> list[str]:
    """Every table of the database."""
    return [name for (name,) in ask(_TABLES)]


def held() -> Rights:
    """table -> what the application's role (or everybody) may do with it, as the database says."""
    found: dict[str, set[str]] = {}
    for table, right in ask(_HELD, _ROLE):
        found.setdefault(table, set()).add(right)
    return {table: frozenset(given) for table, given in found.items()}


def called() -> dict[Signature, tuple[bool, bool]]:
    """function -> whether the application may call it, and whether everybody may."""
    return {(name, types): (ours, everybody) for name, types, ours, everybody in ask(_CALLED, _ROLE)}


def give(declared: Mapping[str, str], functions: set[Signature]) -> list[str]:
    """Let the application have what is declared and nobody else what the database gives by itself.

    declared   table -> rights;  functions  those that the application may call
    Returns what was not so.
    """
    put_right, there = [], held()
    for table, text in declared.items():
        if there.get(table, frozenset()) != rights(text):
            put_right.append(f"{table}{RIGHTS}")
            ask(f"REVOKE ALL ON {table} FROM {APPLICATION_ROLE}, PUBLIC")
            if text:
                ask(f"GRANT {text} ON {table} TO {APPLICATION_ROLE}")
    for name, given, everybody in ask(_SEQUENCES, _ROLE):
        if set(given) != {"USAGE", "SELECT"} or everybody:
            put_right.append(f"{name}{RIGHTS}")
            ask(f"REVOKE ALL ON SEQUENCE {name} FROM {APPLICATION_ROLE}, PUBLIC")
            ask(f"GRANT USAGE, SELECT ON SEQUENCE {name} TO {APPLICATION_ROLE}")
    for (name, types), now in called().items():
        if (name, types) in functions and now != (True, False):
            put_right.append(f"{name}({types}){RIGHTS}")
            ask(f"REVOKE ALL ON ROUTINE {name}({types}) FROM {APPLICATION_ROLE}, PUBLIC")
            ask(f"GRANT EXECUTE ON ROUTINE {name}({types}) TO {APPLICATION_ROLE}")
    if not ask("SELECT has_schema_privilege(%(role)s, 'public', 'USAGE')", _ROLE)[0][0]:
        put_right.append(f"schema public{RIGHTS}")
        ask(f"GRANT USAGE ON SCHEMA public TO {APPLICATION_ROLE}")
    return put_right


def take_everything() -> None:
    """The application may do nothing with any table."""
    ask(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {APPLICATION_ROLE}, PUBLIC")
