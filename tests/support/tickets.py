"""A hotline ticket and what the people of the small district do with it, at chosen times."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
TO_BE_EXCLUDED = {"exclude_code": "unreasonable", "reason": "诉求不合理"}  # what is said where it is asked for


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def ticket(district, *, category="drain.blocked", when="2026-10-12T10:00", place=(121.91, 31.03), **more):
    from yiwang.matters import store
    from yiwang.org.session import acting_as

    with acting_as(district.system) as asker:
        return store.open_matter(
            asker,
            "hotline",
            {"title": "弄口井盖松动", "text": "每天经过都响", "category": category},
            at=at(when),
            place=place,
            **more,
        )


def do(district, post, matter, action, data=None, when=None, **more):
    from yiwang.matters import store
    from yiwang.org.session import acting_as

    with acting_as(district.as_(post)) as asker:
        return store.act(asker, matter.id, action, data or {}, at=at(when) if when else None, **more)


def in_hand(district):
    """A ticket that a clerk of the water bureau has accepted."""
    one = ticket(district)
    do(district, "dispatcher-1", one, "assign", {"unit": "water"}, "2026-10-12T10:20")
    do(district, "water-1", one, "accept", when="2026-10-12T11:00")
    return one


def closed(district):
    """A ticket that was answered, verified and rated well."""
    one = in_hand(district)
    said = {"reached": True, "solved": True, "satisfaction": "satisfied"}
    do(district, "water-1", one, "answer", {"result": "已疏通"}, "2026-10-12T12:00")
    do(district, "dispatcher-1", one, "verify", said, "2026-10-12T13:00")
    return one
