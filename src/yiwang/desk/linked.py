"""What the page of a matter shows of those that it hangs together with, and what it offers: to merge, to take apart."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yiwang.matters import likeness, link_queries
from yiwang.matters.linked import CALLERS, REPEATED, WAITS
from yiwang.matters.queries import OneMatter
from yiwang.org.asker import Asker
from yiwang.why import Words, say

from .shown import Row, rows_of


@dataclass(frozen=True, slots=True)
class Tied:
    """The matters at the other ends of links of one sort."""

    name: str
    title: Words
    rows: list[Row]
    hidden: int


def tied_to(asker: Asker, found: OneMatter, now: datetime) -> dict[str, Any]:
    """What a matter hangs together with, and what its page offers."""
    state, mine = found.state, likeness.may_merge(asker, found)
    callers, repeats = int(state.get(CALLERS, 1)), int(state.get(REPEATED, 0))
    sorts = (
        ("into", say("desk.merged_into"), link_queries.waits_for(asker, found)),
        ("from", say("desk.merged_here", n=callers - 1, callers=callers), link_queries.waiting_for(asker, found)),
        ("repeats", say("desk.repeats_title", n=repeats), link_queries.repeated(asker, found)),
    )
    return {
        "ends": [Tied(name, title, rows_of(asker, ends.rows), ends.hidden) for name, title, ends in sorts if ends],
        "part": mine and bool(state.get(WAITS)),
        "merge": mine and not state.get(WAITS) and found.row.closed_at is None and callers == 1,
        "like": likeness.like(asker, found, now) if mine else [],
        "token": uuid.uuid4().hex,
    }
