"""The mode of the district: normal, or emergency with its reason. The wall orders by it; nothing else changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from yiwang.ledger import store as ledger
from yiwang.org.asker import Asker
from yiwang.org.personal import in_short
from yiwang.org.queries import facts, person_names
from yiwang.why import Refusal, say

from .models import ModeSwitch

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
    """The operations centre's dispatchers and the head of the district."""
    known = facts(asker)
    return asker.holds("dispatcher", known.centre.id) or asker.holds("head", known.root.id)


@transaction.atomic
def switch(asker: Asker, mode: str, reason: str, now: datetime) -> Mode:
    """Work in another mode from now on. An emergency needs its reason. Raises Refusal."""
    if mode not in MODES:
        raise Refusal(say("wall.mode.unknown"))
    if not may_switch(asker) or asker.person is None:
        raise Refusal(say("wall.mode.not_yours"))
    reason = in_short(reason, 200)
    if mode == EMERGENCY and not reason:
        raise Refusal(say("wall.mode.needs_reason"))
    if mode != mode_of(asker).name:
        made = ModeSwitch.objects.create(
            district_id=asker.district, mode=mode, at=now, person_id=asker.person, reason=reason
        )
        rows = [ledger.Rows(ModeSwitch, [made.pk])]
        ledger.append(asker, "mode", mode, {"reason": reason}, stream="mode", at=now, rows=rows)
    return mode_of(asker)
