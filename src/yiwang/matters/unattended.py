"""What the platform does to a matter in the same moment as somebody's act, because that act made it due. Pure."""

from __future__ import annotations

from datetime import datetime

from . import automatic, rules
from .act import Act
from .against import refusal
from .draft import Draft


def set_off(draft: Draft, at: datetime) -> None:
    """Add what the last entry has made true to the same draft, one act after the other.

    What the last one opens under the matter is opened first: until then it looks as if all of it had ended. One that
    something stands against keeps no other waiting.
    """
    refused: set[str] = set()
    for _ in range(automatic.MOST_AT_ONCE):
        name = None if draft.wanted else automatic.at_once(draft.kind, draft.state, at, refused)
        if name is None:
            return
        if not carry_out(draft, name, at):
            refused.add(name)


def carry_out(draft: Draft, name: str, at: datetime, key: str | None = None) -> bool:
    """Do one action as the platform; False where something stands against it, and nothing is done."""
    does = draft.kind.actions[name].does
    step = Act(name, at, dict(does.fills) if does else {}, role="system", seed=draft.head.hex())
    if refusal(draft.kind, draft.state, name, step, draft.world):
        return False
    decision = rules.decide(draft.kind, draft.state, step, draft.world)
    draft.append(name, decision.delta, step, decision.data, key, decision)
    return True
