"""Where the ledger of a district begins: what was there before is noted once, and held from then on.

A table joins the ledger with the version of Yiwang that brings it. Whatever rows it has then are written into entries
of their own, and the joining itself is an entry; what turns up later without an entry was not written by this system.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError
from django.db import connection, transaction

from yiwang.org import session
from yiwang.org.asker import Asker
from yiwang.org.installed import districts
from yiwang.org.queries import facts
from yiwang.org.reconciling import migrations_to_come
from yiwang.why import say

from . import keys, rooms, store
from .models import Checkpoint, Entry
from .rows import rows_of

SUBJECT = "ledger"
STREAM = "ledger"
AT_ONCE = 500  # rows an entry


def joined(district: int) -> set[str]:
    """The tables and rooms that have joined the ledger of a district."""
    entries = Entry.objects.filter(district=district, subject=SUBJECT, action="join")
    return {name for data in entries.values_list("data", flat=True) for name in data["joined"]}


def notes(district: int) -> dict[str, dict[str, Any]]:
    """room -> what was noted of what is older than the ledger."""
    by_table: dict[str, dict[str, Any]] = {}
    for data in Entry.objects.filter(district=district, subject=SUBJECT, action="note").values_list("data", flat=True):
        by_table.setdefault(data["of"], {}).update(data["note"])
    return by_table


@transaction.atomic
def begin(asker: Asker) -> list[str]:
    """Let every table that has not yet joined the district's ledger join it; returns which did."""
    known = joined(asker.district)
    new: list[str] = []
    for model in rooms.in_the_ledger():
        table = model._meta.db_table
        if table not in known:
            new.append(table)
            ids = rows_of(model, asker.district)
            for first in range(0, len(ids), AT_ONCE):
                held = store.Rows(model, ids[first : first + AT_ONCE])
                store.append(asker, SUBJECT, "take-over", {"table": table}, stream=STREAM, rows=[held])
    for name, pieces in rooms.older(facts(asker)):
        if name not in known:
            new.append(name)
            for note in pieces:
                store.append(asker, SUBJECT, "note", {"of": name, "note": dict(note)}, stream=STREAM)
    for name, write in rooms.begins().items():
        if name not in known:
            new.append(name)
            write(asker)
    if new:
        store.append(asker, SUBJECT, "join", {"joined": sorted(new)}, stream=STREAM)
    return new


class KeyMissing(CommandError):
    """There is a sealed history and no key: a new one made by itself would seal what follows as somebody else."""


def begin_everywhere(**_: Any) -> None:
    """After every migration: tables that it brought join the ledgers of the districts that are here.

    Raises KeyMissing.
    """
    if migrations_to_come():
        return
    with session.as_owner():
        if "org_district" not in connection.introspection.table_names():
            return
        if not keys.path().is_file() and Checkpoint.objects.exists():
            raise KeyMissing(say("ledger.key_missing", file=str(keys.path())).speak("en"))
        for district in districts():
            with session.acting_as(session.system(district.id)) as asker:
                begin(asker)
