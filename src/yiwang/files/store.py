"""The only place that keeps, hands over and removes files. Call inside `acting_as`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import connection, transaction
from django.utils import timezone

from yiwang.ledger import store as ledger
from yiwang.ledger.rows import gone
from yiwang.org.asker import Asker
from yiwang.why import Words, say

from . import names, shelf, taken_back
from .cleaning import ANYTHING, RULES, admit, clean
from .decoder import decoder
from .definition import BUDGET, MOST_BYTES, STREAM, TEXT, Clean, Door, NotKept
from .models import File

MOST_BYTES_TOGETHER = 2 * MOST_BYTES


class Upload(Protocol):
    """A file as a form hands it in; Django's UploadedFile is one."""

    @property
    def name(self) -> str | None: ...

    @property
    def size(self) -> int | None: ...

    def read(self, num_bytes: int, /) -> Any: ...


class TooFew(ValueError):
    """Fewer different files than are needed."""


@dataclass(slots=True)
class Came:
    """An upload that is in memory already."""

    name: str | None
    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)

    def read(self, num_bytes: int, /) -> bytes:
        return self.content[:num_bytes]


def prepare(uploads: Sequence[Upload], door: Door) -> list[Clean]:
    """Every file that was handed in, cleaned, or none. Raises NotKept with all that is wrong at once.

    Nothing is written yet: first it is decided what becomes of them. What is cheap to see is seen before anything is
    decoded.
    """
    if len(uploads) > door.most:
        raise NotKept(say("files.too_many", n=len(uploads), most=door.most))
    if sum(upload.size or 0 for upload in uploads) > MOST_BYTES_TOGETHER:
        raise NotKept(say("files.too_large_together", most=MOST_BYTES_TOGETHER // 2**20))
    wrong: list[Words] = []
    came: list[tuple[str, bytes]] = []
    for upload in uploads:
        name, content = upload.name or "file", upload.read(MOST_BYTES + 1)
        try:
            admit(name, content, door.takes)
        except NotKept as refused:
            wrong.append(refused.words)
        came.append((name, content))
    if wrong:
        raise _all_of(wrong)
    cleaned, budget = [], BUDGET
    for name, content in came:
        try:
            clean_file = _cleaned(name, content, door.takes, budget)
        except NotKept as refused:
            if refused.status != 422:
                raise
            wrong.append(refused.words)
            continue
        budget -= clean_file.decoded
        cleaned.append(clean_file)
    if wrong:
        raise _all_of(wrong)
    return cleaned


def _cleaned(name: str, content: bytes, takes: frozenset[str], budget: int) -> Clean:
    if admit(name, content, takes).sort == TEXT:  # nothing to decode
        return clean(name, content, takes, budget)
    return decoder.clean(name, content, takes, budget, beat=_still_here)


def _still_here() -> None:
    """Tell the database that this transaction is only waiting for a picture."""
    if connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")


def _all_of(wrong: list[Words]) -> NotKept:
    each = [{language: words.speak(language) for language in ("zh", "en")} for words in wrong]
    return NotKept(wrong[0] if len(wrong) == 1 else say("files.several", each=each))


def digest_of(content: bytes) -> str:
    """SHA-256 of bytes, in hex."""
    return hashlib.sha256(content).hexdigest()


def keep(
    asker: Asker, cleaned: Clean, *, noun: str = "", subject: int | None = None, at: datetime | None = None
) -> File:
    """Keep a cleaned file, for something that the asker sees or, until it is handed over, for nobody but the asker.

    Raises NotKept (507) when the disk is full.
    """
    digest = hashlib.sha256(cleaned.content).hexdigest()
    hold(digest)
    if shelf.put(digest, cleaned.content):
        taken_back.noted(digest)
    taken_at = cleaned.taken_at
    if taken_at is not None and timezone.is_naive(taken_at):
        taken_at = timezone.make_aware(taken_at)
    file = File.objects.create(
        district_id=asker.district,
        noun=noun,
        subject=subject,
        name=cleaned.name,
        media_type=cleaned.media_type,
        size=len(cleaned.content),
        sha256=digest,
        came=cleaned.came,
        rules=0 if cleaned.as_it_came else RULES,
        at=at or timezone.now(),
        person_id=asker.person,
        lon=cleaned.lon,
        lat=cleaned.lat,
        taken_at=taken_at,
    )
    ledger.append(asker, f"file:{file.pk}", "keep", stream=STREAM, rows=[ledger.Rows(File, [file.pk])])
    return file


def keep_as_it_came(asker: Asker, name: str, content: bytes, *, noun: str, subject: int, at: datetime) -> File:
    """Keep a document byte by byte: a plan, whose quotes must be found in it again. Only ever handed out."""
    digest = hashlib.sha256(content).hexdigest()
    found = Clean(names.document(name), ANYTHING, content, digest, as_it_came=True)
    return keep(asker, found, noun=noun, subject=subject, at=at)


def attach(asker: Asker, noun: str, subject: int, numbers: Iterable[int], *, at_least: int = 0) -> list[File]:
    """Hand files over to a thing that the asker sees: each must be one that the asker uploaded and that belongs to
    nothing yet, or one that is this thing's already. Returns them; the same photo twice is one.

    at_least  how many different ones there must be
    Holds them until the transaction ends, so that nobody removes them meanwhile. Raises NotKept, TooFew; then nothing
    was handed over.
    """
    wanted = set(numbers)
    rows = File.objects.filter(district=asker.district, pk__in=wanted)
    mine = list(rows.filter(noun="").order_by("pk").select_for_update()) if wanted else []
    theirs = list(rows.filter(noun=noun, subject=subject)) if wanted else []
    if {file.pk for file in (*mine, *theirs)} != wanted:
        raise NotKept(say("files.not_yours"))
    different = {file.sha256: file for file in (*mine, *theirs)}
    if len(different) < at_least:
        raise TooFew
    if mine:
        rows.filter(pk__in=[file.pk for file in mine]).update(noun=noun, subject=subject)
        for file in mine:
            handed_over = ledger.Rows(File, [file.pk], ["noun", "subject"])
            ledger.append(asker, f"file:{file.pk}", "attach", stream=STREAM, rows=[handed_over])
    return list(different.values())


def forget(asker: Asker, number: int) -> bool:
    """Remove a file that the asker uploaded and that belongs to nothing; whether there was one."""
    with transaction.atomic():
        if not File.objects.filter(district=asker.district, pk=number, noun="").delete()[0]:
            return False
        ledger.append(asker, f"file:{number}", "forget", stream=STREAM, pieces=[gone(File, number)])
    return True


def hold(sha256: str) -> None:
    """Until the transaction ends nobody clears away these bytes (see tidy)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [shelf.lock_of(sha256)])
