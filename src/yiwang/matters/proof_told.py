"""Proves that what an action tells somebody outside is asked by it, and may be told. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.why import Words, say

from .definition import Kind

Complaint = tuple[str, Words]


def complaints(kind: Kind) -> Iterator[Complaint]:
    """(path in the file, what is wrong) of every answer that an action tells."""
    for name, action in kind.actions.items():
        path = f"actions.{name}.told"
        for field in action.tells:
            spec = kind.fields.get(field)
            if field not in action.asked or spec is None or spec.type == "files":
                yield path, say("matters.tells_what_it_asks", action=name, field=field)
            elif not spec.goes_outside:
                yield path, say("matters.not_told", field=field)
