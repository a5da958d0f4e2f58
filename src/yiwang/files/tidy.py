"""What nobody needs any more goes: uploads of refused actions after a day, bytes without a row, half-written files.

Runs beside uploads. A row that is being handed over is locked, so the removal waits and then finds that it belongs to
something. Bytes are removed under a lock that every upload of the same bytes holds until its row is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from django.db import connection, transaction

from yiwang.ledger.rows import gone
from yiwang.ledger.store import append
from yiwang.org.session import system

from . import shelf
from .definition import STREAM
from .models import File

DAY = 24 * 3600.0
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many rows that belonged to nothing, bytes without a row, and half-written files went."""

    rows: int
    bytes_: int
    partial: int


def tidy(*, older_than: float = DAY) -> Tidied:
    """Remove what has belonged to nothing for so many seconds, in every district; at least a day for rows."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT number, district FROM files_forget() ORDER BY number")
        forgotten = cursor.fetchall()
        for number, district in forgotten:
            append(system(district), f"file:{number}", "forget", stream=STREAM, pieces=[gone(File, number)])
        rows = len(forgotten)
    cleared = partial = 0
    paths = shelf.older_than(older_than)
    while batch := list(islice(paths, _BATCH)):
        whole = {path.name for path in batch if _is_hash(path.name)}
        for path in batch:
            if path.suffix == ".part":
                path.unlink(missing_ok=True)
                partial += 1
        for digest in whole - _needed(list(whole)):
            cleared += clear_away(digest)
    return Tidied(rows, cleared, partial)


def _is_hash(name: str) -> bool:
    return len(name) == 64 and all(sign in "0123456789abcdef" for sign in name)


def _needed(digests: list[str]) -> set[str]:
    """Those of the hashes that some row of some district names."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT files_needed(%s)", [digests])
        return {digest for (digest,) in cursor.fetchall()}


def clear_away(digest: str) -> bool:
    """Remove bytes that no row names and nobody is just handing in; whether they went."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [shelf.lock_of(digest)])
        if not cursor.fetchone()[0]:
            return False  # somebody is just handing in the same bytes
        if _needed([digest]):
            return False
        shelf.path_of(digest).unlink(missing_ok=True)
        return True
