"""What the database knows of draws: what was drawn lately, and the draws that a matter's ledger holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from yiwang.org.asker import Asker
from yiwang.org.session import acting_as, system

from .automatic import span_of
from .definition import Kind
from .draws import notes, receipt_of
from .draws_people import called
from .fields.filling import title_of
from .kinds import world
from .models import Entry
from .queries import OneMatter

_BEFORE = """
SELECT DISTINCT o.code FROM matters_matter m, jsonb_array_elements_text(m.facts->%s) AS o(code)
WHERE m.district_id = %s AND m.kind = %s AND m.id <> %s AND m.created_at >= %s
  AND jsonb_typeof(m.facts->%s) = 'array'
"""


def before(asker: Asker, kind: Kind, action: str, matter: int, at: datetime) -> dict[str, frozenset[str]]:
    """field -> what matters of the kind have drawn within the time in which nothing is drawn again, whoever may
    see them."""
    excluded: dict[str, frozenset[str]] = {}
    for how in kind.actions[action].draws if action in kind.actions else ():
        if how.not_within:
            fact, since = f"form.{how.field}", at - span_of(kind.limits[how.not_within])
            with acting_as(system(asker.district)), connection.cursor() as cursor:
                cursor.execute(_BEFORE, [fact, asker.district, kind.matter, matter, since, fact])
                excluded[how.field] = frozenset(code for (code,) in cursor.fetchall())
    return excluded


def draws_of(matter: OneMatter) -> Iterator[tuple[Entry, str, Mapping[str, Any]]]:
    """(entry, field, what was drawn) of every draw of a matter, in their order."""
    for entry in matter.entries:
        yield from ((entry, name, said) for name, said in notes(entry.data))


def receipts(asker: Asker, drawn_for: OneMatter) -> Iterator[tuple[Entry, str, Any]]:
    """(entry, field, receipt) of every draw."""
    kind, known = drawn_for.kind, world(asker)
    for entry, name, said in draws_of(drawn_for):
        yield entry, name, receipt_of(said, title_of(name, kind.fields[name]), called(kind, name, said, known))
