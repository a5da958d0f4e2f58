"""The two roles of a database: the owner makes tables; the application may use them and is bound by row security."""

from __future__ import annotations

from psycopg import connect, sql

OWNER = "yiwang_owner"
APP = "yiwang_app"
NAME = "yiwang"  # of the database


def make_roles(administrator: str) -> None:
    """In a cluster of our own: the two roles and the owner's database, where they are absent."""
    with connect(administrator, autocommit=True) as admin:
        have = {name for (name,) in admin.execute("SELECT rolname FROM pg_roles")}
        for role, rights in ((OWNER, "CREATEDB"), (APP, "NOCREATEDB")):
            if role not in have:
                statement = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEROLE NOBYPASSRLS " + rights)
                admin.execute(statement.format(sql.Identifier(role)))
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            statement = sql.SQL("CREATE DATABASE {} OWNER {}")
            admin.execute(statement.format(sql.Identifier(NAME), sql.Identifier(OWNER)))
