"""In whose name the database answers: one transaction an asker, and the few statements that open it (design §7)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Any

from django.db import connection, connections, transaction
from psycopg import Cursor

from .asker import SENSITIVITY_SECRET, Asker, asker_from
from .personal.forms import using
from .recognised import forms_of


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
    return replace(asker, units=wide.units, clearance=wide.clearance, kinds=None, narrow=asker.narrow or asker)


def asker_of_user(user_id: int) -> Asker | None:
    """The asker behind a sign-in; None when no person is bound to it. Who holds no post today sees nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT org_asker(%s)", [user_id])
        answer = cursor.fetchone()[0]
    if answer is None:
        return None
    return asker_from(json.loads(answer) if isinstance(answer, str) else answer)


def stand_in(user_id: int, delegation: int) -> Asker | None:
    """The person of a sign-in in the posts that a delegation gives them now; None before and after its time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT org_stand_in(%s, %s)", [user_id, delegation])
        answer = cursor.fetchone()[0]
    if answer is None:
        return None
    return asker_from(json.loads(answer) if isinstance(answer, str) else answer)


@contextmanager
def acting_as(asker: Asker) -> Iterator[Asker]:
    """One transaction in which the database shows only what `asker` may see.

    The settings are local to the transaction, so nothing is left behind for the connection's next user. Inside
    another `acting_as` it is a savepoint; afterwards the outer asker asks again. What is personal is recognised in the
    forms of the asker's district.
    """
    outer, outermost = _asking.set(asker), _kept_anyway.get() is None
    anyway = _kept_anyway.set([]) if outermost else None
    try:
        with transaction.atomic():
            enter(asker)
            with using(asker.district, forms_of(asker)):
                yield asker
    finally:
        _asking.reset(outer)
        if (before := _asking.get()) is not None and connection.in_atomic_block and not connection.needs_rollback:
            enter(before)
        if anyway is not None:
            waiting = _kept_anyway.get() or []
            _kept_anyway.reset(anyway)
            for keep in waiting:
                keep()


def keep_anyway(keep: Callable[[], None]) -> None:
    """Have something written in a transaction of its own when the one that is open is over, whatever comes of it.

    What was refused has written nothing; that it was tried may have to be kept all the same.
    """
    waiting = _kept_anyway.get()
    if waiting is None:
        keep()
    else:
        waiting.append(keep)


_kept_anyway: ContextVar[list[Callable[[], None]] | None] = ContextVar("kept_anyway", default=None)
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
