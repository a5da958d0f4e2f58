"""What the page of a matter shows of those that it hangs together with, and what it offers: to merge, to take apart."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yiwang.matters import causing, likeness, link_queries, repeats_queries
from yiwang.matters.linked import CALLERS, ONE_WITH, WAITS
from yiwang.matters.queries import OneMatter
from yiwang.org.asker import Asker
from yiwang.why import Words, say

from .shown import Row, rows_of


@dataclass(frozen=True, slots=True)
class Tied:
    """The matters at the other ends of links of one sort, as far as the asker sees them."""

    name: str
    title: Words
    rows: list[Row]


def tied_to(asker: Asker, opened: OneMatter, now: datetime) -> dict[str, Any]:
    """What a matter hangs together with, and what its page offers."""
    state, mine = opened.state, likeness.may_merge(asker, opened)
    into, here, again = (
        ask(asker, opened) for ask in (link_queries.waits_for, link_queries.waiting_for, repeats_queries.repeated)
    )
    led_to = link_queries.led_to(asker, opened)
    sorts = (
        ("into", say("desk.merged_into"), into),
        ("from", say("desk.merged_here", n=len(here), callers=len(here) + 1), here),
        ("led-to", say("desk.led_to"), led_to),
        ("came-from", say("desk.came_from"), link_queries.came_from(asker, opened)),
        ("repeats", say("desk.repeats_title", n=len(again)), again),
    )
    return {
        "ends": [Tied(name, title, rows_of(asker, rows)) for name, title, rows in sorts if rows],
        "elsewhere": bool(state.get(ONE_WITH)) and not into,
        "part": mine and bool(state.get(WAITS)),
        "merge": mine and not state.get(WAITS) and opened.row.closed_at is None and state.get(CALLERS, 1) == 1,
        "undo": bool(led_to) and causing.may_undo(asker, opened),
        "like": likeness.like(asker, opened, now) if mine else [],
        "token": uuid.uuid4().hex,
    }
