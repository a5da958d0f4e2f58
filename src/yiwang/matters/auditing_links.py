"""Which links lie between matters, as their ledgers should tell: what a verification asks beside the matters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection

from .linked import LINKED, MERGED, Link

_LINKS = """
SELECT l.from_matter_id, l.to_matter_id, l.kind, l.district_id,
  coalesce(one.number, l.from_matter_id::text), coalesce(other.number, l.to_matter_id::text)
FROM matters_link l
LEFT JOIN matters_matter one ON one.id = l.from_matter_id
LEFT JOIN matters_matter other ON other.id = l.to_matter_id
WHERE l.from_matter_id BETWEEN %s AND %s OR l.to_matter_id BETWEEN %s AND %s
"""


def tied(district: int, first: int, last: int) -> dict[int, list[str]]:
    """matter -> its links as its facts should name them; what is repeated is told by the ledger of the later
    one, what one led to by the ledger of that one."""
    by_matter: dict[int, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_LINKS, [first, last, first, last])
        for one, other, kind, of, number, to in cursor.fetchall():
            called = kind if of == district else f"{kind} ({of})"
            by_matter.setdefault(one, []).append(Link(called, True, to).text)
            if kind == MERGED:
                by_matter.setdefault(other, []).append(Link(called, False, number).text)
    return {matter: sorted(links) for matter, links in by_matter.items()}


def said_of(state: Mapping[str, Any]) -> list[str]:
    """The links that the facts of a matter name."""
    return sorted(state.get(LINKED) or ())
