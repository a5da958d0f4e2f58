"""What the page of a matter shows of the matters under it, and of the one that it stands under."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from yiwang.matters import queries
from yiwang.matters.children import UNDER, fact_of_children
from yiwang.matters.queries import OneMatter
from yiwang.org.asker import Asker
from yiwang.why import Words, say

from .shown import Row, rows_of


@dataclass(frozen=True, slots=True)
class Parts:
    """The matters of one name under a matter, with how many of them have ended."""

    title: Any
    ended: Words
    rows: list[Row]


def whole_of(asker: Asker, matter: OneMatter) -> Row | None:
    """The matter under which it stands, where the asker sees it."""
    return next(iter(rows_of(asker, queries.whole_of(asker, matter.row))), None)


def parts_of(asker: Asker, whole: OneMatter) -> list[Parts]:
    """Those under it that the asker sees, by the names of the kind; what has none is left out."""
    if not whole.kind.children:
        return []
    rows = rows_of(asker, queries.parts_of(asker, whole.row))
    shown = []
    for name, children in whole.kind.children.items():
        mine = [row for row in rows if row.matter.facts.get(UNDER) == name]
        if many := whole.state.get(fact_of_children(name, "count")):
            ended = say("desk.parts_ended", n=whole.state.get(fact_of_children(name, "ended"), 0), of=many)
            shown.append(Parts(children.title.mapping(), ended, mine))
    return shown
