"""Which database: `DATABASE_URL` if given, else the embedded one; and what a database must have before migrating."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from psycopg import Connection, OperationalError, connect, sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.errors import DuplicateObject, InsufficientPrivilege, UniqueViolation

from . import places
from .postgres import Postgres
from .roles import APP, NAME, OWNER


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a connection of the application's role may wait or work, in seconds (0: as long as it takes).

    statement  one statement
    lock       for a row or table that somebody else holds
    idle       between two statements of one transaction
    """

    statement: float
    lock: float
    idle: float

    def options(self) -> str:
        """As libpq's `options`, which the server takes when the connection is made."""
        named = {
            "statement_timeout": self.statement,
            "lock_timeout": self.lock,
            "idle_in_transaction_session_timeout": self.idle,
        }
        return " ".join(f"-c {name}={round(seconds * 1000)}" for name, seconds in named.items())


PAGE = Limits(statement=30.0, lock=3.0, idle=60.0)  # somebody waits for a page
WORK = Limits(statement=3600.0, lock=60.0, idle=3600.0)  # worker, imports, verification, simulation, commands
limits = WORK  # of this process: `run.django.setup` sets those of a web process
PREPARE_AFTER = 5  # times that a statement is run before the server is asked to keep its plan
PATIENT_NETWORK = {  # a database server that vanishes is noticed within a minute
    "connect_timeout": 5,
    "keepalives_idle": 20,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}


class UnfitDatabase(RuntimeError):
    """The database given cannot serve; the message says what would put it right."""


class Unreachable(RuntimeError):
    """No server answers at the address; the message is what the driver said."""


def is_embedded() -> bool:
    return not os.environ.get("DATABASE_URL")


def owner_url() -> str:
    """`DATABASE_URL`, or the embedded database's address (whether or not it runs)."""
    given = os.environ.get("DATABASE_URL")
    if given:
        return given
    return Postgres(places.var() / "postgres").url(user=OWNER, db=NAME)


def app_url() -> str:
    """`DATABASE_APP_URL`, or the owner's address with the application's role in it."""
    return os.environ.get("DATABASE_APP_URL") or make_conninfo(owner_url(), user=APP)


def most_connections(threads: int) -> int:
    """How many connections a web process may hold at once: one for each thread of its lanes, two for `/live/`."""
    return max(2 * threads, threads + 4) + 6


def looked_up(address: Callable[[], str], *, pool: int = 0, limited: bool = False) -> dict[str, Any]:
    """One entry of Django's DATABASES, completed by `run.postgresql` when it is first connected to.

    limited  whether the limits of the process hold for it
    """

    def look_up() -> dict[str, Any]:
        return django_database(address(), pool=pool, within=limits if limited else None)

    return {"ENGINE": "yiwang.run.postgresql", "NAME": "", "LOOK_UP": look_up}


def django_database(url: str, *, pool: int = 0, within: Limits | None = None) -> dict[str, Any]:
    """One entry of Django's DATABASES, complete.

    pool    the most connections a process holds (0: no pool)
    within  the limits of its connections; `options` in the address come after them and so prevail
    """
    given: dict[str, Any] = dict(conninfo_to_dict(url))
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    entry = {django: given.pop(libpq, "") for libpq, django in known.items()}
    options = {"application_name": "yiwang", **PATIENT_NETWORK, **given}
    if within:
        options["options"] = f"{within.options()} {given.get('options', '')}".strip()
        options["prepare_threshold"] = PREPARE_AFTER
    if pool:
        # a server that comes back is tried again every few seconds, by whoever asks next
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": 3, "reconnect_timeout": 4, "max_idle": 300}
    return {"ENGINE": "django.db.backends.postgresql", **entry, "OPTIONS": options}


def prepare(owner: str, app: str) -> None:
    """Make the application's role when absent, and let it in. Repeatable.

    With a new table it may do nothing until a room has declared what (`org.reconciling`, after each migration).

    Raises UnfitDatabase for a server before 15, a role that may bypass row security, or a missing right;
    Unreachable when no server answers.
    """
    role = conninfo_to_dict(app)["user"] or APP
    try:
        opened = connect(owner, autocommit=True, connect_timeout=10)
    except OperationalError as trouble:
        raise Unreachable(str(trouble).strip().splitlines()[-1]) from None
    with opened as connection:
        if connection.info.server_version < 150_000:
            raise UnfitDatabase(
                f"PostgreSQL {connection.info.server_version // 10_000} is too old: Yiwang needs 15 or newer."
            )
        if connection.info.user == role:
            raise UnfitDatabase(
                f"The owner and the application are both {role}: row security would not bind. "
                "Give DATABASE_URL the role that owns the database and DATABASE_APP_URL another."
            )
        _role(connection, str(role), conninfo_to_dict(app).get("password"))
        _grants(connection, str(role))


def talkative(app: str) -> list[str]:
    """What an administrator should run so that the server's log does not repeat what people wrote (R9.3).

    Only an administrator may change these; nothing for a server whose settings are right.
    """
    wanted = {
        "log_min_messages": ("log", {"log", "fatal", "panic"}),
        "log_min_error_statement": ("panic", {"panic"}),
        "log_statement": ("none", {"none"}),
        "log_min_duration_statement": ("-1", {"-1"}),
        "log_parameter_max_length_on_error": ("0", {"0"}),
    }
    with connect(app, autocommit=True, connect_timeout=10) as connection:
        have: dict[str, str] = dict(
            connection.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(wanted)]).fetchall()
        )
        role = sql.Identifier(connection.info.user)
        return [
            sql.SQL("ALTER ROLE {} SET {} = {}")
            .format(role, sql.Identifier(name), sql.Literal(value))
            .as_string(connection)
            for name, (value, right) in wanted.items()
            if have.get(name, value) not in right
        ]


def _role(connection: Connection[Any], role: str, password: Any) -> None:
    there = connection.execute(
        "SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = %s", [role]
    ).fetchone()
    if there is None:
        create = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE").format(
            sql.Identifier(role)
        )
        if password:
            create += sql.SQL(" PASSWORD {}").format(sql.Literal(password))
        try:
            connection.execute(create)
        except (DuplicateObject, UniqueViolation):
            pass  # another process was first
        except InsufficientPrivilege:
            raise UnfitDatabase(
                f"The role {role} is missing and {connection.info.user} may not make it: "
                f"let an administrator run CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '…'."
            ) from None
    elif there[0]:
        raise UnfitDatabase(
            f"The role {role} could step around row security: take SUPERUSER, BYPASSRLS and CREATEROLE from it."
        )


def _grants(connection: Connection[Any], role: str) -> None:
    for statement in (
        "GRANT CONNECT, TEMPORARY ON DATABASE {db} TO {role}",
        "GRANT USAGE ON SCHEMA public TO {role}",
        # an older version let it use what was made later, whatever it was
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM {role}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM {role}",
    ):
        connection.execute(
            sql.SQL(statement).format(db=sql.Identifier(connection.info.dbname), role=sql.Identifier(role))
        )
