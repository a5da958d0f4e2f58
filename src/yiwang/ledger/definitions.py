"""Definitions, units, roles and calendars: what a load of a pack changed is written down, row by row.

A load writes many tables in many ways, so what it changed is found by comparison. What had been changed before it, past
the ledger, is not written down as its work: it stays found.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yiwang.org.asker import Asker

from . import rooms, store
from .folding import deviations

Known = dict[str, dict[int, Any]]
SUBJECT = "pack"


def before(district: int) -> Known:
    """What deviates from the ledger before a load: table -> id -> what the row says."""
    return {
        model._meta.db_table: {one.id: one.now for one in deviations(model, district)} for model in rooms.definitions()
    }


def note(asker: Asker, known: Known, action: str, data: Mapping[str, Any]) -> None:
    """Write that a pack was loaded, and every row of a definition that has changed since `before`."""
    for model in rooms.definitions():
        deviated = known.get(model._meta.db_table, {})
        while fresh := [
            one.id for one in deviations(model, asker.district) if one.id not in deviated or deviated[one.id] != one.now
        ]:
            store.append(asker, SUBJECT, "define", stream="packs", rows=[store.Rows(model, fresh)])
    store.append(asker, SUBJECT, action, data, stream="packs")
