"""How the district's matters stand at a moment: counts whose lists hold as many, by street, what came last.

Every figure is a selection, a named condition. The count and the list of a selection use the same condition and the
same moment, so they agree by construction (design §10.8). Call inside `acting_as`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from yiwang.org.access import Asker
from yiwang.org.queries import facts

PAGE = 50

# name -> condition over a matter `m`; %(now)s, %(midnight)s and %(hour_ago)s are instants
SELECTIONS: Mapping[str, str] = {
    "open": "m.closed_at IS NULL",
    "overdue": "m.closed_at IS NULL AND m.due_at < %(now)s",
    "soon": "m.closed_at IS NULL AND m.due_at >= %(now)s AND m.due_at < %(now)s + interval '2 hours'",
    "opened_today": "m.created_at >= %(midnight)s AND m.created_at <= %(now)s",
    "closed_today": "m.closed_at >= %(midnight)s AND m.closed_at <= %(now)s",
    "last_hour": "m.created_at >= %(hour_ago)s AND m.created_at <= %(now)s",
    "supervision": "m.kind = 'supervision' AND m.closed_at IS NULL",
}
_MOST_PRESSING = "m.due_at NULLS LAST, m.id"
_NEWEST = "m.created_at DESC, m.id DESC"
_ORDER = {"closed_today": "m.closed_at DESC, m.id DESC", "opened_today": _NEWEST, "last_hour": _NEWEST}


class UnknownSelection(LookupError):
    """No such figure."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A matter as a list shows it."""

    id: int
    number: str
    kind: str
    title: str
    stage: str
    street: int | None
    lead: int | None
    category: str
    lon: float | None
    lat: float | None
    created_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    due_clock: str
    simulated: bool
    started_at: datetime | None = None
    provisional: bool = False

    def clock(self) -> dict[str, Any]:
        """The clock that presses most, as a chip shows it; for a closed matter how long it took."""
        if self.closed_at:
            return {"due": self.due_at, "started": self.created_at, "stopped": self.closed_at}
        return {"due": self.due_at, "started": self.started_at, "provisional": self.provisional}


_COLUMNS = (
    "m.id, m.number, m.kind, m.title, m.stage, m.street_id, m.lead_id, m.category, m.lon, m.lat, m.created_at,"
    " m.closed_at, m.due_at, m.due_clock, m.simulated,"
    " (m.facts->>('clock.' || m.due_clock || '.started'))::timestamptz,"
    " coalesce((m.facts->>('clock.' || m.due_clock || '.provisional'))::boolean, false)"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of the district: a street, a kind, a category with all below it; None leaves it open."""

    street: int | None = None
    kind: str | None = None
    category: str | None = None


EVERYWHERE = Scope()


def counts(asker: Asker, now: datetime, scope: Scope = EVERYWHERE) -> dict[str, int]:
    """selection -> how many matters, all at the same moment."""
    parts = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in SELECTIONS.values())
    # nothing older than the last midnight counts unless it is open
    where = "(m.closed_at IS NULL OR m.closed_at >= %(midnight)s OR m.created_at >= %(midnight)s)"
    (row,) = _rows(asker, f"SELECT {parts} FROM matters_matter m WHERE {where}", now, scope)
    return dict(zip(SELECTIONS, row, strict=True))


def counts_by_street(asker: Asker, now: datetime) -> dict[int, dict[str, int]]:
    """street -> selection -> how many; streets without any open or new matter are absent."""
    parts = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in SELECTIONS.values())
    where = "m.street_id IS NOT NULL AND (m.closed_at IS NULL OR m.created_at >= %(midnight)s OR m.closed_at >= %(midnight)s)"
    rows = _rows(asker, f"SELECT m.street_id, {parts} FROM matters_matter m WHERE {where}", now, group="m.street_id")
    return {street: dict(zip(SELECTIONS, row, strict=True)) for street, *row in rows}


def counts_by_kind(asker: Asker, now: datetime, selection: str, scope: Scope = EVERYWHERE) -> dict[str, int]:
    """kind -> how many of a selection, the most first."""
    sql = f"SELECT m.kind, count(*) FROM matters_matter m WHERE {_condition(selection)}"
    return dict(_rows(asker, sql, now, scope, group="m.kind", order="count(*) DESC, m.kind"))


def counts_by_stage(
    asker: Asker, now: datetime, selection: str, scope: Scope = EVERYWHERE
) -> dict[tuple[str, str], int]:
    """(kind, stage) -> how many of a selection, the most first."""
    sql = f"SELECT m.kind, m.stage, count(*) FROM matters_matter m WHERE {_condition(selection)}"
    rows = _rows(asker, sql, now, scope, group="m.kind, m.stage", order="count(*) DESC, m.kind, m.stage")
    return {(kind, stage): n for kind, stage, n in rows}


def cases(asker: Asker, now: datetime, selection: str, scope: Scope = EVERYWHERE, page: int = 1) -> list[Shown]:
    """One page of the list behind a count: the most pressing first, else the newest."""
    sql = f"SELECT {_COLUMNS} FROM matters_matter m WHERE {_condition(selection)}"
    order = _ORDER.get(selection, _MOST_PRESSING)
    limits = f"{order} LIMIT {PAGE} OFFSET {PAGE * (max(page, 1) - 1)}"
    return [Shown(*row) for row in _rows(asker, sql, now, scope, order=limits)]


def latest(asker: Asker, now: datetime, most: int = 8) -> list[Shown]:
    """What moved last: opened, acted upon or closed."""
    sql = f"SELECT {_COLUMNS} FROM matters_matter m WHERE m.created_at <= %(now)s AND m.created_at >= %(midnight)s"
    return [Shown(*row) for row in _rows(asker, sql, now, order=f"{_NEWEST} LIMIT {int(most)}")]


def pressing(asker: Asker, now: datetime, scope: Scope = EVERYWHERE, most: int = 60) -> list[Shown]:
    """Open matters with a place that are overdue or due within two hours, the worst first."""
    sql = (
        f"SELECT {_COLUMNS} FROM matters_matter m WHERE m.closed_at IS NULL AND m.lon IS NOT NULL"
        " AND m.due_at < %(now)s + interval '2 hours'"
    )
    return [Shown(*row) for row in _rows(asker, sql, now, scope, order=f"{_MOST_PRESSING} LIMIT {int(most)}")]


@dataclass(frozen=True, slots=True)
class HotSpot:
    """The same category in the same street again and again: this period and the one before (R1.10)."""

    category: str
    street: int
    n: int
    before: int


def hot_spots(asker: Asker, now: datetime, days: int = 30, most: int = 5) -> list[HotSpot]:
    """The categories that came most often in one street in the last `days`, beside the `days` before."""
    sql = """SELECT m.category, m.street_id, count(*) FILTER (WHERE m.created_at >= %(since)s),
             count(*) FILTER (WHERE m.created_at < %(since)s)
             FROM matters_matter m WHERE m.street_id IS NOT NULL AND m.category <> '' AND m.kind <> 'supervision'
             AND m.created_at >= %(before)s AND m.created_at <= %(now)s"""
    span = timedelta(days=days)
    more = {"since": now - span, "before": now - 2 * span}
    order = f"3 DESC, 4, 1, 2 LIMIT {int(most)}"
    return [HotSpot(*row) for row in _rows(asker, sql, now, group="m.category, m.street_id", order=order, more=more)]


def _condition(selection: str) -> str:
    try:
        return f"({SELECTIONS[selection]})"
    except KeyError:
        raise UnknownSelection(selection) from None


def _rows(
    asker: Asker,
    sql: str,
    now: datetime,
    scope: Scope = EVERYWHERE,
    *,
    group: str = "",
    order: str = "",
    more: Mapping[str, Any] | None = None,
) -> list[tuple[Any, ...]]:
    """`sql` ends in its WHERE; the asker's own sight and the scope are added to it."""
    sight, parameters = asker.filter("m")
    local = now.astimezone(facts(asker).zone)
    parameters |= {"now": now, "midnight": local.replace(hour=0, minute=0, second=0, microsecond=0)}
    parameters |= {"hour_ago": now - timedelta(hours=1), **(more or {})}
    conditions = [sight]
    for name, condition in _SCOPES.items():
        if (value := getattr(scope, name)) is not None:
            conditions.append(condition)
            parameters[f"scope_{name}"] = value
    whole = f"{sql} AND {' AND '.join(conditions)}"
    whole += f" GROUP BY {group}" if group else ""
    whole += f" ORDER BY {order}" if order else ""
    with connection.cursor() as cursor:
        cursor.execute(whole, parameters)
        return cursor.fetchall()


_SCOPES = {
    "street": "m.street_id = %(scope_street)s",
    "kind": "m.kind = %(scope_kind)s",
    "category": "m.category = %(scope_category)s",
}
