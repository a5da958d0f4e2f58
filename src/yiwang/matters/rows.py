"""How matters and their ledger lie in the database, in few statements; many at once go through `bulk` (design §8).

`store` decides what happens; here it is written down. Nothing outside this room imports it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from yiwang.ledger import chain, keys
from yiwang.org import personal
from yiwang.org.asker import Asker
from yiwang.org.district import District
from yiwang.org.keyed import keyed
from yiwang.org.queries import facts as district_facts
from yiwang.org.session import acting_as, for_the_district, prepared

from . import automatic, clocks, facts, ledger, search_words
from .clock_state import State
from .definition import Kind
from .draft import CONTENT, Draft, Held, Repeated
from .facts import COLUMNS, UNIT_COLUMNS
from .granting import roles_asked
from .identity import lock_of
from .panel import AWAITED
from .parties import doors_of
from .plain import CORRECT, ERASE, SWEEP
from .recusal import RECUSED, STANDS_IN
from .taking_part import involved

MATTER = (
    "district_id kind_version seen_by due_at due_clock acts_at raised recused awaited doors facts version moved_at"
    " last_action head seal tracking source " + " ".join(COLUMNS.values()) + " " + " ".join(UNIT_COLUMNS.values())
).split()
ENTRY = [
    "district_id",
    "matter_id",
    "seq",
    "at",
    "action",
    "person_id",
    "post_id",
    "role",
    "from_stage",
    "to_stage",
    "data",
    "delta",
    "key",
    "prev",
    "hash",
    "seal",
]
_TEXT = frozenset({"text", "category", "urgency", "channel", "holder_role", "cell", "title", "stage", "kind", "number"})


def columns_of(draft: Draft, district: int) -> dict[str, Any]:
    """Every column of the matter's row."""
    row: dict[str, Any] = {
        "district_id": district,
        "kind_version": draft.kind.version,
        "version": draft.version,
        "moved_at": draft.entries[-1][0].at,
        "last_action": draft.entries[-1][0].action,
        "head": draft.head,
        "seal": chain.head_seal(keys.sealing(), draft.version, draft.head),
        "tracking": draft.tracking,
        "source": draft.source,
        "whole_id": draft.whole,
    }
    coming = automatic.coming(draft.kind, draft.state, draft.world)
    return row | columns_of_state(draft.state, draft.world.district) | {"acts_at": coming.at if coming else None}


def columns_of_state(state: State, district: District) -> dict[str, Any]:
    """The columns that follow from the state alone."""
    due_at, due_clock = clocks.most_pressing(state)
    rest = {name: value for name, value in state.items() if name not in COLUMNS and name not in UNIT_COLUMNS}
    row: dict[str, Any] = {
        "seen_by": district.seen_by(*(district.by_code[unit].id for unit in involved(state))),
        "due_at": due_at,
        "due_clock": due_clock,
        "raised": list(
            dict.fromkeys((*(state.get("raised") or ()), *(state.get(STANDS_IN) or ()), *roles_asked(state)))
        ),
        "recused": sorted(state.get(RECUSED) or ()),
        "awaited": list(state.get(AWAITED) or ()),
        "doors": doors_of(state),
        "facts": facts.write(rest),
    }
    for name, column in COLUMNS.items():
        value = state.get(name)
        row[column] = (value or "") if column in _TEXT else value
    for name, column in UNIT_COLUMNS.items():
        unit = state.get(name)
        row[column] = district.by_code[unit].id if unit else None
    return row


def entry_values(district: int, matter: int, link: ledger.Link, prev: bytes, hashed: bytes) -> list[Any]:
    who = (link.person, link.post, link.role, link.from_stage, link.to_stage)
    sealed = chain.entry_seal(keys.sealing(), hashed)
    what = (Jsonb(link.data), Jsonb(link.delta), link.key, prev, hashed, sealed)
    return [district, matter, link.seq, link.at, link.action, *who, *what]


def _marks(n: int) -> str:
    return ", ".join(["%s"] * n)


# --- one at a time --------------------------------------------------------------------------------------------------


def insert(asker: Asker, draft: Draft) -> int:
    """Write a new matter with its entries; returns its id."""
    row = columns_of(draft, asker.district)
    values: list[Any] = [Jsonb(v) if c == "facts" else v for c, v in row.items()]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO matters_matter ({', '.join(row)}) VALUES ({_marks(len(row))}) RETURNING id", values
        )
        matter: int = cursor.fetchone()[0]
        for link, prev, hashed in draft.entries:
            cursor.execute(_ENTRY_SQL, entry_values(asker.district, matter, link, prev, hashed))
        keep_plain(asker, matter, draft)
        keep_words(said_of(matter, draft))
        cursor.execute("SELECT pg_notify('yiwang_live', %s)", [f"{asker.district}:matters"])
    return matter


# columns that an action can move; the others are set when the matter is opened
MOVABLE = [
    "title",
    "text",
    "category",
    "urgency",
    "stage",
    "holder_role",
    "closed_at",
    "sensitivity",
    "holder_id",
    "lead_id",
    "desk_id",
    "street_id",
    "seen_by",
    "due_at",
    "due_clock",
    "acts_at",
    "raised",
    "recused",
    "awaited",
    "doors",
    "version",
    "moved_at",
    "last_action",
    "head",
    "seal",
]
_ENTRY_SQL = f"INSERT INTO matters_entry ({', '.join(ENTRY)}) VALUES ({_marks(len(ENTRY))})"
_UPDATE_SQL = f"""
WITH entry AS (INSERT INTO matters_entry ({", ".join(ENTRY)}) VALUES ({_marks(len(ENTRY))})),
     matter AS (UPDATE matters_matter SET {", ".join(f"{column} = %s" for column in MOVABLE)}, facts = facts || %s
                WHERE id = %s)
SELECT pg_notify('yiwang_live', %s)
"""


def update(asker: Asker, matter: int, draft: Draft) -> None:
    """Write the last entry and the state that it leads to in one statement, after the entries before it.

    What leads out of the asker's own sight is written with the platform's: a row that its writer does not see
    afterwards is refused by row security, and who acts on a matter may well give it away.
    """
    row = columns_of(draft, asker.district)
    if asker.tracking or asker.sees(row["seen_by"], row["sensitivity"], row["kind"]):
        return _update(asker, matter, draft, row)
    with acting_as(for_the_district(asker)):
        return _update(asker, matter, draft, row)


def _update(asker: Asker, matter: int, draft: Draft, row: Mapping[str, Any]) -> None:
    *before, (link, prev, hashed) = draft.entries
    for earlier in before:
        prepared(_ENTRY_SQL, entry_values(asker.district, matter, *earlier))
    rest = {n: v for n, v in draft.changed.items() if n not in COLUMNS and n not in UNIT_COLUMNS}
    values = entry_values(asker.district, matter, link, prev, hashed)
    values += [row[column] for column in MOVABLE]
    prepared(_UPDATE_SQL, [*values, Jsonb(facts.write(rest)), matter, f"{asker.district}:matters"])
    keep_plain(asker, matter, draft)
    if words := said_of(matter, draft):
        keep_words(words)


def set_acts_at(matter: int, at: datetime | None) -> None:
    """When the platform looks at a matter again; no entry: it follows from the facts."""
    prepared("UPDATE matters_matter SET acts_at = %s WHERE id = %s", [at, matter])


_PLAIN = "INSERT INTO matters_plain (district_id, matter_id, seq, field, text, salt) VALUES (%s, %s, %s, %s, %s, %s)"
_NUMBER = "INSERT INTO matters_number (district_id, matter_id, digest) VALUES (%s, %s, %s)"


def said_of(matter: int, draft: Draft) -> list[tuple[int, int, str]]:
    """(matter, row, words) of what a draft adds to what can be found: its entries' words, its own when they change."""
    kind, searchable = draft.kind, []
    if draft.changed.keys() & _began_with(kind):
        searchable.append((search_words.BEGINNING, search_words.began_with(kind, draft.state, draft.world.lists)))
    if draft.changed.keys() & {"reporter.name", "reporter.phone"}:
        searchable.append((search_words.REPORTER, search_words.reported_by(draft.state)))
    searchable += [
        (link.seq, search_words.written(kind, link.data, draft.world.lists))
        for link, _, _ in draft.entries
        if link.seq > search_words.BEGINNING
    ]
    return [(matter, row, words) for row, words in searchable if words]


def _began_with(kind: Kind) -> set[str]:
    return {
        "title",
        "form.text",
        "channel",
        *(f"form.{name}" for name, spec in kind.form.items() if search_words.is_in_words(spec)),
    }


def keep_words(words: Sequence[tuple[int, int, str]]) -> None:
    """Make the words of matters findable; a row that is there is written anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT matters_say(%s::bigint[], %s::integer[], %s::text[])",
            [list(part) for part in zip(*words, strict=True)],
        )


def keep_plain(asker: Asker, matter: int, draft: Draft) -> None:
    """Keep the plain words of a draft's entries where they open for a purpose, and make their numbers findable."""
    for one in draft.plain:
        prepared(_PLAIN, [asker.district, matter, one.seq, one.field, one.text, one.salt])
    for digest in numbers_of(asker, (one.text for one in draft.plain)):
        prepared(_NUMBER, [asker.district, matter, digest])
    for digest in draft.known_by:
        prepared(_NUMBER, [asker.district, matter, digest])


def numbers_of(asker: Asker, texts: Iterable[str]) -> list[str]:
    """The keyed digests of the numbers that stand in some texts, each once."""
    told = {number for text in texts for number in personal.digits_in(text)}
    return [keyed(number_purpose(asker), one) for one in sorted(told)]


def number_purpose(asker: Asker) -> str:
    """What the key is for that finds a number in the district, and tells it to nobody."""
    return f"number {asker.district}"


_HELD = ["facts", "kind_version", "version", "head", "moved_at", "last_action"]
_HOLD_COLUMNS = [*COLUMNS.values(), *UNIT_COLUMNS.values(), *_HELD]
_HELD_ROW = "FROM matters_matter WHERE id = %s FOR UPDATE"
_HOLD_SQL = f"SELECT {', '.join(_HOLD_COLUMNS)} {_HELD_ROW}"
_HOLD_KEY_SQL = f"SELECT {', '.join(_HOLD_COLUMNS)}, pg_advisory_xact_lock(%s) {_HELD_ROW}"
_KEY_SQL = (
    f"SELECT matter_id, action, seq, coalesce(data->>'{CONTENT}', '') FROM matters_entry"
    " WHERE district_id = %s AND key = %s"
)


def hold(asker: Asker, matter: int, key: str | None) -> Held | None:
    """The matter's row, locked until the transaction ends; None when the asker does not see it.

    The key is looked up after the locks (of the matter and of the key itself), so that it sees what the one who held
    them before has written.
    """
    if key is None:
        row = prepared(_HOLD_SQL, [matter]).fetchone()
    else:
        row = prepared(_HOLD_KEY_SQL, [lock_of(asker.district, key), matter]).fetchone()
    if row is None:
        return None
    again = prepared(_KEY_SQL, [asker.district, key]).fetchone() if key is not None else None
    state = state_of(asker, row)
    kept, kind_version, version, head, moved_at, last_action = row[len(COLUMNS) + len(UNIT_COLUMNS) :][: len(_HELD)]
    state |= facts.read(as_json(kept))
    repeated = Repeated(*again) if again else None
    return Held(state, kind_version, version, bytes(head), moved_at, last_action, repeated)


def state_of(asker: Asker, row: tuple[Any, ...]) -> State:
    """What the columns of a row say: COLUMNS, then UNIT_COLUMNS; units by their codes."""
    units = district_facts(asker).units
    state = State(zip(COLUMNS, row, strict=False))
    for name, unit in zip(UNIT_COLUMNS, row[len(COLUMNS) : len(COLUMNS) + len(UNIT_COLUMNS)], strict=True):
        state[name] = units[unit].code if unit else None
    return state


def as_json(kept: Any) -> Any:
    """A jsonb value: Django's cursors hand it out undecoded."""
    return json.loads(kept) if isinstance(kept, str) else kept


def draw_serials(asker: Asker, prefix: str, days: Mapping[date, int]) -> dict[date, int]:
    """day -> the first of as many serials of a prefix as are wanted; two at once never get the same (design §10.6).

    Days are taken in order, so that two who draw for the same days wait for each other and never in a circle.
    """
    wanted = sorted(days.items())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO matters_counter (district_id, prefix, day, last)"
            " SELECT %s, %s, day, n FROM unnest(%s::date[], %s::int[]) AS wanted(day, n)"
            " ON CONFLICT (district_id, prefix, day) DO UPDATE SET last = matters_counter.last + excluded.last"
            " RETURNING day, last",
            [asker.district, prefix, [day for day, _ in wanted], [n for _, n in wanted]],
        )
        return {day: last - days[day] + 1 for day, last in cursor.fetchall()}


def alone_with(asker: Asker, keys: Iterable[str]) -> None:
    """Wait until nobody else makes these attempts; sorted, so that two who share some never wait in a circle."""
    locks = sorted({lock_of(asker.district, key) for key in keys})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(n) FROM unnest(%s::bigint[]) AS wanted(n)", [locks])


def written_under(asker: Asker, key: str) -> tuple[str, Repeated] | None:
    """(number of its matter, the entry) of what was written under a key."""
    written = prepared(_KEY_SQL, [asker.district, key]).fetchone()
    if written is None:
        return None
    number = prepared("SELECT number FROM matters_matter WHERE id = %s", [written[0]]).fetchone()
    return (number[0], Repeated(*written)) if number else None


def is_known_by(matter: int, digest: str) -> bool:
    """Whether a digest was kept with the matter's numbers."""
    row = prepared("SELECT %s IN (SELECT matters_of_number(%s::text[]))", [matter, [digest]]).fetchone()
    return bool(row and row[0])


def was_put_right(matter: int) -> bool:
    """Whether plain words of the matter were corrected or erased, and with them the digests made of them."""
    asked = "SELECT EXISTS (SELECT FROM matters_entry WHERE matter_id = %s AND action IN (%s, %s, %s))"
    row = prepared(asked, [matter, CORRECT, ERASE, SWEEP]).fetchone()
    return bool(row and row[0])
