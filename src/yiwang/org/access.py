"""The one predicate: what a person may see, written once and used twice (design §7).

The database enforces it as row security: the application's role owns no table and cannot bypass a policy.
The queries carry the same words as a filter, so that the planner can walk an index in the list's order.

Four axes: district; unit (own unit and all below it, or involvement); kind of matter; sensitivity.
A row of a matter names in `seen_by` every unit that is involved in it and all units above those, so
"my subtree is involved" is one array overlap with the few units of the asker's own posts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection, connections, transaction
from psycopg import Cursor

APPLICATION_ROLE = "yiwang_app"
SENSITIVITY_PUBLIC, SENSITIVITY_INTERNAL, SENSITIVITY_COMPLAINT, SENSITIVITY_SECRET = range(4)

# {t} is the table; {district}, {units}, {kinds}, {clearance} come from the session (policy) or as parameters (filter)
IN_DISTRICT = "{t}.district_id = {district}"
IN_SIGHT = (
    "{t}.district_id = {district} AND {t}.seen_by && {units}"
    " AND {t}.sensitivity <= {clearance} AND ('*' = ANY({kinds}) OR {t}.kind = ANY({kinds}))"
)

# sub-selects make the planner read each setting once a query, not once a row
_SESSION = {
    "district": "(SELECT nullif(current_setting('app.district', true), '')::bigint)",
    "units": "(SELECT string_to_array(nullif(current_setting('app.units', true), ''), ',')::bigint[])",
    "clearance": "(SELECT coalesce(nullif(current_setting('app.clearance', true), '')::int, -1))",
    "kinds": "(SELECT string_to_array(current_setting('app.kinds', true), ','))::text[]",
    "tracking": "(SELECT nullif(current_setting('app.tracking', true), ''))",
    "subject": "(SELECT nullif(current_setting('app.subject', true), ''))",
    "person": "(SELECT nullif(current_setting('app.person', true), '')::bigint)",
    "audits": "(SELECT coalesce(current_setting('app.audits', true), '') = '1')",
}


@dataclass(frozen=True, slots=True)
class PostHeld:
    """One post of the asker: what he may do, for which unit, and which unit's work he sees."""

    id: int
    code: str
    role: str
    unit: int
    unit_code: str
    sees: int


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks. Everything that reads or writes does so for somebody."""

    district: int
    district_code: str = ""
    person: int | None = None
    name: str = ""
    posts: tuple[PostHeld, ...] = ()
    units: tuple[int, ...] = ()
    clearance: int = -1
    kinds: tuple[str, ...] | None = ()
    may_unmask: bool = False
    may_audit: bool = False
    tracking: str = ""
    generation: int = 0
    system: bool = False

    def roles(self) -> frozenset[str]:
        return frozenset(post.role for post in self.posts)

    def holds(self, role: str, unit: int | None = None) -> bool:
        """Whether the asker holds a post of that role (in that unit)."""
        return any(post.role == role and (unit is None or post.unit == unit) for post in self.posts)

    def for_tracking(self, tracking: str) -> Asker:
        """The same asker, who also knows one matter's number and code."""
        return replace(self, tracking=tracking)

    def filter(self, table: str) -> tuple[str, dict[str, Any]]:
        """The predicate as SQL with named parameters, for a table that carries `seen_by`."""
        names = {name: f"%(asker_{name})s" for name in ("district", "clearance")}
        names["units"] = "%(asker_units)s::bigint[]"
        names["kinds"] = "%(asker_kinds)s::text[]"
        return IN_SIGHT.format(t=table, **names), {
            "asker_district": self.district,
            "asker_units": list(self.units),
            "asker_clearance": self.clearance,
            "asker_kinds": ["*"] if self.kinds is None else list(self.kinds),
        }


def public(district: int, district_code: str = "", generation: int = 0) -> Asker:
    """A passer-by: sees no matter but one whose number and code he knows."""
    return Asker(district=district, district_code=district_code, generation=generation)


def system(district: int) -> Asker:
    """The platform itself (clocks, imports, simulation): the whole district and every kind."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, root, generation FROM org_system(%s)", [district])
        code, root, generation = cursor.fetchone()
    return Asker(
        district=district,
        district_code=code,
        units=(root,),
        clearance=SENSITIVITY_SECRET,
        kinds=None,
        may_unmask=True,
        may_audit=True,
        generation=generation,
        system=True,
    )


def for_the_district(asker: Asker) -> Asker:
    """The same person and posts with the platform's sight, so that what they take in may lie outside their street."""
    wide = system(asker.district)
    return replace(asker, units=wide.units, clearance=wide.clearance, kinds=None)


def asker_of_user(user_id: int) -> Asker | None:
    """The asker behind a sign-in; None when no person is bound to it. Who holds no post today sees nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT org_asker(%s)", [user_id])
        found = cursor.fetchone()[0]
    if found is None:
        return None
    return asker_from(json.loads(found) if isinstance(found, str) else found)


def asker_from(found: dict[str, Any]) -> Asker:
    """The asker from what `org_asker` says: his posts and the roles' rights of his district."""
    posts = tuple(PostHeld(**post) for post in found["posts"])
    rights = [found["roles"].get(post.role, {}) for post in posts]
    kinds: set[str] | None = set()
    for right in rights:
        allowed = right.get("kinds", [])
        kinds = None if allowed == "all" or kinds is None else kinds | set(allowed)
    return Asker(
        district=found["district"],
        district_code=found["district_code"],
        person=found["person"],
        name=found["name"],
        posts=posts,
        units=tuple(sorted({post.sees for post in posts})),
        clearance=max((right.get("clearance", 0) for right in rights), default=-1),
        kinds=None if kinds is None else tuple(sorted(kinds)),
        may_unmask=any(right.get("unmask", False) for right in rights),
        may_audit=any(right.get("audit", False) for right in rights),
        generation=found["generation"],
    )


@contextmanager
def acting_as(asker: Asker) -> Iterator[Asker]:
    """One transaction in which the database shows only what `asker` may see.

    The settings are local to the transaction, so nothing is left behind for the connection's next user. Inside
    another `acting_as` it is a savepoint; afterwards the outer asker asks again.
    """
    outer = _asking.set(asker)
    try:
        with transaction.atomic():
            enter(asker)
            yield asker
    finally:
        _asking.reset(outer)
        if (before := _asking.get()) is not None and connection.in_atomic_block and not connection.needs_rollback:
            enter(before)


_asking: ContextVar[Asker | None] = ContextVar("asking", default=None)


_ENTER = (
    "SELECT set_config('app.district', %s, true), set_config('app.units', %s, true),"
    " set_config('app.clearance', %s, true), set_config('app.kinds', %s, true),"
    " set_config('app.tracking', %s, true), set_config('app.person', %s, true), set_config('app.audits', %s, true),"
    " set_config('app.subject', '', true)"
)


def enter(asker: Asker) -> None:
    """Tell the database who asks, until the transaction ends."""
    prepared(_ENTER, settings_of(asker))


def prepared(sql: str, params: Sequence[Any]) -> Cursor[Any]:
    """Run a statement of the hot path, planned once a connection instead of once a call.

    Django's cursors bind on the client's side and never prepare. Call inside a transaction.
    """
    connection.ensure_connection()
    cursor = Cursor(connection.connection)
    cursor.execute(sql.encode(), params, prepare=True)
    return cursor


def settings_of(asker: Asker) -> list[str]:
    """The settings, as text, in the order in which `enter` sets them; the platform itself is person 0."""
    return [
        str(asker.district),
        ",".join(map(str, asker.units)),
        str(asker.clearance),
        "*" if asker.kinds is None else ",".join(asker.kinds) or "-",
        asker.tracking,
        str(asker.person) if asker.person is not None else "0" if asker.system else "",
        "1" if asker.may_audit else "",
    ]


@contextmanager
def as_owner() -> Iterator[None]:
    """This thread works as the owner of the tables: to migrate, load, verify and take checkpoints; never for a page.

    Row security does not bind the owner: whoever calls this names the district in every query.
    """
    before = connections["default"]
    connections["default"] = connections["owner"]
    try:
        yield
    finally:
        connections["default"] = before


def row_security(table: str, predicate: str, *, name: str = "sight", check: str | None = None) -> str:
    """SQL that switches row security on for `table` with `predicate` over {t} and the session's settings."""
    using = predicate.format(t=table, **_SESSION)
    written = (check or IN_DISTRICT).format(t=table, **_SESSION)
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\n"
        f"CREATE POLICY {name} ON {table} USING ({using}) WITH CHECK ({written});"
    )


def append_only(table: str) -> str:
    """SQL that lets nobody change or remove a row of `table`, whatever his role (R9.1)."""
    return (
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION org_refuse_change();"
    )
