"""The only place that writes the ledger.

    append(asker, "goal:7", "assign", {"reason": "…"}, stream="goals", rows=[Rows(Goal, [7])])

stands in the caller's transaction: what happened and that it was written are one. Entries are chained per subject, not
per stream, so two who work on different things never wait for each other; of two who append to one subject the second
waits for the first one's commit and follows it. Who appends to several subjects in one transaction takes them in order
of their names.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection, models, transaction
from psycopg.types.json import Jsonb

from yiwang.org.asker import Asker

from . import chain, clock, keys
from .rows import snapshot

STOOD_FOR = "stood_for"  # in what an entry says: the person for whom its person did it


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a noun's own table that an entry speaks of: what they say now is written into it.

    fields  the columns that changed; None: all of them. A row that is no longer there is written down as gone.
    """

    model: type[models.Model]
    ids: Iterable[int]
    fields: Sequence[str] | None = None


def append(
    asker: Asker,
    subject: str,
    action: str,
    data: Mapping[str, Any] | None = None,
    *,
    stream: str,
    at: datetime | None = None,
    key: str | None = None,
    rows: Iterable[Rows] = (),
    pieces: Iterable[Mapping[str, Any]] = (),
) -> int:
    """Write that something was done to a subject; returns its number in the subject's chain.

    subject  what it was done to ("goal:7", "account:3"): at most 120 characters
    stream   what kind of happening ("goals", "sign-ins", "exports", "readings", "packs", "people", …)
    at       when, if not now
    key      the client's name for this attempt: under a key that was used before nothing is written, and the number of
             the entry that stands is returned
    pieces   of rows that the asker may not read, as `rows.snapshot` says them
    Raises clock.ClockAhead.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT seq, hash, repeated FROM ledger_tail(%s, %s, %s)", [asker.district, subject, key])
        seq, prev, repeated = cursor.fetchone()
        if repeated is not None:
            return int(repeated)
        said = storable(dict(data or {}))
        if asker.stands_for:
            said[STOOD_FOR] = asker.stands_for.person
        written = [one for given in rows for one in snapshot(given.model, given.ids, given.fields)]
        if written := [*written, *map(dict, pieces)]:
            said["rows"] = written
        link = chain.Link(subject, seq + 1, stream, at or clock.now(), action, asker.person, said, key)
        cursor.execute(_ADD, values_of(asker, link, bytes(prev)))
    return link.seq


def values_of(asker: Asker, link: chain.Link, prev: bytes) -> tuple[Any, ...]:
    """The parameters of `ledger_add`: an entry, hashed and sealed."""
    hashed = link.hash(prev, algorithm_of(asker.district))
    sealing = keys.sealing()
    seals = chain.entry_seal(sealing, hashed), chain.head_seal(sealing, link.seq, hashed)
    who = (asker.district, link.stream, link.subject, link.seq, link.at, link.action, asker.person)
    return (*who, Jsonb(link.data), link.key, prev, hashed, *seals)


ENTRY_SQL = (
    "%s::bigint, %s::text, %s::text, %s::int, %s::timestamptz, %s::text, %s::bigint, %s::jsonb, %s::text, %s::bytea,"
    " %s::bytea, %s::bytea, %s::bytea"
)
_ADD = f"SELECT ledger_add({ENTRY_SQL})"


@lru_cache(maxsize=64)
def algorithm_of(district: int) -> str:
    """The hash of a district's ledger: it keeps the one that it began with (R9.5)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM org_district WHERE id = %s", [district])
        return str(cursor.fetchone()[0])


def storable(data: Any) -> Any:
    """JSON values as PostgreSQL keeps them: no zero bytes, no halves of a surrogate pair, lists for tuples."""
    text = json.dumps(data, default=str, ensure_ascii=True)
    if "\\u0000" in text or "\\ud" in text:
        return _clean(json.loads(text))
    return json.loads(text)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return "".join("\ufffd" if sign == "\x00" or "\ud800" <= sign <= "\udfff" else sign for sign in value)
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return {_clean(name): _clean(one) for name, one in value.items()} if isinstance(value, dict) else value
