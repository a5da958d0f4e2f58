"""Proves the doors of a kind: behind each somebody may open one, and can say what must be said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yiwang.why import Words, say

from .definition import DOORS, Door, Kind
from .doors import PLACE, REPORTER
from .fields.spec import FieldSpec
from .forms import asked_at_opening


def complaints(kind: Kind) -> Iterator[tuple[str, Words]]:
    """Behind each door somebody may open one, and can say what must be said."""
    for name, door in kind.opens.items():
        path = f"opens.{name}"
        if name not in DOORS:
            yield path, say("matters.no_such_door", door=name, known=list(DOORS))
        if not door.by and not door.anybody:
            yield path, say("matters.door_roles")
        if door.anybody and not kind.public:
            yield path, say("matters.door_anybody")
        yield from _fields(path, door, asked_at_opening(kind, name))
        if door.channel and door.channel not in kind.channels:
            yield f"{path}.channel", say("matters.door_channel", channel=door.channel)


def _fields(path: str, door: Door, asked: Mapping[str, FieldSpec]) -> Iterator[tuple[str, Words]]:
    """A door's fields exist, what must be said is among them, and only text has a shortest length."""
    for name in door.fields:
        if name not in (*asked, PLACE, REPORTER):
            yield f"{path}.fields", say("matters.no_such_field", field=name)
    for name, spec in asked.items():
        if spec.required and name not in door.fields:
            yield f"{path}.fields", say("matters.door_field", field=name)
    for name, fewest in door.at_least.items():
        if name not in door.fields or name not in asked or asked[name].type != "text":
            yield f"{path}.at_least", say("matters.at_least_of_no_text", field=name)
        elif not 1 <= fewest <= asked[name].at_most:
            yield f"{path}.at_least.{name}", say("matters.at_least_number", n=fewest, most=asked[name].at_most)
