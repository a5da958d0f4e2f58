"""Votes as they are written: what others have voted since keeps nobody from voting, and no hash tells a secret vote."""

from __future__ import annotations

import secrets
from dataclasses import replace

from .act import Decision
from .definition import Kind
from .models import Entry
from .panel import panel_of

SALT = "vote.salt"  # in an entry's data: whoever sees its hash cannot try the few votes that there are


def sealed(kind: Kind, action: str, decision: Decision) -> Decision:
    """The decision; where it is a secret vote, with what keeps it from being guessed by the hash of its entry."""
    name = panel_of(kind.panels, kind.actions[action].actors)
    if not name or not kind.panels[name].secret:
        return decision
    return replace(decision, data={**decision.data, SALT: secrets.token_hex(16)})


def only_votes(kind: Kind, action: str, matter: int, version: int) -> bool:
    """Whether somebody answers on a panel, and nothing but answers of panels has happened since they looked.

    version  what they last saw
    """
    answers = {name for name, one in kind.actions.items() if panel_of(kind.panels, one.actors)}
    if action not in answers:
        return False
    since = Entry.objects.filter(matter=matter, seq__gt=version).values_list("action", flat=True)
    return {*since} <= answers
