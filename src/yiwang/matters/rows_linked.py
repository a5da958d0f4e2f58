"""How links between matters lie in the database: made, undone, looked up; for `together` and `repeating`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from yiwang.org import personal
from yiwang.org.asker import Asker
from yiwang.org.keyed import all_keyed
from yiwang.org.queries import facts as district_facts
from yiwang.org.session import prepared

from .clock_state import State
from .definition import Kind
from .joined import PLACE, REPORTER, Repeats, fact_named
from .linked import MERGED, REPEATS
from .reported import Reported
from .rows import number_purpose

MOST_REPEATED = 50  # earlier matters that one is said to repeat
_COLUMNS = {"category": "category", "cell": "cell", "channel": "channel", "form.text": "text"}
_UNITS = {"street": "street_id", "neighbourhood": "neighbourhood_id", "lead": "lead_id"}


def tie(asker: Asker, kind: str, one: int, other: int) -> None:
    """Let a link lead from one matter to another."""
    prepared(
        "INSERT INTO matters_link (district_id, from_matter_id, to_matter_id, kind) VALUES (%s, %s, %s, %s)",
        [asker.district, one, other, kind],
    )


def untie(kind: str, one: int, other: int) -> None:
    """Undo a link; what it was, and why it is no more, stands in both ledgers."""
    prepared(
        "DELETE FROM matters_link WHERE kind = %s AND from_matter_id = %s AND to_matter_id = %s", [kind, one, other]
    )


def tie_repeats(asker: Asker, repeated: Iterable[tuple[int, Sequence[str]]]) -> None:
    """(matter, numbers of the earlier ones that it repeats) of new matters."""
    pairs = [(matter, number) for matter, numbers in repeated for number in numbers]
    if pairs:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO matters_link (district_id, from_matter_id, to_matter_id, kind)"
                " SELECT m.district_id, said.matter, m.id, %s"
                " FROM unnest(%s::bigint[], %s::text[]) AS said(matter, number)"
                " JOIN matters_matter m ON m.district_id = %s AND m.number = said.number",
                [REPEATS, [one for one, _ in pairs], [number for _, number in pairs], asker.district],
            )


def other_end(one: int) -> int | None:
    """The matter for which one waits."""
    found = prepared(
        "SELECT to_matter_id FROM matters_link WHERE kind = %s AND from_matter_id = %s", [MERGED, one]
    ).fetchone()
    return found[0] if found else None


def left_waiting(asker: Asker, at_most: int) -> list[int]:
    """Matters that still wait for one that has ended."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT one.id FROM matters_link l JOIN matters_matter one ON one.id = l.from_matter_id"
            " JOIN matters_matter other ON other.id = l.to_matter_id"
            " WHERE l.district_id = %s AND l.kind = %s AND one.closed_at IS NULL AND other.closed_at IS NOT NULL"
            " AND (one.facts->>'merged.waits')::boolean ORDER BY one.id LIMIT %s",
            [asker.district, MERGED, at_most],
        )
        return [one for (one,) in cursor.fetchall()]


# --- which earlier ones a new one repeats ---------------------------------------------------------------------------


def digests_of(asker: Asker, reporter: Reported) -> list[str]:
    """The keyed digests of a reporter's telephone, under every secret there was; none where no number is told."""
    told = sorted(personal.digits_in(reporter.called())) if reporter.phone else []
    return [digest for number in told for digest in all_keyed(number_purpose(asker), number)]


def earlier(asker: Asker, kind: Kind, how: Repeats, first: State, digests: Sequence[str], at: datetime) -> list[str]:
    """The numbers of earlier matters of a kind that are like a new one, the newest first. Sees what `asker` sees."""
    terms = ["m.district_id = %s", "m.kind = %s", "m.created_at BETWEEN %s AND %s"]
    values: list[Any] = [asker.district, kind.matter, at - timedelta(days=how.days), at]
    for word in how.same:
        term, given = _alike(asker, word, how, first, digests)
        terms.append(term)
        values += given
    if how.or_:
        each = [_alike(asker, word, how, first, digests) for word in how.or_]
        terms.append(f"({' OR '.join(term for term, _ in each)})")
        values += [value for _, given in each for value in given]
    if "false" in terms:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT m.number FROM matters_matter m WHERE {' AND '.join(terms)}"
            " ORDER BY m.created_at DESC, m.id DESC LIMIT %s",
            [*values, MOST_REPEATED],
        )
        return [number for (number,) in cursor.fetchall()]


def _alike(asker: Asker, word: str, how: Repeats, first: State, digests: Sequence[str]) -> tuple[str, list[Any]]:
    """(SQL, values) that says of `m` whether it is like a new one in this; "false" where nothing is known of it."""
    if word == REPORTER:
        return ("m.id IN (SELECT matters_of_number(%s))", [list(digests)]) if digests else ("false", [])
    if word == PLACE:
        return _near(first, how.metres)
    fact = fact_named(word)
    value = first.get(fact)
    if value in (None, "", []):
        return "false", []
    if fact in _UNITS:
        return f"m.{_UNITS[fact]} = %s", [district_facts(asker).by_code[value].id]
    return (f"m.{_COLUMNS[fact]} = %s", [value]) if fact in _COLUMNS else ("m.facts->>%s = %s", [fact, str(value)])


def _near(first: Mapping[str, Any], metres: int) -> tuple[str, list[Any]]:
    """Within so many metres of where the new one lies."""
    lon, lat = first.get("lon"), first.get("lat")
    if lon is None or lat is None:
        return "false", []
    across = "(m.lon - %s) * cos(radians((m.lat + %s) / 2))"
    box = metres / 111_320
    return (
        f"(m.lat BETWEEN %s AND %s AND ({across})^2 + (m.lat - %s)^2 <= %s)",
        [lat - box, lat + box, lon, lat, lat, box * box],
    )
