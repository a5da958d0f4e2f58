"""Are the matters what their ledgers say? Chains, and every column that a figure may be counted from (design §6, 10.7).

A matter's row is the sum of its entries. Here it is added up once more and compared column by column: whoever changed
the row, and not the ledger, is found; and so is a ledger without a row, a row without a ledger and a number that is
missing from a day's numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from django.db import connection

from yiwang.ledger import chain, keys
from yiwang.ledger.reading import as_json, raw
from yiwang.ledger.rooms import EVERY, OWN_NUMBER, Audited, Source
from yiwang.org.asker import Asker
from yiwang.org.district import District
from yiwang.org.queries import facts
from yiwang.why import say

from . import ledger
from .auditing_links import said_of, tied
from .auditing_numbers import numbers_missing
from .children import WHOLE
from .draft import ROW
from .facts import read
from .models import Attempt, Category, Checkpoint, Duty, Gate, KindVersion, Listed, Result
from .plain import ERASED, SEALED, digest_of
from .reported import commitment_of
from .rows import MATTER, columns_of_state

AT_ONCE = 1000  # matters


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What the ledger noted of a matter that is older than seals: `seq` entries, the last with this hash."""

    seq: int
    head: str
    row: Mapping[str, Any]


@dataclass
class Audit:
    """The result of a verification."""

    matters: int = 0
    entries: int = 0
    broken: list[chain.Break] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return not self.broken


_ROW_COLUMNS = list(dict.fromkeys(("id", "number", *MATTER)))  # whatever is written of a matter is compared
# the number of the matter under which it stands; what no number belongs to is told as it is
_WHOLE = "coalesce((SELECT w.number FROM matters_matter w WHERE w.id = m.whole_id), m.whole_id::text)"
_MATTERS = (
    f"SELECT {', '.join(f'm.{column}' for column in _ROW_COLUMNS)}, r.name, r.phone, r.address, r.salt, {_WHOLE}"
    " FROM matters_matter m LEFT JOIN matters_reporter r ON r.matter_id = m.id AND r.district_id = m.district_id"
)
_ENTRIES = (
    "SELECT matter_id, district_id, seq, at, action, person_id, post_id, role, from_stage, to_stage, data, delta, key,"
    " prev, hash, seal FROM matters_entry"
)


def verify(asker: Asker, number: str = "") -> Audit:
    """Check one matter, or all that the asker sees. Call inside `acting_as`.

    What the asker may not read is not compared: who reported shows to nobody without a purpose.
    """
    audit = Audit()
    for audited_matter in audited(facts(asker), number, reporters=False):
        audit.matters += 1
        audit.entries += audited_matter.entries
        audit.broken += audited_matter.broken
    return audit


def audited(
    district: District,
    number: str = "",
    *,
    taken_over: Mapping[str, TakenOver] | None = None,
    reporters: bool = True,
    at_once: int = AT_ONCE,
) -> Iterator[Audited]:
    """Every matter of a district in the order of their ids, some at a time: what is wrong with each.

    taken_over  what the ledger noted of matters that are older than seals
    """
    known, last = keys.known(), 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"{_MATTERS} WHERE m.district_id = %s AND m.id > %s AND (%s = '' OR m.number = %s)"
                " ORDER BY m.id LIMIT %s",
                [district.id, last, number, number, at_once],
            )
            matters = cursor.fetchall()
            if not matters:
                return
            last = matters[-1][0]
            cursor.execute(
                f"{_ENTRIES} WHERE matter_id BETWEEN %s AND %s ORDER BY matter_id, seq", [matters[0][0], last]
            )
            entries = {matter: list(rows) for matter, rows in groupby(cursor.fetchall(), key=lambda row: row[0])}
            plain = _plain_words(district.id, matters[0][0], last) if reporters else {}
            links = tied(district.id, matters[0][0], last) if reporters else {}
        for row in matters:
            named = dict(zip(_ROW_COLUMNS, row, strict=False))
            *who_reported, of_whole = row[len(_ROW_COLUMNS) :]
            reporter = who_reported if reporters else None
            if reporters:  # not everybody who sees a matter sees what it stands under
                named["whole_id"] = of_whole
                named["links"] = links.get(row[0], [])
            before = (taken_over or {}).get(named["number"])
            entries_kept = entries.get(row[0], [])
            words = plain.get(row[0], {}) if reporters else None
            broken = list(_differences(district, named, reporter, words, entries_kept, before, known))
            yield Audited(named["number"], len(entries_kept), broken)


def _differences(
    district: District,
    row: Mapping[str, Any],
    reporter: Sequence[str | None] | None,
    words: Mapping[tuple[int, str], str] | None,
    entries: list[tuple[Any, ...]],
    before: TakenOver | None,
    known: Sequence[bytes],
) -> Iterator[chain.Break]:
    """What is wrong with one matter: its chain first, then its row."""
    subject = row["number"]
    links = [_link(subject, entry) for entry in entries]
    head = chain.Head(row["version"], bytes(row["head"]), raw(row["seal"]))
    sealed_from = before.seq + 1 if before else 1
    if found := chain.broken(subject, links, head, district.digest, known, sealed_from=sealed_from):
        yield found
        return
    if before and (len(links) < before.seq or links[before.seq - 1].hash.hex() != before.head):
        yield chain.Break(subject, before.seq, say("ledger.changed", n=before.seq))
        return
    if any(entry[1] != row["district_id"] for entry in entries):
        yield chain.Break(subject, 1, say("ledger.column_differs", column="district_id"))
    said: dict[str, Any] = {"source": "", "tracking": "", "reporter": "", **(before.row if before else {})}
    state: dict[str, Any] = {}
    sealed: dict[tuple[int, str], str] = {}
    for entry in entries:
        data, delta = as_json(entry[10]), as_json(entry[11])
        said |= data.get(ROW) or {}
        state |= delta
        sealed |= {(entry[2], name): digest for name, digest in (data.get(SEALED) or {}).items()}
        for seq, name in data.get(ERASED) or ():
            sealed.pop((seq, name), None)
            if name == "reporter":
                said["reporter"] = ""
    wrong = list(_columns_that_differ(district, row, state, said, entries[-1]))
    if reporter is not None and not _is_who_reported(reporter, said["reporter"]):
        wrong.append("reporter")
    if words is not None:
        wrong += [
            f"{name} ({seq})"
            for seq, name in sorted(words.keys() | sealed.keys())
            if words.get((seq, name)) != sealed.get((seq, name))
        ]
    for column in wrong:
        yield chain.Break(subject, len(entries), say("ledger.column_differs", column=column))


def _plain_words(district: int, first: int, last: int) -> dict[int, dict[tuple[int, str], str]]:
    """matter -> (entry, field) -> digest of the plain words that are kept."""
    by_matter: dict[int, dict[tuple[int, str], str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT matter_id, seq, field, text, salt FROM matters_plain"
            " WHERE district_id = %s AND matter_id BETWEEN %s AND %s",
            [district, first, last],
        )
        for matter, seq, name, text, salt in cursor.fetchall():
            by_matter.setdefault(matter, {})[(seq, name)] = digest_of(text, salt)
    return by_matter


def _columns_that_differ(
    district: District,
    row: Mapping[str, Any],
    state: Mapping[str, Any],
    said: Mapping[str, Any],
    last: tuple[Any, ...],
) -> Iterator[str]:
    """The columns, and within `facts` the facts, that say something else than the ledger."""
    try:
        expected = columns_of_state(read(state), district)
    except (KeyError, ValueError, TypeError) as trouble:  # a unit or a value that is no more: nothing can be compared
        yield f"facts ({trouble})"
        return
    folded, kept = expected.pop("facts"), as_json(row["facts"])
    yield from sorted(f"facts.{name}" for name in folded.keys() | kept.keys() if folded.get(name) != kept.get(name))
    expected |= {"moved_at": last[3], "last_action": last[4], "tracking": said["tracking"], "source": said["source"]}
    if "kind_version" in said:
        expected["kind_version"] = date.fromisoformat(said["kind_version"])
    if "whole_id" in row:
        expected |= {"whole_id": state.get(WHOLE), "links": said_of(state)}
    yield from (column for column, value in expected.items() if not _same(row[column], value))


def _same(written: Any, expected: Any) -> bool:
    if isinstance(written, datetime) and isinstance(expected, datetime):
        return written.astimezone(UTC) == expected.astimezone(UTC)
    if isinstance(written, list | tuple):
        return list(written) == list(expected or ())
    return bool(written == expected) or (written in (None, "") and expected in (None, ""))


def _is_who_reported(reporter: Sequence[str | None], commitment: str) -> bool:
    name, phone, address, salt = reporter
    if name is None:  # no row: nobody reported, or what was known of them was erased
        return not commitment
    return commitment_of(name, phone or "", address or "", salt or "") == commitment


def _link(number: str, row: tuple[Any, ...]) -> chain.Kept:
    seq, at, action, person, post, role, from_stage, to_stage, data, delta, key, prev, hashed, seal = row[2:]
    link = ledger.Link(
        number, seq, at, action, person, post, role, from_stage, to_stage, as_json(data), as_json(delta), key
    )
    return chain.Kept(link, bytes(prev), bytes(hashed), raw(seal))


# --- what `yiwang ledger verify` looks at, as the owner and in one snapshot (ledger.rooms) ---------------------------

KEPT = (Checkpoint, Attempt)
DEFINITIONS = (KindVersion, Category, Duty, Listed, Result, Gate)
CHECKED = {
    "matters_matter": "id district_id kind kind_version number title text category urgency channel stage holder_id"
    " holder_role lead_id desk_id street_id neighbourhood_id cell lon lat created_at closed_at due_at due_clock"
    " sensitivity seen_by raised recused awaited doors whole_id facts simulated tracking source version moved_at"
    " last_action head seal",
    "matters_entry": "district_id matter_id seq at action person_id post_id role from_stage to_stage data delta key"
    " prev hash seal",
    "matters_reporter": "district_id matter_id name phone address salt",
    "matters_plain": "district_id matter_id seq field text salt",
    "matters_counter": "district_id prefix day last",
    "matters_link": "district_id from_matter_id to_matter_id kind",
}
_INDEX = "by which a matter is found; what is shown and counted of it is read from its own row and entries"
ASIDE = {
    "matters_matter": {
        "acts_at": "when the platform looks at it next, worked out from its facts each time they change"
    },
    "matters_entry": {"id": "the order in which entries came; that of a matter is its seq"},
    "matters_reporter": {"id": OWN_NUMBER},
    "matters_plain": {"id": OWN_NUMBER},
    "matters_counter": {"id": OWN_NUMBER},
    "matters_link": {"id": OWN_NUMBER},
    "matters_said": {EVERY: _INDEX},
    "matters_number": {EVERY: _INDEX},
}
NOTE = "matters"
SOURCES = (
    Source(
        "matters",
        "matters_entry_id_seq",
        "SELECT DISTINCT ON (e.matter_id) m.number, e.seq, e.hash FROM matters_entry e"
        " JOIN matters_matter m ON m.id = e.matter_id WHERE e.id > %s AND e.district_id = %s"
        " ORDER BY e.matter_id, e.seq DESC",
        "SELECT l.subject, l.seq, c.n FROM ledger_leaf l JOIN ledger_checkpoint c ON c.id = l.checkpoint_id"
        " LEFT JOIN matters_matter m ON m.district_id = c.district_id AND m.number = l.subject"
        " LEFT JOIN matters_entry e ON e.matter_id = m.id AND e.seq = l.seq"
        " WHERE l.source = %s AND c.district_id = %s AND e.hash IS DISTINCT FROM l.hash"
        " ORDER BY c.n, l.subject LIMIT 1000",
    ),
)


def differences(district: District, notes: Mapping[str, Mapping[str, Any]], subject: str = "") -> Iterator[Audited]:
    """Every matter (or the one of that number) against its ledger, and the numbers that are missing."""
    before = {number: TakenOver(*said) for number, said in notes.get(NOTE, {}).items()}
    yield from audited(district, subject, taken_over=before)
    if subject:
        return
    yield from _older_checkpoint(district)
    for number, words in numbers_missing(district.id):
        yield Audited(number, 0, [chain.Break(number, 0, words)])


def _older_checkpoint(district: District) -> Iterator[Audited]:
    """The last checkpoint of the time before the ledger took them: a root over the heads of all matters."""
    last = Checkpoint.objects.filter(district=district.id).order_by("-id").first()
    if last is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (matter_id) matter_id, hash FROM matters_entry"
            " WHERE district_id = %s AND id <= %s ORDER BY matter_id, seq DESC",
            [district.id, last.last_entry],
        )
        heads = [bytes(head) for _, head in cursor.fetchall()]
    if chain.merkle_root(heads, district.digest) != bytes(last.root):
        words = say("matters.ledger_root", at=last.at.astimezone(district.zone))
        yield Audited("matters", 0, [chain.Break("matters", 0, words)])


def older(district: District) -> Iterator[tuple[str, Iterable[Mapping[str, Any]]]]:
    """Matters from before there were seals, as far as their own ledgers do not hold them."""
    yield NOTE, _unsealed(district)


def _unsealed(district: District) -> Iterator[Mapping[str, Any]]:
    last = 0
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE matters_reporter SET salt = replace(gen_random_uuid()::text, '-', '')"
            " WHERE district_id = %s AND salt = ''",
            [district.id],
        )
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT m.id, m.number, m.version, m.head, m.kind_version, m.source, m.tracking, r.name, r.phone,"
                " r.address, r.salt FROM matters_matter m LEFT JOIN matters_reporter r ON r.matter_id = m.id"
                " WHERE m.district_id = %s AND m.id > %s AND m.seal IS NULL ORDER BY m.id LIMIT %s",
                [district.id, last, AT_ONCE],
            )
            rows = cursor.fetchall()
        if not rows:
            return
        last = rows[-1][0]
        yield {number: _taken_over(*row) for _, number, *row in rows}


def _taken_over(
    version: int,
    head: bytes,
    kind_version: date,
    source: str,
    tracking: str,
    name: str | None,
    phone: str,
    address: str,
    salt: str,
) -> list[Any]:
    """The fields of TakenOver."""
    reporter = "" if name is None else commitment_of(name, phone, address, salt)
    row = {"kind_version": kind_version.isoformat(), "source": source, "tracking": tracking, "reporter": reporter}
    return [version, bytes(head).hex(), row]
