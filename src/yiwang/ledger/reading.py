"""Chains as they lie in the database, read many at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count, groupby
from typing import Any

from django.db import connection, transaction

from . import chain, keys
from .store import algorithm_of

_CHAINS = """
SELECT h.subject, h.seq, h.hash, h.seal, e.seq, e.stream, e.at, e.action, e.person_id, e.data, e.key, e.prev, e.hash,
       e.seal, e.id
FROM ledger_head h LEFT JOIN ledger_entry e ON e.district_id = h.district_id AND e.subject = h.subject
WHERE h.district_id = %s AND (%s = '' OR h.subject = %s) AND h.seq > 0
ORDER BY h.subject, e.seq
"""


def as_json(kept: Any) -> Any:
    """A jsonb value: Django's cursors hand it out undecoded."""
    return json.loads(kept) if isinstance(kept, str) else kept


def raw(value: Any) -> bytes | None:
    """A bytea value, which drivers hand out as bytes or memoryview."""
    return None if value is None else bytes(value)


_cursors = count(1)


def fetched(sql: str, params: list[Any], *, at_once: int = 5000) -> Iterator[tuple[Any, ...]]:
    """The rows of a long query, some thousands at a time, so that memory does not grow with the ledger.

    Inside a transaction it is read with that transaction's eyes.
    """
    name = f"reading_{next(_cursors)}"
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(f"DECLARE {name} NO SCROLL CURSOR FOR {sql}", params)
        while True:
            cursor.execute(f"FETCH {at_once} FROM {name}")
            rows = cursor.fetchall()
            if not rows:
                break
            yield from rows
        cursor.execute(f"CLOSE {name}")


def chains(district: int, subject: str = "") -> Iterator[tuple[str, chain.Head, list[chain.Kept]]]:
    """(subject, where its chain ends, its entries in order) of one subject or of all."""
    rows = fetched(_CHAINS, [district, subject, subject])
    for (name, seq, head, seal), entries in groupby(rows, key=lambda row: row[:4]):
        links = [_link(name, row[4:]) for row in entries if row[4] is not None]
        yield name, chain.Head(seq, bytes(head), raw(seal)), links


def _link(subject: str, row: tuple[Any, ...]) -> chain.Kept:
    seq, stream, at, action, person, data, key, prev, hashed, seal, number = row
    link = chain.Link(subject, seq, stream, at, action, person, as_json(data), key)
    return chain.Kept(link, bytes(prev), bytes(hashed), raw(seal), number)


def broken(district: int, subject: str) -> chain.Break | None:
    """The first place at which the chain of one subject does not hold."""
    for name, head, links in chains(district, subject):
        return chain.broken(name, links, head, algorithm_of(district), keys.known())
    return None
