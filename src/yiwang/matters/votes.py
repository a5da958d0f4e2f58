"""Votes as they are written: what others have voted since keeps nobody from voting."""

from __future__ import annotations

from .definition import Kind
from .models import Entry
from .panel import panel_of


def only_votes(kind: Kind, action: str, matter: int, version: int) -> bool:
    """Whether somebody answers on a panel, and nothing but answers of panels has happened since they looked.

    version  what they last saw
    """
    answers = {name for name, one in kind.actions.items() if panel_of(kind.panels, one.actors)}
    if action not in answers:
        return False
    since = Entry.objects.filter(matter=matter, seq__gt=version).values_list("action", flat=True)
    return {*since} <= answers
