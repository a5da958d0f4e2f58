"""What a database is, told by its catalog: for comparing one with another."""

from __future__ import annotations

from typing import Any

from psycopg import Connection

# no rights that anybody wrote down are those that the owner has by itself
GIVEN = "coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's'::\"char\" ELSE 'r'::\"char\" END, relowner))"
RIGHTS = "(SELECT array_agg(one::text ORDER BY one::text) FROM unnest({acl}) AS one)::text"
# what is told apart by its place among others (the order of columns, numbers of objects) is left out
TOLD = {
    "columns": """
        SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
               pg_get_expr(d.adbin, d.adrelid), l.collname, a.attstorage
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_collation l ON l.oid = a.attcollation
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v') AND a.attnum > 0
          AND NOT a.attisdropped""",
    "constraints": """
        SELECT conrelid::regclass::text, conname, contype::text, convalidated, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "tables": f"""
        SELECT relname, relkind::text, relpersistence::text, reloptions, relrowsecurity, relforcerowsecurity,
               {RIGHTS.format(acl=GIVEN)}
        FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'S')""",
    "rights on columns": f"""
        SELECT attrelid::regclass::text, attname, {RIGHTS.format(acl="attacl")} FROM pg_attribute
        WHERE attacl IS NOT NULL""",
    "sequences": """
        SELECT sequencename::text, data_type::text, start_value, increment_by, cycle FROM pg_sequences
        WHERE schemaname = 'public'""",
    "policies": "SELECT tablename, policyname, permissive, roles::text, cmd, qual, with_check FROM pg_policies",
    "triggers": """
        SELECT tgrelid::regclass::text, tgname, tgenabled::text, pg_get_triggerdef(oid) FROM pg_trigger
        WHERE NOT tgisinternal""",
    "functions": f"""
        SELECT p.oid::regprocedure::text,
               CASE prokind WHEN 'a' THEN a.aggtransfn::text ELSE pg_get_functiondef(p.oid) END,
               {RIGHTS.format(acl="proacl")}
        FROM pg_proc p LEFT JOIN pg_aggregate a ON a.aggfnoid = p.oid WHERE pronamespace = 'public'::regnamespace""",
    "types": """
        SELECT t.typname, array_agg(e.enumlabel::text ORDER BY e.enumsortorder)::text FROM pg_type t
        JOIN pg_enum e ON e.enumtypid = t.oid GROUP BY t.typname""",
    "migrations": "SELECT app, name FROM django_migrations",
}


def told(owner: Connection[Any]) -> dict[str, set[tuple[Any, ...]]]:
    """heading -> everything that the catalog says under it."""
    return {
        heading: {tuple(map(str, row)) for row in owner.execute(sql.encode()).fetchall()}
        for heading, sql in TOLD.items()
    }
