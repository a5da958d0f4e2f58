"""The only place that writes signals: messages with the matters that they open, rows that cannot, readings."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from yiwang.ledger import store as ledger
from yiwang.matters import store as matters
from yiwang.matters.clock_state import State
from yiwang.matters.clocks import most_pressing
from yiwang.matters.deciding import Deciding
from yiwang.matters.definition import Kind
from yiwang.matters.fields.filling import title_of
from yiwang.matters.forms import asked_at_opening
from yiwang.matters.kinds import kind_of, world
from yiwang.matters.opening import Opening
from yiwang.matters.reported import Reported
from yiwang.org.asker import SENSITIVITY_COMPLAINT, Asker
from yiwang.org.district import District
from yiwang.org.personal import masked
from yiwang.org.queries import facts
from yiwang.org.session import acting_as, for_the_district
from yiwang.why import Incomplete, Words, say

from . import heard
from .definition import MessageMap
from .models import Quarantined, Signal
from .rules import Message, canonical, origin

RAW_KEPT = 50_000  # characters of a quarantined row
MOST_SERIES = 80  # characters of a series' name


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that opens no matter: where it stands, as it came but masked (R9.3; the file itself is whole), and why."""

    line: int
    raw: str
    content: bytes
    reasons: list[Words]


@dataclass(slots=True)
class Taken:
    """The result of a batch; together the rows that were given.

    late   how many of those opened are overdue as soon as they are there
    ended  how many of those opened ended elsewhere and came in as history
    notes  (line, what was left out of a message that opened)
    """

    opened: int = 0
    there: int = 0
    refused: list[Refused] = field(default_factory=list)
    late: int = 0
    ended: int = 0
    notes: list[tuple[int, Words]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message on its way in: the line and text of its row, and the hash by which its row is recognised."""

    line: int
    raw: str
    message: Message
    row: bytes


def take(
    asker: Asker,
    kind: str,
    mapping: MessageMap,
    arrived: Sequence[Arrived],
    refused: Sequence[Refused] = (),
    *,
    file: str = "",
    now: datetime,
    write: bool = True,
) -> Taken:
    """Open a matter for every message that is new, keep what cannot open one; one transaction.

    A message is known by source and id, in whatever spelling. The same content again is already there; other content
    under the same id is refused and kept, since the matter that runs is not rewritten from outside.
    """
    source = mapping.source
    with acting_as(asker):
        _alone(asker, source)
        taken = Taken(refused=list(refused))
        openings = _openings(asker, kind, mapping, arrived, taken, now)
        taken.opened = len(openings)
        if write:
            first = [first for _, _, first in openings]
            opened = matters.open_many(asker, kind, [opening for _, opening, _ in openings], decided=first)
            ids = [one.id for one in opened if one is not None]
            written = _keep(asker, source, [one for one, _, _ in openings], ids, now)
            waiting = _quarantine(asker, source, kind, file, taken.refused, now)
            waiting += _release(asker, source, [one.row for one, _, _ in openings])
            _note(asker, source, file, written, waiting)
        return taken


def _note(asker: Asker, source: str, file: str, written: list[int], waiting: list[int]) -> None:
    """The ledger says what came in, and what went into quarantine or left it."""
    if written or waiting:
        with acting_as(for_the_district(asker)) as wide:
            rows = [ledger.Rows(Signal, written), ledger.Rows(Quarantined, waiting)]
            ledger.append(wide, f"import:{source}", "import", {"file": file[:200]}, stream="imports", rows=rows)


def _alone(asker: Asker, source: str) -> None:
    """Two imports of one source go one after the other, batch by batch: neither opens what the other has."""
    key = int.from_bytes(hashlib.sha256(f"{asker.district}:{source}".encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def lengths_of(asker: Asker, source: str) -> set[int]:
    """How long the numbers of a source are that begin with a zero. Call inside `acting_as`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT length(external_id) FROM signals_signal"
            " WHERE district_id = %s AND source = %s AND external_id ~ '^0[0-9]*$'",
            [asker.district, source],
        )
        return {length for (length,) in cursor.fetchall()}


def _known(asker: Asker, source: str, arrived: Sequence[Arrived]) -> dict[str, tuple[bytes, Any]]:
    """id, as it was spelled and as spellings are compared -> (hash of the content, row as it was kept) of those that
    have opened a matter before."""
    numbers = {number for one in arrived for number in (one.message.id, one.message.spelled) if number}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT external_id, same, content_hash, raw FROM signals_signal WHERE district_id = %s AND source = %s"
            " AND (external_id = ANY(%s) OR same = ANY(%s))",
            [asker.district, source, list(numbers), [one.message.same for one in arrived]],
        )
        known: dict[str, tuple[bytes, Any]] = {}
        for number, same, content, raw in cursor.fetchall():
            known[number] = known[same] = (bytes(content), raw)
        return known


def _openings(
    asker: Asker, kind: str, mapping: MessageMap, arrived: Sequence[Arrived], taken: Taken, now: datetime
) -> list[tuple[Arrived, Opening, State]]:
    """Those that open a matter, each with its first state.

    An id is taken by the first message that can: one that is refused leaves it free.
    """
    defined, district = kind_of(asker, kind), world(asker)
    known, openings, deciding = _known(asker, mapping.source, arrived), [], Deciding(defined, district)
    for came in arrived:
        message = came.message
        before = known.get(message.id) or known.get(message.spelled) or known.get(message.same)
        if before is not None:
            if _the_same(message, before, mapping, district.district.zone):
                taken.there += 1
            else:
                taken.refused.append(_refusal(came, [say("signals.changed", id=message.id)]))
            continue
        place, about_place = _placed(message, district.district)
        reporter, since = Reported(**message.reporter), origin(mapping.source, message.id)
        opening = Opening(message.data, message.at, place, reporter, since, ended=message.ended)
        try:
            first = deciding.decide(opening)
        except Incomplete as wrong:
            taken.refused.append(_refusal(came, _reasons(defined, wrong)))
            continue
        known[message.id] = known[message.same] = (message.content, message.raw)
        openings.append((came, opening, first))
        due, _ = most_pressing(first)
        taken.late += due is not None and due < now
        taken.ended += message.ended is not None
        taken.notes += [(came.line, words) for words in (*message.notes, *about_place)]
    return openings


def _the_same(message: Message, before: tuple[bytes, Any], mapping: MessageMap, zone: ZoneInfo) -> bool:
    """Whether a message says what the one of its number said. The mapping may have changed since, so the row that was
    kept is read by the mapping of today before the two are compared."""
    content, raw = before
    kept = json.loads(raw) if isinstance(raw, str) else raw
    return content == message.content or canonical(kept, mapping, zone) == canonical(message.raw, mapping, zone)


def _placed(message: Message, district: District) -> tuple[tuple[float, float] | None, list[Words]]:
    """The message's place when it lies in the district, and what is to be said of one that does not."""
    if message.place is None or district.place(*message.place) is not None:
        return message.place, []
    lon, lat = message.place
    if -90 <= lon <= 90 and district.place(lat, lon) is not None:
        return None, [say("signals.place_swapped", lon=f"{lon:g}", lat=f"{lat:g}")]
    return None, [say("signals.place_outside", lon=f"{lon:g}", lat=f"{lat:g}")]


def _reasons(kind: Kind, wrong: Incomplete) -> list[Words]:
    specs = asked_at_opening(kind, "")
    fields = {name: specs.get(name) for name in wrong.fields}
    return [
        say("signals.field_wrong", field=title_of(name, spec) if spec else name, why=wrong.fields[name])
        for name, spec in fields.items()
    ]


def _refusal(arrived: Arrived, reasons: list[Words]) -> Refused:
    raw = masked(arrived.raw, (arrived.message.reporter.get("name", ""),))
    return Refused(arrived.line, raw, arrived.row, reasons)


def _keep(asker: Asker, source: str, arrived: Sequence[Arrived], ids: Sequence[int], now: datetime) -> list[int]:
    rows = [
        {
            "id": one.message.id,
            "same": one.message.same,
            "content": one.message.content.hex(),
            "raw": dict(one.message.raw),
            "matter": matter,
        }
        for one, matter in zip(arrived, ids, strict=True)
    ]
    with acting_as(for_the_district(asker)), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO signals_signal"
            " (district_id, source, external_id, same, content_hash, received_at, raw, matter_id)"
            " SELECT %s, %s, id, same, decode(content, 'hex'), %s, raw, matter"
            " FROM jsonb_to_recordset(%s::jsonb) AS r(id text, same text, content text, raw jsonb, matter bigint)"
            " RETURNING id",
            [asker.district, source, now, json.dumps(rows, ensure_ascii=False)],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _quarantine(
    asker: Asker, source: str, kind: str, file: str, refused: Sequence[Refused], now: datetime
) -> list[int]:
    """Keep what opened nothing; returns the rows that are new."""
    if not refused:
        return []
    seen_by = sorted({facts(asker).root.id, *asker.units})
    rows = [
        {
            "line": one.line,
            "raw": _storable(one.raw)[:RAW_KEPT],
            "reasons": [{language: words.speak(language) for language in ("zh", "en")} for words in one.reasons],
            "content": one.content.hex(),
        }
        for one in refused
    ]
    with acting_as(for_the_district(asker)), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO signals_quarantine (district_id, source, kind, file, line, raw, reasons, content_hash,"
            " received_at, sensitivity, seen_by) SELECT %s, %s, %s, %s, line, raw, reasons, decode(content, 'hex'),"
            " %s, %s, %s FROM jsonb_to_recordset(%s::jsonb) AS r(line bigint, raw text, reasons jsonb, content text)"
            " ON CONFLICT (district_id, source, file, line, content_hash) DO NOTHING RETURNING id",
            [
                *(asker.district, source, kind, file[:200]),
                *(now, SENSITIVITY_COMPLAINT, seen_by, json.dumps(rows, ensure_ascii=False)),
            ],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _release(asker: Asker, source: str, contents: Sequence[bytes]) -> list[int]:
    """A row that has opened its matter after all, with a corrected mapping, leaves the quarantine."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM signals_quarantine WHERE district_id = %s AND source = %s AND content_hash = ANY(%s)"
            " RETURNING id",
            [asker.district, source, list(contents)],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _storable(text: str) -> str:
    return text.replace("\x00", "␀").encode("utf-8", "backslashreplace").decode("utf-8")


@transaction.atomic
def record(asker: Asker, readings: Iterable[tuple[str, datetime, float]]) -> int:
    """Keep readings (series, at, value); returns how many were new. Instants are aware, values finite.

    The first value of a series for an instant stands. Raises ValueError for a naive instant, a value that is none, or a
    name of none or more than 80 characters.
    """
    series, instants, values = [], [], []
    for name, at, value in readings:
        if at.tzinfo is None or not math.isfinite(value):
            raise ValueError(f"{name}: {at} {value}")
        if not 1 <= len(name) <= MOST_SERIES:  # cut short, two series would become one
            raise ValueError(f"{len(name)} > {MOST_SERIES}: {name}")
        series.append(name)
        instants.append(at.astimezone(UTC))
        values.append(float(value))
    if not series:
        return 0
    with acting_as(asker), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO signals_reading AS t (district_id, series, at, value)"
            " SELECT %s, * FROM unnest(%s::text[], %s::timestamptz[], %s::float8[])"
            f" ON CONFLICT (district_id, series, at) DO NOTHING RETURNING {heard.SAID}",
            [asker.district, series, instants, values],
        )
        fresh = cursor.fetchall()
        new = len(fresh)
        if new:
            heard.note(asker, "record", fresh)
            cursor.execute("SELECT pg_notify('yiwang_live', %s)", [f"{asker.district}:readings"])
    return new
