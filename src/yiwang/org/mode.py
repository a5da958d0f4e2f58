"""The mode of the district: normal, or emergency with its reason. The wall orders by it; nothing else changes.

It is switched where the ledger can be written (`ledger.mode`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yiwang.typed.text import is_blank
from yiwang.why import Refusal, say

from .asker import Asker
from .models import ModeSwitch
from .queries import facts, person_names

NORMAL, EMERGENCY = "normal", "emergency"
MODES = (NORMAL, EMERGENCY)


@dataclass(frozen=True, slots=True)
class Mode:
    """How the district works now; `since`, `by` and `reason` are empty before it was ever switched."""

    name: str = NORMAL
    since: datetime | None = None
    by: str = ""
    reason: str = ""

    @property
    def emergency(self) -> bool:
        return self.name == EMERGENCY


def mode_of(asker: Asker) -> Mode:
    """The district's mode. Call inside `acting_as`."""
    last = ModeSwitch.objects.filter(district=asker.district).order_by("-at", "-pk").first()
    if last is None:
        return Mode()
    return Mode(last.mode, last.at, person_names(asker, [last.person_id])[last.person_id], last.reason)


def may_switch(asker: Asker) -> bool:
    """Those posts of the operations centre and of the district itself whose roles say so."""
    known = facts(asker)
    at = {"centre": known.centre.id, "district": known.root.id}
    return any(at.get(post.does.switches) == post.unit for post in asker.posts)


def who_switches(asker: Asker, mode: str, reason: str) -> int:
    """The person of the asker, when they may switch to that mode for that reason. An emergency needs one.

    Raises Refusal.
    """
    if mode not in MODES:
        raise Refusal(say("org.mode.unknown"))
    if not may_switch(asker) or asker.person is None:
        raise Refusal(say("org.mode.not_yours"))
    if mode == EMERGENCY and is_blank(reason):
        raise Refusal(say("org.mode.needs_reason"))
    return asker.person
