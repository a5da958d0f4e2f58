"""Files that were kept before there were rules of cleaning, cleaned now: a photo of years ago holds pixels only, too.

What it was before is still told by `came`. What cannot be cleaned is only ever handed out as a download from then on.
"""

from __future__ import annotations

import hashlib

from django.db import connection, transaction
from django.utils import timezone

from yiwang.ledger.reading import as_json
from yiwang.ledger.store import append
from yiwang.org.session import system

from . import shelf
from .cleaning import ANYTHING, RULES
from .decoder import decoder
from .definition import BUDGET, PROOF, STREAM, Clean, NotKept
from .models import File
from .store import hold


def clean_again() -> int:
    """Clean what is left, one file a transaction; returns how many. Stops when the disk is full or the decoder busy."""
    done, last = 0, 0
    while found := _next(last):
        last, digest, name = found
        try:
            content = shelf.path_of(digest).read_bytes()
        except FileNotFoundError:
            continue  # nothing to clean; the check of backups names it
        try:
            clean = decoder.clean(name, content, PROOF.takes, BUDGET)
        except NotKept as refused:
            if refused.status != 422:
                return done
            clean = Clean(name, ANYTHING, content, digest)
        _written(last, clean)
        done += 1
    return done


def _next(behind: int) -> tuple[int, str, str] | None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT number, digest, called FROM files_unclean(%s)", [behind])
        row: tuple[int, str, str] | None = cursor.fetchone()
        return row


def _written(number: int, clean: Clean) -> None:
    digest = hashlib.sha256(clean.content).hexdigest()
    taken_at = clean.taken_at
    if taken_at is not None and timezone.is_naive(taken_at):
        taken_at = timezone.make_aware(taken_at)
    with transaction.atomic(), connection.cursor() as cursor:
        hold(digest)
        shelf.put(digest, clean.content)
        cursor.execute(
            "SELECT district, said FROM files_cleaned(%s, %s, %s, %s, %s, %s, %s::float8, %s::float8, %s::timestamptz)",
            [
                number,
                digest,
                len(clean.content),
                clean.media_type,
                clean.name,
                RULES,
                clean.lon,
                clean.lat,
                taken_at,
            ],
        )
        for district, said in cursor.fetchall():
            piece = {"table": File._meta.db_table, "id": number, "set": as_json(said)}
            append(system(district), f"file:{number}", "clean", stream=STREAM, pieces=[piece])
