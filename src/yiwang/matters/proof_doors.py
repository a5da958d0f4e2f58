"""Proves the doors of a kind: behind each somebody may open one, and can say what must be said."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.why import Words, say

from .definition import DOORS, Kind
from .doors import PLACE, REPORTER
from .forms import asked_at_opening


def complaints(kind: Kind) -> Iterator[tuple[str, Words]]:
    """Behind each door somebody may open one, and can say what must be said."""
    asked = asked_at_opening(kind, listed=True)
    for name, door in kind.opens.items():
        path = f"opens.{name}"
        if name not in DOORS:
            yield path, say("matters.no_such_door", door=name, known=list(DOORS))
        if not door.by and not door.anybody:
            yield path, say("matters.door_roles")
        if door.anybody and not kind.public:
            yield path, say("matters.door_anybody")
        for one in door.fields:
            if one not in (*asked, PLACE, REPORTER):
                yield f"{path}.fields", say("matters.no_such_field", field=one)
        for one, spec in asked.items():
            if spec.required and one not in door.fields:
                yield f"{path}.fields", say("matters.door_field", field=one)
        if door.channel and door.channel not in kind.channels:
            yield f"{path}.channel", say("matters.door_channel", channel=door.channel)
