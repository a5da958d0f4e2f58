"""How links between matters lie in the database: made, undone, looked up; for `together` and the store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection

from yiwang.org.asker import Asker
from yiwang.org.session import prepared

from .linked import MERGED, REPEATS


def tie(asker: Asker, kind: str, matter: int, other: int) -> None:
    """Let a link lead from one matter to another."""
    prepared(
        "INSERT INTO matters_link (district_id, from_matter_id, to_matter_id, kind) VALUES (%s, %s, %s, %s)",
        [asker.district, matter, other, kind],
    )


def untie(kind: str, matter: int, other: int) -> None:
    """Undo a link; what it was, and why it is no more, stands in both ledgers."""
    prepared(
        "DELETE FROM matters_link WHERE kind = %s AND from_matter_id = %s AND to_matter_id = %s", [kind, matter, other]
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


def other_end(matter: int) -> int | None:
    """The matter for which one waits."""
    row = prepared(
        "SELECT to_matter_id FROM matters_link WHERE kind = %s AND from_matter_id = %s", [MERGED, matter]
    ).fetchone()
    return row[0] if row else None


def id_of(asker: Asker, number: str) -> int | None:
    """The matter that has a number."""
    row = prepared(
        "SELECT id FROM matters_matter WHERE district_id = %s AND number = %s", [asker.district, number]
    ).fetchone()
    return row[0] if row else None


def left_waiting(asker: Asker, at_most: int, after: int = 0) -> list[int]:
    """Matters that still wait for one that has ended, those after the last that was read before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT one.id FROM matters_link l JOIN matters_matter one ON one.id = l.from_matter_id"
            " JOIN matters_matter other ON other.id = l.to_matter_id"
            " WHERE l.district_id = %s AND l.kind = %s AND one.closed_at IS NULL AND other.closed_at IS NOT NULL"
            " AND (one.facts->>'merged.waits')::boolean AND one.id > %s ORDER BY one.id LIMIT %s",
            [asker.district, MERGED, after, at_most],
        )
        return [one for (one,) in cursor.fetchall()]
