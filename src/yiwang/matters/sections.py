"""How pressing a matter is: the sections of an inbox, and the moments at which one ends and the next begins. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from yiwang.pages.definition import SECTIONS, Desk

REST = SECTIONS[-1]  # takes what the others leave, and what has no due

Edges = dict[str, tuple[datetime | None, datetime]]


def edges_of(now: datetime, zone: ZoneInfo, desk: Desk) -> Edges:
    """section -> (from, before) of all but the last, the most pressing first; each begins where the one before ends."""
    tonight = midnight(now.astimezone(zone).date() + timedelta(days=1), zone)
    ends = {"over": now, "soon": now + desk.soon, "today": tonight, "week": tonight + timedelta(days=6)}
    edges: Edges = {}
    start: datetime | None = None
    for section in desk.sections:
        if section != REST:
            end = max(start, ends[section]) if start else ends[section]
            edges[section] = (start, end)
            start = end
    return edges


def section_of(due: datetime | None, edges: Edges) -> str:
    """The section of a matter that is due at `due`."""
    if due is None:
        return REST
    return next((section for section, (_, end) in edges.items() if due < end), REST)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The moment at which a local day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=zone)
