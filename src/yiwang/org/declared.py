"""What protects a table, as the room that owns it declares it: who sees a row, who may do what, what stays. Pure.

Each room has a module `protection` with its PROTECTION. `reconciling` makes the database equal to what is declared
after every migration, so a policy is changed where it is declared and never by a migration.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .row_security import IN_DISTRICT, in_session


@dataclass(frozen=True, slots=True)
class Policy:
    """Which rows are shown (`using`) and may be written (`check`): predicates over {t} and the session's settings.

    command  ALL, SELECT, INSERT, UPDATE or DELETE
    """

    name: str
    using: str = ""
    check: str = ""
    command: str = "ALL"

    def sql(self, table: str) -> str:
        using = f" USING ({in_session(self.using, table)})" if self.using else ""
        check = f" WITH CHECK ({in_session(self.check, table)})" if self.check else ""
        return f"CREATE POLICY {self.name} ON {table} FOR {self.command}{using}{check}"


def sight(using: str) -> tuple[Policy, ...]:
    """The usual policy: shown to whom `using` says, written inside the asker's own district."""
    return (Policy("sight", using, IN_DISTRICT),)


@dataclass(frozen=True, slots=True)
class Trigger:
    """`fires` as SQL says it ("BEFORE UPDATE OR DELETE"), `each` ROW or STATEMENT, `calls` a function."""

    name: str
    fires: str
    each: str
    calls: str

    def sql(self, table: str) -> str:
        return (
            f"CREATE TRIGGER {self.name} {self.fires} ON {table} FOR EACH {self.each} EXECUTE FUNCTION {self.calls}()"
        )


def append_only(table: str) -> tuple[Trigger, ...]:
    """Nobody changes or removes a row of `table`, whatever their role (R9.1)."""
    return (Trigger(f"{table}_append_only", "BEFORE UPDATE OR DELETE OR TRUNCATE", "STATEMENT", "org_refuse_change"),)


@dataclass(frozen=True, slots=True)
class Table:
    """A table's protection.

    rights    what the application's role may do with it (granting.rights); nothing when empty
    policies  None: no row security; (): nobody sees a row but the owner
    triggers  None: those that its package made are left alone
    """

    rights: str = ""
    policies: tuple[Policy, ...] | None = ()
    triggers: tuple[Trigger, ...] | None = ()

    def parts(self) -> list[Policy | Trigger]:
        """What is made on the table."""
        return [*(self.policies or ()), *(self.triggers or ())]


def of_a_package(rights: str) -> Table:
    """A table that a package brings: it has no row security, and its triggers are the package's."""
    return Table(rights, None, None)


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the database.

    arguments, returns  as SQL says them
    manner    STABLE, IMMUTABLE and the like
    as_owner  it does what the application may not; so it finds names in `public` alone, never in a caller's own tables
    """

    name: str
    arguments: str
    returns: str
    body: str
    language: str = "sql"
    manner: str = ""
    as_owner: bool = False

    def sql(self, schema: str) -> str:
        owner = "SECURITY DEFINER SET search_path = public, pg_temp" if self.as_owner else ""
        return (
            f"CREATE OR REPLACE FUNCTION {schema}.{self.name}({self.arguments}) RETURNS {self.returns}"
            f" LANGUAGE {self.language} {self.manner} {owner} AS $function${self.body}$function$"
        )


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Folds rows by `step` over the type `state`, which is also what it takes, from `begins`."""

    name: str
    state: str
    step: str
    begins: str

    def sql(self, schema: str) -> str:
        made = f"(SFUNC = {self.step}, STYPE = {self.state}, INITCOND = '{self.begins}')"
        return f"CREATE OR REPLACE AGGREGATE {schema}.{self.name}({self.state}) {made}"


@dataclass(frozen=True, slots=True)
class Protection:
    """A room's declaration.

    tables     by name
    elsewhere  table of another room -> policies for what of it belongs to this one
    functions  in the order in which they are made
    """

    tables: Mapping[str, Table] = field(default_factory=dict)
    elsewhere: Mapping[str, tuple[Policy, ...]] = field(default_factory=dict)
    functions: tuple[Function | Aggregate, ...] = ()
