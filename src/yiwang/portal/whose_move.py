"""Whose move a matter is, as somebody outside reads it: a unit's, theirs, or that of another who is outside."""

from __future__ import annotations

from typing import Any

from yiwang.matters.queries import OneMatter
from yiwang.matters.world import World
from yiwang.why import Words, say

from .word import REPORTER


def whose_move(matter: OneMatter, known: World, reader: str) -> Words:
    """Where it lies now, not who has answered before.

    reader  who reads it: the reporter or a party, by name; empty for whoever is neither of this matter
    """
    owner = matter.kind.stages[matter.row.stage].owner
    if owner == REPORTER or owner in matter.kind.parties:
        return say("portal.waits_for_you") if owner == reader else say("portal.waits_for", who=_called(matter, owner))
    unit = matter.row.holder_id or matter.row.lead_id
    return say("portal.with", unit=known.district.units[unit].name if unit else known.district.centre.name)


def _called(matter: OneMatter, outside: str) -> Any:
    """An outside party by its title, who reported it as the kind calls them."""
    if party := matter.kind.parties.get(outside):
        return party.title.mapping()
    spec = matter.kind.form.get("reporter_name")
    return spec.title.mapping() if spec and spec.title else say("portal.who_reported")
