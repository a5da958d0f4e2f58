"""A matter as an outside party sees it: where it stands, what was promised, what the kind shows, what is theirs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from yiwang.matters.parties import TITLE
from yiwang.matters.queries import OneMatter
from yiwang.matters.world import World

from . import word
from .seen import seen_outside


def context(matter: OneMatter, party: str, known: World, now: datetime, sent: word.Sent) -> dict[str, Any]:
    """What the page shows of it; the rest is worked out for every reader of the portal alike."""
    kind, said = matter.kind, matter.kind.parties[party]
    stage = kind.stages[matter.row.stage]
    say_now = word.forms_of(matter, now, known, sent, party)
    return {
        "row": matter.row,
        "party": said.title.mapping(),
        "kind": kind.title.mapping(),
        "title": matter.row.called if TITLE in said.sees else "",
        "stage": stage.title.mapping(),
        "final": stage.final,
        "sees": seen_outside(matter, said.sees, known),
        "word": say_now,
        "said": None if say_now else word.said_before(matter, party),
        "why_not": None if say_now else word.why_not(matter, now, known, party),
        "now": now,
    }
