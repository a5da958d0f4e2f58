"""Are the files what the ledger says? Each row, and the bytes on the shelf by their hash, read once each (R5.8)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from django.db import connection

from yiwang.ledger.chain import Break
from yiwang.ledger.rooms import Audited
from yiwang.org.district import District
from yiwang.why import Words, say

from . import shelf
from .models import File

KEPT = (File,)

# one row for each file on the shelf: what is on its way to belong to something may be taken back at any moment
_SHELF = """
SELECT sha256, min(id), bool_or(noun <> '') FROM files_file
WHERE district_id = %s AND (%s = '' OR 'file:' || id = %s) GROUP BY sha256 ORDER BY sha256
"""
_NEEDED = "SELECT EXISTS (SELECT FROM files_file WHERE district_id = %s AND sha256 = %s AND noun <> '')"


def differences(district: District, notes: Mapping[str, Mapping[str, Any]], subject: str = "") -> Iterator[Audited]:
    """Every file that something of the district names: there, and the very bytes."""
    with connection.cursor() as cursor:
        cursor.execute(_SHELF, [district.id, subject, subject])
        shelved = cursor.fetchall()
    for sha256, number, belongs in shelved:
        wrong = against(sha256)
        if wrong is None or (not belongs and not shelf.path_of(sha256).is_file()):
            yield Audited(f"file:{number}", 0, files=1)
        else:
            still = partial(_still, district.id, sha256)
            yield Audited(f"file:{number}", 0, [Break(f"file:{number}", 0, wrong, still)], files=1)


def against(sha256: str) -> Words | None:
    """What is wrong with the bytes on the shelf; None where they are what their name says. Read piece by piece."""
    try:
        with shelf.path_of(sha256).open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() == sha256:
                return None
    except FileNotFoundError:
        return say("files.bytes_gone", sha256=sha256)
    except OSError as trouble:
        return say("files.bytes_unread", sha256=sha256, why=type(trouble).__name__)
    return say("files.bytes_changed", sha256=sha256)


def _still(district: int, sha256: str) -> bool:
    """Whether it is needed and wrong still: in the meantime it may have been cleaned anew, or taken back."""
    with connection.cursor() as cursor:
        cursor.execute(_NEEDED, [district, sha256])
        needed = bool(cursor.fetchone()[0])
    return needed and against(sha256) is not None
