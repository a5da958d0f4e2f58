"""Which earlier matters a new one is like, as they lie in the database: for `repeating`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from yiwang.org import personal
from yiwang.org.asker import Asker
from yiwang.org.keyed import all_keyed
from yiwang.org.queries import facts as district_facts

from .clock_state import State
from .definition import Kind
from .joined import PLACE, REPORTER, Repeats, fact_named
from .reported import Reported
from .rows import number_purpose

MOST_REPEATED = 50  # earlier matters that one is said to repeat
_COLUMNS = {"category": "category", "cell": "cell", "channel": "channel", "form.text": "text"}
_UNITS = {"street": "street_id", "neighbourhood": "neighbourhood_id", "lead": "lead_id"}


def digests_of(asker: Asker, reporter: Reported) -> list[str]:
    """The keyed digests of a reporter's telephone, under every secret there was; none where no number is told."""
    told = sorted(personal.digits_in(reporter.called())) if reporter.phone else []
    return [digest for number in told for digest in all_keyed(number_purpose(asker), number)]


def earlier(
    asker: Asker, kind: Kind, how: Repeats, first: State, digests: Sequence[str], at: datetime
) -> dict[str, bool]:
    """number -> whether it had ended by then, of earlier matters of a kind that are like a new one, the newest first.
    Sees what `asker` sees."""
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
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT m.number, coalesce(m.closed_at <= %s, false) FROM matters_matter m WHERE {' AND '.join(terms)}"
            " ORDER BY m.created_at DESC, m.id DESC LIMIT %s",
            [at, *values, MOST_REPEATED],
        )
        return dict(cursor.fetchall())


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
    term = f"(m.lat BETWEEN %s AND %s AND ({across})^2 + (m.lat - %s)^2 <= %s)"
    return term, [lat - box, lat + box, lon, lat, lat, box * box]
